"""The whole directory of a real city, faults and all. Read where it lies, never copied; skipped without it."""

import json
import os
from pathlib import Path

import pytest

from alongside.exchange.services import faults
from alongside.exchange.services.actions import load
from alongside.exchange.services.reading import read
from alongside.exchange.services.records import Reading
from alongside.ground.history.actor import Actor
from alongside.ground.records.queries import visible_to

HERE = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("ALONGSIDE_SHARED_DATA", HERE.parent / "shared" / "data"))
FEED = DATA / "services" / "bristol-oruk-services.json"
pytestmark = pytest.mark.skipif(not FEED.exists(), reason="the real feed is not beside the repository")


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(FEED.read_bytes())


def test_all_but_two_of_the_services_can_come_in(reading: Reading) -> None:
    assert reading.read == 819
    assert len(reading.services) >= 817
    assert sorted(f.reason for f in reading.faults if f.rejected) == sorted([faults.TWICE, faults.NAMELESS])


def test_the_seven_without_an_organisation_are_named(reading: Reading) -> None:
    alone = {fault.position for fault in reading.faults if fault.reason == faults.NO_ORGANISATION}
    assert len(alone) == 7


def test_the_219_with_a_blank_required_field_are_named(reading: Reading) -> None:
    blank = {fault.position for fault in reading.faults if fault.reason == faults.REQUIRED}
    assert len(blank) == 219


def test_each_fault_names_record_field_and_reason(reading: Reading) -> None:
    assert all(fault.record and fault.field and fault.reason for fault in reading.faults)


def test_no_layout_is_left_in_any_description(reading: Reading) -> None:
    for service in reading.services:
        assert "&nbsp;" not in service.words
        assert not any(tag in service.words for tag in ("<p", "<br", "<span", "<div", "href="))
        assert "\n\n\n" not in service.words


def test_audience_labels_lose_their_trailing_spaces(reading: Reading) -> None:
    labels = {label for service in reading.services for label in service.audience}
    assert "Carers" in labels and "Grandparents" in labels
    assert labels == {label.strip() for label in labels}


@pytest.mark.django_db
def test_the_whole_city_comes_in_and_a_second_time_changes_nothing() -> None:
    machine = Actor.system("services.load")
    data = FEED.read_bytes()
    first = load(by=machine, source="A city", data=data)
    assert first.created >= 817 and first.rejected <= 2
    assert first.read == first.created + first.rejected
    again = load(by=machine, source="A city", data=data)
    assert (again.created, again.updated, again.gone) == (0, 0, 0)
    assert again.unchanged == first.created
    assert visible_to(Actor.anyone()).filter(kind="asset").count() == first.created


@pytest.mark.django_db
def test_the_rejects_of_the_city_can_be_mended_and_brought_in() -> None:
    machine = Actor.system("services.load")
    rejects = json.loads(load(by=machine, source="A city", data=FEED.read_bytes()).rejects)
    for n, entry in enumerate(rejects["contents"]):
        entry["id"], entry["name"] = f"mended-{n}", entry["name"] or "Mended"
    mended = load(by=machine, source="A city", data=json.dumps(rejects).encode())
    assert (mended.created, mended.rejected, mended.gone) == (2, 0, 0)
