"""A second look before anything is handed out: the pairs in their one order, and which of them may get something.

Whoever made the candidates, no rule of safety, no limit and nobody's no is broken. Serves the best complementary use
of all assets; the rules are those of `safety` and of the person.
"""

from __future__ import annotations

import numpy as np

from alongside.methods.complement.model import Source
from alongside.methods.complement.problem import DAYTIME, FULL_WEEK, RULED_OUT, Bits, Flags, Pairs, Problem, Small


def in_order(pairs: Pairs) -> Pairs:
    """The same pairs in their one order: by wish, place in the person's order, metres and offer."""
    columns = (pairs.wish, pairs.place, pairs.metres, pairs.offer)
    settled = np.zeros(max(len(pairs) - 1, 0), np.bool_)  # that the row comes surely before the next
    wrong = np.zeros_like(settled)
    for column in columns:
        wrong |= ~settled & (column[:-1] > column[1:])
        settled |= column[:-1] < column[1:]
    return pairs.only(np.lexsort(columns[::-1])) if wrong.any() else pairs


def allowed(problem: Problem, pairs: Pairs) -> Flags:
    """Which of these pairs may get something: not ruled out, something left to give (all of it, where a wish needs
    one holder), and no help or hour for which no unpaid person is asked. One's own things are one's own affair."""
    wishes, offers = problem.wishes, problem.offers
    least = np.where(wishes.whole, wishes.steps, 1)
    able: Flags = (pairs.place != RULED_OUT) & (offers.spare[pairs.offer] >= least[pairs.wish])
    unsafe_wish = _unsafe(problem, wishes.kinds | wishes.tasks, wishes.week)
    unsafe_offer = _unsafe(problem, offers.kinds | offers.tasks, offers.week) & ~offers.paid
    unsafe = unsafe_offer[pairs.offer] | (unsafe_wish[pairs.wish] & ~offers.paid[pairs.offer])
    late = _some_by_night(wishes.week)[pairs.wish] & (_some_by_night(offers.week) & ~offers.paid)[pairs.offer]
    rows = np.flatnonzero(late)
    both = wishes.week[pairs.wish[rows]] & offers.week[pairs.offer[rows]]
    unsafe[rows] |= ~(both & DAYTIME).any(axis=1)
    able &= ~unsafe | (pairs.source == Source.OWN)
    return able


def _unsafe(problem: Problem, words: Bits, week: Bits) -> Flags:
    """Which rows speak of help that no unpaid person is asked for, or could only be at night."""
    named: Flags = (words & np.uint64(problem.unpaid_words)) != 0
    named |= ~(week & DAYTIME).any(axis=1)
    return named


def _some_by_night(week: Bits) -> Flags:
    """Which rows name times, some of them by night: two such could have no more than a night in common."""
    found: Flags = (week & ~DAYTIME).any(axis=1) & (week != FULL_WEEK).any(axis=1)
    return found


def met_by(problem: Problem, pairs: Pairs, steps: Small) -> Small:
    """Steps of each wish that are met: what both books hold for it, but never more than it wants."""
    held = np.bincount(pairs.wish, weights=steps, minlength=len(problem.wishes))
    return np.minimum(held, problem.wishes.steps).astype(np.int32)
