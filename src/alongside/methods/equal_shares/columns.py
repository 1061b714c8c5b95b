"""The problem as columns of numbers: who backs each project, how many they are, and what it is worth to them.

Where a project is worth the same to all who marked it, its worth is put into `scale` and each backer counts as one:
what is worked out then is what each of them gives, and the price is that over the scale.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm

import numpy as np
from numpy.typing import NDArray

from alongside.methods.equal_shares.problem import Problem, Rule, Utility
from alongside.methods.equal_shares.utilities import worth

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Backed:
    """One project that could be paid for. `rows` are ballots that marked it and hold anything; `copies` how many of
    each there are; `worth` what one unit of `scale` is worth to each (None: one to all); `weight` is copies times
    worth, `units` the sum of it, `voices` the sum of copies, `most` the largest worth."""

    id: str
    cost: int
    scale: int
    rows: Ints
    copies: Floats
    worth: Floats | None
    weight: Floats
    voices: float
    units: int
    most: float


class Columns:
    """A problem under a rule's utility, for as many counts as wanted. Where endowments are raised, only those of the
    ballots that are `growing` are; without it, all."""

    def __init__(self, problem: Problem, rule: Rule, growing: Flags | None = None) -> None:
        sheet = problem.sheet
        self.copies, self.held, self.classes = sheet.copies, sheet.held, sheet.classes
        self.grows = [True] * len(self.classes)
        if growing is not None:  # ballots that hold the same and do not grow alike are classes apart
            kinds, held = np.unique(sheet.held * 2 + growing, return_inverse=True)
            self.held, self.grows = held.reshape(-1), [bool(kind % 2) for kind in kinds.tolist()]
            self.classes = tuple(sheet.classes[kind // 2] for kind in kinds.tolist())
        self.coins = lcm(1, *(held.denominator for held in self.classes))
        self.numerators = [int(held * self.coins) for held in self.classes]
        self.projects = self._backed(problem, rule.utility)

    def _backed(self, problem: Problem, utility: Utility) -> list[Backed]:
        """Each project that could be paid for, with its backers: all marks in one long row, cut by project."""
        sheet = problem.sheet
        keep = np.array([held > 0 for held in self.classes], np.bool_)[self.held[sheet.row]]
        keep &= (sheet.points > 0) | (utility is not Utility.POINTS)
        found = []
        for id, cost in problem.projects:
            own = problem.marks[id][keep[problem.marks[id]]]
            if len(own) and cost <= problem.budget:
                given = sheet.points[own] if utility is Utility.POINTS else None
                found.append(self._project(id, cost, sheet.row[own], given, worth(utility, cost, 1)))
        return found

    def _project(self, id: str, cost: int, rows: Ints, points: Ints | None, scale: int) -> Backed:
        copies = self.copies[rows]
        weight = copies if points is None else copies * points
        return Backed(
            id=id,
            cost=cost,
            scale=scale,
            rows=rows,
            copies=copies.astype(np.float64),
            worth=None if points is None else points.astype(np.float64),
            weight=weight.astype(np.float64),
            voices=float(copies.sum()),
            units=int(weight.sum()),
            most=1.0 if points is None else float(points.max()),
        )

    @cached_property
    def table(self) -> NDArray[np.int64] | NDArray[np.uint8]:
        """What each project (column) is worth to each ballot (row), in units of its scale; 0 where not marked."""
        small = all(project.most < 256 for project in self.projects)
        table = np.zeros((len(self.copies), len(self.projects)), np.uint8 if small else np.int64)
        for n, project in enumerate(self.projects):
            table[project.rows, n] = 1 if project.worth is None else project.worth
        return table

    def endowments(self, raised: Fraction) -> Floats:
        """What each ballot holds where endowments are raised by this part of themselves."""
        pairs = zip(self.classes, self.grows, strict=True)
        return np.array([float(held * (1 + raised) if grows else held) for held, grows in pairs])[self.held]
