"""What stands after a change by day, and who is nearest to it: whom it shook, who could have what it freed, and who
would make room for them.

Nearest is counted in candidates that two have in common, not in miles. Serves the best complementary use of all
assets, between two nights.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from alongside.methods.complement.levels import given
from alongside.methods.complement.problem import OPEN, Flags, Ints, Offers, Pairs, Problem, Small


def nearest(
    problem: Problem, pairs: Pairs, steps: Small, shaken: Flags, freed: Flags, most: int, among: Flags
) -> Flags:
    """The wishes nearest to those `shaken` and to the offers `freed`, as many as have so many candidates between them,
    all of it `among` these pairs. Who is met by one holder stays out, but for those shaken. Of a group with a least
    number, those who come are all near or none."""
    wishes, some = problem.wishes, np.flatnonzero(among)
    wish, offer, has = pairs.wish[some], pairs.offer[some], steps[some] > 0
    size = np.bincount(wish, minlength=len(wishes))
    short = np.bincount(wish, steps[some], len(wishes)) < wishes.steps
    free, may_move = ~wishes.whole | short | shaken, has | short[wish]
    near, reached, offers = np.zeros(len(wishes), np.bool_), shaken.copy(), freed.copy()
    while True:
        fresh = np.flatnonzero(reached & free & ~near)
        fits = size[near].sum() + np.cumsum(size[fresh]) <= most
        near[fresh[fits]] = True
        before = int(offers.sum())
        offers[offer[near[wish]]] = True
        if not fits.all() or (not len(fresh) and int(offers.sum()) == before):
            sized = has & (problem.offers.least > 1)[offer]
            return _together(wish[sized], offer[sized], near, len(offers))
        reached[wish[offers[offer] & may_move]] = True


def _together(wish: Small, offer: Small, near: Flags, n_offers: int) -> Flags:
    """Without those who come to a group with a least number to which others come who are not near: `wish` and `offer`
    of all who come to such a group."""
    while True:
        far = np.zeros(n_offers, np.bool_)
        far[offer[~near[wish]]] = True
        torn = wish[near[wish] & far[offer]]
        if not len(torn):
            return near
        near[torn] = False


def unbroken(problem: Problem, pairs: Pairs, steps: Small) -> Small:
    """The steps without what can stand no longer: more than is wished for or left to give, a wish for one holder that
    has only a part, a group with too few or too many. The least served keep theirs first."""
    wishes, offers = problem.wishes, problem.offers
    book = 2 * pairs.wish.astype(np.int64) + offers.paid[pairs.offer]
    held, want = np.bincount(book, steps, 2 * len(wishes))[book], wishes.steps[pairs.wish]
    steps = np.where((held > want) | (wishes.whole[pairs.wish] & (steps < want)), 0, steps).astype(np.int32)
    rows = np.flatnonzero(steps)
    rows = rows[np.lexsort((rows, -wishes.band[pairs.wish[rows]].astype(np.int64), pairs.offer[rows]))]
    offer, many = pairs.offer[rows], steps[rows].astype(np.int64)
    first, sums = np.searchsorted(offer, offer), np.cumsum(many)
    over = sums - (sums - many)[first] > offers.spare[offer]
    steps[rows[over | (np.arange(len(rows)) - first >= offers.most[offer])]] = 0
    coming = np.bincount(pairs.offer[steps > 0], minlength=len(offers))
    steps[(coming < offers.least)[pairs.offer]] = 0
    return steps


def left(offers: Offers, pairs: Pairs, steps: Small) -> Offers:
    """The offers with only what is left of them beside these steps; who comes already counts towards a group."""
    used = given(pairs, steps, len(offers))
    coming = np.bincount(pairs.offer[steps > 0], minlength=len(offers))
    return replace(
        offers,
        taken=np.where(offers.limit < OPEN, offers.taken + used, offers.taken).astype(np.int32),
        least=np.maximum(offers.least - coming, 0).astype(np.int32),
        most=room_left(offers.most, coming),
    )


def room_left(most: Small, coming: Small | Ints | int) -> Small:
    """How many more may come, when so many do; where any number may, any number still may."""
    return np.where(most < OPEN, np.maximum(most - coming, 0), OPEN).astype(np.int32)
