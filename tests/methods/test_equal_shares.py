"""Fair shares by hand: small places where everybody can follow who pays for what, and why something lost."""

from __future__ import annotations

from fractions import Fraction
from hashlib import sha256

import pytest

from alongside.methods.equal_shares import (
    Ballot,
    Complete,
    Method,
    Project,
    Rule,
    Stage,
    Ties,
    Utility,
    Why,
    WrongProblem,
    approves,
    problem_of,
    ranks,
    run,
)
from alongside.methods.equal_shares.run import step_of
from alongside.methods.equal_shares.ties import lot

BARE = Rule(complete=Complete.NONE)
BY_VOTES = Rule(method=Method.GREEDY)


def half_and_half():
    """Six want the square, four want the pool, and there is money for ten shares of £10."""
    projects = [Project("square", 60_00), Project("fountain", 40_00), Project("pool", 40_00)]
    ballots = [approves(["square", "fountain"])] * 5 + [approves(["square"])] + [approves(["pool"])] * 4
    return problem_of(projects, ballots, 100_00, unit=100)


def test_a_smaller_part_of_the_voters_buys_with_its_own_part_of_the_money():
    """By votes the six would take everything; by fair shares the four get the pool."""
    assert set(run(half_and_half(), BY_VOTES).winners) == {"square", "fountain"}
    result = run(half_and_half(), BARE)
    assert set(result.winners) == {"square", "pool"}
    assert [round.each for round in result.rounds] == [1000, 1000]
    assert result.spent == 100_00 and result.completion.full


def test_what_everybody_paid_and_has_left():
    result = run(half_and_half(), BARE)
    assert result.purses.left == [0, 0, 0]
    assert result.purses.paid("square") == {0: 1000, 1: 1000} and result.purses.paid("pool") == {2: 1000}
    assert result.purses.paid("fountain") == {}


def test_who_has_too_little_gives_all_they_have():
    """Ada and Bea pay £30 each for the hall; Cy has only £15 of his £45 left for the swing and Dee pays the rest."""
    projects = [Project("hall", 90), Project("swing", 60)]
    ballots = [approves(["hall"])] * 2 + [approves(["hall", "swing"]), approves(["swing"])]
    result = run(problem_of(projects, ballots, 180), BARE)
    hall, swing = result.rounds
    assert (hall.project, hall.each, hall.payers, hall.emptied) == ("hall", 30, 3, 0)
    assert (swing.project, swing.each, swing.payers, swing.emptied) == ("swing", 45, 2, 2)
    assert result.purses.paid("swing") == {1: 15, 2: 45}


def test_how_far_short_it_was():
    projects = [Project("hall", 90), Project("tower", 200), Project("swing", 61), Project("moon", 1000)]
    ballots = [approves(["hall"])] * 2 + [approves(["hall", "swing", "moon"]), approves(["swing"])]
    result = run(problem_of(projects, ballots, 180), BARE)
    lost = {one.project: one for one in result.lost}
    assert (lost["swing"].had, lost["swing"].short, lost["swing"].why) == (60, 1, Why.SHORT)
    assert lost["tower"].why is Why.DEARER and lost["moon"].why is Why.DEARER
    nobody = run(problem_of([Project("statue", 5)], [approves([])], 10), BARE)
    assert nobody.lost[0].why is Why.NOBODY and not nobody.rounds


def test_too_little_of_the_budget_was_left():
    """By votes, the dearer one is taken and there is no room for the other, whoever could pay for it."""
    projects = [Project("long", 80), Project("short", 40)]
    ballots = [approves(["long"])] * 3 + [approves(["short"])] * 2
    result = run(problem_of(projects, ballots, 100), BY_VOTES)
    assert result.winners == ("long",) and result.lost[0].why is Why.SHORT and result.lost[0].had < 40


def test_a_dear_thing_is_worth_more_than_a_small_one_if_worth_is_what_it_costs():
    """Ten want the road, nine the bench: by cost the road comes first, by number of things the cheap bench."""
    projects = [Project("road", 50), Project("bench", 9)]
    ballots = [approves(["road", "bench"])] * 9 + [approves(["road"])]
    problem = problem_of(projects, ballots, 100)
    assert run(problem, BARE).winners[0] == "road"
    assert run(problem, Rule(utility=Utility.CARDINALITY, complete=Complete.NONE)).winners[0] == "bench"


def test_points_say_how_much_each_gives():
    """Who gave three points pays three times what who gave one point does."""
    ballots = [Ballot((("choir", 3),)), Ballot((("choir", 1),))]
    result = run(problem_of([Project("choir", 40)], ballots, 100), Rule(utility=Utility.POINTS))
    assert result.purses.paid("choir") == {0: 30, 1: 10}
    assert result.rounds[0].each is None and result.rounds[0].price == 10


