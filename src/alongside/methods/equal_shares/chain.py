"""What each backer gave in each round so far, as exact fractions, and what a ballot has left after them.

A ballot that was never emptied has its endowment left, less what it gave in each round. So the sum of what any number
of such ballots have left is a sum of endowments less whole multiples of what was given: a handful of operations with
large whole numbers, however many ballots there are. Everything is kept over one common denominator.
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd

import numpy as np

from alongside.methods.equal_shares.columns import Columns, Floats, Ints


class Chain:
    """The rounds of one count. `given(n)` is exact; it is worked out only once somebody asks."""

    def __init__(self, columns: Columns, raised: Fraction) -> None:
        self.columns = columns
        self.denominator = columns.coins * raised.denominator
        parts = {True: raised.denominator + raised.numerator, False: raised.denominator}
        pairs = zip(columns.numerators, columns.grows, strict=True)
        self.classes = [numerator * parts[grows] for numerator, grows in pairs]  # over the denominator
        self.gave: list[int] = []  # over the denominator: of each round, for one unit of worth
        self.rounds: list[tuple[int, Ints, int]] = []  # project, ballots that it emptied, units of the other backers

    def add(self, project: int, emptied: Ints, units: int) -> None:
        """Another round: these gave all they had, and the rest shared what was missing, each by its units."""
        self.rounds.append((project, emptied, units))

    def given(self, round: int) -> Fraction:
        """What was given in this round for each unit of worth."""
        self._work(round + 1)
        return Fraction(self.gave[round], self.denominator)

    def left(self, rows: Ints, round: int) -> int:
        """What these ballots, none of them emptied, had left together before this round; over `denominator`, which
        is settled only after the call."""
        if not len(rows):
            return 0
        self._work(round)
        copies = self.columns.copies[rows].astype(np.float64)
        held = np.bincount(self.columns.held[rows], weights=copies, minlength=len(self.classes))
        total: int = sum(int(n) * one for n, one in zip(held.tolist(), self.classes, strict=True) if n)
        bought = [project for project, _, _ in self.rounds[:round]]
        if bought:
            times: list[float] = (copies @ self.columns.table[rows][:, bought].astype(np.float64)).tolist()
            total -= sum(int(n) * one for n, one in zip(times, self.gave, strict=False) if n)
        return total

    def each(self, row: int, round: int) -> int:
        """What one such ballot had left before this round, over `denominator`."""
        self._work(round)
        total = self.classes[int(self.columns.held[row])]
        for (project, _, _), one in zip(self.rounds[:round], self.gave, strict=False):
            total -= int(self.columns.table[row, project]) * one
        return total

    def afresh(self) -> Floats:
        """What every ballot that was never emptied has left now, in floating point; of the others it says nothing."""
        self._work(len(self.rounds))
        left: Floats = np.array([one / self.denominator for one in self.classes])[self.columns.held]
        for (number, _, _), one in zip(self.rounds, self.gave, strict=True):
            project, gave = self.columns.projects[number], one / self.denominator
            left[project.rows] -= gave if project.worth is None else gave * project.worth
        return left

    def _work(self, upto: int) -> None:
        """Work out rounds before this one that are not known yet."""
        while len(self.gave) < upto:
            now = len(self.gave)
            project, emptied, units = self.rounds[now]
            missing = self.left(emptied, now)
            missing = self.columns.projects[project].cost * self.denominator - missing
            more = units // gcd(missing, units)
            self.denominator *= more
            self.classes = [one * more for one in self.classes]
            self.gave = [one * more for one in self.gave]
            self.gave.append(missing * more // units)
