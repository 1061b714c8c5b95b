"""A budget, projects that cost something, and ballots that each hold a share of it: the problem, stated once.

Given are **projects** (id and cost), **ballots** (what each marked, and the share of the budget it holds: its
endowment) and a **budget**. Wanted are the projects to be paid for. All money is a whole number of the smallest coin
(pence), so that nothing is ever rounded; endowments are exact fractions of it. Ballots that say the same and hold the
same are kept once, with their number. A `Rule` is all that must be declared before anyone votes.

Sources: Peters, Pierczyński and Skowron, Proportional Participatory Budgeting with Additive Utilities (2021); for what
is done with the rest, the practice of Pabulib and equalshares.net. docs/reference/fair-share-voting.md has them all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

MOST_COINS = 2**50  # so that any sum of what a ballot marked still is a number of the machine


class WrongProblem(ValueError):
    """What was given makes no sense together. Its words say what, and how to mend it."""


class Method(StrEnum):
    EQUAL_SHARES = "equal-shares"
    GREEDY = "greedy"


class Utility(StrEnum):
    """What a funded project is worth to a ballot that marked it."""

    COST = "cost"  # what it costs: money spent on what I want
    CARDINALITY = "cardinality"  # one: how many things that I want
    POINTS = "points"  # the points I gave it; a ranking gives points by place (`ranks`)


class Complete(StrEnum):
    """What is done with money that no group of supporters can spend together."""

    NONE = "none"
    ADD1 = "add1"  # raise every endowment by the same part, step by step, and count anew
    GREEDY = "greedy"  # go down the list of votes with what is left
    ADD1_GREEDY = "add1-greedy"  # the first, then the second


class Ties(StrEnum):
    DECLARED = "declared"  # lowest cost, then most votes, then the published lot
    ID = "id"  # by id as text: pabutools' order, for comparing with published results


class Project(NamedTuple):
    """`cost` in the smallest coin."""

    id: str
    cost: int


class Ballot(NamedTuple):
    """`marks` are ids with points: 1 for a plain yes; 0 is a vote that is worth nothing by points. Each of the
    `copies` equal ballots holds `endowment` in the smallest coin (None: an equal share of the budget). Results are
    told by `group`."""

    marks: tuple[tuple[str, int], ...]
    endowment: Fraction | None = None
    group: str = ""
    copies: int = 1


@dataclass(frozen=True)
class Rule:
    """What must be declared before anyone votes.

    `step` is the part by which completion raises every endowment each time, of what it was at first. None: one unit
    of currency each where all endowments are equal (as Pabulib's add-1), else one thousandth. `seed` draws the lot.
    `compare`: the greedy outcome is taken instead where ballots that hold more money would gain by it than lose.
    `most`: completion raises no further than this part of the first endowments. None: until it ends by itself, which
    where one ballot with a tiny share wants something dear is after very many steps.
    """

    method: Method = Method.EQUAL_SHARES
    utility: Utility = Utility.COST
    complete: Complete = Complete.ADD1
    step: Fraction | None = None
    ties: Ties = Ties.DECLARED
    seed: str = ""
    compare: bool = False
    most: Fraction | None = None


@dataclass(frozen=True, eq=False)
class Sheet:
    """Of each ballot its `copies` and what it holds (a place in `classes`, the different endowments there are); of
    each mark on one, the ballot (`row`), the project's place and the points."""

    classes: tuple[Fraction, ...]
    held: NDArray[np.int64]
    copies: NDArray[np.int64]
    row: NDArray[np.int64]
    project: NDArray[np.int64]
    points: NDArray[np.int64]


@dataclass(frozen=True)
class Problem:
    """All of it. Make it with `problem_of`, which looks whether it fits together and merges equal ballots.
    `unit` is what one unit of currency is in the smallest coin (100 for pounds and pence)."""

    projects: tuple[Project, ...]
    ballots: tuple[Ballot, ...]
    budget: int
    unit: int = 1

    @cached_property
    def voters(self) -> int:
        """How many ballots there are."""
        return sum(ballot.copies for ballot in self.ballots)

    @cached_property
    def endowments(self) -> tuple[Fraction, ...]:
        """What each ballot of `ballots` holds."""
        equal = Fraction(self.budget, max(self.voters, 1))
        return tuple(equal if ballot.endowment is None else ballot.endowment for ballot in self.ballots)

    @cached_property
    def held(self) -> Fraction:
        """What all ballots hold together."""
        counts = np.bincount(self.sheet.held, weights=self.sheet.copies, minlength=len(self.sheet.classes)).tolist()
        return sum((one * int(n) for one, n in zip(self.sheet.classes, counts, strict=True)), Fraction(0))

    @cached_property
    def even(self) -> bool:
        """Whether all ballots hold the same."""
        return len(self.sheet.classes) <= 1

    @cached_property
    def sheet(self) -> Sheet:
        """All marks as columns of numbers."""
        place = {id: n for n, (id, _) in enumerate(self.projects)}
        marks = [mark for ballot in self.ballots for mark in ballot.marks]
        lengths = np.fromiter((len(ballot.marks) for ballot in self.ballots), np.int64, len(self.ballots))
        different = {id(held): held for held in self.endowments}  # comparing fractions is slow, and most are one
        classes = sorted(set(different.values()))
        place_of = {one: classes.index(held) for one, held in different.items()}
        return Sheet(
            classes=tuple(classes),
            held=np.fromiter((place_of[id(held)] for held in self.endowments), np.int64, len(self.ballots)),
            copies=np.fromiter((ballot.copies for ballot in self.ballots), np.int64, len(self.ballots)),
            row=np.repeat(np.arange(len(lengths)), lengths),
            project=np.fromiter((place[id] for id, _ in marks), np.int64, len(marks)),
            points=np.fromiter((points for _, points in marks), np.int64, len(marks)),
        )

    @cached_property
    def marks(self) -> dict[str, NDArray[np.int64]]:
        """For each project, where in the columns of `sheet` its marks are."""
        small = np.uint16 if len(self.projects) < 2**16 else np.uint64  # sorted by counting where they are small
        order = np.argsort(self.sheet.project.astype(small), kind="stable")
        cuts = np.searchsorted(self.sheet.project[order], np.arange(len(self.projects) + 1))
        return {id: order[cuts[n] : cuts[n + 1]] for n, (id, _) in enumerate(self.projects)}

    @cached_property
    def votes(self) -> dict[str, int]:
        """In how many ballots each project is marked."""
        sheet = self.sheet
        counts = np.bincount(sheet.project, weights=sheet.copies[sheet.row], minlength=len(self.projects))
        return {id: int(n) for (id, _), n in zip(self.projects, counts.tolist(), strict=True)}


def problem_of(projects: Iterable[Project], ballots: Iterable[Ballot], budget: int, *, unit: int = 1) -> Problem:
    """The problem, with equal ballots merged. Refuses what does not fit together (WrongProblem)."""
    listed, merged = tuple(projects), _merged(ballots)
    costs = dict(listed)
    if len(costs) < len(listed):
        twice = next(id for id, n in Counter(project.id for project in listed).items() if n > 1)
        raise WrongProblem(f"Project {twice} is listed twice. Give each project an id of its own.")
    below = next((project for project in listed if project.cost < 0), None)
    if below is not None:
        raise WrongProblem(f"Project {below.id} costs less than nothing. A cost is nought or more.")
    if budget < 0 or unit < 1:
        raise WrongProblem("The budget is nought or more, and a unit of currency one coin or more.")
    if max([budget, *costs.values()]) > MOST_COINS:
        raise WrongProblem(f"A cost or the budget is more than {MOST_COINS:,} coins. Count in larger ones.")
    problem = Problem(listed, merged, budget, unit)
    _check(problem, costs)
    over = problem.held - budget
    if over > 0:
        raise WrongProblem(f"The ballots hold {float(over):g} more than the budget. Lower their shares.")
    return problem


def _merged(ballots: Iterable[Ballot]) -> tuple[Ballot, ...]:
    """Equal ballots once, each with their number, its marks in the order of ids."""
    counts: dict[tuple[tuple[tuple[str, int], ...], Fraction | None, str], int] = {}
    for marks, endowment, group, count in ballots:
        key = (tuple(sorted(marks)), endowment, group)
        counts[key] = counts.get(key, 0) + count
    return tuple(Ballot(*key, count) for key, count in counts.items() if count)


def _check(problem: Problem, costs: dict[str, int]) -> None:
    """Refuse ballots that no count could be held of."""
    unknown = next((id for ballot in problem.ballots for id, _ in ballot.marks if id not in costs), None)
    if unknown is not None:
        raise WrongProblem(f"A ballot marks {unknown}, which is no project. Leave it out, or list the project.")
    sheet = problem.sheet
    if (sheet.copies < 0).any() or min(sheet.classes, default=Fraction(0)) < 0:
        raise WrongProblem("A ballot holds nought or more, and there is nought or more of it.")
    below = np.flatnonzero(sheet.points < 0)
    if len(below):
        id = problem.projects[int(sheet.project[below[0]])].id
        raise WrongProblem(f"A ballot gives less than nought to project {id}. Points are nought or more.")
    marks, times = np.unique(sheet.row * (len(costs) or 1) + sheet.project, return_counts=True)
    if (times > 1).any():
        id = problem.projects[int(marks[times > 1][0]) % len(costs)].id
        raise WrongProblem(f"One ballot marks project {id} twice. Mark it once.")


def approves(ids: Iterable[str], endowment: Fraction | None = None, group: str = "") -> Ballot:
    """A ballot that says yes to these."""
    return Ballot(tuple((id, 1) for id in ids), endowment, group)


def ranks(ids: Iterable[str], endowment: Fraction | None = None, group: str = "", *, last: int = 1) -> Ballot:
    """A ballot that puts these in order, best first. The last of them is worth 1 and each before it one more (with
    `last` 0 as many as stand below it, as Borda and pabutools count: then the last of them is worth nothing)."""
    listed = list(ids)
    marks = tuple((id, len(listed) - 1 - place + last) for place, id in enumerate(listed))
    return Ballot(marks, endowment, group)
