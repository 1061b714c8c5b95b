"""Every format that comes in from outside: a few sound files of our own, how it is read, and what must hold of what
comes out, however broken the file was."""

from __future__ import annotations

import io
import json
import math
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from alongside.exchange.areas.figures import read_figures
from alongside.exchange.areas.reading import UnreadableFile, read_areas
from alongside.exchange.calendar import reading as calendar
from alongside.exchange.carrying.document import Reading
from alongside.exchange.geo import reading as geo
from alongside.exchange.sheets import reading as sheets
from alongside.exchange.validating.queries import validate
from tests.exchange import postcodes
from tests.exchange.feeds import as_bytes, listed, nested
from tests.exchange.test_mutations import account_for as account_for_feed
from tests.faults import mutating
from tests.faults.mutating import random
from tests.house.code import ROOT

Break = Callable[[bytes, random.Random], bytes]
SHARED = Path(os.environ.get("ALONGSIDE_SHARED_DATA", ROOT.parent / "shared" / "data"))
MOCKS = SHARED / "hsds" / "oruk-validator-3.0" / "mocks"  # where they lie beside the repository; else our own alone
SMALLEST = 60_000  # of the mocks, those that are read in a moment


@dataclass(frozen=True)
class Format:
    """`seeds` gives sound files; `breaks` ways to break one in its own structure; `check` reads and accounts."""

    name: str
    seeds: Callable[[], list[bytes]]
    breaks: tuple[Break, ...]
    check: Callable[[bytes], None]


def squares(n: int) -> list[list[list[float]]]:
    return [[[n, 51.0], [n + 1.0, 51.0], [n + 1.0, 52.0], [n, 52.0], [n, 51.0]]]


def areas() -> list[bytes]:
    shapes = [{"type": "Polygon", "coordinates": squares(0)}, {"type": "MultiPolygon", "coordinates": [squares(1)]}]
    features = [
        {"type": "Feature", "properties": {"cd": f"W{n}", "nm": f"Ward {n}"}, "geometry": shape}
        for n, shape in enumerate(shapes)
    ]
    return [json.dumps({"type": "FeatureCollection", "features": features}).encode()]


def map_files() -> list[bytes]:
    """A map of ours with its charter and edge, and a stranger's file."""
    edge = {
        "type": "Feature",
        "properties": {"alongside": "edge"},
        "geometry": {"type": "Polygon", "coordinates": squares(0)},
    }
    thing = {
        "key": "k-1", "title": "Singing", "words": "No notes needed.", "kind": "activity", "lang": "en", "cost": "free",
        "domains": ["people"], "access": [["level", "Ramp"]],
        "whens": [{"starts": "2027-01-06T14:00:00+00:00", "rrule": "FREQ=WEEKLY;BYDAY=WE", "minutes": 90}],
        "holder": {"key": "h-1", "kind": "community", "sort": "group", "name": "Mill Street lunch club"},
    }  # fmt: skip
    one = {
        "type": "Feature",
        "id": "k-1",
        "properties": thing,
        "geometry": {"type": "Point", "coordinates": [-2.59, 51.45]},
    }
    chart = {"key": "m-1", "title": "Our map", "may_stand": "Anything kind", "layers": [["services", False]]}
    ours = {"type": "FeatureCollection", "alongside": {"version": 1, "map": chart}, "features": [edge, one]}
    line = {"type": "LineString", "coordinates": [[-2.5, 51.4], [-2.6, 51.5]]}
    theirs = [
        {"type": "Feature", "properties": {"Name": "A bench", "Description": "By the canal"}, "geometry": line},
        {"type": "Feature", "properties": {"title": "A tap"}, "geometry": None},
    ]
    return [json.dumps(whole).encode() for whole in (ours, {"type": "FeatureCollection", "features": theirs})]


HEAD = ["Title", "Words", "Kind", "When", "Place", "Latitude", "Longitude", "Cost", "Who offers it"]
ROWS = [
    ["Singing for all", "No notes", "activity", "Wednesdays 2pm", "Mill Hall", "51.45", "-2.59", "free", "Lunch club"],
    ["A ladder to lend", "Three metres", "equipment", "", "", "", "", "", "Mair"],
    ["Chess", "=1+1", "activity", "Mondays", "Library", "51.46", "-2.60", "paid", ""],
]  # fmt: skip


def csv_sheets() -> list[bytes]:
    return ["\r\n".join(",".join(row) for row in [HEAD, *ROWS]).encode("utf-8-sig"), b"title\nA bench\nA tap\n"]


def workbooks() -> list[bytes]:
    book, made = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in [HEAD, *ROWS]:
        sheet.append(row)
    other = book.create_sheet("Map")
    other.append(["title", "Our map"])
    book.save(made)
    return [made.getvalue()]


