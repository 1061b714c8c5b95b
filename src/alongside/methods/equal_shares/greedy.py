"""Going down the list of votes: the most worth for the money first, whatever still fits the budget.

With the worth of a project taken as its cost, that is the plain list of votes. Ballots count by the share that they
hold, so that where all hold the same each counts once.
"""

from __future__ import annotations

from fractions import Fraction

from alongside.methods.equal_shares.problem import Problem, Rule
from alongside.methods.equal_shares.purses import Round, Stage
from alongside.methods.equal_shares.result import Tie
from alongside.methods.equal_shares.ties import Order
from alongside.methods.equal_shares.utilities import worth


def go_down(problem: Problem, rule: Rule, before: list[Round]) -> tuple[list[Round], list[Tie]]:
    """Rounds and ties after those of `before`."""
    funded = {round.project for round in before}
    rest = problem.budget - sum(round.cost for round in before)
    value = _values(problem, rule)
    left = {id: cost for id, cost in problem.projects if id not in funded and id in problem.backed}
    order, rounds, ties = Order(problem, rule), list[Round](), list[Tie]()
    while True:
        left = {id: cost for id, cost in left.items() if cost <= rest}
        if not left:
            return rounds, ties
        best = max(value[id] for id in left)
        level = [id for id in left if value[id] == best]
        number = len(before) + len(rounds) + 1
        if len(level) > 1:
            ties.append(order.choose(number, level))
        chosen = ties[-1].chosen if len(level) > 1 else level[0]
        cost = left.pop(chosen)
        rest -= cost
        rounds.append(Round(number, chosen, cost, Stage.GREEDY, problem.votes[chosen], 0, 0, None, Fraction(0)))


def _values(problem: Problem, rule: Rule) -> dict[str, Fraction]:
    """What each project is worth to all ballots by the share that they hold, for each coin it costs."""
    costs = dict(problem.projects)
    worths = dict.fromkeys(costs, Fraction(0))
    for ballot, held in zip(problem.ballots, problem.endowments, strict=True):
        for id, points in ballot.marks:
            worths[id] += held * ballot.copies * worth(rule.utility, costs[id], points)
    return {id: total / max(costs[id], 1) for id, total in worths.items()}
