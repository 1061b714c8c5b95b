"""Draws the invented town: wards, smaller areas, groups of them and streets, out of one cloud of small cells.

Edges come from the cells, so they wander as real ones do, neighbours share them exactly, and kinds do not nest.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

import shapely
from shapely.geometry import LineString, MultiPoint, Point, mapping
from shapely.geometry.base import BaseGeometry

from alongside.ground.history.actor import Actor
from alongside.ground.places.actions import keep_areas, keep_figures, keep_shares
from alongside.ground.places.models import Area, AreaKind
from alongside.ground.postcodes.actions import Row
from alongside.site.demo.bank import load
from alongside.site.demo.postcodes import give, nearest

EDITION = "2026"
SOURCE = "Invented for Larkmere"
STEP = 130.0  # metres between the middles of cells
STREETS = 11  # in each ward
LEAST = 0.005  # a smaller share is drawing, not ground
WHOLE = "LM"  # the code of the town itself
LARGER = (AreaKind.STREET, AreaKind.LSOA, AreaKind.MSOA, AreaKind.WARD, AreaKind.DISTRICT)
METRES = 111_320.0  # in a degree of latitude

Place = tuple[float, float]


@dataclass
class Drawn:
    """One area on the drawing board, in metres from the market cross."""

    kind: str
    code: str
    name: str
    shape: BaseGeometry
    figures: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Town:
    """The areas as they stand in the database."""

    district: Area
    wards: dict[str, Area]
    streets: dict[str, list[Area]]  # of each ward, by its name
    postcodes: dict[str, list[Row]]  # of each street, by its name

    def somewhere(self, rng: Random, ward: str) -> tuple[Area, float, float]:
        """A street of this ward, and a point near its middle."""
        street = rng.choice(self.streets[ward])
        lat, lng = street.lat or 0.0, street.lng or 0.0
        return street, lat + rng.uniform(-0.0006, 0.0006), lng + rng.uniform(-0.001, 0.001)

    def with_postcode(self, words: str, street: str, lat: float, lng: float) -> str:
        """A place where anyone may go as a letter would reach it."""
        return f"{words}, {nearest(self.postcodes[street], lat, lng)}"


def build(rng: Random, by: Actor) -> Town:
    """Draw the town and put it in the database."""
    return save(draw(rng), by)


def draw(rng: Random) -> list[Drawn]:
    wards = load("town")["ward"]
    cells = _cells(rng)
    by_ward = _nearest(cells, [(ward["x"], ward["y"]) for ward in wards])
    drawn = [
        Drawn(AreaKind.WARD, f"LM-W{n:02}", ward["name"], _joined(cells, by_ward[n - 1]))
        for n, ward in enumerate(wards, 1)
    ]
    smaller = _smaller(rng, cells, wards)
    for ward in drawn:
        ward.figures["population"] = round(sum(_living(one, ward) for one in smaller))
    drawn += smaller + _groups(smaller)
    drawn += _streets(rng, drawn[: len(wards)])
    whole = shapely.union_all([one.shape for one in drawn[: len(wards)]])
    people = sum(one.figures["population"] for one in smaller)
    drawn.append(Drawn(AreaKind.DISTRICT, WHOLE, load("town")["name"], whole, {"population": people}))
    return drawn


def _cells(rng: Random) -> list[BaseGeometry]:
    """Small cells round jittered points of a grid, inside a coast that is not quite round."""
    bends = [(k, rng.uniform(0, 6.28), rng.uniform(0.01, 0.05)) for k in (2, 3, 5, 7, 11)]

    def inside(x: float, y: float) -> bool:
        angle = math.atan2(y, x)
        coast = 1 + sum(size * math.sin(k * angle + turn) for k, turn, size in bends)
        return math.hypot(x / 3250, y / 2650) < coast

    steps = range(-32, 33)
    points = [((i + rng.uniform(-0.4, 0.4)) * STEP, (j + rng.uniform(-0.4, 0.4)) * STEP) for i in steps for j in steps]
    polygons = shapely.get_parts(shapely.voronoi_polygons(MultiPoint(points)))
    middles = shapely.centroid(polygons)
    return [p for p, m in zip(polygons, middles, strict=True) if inside(m.x, m.y)]


def _nearest(cells: list[BaseGeometry], seeds: list[Place]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for number, cell in enumerate(cells):
        middle = cell.centroid
        best = min(range(len(seeds)), key=lambda k: math.hypot(middle.x - seeds[k][0], middle.y - seeds[k][1]))
        found[best].append(number)
    return found


def _joined(cells: list[BaseGeometry], numbers: list[int]) -> BaseGeometry:
    return shapely.union_all([cells[number] for number in numbers])


def _smaller(rng: Random, cells: list[BaseGeometry], wards: list[dict[str, Any]]) -> list[Drawn]:
    """Three smaller areas round the middle of each ward, with people and how hard life is there."""
    seeds, pulls = [], []
    for ward in wards:
        turn = rng.uniform(0, 6.28)
        for k in range(3):
            angle = turn + k * 2.094 + rng.uniform(-0.3, 0.3)
            seeds.append((ward["x"] + 420 * math.cos(angle), ward["y"] + 420 * math.sin(angle)))
            pulls.append(min(10, max(1, ward["pull"] + rng.choice((-1, 0, 0, 1)))))
    weights = [rng.uniform(0.8, 1.25) for _ in seeds]
    drawn = []
    for k, numbers in sorted(_nearest(cells, seeds).items()):
        rank = (pulls[k] - 1) * 3284 + rng.randrange(1, 3284)
        people = round(load("town")["people"] * weights[k] / sum(weights))
        figures = {"population": people, "imd_rank": rank, "imd_decile": pulls[k]}
        drawn.append(Drawn(AreaKind.LSOA, f"LM-L{k + 1:03}", "", _joined(cells, numbers), figures))
    return drawn


def _living(one: Drawn, ward: Drawn) -> float:
    """How many people of a smaller area live in the ward, by surface."""
    return one.figures["population"] * one.shape.intersection(ward.shape).area / one.shape.area


def _groups(smaller: list[Drawn]) -> list[Drawn]:
    """Seven groups of six smaller areas, cut across wards from west to east and then north to south."""
    rest = sorted(smaller, key=lambda one: one.shape.centroid.x)
    groups: list[Drawn] = []
    while rest:
        corner = rest[0].shape.centroid
        group = sorted(rest, key=lambda one: one.shape.centroid.distance(corner))[:6]
        rest = [one for one in rest if one not in group]
        number = len(groups) + 1
        for letter, one in zip("ABCDEF", group, strict=False):
            one.name = f"Larkmere {number:03}{letter}"
        figures = {"population": sum(one.figures["population"] for one in group)}
        shape = shapely.union_all([one.shape for one in group])
        groups.append(Drawn(AreaKind.MSOA, f"LM-M{number:02}", f"Larkmere {number:03}", shape, figures))
    return groups


def _streets(rng: Random, wards: list[Drawn]) -> list[Drawn]:
    words = load("town")["streets"]
    names = [f"{first} {last}" for first in words["first"] for last in words["last"]]
    rng.shuffle(names)
    drawn: list[Drawn] = []
    for ward in wards:
        room = ward.shape.buffer(-220)
        west, south, east, north = room.bounds
        while len([one for one in drawn if one.code.startswith(ward.code)]) < STREETS:
            x, y = rng.uniform(west, east), rng.uniform(south, north)
            if not room.contains(Point(x, y)):
                continue
            angle, long = rng.uniform(0, 3.14), rng.uniform(90, 190)
            ends = [(x + s * long * math.cos(angle), y + s * long * math.sin(angle)) for s in (-1, 1)]
            shape = LineString(ends).buffer(22, quad_segs=2)
            drawn.append(Drawn(AreaKind.STREET, f"{ward.code}-S{len(drawn) + 1:03}", names.pop(), shape))
    return drawn


def save(drawn: list[Drawn], by: Actor) -> Town:
    """Through the same actions as any other areas: kind by kind, then figures, then what lies in what."""
    for kind in dict.fromkeys(one.kind for one in drawn):
        keep_areas(by=by, kind=kind, edition=EDITION, rows=[_row(one) for one in drawn if one.kind == kind])
    areas = {area.code: area for area in Area.objects.filter(edition=EDITION).order_by("pk")}
    values = {areas[one.code].pk: one.figures for one in drawn if one.figures}
    keep_figures(by=by, values=values, period=EDITION, source=SOURCE)
    keep_shares(by=by, touched=[area.pk for area in areas.values()], shares=_within(drawn, areas))
    wards = {area.name: area for area in areas.values() if area.kind == AreaKind.WARD}
    streets = [area for area in areas.values() if area.kind == AreaKind.STREET]
    by_ward = {name: [one for one in streets if one.code.startswith(ward.code)] for name, ward in wards.items()}
    return Town(areas[WHOLE], wards, by_ward, give(by, wards, by_ward))


def _within(drawn: list[Drawn], areas: dict[str, Area]) -> Iterator[tuple[int, int, float]]:
    """Which share of each area lies in each larger kind."""
    order: list[str] = list(LARGER)
    tree = shapely.STRtree([one.shape for one in drawn])
    for part in drawn:
        for whole in (drawn[number] for number in tree.query(part.shape)):
            if order.index(whole.kind) <= order.index(part.kind):
                continue
            share = round(part.shape.intersection(whole.shape).area / part.shape.area, 4)
            if share >= LEAST:
                yield areas[part.code].pk, areas[whole.code].pk, min(1.0, share)


def _row(one: Drawn) -> dict[str, Any]:
    shape = shapely.set_precision(shapely.transform(one.shape, _to_degrees), 0.00001)
    west, south, east, north = shape.bounds
    inside = shape.representative_point()
    boundary = json.dumps(mapping(shape), separators=(",", ":"))
    edges = {"west": west, "south": south, "east": east, "north": north}
    return {"code": one.code, "name": one.name, "boundary": boundary, "lat": inside.y, "lng": inside.x, **edges}


def _to_degrees(points: Any) -> Any:
    town = load("town")
    wide = METRES * math.cos(math.radians(town["latitude"]))
    return points / [wide, METRES] + [town["longitude"], town["latitude"]]
