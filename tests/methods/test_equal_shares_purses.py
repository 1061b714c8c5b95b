"""Who paid for what: by shares, from the rest, and by groups that hold different parts."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.methods.equal_shares import (
    Ballot,
    Complete,
    Method,
    Project,
    Rule,
    Stage,
    Utility,
    approves,
    problem_of,
    run,
)
from alongside.methods.equal_shares.compare import compare
from alongside.methods.equal_shares.purses import Round, pay

BARE = Rule(complete=Complete.NONE)


def shares(project: str, cost: int, price: Fraction, number: int = 1) -> Round:
    return Round(number, project, cost, Stage.SHARES, 0, 0, 0, price, None)


def rest(project: str, cost: int, number: int = 1) -> Round:
    return Round(number, project, cost, Stage.GREEDY, 0, 0, 0)


def street(*held: int, budget: int = 0):
    """One ballot for each, all for both things, with a name of its own."""
    ballots = [Ballot((("a", 1), ("b", 2)), Fraction(one), f"n{place}") for place, one in enumerate(held)]
    return problem_of([Project("a", 40), Project("b", 30)], ballots, budget or sum(held))


def test_each_gives_the_price_times_its_worth_or_all_it_has():
    problem = street(30, 8, 12)
    purses = pay(problem, BARE, Fraction(0), [shares("a", 40, Fraction(1, 2))])
    assert purses.paid("a") == {0: 20, 1: 8, 2: 12}
    assert purses.left == [10, 0, 0]


def test_points_are_worth_their_number():
    problem = street(30, 30)
    purses = pay(problem, Rule(utility=Utility.POINTS), Fraction(0), [shares("b", 30, Fraction(15, 2))])
    assert purses.paid("b") == {0: 15, 1: 15}


def test_raised_purses_are_larger_by_the_same_part():
    purses = pay(street(30, 10), BARE, Fraction(1, 5), [])
    assert purses.left == [36, 12]


def test_who_has_nothing_pays_nothing_and_is_not_named():
    purses = pay(street(40, 0, budget=40), BARE, Fraction(0), [shares("a", 40, Fraction(1))])
    assert purses.paid("a") == {0: 40} and "n1" not in purses.by_group()


def test_from_the_rest_supporters_pay_first_and_alike():
    """Three are for it and have 2, 5 and 30 left; it costs 30: they give 2, 5 and 23, and nobody else anything."""
    ballots = [Ballot((("a", 1),), Fraction(n)) for n in (2, 5, 30)] + [Ballot((), Fraction(50))]
    problem = problem_of([Project("a", 30)], ballots, 87)
    purses = pay(problem, BARE, Fraction(0), [rest("a", 30)])
    assert purses.paid("a") == {0: 2, 1: 5, 2: 23} and purses.left == [0, 0, 7, 50]


def test_what_supporters_lack_comes_from_all_others_in_proportion():
    """The one supporter has 6 of 30; the others have 20 and 40, and give a third and two thirds of the 24."""
    ballots = [Ballot((("a", 1),), Fraction(6)), Ballot((), Fraction(20)), Ballot((), Fraction(20), "", 2)]
    problem = problem_of([Project("a", 30)], [ballots[0], ballots[1]._replace(group="x"), ballots[2]], 66)
    purses = pay(problem, BARE, Fraction(0), [rest("a", 30)])
    assert purses.paid("a") == {0: 6, 1: 8, 2: 8}
    assert purses.by_group() == {"": {"a": 22}, "x": {"a": 8}}


def test_where_ballots_hold_less_than_the_budget_the_rest_is_nobodys():
    problem = problem_of([Project("a", 30)], [approves(["a"], Fraction(10))], 100)
    result = run(problem, Rule(complete=Complete.GREEDY))
    assert result.winners == ("a",) and result.purses.paid("a") == {0: 10}


def test_shares_after_the_rest_are_still_exact():
    """Thirds of sevenths: everything goes over to a finer common denominator."""
    ballots = [Ballot((("a", 1),), Fraction(1, 7), "p"), Ballot((("b", 1),), Fraction(29, 3), "q", 3)]
    problem = problem_of([Project("a", 11), Project("b", 8)], ballots, 30)
    purses = pay(problem, BARE, Fraction(0), [rest("a", 11), rest("b", 8, 2)])
    assert purses.paid("a")[1] == (11 - Fraction(1, 7)) / 3
    assert purses.paid("b") == {1: Fraction(8, 3)}
    assert purses.left == [0, Fraction(29, 3) - (11 - Fraction(1, 7)) / 3 - Fraction(8, 3)]


def test_what_several_have_left_together():
    problem = street(30, 8, 12)
    purses = pay(problem, BARE, Fraction(0), [shares("a", 40, Fraction(1, 2))])
    assert purses.together(problem.sheet.row[problem.marks["b"]]) == 10


def test_a_group_of_many_like_ballots_pays_for_all_of_them():
    ballots = [Ballot((("a", 1),), Fraction(5), "people", 6), Ballot((("a", 1),), Fraction(10), "council")]
    result = run(problem_of([Project("a", 40)], ballots, 40), BARE)
    assert result.purses.by_group() == {"people": {"a": 30}, "council": {"a": 10}}


weights = st.lists(st.integers(1, 50), min_size=2, max_size=4)


@given(weights, st.lists(st.sets(st.sampled_from("abcd")), min_size=4, max_size=10), st.sampled_from(Complete))
def test_no_group_pays_more_than_it_holds_however_the_say_is_parted(parts, marks, complete):
    """Whatever the weights: each group's payments are at most its part, raised as the rule raised it."""
    budget, groups = 100, [f"g{n}" for n in range(len(parts))]
    counts = {group: len(range(n, len(marks), len(groups))) for n, group in enumerate(groups)}
    each = {g: Fraction(budget * part, sum(parts) * counts[g]) for g, part in zip(groups, parts, strict=True)}
    ballots = [
        Ballot(tuple((id, 1) for id in mark), each[groups[n % len(groups)]], groups[n % len(groups)])
        for n, mark in enumerate(marks)
    ]
    projects = [Project(id, cost) for id, cost in zip("abcd", (20, 35, 50, 90), strict=True)]
    result = run(problem_of(projects, ballots, budget), Rule(complete=complete, step=Fraction(1, 8)))
    paid = result.purses.by_group()
    for group, part in zip(groups, parts, strict=True):
        most = Fraction(budget * part, sum(parts)) * (1 + result.completion.raised)
        assert sum(paid.get(group, {}).values()) <= most
    assert sum(amount for sums in paid.values() for amount in sums.values()) == result.spent


