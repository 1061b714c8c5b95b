"""This place: what it is, its areas with their edges, and the figures that anyone may read."""

from __future__ import annotations

import json
from typing import Annotated, Any

from django.conf import settings
from django.db.models import Q
from ninja import Path, Query, Router
from shapely import from_geojson, set_precision, to_geojson

from alongside.api import saying
from alongside.api.calls import call, here
from alongside.api.paging import Most, next_link
from alongside.api.shapes import places as shapes
from alongside.ground.people.doors import Request
from alongside.ground.places.models import Area as AreaRow
from alongside.ground.places.models import AreaKind
from alongside.ground.places.queries import installation, official_areas
from alongside.knowing.assessment.actions import publish_if_due
from alongside.knowing.assessment.queries import assess

router = Router(tags=["This place"])
SIMPLER = 0.0004  # degrees, about 30 m
FEWER = 4  # edges are long: a page of them holds a quarter as many

Word = Annotated[str, Path(pattern=r"^[\w. -]{1,40}$")]
Kind = Annotated[AreaKind | None, Query(None, description="One kind of area only.")]
After = Annotated[str, Query("", pattern=r"^[\w. :-]{0,80}$", description="Where the page begins: see `next`.")]


@call(router, "get", "/place", shapes.Place, problems=("not-here",))
def place(request: Request) -> Any:
    """What this installation is for, and how to reach it without a screen"""
    row = here(installation())
    return {
        "name": row.name,
        "name_cy": row.name_cy,
        "phone": row.phone,
        "paper": row.paper,
        "paper_cy": row.paper_cy,
        "invented": row.demo,
        "area": saying.area(row.area),
        "languages": [code.split("-")[0] for code, _name in settings.LANGUAGES],
        "time_zone": settings.TIME_ZONE,
    }


@call(router, "get", "/areas", shapes.Areas)
def areas(request: Request, kind: Kind = None, after: After = "", most: Most = 50) -> Any:
    """The areas that are known here, by kind, edition and code"""
    rows = list(_areas(kind, after)[: most + 1])
    following = next_link(request, _key(rows[most - 1])) if len(rows) > most else None
    return {"items": [_area(row) for row in rows[:most]], "next": following}


@call(router, "get", "/edges", shapes.Edges)
def edges(request: Request, kind: Kind = None, after: After = "", most: Most = 50) -> Any:
    """The edges of areas, as GeoJSON"""
    most = max(1, most // FEWER)
    rows = list(_areas(kind, after).exclude(boundary="")[: most + 1])
    following = next_link(request, _key(rows[most - 1])) if len(rows) > most else None
    return {"type": "FeatureCollection", "features": [_feature(row) for row in rows[:most]], "next": following}


@call(router, "get", "/areas/{kind}/{edition}/{code}", shapes.Feature)
def area(request: Request, kind: AreaKind, edition: Word, code: Word) -> Any:
    """One area with its edge, as GeoJSON"""
    return _feature(here(official_areas().filter(kind=kind, edition=edition, code=code).first()))


@call(router, "get", "/figures", shapes.Figures)
def figures(request: Request) -> Any:
    """What this place has and wants, in figures

    The same as on the pages. Figures about people are hidden where they could pick somebody out.
    """
    publish_if_due()
    return assess()


def _areas(kind: AreaKind | None, after: str) -> Any:
    """In the order of their keys, from the one after this key."""
    rows = official_areas().order_by("kind", "edition", "code")
    rows = rows.filter(kind=kind) if kind else rows
    if after.count(":") != 2:
        return rows
    sort, edition, code = after.split(":")
    later = Q(kind__gt=sort) | Q(kind=sort, edition__gt=edition) | Q(kind=sort, edition=edition, code__gt=code)
    return rows.filter(later)


def _key(row: AreaRow) -> str:
    return f"{row.kind}:{row.edition}:{row.code}"


def _area(row: AreaRow) -> dict[str, Any]:
    box = [row.west, row.south, row.east, row.north]
    return {**(saying.area(row) or {}), "lat": row.lat, "lng": row.lng, "bbox": None if None in box else box}


def _feature(row: AreaRow) -> dict[str, Any]:
    geometry = None
    if row.boundary:
        shape = set_precision(from_geojson(row.boundary).simplify(SIMPLER), 0.00001)
        geometry = json.loads(to_geojson(shape))
    return {"type": "Feature", "properties": saying.area(row), "geometry": geometry}
