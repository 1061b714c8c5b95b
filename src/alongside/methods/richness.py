"""How much is on offer for the people of an area: a rate for 1,000 of them, what is a walk away, where there is least.

Serves the joint needs and assets assessment (book box 7.3: a district maps its areas "least rich in assets"). Only what
groups and organisations offer to everyone comes in; figures about people leave through `disclosure` alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.spatial import cKDTree

from alongside.methods.distance import EARTH_KM

WALK_KM = 0.8  # ten minutes on foot at five kilometres an hour, as the crow flies
FEWEST = 100  # people for whom a rate of 1,000 says something
TENTHS = 10

LatLng = tuple[float | None, float | None]


@dataclass(frozen=True)
class Place:
    """One area: how many people live there, its tenth of deprivation (1 is the least well-off), and how many things
    there are by who holds them. `near` counts things a walk from its middle, those in other areas included."""

    code: str
    people: int | None
    tenth: int | None
    things: Mapping[str, int] = field(default_factory=dict)
    near: int | None = None

    @property
    def total(self) -> int:
        return sum(self.things.values())

    @property
    def rate(self) -> float | None:
        """Things for 1,000 people, of one decimal; none where too few live there or nobody knows how many."""
        return rate(self.total, self.people)


@dataclass(frozen=True)
class Fifth:
    """All areas of one fifth of the country by deprivation, put together; 1 is the least well-off."""

    fifth: int
    areas: int
    people: int
    things: Mapping[str, int]

    @property
    def rate(self) -> float | None:
        return rate(sum(self.things.values()), self.people)

    def rate_of(self, holder: str) -> float | None:
        return rate(self.things.get(holder, 0), self.people)


def rate(things: int, people: int | None) -> float | None:
    """Things for 1,000 people, of one decimal. None below 100 people."""
    return round(1000 * things / people, 1) if people is not None and people >= FEWEST else None


def least(places: Sequence[Place], most: int = 20) -> list[Place]:
    """The areas with the least for the people there, the least first; of those alike, where less is a walk away, then
    where more people live, then by code. By things alone where no rate is known; an area without a rate is left out
    where others have one."""
    rated = [one for one in places if one.rate is not None]
    found = sorted(
        rated or places,
        key=lambda one: (one.rate if rated else one.total, one.near or 0, -(one.people or 0), one.code),
    )
    return found[:most]


def fifths(places: Sequence[Place]) -> list[Fifth]:
    """The areas whose people and tenth are known, put together by fifth: the sum of things over the sum of people, so
    that a large area counts as much as all who live there. A fifth without areas is left out."""
    found = []
    for fifth in range(1, TENTHS // 2 + 1):
        of = [one for one in places if one.people and one.tenth is not None and (one.tenth + 1) // 2 == fifth]
        if of:
            holders = dict.fromkeys(holder for one in of for holder in one.things)
            things = {holder: sum(one.things.get(holder, 0) for one in of) for holder in holders}
            found.append(Fifth(fifth, len(of), sum(one.people or 0 for one in of), things))
    return found


def within_walk(middles: Sequence[LatLng], things: Sequence[LatLng], km: float = WALK_KM) -> list[int | None]:
    """For each middle of an area, how many things lie within so many kilometres of it as the crow flies; None for an
    area without a middle. Points are (latitude, longitude) in degrees; a thing without one is nowhere."""
    placed = [one for one in things if None not in one]
    known = [n for n, one in enumerate(middles) if None not in one]
    found: list[int | None] = [None] * len(middles)
    if not known:
        return found
    if not placed:
        return [0 if n in set(known) else None for n in range(len(middles))]
    chord = 2 * np.sin(km / EARTH_KM / 2)  # the straight line through the earth, as the tree measures
    counts = cKDTree(_on_sphere(placed)).query_ball_point(
        _on_sphere([middles[n] for n in known]), chord, return_length=True
    )
    for n, count in zip(known, counts.tolist(), strict=True):
        found[n] = int(count)
    return found


def _on_sphere(points: Sequence[LatLng]) -> np.ndarray:
    """Points on a ball of radius 1."""
    lat, lng = np.radians(np.array(points, dtype=float)).T
    return np.column_stack((np.cos(lat) * np.cos(lng), np.cos(lat) * np.sin(lng), np.sin(lat)))
