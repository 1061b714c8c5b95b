"""The best panel for given weights: an integer program over kinds of people, solved by HiGHS through SciPy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from alongside.methods.lottery.problem import Floats, Ints, Kinds

SCALE = 10_000.0  # HiGHS stops where the gap is under 1e-6: weights are chances, so this makes it 1e-10


@dataclass(frozen=True)
class Best:
    """A feasible panel as how many of each kind, what it weighs, and the most that any panel can weigh."""

    chosen: Ints
    weight: float
    bound: float


def rules(kinds: Kinds) -> LinearConstraint:
    """The size, every quota, and one person a home, as rows over how many are chosen of each kind."""
    homes = np.zeros((len(kinds.homes), len(kinds)))
    for n, home in enumerate(kinds.homes):
        homes[n, list(home)] = 1.0
    rows = np.vstack([np.ones((1, len(kinds))), kinds.within, homes])
    least = [kinds.size, *(one.least for one in kinds.quotas), *(0 for _ in kinds.homes)]
    most = [kinds.size, *(one.most for one in kinds.quotas), *(1 for _ in kinds.homes)]
    return LinearConstraint(rows, np.array(least, float), np.array(most, float))


def room(kinds: Kinds) -> Bounds:
    """How many may be chosen of each kind: all of those kept, any number of the others."""
    return Bounds(np.where(kinds.kept, kinds.many, 0), kinds.many)


def best(kinds: Kinds, weights: Floats) -> Best | None:
    """A panel of the greatest weight (`weights[k]` for each member of kind `k`), or None where none keeps the rules.

    `bound` is proven by the solver: no panel weighs more.
    """
    if not len(kinds):
        return None
    found = milp(
        -weights * SCALE,
        integrality=np.ones(len(kinds)),
        bounds=room(kinds),
        constraints=rules(kinds),
        options={"mip_rel_gap": 0.0},
    )
    if found.status == 2:
        return None
    if found.x is None or found.mip_dual_bound is None:
        raise ArithmeticError(f"The solver stopped: {found.message}")
    chosen = np.rint(found.x).astype(np.int64)
    return Best(chosen, float(weights @ chosen), float(-found.mip_dual_bound) / SCALE)
