"""No file of areas, however broken, makes the reader fall over; every feature in it is accounted for."""

import json
import random
from copy import deepcopy

from alongside.exchange.areas.figures import read_figures
from alongside.exchange.areas.reading import UnreadableFile, read_areas

EDGE = [[[0.0, 51.0], [1.0, 51.0], [1.0, 52.0], [0.0, 52.0], [0.0, 51.0]]]
ODD = [None, True, -1, 0, 1e308, float("nan"), "", "x" * 500, "\x00", "é\u202e", [], [[]], [[[]]], {}]
ODD += [{"type": "Polygon"}, [[[0, 0], [0, 0], [0, 0], [0, 0]]], [["a", "b"]]]
ODD += [{"type": "MultiPolygon", "coordinates": [[EDGE]]}]


def document() -> dict:
    features = [
        {"type": "Feature", "properties": {"cd": f"W{n}", "nm": f"Ward {n}"},
         "geometry": {"type": "Polygon", "coordinates": json.loads(json.dumps(EDGE))}}
        for n in range(3)
    ]  # fmt: skip
    return {"type": "FeatureCollection", "features": features}


def places(value: object, path: tuple = ()) -> list[tuple]:
    inner = list(value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ())
    return [(*path, key) for key, _ in inner] + [deep for key, one in inner for deep in places(one, (*path, key))]


def mutate(whole: dict, draw: random.Random) -> dict:
    """Put something odd in one place, or take away what was there."""
    *way, last = draw.choice(places(whole))
    at = whole
    for step in way:
        at = at[step]
    if draw.random() < 0.2:
        del at[last]
    else:
        at[last] = deepcopy(draw.choice(ODD))
    return whole


def test_broken_areas_are_accounted_for(rounds):
    draw = random.Random(11)
    for _ in range(rounds(2_000)):
        broken = document()
        for _ in range(draw.randint(1, 3)):
            broken = mutate(broken, draw) if isinstance(broken, dict) and places(broken) else broken
        try:
            found = read_areas(json.dumps(broken), "cd", "nm")
        except UnreadableFile:
            assert not isinstance(broken.get("features"), list)
            continue
        assert found.read == len(broken["features"]) == len(found.rows) + found.rejected
        assert len({fault.record for fault in found.faults if fault.rejected}) <= found.rejected
        assert sum(fault.rejected for fault in found.faults) == found.rejected
        for row in found.rows:
            assert row.west <= row.lng <= row.east and row.south <= row.lat <= row.north


def test_broken_text_is_refused_or_read(rounds):
    draw, text = random.Random(12), json.dumps(document())
    for _ in range(rounds(2_000)):
        at = draw.randrange(len(text))
        broken = text[:at] + draw.choice(["", "{", "]", '"', "\x00", "9" * 400]) + text[at + draw.randint(0, 5) :]
        try:
            found = read_areas(broken, "cd", "nm")
        except UnreadableFile:
            continue
        assert found.read == len(found.rows) + found.rejected


def test_broken_tables_are_refused_or_read(rounds):
    draw, table = random.Random(13), "cd,population,imd\nW0,100,3\nW1,200,\nW2,1e3,x\n"
    for _ in range(rounds(2_000)):
        at = draw.randrange(len(table))
        broken = (
            table[:at] + draw.choice(["", ",", '"', "\n", "\x00", "nan", "1e999"]) + table[at + draw.randint(0, 3) :]
        )
        try:
            found = read_figures(broken, {"W0", "W1", "W2"}, "cd")
        except UnreadableFile:
            continue
        assert all(abs(value) < 1e300 for row in found.values.values() for value in row.values())
