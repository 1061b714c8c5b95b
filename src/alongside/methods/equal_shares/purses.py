"""Every ballot's purse through all rounds, exactly: who paid what for what was bought, and what each had left.

In a round of shares each supporter gives the price times what the project is worth to them, or all they have if that
is less. A project that was taken from the list of votes instead is paid for by its supporters, each alike as far as
they have it, and what is then missing by everybody else in the same proportion of what they have left.

Money is in whole numbers over one common denominator. Ballots that have the same left are looked at together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from math import lcm

import numpy as np
from numpy.typing import NDArray

from alongside.methods.equal_shares.problem import Problem, Rule, Utility
from alongside.methods.equal_shares.utilities import worth

Ints = NDArray[np.int64]


class Stage(StrEnum):
    SHARES = "shares"  # bought by its supporters together
    GREEDY = "greedy"  # taken from the list of votes, with what was left


@dataclass(frozen=True)
class Round:
    """One project is bought. `supporters` are ballots that marked it, `payers` those that still had something,
    `emptied` those that gave all they had. `price` is what a payer gives for each unit of what the project is worth
    to them, `each` what it gives where that is the same for all (both None where it was not bought by shares)."""

    number: int
    project: str
    cost: int
    stage: Stage
    supporters: int
    payers: int
    emptied: int
    price: Fraction | None = None
    each: Fraction | None = None


@dataclass(frozen=True, eq=False)
class Payment:
    """Who paid for one project: of each of these ballots (`rows`), which of `amounts` (over `denominator`)."""

    rows: Ints
    pick: Ints
    amounts: list[int]
    denominator: int


@dataclass
class Purses:
    """All purses: `state` says of each ballot which of `values` (over `denominator`) it has left."""

    problem: Problem
    denominator: int
    values: list[int]
    state: Ints
    payments: dict[str, Payment] = field(default_factory=dict)

    def paid(self, project: str) -> dict[int, Fraction]:
        """What each of the ballots `problem.ballots[n]` paid for a project, by n, where that is anything."""
        payment = self.payments.get(project)
        if payment is None:
            return {}
        exact = [Fraction(amount, payment.denominator) for amount in payment.amounts]
        pairs = zip(payment.rows.tolist(), payment.pick.tolist(), strict=True)
        return {n: exact[pick] for n, pick in pairs if payment.amounts[pick]}

    @cached_property
    def left(self) -> list[Fraction]:
        """What each of the ballots `problem.ballots[n]` has left."""
        exact = {one: Fraction(self.values[one], self.denominator) for one in np.unique(self.state).tolist()}
        return [exact[one] for one in self.state.tolist()]

    def by_group(self) -> dict[str, dict[str, Fraction]]:
        """For each group of ballots, what it paid for each project that it paid anything for."""
        names = sorted({ballot.group for ballot in self.problem.ballots})
        place = {name: n for n, name in enumerate(names)}
        groups = np.array([place[ballot.group] for ballot in self.problem.ballots], np.int64)
        sums: dict[str, dict[str, Fraction]] = {}
        for project, payment in self.payments.items():
            kinds, copies = len(payment.amounts), self.problem.sheet.copies[payment.rows]
            counts = np.bincount(groups[payment.rows] * kinds + payment.pick, copies, len(names) * kinds)
            for name, row in zip(names, counts.reshape(len(names), kinds).tolist(), strict=True):
                total = sum(int(n) * amount for n, amount in zip(row, payment.amounts, strict=True) if n)
                if total:
                    sums.setdefault(name, {})[project] = Fraction(total, payment.denominator)
        return sums

    def together(self, rows: Ints) -> Fraction:
        """What these ballots have left together."""
        counts = np.bincount(self.state[rows], self.problem.sheet.copies[rows], len(self.values))
        places = np.flatnonzero(counts)
        total = sum(int(n) * self.values[one] for one, n in zip(places.tolist(), counts[places].tolist(), strict=True))
        return Fraction(total, self.denominator)

    def finer(self, denominator: int) -> None:
        """Go over to a denominator of which this too is a divisor."""
        more = lcm(self.denominator, denominator) // self.denominator
        self.denominator *= more
        self.values = [value * more for value in self.values]

    def take(self, project: str, rows: Ints, kinds: list[tuple[int, int]], pick: Ints) -> None:
        """Each of these rows gives what its kind says: ballots in that state give that amount."""
        known = {value: n for n, value in enumerate(self.values)}
        after = []
        for state, amount in kinds:
            value = self.values[state] - amount
            if value not in known:
                known[value] = len(self.values)
                self.values.append(value)
            after.append(known[value])
        self.state[rows] = np.array(after, np.int64)[pick]
        self.payments[project] = Payment(rows, pick, [amount for _, amount in kinds], self.denominator)


def pay(problem: Problem, rule: Rule, raised: Fraction, rounds: Iterable[Round]) -> Purses:
    """All purses after these rounds, where every endowment had been raised by the part `raised`."""
    costs, listed = dict(problem.projects), list(rounds)
    due = {one.project: _due(one, rule, costs[one.project]) for one in listed}
    held = [one * (1 + raised) for one in problem.sheet.classes]
    denominator = lcm(*(one.denominator for one in [*held, *due.values()]), 1)
    purses = Purses(problem, denominator, [int(one * denominator) for one in held], problem.sheet.held.copy())
    for one in listed:
        marks = problem.marks[one.project]
        rows = problem.sheet.row[marks]
        if one.stage is Stage.GREEDY:
            _from_the_rest(purses, one, rows)
            continue
        points = problem.sheet.points[marks] if rule.utility is Utility.POINTS else np.ones(len(marks), np.int64)
        most = int(points.max(initial=0)) + 1
        kinds, pick = np.unique(purses.state[rows] * most + points, return_inverse=True)
        price = int(due[one.project] * purses.denominator)
        given = [(kind // most, min(purses.values[kind // most], price * (kind % most))) for kind in kinds.tolist()]
        purses.take(one.project, rows, given, pick.reshape(-1))
    return purses


def _due(round: Round, rule: Rule, cost: int) -> Fraction:
    """What a supporter should give: by points, for each point."""
    price = round.price or Fraction(0)
    return price if rule.utility is Utility.POINTS else price * worth(rule.utility, cost, 1)


def _from_the_rest(purses: Purses, round: Round, supporters: Ints) -> None:
    """Supporters alike as far as they have it; then everybody else, in proportion to what they have."""
    copies = purses.problem.sheet.copies
    backs = np.zeros(len(copies), np.int64)
    backs[supporters] = 1
    kinds, pick = np.unique(purses.state * 2 + backs, return_inverse=True)
    counts = np.bincount(pick.reshape(-1), copies, len(kinds)).tolist()
    have = {
        kind: (Fraction(purses.values[kind // 2], purses.denominator), int(n))
        for kind, n in zip(kinds.tolist(), counts, strict=True)
    }
    missing, voices = Fraction(round.cost), sum(n for kind, (_, n) in have.items() if kind % 2)
    given: dict[int, Fraction] = {}
    for kind in sorted((kind for kind in have if kind % 2), key=lambda kind: have[kind][0]):
        value, n = have[kind]
        given[kind] = min(value, missing / voices) if voices else Fraction(0)
        missing, voices = missing - given[kind] * n, voices - n
    others = sum((value * n for kind, (value, n) in have.items() if not kind % 2), Fraction(0))
    part = min(missing / others, Fraction(1)) if others else Fraction(0)
    amounts = [given.get(kind, have[kind][0] * part) for kind in kinds.tolist()]
    purses.finer(lcm(1, *(amount.denominator for amount in amounts)))
    exact = [
        (kind // 2, int(amount * purses.denominator)) for kind, amount in zip(kinds.tolist(), amounts, strict=True)
    ]
    purses.take(round.project, np.arange(len(copies)), exact, pick.reshape(-1))