def test_a_ranking_gives_points_by_place():
    assert ranks(["a", "b", "c"]).marks == (("a", 3), ("b", 2), ("c", 1))
    assert ranks(["a", "b", "c"], last=0).marks == (("a", 2), ("b", 1), ("c", 0))


def test_the_last_place_by_borda_is_a_vote_that_buys_nothing():
    problem = problem_of([Project("a", 1), Project("b", 1)], [ranks(["a", "b"], last=0)], 10)
    result = run(problem, Rule(utility=Utility.POINTS))
    assert result.winners == ("a",) and problem.votes == {"a": 1, "b": 1}
    assert result.completion.full and result.lost[0].why is Why.NOBODY


def three_alike(*, dearer: int = 10):
    projects = [Project("b", 10), Project("a", dearer), Project("c", 10)]
    return problem_of(projects, [approves([id]) for id in "abc"], 30)


def test_a_tie_goes_to_the_cheapest_then_to_the_lot():
    """Level in price for what it is worth: b and c cost less than a; between them the lot decides."""
    projects = [Project("b", 10), Project("a", 20), Project("c", 10)]
    ballots = [approves(["a", "b", "c"])] * 4
    result = run(problem_of(projects, ballots, 40), Rule(complete=Complete.NONE, seed="heron"))
    first, second = result.ties
    assert first.tied == ("a", "b", "c") and first.by == "lot"
    assert first.chosen == min("bc", key=lambda id: sha256(f"heron:{id}".encode()).hexdigest())
    assert second.tied == tuple(sorted({"a", "b", "c"} - {first.chosen})) and second.by == "cost"
    assert result.winners[2] == "a"


def test_a_tie_goes_to_the_most_votes_before_the_lot():
    """Level at 10 each: two paid for a at 20, three could have for b, of whom one has nothing."""
    projects = [Project("a", 20), Project("b", 20)]
    ballots = [approves(["a"])] * 2 + [approves(["b"])] * 2 + [Ballot((("b", 1),), Fraction(0))]
    ballots = [ballot._replace(endowment=Fraction(10) if ballot.endowment is None else 0) for ballot in ballots]
    result = run(problem_of(projects, ballots, 40), BARE)
    assert result.ties[0].chosen == "b" and result.ties[0].by == "votes"


def test_ties_by_id_are_by_text_as_others_have_it():
    projects = [Project("2", 10), Project("10", 10)]
    result = run(problem_of(projects, [approves(["2", "10"])], 20), Rule(ties=Ties.ID))
    assert result.winners == ("10", "2") and result.ties[0].by == "id"


def test_the_lot_can_be_drawn_again_by_anyone():
    assert lot("heron", "pool") == sha256(b"heron:pool").hexdigest()
    seeds = {run(three_alike(), Rule(seed=str(seed))).winners for seed in range(40)}
    assert len(seeds) == 6, "every order comes up"


def test_completion_buys_what_nobody_could_together():
    """Two things, each wanted by one half, each a coin dearer than the half can pay."""
    projects = [Project("a", 51), Project("b", 40), Project("c", 9)]
    ballots = [approves(["a"])] * 5 + [approves(["b", "c"])] * 5
    problem = problem_of(projects, ballots, 100)
    bare = run(problem, BARE)
    assert set(bare.winners) == {"b", "c"} and not bare.completion.full
    more = run(problem, Rule(complete=Complete.ADD1))
    assert set(more.winners) == {"a", "b", "c"} and more.completion.full
    assert more.completion.runs == 2 and more.completion.raised == Fraction(1, 10)
    assert run(problem, Rule(complete=Complete.GREEDY)).rounds[-1].stage is Stage.GREEDY


def test_completion_stops_before_it_would_cost_too_much():
    """One more coin each and both would be bought for 102: the count before that stands."""
    projects = [Project("a", 51), Project("b", 51), Project("c", 20)]
    ballots = [approves(["a"])] * 5 + [approves(["b"])] * 5 + [approves([])] * 0
    problem = problem_of(projects, [*ballots, approves(["c"])._replace(endowment=Fraction(0))], 100)
    even = problem_of(projects, ballots, 100)
    assert run(even, Rule()).winners == () and run(even, Rule()).completion.runs == 2
    assert run(problem, Rule()).winners == ()
    assert run(even, Rule(complete=Complete.ADD1_GREEDY)).spent == 51


def test_a_small_coin_is_no_trouble():
    """In a currency of which a share is two million, a step of one coin is leapt over rather than counted."""
    projects = [Project("a", 10_300_000), Project("b", 8_000_000), Project("c", 2_000_000)]
    ballots = [approves(["a"])] * 5 + [approves(["b", "c"])] * 5
    result = run(problem_of(projects, ballots, 20_400_000), Rule())
    assert set(result.winners) == {"a", "b", "c"} and result.completion.full
    assert result.completion.runs == 20_001 and result.completion.raised == Fraction(20_000, 2_040_000)


