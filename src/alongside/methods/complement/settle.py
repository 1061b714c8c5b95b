"""Choices of yes or no (one holder for a wish, who comes to a group), settled one after another along the flow.

Each round solves the flow, keeps what is whole already and settles what is not: a group with too few does not meet,
one with too many keeps those who are served least, a wish for one holder takes who gives it most and can give it all.
Serves the best complementary use of all assets. Source: diving, as in Berthold, *Primal Heuristics for Mixed Integer
Programs* (2006).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from alongside.methods.complement.flow import Bounds, flow
from alongside.methods.complement.parts import Part
from alongside.methods.complement.problem import Flags, Ints, Pairs, Problem

ROUNDS = 12  # after so many, what is not settled gets nothing


@dataclass(frozen=True)
class Choice:
    """What is yes or no in one piece, pair by pair: `wish` and `offer` numbered from 0 within the piece, `book` a
    number for each wish's book, `want` the wish's steps, `most` what the pair could get at most, `one` where the wish
    wants one holder, `group` where the offer has a size, `fewest` and `room` that size, `first` whom to keep first."""

    wish: Ints
    offer: Ints
    unpaid: Flags
    want: Ints
    most: Ints
    one: Flags
    group: Flags
    fewest: Ints
    room: Ints
    first: Ints

    @classmethod
    def of(cls, problem: Problem, pairs: Pairs, part: Part) -> Choice:
        """The choices of this piece. A group that cannot be overfull has no most; of one or less it has no least."""
        wishes, offers = problem.wishes, problem.offers
        wish = np.searchsorted(part.wishes, pairs.wish[part.pairs])
        offer = np.searchsorted(part.offers, pairs.offer[part.pairs])
        want, spare = wishes.steps[part.wishes].astype(np.int64)[wish], offers.spare[part.offers].astype(np.int64)
        many = np.minimum(np.bincount(offer, minlength=len(part.offers)), spare)
        fewest, room = offers.least[part.offers].astype(np.int64), offers.most[part.offers].astype(np.int64)
        sized = (fewest > 1) | (room < many)
        return cls(
            wish,
            offer,
            ~offers.paid[part.offers][offer],
            want,
            np.minimum(want, spare[offer]),
            wishes.whole[part.wishes][wish] & (want > 1),
            sized[offer],
            np.where(sized, fewest, 0),
            np.where(sized, room, len(wish)),
            -wishes.band[part.wishes].astype(np.int64)[wish],
        )

    @property
    def book(self) -> Ints:
        """A number for each wish and book."""
        return 2 * self.wish + self.unpaid

    def any(self) -> bool:
        """Whether there is any choice of yes or no."""
        return bool(self.one.any() or self.group.any())

    def shared(self, steps: Ints) -> Flags:
        """Pairs of a wish for one holder that get something, but not all."""
        return self.one & (steps > 0) & (steps < self.want)

    def coming(self, steps: Ints) -> Ints:
        """How many wishes each offer serves."""
        return np.bincount(self.offer[steps > 0], minlength=len(self.fewest)).astype(np.int64)

    def broken(self, steps: Ints) -> bool:
        """Whether these steps break a rule of one holder or of a group's size."""
        many = self.coming(steps)
        wrong = (many > self.room) | ((many > 0) & (many < self.fewest))
        return bool(wrong.any() or self.shared(steps).any())

    def standing(self, steps: Ints) -> Bounds:
        """Every choice as these steps have it; the rest is free."""
        settled = self.one | self.group
        least = np.where(self.one, steps, np.minimum(steps, 1))
        most = np.where(self.one | (steps == 0), steps, self.most)
        return Bounds(np.where(settled, least, 0), np.where(settled, most, self.most))


def settle(problem: Problem, pairs: Pairs, part: Part, choice: Choice, keep: Ints | None, before: Ints | None) -> Ints:
    """Steps for each pair of the piece that break no rule: good, but not surely the best. `before`, where it is
    given, are steps that keep `keep`; its choices in the paid book stand, so that it can always be kept."""
    bounds = Bounds(np.zeros_like(choice.most), choice.most.copy())
    free = np.ones(len(choice.most), np.bool_)
    if before is not None:
        free = choice.unpaid | ~(choice.one | choice.group)
        for bound in bounds:
            bound[~free] = before[~free]
    for turn in range(ROUNDS):
        steps = flow(problem, pairs, part, keep, bounds).steps
        if not choice.broken(steps):
            return steps
        if not _sizes(choice, steps, bounds, free) or turn == ROUNDS - 1:
            _holders(choice, steps, bounds, free, problem.offers.spare[part.offers].astype(np.int64))
    return flow(problem, pairs, part, keep, _freeze(choice, steps, bounds, free)).steps


def _sizes(choice: Choice, steps: Ints, bounds: Bounds, free: Flags) -> bool:
    """Close the groups with too few, and send those away for whom there is no room. Whether there were any."""
    many = choice.coming(steps)
    few = (many > 0) & (many < choice.fewest)
    out = few[choice.offer]
    over = np.flatnonzero((many > choice.room)[choice.offer] & (steps > 0))
    over = over[np.lexsort((over, -steps[over], choice.first[over], choice.offer[over]))]
    place = np.arange(len(over)) - np.searchsorted(choice.offer[over], choice.offer[over])
    out[over[place >= choice.room[choice.offer[over]]]] = True
    out &= free
    for bound in bounds:
        bound[out] = 0
    return bool(out.any())


def _holders(choice: Choice, steps: Ints, bounds: Bounds, free: Flags, spare: Ints) -> None:
    """Give each wish that is shared to one holder who can give it all, or to nobody."""
    done = free & choice.one & (steps == choice.want)
    bounds.least[done] = choice.want[done]
    left = spare - np.bincount(choice.offer, weights=bounds.least, minlength=len(spare)).astype(np.int64)
    book = choice.book
    torn = np.isin(book, book[choice.shared(steps) & free])
    rows = np.flatnonzero(torn & (bounds.most >= choice.want))
    rows = rows[np.lexsort((rows, -steps[rows], book[rows], choice.first[rows]))]
    bounds.most[torn] = 0
    served: set[int] = set()
    for row, offer, want, which in zip(
        rows.tolist(), choice.offer[rows].tolist(), choice.want[rows].tolist(), book[rows].tolist(), strict=True
    ):
        if which not in served and left[offer] >= want:
            served.add(which)
            left[offer] -= want
            bounds.least[row] = bounds.most[row] = want


def _freeze(choice: Choice, steps: Ints, bounds: Bounds, free: Flags) -> Bounds:
    """Let everything stand that breaks no rule, and nothing else."""
    steps = np.where(choice.shared(steps) & free, 0, steps)
    while choice.broken(steps):
        many = choice.coming(steps)
        few = ((many > 0) & (many < choice.fewest))[choice.offer] & free
        order = np.lexsort((np.arange(len(steps)), choice.first, steps == 0, choice.offer))
        place = np.empty_like(order)
        place[order] = np.arange(len(order)) - np.searchsorted(choice.offer[order], choice.offer[order])
        steps = np.where(few | ((place >= choice.room[choice.offer]) & free), 0, steps)
    standing = choice.standing(steps)
    return standing._replace(most=np.where(choice.one | choice.group, standing.most, bounds.most))
