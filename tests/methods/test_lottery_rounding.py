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


@pytest.mark.parametrize("many", [1, 7, 100, 1000])
def test_a_list_of_any_length_is_whole_panels(many: int) -> None:
    problem = town(pool=60, size=10)
    lottery, found = lists(problem, many)
    assert len(found) == many and sum(found.on.values()) == many * problem.size
    assert all(members_keep(problem, panel) for panel in found.panels)
    assert all(len(set(panel)) == problem.size for panel in found.panels)
    if many == 1000:
        assert found.least() >= int(1000 * lottery.least + 1e-6) - 1


@given(problems(homes=True), st.sampled_from([1, 10, 250]))
def test_one_of_a_home_on_every_panel_of_every_list(problem: Problem, many: int) -> None:
    try:
        found = lists(problem, many)[1]
    except Infeasible:
        return
    home = {person.key: person.home for person in problem.people}
    for panel in found.panels:
        homes = [home[key] for key in panel if home[key]]
        assert len(homes) == len(set(homes))


def test_whoever_can_be_on_no_panel_is_on_none_of_the_list() -> None:
    people = [*pool(a=3), Person("never", {"q": "c"})]
    found = lists(Problem(people, [Quota("q", "c", 0, 0)], 2))[1]
    assert found.on["never"] == 0 and found.least() == 0
    assert found.least(but=frozenset({"never"})) >= 66


def test_two_who_are_alike_are_not_always_drawn_together() -> None:
    found = lists(Problem(pool(a=6), [], 3), 400)[1]
    pairs = [sum({one, other} <= set(panel) for panel in found.panels) for one, other in (("a0", "a1"), ("a2", "a5"))]
    assert all(40 < many < 120 for many in pairs), "by chance it would be 80"


def test_panels_of_one_sort_do_not_stand_together() -> None:
    found = lists(town(pool=60, size=10), 400)[1]
    first, second = set(found.panels[:200]), set(found.panels[200:])
    early = sum("p0001" in panel for panel in found.panels[:200])
    late = sum("p0001" in panel for panel in found.panels[200:])
    assert first and second and abs(early - late) <= 40


@given(st.lists(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=3, unique=True), min_size=1, max_size=6))
def test_any_change_of_the_list_changes_its_fingerprint(drawn: list[list[str]]) -> None:
    panels = [tuple(one) for one in drawn]
    mark = fingerprint(panels)
    assert fingerprint([tuple(reversed(one)) for one in panels]) == mark, "the order within a panel says nothing"
    assert fingerprint([*panels, ("a",)]) != mark
    changed = [(*panels[0], "z"), *panels[1:]]
    assert fingerprint(changed) != mark
    if panels[0] != panels[-1] and sorted(panels[0]) != sorted(panels[-1]):
        assert fingerprint([panels[-1], *panels[1:-1], panels[0]]) != mark


@given(st.text(max_size=20), st.integers(1, 5000))
def test_a_draw_is_a_number_of_the_list_and_the_same_each_time(seed: str, panels: int) -> None:
    drawn = number(seed, "f" * 64, panels)
    assert 0 <= drawn < panels and drawn == number(seed, "f" * 64, panels)


def test_another_list_gives_another_draw_for_the_same_seed() -> None:
    """So nobody gains by knowing the seed before the list is fixed."""
    drawn = {number("the seed", fingerprint([(str(n),)]), 1000) for n in range(50)}
    assert len(drawn) > 40


def test_a_quota_may_be_too_tight_at_its_most() -> None:
    tight = why(kinds_of(Problem(pool(a=10), [Quota("q", "a", 0, 3)], 5)))
    (change,) = tight.ways[0].changes
    assert (change.least, change.most, tight.ways[0].places) == (0, 5, 2) and not tight.too_few


def test_whoever_is_kept_counts_in_what_must_be_loosened() -> None:
    people = pool(a=4, b=4)
    problem = Problem(people, [Quota("q", "a", 0, 1)], 4, kept=frozenset({"a0", "a1"}))
    (change,) = why(kinds_of(problem)).ways[0].changes
    assert change.most == 2, "two who are on the panel stay on it"


def test_ways_that_follow_leave_alone_what_the_first_moved() -> None:
    people = [Person(f"y{n}", {"age": "young", "sex": "woman"}) for n in range(5)]
    people += [Person(f"o{n}", {"age": "old", "sex": "man"}) for n in range(9)]
    ways = why(kinds_of(Problem(people, [Quota("age", "young", 4, 6), Quota("sex", "woman", 0, 3)], 8))).ways
    moved = [{one.quota.question for one in way.changes} for way in ways]
    assert not moved[0] & moved[1]


def test_homes_can_make_a_quota_too_tight() -> None:
    people = [Person(f"a{n}", {"q": "a"}, "one house") for n in range(3)]
    people += [Person(f"b{n}", {"q": "b"}) for n in range(5)]
    problem = Problem(people, [Quota("q", "a", 2, 3)], 4, one_a_home=True)
    tight = why(kinds_of(problem))
    assert not tight.too_few, "there are enough people, but they live together"
    assert tight.ways[0].changes[0].least == 1
    assert not why(kinds_of(replace(problem, one_a_home=False))).ways