def calendars() -> list[bytes]:
    events = [
        ["UID:1@example.org", "SUMMARY:Singing for all", "DTSTART;TZID=Europe/London:20270106T140000", "DURATION:PT90M",
         "RRULE:FREQ=WEEKLY;BYDAY=WE", "LOCATION:Mill Hall", "GEO:51.45;-2.59", "CATEGORIES:activity,people"],
        ["UID:2@example.org", "SUMMARY:Spring fair", "DTSTART;VALUE=DATE:20270501", "DESCRIPTION:Cake\\, or two"],
    ]  # fmt: skip
    zone = ["BEGIN:VTIMEZONE", "TZID:Europe/London", "BEGIN:STANDARD", "DTSTART:19701025T020000", "TZOFFSETFROM:+0100"]
    zone += ["TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE"]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//EN", *zone]
    for event in events:
        lines += ["BEGIN:VEVENT", *event, "END:VEVENT"]
    return ["\r\n".join([*lines, "END:VCALENDAR", ""]).encode()]


def feeds() -> list[bytes]:
    """Two shapes of feed of our own, and small ones of others where they lie on this machine."""
    own = [as_bytes([nested(1), nested(2)]), as_bytes([listed(1), listed(2)]), as_bytes({"contents": [nested(3)]})]
    others = [path for path in sorted(MOCKS.rglob("*.json")) if path.stat().st_size < SMALLEST]
    return own + [path.read_bytes() for path in others[:8]]


def account_for_reading(found: Reading) -> None:
    """What the readers of sheets, maps and calendars promise."""
    assert found.read == len(found.things) + found.rejected
    assert sum(fault.rejected for fault in found.faults) == found.rejected
    assert len({thing.key for thing in found.things}) == len(found.things)
    for thing in found.things:
        assert thing.title.strip() and len(thing.title) <= 200
        assert thing.lat is None or -90 <= thing.lat <= 90
        repr(thing).encode()
    for fault in found.faults:
        assert fault.reason and len(fault.value) <= 90
        json.dumps(fault.as_row()).encode()


def check_areas(data: bytes) -> None:
    try:
        found = read_areas(data.decode("utf-8", "replace"), "cd", "nm")
    except UnreadableFile:
        return
    assert found.read == len(found.rows) + found.rejected
    assert sum(fault.rejected for fault in found.faults) == found.rejected
    for row in found.rows:
        assert row.west <= row.lng <= row.east and row.south <= row.lat <= row.north


def check_figures(data: bytes) -> None:
    try:
        found = read_figures(data.decode("utf-8", "replace"), {"W0", "W1", "W2"}, "cd")
    except UnreadableFile:
        return
    assert set(found.values) <= {"W0", "W1", "W2"}
    assert all(math.isfinite(value) for row in found.values.values() for value in row.values())


def check_verdict(data: bytes) -> None:
    verdict = validate(data)
    said = verdict.as_dict()
    assert said["valid"] == (not said["counts"]["errors"] and not said["counts"]["interface"])
    assert all(one["reason"] and one["mend"] is not None for one in said["errors"])
    json.dumps(said).encode()


FIGURES = b"cd,population,imd\nW0,100,3\nW1,200,\nW2,1e3,x\n"
FORMATS = (
    Format("service feed", feeds, (mutating.json_broken,), account_for_feed),
    Format("validator", feeds, (mutating.json_broken,), check_verdict),
    Format("areas", areas, (mutating.json_broken,), check_areas),
    Format("figures", lambda: [FIGURES], (mutating.table_broken,), check_figures),
    Format("postcodes", postcodes.sound_tables, (mutating.table_broken,), postcodes.account_for),
    Format("packed postcodes", postcodes.sound_zips, (mutating.packed_broken,), postcodes.account_for),
    Format("map", map_files, (mutating.json_broken,), lambda data: account_for_reading(geo.read(data))),
    Format("CSV sheet", csv_sheets, (mutating.table_broken,), lambda data: account_for_reading(sheets.read(data))),
    Format("spreadsheet", workbooks, (mutating.packed_broken,), lambda data: account_for_reading(sheets.read(data))),
    Format("calendar", calendars, (mutating.calendar_broken,), lambda data: account_for_reading(calendar.read(data))),
)


def broken(one: Format, seeds: list[bytes], draw: random.Random) -> bytes:
    """One more broken file: in its structure three times of four, and then perhaps in its bytes as well."""
    data = draw.choice(seeds)
    kind = draw.random()
    if kind < 0.75:
        data = draw.choice(one.breaks)(data, draw)
    return mutating.bytes_broken(data, draw) if kind > 0.6 else data


def check_all(one: Format, seeds: list[bytes], draw: random.Random, times: int) -> Any:
    """Read so many broken files. The first that is not accounted for is told whole enough to be tried again."""
    for number in range(times):
        data = broken(one, seeds, draw)
        try:
            one.check(data)
        except Exception as error:
            raise AssertionError(f"{one.name}, number {number}: {error!r}\n{data[:3000]!r}") from error
