"""Somebody puts in a postcode: they look around near it, offer something there, and it is kept nowhere."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.ground.history.actor import Actor
from alongside.ground.places.models import Area
from alongside.ground.postcodes.actions import begin, keep
from alongside.ground.records.models import SpotExact
from alongside.knowing.assets.actions import offer
from alongside.knowing.assets.models import Asset
from tests.cast import Cast

pytestmark = pytest.mark.django_db
MACHINE = Actor.system("tests")
CORNERS = "[[-4.75,52.3],[-4.7,52.3],[-4.7,52.33],[-4.75,52.33],[-4.75,52.3]]"
BOX = {"west": -4.75, "south": 52.3, "east": -4.7, "north": 52.33, "lat": 52.31, "lng": -4.73}


@pytest.fixture
def town(cast: Cast) -> Cast:
    """One ward, five postcodes, and a bench at either end."""
    assert cast.place
    boundary = f'{{"type":"Polygon","coordinates":[{CORNERS}]}}'
    Area.objects.create(kind="ward", edition="1", code="W9", name="Old Quay", boundary=boundary, **BOX)
    file = begin(by=MACHINE, publisher="ons", name="ONS postcodes", dated=date(2025, 11, 1))
    rows = [("LM12AB", 52.305, -4.745), ("LM12AD", 52.315, -4.735), ("LM13AA", 52.329, -4.701), ("LN11AA", 53.0, -4.0)]
    keep(by=MACHINE, file=file, rows=rows)
    for title, lat, lng in (("West bench", 52.305, -4.745), ("East bench", 52.329, -4.701)):
        offer(
            by=MACHINE,
            holder=cast.council,
            kind="space",
            title=title,
            audience="everyone",
            lat=lat,
            lng=lng,
            precision="exact",
        )
    return cast


def look(near: str, words: str = "") -> str:
    answer = Client().get("/look-around/", {"near": near, "words": words})
    assert answer.status_code == 200
    return answer.content.decode()


def first(page: str) -> str:
    found = re.search(r'class="results".*?<h3>.*?<a [^>]*>([^<]*)</a>', page, re.DOTALL)
    assert found
    return found[1]


@pytest.mark.parametrize("typed", ["LM1 2AB", "lm12ab", " lM1  2Ab ", "LMI 2AB", "\u202eLM1 2AB"])
def test_a_whole_postcode_in_any_dress_is_a_place(town: Cast, typed: str) -> None:
    page = look(typed)
    assert "<h1>What is near LM1 2AB</h1>" in page and first(page) == "West bench"
    assert "Nearest first" in page and "first part of a postcode" not in page
    assert first(look("LM1 3AA")) == "East bench"
    assert "Bench near LM1 2AB" in look(typed, "bench"), "and with words"


def test_half_of_one_is_the_middle_and_the_page_says_so(town: Cast) -> None:
    for half in ("LM1 2", "lm1", "LM1 2a"):
        page = look(half)
        assert f"{half.upper()} is the first part of a postcode." in page
        assert "You see what is near the middle of it." in page


def test_whose_table_it_is_stands_where_it_is_used_and_only_there(town: Cast) -> None:
    for near in ("LM1 2AB", "LM1"):
        page = look(near)
        assert "Contains OS data © Crown copyright and database right 2025" in page
        assert "Contains Royal Mail data © Royal Mail copyright and database right 2025" in page
        assert "Office for National Statistics licensed under the Open Government Licence v.3.0" in page
    assert "Royal Mail" not in look("Old Quay") + look("ZZ9 9ZZ") + look("")
    assert "Contains Royal Mail data ©" in Client().get("/how-this-works/").content.decode()
    assert "Royal Mail" not in Client().get("/your-privacy/").content.decode()


def test_one_that_is_not_known_says_so_and_what_to_do(town: Cast) -> None:
    page = look("LM1 2ZZ", "bench")
    assert "We do not know “LM1 2ZZ”" in page and "Look at it once more." in page
    assert "words=bench&amp;near=LM1%202" in page and "near the middle of LM1 2" in page
    assert "2 things to try" in page, "until then the whole place"
    far = look("ZZ9 9ZZ")
    assert "We do not know “ZZ9 9ZZ”" in far and "the middle of" not in far and "Or try the name of a street" in far


def test_a_place_without_postcodes_says_that(cast: Cast) -> None:
    assert cast.place
    assert "The streets and areas of this place are not known here yet." in look("LM1 2AB")
    Area.objects.create(kind="ward", edition="1", code="W9", name="Old Quay", **BOX)
    page = look("LM1 2AB")
    assert "Postcodes are not known here." in page and "Try the name of a street" in page


def test_a_place_with_a_name_like_a_postcode_is_still_found(town: Cast) -> None:
    Area.objects.create(kind="street", edition="1", code="S1", name="B1 Yard", **BOX)
    assert "What is near B1 Yard" in look("B1")
    assert "What is near Old Quay" in look("old quay")


@pytest.mark.parametrize(
    "typed", ["LM1 2AB" * 1_500, "LM1 2AB\x00", "<b>LM1 2AB</b>", "ל" * 10_000, "1" * 7, "%LM1_2AB"]
)
def test_no_words_break_the_page(town: Cast, typed: str) -> None:
    assert "<b>LM1" not in look(typed)


def test_it_stands_in_the_page_s_address_and_nowhere_else(town: Cast) -> None:
    """No row of any table, no cookie and nothing that is cached for others holds what somebody typed."""
    cache.clear()
    client = town.resident.client()
    before = everything()
    page = client.get("/look-around/", {"near": "lm1 2ab", "words": "bench"})
    assert "LM1 2AB" in page.content.decode()
    assert not {name for name in page.cookies if "12ab" in page.cookies[name].value.lower()}
    after = everything()
    assert after == before
    assert "2AB" not in look("", "bench").upper().replace(" ", "")


def everything() -> dict[str, int]:
    """How many rows each of our tables has."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models() if model._meta.managed}


