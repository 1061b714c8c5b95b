"""A panel by lot: the fairest there is, proven by duality and against every panel of a small pool."""

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from alongside.methods.lottery.choosing import best
from alongside.methods.lottery.maximin import Infeasible, Step, fairest
from alongside.methods.lottery.problem import Cancelled, Person, Problem, Quota, Unusable, digest, kinds_of
from tests.methods.pools import best_by_hand, keeps, problems, town


def made(answers: str, quotas: list[Quota], size: int, **more: object) -> Problem:
    """A pool from letters, one a person: 'aab' is two people who said a and one who said b."""
    people = [Person(f"p{n}", {"q": letter}) for n, letter in enumerate(answers)]
    return replace(Problem(people, quotas, size), **more)


def chance_of(problem: Problem, key: str) -> float:
    lottery = fairest(kinds_of(problem))
    return next(float(lottery.chances[n]) for n, keys in enumerate(lottery.kinds.keys) if key in keys)


def test_without_quotas_everybody_has_the_same_chance() -> None:
    lottery = fairest(kinds_of(made("aabbb", [], 2)))
    assert lottery.least == pytest.approx(0.4) and lottery.chances == pytest.approx(0.4)


def test_a_quota_for_few_raises_their_chance_and_shares_the_rest() -> None:
    problem = made("aabbbbbbbb", [Quota("q", "a", 1, 1)], 3)
    assert chance_of(problem, "p0") == pytest.approx(0.5) and chance_of(problem, "p9") == pytest.approx(0.25)


def test_the_worked_example_in_which_a_simple_draw_is_unfair() -> None:
    """Greedy ways choose the only one of a rare group and then those who fit beside; here each gets what can be had."""
    people = [Person(f"p{n}", {"sex": "w" if n < 5 else "m", "age": "y" if n in (0, 5) else "o"}) for n in range(10)]
    quotas = [Quota("sex", "w", 2, 2), Quota("sex", "m", 2, 2), Quota("age", "y", 1, 1)]
    lottery = fairest(kinds_of(Problem(people, quotas, 4)))
    assert lottery.least == pytest.approx(3 / 8) and lottery.gap < 1e-7
    assert chance_of(Problem(people, quotas, 4), "p0") == pytest.approx(0.5)


def test_of_the_fairest_the_one_without_needless_certainty() -> None:
    """One man must wait whatever is done; nobody else need be certain for that."""
    problem = made("abbbbb", [Quota("q", "a", 0, 1)], 3)
    lottery = fairest(kinds_of(problem))
    assert lottery.least == pytest.approx(0.5) and lottery.chances.max() == pytest.approx(0.5)


@given(problems())
def test_it_is_the_best_of_all_lotteries_over_all_panels(problem: Problem) -> None:
    known = best_by_hand(problem)
    if known is None:
        with pytest.raises(Infeasible):
            fairest(kinds_of(problem))
        return
    lottery = fairest(kinds_of(problem))
    assert lottery.least == pytest.approx(known[0], abs=1e-6)
    assert lottery.bound == pytest.approx(known[0], abs=1e-6) and lottery.gap < 1e-6
    assert {key for n in lottery.never for key in lottery.kinds.keys[n]} == known[1]


@given(problems(homes=True))
def test_its_chances_are_those_of_its_panels_and_every_panel_keeps_the_rules(problem: Problem) -> None:
    try:
        lottery = fairest(kinds_of(problem))
    except Infeasible:
        return
    place = {person.key: n for n, person in enumerate(problem.people)}
    assert lottery.weights.sum() == pytest.approx(1) and (lottery.weights >= 0).all()
    for panel in lottery.panels:
        keys = [key for n, many in enumerate(panel) for key in lottery.kinds.keys[n][:many]]
        assert keeps(problem, tuple(place[key] for key in keys))
    assert (lottery.chances * lottery.kinds.many).sum() == pytest.approx(problem.size)


