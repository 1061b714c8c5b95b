"""GeoJSON (RFC 7946): what we write is valid and comes back whole; other people's files are accounted for."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import from_geojson

from alongside.exchange.carrying import sentences
from alongside.exchange.carrying.document import Chart, Thing
from alongside.exchange.geo.reading import MOST, read
from alongside.exchange.geo.writing import EDGE, write
from tests.conformance.bristol import shared_data
from tests.exchange.travelling import SQUARE, charts, many_things, mutations


@settings(deadline=None, max_examples=60)
@given(many_things, st.none() | charts)
def test_a_map_comes_back_as_it_went(things: list[Thing], chart: Chart | None) -> None:
    reading = read(write(things, chart).encode())
    assert reading.things == things
    assert reading.chart == chart
    assert (reading.read, reading.rejected, reading.faults) == (len(things), 0, [])


@settings(deadline=None, max_examples=30)
@given(many_things, charts)
def test_every_file_is_what_rfc_7946_asks(things: list[Thing], chart: Chart) -> None:
    whole = json.loads(write(things, chart))
    assert whole["type"] == "FeatureCollection"
    assert "crs" not in whole
    for feature in whole["features"]:
        assert feature["type"] == "Feature" and isinstance(feature["properties"], dict) and "geometry" in feature
        if feature["geometry"] and feature["id"] != EDGE:
            lng, lat = feature["geometry"]["coordinates"]
            assert -180 <= lng <= 180 and -90 <= lat <= 90
    if "bbox" in whole:
        west, south, east, north = whole["bbox"]
        assert west <= east and south <= north


def test_positions_are_longitude_first_and_rings_turn_anticlockwise() -> None:
    clockwise = {"type": "Polygon", "coordinates": [list(reversed(SQUARE["coordinates"][0]))]}
    whole = json.loads(write([Thing("k", "Bench", lat=51.5, lng=-2.5)], Chart("m", "Ours", edge=clockwise)))
    edge, bench = whole["features"]
    assert bench["geometry"]["coordinates"] == [-2.5, 51.5]
    assert from_geojson(json.dumps(edge["geometry"])).exterior.is_ccw


def test_properties_hold_everything_that_is_said() -> None:
    thing = Thing("k", "Bench", access=(("level", "a ramp, by the side"),), domains=("home",), per_week=60)
    [feature] = json.loads(write([thing]))["features"]
    assert feature["properties"]["access"] == [["level", "a ramp, by the side"]]
    assert feature["properties"]["per_week"] == 60
    assert feature["id"] == "k"


def test_other_peoples_names_are_understood() -> None:
    feature = {
        "type": "Feature",
        "id": 7,
        "geometry": SQUARE,
        "properties": {"Name": "The green", "description": "Grass.", "url": "example.org/green"},
    }
    [thing] = read(json.dumps(feature).encode()).things
    assert (thing.key, thing.title, thing.words) == ("7", "The green", "Grass.")
    assert thing.website == "https://example.org/green"
    assert thing.lat is not None and 50 < thing.lat < 51


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", sentences.FILE_EMPTY),
        (b"  \n", sentences.FILE_EMPTY),
        (b"not json", sentences.FILE_UNREADABLE),
        (b"[1, 2]", sentences.FILE_UNREADABLE),
        (b'{"type": "Topology"}', sentences.FILE_UNREADABLE),
        (b"[" * 100_000, sentences.FILE_UNREADABLE),
    ],
)
def test_what_is_no_geojson_says_so(data: bytes, reason: str) -> None:
    reading = read(data)
    assert (reading.read, reading.things) == (0, [])
    assert reason in [fault.reason for fault in reading.faults]


@pytest.mark.parametrize(
    ("properties", "field", "reason"),
    [
        ({"title": "A", "cost": "lots"}, "cost", sentences.BAD_CHOICE),
        ({"title": "A", "least_age": -1}, "least_age", sentences.BAD_AGE),
        ({"title": "A", "confirmed_on": "soon"}, "confirmed_on", sentences.BAD_DATE),
        ({"title": "A", "website": "javascript:alert(1)"}, "website", sentences.BAD_URL),
        ({"title": "A", "whens": [{"rrule": "FREQ=SECONDLY"}]}, "whens", sentences.BAD_RULE),
        ({"title": "A", "words": ["a"]}, "words", sentences.NOT_WORDS),
        ({"title": "A" * 900}, "title", sentences.TOO_LONG),
        ({"title": "A", "access": ["wings"]}, "access", sentences.BAD_CHOICE),
        ({"title": "A", "domains": ["nothing"]}, "domains", sentences.BAD_CHOICE),
        ({"title": "A", "paid": "perhaps"}, "paid", sentences.BAD_YES),
    ],
)
def test_what_does_not_fit_is_named_and_the_rest_comes_in(properties: dict, field: str, reason: str) -> None:
    reading = read(json.dumps({"type": "Feature", "geometry": None, "properties": properties}).encode())
    assert len(reading.things) == 1
    assert (field, reason) in [(fault.field, fault.reason) for fault in reading.faults]
    assert not any(fault.rejected for fault in reading.faults)


def test_a_second_of_the_same_and_a_nameless_one_stay_out() -> None:
    one = {"type": "Feature", "id": "a", "geometry": None, "properties": {"title": "A"}}
    nameless = {"type": "Feature", "id": "b", "geometry": None, "properties": {"title": "  "}}
    reading = read(json.dumps({"type": "FeatureCollection", "features": [one, one, nameless, 5]}).encode())
    assert (reading.read, len(reading.things), reading.rejected) == (4, 1, 3)
    said = {(fault.where, fault.reason) for fault in reading.faults}
    assert {("feature 2", sentences.TWICE), ("feature 3", sentences.NAMELESS)} <= said


def test_a_place_off_the_globe_is_not_shown() -> None:
    geometry = {"type": "Point", "coordinates": [500, 1e300]}
    reading = read(json.dumps({"type": "Feature", "geometry": geometry, "properties": {"title": "A"}}).encode())
    assert reading.things[0].lat is None
    assert reading.faults[0].reason == sentences.BAD_PLACE


@pytest.mark.parametrize("name", ["bristol-ward13", "wakefield-ward13", "bristol-msoa11"])
def test_other_peoples_areas_are_each_accounted_for(name: str) -> None:
    path = shared_data() / "geography" / f"{name}.geojson"
    if not path.exists():
        pytest.skip(f"{path.name} is not there")
    reading = read(path.read_bytes())
    assert reading.read == len(json.loads(path.read_text(encoding="utf-8"))["features"])
    assert reading.read == len(reading.things) + reading.rejected
    assert reading.read > 0


def test_nothing_breaks_it() -> None:
    """A tenth of what `make prove` does."""
    whole = write([Thing("k", "Bench", words="Sit.", lat=51.5, lng=-2.5)], Chart("m", "Ours", edge=SQUARE)).encode()
    for data in mutations(whole, 200):
        reading = read(data)
        assert reading.read == len(reading.things) + reading.rejected
        assert reading.read or reading.faults or reading.chart or b"features" in data


@settings(deadline=None, max_examples=50)
@given(st.binary(max_size=300))
def test_no_bytes_at_all_break_it(data: bytes) -> None:
    reading = read(data)
    assert reading.read == len(reading.things) + reading.rejected


def test_far_too_many_features_are_cut_and_counted() -> None:
    features = [{"type": "Feature", "geometry": None, "properties": None}] * (MOST + 3)
    reading = read(json.dumps({"type": "FeatureCollection", "features": features}).encode())
    assert reading.read == MOST + 3 == reading.rejected
