"""A whole run: from a place's wishes and offers to how much of which offer could serve which wish.

The paid book is solved alone first; what each paid offer brings there it brings in the end, whatever unpaid people
offer. Then everything is solved, piece by piece, with that kept. Serves the best complementary use of all assets
(Field and Miller, table 9.1; chapters 6, 7 and 9).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from alongside.methods.complement.flow import flow
from alongside.methods.complement.levels import given
from alongside.methods.complement.model import Source
from alongside.methods.complement.parts import parts
from alongside.methods.complement.problem import DAYTIME, RULED_OUT, Answer, Bits, Flags, Ints, Pairs, Problem, Small

Progress = Callable[[float], None]
Cancel = Callable[[], bool]


class Cancelled(Exception):
    """Somebody stopped the run. Nothing of it remains."""


def solve(
    problem: Problem,
    pairs: Pairs,
    *,
    progress: Progress | None = None,
    cancelled: Cancel | None = None,
) -> Answer:
    """The best use of all offers for all wishes, by the objectives and rules of `problem`, in whatever order the
    pairs come. `pairs` are the candidates; those that break a rule of safety or have nothing to give get nothing.
    `progress` is told the share done, from 0 to 1; `cancelled` is asked before each piece. Raises Cancelled when it
    says yes."""
    pairs = in_order(pairs)
    able = usable(problem, pairs)
    book = _Books(problem, pairs, progress or (lambda share: None), cancelled or (lambda: False))
    book.solve(able & problem.offers.paid[pairs.offer], None)
    book.solve(able, np.where(problem.offers.paid, given(pairs, book.steps, len(problem.offers)), -1))
    return Answer(pairs, book.steps, met_by(problem, pairs, book.steps), book.exact)


class _Books:
    """One run under way: the steps found so far, how much is done, and whether all of it is exact."""

    def __init__(self, problem: Problem, pairs: Pairs, progress: Progress, cancelled: Cancel) -> None:
        self.problem, self.pairs, self.progress, self.cancelled = problem, pairs, progress, cancelled
        self.steps = np.zeros(len(pairs), np.int32)
        self.done, self.exact = 0, True

    def solve(self, among: Flags, keep: Ints | None) -> None:
        """Solve every piece among these pairs. Where `keep` is given, pieces of paid offers only are solved already."""
        paid = self.problem.offers.paid
        all_of_it = 2 * len(self.pairs)
        for part in parts(self.pairs, len(self.problem.wishes), len(self.problem.offers), among):
            if self.cancelled():
                raise Cancelled
            if keep is None or not paid[part.offers].all():
                found = flow(self.problem, self.pairs, part, keep)
                self.steps[part.pairs] = found.steps
                self.exact &= found.exact
            self.done += len(part.pairs)
            self.progress(self.done / all_of_it)
        self.done = len(self.pairs)
        self.progress(1.0 if keep is not None else 0.5)


def met_by(problem: Problem, pairs: Pairs, steps: Small) -> Small:
    """Steps of each wish that are met: what both books hold for it, but never more than it wants."""
    held = np.bincount(pairs.wish, weights=steps, minlength=len(problem.wishes))
    return np.minimum(held, problem.wishes.steps).astype(np.int32)


def in_order(pairs: Pairs) -> Pairs:
    """The same pairs in their one order: by wish, place in the person's order, metres and offer."""
    columns = (pairs.wish, pairs.place, pairs.metres, pairs.offer)
    settled = np.zeros(max(len(pairs) - 1, 0), np.bool_)  # that the row comes surely before the next
    wrong = np.zeros_like(settled)
    for column in columns:
        wrong |= ~settled & (column[:-1] > column[1:])
        settled |= column[:-1] < column[1:]
    return pairs.only(np.lexsort(columns[::-1])) if wrong.any() else pairs


def usable(problem: Problem, pairs: Pairs) -> Flags:
    """Which of these pairs may get something: not ruled out, something left to give (all of it, where a wish needs
    one holder), and no help that no unpaid person is asked for. A second look, whoever made the pairs."""
    wishes, offers = problem.wishes, problem.offers
    spare = offers.spare
    able = (pairs.place != RULED_OUT) & (spare[pairs.offer] >= np.where(wishes.whole, wishes.steps, 1)[pairs.wish])
    unsafe = _unsafe(problem, wishes.kinds | wishes.tasks, wishes.week)[pairs.wish]
    unsafe |= _unsafe(problem, offers.kinds | offers.tasks, offers.week)[pairs.offer]
    return able & ~(unsafe & ~offers.paid[pairs.offer] & (pairs.source != Source.OWN))


def _unsafe(problem: Problem, words: Bits, week: Bits) -> Flags:
    """Which rows speak of help that no unpaid person is asked for, or could only be at night."""
    named = (words & np.uint64(problem.unpaid_words)) != 0
    return named | ~(week & DAYTIME).any(axis=1)
