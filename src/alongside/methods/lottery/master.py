"""The two linear programs of the fairest lottery, over the panels found so far, solved by HiGHS through SciPy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from alongside.methods.lottery.problem import Floats

NOISE = 1e-9  # by so much the smallest chance may fall while the largest is made smaller
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Priced:
    """The best over the panels so far: each one's chance, what is reached, and each kind's price for one more chance.

    `proves(dearest, offset)` is what no lottery whatever can pass, where `dearest` is the most that any panel is worth
    at prices that came with this `offset`.
    """

    weights: Floats
    found: float
    prices: Floats
    offset: float
    proves: Callable[[float, float], float]


Master = Callable[[Floats], Priced]


def largest_smallest(counts: Flags) -> Master:
    """Given each panel's share of each kind, the lottery in which the smallest chance is largest."""

    def solve(shares: Floats) -> Priced:
        mine = shares[:, counts].T
        found = _solve(
            goal=-1.0,
            rows=np.hstack([-mine, np.ones((len(mine), 1))]),
            most=np.zeros(len(mine)),
        )
        prices = np.zeros(shares.shape[1])
        dual = np.maximum(-found.ineqlin.marginals, 0.0)
        prices[counts] = dual / max(float(dual.sum()), NOISE)
        return Priced(_chances(found.x), float(found.x[-1]), prices, 0.0, lambda dearest, _offset: dearest)

    return solve


def smallest_largest(counts: Flags, least: float) -> Master:
    """The lottery in which the largest chance is smallest, while nobody's falls below `least`."""

    def solve(shares: Floats) -> Priced:
        mine, low = shares[:, counts].T, least - NOISE
        found = _solve(
            goal=1.0,
            rows=np.vstack([np.hstack([-mine, np.zeros((len(mine), 1))]), np.hstack([mine, -np.ones((len(mine), 1))])]),
            most=np.concatenate([np.full(len(mine), -low), np.zeros(len(mine))]),
        )
        up, down = np.split(np.maximum(-found.ineqlin.marginals, 0.0), 2)
        whole = max(float(down.sum()), NOISE)
        prices = np.zeros(shares.shape[1])
        prices[counts] = (up - down) / whole
        offset = float(up.sum()) * low / whole
        return Priced(_chances(found.x), float(found.x[-1]), prices, offset, lambda dearest, offset: offset - dearest)

    return solve


def _solve(goal: float, rows: Floats, most: Floats) -> Any:
    columns = rows.shape[1] - 1
    found = linprog(
        np.append(np.zeros(columns), goal),
        A_ub=rows,
        b_ub=most,
        A_eq=np.append(np.ones(columns), 0.0)[None, :],
        b_eq=[1.0],
        bounds=(0, None),
        method="highs-ds",
    )
    if found.status != 0:
        raise ArithmeticError(f"The solver stopped: {found.message}")
    return found


def _chances(solution: Floats) -> Floats:
    weights = np.maximum(solution[:-1], 0.0)
    whole: Floats = weights / weights.sum()
    return whole
