"""Which rule keeps an offer from a wish, asked of very many pairs at once: the rules of `fits.why_not`, in columns.

Times are compared by the hours of the week that they touch. A rule that nothing in the problem could break is not
asked. Serves: Field and Miller, chapter 6 and table 9.1, and the product's rules of safety.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from alongside.methods.complement.model import Source
from alongside.methods.complement.problem import (
    DAYTIME,
    FULL_WEEK,
    OPEN,
    RULED_OUT,
    Bytes,
    Flags,
    Floats,
    Ints,
    Problem,
)
from alongside.methods.distance import EARTH_KM

Rows = Ints
Test = Callable[[Rows, Rows], Flags]


def unit(lat: Floats, lng: Floats) -> Floats:
    """Places as points on a ball of radius 1, one row each (NaN where no place is given)."""
    up, across = np.radians(lat), np.radians(lng)
    return np.column_stack([np.cos(up) * np.cos(across), np.cos(up) * np.sin(across), np.sin(up)])


def km(here: Floats, there: Floats) -> Floats:
    """Great-circle kilometres between rows of such points; NaN where one is not given."""
    between = here - there
    half = np.sqrt(np.einsum("ij,ij->i", between, between)) / 2
    found: Floats = 2 * EARTH_KM * np.arcsin(np.minimum(half, 1.0))
    return found


class Rules:
    """The rules of one problem. Every method takes rows of wishes and rows of offers of the same length."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.wishes, self.offers = problem, problem.wishes, problem.offers
        self.at_wish = unit(self.wishes.lat, self.wishes.lng)
        self.at_offer = unit(self.offers.lat, self.offers.lng)
        apart = np.array(sorted(problem.fixed.apart), np.int64).reshape(-1, 2)
        self.people = np.unique(np.concatenate([self.wishes.person, self.offers.holder, apart.ravel()]))
        self.person, self.holder, self._apart = self._known(self.wishes.person, self.offers.holder, apart)
        self.spare = self.offers.spare
        self._meant = np.sort(problem.meant[:, 0].astype(np.int64) * len(self.offers) + problem.meant[:, 1])
        forbidden = np.uint64(problem.unpaid_words)
        self.careful = _careful(self.wishes.kinds | self.wishes.tasks, self.wishes.week, forbidden)
        self.not_unpaid = _careful(self.offers.kinds | self.offers.tasks, self.offers.week, forbidden)
        asked = np.isin(self.offers.holder, np.array(sorted(problem.fixed.asked_this_week), np.int64))
        self.asked = asked & ~self.offers.paid & (self.offers.limit < OPEN)
        self._open_to, self._open_sets = _codes(self.offers.open_to, len(self.offers))
        self._belongs, self._community_sets = _codes(self.wishes.communities, len(self.wishes))
        self.tests: dict[str, Test] = {name: test for name, test, needed in self._all() if needed}

    def _known(self, person: Ints, holder: Ints, apart: Ints) -> tuple[Ints, Ints, Ints]:
        """Where each person stands in `people`, and the pairs kept apart as sorted keys of two such places."""
        first, second = (np.searchsorted(self.people, apart[:, side]) for side in (0, 1))
        keys: Ints = np.sort(first * len(self.people) + second)
        return np.searchsorted(self.people, person), np.searchsorted(self.people, holder), keys

    def _all(self) -> list[tuple[str, Test, bool]]:
        """Each rule, what tells that it is broken, and whether anything in the problem could break it; in the order
        in which a reason is given."""
        wishes, offers = self.wishes, self.offers
        timed = bool((wishes.week != FULL_WEEK).any() and (offers.week != FULL_WEEK).any())
        return [
            ("ruled_out", self._is_ruled_out, bool((wishes.place_of == RULED_OUT).any())),
            ("apart", self._are_apart, bool(len(self._apart))),
            ("not_open_to_you", self._is_not_open, bool((self._open_to > 0).any())),
            ("holder_refuses", self._refuses, bool(offers.refuses.any())),
            ("not_for_unpaid", self._is_not_for_unpaid, bool(self.careful.any() or self.not_unpaid.any())),
            ("access_missing", lambda w, o: wishes.needs[w] & offers.lacks[o] != 0, bool(offers.lacks.any())),
            ("out_of_reach", self._is_far, True),
            ("times_differ", self._times_differ, timed),
            ("asked_this_week", lambda w, o: self.asked[o] & ~self.own(w, o), bool(self.asked.any())),
            ("at_limit", self._has_no_room, True),
        ]

    def fine(self, w: Rows, o: Rows, *, without: Sequence[str] = ()) -> Flags:
        """Whether no rule is broken, but for those that the caller has looked at."""
        left = np.arange(len(w))
        for name, broken in self.tests.items():
            if name not in without and len(left):
                left = left[~broken(w[left], o[left])]
        found = np.zeros(len(w), np.bool_)
        found[left] = True
        return found

    def wanted(self, w: Rows, o: Rows) -> Flags:
        """Whether the two share a kind, or search found them alike."""
        found: Flags = (self.wishes.kinds[w] & self.offers.kinds[o] != 0) | self.meant(w, o)
        return found

    def meant(self, w: Rows, o: Rows) -> Flags:
        """Whether search found the two alike."""
        return among(w.astype(np.int64) * len(self.offers) + o, self._meant)

    def own(self, w: Rows, o: Rows) -> Flags:
        """Whether the offer is the wishing person's own."""
        found: Flags = self.person[w] == self.holder[o]
        return found

    def source(self, w: Rows, o: Rows) -> Bytes:
        """What the offer is to this person."""
        return np.where(self.own(w, o), np.int8(Source.OWN), self.offers.source[o])

    def place(self, w: Rows, o: Rows) -> Bytes:
        """The place of that source in the person's order."""
        return self.wishes.place_of[w, self.source(w, o) - 1]

    def metres(self, w: Rows, o: Rows) -> Ints:
        """The way between the two, in whole metres; 0 where no place is given."""
        return whole_metres(km(self.at_wish[w], self.at_offer[o]))

    def _is_ruled_out(self, w: Rows, o: Rows) -> Flags:
        found: Flags = self.place(w, o) == RULED_OUT
        return found

    def _are_apart(self, w: Rows, o: Rows) -> Flags:
        return among(self.person[w] * len(self.people) + self.holder[o], self._apart)

    def _is_not_open(self, w: Rows, o: Rows) -> Flags:
        """Asked once for each set of communities that an offer is open to and each that a person belongs to."""
        broken: Flags = (self._open_to[o] > 0) & ~self.own(w, o)
        some = np.flatnonzero(broken)
        keys = self._open_to[o[some]] * len(self._community_sets) + self._belongs[w[some]]
        several, which = np.unique(keys, return_inverse=True)
        both = (divmod(key, len(self._community_sets)) for key in several.tolist())
        shut = [not self._open_sets[open_to] & self._community_sets[belongs] for open_to, belongs in both]
        broken[some] = np.array(shut, np.bool_)[which]
        return broken

    def _refuses(self, w: Rows, o: Rows) -> Flags:
        found: Flags = self.offers.refuses[o] & (self.wishes.kinds[w] | self.wishes.tasks[w]) != 0
        return found

    def _is_not_for_unpaid(self, w: Rows, o: Rows) -> Flags:
        return (self.careful[w] | self.not_unpaid[o]) & ~self.offers.paid[o] & ~self.own(w, o)

    def _is_far(self, w: Rows, o: Rows) -> Flags:
        reach = np.minimum(self.wishes.reach[w], self.offers.reach[o])
        return km(self.at_wish[w], self.at_offer[o]) > reach

    def _times_differ(self, w: Rows, o: Rows) -> Flags:
        """No hour is shared; for unpaid others, none by day."""
        both = self.wishes.week[w] & self.offers.week[o]
        asked = ~self.offers.paid[o] & ~self.own(w, o)
        both[asked] &= DAYTIME
        found: Flags = (both == 0).all(axis=1)
        return found

    def _has_no_room(self, w: Rows, o: Rows) -> Flags:
        wanted = np.where(self.wishes.whole[w], np.maximum(self.wishes.steps[w], 1), 1)
        return (self.spare[o] < wanted) | (self.wishes.steps[w] < 1)


def whole_metres(far: Floats) -> Ints:
    """Kilometres as whole metres, 0 where there are none."""
    return np.rint(np.nan_to_num(far) * 1000).astype(np.int64)


def among(keys: Ints, known: Ints) -> Flags:
    """Which of the keys are among those known, which are sorted."""
    if not len(known):
        return np.zeros(len(keys), np.bool_)
    at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    found: Flags = known[at] == keys
    return found


def _careful(words: NDArray[np.uint64], week: NDArray[np.uint64], forbidden: np.uint64) -> Flags:
    """Whether it is of a kind, or could only be at an hour, that no unpaid person is asked for."""
    found: Flags = (words & forbidden != 0) | ~(week & DAYTIME).any(axis=1)
    return found


def _codes(sets: Sequence[frozenset[str] | None], many: int) -> tuple[Ints, list[frozenset[str]]]:
    """A number for each distinct set, 0 for none, and the sets by their numbers."""
    code: dict[frozenset[str] | None, int] = {None: 0}
    numbers = [code.setdefault(one, len(code)) for one in sets] if sets else [0] * many
    return np.array(numbers, np.int64), [one or frozenset() for one in code]
