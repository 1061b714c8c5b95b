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
    """`marks` are ids with points (1 for a plain yes); `endowment` of each of the `copies` equal ballots in the
    smallest coin, None for an equal share of the budget; `group` is a name that results are told by."""

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
    """

    method: Method = Method.EQUAL_SHARES
    utility: Utility = Utility.COST
    complete: Complete = Complete.ADD1
    step: Fraction | None = None
    ties: Ties = Ties.DECLARED
    seed: str = ""
    compare: bool = False


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
    def even(self) -> bool:
        """Whether all ballots hold the same."""
        return len(set(self.endowments)) <= 1

    @cached_property
    def backed(self) -> frozenset[str]:
        """Projects that could be paid for by somebody: marked by a ballot that holds anything, and no dearer than
        the whole budget."""
        marked = {id for b, held in zip(self.ballots, self.endowments, strict=True) if held for id, _ in b.marks}
        return frozenset(id for id, cost in self.projects if id in marked and cost <= self.budget)

    @cached_property
    def votes(self) -> dict[str, int]:
        """In how many ballots each project is marked."""
        votes = Counter(project.id for project in self.projects)
        votes.subtract(votes)
        for ballot in self.ballots:
            for id, _ in ballot.marks:
                votes[id] += ballot.copies
        return dict(votes)


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
    for ballot in merged:
        _check(ballot, costs)
    problem = Problem(listed, merged, budget, unit)
    held = sum((e * b.copies for e, b in zip(problem.endowments, merged, strict=True)), Fraction(0))
    if held > budget:
        raise WrongProblem(f"The ballots hold {float(held - budget):g} more than the budget. Lower their shares.")
    return problem


def _merged(ballots: Iterable[Ballot]) -> tuple[Ballot, ...]:
    """Equal ballots once, each with their number, its marks in the order of ids."""
    counts: dict[tuple[tuple[tuple[str, int], ...], Fraction | None, str], int] = {}
    for marks, endowment, group, count in ballots:
        key = (tuple(sorted(marks)), endowment, group)
        counts[key] = counts.get(key, 0) + count
    return tuple(Ballot(*key, count) for key, count in counts.items() if count)


def _check(ballot: Ballot, costs: dict[str, int]) -> None:
    if ballot.copies < 0 or (ballot.endowment is not None and ballot.endowment < 0):
        raise WrongProblem("A ballot holds nought or more, and there is nought or more of it.")
    ids = [id for id, _ in ballot.marks]
    if len(set(ids)) < len(ids):
        raise WrongProblem(f"One ballot marks project {next(id for id in ids if ids.count(id) > 1)} twice.")
    for id, points in ballot.marks:
        if id not in costs:
            raise WrongProblem(f"A ballot marks {id}, which is no project. Leave it out, or list the project.")
        if points < 1:
            raise WrongProblem(f"A ballot gives {points} to project {id}. Points are one or more; leave nought out.")


def approves(ids: Iterable[str], endowment: Fraction | None = None, group: str = "") -> Ballot:
    """A ballot that says yes to these."""
    return Ballot(tuple((id, 1) for id in ids), endowment, group)


def ranks(ids: Iterable[str], endowment: Fraction | None = None, group: str = "") -> Ballot:
    """A ballot that puts these in order, best first: the last of them is worth 1, each before it one more (Borda)."""
    listed = list(ids)
    marks = tuple((id, len(listed) - place) for place, id in enumerate(listed))
    return Ballot(marks, endowment, group)
