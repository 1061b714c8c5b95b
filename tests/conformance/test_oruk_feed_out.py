"""Our own feed by the reference schemas and by our own validator: first, middle and last page, and each thing whole."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from alongside.exchange.openreferral import queries
from alongside.exchange.services.actions import load
from alongside.exchange.validating import feeding
from alongside.exchange.validating.queries import Unreachable, validate_all
from alongside.ground.history.actor import Actor
from alongside.knowing.assets.actions import offer
from tests.cast import Cast
from tests.conformance.bristol import shared_data
from tests.conformance.standard import VERSIONS, example, lost, refused
from tests.conformance.test_oruk_validator import ways, worsened
from tests.standing import Standing

MACHINE = Actor.system("services.load")
LISTS = {
    "services": "service_list",
    "service_at_locations": "service_at_location_list",
    "organizations": "organization_list",
}
WHOLE = {
    "services": "service",
    "service_at_locations": "service_at_location",
    "organizations": "organization",
}


def a_messy_city() -> None:
    """A real and messy feed, an example of the standard, and things that people here typed in."""
    feed = (shared_data() / "services" / "bristol-oruk-services.json").read_bytes()
    load(by=MACHINE, source="A city", data=feed)
    load(by=MACHINE, source="Example", data=json.dumps(example("hsds-3.0", "service_full")).encode())
    lunch_club = Cast().lunch_club
    for n in range(3):
        offer(by=MACHINE, holder=lunch_club, kind="activity", title=f"Lunch {n}", audience="everyone")


@pytest.fixture
def city(standing: Standing) -> None:
    standing("a messy city", a_messy_city)


@pytest.fixture
def a_city(city: None, db: None) -> None:
    """A city whose list is a mess, as others ask for it."""


def get(path: str) -> Any:
    response = Client().get(f"/open-referral/{path}")
    assert response.status_code == 200, path
    return json.loads(response.content)


def pages(name: str, asked: str = "") -> list[Any]:
    """The first, middle and last page of a list."""
    first = get(f"{name}?per_page=60{asked}")
    numbers = {(first["total_pages"] + 1) // 2, first["total_pages"]} - {1}
    return [first, *(get(f"{name}?per_page=60&page={number}{asked}") for number in sorted(numbers))]


def test_every_page_is_sound_by_the_reference_schemas(a_city: None) -> None:
    for names, asked in ((LISTS, ""), (WHOLE, "&full=true")):
        for name, schema in names.items():
            found = [one for page in pages(name, asked) for one in page["contents"]]
            assert found or name == "service_at_locations"
            for version in VERSIONS:
                assert [words for one in found for words in refused(one, schema, version)] == []
    page = get("services?per_page=60")
    assert page["total_items"] == 821 and page["total_pages"] == 14


def test_terms_and_pages_are_sound_by_the_schemas_of_the_national_validator(a_city: None) -> None:
    for name, one in (("taxonomies", "taxonomy"), ("taxonomy_terms", "taxonomy_term")):
        for page in pages(name):
            assert refused(page, f"{one}_list", "oruk-validator-3.0") == []
            assert [words for held in page["contents"] for words in refused(held, one, "oruk-validator-3.0")] == []
    assert refused(get(""), "api_details", "oruk-validator-3.0") == []
    for page in pages("services"):
        assert refused(page, "service_list", "oruk-validator-3.0") == []


def test_our_validator_finds_nothing_where_the_feed_lives(a_city: None) -> None:
    def ask(address: str) -> bytes:
        response = Client().get(address.removeprefix("http://testserver"))
        if response.status_code != 200:
            raise Unreachable("no", response.status_code)
        return response.content

    verdict = feeding.judge_address("http://testserver/open-referral/", ask)
    assert verdict.valid and not verdict.interface and verdict.profile == "HSDS-UK-3.0"
    assert verdict.kinds["service"] > 100 and verdict.kinds["organization"] and verdict.kinds["taxonomy_term"]


def test_a_whole_export_is_sound_and_comes_in_again_elsewhere_unchanged(a_city: None) -> None:
    out = [json.dumps(page.as_dict()).encode() for page in queries.whole_pages(MACHINE, 200)]
    assert len(out) == 5
    assert validate_all(out).counts["errors"] == 0
    services = [one for page in out for one in json.loads(page)["contents"]]
    assert [words for one in services[::20] for words in refused(one, "service")] == []
    again = load(by=MACHINE, source="Elsewhere", data=json.dumps([json.loads(page) for page in out]).encode())
    assert (again.read, again.created, again.rejected) == (821, 821, 0)


CHANGES = st.sampled_from(
    ["Other words", "Words with \u202e \U0001f9c1 and \u0000", "", "<b>bold</b>", "2026-02-03", "x" * 5000]
)


@pytest.mark.django_db
@given(data=st.data())
def test_whatever_an_example_says_comes_back_as_it_went_in(data: st.DataObject) -> None:
    """Texts changed, fields left out, lists made longer: what is sound by the standard is given out word for word."""
    document = example("hsds-3.0", "service_full")
    for _change in range(data.draw(st.integers(1, 6))):
        places = [way for way in ways(document) if way[-1] not in ("id", "name", "status", "description")]
        way = data.draw(st.sampled_from(places))
        changed = worsened(document, way, data.draw(st.one_of(st.just(...), CHANGES)))
        document = changed if not refused(changed, "service") else document
    load(by=MACHINE, source="Example", data=json.dumps(document).encode())
    [out] = queries.everything(MACHINE)
    assert lost(document, out) == []
    assert refused(out, "service") == []
