"""What a lottery starts from, and its two kinds of program: each checked by hand or against every panel there is."""

from dataclasses import replace
from hashlib import sha256

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.methods.lottery.choosing import best, room, rules
from alongside.methods.lottery.master import largest_smallest, smallest_largest
from alongside.methods.lottery.maximin import Infeasible, Step, fairest
from alongside.methods.lottery.problem import Person, Problem, Quota, digest, kinds_of
from tests.methods.pools import all_panels, best_by_hand, evenest_by_hand, problems, town

TWO = [Quota("q", "a", 1, 1), Quota("q", "b", 1, 2)]


def said(*answers: str, home: str = "") -> list[Person]:
    return [Person(f"p{n}", {"q": answer}, home) for n, answer in enumerate(answers)]


# People whom the rules cannot tell apart


def test_people_with_the_same_answers_are_of_one_kind() -> None:
    kinds = kinds_of(Problem(said("b", "a", "b", ""), TWO, 2))
    assert kinds.keys == (("p3",), ("p1",), ("p0", "p2")), "in the order of what they said, not of who came first"
    assert kinds.many.tolist() == [1, 1, 2] and len(kinds) == 3
    assert kinds.within.tolist() == [[0, 1, 0], [0, 0, 1]]
    assert [one.answer for one in kinds.quotas] == ["a", "b"]


def test_what_no_quota_asks_for_tells_nobody_apart() -> None:
    people = [Person("x", {"q": "a", "shoes": "red"}), Person("y", {"q": "a", "shoes": "blue"})]
    assert kinds_of(Problem(people, TWO, 1)).keys == (("x", "y"),)


def test_homes_tell_people_apart_only_where_they_matter() -> None:
    people = [Person("x", {"q": "a"}, "1"), Person("y", {"q": "a"}, "1"), Person("z", {"q": "a"}, "2")]
    assert len(kinds_of(Problem(people, TWO, 1))) == 1
    kinds = kinds_of(Problem(people, TWO, 1, one_a_home=True))
    assert kinds.keys == (("x", "y"), ("z",)), "nobody shares the second home"
    assert kinds.homes == ((0,),)


def test_a_home_of_people_with_different_answers_is_one_rule_over_them() -> None:
    people = [Person("x", {"q": "a"}, "1"), Person("y", {"q": "b"}, "1"), Person("z", {"q": "b"})]
    kinds = kinds_of(Problem(people, TWO, 2, one_a_home=True))
    home = next(row for row in kinds.homes)
    assert sorted(key for n in home for key in kinds.keys[n]) == ["x", "y"]
    matrix = rules(kinds).A
    assert matrix.shape == (1 + 2 + 1, 3) and matrix[-1].sum() == 2


def test_those_kept_are_a_kind_of_their_own_and_always_chosen() -> None:
    kinds = kinds_of(Problem(said("a", "b", "b"), TWO, 2, kept=frozenset({"p1"})))
    kept = kinds.kept.tolist().index(True)
    assert kinds.keys[kept] == ("p1",)
    assert room(kinds).lb[kept] == room(kinds).ub[kept] == 1


# The mark of a problem


@given(problems(), st.integers(0, 5))
def test_every_change_makes_another_mark(problem: Problem, which: int) -> None:
    first, *others = problem.people
    quota, *more = problem.quotas
    changed = [
        replace(problem, size=problem.size + 1),
        replace(problem, one_a_home=not problem.one_a_home),
        replace(problem, people=others),
        replace(problem, people=[replace(first, answers={**first.answers, "one": "other"}), *others]),
        replace(problem, quotas=[replace(quota, most=quota.most + 1), *more]),
        replace(problem, kept=frozenset({first.key})),
    ][which]
    assert digest(changed) != digest(problem)
    assert len(digest(problem)) == len(sha256().hexdigest())


@given(problems(homes=True))
def test_what_a_home_is_called_makes_no_difference(problem: Problem) -> None:
    renamed = [replace(one, home=f"house {one.home}" if one.home else "") for one in problem.people]
    other = replace(problem, people=renamed)
    assert digest(other) == digest(problem)
    assert kinds_of(other).keys == kinds_of(problem).keys


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Person("a", {"q": "b c"}), Person("a", {"q b": "c"})),
        (Person("a", {"q": "1:b"}), Person("a", {"q1": ":b"})),
        (Person("a\nperson", {}), Person("a", {"person": ""})),
    ],
)
def test_words_do_not_run_into_one_another(one: Person, other: Person) -> None:
    assert digest(Problem([one], [], 1)) != digest(Problem([other], [], 1))


# The best panel for given weights


@given(problems(), st.lists(st.integers(-9, 9), min_size=8, max_size=8))
def test_the_heaviest_panel_is_the_heaviest_of_all(problem: Problem, weights: list[int]) -> None:
    kinds = kinds_of(problem)
    of_kind = np.array(weights[: len(kinds)], float)
    mine = {key: of_kind[n] for n, keys in enumerate(kinds.keys) for key in keys}
    panels = all_panels(problem)
    found = best(kinds, of_kind)
    if not panels:
        assert found is None
        return
    heaviest = max(sum(mine[problem.people[n].key] for n in panel) for panel in panels)
    assert found is not None and found.weight == pytest.approx(heaviest)
    assert found.bound >= heaviest - 1e-9 and found.bound == pytest.approx(heaviest, abs=1e-6)
    assert found.chosen.sum() == problem.size and (found.chosen <= kinds.many).all()


