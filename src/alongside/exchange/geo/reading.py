"""Reads GeoJSON: our own files without a word lost, and others' files as far as their names can be understood."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from shapely import from_geojson
from shapely.errors import GEOSException

from alongside.exchange.carrying import sentences
from alongside.exchange.carrying.document import Reading
from alongside.exchange.carrying.plain import chart_of, thing_of
from alongside.exchange.geo.writing import EDGE, OURS

LARGEST = 50 * 1024 * 1024
MOST = 50_000
SHAPES = frozenset({"Polygon", "MultiPolygon"})
# What others call the same, first found first used.
NAMES = {
    "title": ("title", "name", "Name", "NAME", "Title", "label"),
    "words": ("words", "description", "Description", "desc"),
    "website": ("website", "url", "URL", "link"),
    "place": ("place", "address", "Address"),
    "how": ("how", "phone", "contact", "Phone"),
}


def read(data: bytes) -> Reading:
    """Every feature of the file accounted for: a thing, or left out with the reason. Never raises."""
    reading = Reading()
    whole = _parsed(data, reading)
    if not isinstance(whole, Mapping):
        if not reading.faults:
            reading.note("", "", "", sentences.FILE_UNREADABLE)
        return reading
    features = _features(whole)
    if features is None:
        reading.note("", "type", whole.get("type"), sentences.FILE_UNREADABLE)
        return reading
    ours = whole.get(OURS)
    given = ours.get("map") if isinstance(ours, Mapping) else None
    edge = next((one.get("geometry") for one in features if _is_edge(one)), None)
    if isinstance(given, Mapping):
        reading.chart = chart_of({**given, "edge": _edge(edge)}, "map", reading)
    _things([one for one in features if not _is_edge(one)], reading)
    return reading


def _things(features: list[Any], reading: Reading) -> None:
    seen: set[str] = set()
    reading.read = len(features)
    for number, feature in enumerate(features, 1):
        where = f"feature {number}"
        if number > MOST:
            reading.leave_out(where, "", "", sentences.FILE_TOO_MANY)
            continue
        thing = thing_of(_said(feature), where, reading)
        if thing is None:
            continue
        if thing.key in seen:
            reading.leave_out(where, "key", thing.key, sentences.TWICE)
            continue
        seen.add(thing.key)
        reading.things.append(thing)


def _parsed(data: bytes, reading: Reading) -> object:
    if len(data) > LARGEST:
        reading.note("", "", "", sentences.FILE_LARGE)
        return None
    if not data.strip():
        reading.note("", "", "", sentences.FILE_EMPTY)
        return None
    text = reading.decoded(data)
    try:
        parsed: object = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return None
    return parsed


def _no_number(_name: str) -> None:
    """NaN and infinity are no JSON; what held them is nothing."""
    return


def _features(whole: Mapping[str, Any]) -> list[Any] | None:
    features = whole.get("features")
    if isinstance(features, list):
        return features
    return [whole] if whole.get("type") == "Feature" else None


def _is_edge(feature: object) -> bool:
    properties = feature.get("properties") if isinstance(feature, Mapping) else None
    return isinstance(properties, Mapping) and properties.get(OURS) == EDGE


def _edge(geometry: object) -> Mapping[str, Any] | None:
    """An edge that has a surface and lies on the globe, or nothing."""
    if not isinstance(geometry, Mapping) or str(geometry.get("type")) not in SHAPES or _shape(geometry) is None:
        return None
    return geometry


def _shape(geometry: Mapping[str, Any]) -> Any:
    try:
        shape = from_geojson(json.dumps(geometry))
        west, south, east, north = shape.bounds
    except (GEOSException, ValueError, TypeError, RecursionError, OverflowError):
        return None
    sane = all(map(math.isfinite, (west, south, east, north))) and west >= -180 and east <= 180
    return shape if sane and south >= -90 and north <= 90 else None


def _said(feature: object) -> object:
    """The properties of a feature in our own names, with its point."""
    if not isinstance(feature, Mapping) or feature.get("type") != "Feature":
        return feature if not isinstance(feature, Mapping) else None
    properties = feature.get("properties")
    said = dict(properties) if isinstance(properties, Mapping) else {}
    for name, others in NAMES.items():
        found = next((said[other] for other in others if said.get(other) not in (None, "")), None)
        if found is not None:
            said[name] = found
    if not said.get("key") and isinstance(feature.get("id"), str | int):
        said["key"] = str(feature["id"])
    said["lat"], said["lng"] = _point(feature.get("geometry"))
    return said


def _point(geometry: object) -> tuple[object, object]:
    """Latitude and longitude of a point, or of a point inside a surface or on a line."""
    if not isinstance(geometry, Mapping):
        return None, None
    places = geometry.get("coordinates")
    if geometry.get("type") == "Point" and isinstance(places, list) and len(places) >= 2:
        return places[1], places[0]
    shape = _shape(geometry)
    if shape is None or shape.is_empty:
        return None, None
    inside = shape.representative_point()
    return inside.y, inside.x
