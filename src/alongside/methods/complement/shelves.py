"""Offers sorted onto shelves (one source, paid or unpaid, with a place or without), and the nearest few of a shelf.

Looking begins close to each wish and goes twice as far each time, until there is enough that no rule forbids or
nobody's reach goes further. So a wish in a crowded town looks no further than it must.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from alongside.methods.complement.near import FARTHEST, HALF_ROUND, TURN, Grid, Ring, drawn, rows_in_order, unrolled
from alongside.methods.complement.problem import RULED_OUT, Bits, Flags, Floats, Ints
from alongside.methods.complement.rules import Rows, Rules, km, whole_metres

DISTANCES = (*(float(2**n) for n in range(14)), HALF_ROUND)  # kilometres
CLOSER = (1 / 16, 1 / 4)  # where there are very many within the first of them
BANDS = (2.0, 8.0, 32.0, 128.0)  # kilometres of reach looked up apart, so that what reaches a mile is not sought far
PIECE = 250_000  # pairs looked at together
FEW = 20_000  # pairs of a shelf of which all may as well be looked at
CROWD = 200  # offers of a kind at one place, from which it is worth asking there before looking around
CHECKED = ("ruled_out", "not_for_unpaid", "asked_this_week", "out_of_reach")  # by the shelf itself

Found = tuple[Rows, Rows]  # rows of wishes and of offers


@dataclass(frozen=True)
class Asked:
    """Who asks a shelf: rows of wishes, each with one kind it speaks of and how many offers are enough."""

    wish: Ints
    kind: Ints
    enough: Ints

    def only(self, which: Flags | Ints) -> Asked:
        return Asked(self.wish[which], self.kind[which], self.enough[which])

    def __len__(self) -> int:
        return len(self.wish)


class Look:
    """What every shelf looks things up in."""

    def __init__(self, rules: Rules, most: tuple[int, ...]) -> None:
        self.rules, self.wishes, self.offers = rules, rules.wishes, rules.offers
        self.most = np.array([*most, *[most[-1]] * 5][:5], np.int64)
        self.first, self.second = drawn(self.wishes.id, 1), drawn(self.offers.id, 2)
        self.here, self.there = (~np.isnan(one.lat + one.lng) for one in (self.wishes, self.offers))
        self.several = all((one.kinds & (one.kinds - np.uint64(1))).any() for one in (self.wishes, self.offers))

    def turn(self, w: Rows, o: Rows) -> Ints:
        """The order in which a wish asks those who are equally near."""
        found: Ints = (self.second[o] - self.first[w]) % TURN
        return found

    def enough(self, w: Rows, source: Rows | int) -> Ints:
        """How many of a source are enough for a wish: by its place in the person's order, their own things apart."""
        place, own = self.wishes.place_of[w, source - 1].astype(np.int64), self.wishes.place_of[w, 0]
        found: Ints = self.most[np.minimum(place - (own < place), len(self.most) - 1)]
        return found

    def kept(self, asked: Asked, whose: Ints, o: Rows) -> Flags:
        """Which of these pairs no rule forbids; what shares several kinds is found under the first of them alone."""
        w = asked.wish[whose]
        found = self.rules.fine(w, o, without=CHECKED) & ~self.rules.own(w, o)
        if self.several:
            shared = self.wishes.kinds[w] & self.offers.kinds[o]
            found &= shared & (~shared + np.uint64(1)) == np.uint64(1) << asked.kind[whose].astype(np.uint64)
        return found


class Shelf(ABC):
    """Offers of one source and one book. `rows` are offers that may still be asked for something."""

    def __init__(self, look: Look, source: int, paid: bool, rows: Rows) -> None:
        self.look, self.source, self.paid = look, source, paid
        self.kind, which = by_kind(look.offers.kinds[rows])
        self.rows = rows[which]

    @abstractmethod
    def find(self, wishes: Rows) -> Iterator[Found]:
        """The nearest few of each of these wishes that no rule forbids; perhaps some more where kinds are several."""

    def asked(self, wishes: Rows) -> Asked:
        """Those of these wishes that want this source and may have it, once for each kind."""
        wants = self.look.wishes.place_of[wishes, self.source - 1] != RULED_OUT
        wishes = wishes[wants if self.paid else wants & ~self.look.rules.careful[wishes]]
        kind, which = by_kind(self.look.wishes.kinds[wishes])
        return Asked(wishes[which], kind, self.look.enough(wishes[which], self.source))