# The two linear programs


def test_of_two_panels_the_smallest_chance_is_largest_at_a_half() -> None:
    now = largest_smallest(np.array([True, True]))(np.array([[1.0, 0.0], [0.0, 1.0]]))
    assert now.found == pytest.approx(0.5) and now.weights == pytest.approx([0.5, 0.5])
    assert now.prices.sum() == pytest.approx(1) and now.proves(0.5, 0.0) == 0.5


def test_kinds_that_do_not_count_have_no_price() -> None:
    now = largest_smallest(np.array([True, False]))(np.array([[0.2, 1.0], [0.6, 0.0]]))
    assert now.found == pytest.approx(0.6) and now.prices.tolist() == [1.0, 0.0]


def test_the_largest_chance_is_made_small_without_taking_from_the_smallest() -> None:
    shares = np.array([[0.5, 1.0, 0.2], [0.5, 0.2, 1.0], [0.4, 0.6, 0.6]])
    now = smallest_largest(np.array([True, True, True]), 0.5)(shares)
    assert now.found == pytest.approx(0.6) and now.weights[2] == pytest.approx(0.0, abs=1e-6)
    # What it proves is no more than what it reached: the dearest of these panels at its own prices.
    dearest = max(float(now.prices @ row) for row in shares)
    assert now.proves(dearest, now.offset) == pytest.approx(now.found, abs=1e-6)


@given(problems())
def test_no_lottery_as_fair_has_a_smaller_largest_chance(problem: Problem) -> None:
    by_hand = best_by_hand(problem)
    if by_hand is None:
        return
    lottery = fairest(kinds_of(problem))
    counts = [n for n in range(len(lottery.kinds)) if n not in lottery.never]
    largest = max((float(lottery.chances[n]) for n in counts), default=0.0)
    assert largest == pytest.approx(evenest_by_hand(problem, by_hand[0]), abs=1e-5)


# On the way


def test_how_far_it_is_comes_nearer_from_both_sides() -> None:
    steps: list[Step] = []
    lottery = fairest(kinds_of(town(pool=80, size=12)), progress=steps.append)
    first = [one for one in steps if not one.evening]
    then = [one for one in steps if one.evening]
    assert first and then and steps == [*first, *then], "the smallest chance first, then the largest"
    assert all(one.found <= one.bound + 1e-7 for one in first)
    assert [one.bound for one in first] == sorted((one.bound for one in first), reverse=True)
    assert all(one.found >= one.bound - 1e-7 for one in then), "the largest chance comes down to its bound"
    assert [one.rounds for one in steps] == sorted(one.rounds for one in steps)
    assert first[-1].found == pytest.approx(lottery.least, abs=1e-6)


def test_the_same_pool_gives_the_same_lottery_twice() -> None:
    one, two = (fairest(kinds_of(town(pool=60, size=10))) for _time in range(2))
    assert np.array_equal(one.panels, two.panels) and np.array_equal(one.weights, two.weights)


def test_whoever_fits_on_no_panel_is_named_and_the_others_are_not_held_down() -> None:
    lottery = fairest(kinds_of(Problem(said("a", "a", "c"), [Quota("q", "a", 1, 1), Quota("q", "c", 0, 0)], 1)))
    assert [lottery.kinds.keys[n] for n in lottery.never] == [("p2",)]
    assert lottery.least == pytest.approx(0.5)


def test_a_panel_that_is_whole_already_is_its_own_lottery() -> None:
    everybody = Problem(said("a", "b"), [], 2, kept=frozenset({"p0", "p1"}))
    lottery = fairest(kinds_of(everybody))
    assert lottery.least == 1.0 and lottery.chances.tolist() == [1.0]
    with pytest.raises(Infeasible):
        fairest(kinds_of(replace(everybody, size=1)))


def test_a_simple_draw_with_quotas_leaves_somebody_worse_off() -> None:
    """Who draws one after the other and passes over whom a full quota shuts out gives some people far less."""
    problem = town(pool=60, size=10, seed=4)
    kinds = kinds_of(problem)
    lottery = fairest(kinds)
    chances = np.random.default_rng(7)
    on = dict.fromkeys((one.key for one in problem.people), 0)
    drawn = 0
    for _try in range(4_000):
        panel = _one_after_the_other(problem, chances)
        if panel is not None:
            drawn += 1
            for key in panel:
                on[key] += 1
    assert drawn > 50
    unfair = min(many / drawn for many in on.values())
    assert lottery.least > unfair + 0.02


def _one_after_the_other(problem: Problem, chances: np.random.Generator) -> list[str] | None:
    """A simple draw: in chance order, whoever still fits under every most; None where a least is missed."""
    left = {(one.question, one.answer): one.most for one in problem.quotas}
    panel = []
    for n in chances.permutation(len(problem.people)).tolist():
        person = problem.people[n]
        mine = [pair for pair in person.answers.items() if pair in left]
        if len(panel) < problem.size and all(left[pair] for pair in mine):
            panel.append(person)
            for pair in mine:
                left[pair] -= 1
    there = {pair: sum(one.answers.get(pair[0]) == pair[1] for one in panel) for pair in left}
    short = any(there[one.question, one.answer] < one.least for one in problem.quotas)
    return None if short or len(panel) < problem.size else [one.key for one in panel]
