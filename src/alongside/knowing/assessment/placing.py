"""Which area of one level something stands in: by the area it names, or by its shown point."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import shapely

from alongside.ground.places.models import Area, AreaKind
from alongside.ground.places.queries import areas_within, best_whole, installation

LEVELS = (AreaKind.WARD, AreaKind.MSOA, AreaKind.DISTRICT)


def level_here(kept: tuple[str, str] | None = None) -> tuple[str, str] | None:
    """Kind and edition of the areas that this place is shown by: those already published by, else the
    newest wards, else neighbourhoods, else districts. None where no areas are loaded."""
    if kept is not None:
        return kept
    for kind in LEVELS:
        edition = Area.objects.filter(kind=kind).order_by("-edition").values_list("edition", flat=True).first()
        if edition is not None:
            return str(kind), edition
    return None


def rows_here(level: tuple[str, str] | None) -> list[Area]:
    """The areas of that level in this place, by name: those within its own area where one is chosen."""
    if level is None:
        return []
    place = installation()
    rows = Area.objects.filter(kind=level[0], edition=level[1]).order_by("name", "pk")
    inside = rows.filter(pk__in=areas_within(place.area)) if place and place.area else rows.none()
    return list(inside) or list(rows)


class Placer:
    """Finds the row for many things at once, with one query at most."""

    def __init__(self, rows: Sequence[Area]) -> None:
        self.rows = list(rows)
        self._edged = [row for row in rows if row.boundary]
        self._tree = shapely.STRtree(shapely.from_geojson([row.boundary for row in self._edged]))

    @cached_property
    def _by_area(self) -> dict[int, int]:
        ids = [row.pk for row in self.rows]
        return best_whole(ids) | {pk: pk for pk in ids}

    def by_area(self, area: int | None) -> int | None:
        """The id of the row that this area mostly lies in; None for one that is larger or elsewhere."""
        return self._by_area.get(area) if area is not None else None

    def by_points(self, points: Sequence[tuple[float | None, float | None]]) -> list[int | None]:
        """The id of the row around each shown point (latitude, longitude), None where there is none."""
        found: list[int | None] = [None] * len(points)
        known = [n for n, (lat, lng) in enumerate(points) if lat is not None and lng is not None]
        if not known or not self._edged:
            return found
        spots = shapely.points(np.array([(points[n][1], points[n][0]) for n in known], dtype=float))
        which, rows = self._tree.query(spots, predicate="intersects")
        for place, row in sorted(zip(which.tolist(), rows.tolist(), strict=True), reverse=True):
            found[known[place]] = self._edged[row].pk  # on a shared edge the first row has it
        return found
