"""What Bristol has and wants: its real areas, figures and services on one page, and a page for each ward."""

import re

import pytest

from alongside.exchange.services.actions import load
from alongside.ground.history.actor import Actor
from alongside.ground.people import actions as people
from alongside.ground.people.models import Kind, Sort
from alongside.ground.places.actions import open_place
from alongside.ground.places.models import Area
from alongside.knowing.assessment.actions import publish
from alongside.knowing.assessment.queries import assess, place_facts
from alongside.knowing.assessment.richness import richness
from alongside.knowing.assets.actions import offer
from tests.conformance.bristol import load_bristol, shared_data
from tests.knowing.two_wards import all_want, residents

MACHINE = Actor.system("tests")


def the_whole_city():
    load_bristol()
    services = shared_data() / "services" / "bristol-oruk-services.json"
    load(by=MACHINE, source="Bristol", data=services.read_bytes())
    return open_place(by=MACHINE, name="Bristol", phone="0117 496 0000")


@pytest.fixture
def city(standing):
    return standing("the whole of Bristol", the_whole_city)


@pytest.fixture
def bristol(city, db):
    return city


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def test_bristol_on_one_page(client, bristol):
    facts = place_facts()
    assert len(facts.areas) == 35
    assert 463_377 * 0.98 < facts.people < 463_377 * 1.02
    assert facts.supply.things["organisation"].total() >= 817
    assert facts.without_place == facts.supply.total, "the real feed says of no service where it is"
    tight = {one.area.name: one.setting.tight for one in facts.areas}
    assert tight["Hartcliffe"] > 60 and tight["Stoke Bishop"] == 0

    page = client.get("/place/?map=tight").content.decode()
    assert page[page.index('class="choropleth"') :].count("<title>") == 35
    assert "Hartcliffe" in words(page) and "Bristol: what we have, and what we want" in words(page)


def test_how_much_is_here_for_the_people_of_every_few_streets(client, bristol):
    before = richness()
    assert len(before.rows) == 263 and before.people == 463_377
    assert sum(one.areas for one in before.fifths) == 263 and len(before.fifths) == 5
    assert before.unplaced == before.things >= 817, "the real feed says of no service where it is"
    row = before.least[0]
    club = people.welcome(by=MACHINE, name="Table", kind=Kind.COMMUNITY, sort=Sort.GROUP)
    given = {"kind": "activity", "title": "Lunch", "audience": "everyone", "precision": "exact"}
    offer(by=MACHINE, holder=club, lat=row.area.lat, lng=row.area.lng, **given)
    after = richness()
    now = next(one for one in after.rows if one.place.code == row.place.code)
    assert (now.place.things["community"], now.place.near) == (1, 1) and now.place.rate > 0
    assert row.place.code not in {one.place.code for one in after.least}
    assert any(one.place.near for one in after.rows if one is not now), "it is a walk from next door too"
    page = words(client.get("/place/how-much/").content.decode())
    assert "The fifth where money is tightest" in page and "Where there is least for the people there" in page


def test_every_ward_has_its_page(client, bristol):
    for ward in Area.objects.filter(kind="ward")[:6]:
        page = client.get(f"/place/ward/{ward.code}/")
        assert page.status_code == 200 and ward.name.replace("'", "&#x27;") in page.content.decode()


def test_people_of_bristol_are_counted_by_ward_and_never_few(bristol):
    ashley, hidden = Area.objects.get(kind="ward", name="Ashley"), Area.objects.get(kind="ward", name="Bedminster")
    street = ashley.parts.filter(part__kind="lsoa", share=1.0).first().part
    all_want(residents(16, street), "people")
    all_want(residents(7, hidden), "people")
    publish(by=MACHINE)
    figures = {(f["area"], f["measure"]): f for f in assess()["figures"]}
    assert figures[ashley.code, "people_wanting.people"]["value"] == 15
    assert figures[hidden.code, "people_wanting.people"]["suppressed"] is True
    assert all(f["value"] % 5 == 0 for f in figures.values() if f["measure"].startswith("people_") and f["value"])
