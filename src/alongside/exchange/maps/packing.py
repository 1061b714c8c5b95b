"""A whole map as files: each format by itself, or all of them in one ZIP that another place can bring in."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from alongside.exchange.calendar import writing as calendar
from alongside.exchange.carrying.document import Chart, Thing
from alongside.exchange.geo import writing as geo
from alongside.exchange.maps import queries
from alongside.exchange.openreferral.queries import publish
from alongside.exchange.sheets import writing as sheets
from alongside.knowing.assets.models import Asset
from alongside.knowing.maps.models import CommunityMap

FORMATS = {
    "geojson": ("map.geojson", "application/geo+json"),
    "csv": ("things.csv", "text/csv; charset=utf-8"),
    "xlsx": ("map.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "oruk": ("services.json", "application/json"),
    "ics": ("what-is-on.ics", "text/calendar; charset=utf-8"),
    "zip": ("map.zip", "application/zip"),
}
OPENED = (2026, 1, 1, 0, 0, 0)  # every ZIP of the same map has the same bytes


def pack(map: CommunityMap, kind: str) -> bytes:
    """The whole map in one format. Raises KeyError for a format that is not one."""
    found = queries.leaving(map)
    chart, things = queries.chart_of(map), queries.things_of(found, map.record.owner)
    write: dict[str, Callable[[], bytes]] = {
        "geojson": lambda: geo.write(things, chart).encode(),
        "csv": lambda: sheets.write_csv(things),
        "xlsx": lambda: sheets.write_xlsx(things, chart),
        "oruk": lambda: services(found),
        "ics": lambda: on_calendar(map.title, found),
        "zip": lambda: _zip(chart, things, found),
    }
    return write[kind]()


def services(found: list[Asset]) -> bytes:
    """The things that the Open Referral standard has words for, one page of them."""
    contents = list(publish(queries.ANYONE, found))
    page = {"total_items": len(contents), "total_pages": 1, "page_number": 1, "size": len(contents)}
    return json.dumps(page | {"contents": contents}, ensure_ascii=False, default=str).encode()


def on_calendar(name: str, found: list[Asset]) -> bytes:
    """What is on among these, as a calendar."""
    things = {thing.key: thing for thing in queries.things_of(found)}
    dated = [
        calendar.Dated(
            things[str(asset.record.key)],
            f"{settings.PUBLIC_URL}{reverse('assets:asset', args=[asset.record.key])}",
            asset.record.changed.astimezone(UTC).replace(microsecond=0),
            asset.record.rev,
        )
        for asset in found
    ]
    return calendar.write(name, dated, urlsplit(settings.PUBLIC_URL).hostname or "alongside.invalid")


def _zip(chart: Chart, things: list[Thing], found: list[Asset]) -> bytes:
    files = {
        "map.geojson": geo.write(things, chart).encode(),
        "map.xlsx": sheets.write_xlsx(things, chart),
        "things.csv": sheets.write_csv(things),
        "map.csv": sheets.write_map_csv(chart),
        "services.json": services(found),
        "what-is-on.ics": on_calendar(chart.title, found),
        "READ ME.txt": README.encode(),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(zipfile.ZipInfo(name, OPENED), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


README = """This map belongs to its community. It left here with all that anyone may see, and nothing more.

map.geojson     everything, for maps and for bringing it in elsewhere
map.xlsx        everything, as a spreadsheet
things.csv      the things on the map; map.csv says what the map says of itself
services.json   what the Open Referral standard has words for
what-is-on.ics  a calendar

In cells, an apostrophe before = + - @ keeps spreadsheets from working a text out as a sum.
Bring it in elsewhere with: alongside map import map.zip
"""
