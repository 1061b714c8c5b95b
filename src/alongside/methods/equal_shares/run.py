"""Counts: the Method of Equal Shares with its completion, or the list of votes. Exact, and the same for everybody."""

from __future__ import annotations

from fractions import Fraction

from alongside.methods.equal_shares.greedy import go_down
from alongside.methods.equal_shares.once import count
from alongside.methods.equal_shares.problem import Complete, Method, Problem, Rule
from alongside.methods.equal_shares.purses import Round
from alongside.methods.equal_shares.result import Completion, Lost, Result, Tie, Why

THOUSANDTH = Fraction(1, 1000)


def run(problem: Problem, rule: Rule) -> Result:
    """The outcome of these ballots under this rule. Never spends more than the budget; depends on nothing but what is
    given, and not on its order."""
    rounds: list[Round] = []
    ties: list[Tie] = []
    completion = Completion(0, Fraction(0), False)
    if rule.method is Method.EQUAL_SHARES:
        rounds, ties, completion = _shares(problem, rule)
    if rule.method is Method.GREEDY or rule.complete in {Complete.GREEDY, Complete.ADD1_GREEDY}:
        more, level = go_down(problem, rule, rounds)
        rounds, ties = rounds + more, ties + level
    bare = Result(problem, rule, tuple(rounds), tuple(ties), (), completion)
    return Result(problem, rule, bare.rounds, bare.ties, _lost(bare), completion)


def step_of(problem: Problem, rule: Rule) -> Fraction:
    """By which part of itself completion raises every endowment each time."""
    if rule.step is not None:
        return rule.step
    first = problem.endowments[0] if problem.endowments else Fraction(0)
    return problem.unit / first if problem.even and first else THOUSANDTH


def _shares(problem: Problem, rule: Rule) -> tuple[list[Round], list[Tie], Completion]:
    raised, runs = Fraction(0), 1
    step = step_of(problem, rule)
    rounds, ties = count(problem, rule, raised)
    while rule.complete in {Complete.ADD1, Complete.ADD1_GREEDY}:
        if not _room(problem, rounds):
            return rounds, ties, Completion(runs, raised, full=True)
        next_rounds, next_ties = count(problem, rule, raised + step)
        runs += 1
        if sum(round.cost for round in next_rounds) > problem.budget:
            return rounds, ties, Completion(runs, raised, full=False)
        raised, rounds, ties = raised + step, next_rounds, next_ties
    return rounds, ties, Completion(runs, raised, full=not _room(problem, rounds))


def _room(problem: Problem, rounds: list[Round]) -> list[str]:
    """What could still be paid from the budget, of what anyone with a share marked."""
    funded = {round.project for round in rounds}
    rest = problem.budget - sum(round.cost for round in rounds)
    return [id for id, cost in problem.projects if id not in funded and cost <= rest and id in problem.backed]


def _lost(result: Result) -> tuple[Lost, ...]:
    problem, funded = result.problem, set(result.winners)
    rest = problem.budget - result.spent
    had = {id: Fraction(0) for id, _ in problem.projects if id not in funded}
    for n, ballot in enumerate(problem.ballots):
        for id, _ in ballot.marks:
            if id in had:
                had[id] += result.purses.left[n] * ballot.copies
    lost = []
    for id, cost in problem.projects:
        if id in funded:
            continue
        why = Why.DEARER if cost > problem.budget else Why.SHORT if id in problem.backed else Why.NOBODY
        if why is Why.SHORT and cost > rest and had[id] >= cost:
            why = Why.ROOM
        lost.append(Lost(id, cost, problem.votes[id], had[id], max(cost - had[id], Fraction(0)), why))
    return tuple(lost)
