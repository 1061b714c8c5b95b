"""Completion by steps: raise every endowment, count anew, and stop before it would cost too much.

A small step may change nothing a thousand times over (a forint each, where a share is a quarter of a million). Two
counts with the same trace are the same, and so are all between them (`once`), so those between need no counting: look
ahead twice as far each time while nothing changes, and halve the way back to where something does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from alongside.methods.equal_shares.columns import Columns
from alongside.methods.equal_shares.once import Count
from alongside.methods.equal_shares.ties import Order


@dataclass
class Standing:
    """The count that stands: after how many steps, and how many counts that is, one for each step."""

    count: Count
    steps: int = 0
    counts: int = 1


class Steps:
    """Counts of one problem, each a number of steps on from the first."""

    def __init__(self, columns: Columns, order: Order, step: Fraction, budget: int, most: Fraction | None) -> None:
        self.columns, self.order, self.step, self.budget = columns, order, step, budget
        self.last = None if most is None else most // step

    def at(self, steps: int) -> Count:
        return Count(self.columns, self.order, steps * self.step, self.budget)

    def room(self, count: Count) -> bool:
        """Whether anything that could be paid for by somebody still fits the budget."""
        funded, rest = set(count.funded), self.budget - count.spent
        return any(project.cost <= rest for n, project in enumerate(self.columns.projects) if n not in funded)

    def complete(self) -> Standing:
        """Step by step until nothing more fits, or the next step would spend more than there is."""
        stands: Standing | None = None
        for steps, count in self.walk():
            if stands is not None and count.over:
                return Standing(stands.count, stands.steps, stands.counts + 1)
            stands = Standing(count, steps, steps + 1)
            if not self.room(count):
                break
        assert stands is not None
        return stands

    def walk(self) -> Iterator[tuple[int, Count]]:
        """Counts further and further on, each with its step: either the next one, or one up to which every count has
        the same trace as the one before."""
        now, count, leap = 0, self.at(0), 1
        wall: int | None = None  # the nearest step on where something is known to be different
        counted: dict[int, Count] = {}  # further on, to be met again
        yield now, count
        while self.last is None or now < self.last:
            ahead = leap if self.last is None else min(leap, self.last - now)
            if wall is not None:
                ahead = max((wall - now) // 2, 1)
            later = counted.pop(now + ahead, None) or self.at(now + ahead)
            if later.trace == count.trace:
                now, count, leap = now + ahead, later, 2 * ahead
            elif ahead > 1:
                wall = now + ahead
                counted[wall] = later
                continue
            else:
                now, count, leap, wall = now + 1, later, 1, None
            yield now, count
