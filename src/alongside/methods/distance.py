"""Distance between shown points on the ground, for search and for suggestions."""

from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

EARTH_KM = 6371.0088  # mean radius, IUGG


class Point(NamedTuple):
    """A shown place in WGS84 degrees. Exact places never come here."""

    lat: float
    lng: float


def km_between(here: Point, there: Point) -> float:
    """Great-circle kilometres between two points (haversine; within 0.5% of the ellipsoid)."""
    up, across = radians(there.lat - here.lat), radians(there.lng - here.lng)
    chord = sin(up / 2) ** 2 + cos(radians(here.lat)) * cos(radians(there.lat)) * sin(across / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(chord)))
