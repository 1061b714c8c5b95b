"""What a count meant for each group of ballots: what they held, what they paid for, and who got nothing.

Groups of fewer than five ballots are never shown apart, as everywhere (`methods/say`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from alongside.methods.equal_shares import Result
from alongside.methods.say.effect import together
from alongside.methods.say.model import SMALL

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Row:
    """Some groups together: their `ballots`; the part of the budget they `held` at first; what they `paid` in the
    smallest coin, and which part of all that was spent; how many got `nothing` that they marked; and which part of
    them marked each winner (`support`). Where `hidden`, they are too few to say more."""

    groups: tuple[str, ...]
    ballots: int
    held: Fraction
    paid: Fraction
    of_spent: Fraction
    nothing: int
    support: Mapping[str, Fraction]
    hidden: bool


def effect(result: Result, us: frozenset[str] = frozenset()) -> tuple[Row, ...]:
    """A row for each group, people and communities (`us`) first; groups of which nothing is said count as people."""
    problem, paid = result.problem, result.purses.by_group()
    counts: Counter[str] = Counter()
    for ballot in problem.ballots:
        counts[ballot.group] += ballot.copies
    sides = [sorted(group for group in counts if not us or group in us)]
    sides.append(sorted(set(counts) - set(sides[0])))
    got = _got(result)
    rows = []
    for ours, groups in zip((True, False), sides, strict=True):
        for keys in together(groups, counts):
            own = np.array([ballot.group in keys for ballot in problem.ballots], np.bool_)
            sums = sum((paid.get(key, {}).get(id, Fraction(0)) for key in keys for id in result.winners), Fraction(0))
            ballots, held = sum(counts[key] for key in keys), _held(result, own)
            rows.append(
                Row(
                    groups=keys,
                    ballots=ballots,
                    held=held / problem.budget if problem.budget else held,
                    paid=sums,
                    of_spent=sums / result.spent if result.spent else Fraction(0),
                    nothing=int(problem.sheet.copies[own & ~got].sum()),
                    support=_support(result, own, ballots),
                    hidden=ours and ballots < SMALL,
                )
            )
    return tuple(rows)


def _got(result: Result) -> Flags:
    """Of each ballot, whether anything that it marked was funded."""
    sheet, winners = result.problem.sheet, set(result.winners)
    funded = np.array([id in winners for id, _ in result.problem.projects], np.bool_)
    got = np.zeros(len(sheet.copies), np.bool_)
    got[sheet.row[funded[sheet.project]]] = True
    return got


def _support(result: Result, own: Flags, ballots: int) -> dict[str, Fraction]:
    """Which part of these ballots marked each winner."""
    sheet = result.problem.sheet
    rows = {id: sheet.row[result.problem.marks[id]] for id in result.winners}
    return {id: Fraction(int(sheet.copies[marked[own[marked]]].sum()), max(ballots, 1)) for id, marked in rows.items()}


def _held(result: Result, own: Flags) -> Fraction:
    sheet = result.problem.sheet
    counts = np.bincount(sheet.held[own], weights=sheet.copies[own], minlength=len(sheet.classes)).tolist()
    return sum((one * int(n) for one, n in zip(sheet.classes, counts, strict=True)), Fraction(0))
