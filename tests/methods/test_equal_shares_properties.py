"""Whatever the ballots: exact, within the budget, the same for everybody in any order, and fair to those who agree."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

from hypothesis import assume, given
from hypothesis import strategies as st

from alongside.methods.equal_shares import (
    Ballot,
    Complete,
    Method,
    Problem,
    Project,
    Rule,
    Stage,
    Ties,
    Utility,
    problem_of,
    run,
)
from alongside.methods.equal_shares.columns import Columns
from alongside.methods.equal_shares.run import step_of
from alongside.methods.equal_shares.steps import Steps
from alongside.methods.equal_shares.ties import Order
from tests.methods import plain_shares as plain

NAMES = "abcdefg"
rules = st.builds(
    Rule,
    method=st.sampled_from(Method),
    utility=st.sampled_from(Utility),
    complete=st.sampled_from(Complete),
    step=st.sampled_from([None, Fraction(1, 7), Fraction(1, 3)]),
    ties=st.sampled_from(Ties),
    seed=st.sampled_from(["", "heron"]),
    compare=st.booleans(),
)


@st.composite
def problems(draw: st.DrawFn, *, even: bool | None = None, most: int = 12) -> Problem:
    """Few projects of few different costs, so that there are many ties and many ballots that run out at once."""
    costs = draw(st.lists(st.integers(0, 12), min_size=1, max_size=len(NAMES)))
    projects = [Project(id, cost) for id, cost in zip(NAMES, costs, strict=False)]
    ids = [project.id for project in projects]
    marks = st.dictionaries(st.sampled_from(ids), st.integers(0, 3), max_size=len(ids))
    said = draw(st.lists(marks, min_size=1, max_size=most))
    budget = draw(st.integers(1, 30))
    if even is None:
        even = draw(st.booleans())
    weights = [1] * len(said) if even else draw(st.lists(st.integers(0, 3), min_size=len(said), max_size=len(said)))
    whole = max(sum(weights), 1)
    ballots = [
        Ballot(tuple(mark.items()), None if even else Fraction(budget * weight, whole), "ab"[n % 2])
        for n, (mark, weight) in enumerate(zip(said, weights, strict=True))
    ]
    return problem_of(projects, ballots, budget)


@given(problems(), st.sampled_from(Utility), st.sampled_from(Ties))
def test_it_is_what_the_definition_says(problem: Problem, utility: Utility, ties: Ties) -> None:
    """Winners, their order, all ties, and every single payment."""
    rule = Rule(utility=utility, ties=ties, complete=Complete.NONE, seed="heron")
    result = run(problem, rule)
    won, tied, paid = plain.once(problem, rule)
    assert list(result.winners) == won
    assert [list(tie.tied) for tie in result.ties] == tied
    for id, payments in zip(won, paid, strict=True):
        of_merged = {plain.voters(problem)[n][2]: amount for n, amount in payments.items() if amount}
        assert result.purses.paid(id) == of_merged


@given(problems(most=7), st.sampled_from(Utility), st.sampled_from([None, Fraction(1, 5)]))
def test_completion_is_what_the_definition_says(problem: Problem, utility: Utility, step: Fraction | None) -> None:
    rule = Rule(utility=utility, complete=Complete.ADD1, step=step)
    assume(step_of(problem, rule) > Fraction(1, 40))
    result = run(problem, rule)
    won, runs = plain.outcome(problem, rule, step_of(problem, rule))
    assert (list(result.winners), result.completion.runs) == (won, runs)


@given(problems(), st.sampled_from(Utility), st.integers(20, 150), st.sampled_from([None, Fraction(1, 3)]))
def test_steps_that_change_nothing_are_not_counted_and_nothing_changes(
    problem: Problem, utility: Utility, parts: int, most: Fraction | None
) -> None:
    """Leaping over steps gives the same count after the same steps as taking every one."""
    rule, step = Rule(utility=utility), Fraction(1, parts)
    steps = Steps(Columns(problem, rule), Order(problem, rule), step, problem.budget, most)
    stands, taken, counts = steps.at(0), 0, 1
    while steps.room(stands) and (most is None or (taken + 1) * step <= most):
        assume(taken < 400)
        later, counts = steps.at(taken + 1), counts + 1
        if later.over:
            break
        stands, taken = later, taken + 1
    leapt = steps.complete()
    assert (leapt.steps, leapt.counts) == (taken, counts)
    assert (leapt.count.rounds(), leapt.count.ties) == (stands.rounds(), stands.ties)


@given(problems(), rules)
def test_money_adds_up(problem: Problem, rule: Rule) -> None:
    """Never more than the budget; payments are the cost to the last fraction of a coin; nobody pays what they have
    not."""
    rule = _brief(problem, rule)
    result = run(problem, rule)
    costs = dict(problem.projects)
    assert result.spent == sum(costs[id] for id in result.winners) <= problem.budget
    copies = [ballot.copies for ballot in problem.ballots]
    spent = [Fraction(0)] * len(copies)
    for round in result.rounds:
        paid = result.purses.paid(round.project)
        total = sum(amount * copies[n] for n, amount in paid.items())
        assert total == round.cost or (round.stage is Stage.GREEDY and total < round.cost)
        for n, amount in paid.items():
            spent[n] += amount
    for n, held in enumerate(problem.endowments):
        assert result.purses.left[n] == held * (1 + result.completion.raised) - spent[n] >= 0
    by_group = result.purses.by_group()
    together = sum(amount for sums in by_group.values() for amount in sums.values())
    assert together == sum(one * n for one, n in zip(spent, copies, strict=True))


@given(problems(), rules, st.integers(2, 1_000_000_007))
def test_another_currency_changes_nothing(problem: Problem, rule: Rule, times: int) -> None:
    """Costs, budget and the step all many times as much."""
    rule = _brief(problem, rule)
    ballots = [b._replace(endowment=b.endowment and b.endowment * times) for b in problem.ballots]
    projects = [Project(id, cost * times) for id, cost in problem.projects]
    larger = problem_of(projects, ballots, problem.budget * times, unit=times)
    one, other = run(problem, rule), run(larger, rule)
    assert one.winners == other.winners
    assert (one.ties, one.completion) == (other.ties, other.completion)


@given(problems(), rules, st.randoms(use_true_random=False))
def test_the_order_of_voters_and_projects_changes_nothing(problem: Problem, rule: Rule, random: object) -> None:
    rule = _brief(problem, rule)
    projects, ballots = list(problem.projects), list(plain.apart(problem).ballots)
    random.shuffle(projects)  # type: ignore[attr-defined]
    random.shuffle(ballots)  # type: ignore[attr-defined]
    one, other = run(problem, rule), run(problem_of(projects, ballots, problem.budget), rule)
    assert (one.winners, one.ties, one.completion) == (other.winners, other.ties, other.completion)
    assert one.purses.by_group() == other.purses.by_group()
    assert set(one.lost) == set(other.lost)


@given(problems(), rules)
def test_merged_ballots_are_the_ballots(problem: Problem, rule: Rule) -> None:
    rule = _brief(problem, rule)
    one, other = run(problem, rule), run(plain.apart(problem), rule)
    assert (one.rounds, one.ties, one.completion) == (other.rounds, other.ties, other.completion)
    assert one.purses.by_group() == other.purses.by_group()


@given(problems(even=True, most=7))
def test_those_who_agree_are_not_left_out(problem: Problem) -> None:
    """Extended justified representation up to any one project, by looking at every group of voters there is: whose
    share of the budget would pay for what they all want gets so much of it for at least one of them, or would with
    any one more of it (Peters, Pierczyński and Skowron 2021, with cost as utility)."""
    rule = Rule(complete=Complete.NONE)
    won = set(run(problem, rule).winners)
    costs = dict(problem.projects)
    single = [mark for mark, _, _ in plain.voters(problem)]
    for size in range(1, len(single) + 1):
        for group in combinations(single, size):
            common = set.intersection(*(set(mark) for mark in group)) - {id for id, cost in costs.items() if not cost}
            for wanted in (set(one) for number in (1, 2) for one in combinations(sorted(common), number)):
                cost = sum(costs[id] for id in wanted)
                if cost * len(single) > size * problem.budget or wanted <= won:
                    continue
                best = max(sum(costs[id] for id in won & set(mark)) for mark in group)
                assert all(best + costs[more] > cost for more in wanted - won) or best >= cost


@given(problems(), rules)
def test_why_something_lost_is_true(problem: Problem, rule: Rule) -> None:
    rule = _brief(problem, rule)
    result = run(problem, rule)
    assert {lost.project for lost in result.lost} | set(result.winners) == {id for id, _ in problem.projects}
    for lost in result.lost:
        had = sum(
            (result.purses.left[n] * ballot.copies)
            for n, ballot in enumerate(problem.ballots)
            if lost.project in dict(ballot.marks)
        )
        assert lost.had == had and lost.short == max(lost.cost - had, 0)


def _brief(problem: Problem, rule: Rule) -> Rule:
    """The same with a step that is not so small that it takes thousands of counts."""
    if step_of(problem, rule) >= Fraction(1, 40):
        return rule
    return Rule(rule.method, rule.utility, rule.complete, Fraction(1, 11), rule.ties, rule.seed, rule.compare)
