"""The blank map for the wall: a community's own edge, and the places that anyone may see there already, by number."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from shapely import MultiPolygon, Polygon, from_geojson, set_precision
from shapely.geometry.base import BaseGeometry

from alongside.ground.history.actor import Actor
from alongside.ground.places.models import Area
from alongside.knowing.assets.models import Asset
from alongside.knowing.maps import queries as maps
from alongside.knowing.workshops.models import Workshop

WIDE, SIMPLER = 1000.0, 0.0002
APART = 36  # from the middle of one sign to the next; a sign is 32 wide
MOST = 40  # places with a number; a wall map is there to be written on
ANYONE = Actor.anyone()
Place = Callable[[float, float], tuple[int, int]]


@dataclass(frozen=True)
class WallMap:
    """What is drawn: one path, its size, and signs as (number, x, y, title)."""

    path: str = ""
    height: int = 1200
    signs: list[tuple[int, int, int, str]] = field(default_factory=list)


def wall_map(workshop: Workshop) -> WallMap:
    """Only what anyone may see stands on paper; without an edge the sheet is empty."""
    found = maps.map_of(ANYONE, workshop.record.owner)
    edge = maps.edge(found) if found is not None else None
    if found is None or edge is None or edge.west is None or edge.south is None:
        return WallMap()
    assert edge.north is not None and edge.east is not None
    squeeze = math.cos(math.radians((edge.north + edge.south) / 2))
    scale = WIDE / max((edge.east - edge.west) * squeeze, 1e-9)
    west, north = edge.west, edge.north

    def place(lng: float, lat: float) -> tuple[int, int]:
        return round((lng - west) * squeeze * scale), round((north - lat) * scale)

    shape = set_precision(from_geojson(edge.boundary).simplify(SIMPLER), 0.00001)
    rings = ("M" + "L".join("{},{}".format(*place(*point)) for point in ring) + "Z" for ring in _rings(shape))
    height = place(edge.east, edge.south)[1]
    here = [one for one in maps.standing(ANYONE, found, maps.laid(found)) if _lies_in(one, edge)]
    return WallMap("".join(rings), height, list(_signs(here, place)))


def _lies_in(asset: Asset, edge: Area) -> bool:
    """Not what was put on the map from far away, nor anything of a person: where somebody lives is on no wall."""
    spot = getattr(asset.record, "spot", None)
    if asset.record.owner.is_person or spot is None or spot.shown_lat is None:
        return False
    across = (edge.west or 0) <= spot.shown_lng <= (edge.east or 0)
    return bool(across and (edge.south or 0) <= spot.shown_lat <= (edge.north or 0))


def _rings(shape: BaseGeometry) -> Iterator[list[tuple[float, float]]]:
    """Every line of the edge: around each part, and around each hole in it."""
    parts = shape.geoms if isinstance(shape, MultiPolygon) else [shape]
    for part in parts:
        if isinstance(part, Polygon):
            for ring in (part.exterior, *part.interiors):
                yield [(point[0], point[1]) for point in ring.coords]


def _signs(here: Sequence[Asset], place: Place) -> Iterator[tuple[int, int, int, str]]:
    """Each with its number. What lies at one spot stands side by side: a sign under another is on no map."""
    taken: list[tuple[int, int]] = []
    for number, asset in enumerate(here[:MOST], 1):
        spot = asset.record.spot
        x, y = place(spot.shown_lng or 0.0, spot.shown_lat or 0.0)
        while any(abs(x - other) < APART and abs(y - down) < APART for other, down in taken):
            x, y = (x + APART, y) if x + APART < WIDE else (APART, y + APART)
        taken.append((x, y))
        yield number, x, y, asset.title
