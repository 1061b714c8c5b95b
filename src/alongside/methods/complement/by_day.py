"""What changes by day: as much is solved again as a page can wait for.

A small piece is solved anew. In a larger one choices of yes or no (one holder for a wish, who comes to a group), which
a flow does not settle, are made anew only close to what has changed, and never worse than as they stood; whoever has
their one holder keeps them. Then one flow for each book gives out all that is no choice: through the whole piece, or
in a very large one, as in a city, near the change. What paid offers bring is settled first, without a look at unpaid
ones.

One path for all who ask: `again` keeps a whole place as it was found at night; the site's worker gathers afresh what a
change touches, and says what the rest has taken. Serves the best complementary use of all assets, between two nights.
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
from alongside.methods.complement.run import solve
from alongside.methods.complement.settle import Choice
from alongside.methods.complement.whole import whole

SECONDS = 0.1
SMALL = 4_000  # candidates of a piece in which all is chosen anew by day too
CLOSE = 1_000  # candidates of the wishes closest to a change, among which choices are made anew in a larger one
LARGE = 30_000  # candidates of a piece through the whole of which the rest is given out anew
NEAR = 20_000  # candidates of the wishes nearest to the change, of a larger one
PAID = 8  # of the paid book alone, a part of these: so that whoever it brings something else is near in both


def by_day(
    problem: Problem, pairs: Pairs, steps: Small, touched: tuple[Flags, Flags], seconds: float = SECONDS
) -> Answer:
    """What is found here after a change that has `touched` some wishes and some offers; `steps` are those of before, of
    which some may not stand any longer. `seconds` is the longest that choices may be searched for, since a page waits.

    In a large piece, paid offers together bring no less than what the change leaves of what they brought, whatever
    unpaid offers there are; and where all are unpaid, no less is met.
    """
    chooses = _chooses(problem)
    if len(pairs) <= (SMALL if chooses else LARGE):
        return solve(problem, pairs, seconds=seconds)
    day = _Day(problem, pairs, steps, touched, seconds)
    for keep in (False, True):
        among = day.able if keep else day.able & day.paid
        if chooses:
            day.choose(among, keep)
            day.repair(among, among & (day.paid != keep))
        day.give_out(among, keep)
    met = met_by(problem, pairs, day.steps)
    return Answer(pairs, day.steps, met, exact=False, short=int(problem.wishes.steps.sum()) - int(met.sum()))


def _chooses(problem: Problem) -> bool:
    offers = problem.offers
    return bool(problem.wishes.whole.any() or ((offers.least > 1) | (offers.most < offers.spare)).any())


class _Day:
    """One change: the steps as they stand after it, book by book. Rows are those of `pairs`, in order."""

    def __init__(
        self, problem: Problem, pairs: Pairs, steps: Small, touched: tuple[Flags, Flags], seconds: float
    ) -> None:
        self.problem, self.pairs, self.seconds, self.touched = problem, pairs, seconds, touched
        self.able, self.paid = allowed(problem, pairs), problem.offers.paid[pairs.offer]
        self.stand = unbroken(problem, pairs, np.where(self.able, steps, 0))
        self.lost = (steps > 0) & (touched[1][pairs.offer] | (self.stand < steps))
        self.steps = self.stand.copy()

    def choose(self, among: Flags, keep: bool) -> None:
        """Make the choices close to the change anew, no worse than they stand."""
        close = among & self._near(among, CLOSE)[self.pairs.wish]
        here, bring = self._beside(close), self._bring(close) if keep else None
        for part in parts(self.pairs, len(here.wishes), len(here.offers), close):
            if Choice.of(here, self.pairs, part).any():
                start = self.steps[part.pairs].astype(np.int64)
                self.steps[part.pairs] = whole(here, self.pairs, part, bring, start, self.seconds).steps

    def repair(self, among: Flags, book: Flags) -> None:
        """Give one holder who has enough left to wishes for one holder that have none, the least served first."""
        wishes = self.problem.wishes
        held = np.bincount(self.pairs.wish, self.steps * among, len(wishes))
        rows = np.flatnonzero(book & (wishes.whole & (held < wishes.steps))[self.pairs.wish])
        here = self._beside(np.zeros_like(among))
        self.steps[rows] += in_turn(here, self.pairs.only(rows), Turn.LEAST_SERVED)

    def give_out(self, among: Flags, keep: bool) -> None:
        """Give out exactly all that is no choice. Where the paid book is to be kept, each paid offer brings what it
        brings now; whoever it brought something else before is near."""
        here, share = self.problem, 1 if keep else PAID
        if int(among.sum()) > LARGE // share:
            among = among & self._near(among, NEAR // share, self.steps != self.stand)[self.pairs.wish]
            here = self._beside(among)
        bring = self._bring(among) if keep else None
        for part in parts(self.pairs, len(here.wishes), len(here.offers), among):
            standing = Choice.of(here, self.pairs, part).standing(self.steps[part.pairs].astype(np.int64))
            self.steps[part.pairs] = flow(here, self.pairs, part, bring, standing).steps

    def _near(self, among: Flags, most: int, also: Flags | None = None) -> Flags:
        shaken = self.touched[0].copy()
        shaken[self.pairs.wish[(self.lost if also is None else self.lost | also) & among]] = True
        return nearest(self.problem, self.pairs, self.steps, shaken, self.touched[1], most, among)

    def _beside(self, some: Flags) -> Problem:
        """The problem with only what is left beside the steps of all but some pairs."""
        steps = np.where(some, 0, self.steps)
        return replace(self.problem, offers=left(self.problem.offers, self.pairs, steps))

    def _bring(self, among: Flags) -> Ints:
        """What each paid offer brings by these pairs, to be kept; below 0 for the others."""
        paid = self.problem.offers.paid
        return np.where(paid, given(self.pairs, np.where(self.paid & among, self.steps, 0), len(paid)), -1)
