"""What a funded project is worth to a ballot that marked it."""

from __future__ import annotations

from alongside.methods.equal_shares.problem import Problem, Utility


def worth(utility: Utility, cost: int, points: int) -> int:
    """The worth of a project of this cost to a ballot that gave it these points: its cost, one, or the points.
    A project that costs nothing is worth one by its cost, so that it can be chosen at all."""
    if utility is Utility.COST:
        return max(cost, 1)
    return points if utility is Utility.POINTS else 1


def backed(problem: Problem, utility: Utility) -> frozenset[str]:
    """Projects that somebody could pay for: worth something to a ballot that holds something, and no dearer than the
    whole budget."""
    marks = {
        mark for ballot, held in zip(problem.ballots, problem.endowments, strict=True) if held for mark in ballot.marks
    }
    marked = {id for id, points in marks if points or utility is not Utility.POINTS}
    return frozenset(id for id, cost in problem.projects if id in marked and cost <= problem.budget)
