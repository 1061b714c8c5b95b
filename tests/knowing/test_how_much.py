"""How much is here for the people of each few streets: what anyone may know, and nothing of any person."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from shapely import from_geojson

from alongside.ground.people import actions as people
from alongside.ground.people.models import Kind, Sort
from alongside.ground.places.actions import keep_areas, keep_figures, keep_shares
from alongside.ground.places.models import Area
from alongside.ground.records.models import Precision
from alongside.knowing.assessment.queries import things_here
from alongside.knowing.assessment.richness import richness
from alongside.knowing.assets.actions import offer, withdraw
from alongside.knowing.assets.models import Asset
from tests.cast import Cast
from tests.knowing.two_wards import MACHINE, row, two_wards

pytestmark = pytest.mark.django_db
PAGE, DATA = "/place/how-much/", "/place/how-much.json"


def put(cast: Cast, lng: float = 0.7, **more: Any) -> Asset:
    given = {"by": MACHINE, "holder": cast.lunch_club, "kind": "activity", "title": "Lunch", "audience": "everyone"}
    return offer(**given | {"lat": 51.5, "lng": lng, "precision": Precision.EXACT} | more)


def words(client: Client, path: str = PAGE) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def test_each_few_streets_with_what_is_there_by_who_holds_it(client: Client, cast: Cast) -> None:
    assert cast.place.name
    two_wards()
    put(cast)
    put(cast, holder=cast.council, title="Library")
    put(cast, lng=1.7, title="Choir")
    found = richness()
    rows = {one.place.code: (one.by_holder, one.place.rate, one.place.near) for one in found.rows}
    assert rows["S1"] == ([1, 1], 2.0, 0), "the middle of so large an area is a long walk away"
    assert rows["S3"] == ([1, 0], 1.0, 0) and rows["S0"] == ([0, 0], 0.0, 0)
    assert [one.place.code for one in found.least] == ["S0", "S2", "S3", "S1"]
    assert [(one.fifth, one.areas, one.rate) for one in found.fifths] == [(1, 1, 0.0), (2, 2, 1.0), (3, 1, 1.0)]
    page = words(client)
    assert "3 things that groups and organisations offer 0.8 of them for every 1,000 people" in page
    assert "The fifth where money is tightest 1,000 0.0 0.0 0.0" in page
    assert "Ashley S0 Street 0 1,000 0 0 0.0 0" in page
    assert client.get("/place/").content.decode().count(PAGE) == 1


def test_nothing_of_a_person_or_a_household_and_nothing_kept_back_is_in_it(client: Client, cast: Cast) -> None:
    assert cast.place.name
    two_wards()
    home = people.welcome(by=MACHINE, name="The Rao family", kind=Kind.COMMUNITY, sort=Sort.HOUSEHOLD)
    put(cast, holder=cast.resident.party, title="Bread")
    put(cast, holder=home, title="A garden")
    put(cast, audience="me", title="A secret")
    before = client.get(DATA).json()
    assert before["things"] == 0
    thing = put(cast)
    assert client.get(DATA).json() != before
    withdraw(by=MACHINE, asset=thing)
    assert client.get(DATA).json() == before, "what is taken back is in no figure on the next request"
    for viewer in (cast.resident, cast.commissioner):
        assert viewer.client().get(DATA).json() == before, "it is the same for everyone"


def test_what_gives_only_the_name_of_an_area_stands_in_no_street(client: Client, cast: Cast) -> None:
    assert cast.place.name
    ashley, _easton = two_wards()
    put(cast, precision=Precision.AREA, area=ashley)
    put(cast, lat=None, lng=None, title="By phone")
    put(cast, lng=9.0, title="Far away")
    assert len(things_here(cast.anyone, ashley)[0]) == 1, "it stands in the ward"
    found = richness()
    assert (found.things, found.unplaced) == (3, 3)
    assert not any(sum(one.by_holder) for one in found.rows)
    assert "3 of them do not say in which streets they are." in words(client)


def test_two_editions_of_the_small_areas_are_never_added_up(cast: Cast) -> None:
    assert cast.place.name
    ashley, _easton = two_wards()
    newer = [row("S0", "Street 0", from_geojson(ashley.boundary))]
    keep_areas(by=MACHINE, kind="lsoa", edition="2021", rows=newer)
    new = Area.objects.get(kind="lsoa", edition="2021")
    keep_shares(by=MACHINE, touched=[new.pk], shares=[(new.pk, ashley.pk, 1.0)])
    put(cast)
    assert {one.area.edition for one in richness().rows} == {"2011"}, "nobody knows how many live in the newer ones"
    keep_figures(by=MACHINE, values={new.pk: {"population": 1_800.0}}, source="ONS")
    found = richness()
    assert [(one.place.code, one.area.edition, one.place.rate) for one in found.rows] == [("S0", "2021", 0.6)]
    assert found.fifths == [], "an earlier edition's tenths are not lent to it"


def test_a_place_with_wards_alone_is_told_by_ward_and_one_without_areas_says_so(client: Client, cast: Cast) -> None:
    assert cast.place.name
    assert "The areas of this place are not on the map yet" in words(client)
    assert client.get(DATA).json() == {"areas": [], "fifths": [], "things": 0, "without_a_street": 0}
    two_wards()
    Area.objects.filter(kind="lsoa").delete()
    put(cast)
    assert [(one.area.name, one.place.total) for one in richness().rows] == [("Ashley", 1), ("Easton", 0)]
    assert "Where there is least for the people there" in words(client)
    assert "for every 1,000 people" not in words(client), "nobody said how many live there"


def test_the_data_names_its_areas_and_no_holder(client: Client, cast: Cast) -> None:
    assert cast.place.name
    two_wards()
    put(cast)
    found = client.get(DATA).json()
    assert found["areas"][1] == {
        "area": "S1",
        "edition": "2011",
        "name": "Street 1",
        "within": "Ashley",
        "population": 1000,
        "imd_decile": 3,
        "community": 1,
        "organisation": 0,
        "per_1000": 1.0,
        "within_800_m": 0,
    }
    assert cast.lunch_club.name not in client.get(DATA).content.decode()


def test_as_many_statements_however_much_there_is(client: Client, cast: Cast, django_assert_max_num_queries) -> None:
    assert cast.place.name
    two_wards()
    for n in range(12):
        put(cast, lng=n / 6, title=f"Thing {n}")
    with django_assert_max_num_queries(12):
        client.get(PAGE)
