"""The least that each backer must give for a project to be paid for, those who have less giving all they have.

As a sum it is: what is missing after those who give all they have, over the number of the others. Whoever is taken to
give all they have, that quotient is never above the answer; so starting from a guess that is too low and adding those
who cannot give it, one comes up to the answer, without sorting, in a few steps (Newton's, on a concave function).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from alongside.methods.equal_shares.chain import Chain
from alongside.methods.equal_shares.columns import Backed, Flags, Floats, Ints

EPS = 2.0**-52  # twice what one operation can be wrong by
SUM = 128 * EPS  # what a pairwise sum of up to 2**64 positive numbers can be wrong by, and some more
NEVER = float("inf")


@dataclass(frozen=True)
class Exact:
    """`gave` for one unit of worth; who is `emptied` and gives less than that; who has just that (`even`)."""

    gave: Fraction
    emptied: Flags
    even: Flags


@dataclass(frozen=True)
class Price:
    """What each gives for a unit of worth (`gave`, wrong by `error` at most), and between which bounds the price is,
    over the project's scale. `high` is NEVER where it is not certain that they can pay at all. `emptied` are those who
    were taken to give all they have when `low` was found."""

    gave: float
    error: float
    low: float
    high: float
    emptied: Flags
    exact: Exact | None = None

    @property
    def doubtful(self) -> bool:
        return self.high == NEVER and self.exact is None


def loosely(bound: float) -> float:
    """A lower bound, with what the last operations can have added to it taken off."""
    return bound * (1 - 8 * EPS)


def approach(project: Backed, left: Floats, error: float, start: float, enough: float) -> Price | None:
    """The price in floating point with its bounds, from a `start` that is not above it. `left` is what each backer
    has (0 only where it was emptied), wrong by `error` at most. None where they certainly cannot pay. Stops with a
    lower bound once that is above `enough`."""
    held = left * project.copies
    gave, rounding = start, SUM * project.cost
    while True:
        emptied = left < (gave if project.worth is None else gave * project.worth)
        units = project.units - float(project.weight[emptied].sum())
        if units < 0.5:
            total = float(held.sum())
            unsure = error * project.voices + rounding
            return None if total * (1 + SUM) + unsure < project.cost else Price(gave, NEVER, 0.0, NEVER, emptied)
        missing = project.cost - float(held[emptied].sum())
        unsure = error * (project.units - units) + rounding
        least = max(missing - unsure, 0.0) / units
        low = loosely(least / project.scale)
        if low > enough:
            return Price(max(gave, missing / units), NEVER, low, low, emptied)
        if missing / units <= gave:
            break
        gave = missing / units
    wrong = gave - least + EPS * gave
    high = gave + 2 * wrong
    due = high if project.worth is None else high * project.worth
    paid = float((np.minimum(left, due) * project.copies).sum())
    unsure = error * float(project.copies[left < due + error].sum())
    sure = paid * (1 - SUM) - unsure >= project.cost
    return Price(gave, 2 * wrong + EPS * gave, low, high / project.scale * (1 + 8 * EPS) if sure else NEVER, emptied)


def exact(project: Backed, left: Floats, error: float, price: Price, chain: Chain) -> Price | None:
    """The same in whole numbers; None where they cannot pay. Only what `price` leaves in doubt is looked at."""
    worth = np.ones(len(left)) if project.worth is None else project.worth
    now, gone = len(chain.rounds), left <= 0
    emptied = ~gone & (left + error < price.low * project.scale * worth)
    while True:
        units = project.units - int(project.weight[emptied | gone].sum())
        if not units:
            return None
        held = chain.left(project.rows[emptied], now)
        gave = Fraction(project.cost * chain.denominator - held, chain.denominator * units)
        near = float(gave)
        margin = error + 4 * EPS * near * worth
        less = ~gone & ~emptied & (left + margin < near * worth)
        doubt = ~gone & ~emptied & ~less & (left - margin <= near * worth)
        even = np.zeros(len(left), np.bool_)
        for n, over in _compare(project, np.flatnonzero(doubt), gave, chain):
            less[n], even[n] = over < 0, over == 0
        if not less.any():
            return _known(project, gave, emptied, even)
        emptied |= less


def _known(project: Backed, gave: Fraction, emptied: Flags, even: Flags) -> Price:
    near = float(gave)
    key = near / project.scale
    found = Exact(gave, emptied, even)
    return Price(near, EPS * near, key * (1 - 8 * EPS), key * (1 + 8 * EPS), emptied, found)


def _compare(project: Backed, places: Ints, gave: Fraction, chain: Chain) -> list[tuple[int, int]]:
    """For each of these backers, whether it has more than it should give (1), just that (0) or less (-1)."""
    known: dict[tuple[int, bytes, float], int] = {}
    compared = []
    now, table, held = len(chain.rounds), chain.columns.table, chain.columns.held
    for n in places.tolist():
        row = int(project.rows[n])
        units = 1 if project.worth is None else int(project.worth[n])
        key = (int(held[row]), table[row].tobytes(), units)
        if key not in known:
            over = chain.each(row, now) * gave.denominator - gave.numerator * units * chain.denominator
            known[key] = (over > 0) - (over < 0)
        compared.append((n, known[key]))
    return compared