class Anywhere(Shelf):
    """Offers for which the way is not known, or that are all at one place (`spot`: a number for each entry)."""

    def __init__(self, look: Look, source: int, paid: bool, rows: Rows) -> None:
        super().__init__(look, source, paid, rows)
        self.ring = Ring(self.kind, look.second[self.rows], self.rows)

    def find(self, wishes: Rows) -> Iterator[Found]:
        asked = self.asked(wishes)
        whose, o, _filled = round_the_ring(self.look, self.ring, asked, asked.kind)
        yield asked.wish[whose], o


class Near(Shelf):
    """Offers with a place, none of which reaches further than `reach`."""

    def __init__(self, look: Look, source: int, paid: bool, rows: Rows) -> None:
        super().__init__(look, source, paid, rows)
        self.reach = float(look.offers.reach[rows].max(initial=0))
        self._grids: dict[float, Grid] = {}

    def find(self, wishes: Rows) -> Iterator[Found]:
        asked = self.asked(wishes)
        if len(asked) * len(self.rows) <= FEW:
            yield from self._within(DISTANCES[-1], asked)[1]
            return
        filled = np.zeros(len(asked), np.bool_)
        for some, group in self._in_crowds(asked):
            whose, o, done = round_the_ring(self.look, self._crowds[1], asked.only(some), group)
            whose, o = whose[done[whose]], o[done[whose]]
            filled[some[done]] = True
            yield asked.wish[some[whose]], o
        asked = asked.only(~filled)
        close = self._have_many_close(asked)
        for distance in (*CLOSER, *DISTANCES):
            some = np.flatnonzero(close) if distance in CLOSER else np.arange(len(asked))
            if len(some):
                done = np.zeros(len(asked), np.bool_)
                done[some], found = self._within(distance, asked.only(some))
                yield from found
                asked, close = asked.only(~done), close[~done]

    def _have_many_close(self, asked: Asked) -> Flags:
        """Who has very many within the first kilometre. Nobody, where no square of one has a tenth of that."""
        if not self._is_dense:
            return np.zeros(len(asked), np.bool_)
        found: Flags = self._runs(DISTANCES[0], asked)[1].sum(axis=0) > CROWD
        return found

    @cached_property
    def _is_dense(self) -> bool:
        offers = self.look.offers
        lat = offers.lat[self.rows]
        up, across = lat * 111, offers.lng[self.rows] * 111 * np.cos(np.radians(np.rint(lat)))
        square = (self.kind * TURN + np.floor(up).astype(np.int64) * 50_000) + np.floor(across).astype(np.int64)
        return bool(np.unique(square, return_counts=True)[1].max(initial=0) * 10 > CROWD)

    def _within(self, distance: float, asked: Asked) -> tuple[Flags, list[Found]]:
        """The nearest few within so many kilometres, for those who find enough there or need look no further: who
        they are, and what they find."""
        look = self.look
        limit = self._limit(asked)
        radius = np.minimum(limit, distance)
        done, found = limit <= distance, []
        starts, counts = self._runs(distance, asked)
        total = counts.sum(axis=0)
        for piece in pieces(np.flatnonzero(done | (total >= asked.enough)), total):
            some = asked.only(piece)
            whose, at = unrolled(starts[:, piece], counts[:, piece])
            o = self._grid(distance).rows[at]
            far = km(look.rules.at_wish[some.wish[whose]], look.rules.at_offer[o])
            near = far <= np.minimum(radius[piece][whose], look.offers.reach[o])
            whose, o, far = whose[near], o[near], far[near]
            fine = look.kept(some, whose, o)
            whose, o, metres = whose[fine], o[fine], whole_metres(far[fine])
            done[piece] |= np.bincount(whose[metres < int(distance * 1000)], minlength=len(piece)) >= some.enough
            w = some.wish[whose]
            few = done[piece][whose] & first_few(whose, metres, look.turn(w, o), o, some.enough)
            found.append((w[few], o[few]))
        return done, found

    def _limit(self, asked: Asked) -> Floats:
        """How far each has to look."""
        return np.minimum(np.minimum(self.look.wishes.reach[asked.wish], self.reach), HALF_ROUND)

    def _runs(self, distance: float, asked: Asked) -> tuple[Ints, Ints]:
        wishes = self.look.wishes
        lat, lng = wishes.lat[asked.wish], wishes.lng[asked.wish]
        return self._grid(distance).runs(asked.kind, lat, lng, np.minimum(self._limit(asked), distance))

    def _grid(self, distance: float) -> Grid:
        if distance not in self._grids:
            offers = self.look.offers
            self._grids[distance] = Grid(offers.lat[self.rows], offers.lng[self.rows], self.kind, self.rows, distance)
        return self._grids[distance]

    @cached_property
    def _crowds(self) -> tuple[NDArray[np.complex128], Ring]:
        """Places at which very many offers are, and a ring of those."""
        spot = self.look.offers.lat[self.rows] + 1j * self.look.offers.lng[self.rows]
        places, which, size = np.unique(spot, return_inverse=True, return_counts=True)
        crowded = np.flatnonzero(size >= CROWD)
        some = np.flatnonzero(size[which] >= CROWD)
        group = self.kind[some] * len(crowded) + np.searchsorted(crowded, which[some])
        return places[crowded], Ring(group, self.look.second[self.rows[some]], self.rows[some])

    def _in_crowds(self, asked: Asked) -> Iterator[tuple[Ints, Ints]]:
        """Those who are at such a place themselves, and the group of the ring to ask."""
        places, ring = self._crowds
        if len(places):
            wishes = self.look.wishes
            spot = wishes.lat[asked.wish] + 1j * wishes.lng[asked.wish]
            at = np.minimum(np.searchsorted(places, spot), len(places) - 1)
            group = asked.kind * len(places) + at
            some = np.flatnonzero((places[at] == spot) & (ring.sizes(group)[1] >= CROWD))
            yield some, group[some]