def test_somebody_with_next_to_nothing_does_not_keep_everybody_waiting():
    """One ballot of a millionth part wants what half the money buys: it takes very many steps, and few counts."""
    ballots = [Ballot((("a", 1),), Fraction(1, 10_000)), Ballot((("b", 1),), Fraction(50))]
    result = run(problem_of([Project("a", 50), Project("b", 50)], ballots, 100), Rule())
    assert result.winners == ("b", "a") and result.completion.full
    assert result.completion.raised == 499_999 and result.completion.runs == 499_999_001


def test_growth_may_be_limited():
    ballots = [Ballot((("a", 1),), Fraction(10)), Ballot((("b", 1),), Fraction(50))]
    problem = problem_of([Project("a", 50), Project("b", 50)], ballots, 100)
    assert run(problem, Rule(most=Fraction(2))).winners == ("b",)
    assert run(problem, Rule(most=Fraction(4))).winners == ("b", "a")
    with pytest.raises(WrongProblem, match="above nought"):
        run(problem, Rule(step=Fraction(0)))


def test_what_is_bought_with_the_rest_is_paid_by_its_supporters_first():
    projects = [Project("a", 51), Project("b", 40)]
    ballots = [approves(["a"])] * 5 + [approves(["b"])] * 5
    result = run(problem_of(projects, ballots, 100), Rule(complete=Complete.GREEDY))
    assert result.purses.paid("a") == {0: 10, 1: Fraction(1, 5)}
    assert result.purses.left == [0, Fraction(9, 5)]


def test_by_votes_alone_supporters_pay_alike_as_far_as_they_can():
    result = run(half_and_half(), BY_VOTES)
    assert result.purses.paid("square") == {0: 1000, 1: 1000}
    assert result.purses.paid("fountain") == {2: 1000}, "the six had nothing left, so the four paid for it"
    assert result.purses.by_group() == {"": {"square": 6000, "fountain": 4000}}


def test_a_step_is_one_unit_of_currency_where_all_hold_the_same():
    assert step_of(half_and_half(), Rule()) == Fraction(1, 10), "a pound of ten"
    assert step_of(half_and_half(), Rule(step=Fraction(1, 3))) == Fraction(1, 3)
    ballots = [Ballot((), Fraction(1)), Ballot((), Fraction(2))]
    assert step_of(problem_of([], ballots, 3), Rule()) == Fraction(1, 1000)


def test_the_outcome_by_votes_is_taken_only_where_that_was_declared_and_more_would_gain():
    """The square for all ten, or the pool for four of them: seven hold seven tenths."""
    projects = [Project("pool", 30), Project("square", 100)]
    ballots = [approves(["square"])] * 6 + [approves(["square", "pool"])] + [approves(["pool"])] * 3
    problem = problem_of(projects, ballots, 100)
    assert run(problem, BARE).winners == ("pool",)
    compared = run(problem, Rule(complete=Complete.NONE, compare=True))
    assert compared.winners == ("square",)
    assert compared.comparison is not None
    assert (compared.comparison.by_shares, compared.comparison.by_votes) == (30, 70)


def test_ballots_may_hold_different_parts():
    """Two organisations hold half; ten residents the other half. Each half buys for itself."""
    projects = [Project("pool", 50), Project("office", 50), Project("square", 51)]
    residents = [Ballot((("pool", 1), ("square", 1)), Fraction(5), "residents")] * 10
    offices = [Ballot((("office", 1),), Fraction(25), "organisations")] * 2
    result = run(problem_of(projects, residents + offices, 100), BARE)
    assert set(result.winners) == {"pool", "office"}
    assert result.purses.by_group() == {"residents": {"pool": 50}, "organisations": {"office": 50}}


def test_by_votes_ballots_count_by_what_they_hold():
    projects = [Project("pool", 60), Project("office", 60)]
    ballots = [Ballot((("pool", 1),), Fraction(5))] * 10 + [Ballot((("office", 1),), Fraction(25))] * 2
    assert run(problem_of(projects, ballots, 100), BY_VOTES).ties[0].tied == ("office", "pool")


def test_what_costs_nothing_is_done():
    projects = [Project("thanks", 0), Project("pool", 10)]
    result = run(problem_of(projects, [approves(["thanks", "pool"])], 10), BARE)
    assert result.winners == ("thanks", "pool") and result.spent == 10
    assert run(problem_of(projects, [approves(["thanks"])], 10), BY_VOTES).winners == ("thanks",)


def test_nobody_and_nothing():
    assert run(problem_of([], [], 0), Rule()).winners == ()
    assert run(problem_of([Project("pool", 5)], [], 10), Rule()).winners == ()
    assert run(problem_of([Project("pool", 5)], [approves(["pool"])], 0), BY_VOTES).winners == ()
    assert run(problem_of([Project("pool", 5)], [Ballot((("pool", 1),), Fraction(0))], 9), Rule()).winners == ()


