"""Nothing that a feed may hold makes us fall over, and every record in it is accounted for."""

import json
import os
import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.exchange.openreferral import queries
from alongside.exchange.services.actions import load
from alongside.exchange.services.reading import read
from alongside.exchange.validating.queries import validate
from alongside.ground.history.actor import Actor
from tests.exchange.feeds import as_bytes, listed, messy, nested

PROVE = bool(os.environ.get("ALONGSIDE_PROVE"))
EXAMPLES = 2_000 if PROVE else 200
ODD: list[Any] = [
    None,
    True,
    0,
    -1,
    10**30,
    1e308,
    float("nan"),
    float("inf"),
    "",
    " ",
    "\x00",
    "\ud800",
    "x" * 300_000,
    "<p>" * 5_000,
    "&#0;&#xd800;",
    [],
    {},
    [[]],
    [None, 1, "a", {}],
    {"id": None},
    {"contents": []},
    "2025-13-45",
    "99:99",
    "http://[::",
]

odd = st.one_of(
    st.sampled_from(ODD),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
        max_leaves=6,
    ),
)
quick = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def spots(thing: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path to every value inside."""
    keys = thing.keys() if isinstance(thing, dict) else range(len(thing)) if isinstance(thing, list) else ()
    return [path for key in keys for path in ((*at, key), *spots(thing[key], (*at, key)))]


def changed(thing: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    copy = dict(thing) if isinstance(thing, dict) else list(thing)
    copy[path[0]] = changed(thing[path[0]], path[1:], value)
    return copy


NESTED = nested(
    1,
    languages=[{"id": "l", "name": "Welsh"}],
    contacts=[{"id": "c", "name": "A", "phones": [{"id": "p", "number": "01632 960001"}]}],
    attributes=[{"id": "a", "taxonomy_term": {"id": "t", "name": "Food", "description": "Food."}}],
    service_areas=[{"id": "s", "name": "Alderbrook"}],
    minimum_age=18,
    alert="Closed on Monday",
)
LISTED = listed(1, pc_targetAudience=[{"id": "1", "audienceType": "Carers"}])


def account_for(data: bytes) -> None:
    reading = read(data)
    assert reading.read == len(reading.services) + len(reading.beside) + reading.rejected
    assert sum(fault.rejected for fault in reading.faults) >= reading.rejected
    assert len({service.foreign for service in reading.services}) == len(reading.services)
    for service in reading.services:
        assert service.name and service.foreign
        service.digest.encode()
        repr(service).encode()
    for fault in reading.faults:
        assert fault.record and fault.field and fault.reason
        json.dumps(fault.as_row()).encode()
        assert len(fault.value) <= 90 and fault.value.isprintable()
    json.dumps(reading.rejects)


@quick
@given(st.sampled_from(spots(NESTED)), odd)
def test_a_nested_service_with_anything_anywhere(path: tuple[Any, ...], value: Any) -> None:
    account_for(as_bytes([changed(NESTED, path, value), nested(2)]))


@quick
@given(st.sampled_from(spots(LISTED)), odd)
def test_a_listed_service_with_anything_anywhere(path: tuple[Any, ...], value: Any) -> None:
    account_for(as_bytes([changed(LISTED, path, value), listed(2)]))


@quick
@given(st.integers(0, 2**32))
def test_a_file_cut_spilt_and_scrambled(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(as_bytes([nested(1), *messy()[:4]]))
    for _n in range(chance.randint(1, 6)):
        at = chance.randrange(len(data))
        match chance.randrange(4):
            case 0:
                del data[at:]
            case 1:
                data[at] = chance.randrange(256)
            case 2:
                data[at:at] = chance.choice([b"{", b"[", b'"', b"\xff\xfe", b"\x00", b"NaN", b"9" * 5_000])
            case 3:
                del data[at : at + chance.randint(1, 40)]
        data = data or bytearray(b"[")
    account_for(bytes(data))


@quick
@given(odd)
def test_a_file_that_is_anything_at_all(value: Any) -> None:
    account_for(as_bytes(value))
    account_for(as_bytes([value, value]))
    account_for(as_bytes({"contents": value, "services": value}))


@given(st.binary(max_size=400))
def test_a_file_of_any_bytes(data: bytes) -> None:
    account_for(data)


@pytest.mark.django_db
@settings(max_examples=EXAMPLES // 4, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(spots(NESTED)), odd)
def test_whatever_comes_in_can_be_kept(path: tuple[Any, ...], value: Any) -> None:
    data = as_bytes([changed(NESTED, path, value), nested(2)])
    report = load(by=Actor.system("services.load"), source="Odd", data=data)
    assert report.read == report.created + report.updated + report.unchanged + report.rejected


def test_nesting_of_any_depth_is_a_reject_or_a_refusal() -> None:
    for depth in (10, 59, 60, 61, 300, 900, 5_000, 100_000):
        deep = b'{"id": "1", "name": "A", "description": ' + b"[" * depth + b"]" * depth + b"}"
        account_for(b"[" + deep + b"]")
        account_for(deep + b"\n" + deep)


def judged(data: bytes) -> None:
    """A verdict on anything at all: every record counted, every finding whole."""
    verdict = validate(data)
    assert verdict.valid == (not verdict.counts["errors"] and not verdict.counts["interface"])
    assert sum(verdict.kinds.values()) <= verdict.records
    row = verdict.as_dict()
    json.dumps(row).encode()
    for one in (*row["errors"], *row["warnings"], *row["interface"]):
        assert one["record"] and one["field"] and one["reason"] and one["mend"]
        assert len(one["value"]) <= 90 and one["value"].isprintable()


@quick
@given(st.sampled_from(spots(NESTED)), odd)
def test_a_verdict_on_a_service_with_anything_anywhere(path: tuple[Any, ...], value: Any) -> None:
    judged(as_bytes([changed(NESTED, path, value), nested(2)]))


@quick
@given(odd)
def test_a_verdict_on_anything_at_all(value: Any) -> None:
    for whole in (value, [value, value], {"contents": value}, {"services.csv": value, "x.csv": [value]}):
        judged(as_bytes(whole))
        account_for(as_bytes(whole))


@given(st.binary(max_size=400))
def test_a_verdict_on_any_bytes(data: bytes) -> None:
    judged(data)


@pytest.mark.django_db
@given(data=st.data())
def test_whatever_came_in_goes_out_sound(data: st.DataObject) -> None:
    """However broken a feed is, what of it is in our own feed is by the standard, for the public and whole."""
    path = data.draw(st.sampled_from(spots(NESTED)))
    feed = [changed(NESTED, path, data.draw(odd)), nested(2)]
    load(by=Actor.system("tests"), source="Broken", data=as_bytes(feed))
    for viewer in (Actor.anyone(), Actor.system("tests")):
        out = list(queries.everything(viewer))
        verdict = validate(json.dumps({"contents": out}).encode())
        assert verdict.counts["errors"] == 0, verdict.errors[:3]
        assert verdict.records == len(out)