@pytest.mark.parametrize(
    ("utility", "by_shares", "by_votes"),
    [(Utility.COST, 20, 70), (Utility.CARDINALITY, 30, 60), (Utility.POINTS, 30, 60)],
)
def test_who_would_gain_by_which_outcome(utility, by_shares, by_votes):
    """Ten ballots of 10. Two gain only by a, six only by c; one has a and c, which are worth different things to
    it; and one has nothing of either."""
    marks = [("a",)] * 2 + [("c",)] * 6 + [("a", "b", "c")] + [()]
    ballots = [approves(mark) for mark in marks]
    problem = problem_of([Project("a", 10), Project("b", 10), Project("c", 60)], ballots, 100)
    found = compare(problem, Rule(utility=utility), ["a", "b"], ["c"])
    assert (found.by_shares, found.by_votes, found.votes_win) == (by_shares, by_votes, True)


def test_where_as_many_gain_the_shares_stand():
    problem = problem_of([Project("a", 5), Project("b", 5)], [approves("a"), approves("b")], 10)
    assert not compare(problem, Rule(), ["a"], ["b"]).votes_win


def test_by_votes_everybody_is_counted_and_level_ones_are_told():
    projects = [Project("a", 30), Project("b", 30), Project("c", 50)]
    ballots = [approves("ab")] * 3 + [approves("c")] * 5
    result = run(problem_of(projects, ballots, 80), Rule(method=Method.GREEDY, seed="plum"))
    assert result.winners[0] == "c" and len(result.rounds) == 2
    assert result.ties[0].round == 2 and result.ties[0].tied == ("a", "b") and result.ties[0].by == "lot"
    assert result.completion.runs == 0 and result.completion.full
