"""Which place this is, and which area somebody means by the words they typed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet
from shapely import contains_xy, from_geojson

from alongside.ground.places.models import Area, AreaFigure, AreaKind, AreaWithin, Installation

HALF = 0.5
NAMED = (AreaKind.STREET, AreaKind.WARD, AreaKind.MSOA, AreaKind.DISTRICT)  # whose names people use, finest first


def installation() -> Installation | None:
    """The place this installation serves, or None before it was opened. Kept for a minute."""
    found: Installation | None = cache.get("installation")
    if found is None:
        found = Installation.objects.select_related("worry_person").first()
        if found is not None:
            cache.set("installation", found, 60)
    return found


def find_areas(words: str, limit: int = 12) -> QuerySet[Area]:
    """Areas whose name or code starts with, or holds, these words; the finest named ones first."""
    words = " ".join(words.split())
    return Area.objects.filter(name__icontains=words).exclude(kind=AreaKind.LSOA).order_by("name")[:limit]


def area_at(lat: float, lng: float) -> Area | None:
    """The finest area with a name that people use in which this point lies."""
    boxes = Area.objects.filter(kind__in=NAMED, west__lte=lng, east__gte=lng, south__lte=lat, north__gte=lat)
    near = sorted(boxes.exclude(boundary="").order_by("pk"), key=lambda area: NAMED.index(AreaKind(area.kind)))
    return next((area for area in near if contains_xy(from_geojson(area.boundary), lng, lat)), None)


def official_areas() -> QuerySet[Area]:
    """Areas that others publish; not the edges that communities draw for themselves."""
    return Area.objects.exclude(kind=AreaKind.OWN)


def areas(kind: str) -> QuerySet[Area]:
    return Area.objects.filter(kind=kind).order_by("name")


def pieces(within: Collection[str] = ()) -> list[Area]:
    """What an edge may be put together from: the wards, and the streets and small areas in those named by code."""
    wards = areas(AreaKind.WARD)
    inner = AreaWithin.objects.filter(whole__in=wards.filter(code__in=within), share__gte=HALF).values("part")
    small = Area.objects.filter(pk__in=inner, kind__in=(AreaKind.STREET, AreaKind.LSOA)).order_by("name")
    return [*wards.exclude(code__in=within), *small]


def areas_within(whole: Area) -> QuerySet[AreaWithin, Any]:
    """Ids of the areas that lie in this one, or mostly do."""
    return AreaWithin.objects.filter(whole=whole, share__gte=HALF).values("part")


def best_whole(wholes: Collection[int]) -> dict[int, int]:
    """For every area that lies in some of these, the one that most of it lies in."""
    shares = AreaWithin.objects.filter(whole__in=wholes).order_by("share", "-whole_id")
    return dict(shares.values_list("part", "whole"))


def parts_of(wholes: Collection[int], kind: str) -> list[tuple[int, int, float]]:
    """(whole, part, share of the part in the whole) for every part of one kind."""
    rows = AreaWithin.objects.filter(whole__in=wholes, part__kind=kind).order_by("whole", "part")
    return list(rows.values_list("whole", "part", "share"))


def official(areas: Iterable[int], measures: Collection[str]) -> Mapping[int, dict[str, float]]:
    """The newest official figures of these areas: `[area id][measure]`."""
    found: dict[int, dict[str, float]] = {}
    rows = AreaFigure.objects.filter(area__in=areas, measure__in=measures).order_by("period", "pk")
    for area, measure, value in rows.values_list("area", "measure", "value"):
        found.setdefault(area, {})[measure] = value
    return found


def sources_of(measures: Collection[str]) -> list[str]:
    """Where the official figures of these measures come from, each once."""
    named = AreaFigure.objects.filter(measure__in=measures).exclude(source="").order_by("source")
    return list(named.values_list("source", flat=True).distinct())
