"""Three simple ways of handing out offers in turn, for comparing with and for falling back on.

They keep every limit and every rule, and never find more than the exact way: once given, a step is never moved so
that somebody else could have it. Serves the best complementary use of all assets. Source: `nearest` and `book_order`
stand in for what time banks and mutual-aid tools do today; `least_served` puts the least connected first.
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from alongside.methods.complement.allowed import allowed, in_order, met_by
from alongside.methods.complement.problem import Answer, Ints, Pairs, Problem, Small

AT_ONCE = 1 << 16  # wishes looked through together, to spare memory


class Turn(StrEnum):
    """Whose turn it is, and what they look at first."""

    LEAST_SERVED = "least_served"  # the least served first, each by their own order of sources
    BOOK_ORDER = "book_order"  # as they came, each by the book's order of sources
    NEAREST = "nearest"  # as they came, each the nearest first


def greedy(problem: Problem, pairs: Pairs, turn: Turn = Turn.LEAST_SERVED) -> Answer:
    """Steps handed out in turn until each wish is met or its candidates are used up.

    A wish for one holder takes all from one or nothing. No more wishes than fit go to a group, and a group that stays
    below its least gives nothing. Both books count as one: nobody is shown more
    than they want. Knows nothing of how near the best it is: all that is not met might be.
    """
    pairs = in_order(pairs)
    able = np.flatnonzero(allowed(problem, pairs))
    found = in_turn(problem, pairs if len(able) == len(pairs) else pairs.only(able), turn)
    steps = np.zeros(len(pairs), np.int32)
    steps[able] = found
    met = met_by(problem, pairs, steps)
    return Answer(pairs, steps, met, exact=False, short=int(problem.wishes.steps.sum()) - int(met.sum()))


def in_turn(problem: Problem, pairs: Pairs, turn: Turn) -> Small:
    """The steps of `greedy` for pairs that stand in their one order and are all allowed."""
    wishes, offers = problem.wishes, problem.offers
    order = _order(problem, pairs, turn)
    starts = np.searchsorted(pairs.wish, np.arange(len(wishes) + 1))
    queue = np.argsort(-wishes.band.astype(np.int64), kind="stable") if turn is Turn.LEAST_SERVED else None
    rows = np.arange(len(wishes)) if queue is None else queue
    steps = np.zeros(len(pairs), np.int32)
    spare, seats = offers.spare.tolist(), offers.most.tolist()
    for block in range(0, len(rows), AT_ONCE):
        _hand_out(problem, pairs, rows[block : block + AT_ONCE], starts, order, spare, seats, steps)
    many = np.bincount(pairs.offer[steps > 0], minlength=len(offers))
    steps[(many < offers.least)[pairs.offer]] = 0
    return steps


def _order(problem: Problem, pairs: Pairs, turn: Turn) -> Ints | None:
    """Rows of pairs in the order in which they are looked at, wish by wish; none where they stand in it already."""
    if turn is Turn.NEAREST:
        return np.lexsort((pairs.offer, pairs.metres, pairs.wish))
    if turn is Turn.BOOK_ORDER:
        return np.lexsort((pairs.offer, pairs.metres, pairs.source, pairs.wish))
    return None


def _hand_out(
    problem: Problem,
    pairs: Pairs,
    rows: Ints,
    starts: Ints,
    order: Ints | None,
    spare: list[int],
    seats: list[int],
    steps: Small,
) -> None:
    """One block of wishes in turn. Changes `spare` and `seats` (what is left) and `steps`."""
    count = starts[rows + 1] - starts[rows]
    ends = np.cumsum(count)
    found = np.repeat(starts[rows] - ends + count, count) + np.arange(int(count.sum()))
    found = found if order is None else order[found]
    offers = pairs.offer[found].tolist()
    given_at, given = [], []
    at = 0
    for end, want, whole in zip(
        ends.tolist(), problem.wishes.steps[rows].tolist(), problem.wishes.whole[rows].tolist(), strict=True
    ):
        while at < end and want > 0:
            offer = offers[at]
            left = spare[offer]
            if left > 0 and seats[offer] > 0 and (left >= want or not whole):
                take = left if left < want else want
                spare[offer] = left - take
                seats[offer] -= 1
                want -= take
                given_at.append(at)
                given.append(take)
            at += 1
        at = end
    steps[found[given_at]] = given
