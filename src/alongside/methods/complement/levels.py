"""What makes one answer better than another, level by level, and the weights that keep the levels apart.

A whole answer's worth is a row of numbers, compared from the left: time met (the least-served people's first), how
full each book is, the person's own order, load, give and take, travel. Nothing is ever traded from one to the next.
A solver that adds one number per pair must weigh each level more than all that can change below it; how much can
change is counted along the longest way in which places can be swapped. Serves `problem`'s list of what is better.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from alongside.methods.complement.problem import OPEN, Flags, Ints, Offers, Pairs, Problem, Small

LOAD = (0, 1, 3, 9)  # a step costs: the first one, up to half the limit, up to four fifths, above
ROAD, MOST_TRAVEL = 100, 400  # metres in a step of travel; steps of travel beyond which all is equally far
LARGEST = 1 << 61  # of a number inside the solver; OR-tools refuses costs times nodes from 1 << 62


class Worth(NamedTuple):
    """What an answer is worth, in steps of half an hour. `met` by band, the least served first; `shown` is what both
    books hold in all. More is better of these; of the rest less: `place` (steps times their place in the person's
    order), `load` (steps by LOAD), `one_way` (unpaid steps without give and take), `travel` (steps times ROAD)."""

    met: tuple[int, ...]
    shown: int
    place: int
    load: int
    one_way: int
    travel: int

    def key(self) -> tuple[int, ...]:
        """Numbers of which less is better, from the left."""
        return (-sum(self.met), *(-one for one in self.met), -self.shown, *self[2:])


def worth(problem: Problem, pairs: Pairs, steps: Small, met: Small) -> Worth:
    """The worth of these steps for each of these pairs."""
    offers, taken = problem.offers, given(pairs, steps, len(problem.offers))
    levels = costs(pairs, ~offers.paid[pairs.offer])
    load = sum(int(np.minimum(room, left).sum()) * cost for room, left, cost in _filled(offers, taken))
    by_band = np.bincount(problem.wishes.band, weights=met, minlength=6)
    return Worth(
        tuple(int(by_band[band]) for band in range(5, 0, -1)),
        int(steps.sum()),
        int((steps * levels[0]).sum()),
        load,
        int((steps * levels[1]).sum()),
        int((steps * levels[2]).sum()),
    )


def given(pairs: Pairs, steps: Small, n_offers: int) -> Ints:
    """Steps taken from each offer."""
    return np.bincount(pairs.offer, weights=steps, minlength=n_offers).astype(np.int64)


def costs(pairs: Pairs, unpaid: Flags) -> tuple[Ints, Ints, Ints]:
    """For one step of each pair: its place in the person's order, 1 where help goes one way only, and travel."""
    travel = np.minimum(pairs.metres // ROAD, MOST_TRAVEL).astype(np.int64)
    return pairs.place.astype(np.int64), (unpaid & ~pairs.mutual).astype(np.int64), travel


def room(offers: Offers, rows: Ints) -> Ints:
    """How many more steps of each of these offers fall under each cost of LOAD, one column each. What is promised
    already comes first, and an open door is nobody's load. A first step is free: everybody has a chance to give."""
    limit, taken = offers.limit[rows].astype(np.int64), offers.taken[rows].astype(np.int64)
    first = np.minimum(limit, 1)
    ends = np.stack([first, np.maximum(limit // 2, first), np.maximum(limit * 4 // 5, first), limit], axis=1)
    left = np.diff(np.maximum(ends - taken[:, None], 0), axis=1, prepend=0)
    left[limit >= OPEN] = (OPEN, 0, 0, 0)
    return left


def _filled(offers: Offers, taken: Ints) -> list[tuple[Ints, Ints, int]]:
    """For each cost of LOAD: room there, what is still to be placed when cheaper room is full, and the cost."""
    left = room(offers, np.arange(len(offers)))
    before = np.cumsum(left, axis=1) - left
    return [(left[:, n], np.maximum(taken - before[:, n], 0), cost) for n, cost in enumerate(LOAD)]


@dataclass(frozen=True)
class Weights:
    """What one unit of each level weighs, and the longest chain of swaps that cannot turn the levels round. Time met
    and what is shown come first whatever the chain."""

    met: int
    shown: int
    place: int
    load: int
    one_way: int
    chain: int


def weights(wish: Ints, levels: tuple[Ints, Ints, Ints], twice: Flags, n_offers: int, bands: int) -> Weights:
    """Weights for a piece with these pairs: `wish` is each pair's wish numbered from 0 and rising, `levels` are as
    from `costs`, `twice[wish]` says that both books hold something, `bands` how many bands there are.

    A swap goes from offer to offer through the wishes between them, and through none twice in one book; so a level
    changes by no more than the sum of what it may change at each wish. Where that is too large for the solver's
    numbers, the levels below time met are kept apart along shorter chains only: `chain` is less than `n_offers`.
    """
    starts = np.flatnonzero(np.diff(wish, prepend=-1))
    sums, most = [], []
    for level in levels:
        change = np.maximum.reduceat(level, starts) - np.minimum.reduceat(level, starts)
        change = np.sort(np.concatenate([change, change[twice]]))[::-1][:n_offers]
        sums.append(np.concatenate([[0], np.cumsum(change)]))
        most.append(int(level.max()))
    nodes = len(starts) + 2 * int(twice.sum()) + n_offers + 1
    low, high = 0, n_offers
    while low < high:
        chain = (low + high + 1) // 2
        found = _apart(sums, most, chain)
        low, high = (chain, high) if found.met * (bands + 1) * (nodes + 1) < LARGEST else (low, chain - 1)
    return _apart(sums, most, low)


def _apart(sums: list[Ints], most: list[int], chain: int) -> Weights:
    """Weights that keep the levels apart along chains of so many offers; time met and what is shown, along all."""

    def below(chain: int, w_place: int = 0, w_load: int = 0) -> int:
        place, one_way, travel = (int(sums[n][min(chain, len(sums[n]) - 1)]) + most[n] for n in range(3))
        return place * w_place + LOAD[-1] * w_load + one_way * w_one_way + travel

    w_one_way = int(sums[2][min(chain, len(sums[2]) - 1)]) + most[2] + 1
    w_load = below(chain) + 1
    w_place = below(chain, 0, w_load) + 1
    w_shown = below(len(sums[0]), w_place, w_load) + 1
    return Weights(2 * w_shown, w_shown, w_place, w_load, w_one_way, chain)
