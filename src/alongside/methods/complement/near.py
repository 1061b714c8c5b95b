"""Which offers are near a wish, found for very many wishes at once: sorted numbers in place of a map.

Offers lie in rows from west to east, so that those within some way of a place are a few runs of one sorted array, each
found by bisection, for all wishes together. A grid of hexagonal cells would need a call for each cell and each of its
neighbours, and would still have to be measured afterwards; a row is as wide as the circle is there and no wider.
Where many offers are equally near (shown places are blurred, so many share one), each wish begins at another of
them: a number drawn from its id says where, so that it is not always the same few who are asked. The same wish begins
at the same offer in every run, and whoever else comes or goes changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from alongside.methods.complement.problem import Floats, Ints
from alongside.methods.distance import EARTH_KM

HALF_ROUND = 20_016.0  # kilometres to the other side of the world: as far as anything can be
FINE = 10_000_000  # parts of a degree
TURN = np.int64(1) << 32
FARTHEST = np.int64(1) << 25  # metres: more than half round
Numbers = NDArray[np.uint64]


class Grid:
    """Offers with a place, sorted by kind, then row, then longitude. Rows are `km` / 2 high."""

    def __init__(self, lat: Floats, lng: Floats, kind: Ints, rows: Ints, km: float) -> None:
        self.height = float(np.degrees(km / EARTH_KM)) / 2
        self.bands = int(180 / self.height) + 2
        key = self._key(kind, np.floor((lat + 90) / self.height).astype(np.int64), np.rint((lng + 180) * FINE))
        order = np.argsort(key, kind="stable")
        self.keys, self.rows = key[order], rows[order]

    def _key(self, kind: Ints, band: Ints, across: Floats) -> Ints:
        return (kind * self.bands + band) * TURN + across.astype(np.int64)

    def runs(self, kind: Ints, lat: Floats, lng: Floats, radius: Floats) -> tuple[Ints, Ints]:
        """Where the offers of that kind within a radius (kilometres) lie: for every row of the grid that some circle
        meets, the first and how many of them, for each circle. A little too many: the edge is for the caller."""
        turn = radius * (1 + 1e-9) / EARTH_KM
        up = np.degrees(turn)
        first = np.floor((np.maximum(lat - up, -90) + 90) / self.height).astype(np.int64)
        last = np.floor((np.minimum(lat + up, 90) + 90) / self.height).astype(np.int64)
        starts, counts = [], []
        for step in range(int((last - first).max(initial=-1)) + 1):
            band = first + step
            wide = np.where(band <= last, self._width(band, lat, turn), -1.0)
            for west, east in _spans(lng, wide):
                low = np.searchsorted(self.keys, self._key(kind, band, np.floor((west + 180) * FINE) - 1))
                high = np.searchsorted(self.keys, self._key(kind, band, np.ceil((east + 180) * FINE) + 1), "right")
                starts.append(low)
                counts.append(np.where(east >= west, high - low, 0))
        none = np.zeros((0, len(lat)), np.int64)
        return (np.array(starts), np.array(counts)) if starts else (none, none)

    def _width(self, band: Ints, lat: Floats, turn: Floats) -> Floats:
        """How many degrees of longitude the circle reaches at most to either side within a row."""
        south, north = band * self.height - 90, (band + 1) * self.height - 90
        gap = np.radians(np.maximum(np.maximum(south - lat, lat - north), 0))
        least = np.minimum(np.cos(np.radians(south)), np.cos(np.radians(north)))
        spread = np.maximum(np.cos(np.radians(lat)) * np.maximum(least, 0), 1e-12)
        over = (np.sin(np.minimum(turn, np.pi) / 2) ** 2 - np.sin(gap / 2) ** 2) / spread
        return np.where(over >= 1, 180.0, np.degrees(2 * np.arcsin(np.sqrt(np.clip(over, 0, 1)))))


def _spans(lng: Floats, wide: Floats) -> Iterator[tuple[Floats, Floats]]:
    """From and to which longitude, cut in two where the circle crosses 180 degrees. To before from: none."""
    around = wide >= 180
    yield np.where(around, -180, np.maximum(lng - wide, -180)), np.where(around, 180, np.minimum(lng + wide, 180))
    for over, west, east in (
        (lng - wide < -180, lng - wide + 360, np.full(len(lng), 180.0)),
        (lng + wide > 180, np.full(len(lng), -180.0), lng + wide - 360),
    ):
        across = over & ~around
        if across.any():
            yield np.where(across, west, 0.0), np.where(across, east, -1.0)


class Ring:
    """Offers that are all equally near, sorted by group (a kind, or a kind at one place) and each group by numbers
    drawn from their ids, as on a ring: after the last comes the first."""

    def __init__(self, group: Ints, drawn: Ints, rows: Ints) -> None:
        key = group * TURN + drawn
        order = np.argsort(key, kind="stable")
        self.keys, self.rows = key[order], rows[order]

    def sizes(self, group: Ints) -> tuple[Ints, Ints]:
        """Where each group begins and how many are in it."""
        first = np.searchsorted(self.keys, group * TURN)
        return first, np.searchsorted(self.keys, (group + 1) * TURN) - first

    def some(self, group: Ints, begin: Ints, after: Ints, many: Ints) -> tuple[Ints, Ints]:
        """For each asker, `many` offers of its group, the next after those `after` which it had, round from `begin`:
        whose (rows of the askers) and which (rows of offers)."""
        first, size = self.sizes(group)
        at = np.searchsorted(self.keys, group * TURN + begin) - first + after
        whose = np.repeat(np.arange(len(group)), many)
        nth = np.arange(len(whose)) - np.repeat(np.cumsum(many) - many, many)
        return whose, self.rows[first[whose] + (at[whose] + nth) % size[whose]]


def unrolled(starts: Ints, counts: Ints) -> tuple[Ints, Ints]:
    """Runs as single places: whose run it is (its column) and the place."""
    column = np.broadcast_to(np.arange(counts.shape[1]), counts.shape).ravel()
    many, start = counts.ravel(), starts.ravel()
    whose = np.repeat(column, many)
    return whose, np.repeat(start - (np.cumsum(many) - many), many) + np.arange(len(whose))


def rows_in_order(key: Ints, *then: Ints) -> Ints:
    """The rows in the order of a key, and where it is the same of others: as lexsort, but sorted by one number."""
    order = np.argsort(key)
    ranked = key[order]
    same = ranked[1:] == ranked[:-1]
    tied = np.flatnonzero(np.concatenate([same, [False]]) | np.concatenate([[False], same]))
    again = order[tied]
    order[tied] = again[np.lexsort((*(one[again] for one in reversed(then)), key[again]))]
    return order


def drawn(ids: Ints, salt: int) -> Ints:
    """A number below 2 ** 32 for each id, spread evenly and always the same (splitmix64)."""
    mixed: Numbers = ids.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15 * salt % 2**64)
    for shift, times in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(times)
    return ((mixed ^ (mixed >> np.uint64(31))) >> np.uint64(32)).astype(np.int64)
