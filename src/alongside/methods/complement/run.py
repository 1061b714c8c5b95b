"""A whole run: from a place's wishes and offers to how much of which offer could serve which wish.

The paid book is solved alone first; what each paid offer brings there it brings in the end, whatever unpaid people
offer. Then everything is solved, piece by piece, with that kept. Serves the best complementary use of all assets
(Field and Miller, table 9.1; chapters 6, 7 and 9).
"""

from __future__ import annotations

import numpy as np

from alongside.methods.complement.allowed import allowed, in_order, met_by
from alongside.methods.complement.flow import flow
from alongside.methods.complement.greedy import Turn, in_turn
from alongside.methods.complement.levels import given
from alongside.methods.complement.pairs import candidates
from alongside.methods.complement.parts import Part, parts
from alongside.methods.complement.problem import Answer, Flags, Ints, Pairs, Problem
from alongside.methods.complement.watching import Cancel, Progress, never, unheard, unless
from alongside.methods.complement.whole import SECONDS, whole

FEW = 1_000  # where not even one pair in so many is alone, they are solved like all others, which spares memory


def solve(
    problem: Problem,
    pairs: Pairs | None = None,
    *,
    progress: Progress = unheard,
    cancelled: Cancel = never,
    seconds: float = SECONDS,
) -> Answer:
    """The best use of all offers for all wishes, by the objectives and rules of `problem`.

    `pairs` are the candidates, in any order (found here, where none are given); those that break a rule of safety or
    have nothing to give get nothing. The same problem and pairs give the same answer. `progress` is told the share
    done, from 0 to 1; `cancelled` is asked before each piece, and while candidates are made. `seconds` is the longest
    to search one piece with wishes for one holder or groups: only where that runs out may another machine find another
    answer, and `gap` says how many of the steps that could be met at most may be missing. Raises Cancelled.
    """
    pairs = candidates(problem, cancelled=cancelled) if pairs is None else in_order(pairs)
    able = allowed(problem, pairs)
    run = _Run(problem, pairs, progress, cancelled, seconds)
    run.solve(able & problem.offers.paid[pairs.offer], None)
    run.solve(able, np.where(problem.offers.paid, given(pairs, run.steps, len(problem.offers)), -1))
    met = met_by(problem, pairs, run.steps)
    return Answer(pairs, run.steps, met, run.exact, run.short)


class _Run:
    """One run under way: the steps found so far, how much is done, whether all is exact, and how short it may be."""

    def __init__(self, problem: Problem, pairs: Pairs, progress: Progress, cancelled: Cancel, seconds: float) -> None:
        self.problem, self.pairs, self.progress, self.cancelled = problem, pairs, progress, cancelled
        self.seconds = seconds
        self.steps = np.zeros(len(pairs), np.int32)
        self.exact, self.short = True, 0
        self.short_of: dict[int, int] = {}  # the same of each piece of paid offers, by its first pair
        self.chooses = bool(problem.wishes.whole.any() or (problem.offers.least > 1).any())
        self.chooses |= bool((problem.offers.most < problem.offers.spare).any())

    def solve(self, among: Flags, keep: Ints | None) -> None:
        """Solve every piece among these pairs: those of the paid book alone where nothing is kept, else all."""
        all_of_it, start = max(int(among.sum()), 1), 0.0 if keep is None else 0.5
        if self.chooses:
            self._hand_out(among if keep is None else among & ~self.problem.offers.paid[self.pairs.offer])
        left = self._alone(among)
        done = int(among.sum()) - int(left.sum())
        for part in parts(self.pairs, len(self.problem.wishes), len(self.problem.offers), left):
            unless(self.cancelled)
            if keep is None:
                self.short_of[int(part.pairs[0])] = self._solve(part, keep)
            elif self.problem.offers.paid[part.offers].all():
                self.short += self.short_of[int(part.pairs[0])]
            else:
                self.short += self._solve(part, keep)
            done += len(part.pairs)
            self.progress(start + 0.5 * done / all_of_it)
        self.progress(start + 0.5)

    def _hand_out(self, among: Flags) -> None:
        """Begin with what handing out in turn gives these pairs: nothing worse than that is kept."""
        rows = np.flatnonzero(among)
        self.steps[rows] = in_turn(self.problem, self.pairs.only(rows), Turn.LEAST_SERVED)

    def _alone(self, among: Flags) -> Flags:
        """Solve what is no choice at all, since wish and offer have only each other; the pairs that are left."""
        rows = np.flatnonzero(among)
        wish, offer, offers = self.pairs.wish[rows], self.pairs.offer[rows], self.problem.offers
        one_wish, one_offer = np.bincount(wish) == 1, np.bincount(offer, minlength=len(offers)) == 1
        alone = np.flatnonzero(one_wish[wish] & (one_offer & (offers.least <= 1) & (offers.most > 0))[offer])
        if len(alone) * FEW < len(rows):
            return among
        self.steps[rows[alone]] = np.minimum(self.problem.wishes.steps[wish[alone]], offers.spare[offer[alone]])
        left = among.copy()
        left[rows[alone]] = False
        return left

    def _solve(self, part: Part, keep: Ints | None) -> int:
        """Solve one piece; how many more steps might be met."""
        if self.chooses:
            found = whole(self.problem, self.pairs, part, keep, self.steps[part.pairs].astype(np.int64), self.seconds)
            self.steps[part.pairs], self.exact = found.steps, self.exact and found.exact
            return found.short
        filled = flow(self.problem, self.pairs, part, keep)
        self.steps[part.pairs], self.exact = filled.steps, self.exact and filled.exact
        return 0
