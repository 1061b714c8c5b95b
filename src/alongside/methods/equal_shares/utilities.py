"""What a funded project is worth to a ballot that marked it."""

from __future__ import annotations

from alongside.methods.equal_shares.problem import Utility


def worth(utility: Utility, cost: int, points: int) -> int:
    """The worth of a project of this cost to a ballot that gave it these points: its cost, one, or the points.
    A project that costs nothing is worth one by its cost, so that it can be chosen at all."""
    if utility is Utility.COST:
        return max(cost, 1)
    return points if utility is Utility.POINTS else 1
