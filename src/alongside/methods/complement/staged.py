"""The definition of the best answer: one level after another, each kept as good as it can be before the next.

A linear program for each level, with every level before it held. Slow and plain: it says what `flow` must find, and
is used by tests on small places only. Serves the best complementary use of all assets. Source: lexicographic goal
programming (Ignizio 1976); HiGHS, through SciPy.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import block_array, csr_array, hstack, vstack

from alongside.methods.complement.allowed import allowed, in_order
from alongside.methods.complement.levels import LOAD, Worth, costs, room
from alongside.methods.complement.problem import Floats, Ints, Pairs, Problem, Small

NEAR = 1e-5  # how closely a level before is held; all levels are whole numbers


def staged(problem: Problem, pairs: Pairs, keep: Ints | None = None) -> Worth:
    """What the best answer is worth, level by level, in steps of half an hour; wishes are taken as divisible and
    groups as of any size. `keep[offer]`, where it is not negative, is what an offer brings in all. Only for small
    problems: seconds for a thousand pairs. Raises ValueError where nothing keeps `keep`."""
    pairs = in_order(pairs)
    pairs = pairs.only(allowed(problem, pairs))
    return _Stages(problem, pairs, np.full(len(problem.offers), -1) if keep is None else keep).worth()


class _Stages:
    """Columns: steps of each pair, steps met of each wish, steps of each offer under each cost of load."""

    def __init__(self, problem: Problem, pairs: Pairs, keep: Ints) -> None:
        n, w, o, kinds = len(pairs), len(problem.wishes), len(problem.offers), len(LOAD)
        wanted, left = problem.wishes.steps, room(problem.offers, np.arange(o))
        unpaid, rows = ~problem.offers.paid[pairs.offer], np.arange(n)
        to_book = _matrix(2 * pairs.wish.astype(np.int64) + unpaid, rows, (2 * w, n))
        to_wish, to_offer = _matrix(pairs.wish, rows, (w, n)), _matrix(pairs.offer, rows, (o, n))
        to_load = _matrix(np.repeat(np.arange(o), kinds), np.arange(kinds * o), (o, kinds * o))
        kept = np.flatnonzero(keep >= 0)
        self.most = np.concatenate([wanted[pairs.wish], wanted, np.minimum(left.ravel(), int(wanted.sum()) + 1)])
        self.above = block_array([[to_book, None, None], [-to_wish, _matrix(np.arange(w), np.arange(w), (w, w)), None]])
        self.above = hstack([self.above, csr_array((3 * w, kinds * o))]).tocsr()
        self.limit = np.concatenate([np.repeat(wanted, 2), np.zeros(w)]).astype(np.float64)
        self.equal = block_array([[to_offer, csr_array((o, w)), -to_load], [to_offer[kept], None, None]]).tocsr()
        self.equals = np.concatenate([np.zeros(o), keep[kept]])
        self.band, self.sizes = problem.wishes.band, (n, w, kinds * o)
        self.costs = costs(pairs, unpaid)

    def worth(self) -> Worth:
        """Level by level, each with those before it held."""
        loads = self.sizes[2]
        place, one_way, travel = self.costs
        self._best((0, -1, 0))
        met = [-self._best((0, -1.0 * (self.band == band), 0)) for band in range(5, 0, -1)]
        shown = -self._best((-1, 0, 0))
        at_place = self._best((place, 0, 0))
        load = self._best((0, 0, np.tile(LOAD, loads // len(LOAD))))
        return Worth(tuple(met), shown, at_place, load, self._best((one_way, 0, 0)), self._best((travel, 0, 0)))

    def _best(self, price: tuple[Ints | Floats | int, ...]) -> int:
        """The least that these prices can come to; from now on it is held."""
        row = np.concatenate(
            [np.broadcast_to(np.float64(one), size) for one, size in zip(price, self.sizes, strict=True)]
        )
        ends = np.stack([np.zeros_like(self.most), self.most], axis=1)
        found = linprog(row, self.above, self.limit, self.equal, self.equals, ends, method="highs")
        if found.x is None:
            raise ValueError(found.message)
        self.above = vstack([self.above, csr_array(row[None, :])]).tocsr()
        least = int(np.rint(found.fun))
        self.limit = np.append(self.limit, least + NEAR)
        return least


def _matrix(rows: Ints | Small, columns: Ints, shape: tuple[int, int]) -> csr_array:
    """Ones at these places."""
    return csr_array((np.ones(len(columns)), (rows, columns)), shape=shape)