def round_the_ring(look: Look, ring: Ring, asked: Asked, group: Ints) -> tuple[Ints, Rows, Flags]:
    """For each asker the first few of its group that no rule forbids: whose, which, and whether that was enough."""
    size = ring.sizes(group)[1]
    have, had = np.zeros(len(asked), np.int64), np.zeros(len(asked), np.int64)
    found: list[tuple[Ints, Rows]] = [(np.zeros(0, np.int64), np.zeros(0, np.int64))]
    while len(still := np.flatnonzero((have < asked.enough) & (had < size))):
        many = np.minimum(size - had, np.maximum(2 * asked.enough, had))
        for piece in pieces(still, many):
            some = asked.only(piece)
            whose, o = ring.some(group[piece], look.first[some.wish], had[piece], many[piece])
            fine = look.kept(some, whose, o)
            whose, o = piece[whose[fine]], o[fine]
            have += np.bincount(whose, minlength=len(asked))
            found.append((whose, o))
        had[still] += many[still]
    whose, o = (np.concatenate(part) for part in zip(*found, strict=True))
    few = first_few(whose, np.zeros_like(whose), look.turn(asked.wish[whose], o), o, asked.enough)
    return whose[few], o[few], have >= asked.enough


def by_kind(kinds: Bits) -> tuple[Ints, Ints]:
    """One entry for each kind of each row: the kind (the number of its bit) and which row."""
    bits = [n for n in range(64) if int(np.bitwise_or.reduce(kinds, initial=0)) >> n & 1]
    rows = [np.flatnonzero(kinds & np.uint64(1 << n)) for n in bits]
    none = np.zeros(0, np.int64)
    return np.repeat(np.array(bits, np.int64), [len(one) for one in rows]), np.concatenate([none, *rows])


def pieces(rows: Ints, total: Ints) -> Iterator[Ints]:
    """The rows in pieces of about as many pairs as are looked at together."""
    cuts = np.cumsum(total[rows]) // PIECE
    yield from (one for one in np.split(rows, np.flatnonzero(np.diff(cuts)) + 1) if len(one))


def first_few(whose: Ints, metres: Rows, turn: Ints, o: Rows, enough: Ints) -> Flags:
    """Which are among the nearest of their asker, as many as are enough for it (`enough[asker]`)."""
    found = np.ones(len(whose), np.bool_)
    crowded = np.bincount(whose, minlength=len(enough)) > enough
    some = np.flatnonzero(crowded[whose])
    some = some[rows_in_order(whose[some] * FARTHEST + metres[some], turn[some], o[some])]
    sorted_whose = whose[some]
    nth = np.arange(len(some)) - np.searchsorted(sorted_whose, sorted_whose)
    found[some] = nth < enough[sorted_whose]
    return found
