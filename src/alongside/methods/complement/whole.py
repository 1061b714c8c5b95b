"""Wishes that want one holder for all of it, and groups that need so many people or have room for so many.

Such a choice is yes or no, so a flow alone does not settle it. It gives the bound that no answer can pass; a piece
whose flow breaks a rule is settled choice by choice, and where that stays short of the bound, by a mixed-integer
program. What is settled is told to the flow, which does all the rest exactly. Serves the best complementary use of
all assets. Source: HiGHS (Huangfu and Hall 2018), through SciPy.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds as Range
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import block_array, csr_array

from alongside.methods.complement.flow import Bounds, flow
from alongside.methods.complement.levels import MOST_TRAVEL, costs
from alongside.methods.complement.parts import Part
from alongside.methods.complement.problem import Flags, Floats, Ints, Pairs, Problem
from alongside.methods.complement.settle import Choice, settle

ENOUGH = 0.001  # of the bound: a large piece as near as this is not tried again
SMALL = 2_000  # pairs of a piece that is tried again however near it is
SECONDS, NODES = 20.0, 20_000  # at most, for the programs of one piece
TINY = 1e-4  # of a step: as near a whole number as the solver is
MET, SHOWN, ONE_WAY = 50.0, 30.0, 0.1  # what a step is worth in the program, where a place in the order costs 1


class Best(NamedTuple):
    """Steps of each pair of a piece, whether all objectives surely hold, and how many steps more might be met."""

    steps: Ints
    exact: bool
    short: int


def whole(problem: Problem, pairs: Pairs, part: Part, keep: Ints | None, start: Ints, seconds: float = SECONDS) -> Best:
    """The best steps found for one piece: no wish for one holder is shared within a book, and every group that meets
    has its least and no more than its most. `keep` is as in `flow`; `start` are steps that keep it and every rule, and
    the answer is no worse. `seconds` is the longest that a program may run; where that ends it, the best so far stands
    and `short` says how far from the bound it may be. Where the flow's own answer breaks no rule, it is that one."""
    choice = Choice.of(problem, pairs, part)
    first = flow(problem, pairs, part, keep)
    if not choice.broken(first.steps):
        return Best(first.steps, first.exact, 0)

    def met(steps: Ints) -> tuple[int, ...]:
        return _met(problem, part, choice, steps)

    bound = met(first.steps)[0]
    found = max(
        settle(problem, pairs, part, choice, keep, None if keep is None else start),
        flow(problem, pairs, part, keep, choice.standing(start)).steps,
        key=met,
    )
    short = bound - met(found)[0]
    if short > ENOUGH * bound or (short and len(part.pairs) <= SMALL):
        for first_of_all in (True, False):
            least = 0 if first_of_all else met(found)[0]
            settled, most = _program(problem, pairs, part, choice, keep, least, seconds / 2)
            bound = min(bound, most)
            other = found if settled is None else flow(problem, pairs, part, keep, settled).steps
            found = max(found, other, key=met)
    return Best(found, False, max(bound - met(found)[0], 0))


def _met(problem: Problem, part: Part, choice: Choice, steps: Ints) -> tuple[int, ...]:
    """Time met in all, then by band, the least served first; more is better."""
    held = np.bincount(choice.wish, weights=steps, minlength=len(part.wishes))
    met = np.minimum(held, problem.wishes.steps[part.wishes])
    by_band = np.bincount(problem.wishes.band[part.wishes], weights=met, minlength=6)
    return int(met.sum()), *(int(one) for one in by_band[:0:-1])


