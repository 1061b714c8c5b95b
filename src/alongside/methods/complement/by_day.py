"""What changes by day: as much is solved again as a page can wait for.

One path for all who ask: `again` keeps a whole place as it was found at night; the site's worker gathers afresh what a
change touches, and says what the rest has taken. Serves the best complementary use of all assets, between two nights.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from alongside.methods.complement.allowed import met_by
from alongside.methods.complement.choosing import chosen_by_day
from alongside.methods.complement.nearby import left, nearest, unbroken
from alongside.methods.complement.piece import cut, put_back
from alongside.methods.complement.problem import Answer, Flags, Pairs, Problem, Small
from alongside.methods.complement.run import solve

SECONDS = 0.1
SMALL = 4_000  # candidates of a piece in which all is chosen anew by day too
LARGE = 30_000  # candidates of a piece that is solved again as a whole
NEAR = 20_000  # candidates of what is solved again of a larger one


def by_day(
    problem: Problem, pairs: Pairs, steps: Small, touched: tuple[Flags, Flags], seconds: float = SECONDS
) -> Answer:
    """What is found here after a change that has `touched` some wishes and some offers; `steps` are those of before, of
    which some may not stand any longer. A small piece is solved anew; a large one with choices of yes or no close to
    the change only, and of a very large one, as in a city, only what is nearest. `seconds` is the longest that choices
    may be searched for, since a page waits."""
    offers = problem.offers
    sized = (offers.least > 1) | (offers.most < offers.spare)
    if len(pairs) > LARGE:
        return _nearest(problem, pairs, steps, touched, seconds)
    if len(pairs) > SMALL and (problem.wishes.whole.any() or sized.any()):
        return chosen_by_day(problem, pairs, steps, touched, seconds)
    return solve(problem, pairs, seconds=seconds)


def _nearest(problem: Problem, pairs: Pairs, steps: Small, touched: tuple[Flags, Flags], seconds: float) -> Answer:
    """What is nearest to the change solved anew; what the rest takes from offers there, it keeps."""
    stand, shaken = unbroken(problem, pairs, steps), touched[0].copy()
    shaken[pairs.wish[(steps > stand) | ((steps > 0) & touched[1][pairs.offer])]] = True
    near = nearest(problem, pairs, stand, shaken, touched[1], NEAR)
    beside = left(problem.offers, pairs, np.where(near[pairs.wish], 0, stand))
    part = cut(replace(problem, offers=beside), pairs, near)
    those = touched[0][part.wishes], touched[1][part.offers]
    old = Answer(pairs, stand, met_by(problem, pairs, stand), exact=False)
    found = put_back(old, pairs, part, by_day(part.problem, part.pairs, stand[part.rows], those, seconds))
    return replace(found, short=int(problem.wishes.steps.sum()) - int(found.met.sum()))
