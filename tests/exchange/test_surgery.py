"""A note for my surgery: one of two codes, in my own hand, that says nothing of what the help is for."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from alongside.exchange.surgery.writing import SNOMED, Note, as_fhir, as_sheet
from alongside.ground.history.models import Event
from alongside.ground.people.models import Party
from tests.cast import Cast

pytestmark = pytest.mark.django_db
PAGE = "/my-page/note-for-my-surgery/"
TODAY = {"what": "taken", "day": "2026-01-05"}


@pytest.mark.parametrize(("what", "code"), [("taken", "871731000000106"), ("declined", "871711000000103")])
def test_each_of_the_two_codes_in_each_form(client: Client, cast: Cast, what: str, code: str) -> None:
    assert cast.place.name
    day = (timezone.localdate() - timedelta(days=9)).isoformat()
    given = {"what": what, "day": day, "person": " Joan  Dyer "}
    sheet = client.post(PAGE, {**given, "as": "sheet"})
    assert sheet.headers["Content-Type"].startswith("text/csv")
    (row,) = csv.DictReader(io.StringIO(sheet.content.decode()))
    assert (row["date"], row["snomed_code"], row["person"], row["from"]) == (day, code, "Joan Dyer", cast.place.name)
    bundle = client.post(PAGE, {**given, "as": "fhir"})
    assert bundle.headers["Content-Type"].startswith("application/fhir+json")
    (entry,) = bundle.json()["entry"]
    assert entry["resource"]["code"]["coding"] == [{"system": SNOMED, "code": code, "display": row["term"]}]
    page = client.post(PAGE, given).content.decode()
    assert code in page and "Joan Dyer" in page and "data-print" in page


def test_each_resource_has_what_fhir_r4_asks_of_its_kind() -> None:
    asked = {
        "taken": ("ServiceRequest", {"status": "active", "intent": "order", "authoredOn": "2026-01-05"}),
        "declined": ("Observation", {"status": "final", "effectiveDateTime": "2026-01-05"}),
    }
    for what, (kind, fields) in asked.items():
        bundle = json.loads(as_fhir(Note(what, date(2026, 1, 5))))
        assert (bundle["resourceType"], bundle["type"]) == ("Bundle", "collection")
        one = bundle["entry"][0]["resource"]
        assert one["resourceType"] == kind and fields.items() <= one.items()
        assert one["subject"]["display"], "a ServiceRequest needs a subject; without a name it is whoever brought it"
        named = json.loads(as_fhir(Note(what, date(2026, 1, 5), "Joan", "Larkmere")))["entry"][0]["resource"]
        assert named["subject"] == {"display": "Joan"}
        assert {"display": "Larkmere"} in (named.get("requester"), *named.get("performer", []))


def test_nothing_is_kept_sent_or_noted(client: Client, cast: Cast) -> None:
    assert cast.place.name and cast.resident.party
    before = Event.objects.count(), Party.objects.count()
    for who in (client, cast.resident.client()):
        answer = who.post(PAGE, {**TODAY, "day": timezone.localdate().isoformat()})
        assert answer.status_code == 200
        assert "no-store" in answer.headers["Cache-Control"]
    assert (Event.objects.count(), Party.objects.count()) == before, "nor does anybody get a page for it"
    assert "Joan" not in cast.resident.client().get(PAGE).content.decode(), "no name is put in unasked"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"what": "everything"}, "Choose one of these"),
        ({"what": ""}, "Choose one of these"),
        ({"day": "when?"}, "Enter a day, like 2026-12-01"),
        ({"day": "2999-01-01"}, "Choose today or a day before"),
        ({"day": "1926-01-01"}, "Choose a day of the last five years"),
        ({"person": "\u202eمرحبا😀" * 2_000}, "Use 120 letters or fewer"),
        ({"person": "Jo\x00an"}, "Null characters are not allowed."),
    ],
    ids=["a third thing", "nothing", "no day", "tomorrow", "long ago", "ten thousand signs", "a nought"],
)
def test_what_does_not_fit_is_said_and_nothing_is_lost(
    client: Client, cast: Cast, change: dict[str, str], said: str
) -> None:
    assert cast.place.name
    given = {"what": "declined", "day": timezone.localdate().isoformat(), "person": "Joan", "as": "fhir"} | change
    page = client.post(PAGE, given)
    assert page.headers["Content-Type"].startswith("text/html")
    assert said in page.content.decode()
    if "person" not in change:
        assert 'value="Joan"' in page.content.decode()


def test_no_cell_is_worked_out_and_no_name_breaks_a_page(client: Client, cast: Cast) -> None:
    assert cast.place.name
    name = '=HYPERLINK("//x")'
    (row,) = csv.DictReader(io.StringIO(as_sheet(Note("taken", date(2026, 1, 5), name, "Larkmere, \n+1"))))
    assert row["person"] == f"'{name}"
    page = client.post(PAGE, {**TODAY, "day": timezone.localdate().isoformat(), "person": "<b>Joan"}).content.decode()
    assert "&lt;b&gt;Joan" in page
    other = client.post(PAGE, {**TODAY, "day": timezone.localdate().isoformat(), "as": "../../etc"})
    assert "871731000000106" in other.content.decode(), "another form than the two is the page"
