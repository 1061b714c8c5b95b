"""The place that is served, its areas, their edges and figures."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from alongside.api.shapes.bases import Answer


class AreaRef(Answer):
    kind: str
    edition: str
    code: str
    name: str


class Place(Answer):
    """What this installation is for."""

    name: str
    name_cy: str
    phone: str
    paper: str = Field(description="Where paper can be had and handed in.")
    paper_cy: str = Field(description="The same in Welsh; empty where nobody has written it.")
    invented: bool = Field(description="Whether everything here is made up, to look around in.")
    area: AreaRef | None
    languages: list[str]
    time_zone: str


class Area(AreaRef):
    lat: float | None
    lng: float | None
    bbox: list[float] | None = Field(description="West, south, east, north, in WGS84.")


class Areas(Answer):
    items: list[Area]
    next: str | None


class Geometry(Answer):
    type: Literal["Polygon", "MultiPolygon", "GeometryCollection"]
    coordinates: list[object] = Field(default_factory=list)


class Feature(Answer):
    type: Literal["Feature"]
    properties: AreaRef
    geometry: Geometry | None


class Edges(Answer):
    """A GeoJSON feature collection (RFC 7946). Lines are simplified to about 30 m."""

    type: Literal["FeatureCollection"]
    features: list[Feature]
    next: str | None


class Figure(Answer):
    area: str
    measure: str
    value: float | None
    suppressed: bool = Field(description="Hidden so that nobody can be picked out.")


class Figures(Answer):
    area: str
    figures: list[Figure]
