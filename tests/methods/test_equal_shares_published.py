"""What has been proved of the method in print, and the examples it was explained by, hold for ours.

Sources: Peters and Skowron, Proportionality and the Limits of Welfarism (2020), for parties and prices; Peters,
Pierczyński and Skowron (2021) for budgets; Brill and Peters (2023) for the stronger form of representation.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

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
from tests.methods import plain_shares as plain
from tests.methods.test_equal_shares_properties import problems

SEATS = Rule(utility=Utility.CARDINALITY, complete=Complete.NONE)


@given(st.lists(st.integers(1, 40), min_size=1, max_size=5), st.integers(1, 12))
def test_parties_get_the_seats_that_their_votes_pay_for(parties: list[int], seats: int) -> None:
    """Every voter for the whole list of one party, every seat of the same price: each party's share, rounded down."""
    voters = sum(parties)
    projects = [Project(f"{party}-{seat}", voters) for party in range(len(parties)) for seat in range(seats)]
    ballots = [
        Ballot(tuple((f"{party}-{seat}", 1) for seat in range(seats)), None, "", votes)
        for party, votes in enumerate(parties)
    ]
    won = run(problem_of(projects, ballots, voters * seats), SEATS).winners
    for party, votes in enumerate(parties):
        assert sum(id.startswith(f"{party}-") for id in won) == votes * seats // voters


def test_a_city_of_two_districts_does_not_lose_the_smaller():
    """The larger district has just over half the votes and wants three dear things: by votes it gets them all."""
    north = [Project(f"north-{n}", 300_000) for n in range(3)]
    south = [Project(f"south-{n}", 200_000) for n in range(3)]
    ballots = [approves([one.id for one in north])] * 55 + [approves([one.id for one in south])] * 45
    problem = problem_of([*north, *south], ballots, 1_000_000)
    by_votes = run(problem, Rule(method=Method.GREEDY)).winners
    assert sum(id.startswith("north") for id in by_votes) == 3 and not any(id.startswith("south") for id in by_votes)
    fair = run(problem, Rule(complete=Complete.NONE)).winners
    assert sum(id.startswith("north") for id in fair) == 1 and sum(id.startswith("south") for id in fair) == 2


def test_a_small_group_with_a_cheap_wish_gets_it():
    """Ten in a hundred, and what they want costs a tenth: nobody else need want it."""
    ballots = [approves([f"large-{n}" for n in range(5)])] * 90 + [approves(["ramp"])] * 10
    projects = [Project("ramp", 100), *(Project(f"large-{n}", 200) for n in range(5))]
    result = run(problem_of(projects, ballots, 1_000), Rule(complete=Complete.NONE))
    assert "ramp" in result.winners
    assert result.purses.by_group()[""]["ramp"] == 100


@given(problems(), st.sampled_from(Utility))
def test_there_are_prices_at_which_nobody_could_have_bought_more(problem, utility) -> None:
    """Priceable: each pays only for what they marked, no more than they hold; nobody's supporters have enough left."""
    rule = Rule(utility=utility, complete=Complete.NONE)
    result = run(problem, rule)
    for id in result.winners:
        for n in result.purses.paid(id):
            assert id in dict(problem.ballots[n].marks)
    for lost in result.lost:
        marks = [(n, dict(ballot.marks).get(lost.project)) for n, ballot in enumerate(problem.ballots)]
        backers = [n for n, points in marks if points is not None and plain.value(rule, lost.cost, points)]
        left = sum(result.purses.left[n] * problem.ballots[n].copies for n in backers)
        assert left < lost.cost or not any(problem.endowments[n] for n in backers) or lost.cost > problem.budget


@given(problems(even=True, most=7))
def test_no_group_that_could_buy_one_more_together_is_left_behind(problem) -> None:
    """Representation in its stronger form, one idea at a time: a group that all want a thing not bought, and whose
    shares would pay for it beside as much as any of them got, is not there. Every group of voters is looked at."""
    result = run(problem, SEATS)
    won, costs = set(result.winners), dict(problem.projects)
    single = [set(mark) for mark, _, _ in plain.voters(problem)]
    each = Fraction(problem.budget, len(single))
    unit = {cost for cost in costs.values() if cost}
    if len(unit) != 1 or 0 in costs.values():
        return
    (price,) = unit
    for size in range(1, len(single) + 1):
        for group in combinations(single, size):
            for missed in set.intersection(*group) - won:
                deserved = size * each // price
                assert missed not in costs or max(len(mark & won) for mark in group) >= deserved


@given(problems(), st.sampled_from(Utility))
def test_prices_never_fall_from_round_to_round(problem, utility) -> None:
    """What is best value goes first, so each next thing asks at least as much for what it is worth."""
    prices = [round.price for round in run(problem, Rule(utility=utility, complete=Complete.NONE)).rounds]
    assert prices == sorted(prices)


@given(problems(), st.sampled_from([Complete.ADD1, Complete.GREEDY, Complete.ADD1_GREEDY]))
def test_completion_only_adds_money_never_rules(problem, complete) -> None:
    """After going down the list nothing that somebody wants still fits; rounds of shares come before those of votes."""
    result = run(problem, Rule(complete=complete, step=Fraction(1, 9)))
    stages = [round.stage for round in result.rounds]
    assert stages == sorted(stages, reverse=True), "shares, then votes"
    if complete is Complete.ADD1:
        assert Stage.GREEDY not in stages
    else:
        assert plain.full(problem, result.rule, list(result.winners))


@pytest.mark.parametrize("complete", Complete)
def test_one_voter_alone_is_content(complete) -> None:
    """Whatever the rule, who decides alone can buy all that fits."""
    result = run(problem_of([Project("a", 6), Project("b", 4)], [approves("ab")], 10), Rule(complete=complete))
    assert set(result.winners) == {"a", "b"} and result.spent == 10
