"""Made-up places full of wishes and offers, the same for the same numbers: towns of many sizes, poorer and richer.

For n wishes: n / 2,500 towns (at least 2) of log-normal sizes in a box as large as England, people spread about their
middle, wider in larger towns; deprivation from Beta(2, 2); twelve kinds; 1, 2 or 3 hours wanted (60, 27, 13 in 100);
band from 0.55 deprivation + 0.45 chance, cut at 30, 55, 75 and 90 in 100; four access features, wanted by 15, 8, 5 and
10; reach 1.5 km for a quarter, else 3 to 8. For each wish 0.62 offers, fewer where deprived (1.35 - 0.7 deprivation):
people, groups, businesses, services for everyone and specialists (70, 16, 7, 4.5, 2.5), with 1-3, 2-8, 1-6, 3-15 and
4-12 hours, of which at most 60 in 100 may be taken; reach 3, 6, 4, 10 and 30 km; features held by 55, 12, 30 and 50
(people and groups) or 90, 40, 60 and 80, and lacking in the rest. Three in ten of the people who offer wish as well.

`like` makes it harder. In a "city" all live in one place. As "shown", places are blurred to a kilometre, so that many
share one, and three in five wishes and offers have one to three times of three hours in the week.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

import numpy as np

from alongside.methods.complement.model import Source, Window
from alongside.methods.complement.problem import Floats, Ints, Offers, Problem, Wishes, weeks

PER_TOWN, PER_WISH, LIMIT = 2_500, 0.62, 0.6
KINDS = tuple(f"kind {n:02}" for n in range(12))
FEATURES = ("hearing loop", "ramp", "toilet", "quiet")
SOURCE = np.array([Source.COMMUNITY, Source.COMMUNITY, Source.BUSINESS, Source.UNIVERSAL, Source.SPECIALIST], np.int8)
SORTS = (0.70, 0.16, 0.07, 0.045, 0.025)
FROM, TO = np.array([1, 2, 1, 3, 4]), np.array([3, 8, 6, 15, 12])
REACH = np.array([3.0, 6.0, 4.0, 10.0, 30.0])
NEEDED = (0.15, 0.08, 0.05, 0.10)
HELD = np.array([[0.55, 0.12, 0.30, 0.50]] * 2 + [[0.90, 0.40, 0.60, 0.80]] * 3)
WEST, EAST, SOUTH, NORTH = -4.0, 1.0, 50.5, 54.5
ALSO_WISH = 0.3
Table = TypeVar("Table", Wishes, Offers)


@dataclass(frozen=True)
class Towns:
    """Where towns are, what share of the people live there, how wide they are (km) and how deprived."""

    lat: Floats
    lng: Floats
    share: Floats
    wide: Floats
    deprived: Floats

    def about(self, lot: np.random.Generator, town: Ints) -> tuple[Floats, Floats]:
        """A place for each, spread about the middle of its town."""
        up, across = lot.normal(0, 1, (2, len(town))) * self.wide[town] / 111.2
        lat = self.lat[town] + up
        return lat, self.lng[town] + across / np.cos(np.radians(lat))


def place(n: int, seed: int = 1, *, whole: float = 0.0, like: str = "towns") -> Problem:
    """A place with n wishes, of which so large a share need one holder."""
    lot = np.random.default_rng([n, seed])
    towns = _towns(lot, n, 1 if like == "city" else max(n // PER_TOWN, 2))
    wishes, town = _wishes(lot, towns, n, whole)
    offers = _offers(lot, towns, wishes, town)
    if like == "shown":
        wishes, offers = as_shown(lot, wishes), as_shown(lot, offers)
    return Problem(wishes, offers, (*KINDS, *FEATURES))


def as_shown(lot: np.random.Generator, table: Table) -> Table:
    """The same at blurred places, and some at certain times only."""
    times = [
        tuple(
            Window(int(day), int(hour) * 60, int(hour + 3) * 60) for day, hour in lot.integers((0, 8), (7, 19), (n, 2))
        )
        for n in lot.integers(1, 4, 300)
    ]
    week = weeks([()] * 200 + times)[lot.integers(0, 500, len(table))]
    lng = np.round(table.lng * 0.62, 2) / 0.62
    return replace(table, week=week, lat=np.round(table.lat, 2), lng=lng)


def _towns(lot: np.random.Generator, n: int, many: int) -> Towns:
    size = lot.lognormal(0, 0.9, many)
    share = size / size.sum()
    lat, lng = lot.uniform(SOUTH, NORTH, many), lot.uniform(WEST, EAST, many)
    return Towns(lat, lng, share, 2.0 * (share * n / PER_TOWN) ** 0.35, lot.beta(2, 2, many))


def _wishes(lot: np.random.Generator, towns: Towns, n: int, whole: float) -> tuple[Wishes, Ints]:
    town = lot.choice(len(towns.lat), n, p=towns.share)
    lat, lng = towns.about(lot, town)
    score = 0.55 * towns.deprived[town] + 0.45 * lot.random(n)
    ids = np.arange(n, dtype=np.int64)
    return Wishes(
        id=ids,
        person=ids,
        steps=(2 * lot.choice([1, 2, 3], n, p=[0.60, 0.27, 0.13])).astype(np.int32),
        whole=lot.random(n) < whole,
        band=(1 + np.searchsorted(np.quantile(score, [0.30, 0.55, 0.75, 0.90]), score)).astype(np.int8),
        place_of=np.tile(np.arange(5, dtype=np.int8), (n, 1)),
        kinds=_kinds(lot, n),
        tasks=np.zeros(n, np.uint64),
        needs=_features(lot.random((n, 4)) < NEEDED),
        week=weeks([()]).repeat(n, axis=0),
        lat=lat,
        lng=lng,
        reach=np.where(lot.random(n) < 0.25, 1.5, lot.uniform(3, 8, n)),
    ), town


def _offers(lot: np.random.Generator, towns: Towns, wishes: Wishes, wish_town: Ints) -> Offers:
    m = int(len(wishes) * PER_WISH)
    weight = towns.share * (1.35 - 0.7 * towns.deprived)
    town = lot.choice(len(towns.lat), m, p=weight / weight.sum())
    sort = lot.choice(5, m, p=SORTS)
    lat, lng = towns.about(lot, town)
    holder = len(wishes) + np.arange(m, dtype=np.int64)
    for rows, wished in _also_wish(lot, sort, town, wish_town):
        holder[rows], lat[rows], lng[rows] = wishes.person[wished], wishes.lat[wished], wishes.lng[wished]
    held = _features(lot.random((m, 4)) < HELD[sort])
    every = _features(np.ones((1, 4), np.bool_))
    nothing = np.zeros(m, np.uint64)
    hours = lot.integers(FROM[sort], TO[sort] + 1)
    return Offers(
        id=np.arange(m, dtype=np.int64),
        holder=holder,
        source=SOURCE[sort],
        paid=sort >= 2,
        limit=np.floor(hours * 2 * LIMIT).astype(np.int32),
        taken=np.zeros(m, np.int32),
        least=np.zeros(m, np.int32),
        most=np.full(m, 1_000_000, np.int32),
        kinds=_kinds(lot, m),
        tasks=nothing,
        refuses=nothing,
        has=held,
        lacks=every & ~held,
        week=weeks([()]).repeat(m, axis=0),
        lat=lat,
        lng=lng,
        reach=REACH[sort],
    )


def _also_wish(lot: np.random.Generator, sort: Ints, town: Ints, wish_town: Ints) -> list[tuple[Ints, Ints]]:
    """For some people who offer, the wish that is theirs too: one of their own town, and of nobody else's."""
    also = np.flatnonzero((sort == 0) & (lot.random(len(sort)) < ALSO_WISH))
    order, found = np.argsort(wish_town, kind="stable"), []
    ends = np.searchsorted(wish_town[order], np.arange(int(wish_town.max()) + 2))
    by_town = also[np.argsort(town[also], kind="stable")]
    cuts = np.searchsorted(town[by_town], np.arange(len(ends)))
    for (start, end), (low, high) in zip(pairwise(cuts), pairwise(ends), strict=True):
        some = min(end - start, high - low)
        found.append((by_town[start : start + some], lot.permutation(order[low:high])[:some]))
    return found


def _kinds(lot: np.random.Generator, many: int) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    return np.uint64(1) << lot.integers(0, len(KINDS), many).astype(np.uint64)


def _features(has: np.ndarray[tuple[int, int], np.dtype[np.bool_]]) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    bits = np.arange(len(KINDS), len(KINDS) + 4, dtype=np.uint64)
    return (has.astype(np.uint64) << bits).sum(axis=1, dtype=np.uint64)
