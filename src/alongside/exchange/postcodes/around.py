"""Which postcodes are near enough to be worth keeping: those within so many kilometres of the place."""

from __future__ import annotations

from collections.abc import Iterable
from math import cos, radians

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPoint, from_geojson, union_all
from shapely.geometry.base import BaseGeometry

from alongside.ground.places.models import Area, AreaKind
from alongside.ground.places.queries import installation
from alongside.ground.records.models import Spot

KM_A_DEGREE = 111.32  # of latitude
FINE = 0.001  # degrees, about 100 m: finer than anybody's choice of kilometres
LARGEST_FIRST = (AreaKind.DISTRICT, AreaKind.WARD, AreaKind.MSOA, AreaKind.LSOA, AreaKind.OWN, AreaKind.STREET)


class Around:
    """What lies within `km` of a shape (WGS84 degrees), and in words what the shape is."""

    def __init__(self, shape: BaseGeometry, km: float, words: str) -> None:
        self.words = words
        self.wide = cos(radians(shape.centroid.y))
        level = shapely.transform(shape, lambda points: points * [self.wide, 1.0])
        self.shape = shapely.simplify(level, FINE).buffer(km / KM_A_DEGREE, quad_segs=16)
        shapely.prepare(self.shape)

    def holds(self, lat: NDArray[np.float64], lng: NDArray[np.float64]) -> NDArray[np.bool_]:
        inside: NDArray[np.bool_] = shapely.contains_xy(self.shape, lng * self.wide, lat)
        return inside


def around_point(lat: float, lng: float, km: float) -> Around:
    return Around(shapely.Point(lng, lat), km, f"{lat:g}, {lng:g}")


def around_place(km: float) -> Around | None:
    """Round the place's own edge; else round the largest areas that are known here; else round what stands in it.
    None for a place of which nothing says yet where it is."""
    place = installation()
    own = place.area if place else None
    if own is not None and own.boundary:
        return Around(_joined([own.boundary]), km, f"the edge of {own.name}")
    for kind in LARGEST_FIRST:
        edges = list(Area.objects.filter(kind=kind).exclude(boundary="").values_list("boundary", flat=True))
        if edges:
            return Around(_joined(edges), km, f"the areas that are known here ({AreaKind(kind).label})")
    spots = Spot.objects.values_list("shown_lat", "shown_lng")
    points = {(round(lng, 3), round(lat, 3)) for lat, lng in spots if lat is not None and lng is not None}
    return Around(MultiPoint(sorted(points)), km, "what is offered here") if points else None


def _joined(edges: Iterable[str]) -> BaseGeometry:
    return union_all([shapely.simplify(from_geojson(edge), FINE) for edge in edges])
