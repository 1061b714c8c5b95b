"""What stands between a wish and an offer: all of it, a bit for each rule, so that what would change it can be told.

`rules` stops at the first rule that is broken; somebody who asks "what would help?" must know of the others too.
Whether there is time left is not looked at: that depends on an answer.
"""

from __future__ import annotations

from enum import IntFlag

import numpy as np
from numpy.typing import NDArray

from alongside.methods.complement.problem import HOURS, Bits, Flags, Ints, Problem
from alongside.methods.complement.rules import Rows, Rules


class Against(IntFlag):
    """One bit for each rule that may keep the two from each other."""

    ruled_out = 1
    apart = 2
    not_open_to_you = 4
    holder_refuses = 8
    not_for_unpaid = 16
    access_missing = 32
    out_of_reach = 64
    times_differ = 128
    asked_this_week = 256


def against(rules: Rules, wish: Rows, offer: Rows) -> Ints:
    """For each pair of rows (of the same length), the bits of `Against`; 0 where the two could meet."""
    found = np.zeros(len(wish), np.int64)
    for bit in Against:
        if bit.name in rules.tests:
            found |= np.where(rules.tests[bit.name](wish, offer), int(bit), 0)
    return found


def alike_to(rules: Rules, wish: int) -> Ints:
    """The rows of offers that share a kind with a wish or that search found alike to it."""
    problem = rules.problem
    alike = problem.offers.kinds & problem.wishes.kinds[wish] != 0
    first, last = np.searchsorted(problem.meant[:, 0], np.array([wish, wish + 1], np.int32))
    alike[problem.meant[first:last, 1]] = True
    return np.flatnonzero(alike)


def wanting(rules: Rules, offer: int) -> Ints:
    """The rows of wishes that share a kind with an offer or that search found alike to it."""
    problem = rules.problem
    alike: Flags = problem.wishes.kinds & problem.offers.kinds[offer] != 0
    alike[problem.meant[problem.meant[:, 1] == offer, 0]] = True
    return np.flatnonzero(alike)


def days_of(week: Bits) -> list[int]:
    """The weekdays of which some hour is among these three numbers' bits, from Monday."""
    found: list[int] = np.flatnonzero(hours_of(week).any(axis=1)).tolist()
    return found


def hours_of(week: Bits) -> NDArray[np.bool_]:
    """Seven rows of twenty-four: which hours of a week the three numbers' bits stand for."""
    bits = np.unpackbits(week.astype("<u8").view(np.uint8), bitorder="little")[:HOURS]
    return bits.reshape(7, 24).astype(np.bool_)


def words_of(problem: Problem, bits: int) -> list[str]:
    """The words that the bits stand for, in order."""
    return [word for n, word in enumerate(problem.words) if bits >> n & 1]
