"""What came of a count: the winners, each round, each tie, who paid what, and how far short the others were."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from alongside.methods.equal_shares.problem import Problem, Rule
from alongside.methods.equal_shares.purses import Purses, Round, pay
from alongside.methods.equal_shares.utilities import backed


class Why(StrEnum):
    """Why a project was not funded."""

    DEARER = "dearer than the whole budget"
    NOBODY = "nobody with a share marked it"
    SHORT = "its supporters had too little left"
    ROOM = "too little was left of the budget"


@dataclass(frozen=True)
class Tie:
    """In this round these were level, and `chosen` was taken, `by` its cost, votes, lot or id."""

    round: int
    tied: tuple[str, ...]
    chosen: str
    by: str


@dataclass(frozen=True)
class Lost:
    """A project that was not funded: what its supporters had left together at the end, and how far `short` of its
    cost that was (0 where money was not what it lacked)."""

    project: str
    cost: int
    votes: int
    had: Fraction
    short: Fraction
    why: Why


@dataclass(frozen=True)
class Completion:
    """How often it was counted; by which part of their first endowments all ballots were raised in the count that
    stands; and whether it ended because nothing more fits (`full`) or because the next would have cost too much."""

    runs: int
    raised: Fraction
    full: bool


@dataclass(frozen=True)
class Comparison:
    """What the ballots hold that would gain by the outcome by fair shares, and by the one by votes."""

    by_shares: Fraction
    by_votes: Fraction

    @property
    def votes_win(self) -> bool:
        return self.by_votes > self.by_shares


@dataclass(frozen=True)
class Result:
    """The whole outcome. What each ballot paid is worked out, exactly, when it is asked for (`purses`)."""

    problem: Problem
    rule: Rule
    rounds: tuple[Round, ...]
    ties: tuple[Tie, ...]
    completion: Completion
    comparison: Comparison | None = None

    @property
    def winners(self) -> tuple[str, ...]:
        """In the order in which they were bought."""
        return tuple(round.project for round in self.rounds)

    @property
    def spent(self) -> int:
        return sum(round.cost for round in self.rounds)

    @cached_property
    def purses(self) -> Purses:
        """Every ballot's payments and what it had left: `purses.paid(project)`, `purses.left`, `purses.by_group()`."""
        return pay(self.problem, self.rule, self.completion.raised, self.rounds)

    @cached_property
    def lost(self) -> tuple[Lost, ...]:
        """What was not funded, in the order of the projects, each with the reason."""
        marks, rows = self.problem.marks, self.problem.sheet.row
        had = {id: self.purses.together(rows[marks[id]]) for id in marks if id not in self.winners}
        return tuple(self._lost(id, cost, had[id]) for id, cost in self.problem.projects if id in had)

    @cached_property
    def _backed(self) -> frozenset[str]:
        return backed(self.problem, self.rule.utility)

    def _lost(self, id: str, cost: int, had: Fraction) -> Lost:
        if cost > self.problem.budget:
            why = Why.DEARER
        elif id not in self._backed:
            why = Why.NOBODY
        else:
            why = Why.SHORT if had < cost else Why.ROOM
        return Lost(id, cost, self.problem.votes[id], had, max(cost - had, Fraction(0)), why)