def test_it_costs_one_question_more(town: Cast) -> None:
    for near, most in (("Old Quay", 9), ("LM1 2AB", 10), ("LM1", 10)):
        look(near)
        with CaptureQueriesContext(connection) as asked:
            look(near)
        assert len(asked) <= most, near


def at(client: Client, **given: object) -> Asset:
    asset = Asset.objects.get(title="Piano")
    answer = client.post(f"/a/{asset.record.key}/where/", {"precision": "cell", **given})
    assert answer.status_code == 302, answer.content.decode()
    return Asset.objects.get(title="Piano")


def test_somebody_offers_something_at_a_postcode_which_is_not_shown(town: Cast) -> None:
    who = town.resident
    offer(by=who.actor, holder=who.party, kind="equipment", title="Piano", audience="everyone")
    asset = at(who.client(), near="lm1 2ab")
    spot = asset.record.spot
    assert (spot.area.name, spot.shown_words, spot.precision) == ("Old Quay", "Old Quay", "cell")
    assert (spot.shown_lat, spot.shown_lng) != (52.305, -4.745), "somewhere in these few streets"
    exact = SpotExact.objects.get(record=asset.record)
    assert (exact.lat, exact.lng, exact.address) == (52.305, -4.745, "")
    assert "LM1" not in Client().get(f"/a/{asset.record.key}/").content.decode()
    half = at(who.client(), near="LM1")
    assert half.record.spot.precision == "area", "half of one names the area round its middle, and no more"


def test_a_postcode_beyond_the_areas_we_know_asks_for_a_name(town: Cast) -> None:
    who = town.resident
    asset = offer(by=who.actor, holder=who.party, kind="equipment", title="Piano")
    page = who.client().post(f"/a/{asset.record.key}/where/", {"near": "LN1 1AA", "precision": "cell"}).content.decode()
    assert "We do not know the streets round it. Name the street or area" in page and 'value="LN1 1AA"' in page
    page = who.client().post(f"/a/{asset.record.key}/where/", {"near": "LM1 9ZZ", "precision": "cell"}).content.decode()
    assert "Enter a street, neighbourhood or ward of this place" in page


def test_a_cafe_says_where_it_is_by_its_postcode(town: Cast) -> None:
    said = {"name": "The Bandstand Café", "sort": "business", "near": "LM1 2AD", "access": ["sit"]}
    Client().post("/offer/welcome/", said)
    spot = Asset.objects.get(title__contains="Bandstand").record.spot
    assert (spot.shown_words, spot.shown_lat) == ("The Bandstand Café, Old Quay", 52.315)
    Client().post("/offer/welcome/", {**said, "name": "The Other Café", "near": "ZZ9 9ZZ"})
    assert Asset.objects.get(title__contains="Other").record.spot.shown_words == "The Other Café, ZZ9 9ZZ", "its words"
