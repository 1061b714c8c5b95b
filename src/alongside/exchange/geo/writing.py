"""A map, or a list of things, as one GeoJSON file: each thing a feature with all it says in its properties."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from shapely import from_geojson, to_geojson
from shapely.errors import GEOSException
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.polygon import orient

from alongside.exchange.carrying.document import Chart, Thing
from alongside.exchange.carrying.plain import plain

EDGE = "edge"
OURS = "alongside"  # the member that holds what RFC 7946 has no word for: the map, its charter and its layers
VERSION = 1


def write(things: Iterable[Thing], chart: Chart | None = None) -> str:
    """The file as text. Positions are longitude first, in WGS84; a thing without a place has no geometry."""
    features = [_feature(thing) for thing in things]
    whole: dict[str, Any] = {"type": "FeatureCollection"}
    if chart is not None:
        said = plain(chart)
        edge = said.pop("edge", None)
        whole |= {"name": chart.title, OURS: {"version": VERSION, "map": said}}
        if edge:
            features.insert(0, _edge(chart, edge))
    points = [
        feature["geometry"]["coordinates"] for feature in features if feature["id"] != EDGE and feature["geometry"]
    ]
    if points:
        whole["bbox"] = [
            min(lng for lng, _lat in points),
            min(lat for _lng, lat in points),
            max(lng for lng, _lat in points),
            max(lat for _lng, lat in points),
        ]
    return json.dumps(whole | {"features": features}, ensure_ascii=False, allow_nan=False)


def _feature(thing: Thing) -> dict[str, Any]:
    said = plain(thing)
    lat, lng = said.pop("lat", None), said.pop("lng", None)
    place = None if lat is None or lng is None else {"type": "Point", "coordinates": [lng, lat]}
    return {"type": "Feature", "id": thing.key, "geometry": place, "properties": said}


def _edge(chart: Chart, edge: Mapping[str, Any]) -> dict[str, Any]:
    """The community's own edge, its outer rings anticlockwise as RFC 7946 asks."""
    properties = {OURS: EDGE, "name": chart.holder.name if chart.holder else chart.title}
    return {"type": "Feature", "id": EDGE, "geometry": _turned(edge), "properties": properties}


def _turned(edge: Mapping[str, Any]) -> Mapping[str, Any]:
    try:
        shape = from_geojson(json.dumps(edge))
    except (GEOSException, ValueError, TypeError):
        return edge
    if isinstance(shape, Polygon):
        shape = orient(shape)
    elif isinstance(shape, MultiPolygon):
        shape = MultiPolygon([orient(part) for part in shape.geoms])
    turned: Mapping[str, Any] = json.loads(to_geojson(shape))
    return turned
