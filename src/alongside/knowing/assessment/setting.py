"""The official figures that stand beside what a place has and wants: how many live there, and deprivation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from alongside.ground.places.models import AreaKind
from alongside.ground.places.queries import official, parts_of

TIGHT_TENTHS = 2  # the first two tenths: the least well-off fifth of small areas in the country
TYPICAL = 1500.0  # people in a small area, where only their deprivation is known


@dataclass(frozen=True)
class Setting:
    """`people` who live here; `tight`, how many of 100 do so in the least well-off fifth of small areas."""

    people: int | None = None
    tight: int | None = None


def settings_of(areas: Collection[int]) -> dict[int, Setting]:
    """The setting of each area: its own figures, else those of the small areas in it, weighed by their shares."""
    parts = parts_of(areas, AreaKind.LSOA)
    figures = official({part for _whole, part, _share in parts} | set(areas), ("population", "imd_decile"))
    people: dict[int, float] = defaultdict(float)
    known: dict[int, float] = defaultdict(float)
    tight: dict[int, float] = defaultdict(float)
    for whole, part, share in parts:
        figure = figures.get(part, {})
        people[whole] += share * figure.get("population", 0.0)
        if "imd_decile" in figure:
            weight = share * figure.get("population", TYPICAL)
            known[whole] += weight
            tight[whole] += weight if figure["imd_decile"] <= TIGHT_TENTHS else 0.0
    found = {}
    for area in areas:
        living = figures.get(area, {}).get("population") or round(people[area], -2)
        pct = round(100 * tight[area] / known[area]) if known[area] else None
        found[area] = Setting(int(living) or None, pct)
    return found
