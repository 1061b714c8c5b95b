"""The Method of Equal Shares as slowly and plainly as it can be written, in fractions, to compare the quick one with.

It is written from the definition, knows nothing of the quick one, and looks at every project in every round.
"""

from __future__ import annotations

from fractions import Fraction
from hashlib import sha256

from alongside.methods.equal_shares import Ballot, Complete, Problem, Project, Rule, Ties, Utility


def value(rule: Rule, cost: int, points: int) -> int:
    return {Utility.COST: max(cost, 1), Utility.CARDINALITY: 1, Utility.POINTS: points}[rule.utility]


def voters(problem: Problem) -> list[tuple[dict[str, int], Fraction, int]]:
    """One for each single ballot, and the number of the merged ballot that it is a copy of."""
    equal = Fraction(problem.budget, max(1, sum(ballot.copies for ballot in problem.ballots)))
    return [
        (dict(ballot.marks), equal if ballot.endowment is None else ballot.endowment, n)
        for n, ballot in enumerate(problem.ballots)
        for _ in range(ballot.copies)
    ]


def price(project: Project, rule: Rule, marks: list[dict[str, int]], left: list[Fraction]) -> Fraction | None:
    """The least price at which those who marked it can pay, tried at every point where somebody runs out."""
    backers = [
        (left[n], value(rule, project.cost, marks[n][project.id]))
        for n in range(len(left))
        if project.id in marks[n] and value(rule, project.cost, marks[n][project.id]) and left[n] > 0
    ]
    if sum(have for have, _ in backers) < project.cost or not backers:
        return None
    if project.cost == 0:
        return Fraction(0)
    for limit in sorted({have / worth for have, worth in backers}):
        poor = [(have, worth) for have, worth in backers if have / worth < limit]
        rich = sum(worth for have, worth in backers if have / worth >= limit)
        tried = (project.cost - sum(have for have, _ in poor)) / Fraction(rich)
        if tried <= limit:
            return tried
    raise AssertionError("They have enough, so some price is enough")


def first(tied: list[Project], rule: Rule, marks: list[dict[str, int]]) -> Project:
    if rule.ties is Ties.ID:
        return min(tied)
    votes = {project.id: sum(project.id in mark for mark in marks) for project in tied}
    return min(
        tied,
        key=lambda one: (one.cost, -votes[one.id], sha256(f"{rule.seed}:{one.id}".encode()).hexdigest()),
    )


def once(problem: Problem, rule: Rule, raised: Fraction = Fraction(0)) -> tuple[list[str], list[list[str]], list[dict]]:
    """Winners in order, ties, and what each single voter paid for each of the winners."""
    everybody = voters(problem)
    marks, left = [mark for mark, _, _ in everybody], [held * (1 + raised) for _, held, _ in everybody]
    open = [project for project in problem.projects if project.cost <= problem.budget]
    won: list[str] = []
    ties: list[list[str]] = []
    paid: list[dict] = []
    while True:
        prices = {project: price(project, rule, marks, left) for project in open}
        able = {project: cost for project, cost in prices.items() if cost is not None}
        if not able:
            return won, ties, paid
        lowest = min(able.values())
        tied = [project for project, cost in able.items() if cost == lowest]
        chosen = first(tied, rule, marks)
        if len(tied) > 1:
            ties.append(sorted(project.id for project in tied))
        payments = {}
        for n, mark in enumerate(marks):
            if chosen.id in mark:
                payments[n] = min(left[n], lowest * value(rule, chosen.cost, mark[chosen.id]))
                left[n] -= payments[n]
        won.append(chosen.id)
        paid.append(payments)
        open.remove(chosen)


def full(problem: Problem, rule: Rule, won: list[str]) -> bool:
    """Whether nothing that a ballot with money is for still fits the budget."""
    costs = dict(problem.projects)
    rest = problem.budget - sum(costs[id] for id in won)
    wanted = {
        id for mark, held, _ in voters(problem) if held for id, points in mark.items() if value(rule, costs[id], points)
    }
    return not any(cost <= rest for id, cost in costs.items() if id in wanted and id not in won)


def outcome(problem: Problem, rule: Rule, step: Fraction) -> tuple[list[str], int]:
    """Winners with completion by steps, and how many counts that took."""
    costs = dict(problem.projects)
    won, runs, raised = once(problem, rule)[0], 1, Fraction(0)
    while rule.complete is Complete.ADD1 and not full(problem, rule, won):
        raised += step
        runs += 1
        later = once(problem, rule, raised)[0]
        if sum(costs[id] for id in later) > problem.budget:
            break
        won = later
    return won, runs


def apart(problem: Problem) -> Problem:
    """The same with every ballot by itself."""
    single = tuple(Ballot(b.marks, b.endowment, b.group) for b in problem.ballots for _ in range(b.copies))
    return Problem(problem.projects, single, problem.budget, problem.unit)