@given(problems())
def test_the_order_in_which_people_came_makes_no_difference(problem: Problem) -> None:
    mixed = list(problem.people)
    random.Random(7).shuffle(mixed)
    other = replace(problem, people=mixed, quotas=list(reversed(problem.quotas)))
    assert digest(other) == digest(problem)
    try:
        one, two = fairest(kinds_of(problem)), fairest(kinds_of(other))
    except Infeasible:
        return
    assert one.kinds.keys == two.kinds.keys
    assert np.array_equal(one.panels, two.panels) and np.array_equal(one.weights, two.weights)


@given(problems())
def test_those_who_are_kept_stay_and_the_rest_is_as_fair_as_can_be(problem: Problem) -> None:
    found = best_by_hand(problem)
    if found is None:
        return
    kept = frozenset(key for key in ("k0",) if key not in found[1])
    stays = replace(problem, kept=kept)
    lottery = fairest(kinds_of(stays))
    assert chance_of(stays, "k0") == pytest.approx(1.0) or not kept
    by_hand = best_by_hand(stays)
    assert by_hand is not None and lottery.least == pytest.approx(by_hand[0], abs=1e-6)


def test_a_town_of_150_is_proven_and_no_random_lottery_beats_it() -> None:
    problem = town()
    kinds = kinds_of(problem)
    steps: list[Step] = []
    lottery = fairest(kinds, progress=steps.append)
    assert lottery.gap < 1e-6 and lottery.least > 0.08
    assert [one.found for one in steps if not one.evening] == sorted(one.found for one in steps if not one.evening)
    # Weak duality, without the solver's word: at any prices that sum to one, the dearest panel is above the least.
    chance = random.Random(3)
    for _ in range(5):
        prices = np.array([chance.random() for _ in range(len(kinds))])
        found = best(kinds, prices / prices.sum() / kinds.many)
        assert found is not None and found.bound >= lottery.least - 1e-9


def test_nobody_has_to_wait_for_what_was_stopped() -> None:
    asked = iter([False, False, True])
    with pytest.raises(Cancelled):
        fairest(kinds_of(town()), cancelled=lambda: next(asked))


def test_one_of_a_home_means_one_of_a_home() -> None:
    people = [Person("p0", {}, "x"), Person("p1", {}, "x"), Person("p2", {}, "y"), Person("p3", {})]
    apart = fairest(kinds_of(Problem(people, [], 2, one_a_home=True)))
    chances = {key: float(apart.chances[n]) for n, keys in enumerate(apart.kinds.keys) for key in keys}
    assert chances["p0"] == pytest.approx(0.5) and chances["p3"] == pytest.approx(0.5), "half each, and the others too"
    together = fairest(kinds_of(Problem(people, [], 4)))
    assert together.least == pytest.approx(1.0)
    with pytest.raises(Infeasible):
        fairest(kinds_of(Problem(people, [], 4, one_a_home=True)))


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (Problem([Person("a", {}), Person("a", {})], [], 1), "Two people"),
        (Problem([Person("a", {})], [Quota("q", "x", 0, 1), Quota("q", "x", 1, 1)], 1), "two quotas"),
        (Problem([Person("a", {})], [Quota("q", "x", 2, 1)], 1), "at least 2 and at most 1"),
        (Problem([Person("a", {})], [Quota("q", "x", -1, 1)], 1), "at least -1"),
        (Problem([Person("a", {})], [], 0), "at least one member"),
        (Problem([Person("a", {})], [], 1, kept=frozenset({"b"})), "Nobody"),
    ],
)
def test_what_contradicts_itself_is_refused_with_words(problem: Problem, words: str) -> None:
    with pytest.raises(Unusable, match=words):
        kinds_of(problem)


def test_an_empty_pool_has_no_panel() -> None:
    with pytest.raises(Infeasible):
        fairest(kinds_of(Problem([], [], 3)))


def test_words_of_any_sort_are_answers() -> None:
    odd = ["مرحبا 🙂" * 500, "a b", "a\nb", ""]
    people = [Person(f"p{n}", {"q: 1": odd[n % 4]}) for n in range(8)]
    lottery = fairest(kinds_of(Problem(people, [Quota("q: 1", odd[0], 1, 1)], 4)))
    assert lottery.least == pytest.approx(0.5)
    other = Problem([Person("a b", {"q": "c"})], [], 1)
    assert digest(other) != digest(Problem([Person("a", {"b q": "c"})], [], 1))