@pytest.mark.parametrize(
    ("projects", "ballots", "budget", "said"),
    [
        ([Project("a", 1), Project("a", 2)], [], 5, "a is listed twice"),
        ([Project("a", -1)], [], 5, "a costs less than nothing"),
        ([Project("a", 2**60)], [], 5, "larger"),
        ([], [], -5, "The budget is nought or more"),
        ([], [approves(["z"])], 5, "marks z, which is no project"),
        ([Project("a", 1)], [approves(["a", "a"])], 5, "marks project a twice"),
        ([Project("a", 1)], [Ballot((("a", -1),))], 5, "less than nought to project a"),
        ([Project("a", 1)], [approves([], Fraction(6))], 5, "hold 1 more than the budget"),
        ([Project("a", 1)], [approves([], Fraction(-6))], 5, "nought or more"),
        ([Project("a", 1)], [Ballot((), None, "", -2)], 5, "nought or more"),
    ],
)
def test_what_makes_no_sense_is_refused(projects, ballots, budget, said):
    with pytest.raises(WrongProblem, match=said):
        problem_of(projects, ballots, budget)


def test_equal_ballots_are_kept_once():
    ballots = [
        approves(["a", "b"]),
        approves(["b", "a"]),
        approves(["a", "b"], Fraction(1)),
        approves(["a"], group="x"),
    ]
    problem = problem_of([Project("a", 1), Project("b", 1)], ballots, 40)
    assert [ballot.copies for ballot in problem.ballots] == [2, 1, 1] and problem.voters == 4


def test_prices_that_floating_point_cannot_tell_apart_are_told_apart():
    """Two prices that differ by one part in 10**17, and two that are the same after different sums."""
    large = 10**13
    projects = [Project("a", 3 * large), Project("b", 3 * large - 1)]
    ballots = [approves(["a"])] * 3 + [approves(["b"])] * 3
    rule = Rule(utility=Utility.CARDINALITY, complete=Complete.NONE)
    result = run(problem_of(projects, ballots, 6 * large), rule)
    assert result.winners == ("b", "a") and not result.ties
    thirds = [Project("c", 1), Project("d", 1), Project("e", 1)]
    ballots = [approves(["c", "d"]), approves(["c", "e"]), approves(["c", "d"]), approves(["c", "e"]), approves([])]
    result = run(problem_of(thirds, ballots, 5), rule)
    assert [tie.tied for tie in result.ties] == [("d", "e")]


def test_it_stays_exact_over_many_rounds():
    """A hundred rounds of sevenths and elevenths, in which few hold on while most run out: to the last fraction."""
    ids = [f"p{n:03}" for n in range(100)]
    projects = [Project(id, 97 + (n * 37) % 61) for n, id in enumerate(ids)]
    ballots = [approves([id for m, id in enumerate(ids) if (n * 7 + m * 11) % 13 < 3 + n % 3]) for n in range(90)]
    problem = problem_of(projects, ballots, 6_000)
    result = run(problem, BARE)
    assert len(result.rounds) > 30
    for round in result.rounds:
        paid = result.purses.paid(round.project).items()
        assert sum(amount * problem.ballots[n].copies for n, amount in paid) == round.cost
    left = zip(result.purses.left, problem.ballots, strict=True)
    assert sum(one * ballot.copies for one, ballot in left) == problem.budget - result.spent


@pytest.mark.parametrize("utility", Utility)
def test_quick_and_exact_come_to_the_same(monkeypatch, utility):
    """Where floating point is trusted in nothing, everything is worked out in whole numbers, to the same end."""
    ids = [f"p{n:02}" for n in range(30)]
    projects = [Project(id, 1_000 + (n * n * 7919) % 9_001) for n, id in enumerate(ids)]
    ballots = [
        Ballot(tuple((id, 1 + (n + m) % 3) for m, id in enumerate(ids) if (n * 13 + m * 29 + n * m) % 11 < 3))
        for n in range(90)
    ]
    problem, rule = problem_of(projects, ballots, 60_000), Rule(utility=utility)
    quick = run(problem, rule)
    assert len(quick.rounds) > 5 and quick.completion.runs > 2
    for name in ("prices", "once"):
        monkeypatch.setattr(f"alongside.methods.equal_shares.{name}.EPS", 1e-4)
    monkeypatch.setattr("alongside.methods.equal_shares.prices.SUM", 1e-3)
    monkeypatch.setattr("alongside.methods.equal_shares.once.AFRESH", 1e9)
    exact = run(problem, rule)
    assert (quick.rounds, quick.ties, quick.completion) == (exact.rounds, exact.ties, exact.completion)
