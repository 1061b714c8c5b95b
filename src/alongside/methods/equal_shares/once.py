"""One count by the Method of Equal Shares."""

from __future__ import annotations

from fractions import Fraction

from alongside.methods.equal_shares.problem import Problem, Rule
from alongside.methods.equal_shares.purses import Round, Stage
from alongside.methods.equal_shares.result import Tie
from alongside.methods.equal_shares.ties import Order
from alongside.methods.equal_shares.utilities import worth


def count(problem: Problem, rule: Rule, raised: Fraction) -> tuple[list[Round], list[Tie]]:
    """Rounds and ties where every endowment is raised by this part of itself."""
    left = [held * (1 + raised) for held in problem.endowments]
    marks = _marks(problem, rule)
    open = {id: cost for id, cost in problem.projects if id in problem.backed}
    order, rounds, ties = Order(problem, rule), list[Round](), list[Tie]()
    while True:
        prices = {id: _price(problem, left, marks[id], cost) for id, cost in open.items()}
        able = {id: price for id, price in prices.items() if price is not None}
        if not able:
            return rounds, ties
        lowest = min(able.values())
        level = [id for id, price in able.items() if price == lowest]
        if len(level) > 1:
            ties.append(order.choose(len(rounds) + 1, level))
        chosen = ties[-1].chosen if len(level) > 1 else level[0]
        due = {n: min(left[n], lowest * u) for n, u in marks[chosen]}
        payers = [n for n in due if left[n]]
        voices = [problem.ballots[n].copies for n in payers]
        emptied = sum(problem.ballots[n].copies for n in payers if due[n] == left[n])
        supporters = sum(problem.ballots[n].copies for n in due)
        most = max(due.values())
        cost = open.pop(chosen)
        for n, amount in due.items():
            left[n] -= amount
        rounds.append(
            Round(len(rounds) + 1, chosen, cost, Stage.SHARES, supporters, sum(voices), emptied, lowest, most)
        )


def _marks(problem: Problem, rule: Rule) -> dict[str, list[tuple[int, int]]]:
    costs = dict(problem.projects)
    marks: dict[str, list[tuple[int, int]]] = {id: [] for id in costs}
    for n, ballot in enumerate(problem.ballots):
        for id, points in ballot.marks:
            marks[id].append((n, worth(rule.utility, costs[id], points)))
    return marks


def _price(problem: Problem, left: list[Fraction], marks: list[tuple[int, int]], cost: int) -> Fraction | None:
    """The least price at which its supporters can pay for it together; None where they cannot."""
    missing = Fraction(cost)
    units = sum(u * problem.ballots[n].copies for n, u in marks)
    price = Fraction(0)
    for n, u in sorted(marks, key=lambda mark: left[mark[0]] / mark[1]):
        price = missing / units
        if price * u <= left[n]:
            return price
        missing -= left[n] * problem.ballots[n].copies
        units -= u * problem.ballots[n].copies
    return None
