"""The fairest lottery over panels: the one in which the smallest chance of being chosen is as large as it can be, and
of those the one in which the largest chance is as small as it can be.

By column generation: a linear program over the panels found so far gives the best chances among them and a price for
each kind of people; the panel that is dearest at these prices is found next. When no panel is dearer than what the
program pays, linear duality proves that no lottery at all is fairer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from alongside.methods.lottery.choosing import Best, best
from alongside.methods.lottery.master import Master, largest_smallest, smallest_largest
from alongside.methods.lottery.problem import Cancelled, Floats, Ints, Kinds

CLOSE = 1e-7  # of a chance: smaller gaps between what is found and what is possible are the numbers' own noise
STEADY = 0.5  # how much of the best prices so far goes into the next, which calms their swinging
MOST_ROUNDS = 5_000

Cancel = Callable[[], bool]


class Infeasible(Exception):
    """No panel at all keeps the rules; `relaxing` says which are too tight."""


@dataclass(frozen=True)
class Step:
    """How far the work is: the smallest chance found so far and what it cannot exceed; then, once these have met
    (`evening`), the same of the largest chance."""

    rounds: int
    found: float
    bound: float
    evening: bool = False


@dataclass(frozen=True)
class Lottery:
    """`panels[p, k]` members of kind `k` on panel `p`, which is drawn with chance `weights[p]`.

    `chances[k]` is the chance of each person of kind `k`; nobody in `never` can be on any panel. `least` is the
    smallest chance of all others, `bound` the most it could be in any lottery, as duality proves.
    """

    kinds: Kinds
    panels: Ints
    weights: Floats
    chances: Floats
    never: tuple[int, ...]
    least: float
    bound: float
    rounds: int

    @property
    def gap(self) -> float:
        return max(0.0, self.bound - self.least)


def fairest(
    kinds: Kinds, *, progress: Callable[[Step], None] | None = None, cancelled: Cancel | None = None
) -> Lottery:
    """The fairest lottery. Raises Infeasible where no panel keeps the rules, and Cancelled.

    People who can be on no panel at all are named in `never` and left out of the smallest chance; so are those kept.
    The same kinds give the same lottery.
    """
    work = _Work(kinds, progress or (lambda step: None), cancelled or (lambda: False))
    work.cover()
    if not work.open.any():
        return work.lottery(np.eye(1, len(work.panels))[0], 1.0)
    weights, bound = work.improve(largest_smallest(work.open), 1.0)
    least = float(work.chances(weights)[work.open].min())
    even, _largest = work.improve(smallest_largest(work.open, least), 0.0, evening=True)
    return work.lottery(even, bound)


Price = TypeVar("Price", float, Floats)


def _mean(steady: Price, now: Price) -> Price:
    return STEADY * steady + (1 - STEADY) * now


class _Work:
    """A search under way: the panels found, and who may be chosen at all."""

    def __init__(self, kinds: Kinds, progress: Callable[[Step], None], cancelled: Cancel) -> None:
        self.kinds, self.progress, self.cancelled = kinds, progress, cancelled
        self.panels: list[Ints] = []
        self.known: set[bytes] = set()
        self.open = ~kinds.kept  # kinds whose chance counts
        self.rounds = 0

    def best(self, weights: Floats) -> Best | None:
        if self.cancelled():
            raise Cancelled
        self.rounds += 1
        return best(self.kinds, weights)

    def add(self, panel: Ints) -> bool:
        """Whether the panel is new."""
        mark = panel.tobytes()
        if mark in self.known:
            return False
        self.known.add(mark)
        self.panels.append(panel)
        return True

    def cover(self) -> None:
        """Panels until everybody who can be chosen is on one; whom none of them can take is left out."""
        left = self.open.copy()
        times = np.zeros(len(self.kinds))
        while True:
            # Those on no panel yet come first; among the others, those on fewest.
            weights = np.where(left, 1.0, 0.001 / (1 + times)) * self.open
            found = self.best(weights)
            if found is None:
                raise Infeasible
            self.add(found.chosen)
            times += found.chosen / self.kinds.many
            if not left.any():
                return
            if not (found.chosen[left] > 0).any():
                self.open &= ~left
                return
            left &= found.chosen == 0

    def improve(self, master: Master, bound: float, evening: bool = False) -> tuple[Floats, float]:
        """Add the panel that helps most, until none does: the chances of the panels, and what no lottery exceeds.

        `bound` is what is known of that to begin with.
        """
        centre: tuple[Floats, float] | None = None
        for _round in range(MOST_ROUNDS):
            now = master(np.array(self.panels) / self.kinds.many)
            self.progress(Step(self.rounds, now.found, bound, evening))
            if abs(bound - now.found) <= CLOSE:
                break
            tried = [(now.prices, now.offset)]
            if centre is not None:
                # A mean of two sets of prices proves as much as either.
                tried.insert(0, (_mean(centre[0], now.prices), _mean(centre[1], now.offset)))
            fresh = False
            for prices, offset in tried:
                found = self.best(prices / self.kinds.many)
                assert found is not None
                proven = now.proves(found.bound, offset)
                if abs(proven - now.found) < abs(bound - now.found):
                    bound, centre = proven, (prices, offset)
                if fresh := self.add(found.chosen):
                    break
            if not fresh:
                break
        return now.weights, bound

    def chances(self, weights: Floats) -> Floats:
        """Of each kind's people, where the panels found first are drawn with these chances and later ones never."""
        found: Floats = weights @ (np.array(self.panels)[: len(weights)] / self.kinds.many)
        return found

    def lottery(self, weights: Floats, bound: float) -> Lottery:
        chances = self.chances(weights)
        never = tuple(np.flatnonzero(~self.open & ~self.kinds.kept).tolist())
        least = float(chances[self.open].min()) if self.open.any() else 1.0
        panels = np.array(self.panels, np.int64)[: len(weights)]
        return Lottery(self.kinds, panels, weights, chances, never, least, max(bound, least), self.rounds)
