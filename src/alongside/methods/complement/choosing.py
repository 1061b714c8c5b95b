"""A large piece by day: choices of yes or no are made anew only close to what has changed, and all the rest exactly.

One holder for a wish, or who comes to a group, are choices that a flow does not settle; to make all of them anew takes
longer than a page may wait. So whoever has their one holder keeps them, and every other choice far from the change
stands; close to it they are made anew, and never worse than as they stood. Then one flow for each book gives out all
that is no choice, through the whole piece. What paid offers bring is settled first, without a look at unpaid ones.
Serves the best complementary use of all assets, between two nights.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from alongside.methods.complement.allowed import allowed, met_by
from alongside.methods.complement.flow import flow
from alongside.methods.complement.greedy import Turn, in_turn
from alongside.methods.complement.levels import given
from alongside.methods.complement.nearby import left, nearest, unbroken
from alongside.methods.complement.parts import parts
from alongside.methods.complement.problem import Answer, Flags, Ints, Pairs, Problem, Small
from alongside.methods.complement.settle import Choice
from alongside.methods.complement.whole import whole

CLOSE = 1_000  # candidates of the wishes nearest to a change, among which choices are made anew


def chosen_by_day(problem: Problem, pairs: Pairs, steps: Small, touched: tuple[Flags, Flags], seconds: float) -> Answer:
    """The answer after a change, as `by_day.by_day` asks for it. No less is met than by `steps` without what the
    change has broken. `seconds` is the longest that choices close to the change may be searched for."""
    day = _Day(problem, pairs, steps, touched, seconds)
    found = day.settled(choosing=True)
    if int(met_by(problem, pairs, found).sum()) < int(met_by(problem, pairs, day.stand).sum()):
        found = day.settled(choosing=False)  # that services bring as much as they can alone has its price
    met = met_by(problem, pairs, found)
    return Answer(pairs, found, met, exact=False, short=int(problem.wishes.steps.sum()) - int(met.sum()))


class _Day:
    """One change: what stands after it, and what it took away. Rows are those of `pairs`, in order."""

    def __init__(
        self, problem: Problem, pairs: Pairs, steps: Small, touched: tuple[Flags, Flags], seconds: float
    ) -> None:
        self.problem, self.pairs, self.seconds, self.touched = problem, pairs, seconds, touched
        self.able, self.paid = allowed(problem, pairs), problem.offers.paid[pairs.offer]
        self.stand = unbroken(problem, pairs, np.where(self.able, steps, 0))
        self.lost = (steps > 0) & (touched[1][pairs.offer] | (self.stand < steps))
        self.steps = self.stand

    def settled(self, choosing: bool) -> Small:
        """The steps after the change: the paid book first, then all with what it brings. Choices close to the change
        are made anew, or every choice stands."""
        self.steps = self.stand.copy()
        for keep in (False, True):
            among = self.able if keep else self.able & self.paid
            if choosing:
                self._choose(among, keep)
                self._repair(among, among & (self.paid != keep))
            bring = self._bring() if keep else None
            for part in parts(self.pairs, len(self.problem.wishes), len(self.problem.offers), among):
                standing = Choice.of(self.problem, self.pairs, part).standing(self.steps[part.pairs].astype(np.int64))
                self.steps[part.pairs] = flow(self.problem, self.pairs, part, bring, standing).steps
        return self.steps

    def _choose(self, among: Flags, keep: bool) -> None:
        """Make the choices close to the change anew, no worse than they stand."""
        shaken = self.touched[0].copy()
        shaken[self.pairs.wish[self.lost & among]] = True
        near = nearest(self.problem, self.pairs, self.steps, shaken, self.touched[1], CLOSE, among)
        close = among & near[self.pairs.wish]
        here = replace(self.problem, offers=left(self.problem.offers, self.pairs, np.where(close, 0, self.steps)))
        bring = self._bring(close) if keep else None
        for part in parts(self.pairs, len(here.wishes), len(here.offers), close):
            if Choice.of(here, self.pairs, part).any():
                start = self.steps[part.pairs].astype(np.int64)
                self.steps[part.pairs] = whole(here, self.pairs, part, bring, start, self.seconds).steps

    def _repair(self, among: Flags, book: Flags) -> None:
        """Give one holder who has enough left to wishes for one holder that have none, the least served first."""
        wishes = self.problem.wishes
        held = np.bincount(self.pairs.wish, self.steps * among, len(wishes))
        rows = np.flatnonzero(book & (wishes.whole & (held < wishes.steps))[self.pairs.wish])
        here = replace(self.problem, offers=left(self.problem.offers, self.pairs, self.steps))
        self.steps[rows] += in_turn(here, self.pairs.only(rows), Turn.LEAST_SERVED)

    def _bring(self, among: Flags | None = None) -> Ints:
        """What each paid offer brings (by these pairs), to be kept; below 0 for the others."""
        paid = self.problem.offers.paid
        mine = self.paid if among is None else self.paid & among
        return np.where(paid, given(self.pairs, np.where(mine, self.steps, 0), len(paid)), -1)
