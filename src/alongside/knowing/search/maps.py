"""What the map twin of a list shows: the same numbers, and the edges of the place."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.core.cache import cache
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from shapely import from_geojson, set_precision, to_geojson

from alongside.ground.places.models import Area, AreaKind
from alongside.ground.places.queries import areas, areas_within, installation
from alongside.knowing.search.queries import Result
from alongside.methods.distance import Point

KEPT = 600  # seconds
SIMPLER = 0.0004  # degrees, about 30 m: finer than the line the map draws
MOST = 80
_SAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def map_data(results: Iterable[Result], here: Point | None) -> SafeString:
    """JSON for the map script. Only shown places come here, never exact ones."""
    signs = [
        {
            "n": result.number,
            "kind": result.asset.record.owner.kind,
            "lat": result.asset.record.spot.shown_lat,
            "lng": result.asset.record.spot.shown_lng,
            "title": result.asset.title,
            "url": reverse("assets:asset", args=[result.asset.record.key]),
        }
        for result in results
        if placed(result)
    ]
    said = json.dumps({"here": here, "signs": signs}).translate(_SAFE)
    return mark_safe(f'{said[:-1]}, "boundaries": {boundaries()}}}')


def placed(result: Result) -> bool:
    """Whether it stands on the map."""
    spot = getattr(result.asset.record, "spot", None)
    return spot is not None and spot.shown_lat is not None


def boundaries() -> str:
    """The place's wards, or its own edge, as GeoJSON made simple enough to draw; kept for ten minutes."""
    found: str | None = cache.get("boundaries")
    if found is None:
        features = [_feature(area) for area in _drawn() if area.boundary]
        found = json.dumps({"type": "FeatureCollection", "features": features} if features else None).translate(_SAFE)
        if features:  # a place whose areas come in today shows them at once
            cache.set("boundaries", found, KEPT)
    return found


def _drawn() -> list[Area]:
    place = installation()
    whole = place.area if place else None
    wards = areas(AreaKind.WARD)
    within = wards.filter(pk__in=areas_within(whole)) if whole else wards
    return list(within[:MOST]) or ([whole] if whole else [])


def _feature(area: Area) -> dict[str, Any]:
    shape = set_precision(from_geojson(area.boundary).simplify(SIMPLER), 0.00001)
    return {"type": "Feature", "properties": {"name": area.name}, "geometry": json.loads(to_geojson(shape))}
