"""What groups and organisations offer to everyone, area by area, from its shown place. Nothing about people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from alongside.ground.places.models import Area, AreaKind
from alongside.ground.places.queries import parts_of
from alongside.knowing.assessment.placing import Placer
from alongside.knowing.assessment.whose import HOLDERS as HOLDERS
from alongside.knowing.assessment.whose import open_things

FIELDS = (
    "record__owner__kind",
    "kind",
    "record__owner_id",
    "record__spot__shown_lat",
    "record__spot__shown_lng",
    "record__spot__area_id",
    "record__area_id",
)


@dataclass
class Supply:
    """One area: `things[holder kind][asset kind]`, who offers them, its small areas and those where something is."""

    things: dict[str, Counter[str]] = field(default_factory=lambda: {holder: Counter() for holder in HOLDERS})
    holders: set[int] = field(default_factory=set)
    streets: set[int] = field(default_factory=set)
    streets_known: set[int] = field(default_factory=set)

    @property
    def total(self) -> int:
        return sum(counter.total() for counter in self.things.values())


def supply(rows: Sequence[Area]) -> tuple[dict[int, Supply], Supply]:
    """What is on offer in each area, by its id, and in the whole place, things without a place included."""
    found, whole = {row.pk: Supply() for row in rows}, Supply()
    streets = _streets(found)
    lines = list(open_things().values_list(*FIELDS))
    points = [(line[3], line[4]) for line in lines]
    placer = Placer(rows)
    near = Placer(streets).by_points(points) if streets else [None] * len(lines)
    for line, row, street in zip(lines, placer.by_points(points), near, strict=True):
        holder, kind, owner = line[:3]
        row = row or placer.by_area(line[5]) or placer.by_area(line[6])
        for one in (whole, found[row]) if row else (whole,):
            one.things[holder][kind] += 1
            one.holders.add(owner)
            if street in one.streets:
                one.streets_known.add(street)
    return found, whole


def _streets(found: dict[int, Supply]) -> list[Area]:
    """The small areas, each told to the area that most of it lies in."""
    for whole, part, share in parts_of(list(found), AreaKind.LSOA):
        if share >= 0.5:
            found[whole].streets.add(part)
    wanted = set().union(*(one.streets for one in found.values()))
    return list(Area.objects.filter(pk__in=wanted).order_by("pk"))
