"""Reads a GeoJSON file of areas: each feature becomes an area or a fault that says what to put right.

Boundaries are WGS84, longitude first (RFC 7946). A boundary that crosses itself is mended and said so.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from django.utils.translation import gettext_noop as _
from shapely.errors import ShapelyError
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from alongside.methods.shorten import shorten

DECIMALS = 6  # about 10 cm; finer is noise in any boundary

NOT_JSON = _("The file could not be read as JSON.")
NOT_A_COLLECTION = _("The file is not a GeoJSON collection of features.")
NOT_A_FEATURE = _("This is not a feature, so it was left out.")
NO_CODE = _("The field for the code is missing or blank, so the feature was left out.")
TWICE = _("This code was already used by an earlier feature in the file, so this one was left out.")
TOO_LONG = _("This code is longer than we can keep, so the feature was left out.")
NO_NAME = _("The field for the name is missing or blank, so the code stands for it.")
NO_EDGE = _("There is no boundary, so the feature was left out.")
NOT_AN_EDGE = _("A boundary must be a polygon or several, so the feature was left out.")
UNREADABLE = _("The boundary could not be read, so the feature was left out.")
OFF_THE_GLOBE = _("The boundary is not in degrees of longitude and latitude, so the feature was left out.")
MENDED = _("The boundary crossed itself and was mended.")


class UnreadableFile(ValueError):
    """The file as a whole cannot be read; nothing comes in."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one feature or row: which, in which field, with what value, and why."""

    record: str
    field: str
    value: str
    reason: str
    rejected: bool = True


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area as read: boundary as GeoJSON text, its box, and a point that surely lies inside."""

    code: str
    name: str
    boundary: str
    west: float
    south: float
    east: float
    north: float
    lat: float
    lng: float


@dataclass(slots=True)
class Reading:
    """What a file held."""

    read: int = 0
    rows: list[AreaRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def rejected(self) -> int:
        return self.read - len(self.rows)


def read_areas(text: str, code_field: str, name_field: str) -> Reading:
    """Every feature of a GeoJSON text as an area row or a fault. Raises UnreadableFile where there are none."""
    reading, seen = Reading(), set[str]()
    for number, feature in enumerate(_features(text), 1):
        reading.read += 1
        with np.errstate(all="ignore"):  # numbers that are none are found and named below
            row, faults = _row(feature, number, code_field, name_field, seen)
        reading.faults += faults
        if row is not None:
            seen.add(row.code)
            reading.rows.append(row)
    return reading


def _features(text: str) -> Iterator[Any]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(NOT_JSON) from error
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        raise UnreadableFile(NOT_A_COLLECTION)
    yield from features


def _row(
    feature: Any, number: int, code_field: str, name_field: str, seen: set[str]
) -> tuple[AreaRow | None, list[Fault]]:
    """One feature as a row, or None, with what was wrong."""
    record = str(number)
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        return None, [Fault(record, "", shorten(feature), NOT_A_FEATURE)]
    code = _words(properties.get(code_field))
    if not code:
        return None, [Fault(record, code_field, shorten(properties.get(code_field)), NO_CODE)]
    if code in seen:
        return None, [Fault(code, code_field, code, TWICE)]
    if len(code) > 40:
        return None, [Fault(shorten(code), code_field, shorten(code), TOO_LONG)]
    edge, faults = _edge(code, feature.get("geometry"))
    if edge is None:
        return None, faults
    name = _words(properties.get(name_field))
    if not name:
        faults.append(Fault(code, name_field, shorten(properties.get(name_field)), NO_NAME, rejected=False))
    inside = edge.representative_point()
    west, south, east, north = (round(degrees, DECIMALS) for degrees in edge.bounds)
    boundary = json.dumps(mapping(edge), separators=(",", ":"))
    point = round(inside.y, DECIMALS), round(inside.x, DECIMALS)
    return AreaRow(code, (name or code)[:200], boundary, west, south, east, north, *point), faults


def _edge(code: str, geometry: Any) -> tuple[BaseGeometry | None, list[Fault]]:
    """The boundary as a valid polygon or several, in two dimensions."""
    if not geometry:
        return None, [Fault(code, "geometry", "", NO_EDGE)]
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        kind = geometry.get("type") if isinstance(geometry, dict) else geometry
        return None, [Fault(code, "geometry", shorten(kind), NOT_AN_EDGE)]
    try:
        edge = shapely.force_2d(shape(geometry))
        points = np.abs(shapely.get_coordinates(edge))
    except (ShapelyError, ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError):
        return None, [Fault(code, "geometry", shorten(geometry.get("coordinates")), UNREADABLE)]
    if not len(points) or not (points <= (180.0, 90.0)).all():
        return None, [Fault(code, "geometry", shorten(str(edge.bounds)), OFF_THE_GLOBE)]
    if edge.is_valid:
        return edge, []
    mended = _mend(edge)
    if mended is None:
        return None, [Fault(code, "geometry", shorten(shapely.is_valid_reason(edge)), UNREADABLE)]
    return mended, [Fault(code, "geometry", shorten(shapely.is_valid_reason(edge)), MENDED, rejected=False)]


def _mend(edge: BaseGeometry) -> BaseGeometry | None:
    """A valid surface of nearly the same shape, or None where nothing with a surface is left."""
    try:
        parts = [part for part in shapely.get_parts(shapely.make_valid(edge)) if "Polygon" in part.geom_type]
        whole = shapely.union_all(parts)
    except ShapelyError:
        return None
    return whole if whole.area > 0 and "Polygon" in whole.geom_type else None


def _words(value: Any) -> str:
    """A name or code as plain words; numbers count, other things do not."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return " ".join(str(value).replace("\x00", "").split())
