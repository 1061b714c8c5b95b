"""A list of equally likely panels, the draw that anybody can do again, and what to change where there is no panel."""

import random
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.methods.lottery.drawing import commitment, keeps_word, number
from alongside.methods.lottery.maximin import Infeasible, Lottery, fairest
from alongside.methods.lottery.problem import Person, Problem, Quota, kinds_of
from alongside.methods.lottery.relaxing import why
from alongside.methods.lottery.rounding import Panels, equally_likely, fingerprint
from tests.methods.pools import all_panels, members_keep, problems, town


def lists(problem: Problem, many: int = 100) -> tuple[Lottery, Panels]:
    lottery = fairest(kinds_of(problem))
    return lottery, equally_likely(lottery, many)


@given(problems())
def test_every_panel_of_the_list_keeps_every_rule_and_equals_differ_by_one(problem: Problem) -> None:
    try:
        lottery, found = lists(problem, 50)
    except Infeasible:
        return
    assert len(found) == 50
    assert all(members_keep(problem, panel) for panel in found.panels)
    counted = {key: sum(key in panel for panel in found.panels) for key in found.on}
    assert counted == dict(found.on)
    for keys in lottery.kinds.keys:
        alike = [found.on[key] for key in keys]
        assert max(alike) - min(alike) <= 1


@pytest.mark.parametrize("seed", range(3))
def test_a_thousand_panels_keep_chances_close_and_the_smallest_to_the_last_panel(seed: int) -> None:
    lottery, found = lists(town(seed=seed), 1000)
    assert found.least() == int(lottery.least * 1000 + 1e-6)
    off = [
        abs(found.on[key] - 1000 * float(lottery.chances[n]))
        for n, keys in enumerate(lottery.kinds.keys)
        for key in keys
    ]
    assert max(off) < 4
    assert len(set(found.panels)) > 500, "the same people do not always meet"


def test_the_list_does_not_hang_on_the_order_of_the_pool() -> None:
    problem = town(pool=60, size=10)
    mixed = list(problem.people)
    random.Random(1).shuffle(mixed)
    one, two = lists(problem)[1], lists(replace(problem, people=mixed))[1]
    assert one.panels == two.panels and one.fingerprint == two.fingerprint


def test_those_kept_are_on_every_panel() -> None:
    problem = town(pool=60, size=10)
    first = lists(problem)[1].panels[0]
    kept = frozenset(first[:6])
    found = lists(replace(problem, kept=kept))[1]
    assert all(kept <= set(panel) for panel in found.panels)
    assert found.least(but=kept) <= 40


def test_the_fingerprint_is_of_exactly_this_list() -> None:
    panels = [("b", "a"), ("c", "a")]
    assert fingerprint(panels) == sha256(b"0: a b\n1: a c").hexdigest()
    assert fingerprint([*reversed(panels)]) != fingerprint(panels)


def test_anybody_can_do_the_draw_again() -> None:
    assert number("12 17 23 31 44 49", "f" * 64, 1000) == (
        int(sha256(b"12 17 23 31 44 49|" + b"f" * 64).hexdigest(), 16) % 1000
    )
    with pytest.raises(ValueError, match="no panel"):
        number("1", "f", 0)


def test_every_number_is_as_likely() -> None:
    drawn = [number(str(seed), "f" * 64, 10) for seed in range(5000)]
    assert all(430 < drawn.count(one) < 570 for one in range(10))


@given(st.text(), st.text())
def test_a_commitment_holds_to_one_seed(seed: str, other: str) -> None:
    assert keeps_word(seed, commitment(seed))
    assert keeps_word(other, commitment(seed)) == (other == seed)


def pool(**many: int) -> list[Person]:
    return [Person(f"{answer}{n}", {"q": answer}) for answer, times in many.items() for n in range(times)]