def _program(
    problem: Problem, pairs: Pairs, part: Part, choice: Choice, keep: Ints | None, least: int, seconds: float
) -> tuple[Bounds | None, int]:
    """What a mixed-integer program settles, and more than how many steps can surely not be met. Where `least` is 0 it
    looks for time met and nothing else. Else so much must be met, and the levels below weigh against one another (a
    step of one band more is worth about as much as 50 places in somebody's order), to one part in ten thousand.
    Columns: steps of each pair, yes or no of each choice, whether each offer's group meets, steps met of each wish."""
    settled = np.flatnonzero(choice.one | choice.group)
    n, k, w, o = len(choice.wish), len(settled), len(part.wishes), len(part.offers)
    wanted = problem.wishes.steps[part.wishes]
    time = np.repeat([0.0, -1.0], [n + k + o, w])
    found = milp(
        _prices(problem, pairs, part, choice, k) if least else time,
        integrality=np.repeat([0, 1, 1, 0], [n, k, o, w]),
        bounds=Range(0, np.concatenate([choice.most, np.ones(k + o), wanted])),
        constraints=[_rules(problem, part, choice, keep, settled), LinearConstraint(-time, least, np.inf)],
        options={"time_limit": seconds, "node_limit": NODES, "mip_rel_gap": 1e-4},
    )
    most = int(wanted.sum())
    if not least and found.mip_dual_bound is not None:
        most = int(min(most, np.floor(TINY - found.mip_dual_bound)))
    if found.x is None:
        return None, most
    said = np.ones(n, np.int64)
    said[settled] = np.rint(found.x[n : n + k])
    fewest = np.zeros(n, np.int64)
    fewest[settled] = np.where(choice.one, choice.want, 1)[settled] * said[settled]
    return Bounds(fewest, choice.most * said), most


def _rules(problem: Problem, part: Part, choice: Choice, keep: Ints | None, settled: Ints) -> LinearConstraint:
    """What binds the columns: limits, both books, all or nothing, the sizes of groups, and what it is to be met."""
    n, k, w, o = len(choice.wish), len(settled), len(part.wishes), len(part.offers)
    kept = np.full(o, -1) if keep is None else keep[part.offers]
    spare, wanted = problem.offers.spare[part.offers], problem.wishes.steps[part.wishes]
    all_of_it = np.where(choice.one, choice.want, choice.most)[settled]
    some_of_it = np.where(choice.one, choice.want, 1)[settled]
    rows, pick = np.arange(n), _matrix(np.arange(k), settled, np.ones(k), (k, n))
    guests = _matrix(choice.offer[settled], np.arange(k), choice.group[settled], (o, k))
    grid = [
        [_matrix(choice.offer, rows, np.ones(n), (o, n)), None, None, None],
        [_matrix(choice.book, rows, np.ones(n), (2 * w, n)), None, None, None],
        [pick, -_diagonal(all_of_it), None, None],
        [pick, -_diagonal(some_of_it), None, None],
        [None, guests, -_diagonal(choice.room), None],
        [None, guests, -_diagonal(choice.fewest), None],
        [_matrix(choice.wish, rows, np.ones(n), (w, n)), None, None, -_diagonal(np.ones(w))],
    ]
    sizes, endless = [o, 2 * w, k, k, o, o, w], np.inf
    low = np.repeat([0.0, 0.0, -endless, 0.0, -endless, 0.0, 0.0], sizes)
    high = np.repeat([0.0, 0.0, 0.0, endless, 0.0, endless, endless], sizes)
    low[:o], high[:o] = np.maximum(kept, 0), np.where(kept < 0, spare, kept)
    high[o : o + 2 * w] = np.repeat(wanted, 2)
    return LinearConstraint(block_array(grid, format="csc"), low, high)


def _prices(problem: Problem, pairs: Pairs, part: Part, choice: Choice, k: int) -> Floats:
    """What each column of the program costs; what it brings is below nothing."""
    place, one_way, travel = costs(pairs.only(part.pairs), choice.unpaid)
    band = problem.wishes.band[part.wishes]
    pair = place + ONE_WAY * one_way + travel / MOST_TRAVEL - SHOWN
    return np.concatenate([pair, np.zeros(k + len(part.offers)), -MET * (20.0 + band)])


def _matrix(rows: Ints, columns: Ints, values: Ints | Floats | Flags, shape: tuple[int, int]) -> csr_array:
    return csr_array((np.asarray(values, np.float64), (rows, columns)), shape=shape)


def _diagonal(values: Ints | Floats) -> csr_array:
    rows = np.arange(len(values))
    return _matrix(rows, rows, values, (len(values), len(values)))
