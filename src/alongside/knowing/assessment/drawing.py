"""Draws a choropleth of areas as plain shapes for a template: five classes at most, stripes where hidden."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import cos, radians

from alongside.ground.places.models import Area

FILLS = ("#FBF0CF", "#F5CF83", "#DE9356", "#B2552B", "#6E2416")
INK, PAPER = "#1F1B2E", "#FFFDF8"
STRIPES = "url(#hidden)"
WIDTH = 520.0  # drawn at the width it is shown, so that 17 px stays 17 px
LONG_NAME = 9  # letters that fit in one line on most areas
MOST_NAMED = 16  # with more areas than this, names would lie on each other: the table has them


@dataclass(frozen=True)
class Band:
    """One class of values, from `low` to `high`, and its fill."""

    low: int
    high: int
    fill: str


@dataclass(frozen=True)
class Shape:
    """One area: its outline as an SVG path, fill, and where its name stands, in which colour."""

    area: Area
    value: int | None
    path: str
    fill: str
    x: float
    y: float
    ink: str

    @property
    def name(self) -> tuple[str, ...]:
        """The name in two lines where it is long and has a place to break, as near its middle as can be."""
        words = self.area.name.split()
        if len(self.area.name) <= LONG_NAME or len(words) == 1:
            return (self.area.name,)
        cut = min(range(1, len(words)), key=lambda n: abs(len(" ".join(words[:n])) - len(self.area.name) / 2))
        return " ".join(words[:cut]), " ".join(words[cut:])


@dataclass(frozen=True)
class Drawing:
    width: float
    height: float
    shapes: list[Shape]
    bands: list[Band]
    named: bool

    @property
    def some_hidden(self) -> bool:
        return any(shape.value is None for shape in self.shapes)


def draw(rows: Sequence[tuple[Area, int | None]]) -> Drawing | None:
    """The drawing of these areas with their values, None where no area has a boundary."""
    edged = [(area, value) for area, value in rows if area.boundary and area.west is not None]
    if not edged:
        return None
    west, east = min(area.west or 0 for area, _v in edged), max(area.east or 0 for area, _v in edged)
    south, north = min(area.south or 0 for area, _v in edged), max(area.north or 0 for area, _v in edged)
    squeeze = cos(radians((south + north) / 2))
    scale = (WIDTH - 4) / max((east - west) * squeeze, 1e-9)

    def at(lng: float, lat: float) -> tuple[float, float]:
        return round((lng - west) * squeeze * scale + 2, 1), round((north - lat) * scale + 2, 1)

    bands = bands_of([value for _area, value in edged if value is not None])
    shapes = []
    for area, value in edged:
        fill = fill_of(value, bands)
        x, y = at(area.lng or 0, area.lat or 0)
        ink = PAPER if fill in FILLS[3:] else INK
        shapes.append(Shape(area, value, _path(area.boundary, at), fill, x, y, ink))
    height = round((north - south) * scale + 4, 1)
    return Drawing(WIDTH, height, shapes, bands, len(shapes) <= MOST_NAMED)


def bands_of(values: Sequence[int]) -> list[Band]:
    """Up to five classes with about as many areas in each; equal values always stand in one class."""
    distinct = sorted(set(values))
    many = min(len(distinct), len(FILLS))
    cuts = [distinct[len(distinct) * n // many] for n in range(many)] if many else []
    ends = [distinct[distinct.index(cut) - 1] for cut in cuts[1:]] + distinct[-1:]
    fills = FILLS if many == len(FILLS) else FILLS[1 : many + 1]
    return [Band(low, high, fill) for low, high, fill in zip(cuts, ends, fills, strict=True)]


def fill_of(value: int | None, bands: Sequence[Band]) -> str:
    """The fill of a value: stripes where it is hidden."""
    return STRIPES if value is None else next(band.fill for band in bands if band.low <= value <= band.high)


def _path(boundary: str, at: Callable[[float, float], tuple[float, float]]) -> str:
    """An outline as SVG path data, from a GeoJSON polygon or several."""
    geometry = json.loads(boundary)
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    rings = [ring for polygon in polygons for ring in polygon]
    return "".join(f"M{' '.join('{},{}'.format(*at(*point[:2])) for point in ring)}Z" for ring in rings)