def test_a_quota_that_the_pool_cannot_fill_is_named_with_what_is_there() -> None:
    tight = why(kinds_of(Problem(pool(a=2, b=20), [Quota("q", "a", 4, 5), Quota("q", "b", 0, 9)], 9)))
    (few,) = tight.too_few
    assert (few.quota.answer, few.there) == ("a", 2)
    (change,) = tight.ways[0].changes
    assert (change.quota.answer, change.least, change.most, tight.ways[0].places) == ("a", 2, 5, 2)


def test_quotas_that_do_not_add_up_are_named() -> None:
    people = pool(a=20, b=20)
    over = why(kinds_of(Problem(people, [Quota("q", "a", 6, 8), Quota("q", "b", 6, 8)], 10)))
    assert (over.sums[0].least, over.sums[0].size) == (12, 10)
    under = why(kinds_of(Problem(people, [Quota("q", "a", 0, 4), Quota("q", "b", 0, 4)], 10)))
    assert (under.sums[0].most, under.ways[0].places) == (8, 2)
    beside = [*people, Person("c", {"q": "neither"}), Person("d", {"q": ""})]
    assert why(kinds_of(Problem(beside, [Quota("q", "a", 0, 4), Quota("q", "b", 0, 4)], 10))).sums == ()


def test_two_questions_that_fight_are_told_with_the_smallest_way_out_and_others() -> None:
    """The young are all women: three young and no more than two women cannot be."""
    people = [Person(f"y{n}", {"age": "young", "sex": "woman"}) for n in range(5)]
    people += [Person(f"o{n}", {"age": "old", "sex": "man"}) for n in range(9)]
    quotas = [Quota("age", "young", 4, 6), Quota("sex", "woman", 0, 3)]
    tight = why(kinds_of(Problem(people, quotas, 8)))
    assert not tight.too_few and not tight.sums
    assert [(way.places, way.changes[0].quota.question) for way in tight.ways] in (
        [(1, "age"), (1, "sex")],
        [(1, "sex"), (1, "age")],
    )


def test_a_pool_that_is_too_small_is_told_how_large_a_panel_it_gives() -> None:
    people = [Person("a", {}, "x"), Person("b", {}, "x"), Person("c", {}, "")]
    assert why(kinds_of(Problem(people, [], 3, one_a_home=True))).ways[0].size == 2
    assert why(kinds_of(Problem([], [], 3))).ways == ()


@given(problems())
def test_every_way_out_is_enough_and_the_first_is_smallest(problem: Problem) -> None:
    if all_panels(problem):
        assert why(kinds_of(problem)).ways == ()
        return
    ways = why(kinds_of(problem)).ways
    assert ways and ways[0].size >= 0
    for way in ways:
        if way.size:
            assert all_panels(_changed(problem, way))
        assert all(one.least <= one.quota.least and one.most >= one.quota.most for one in way.changes)
    if ways[0].size == problem.size:
        assert all(ways[0].places <= other.places for other in ways[1:])
        assert not any(all_panels(smaller) for smaller in _one_less(problem, ways[0].places))


def _changed(problem: Problem, way: object) -> Problem:
    new = {(one.quota.question, one.quota.answer): (one.least, one.most) for one in way.changes}  # type: ignore[attr-defined]
    quotas = [
        replace(q, least=least, most=most)
        for q in problem.quotas
        for least, most in [new.get((q.question, q.answer), (q.least, q.most))]
    ]
    return replace(problem, quotas=quotas, size=way.size)  # type: ignore[attr-defined]


def _one_less(problem: Problem, places: int) -> list[Problem]:
    """Every way of moving one quota by fewer places; a spot check of the smallest."""
    found = []
    for n, one in enumerate(problem.quotas):
        for by in range(1, places):
            for new in (replace(one, least=max(one.least - by, 0)), replace(one, most=one.most + by)):
                found.append(replace(problem, quotas=[*problem.quotas[:n], new, *problem.quotas[n + 1 :]]))
    return found
