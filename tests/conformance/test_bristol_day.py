"""A day in Bristol on real data: look around, open a service, make a page of ideas from it, see the place."""

import json
import re

import pytest
from django.test import Client

from alongside.exchange.services.actions import load
from alongside.ground.history.actor import Actor
from alongside.ground.people.actions import welcome
from alongside.ground.places.actions import open_place
from alongside.ground.places.models import Area
from alongside.knowing.assets.actions import offer
from alongside.knowing.contributions.models import Contribution
from alongside.knowing.outcomes.models import Outcome
from tests.conformance.bristol import load_bristol, shared_data
from tests.standing import Standing

MACHINE = Actor.system("tests")


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def titles(page: str) -> list[str]:
    return re.findall(r'<a href="/a/[^"]+">([^<]+)</a></h3>', page)


def signs(page: str) -> list[dict]:
    found = re.search(r'<script[^>]*id="map-data"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found.group(1))["signs"]


def a_city() -> None:
    load_bristol("ward", "msoa")
    services = shared_data() / "services" / "bristol-oruk-services.json"
    report = load(by=MACHINE, source="Bristol", data=services.read_bytes())
    assert (report.read, report.created, report.rejected) == (819, 817, 2)
    open_place(by=MACHINE, name="Bristol", phone="0117 496 0000")


@pytest.fixture
def city(standing: Standing) -> None:
    standing("Bristol", a_city)


@pytest.fixture
def bristol(city: None, db: None) -> None:
    """The wards of Bristol and its real services."""


def test_look_around_open_a_service_and_put_it_on_a_page(client: Client, bristol: None) -> None:
    page = client.get("/look-around/?words=carers").content.decode()
    found = titles(page)
    assert len(found) >= 10 and "Organisations (" in words(page)
    assert signs(page) == [], "the real feed says of no service where it is, and the map does not guess"
    address = re.findall(r'<a href="(/a/[^"]+)">[^<]+</a></h3>', page)[0]
    service = client.get(address).content.decode()
    assert found[0] in service and "At a glance" in service and "<script>" not in words(service)
    add = re.search(r'href="(/my-page/plan/add/[^"]+)"', service)
    assert add
    answer = client.post(add.group(1), {"words": "I want a rest from caring now and then", "key": "a"})
    assert answer.status_code == 302
    assert Contribution.objects.get().asset.record.owner.kind == "organisation"
    assert "I want a rest from caring" in words(client.get("/my-page/plan/").content.decode())


def test_ideas_for_what_somebody_wants_come_from_the_real_services(client: Client, bristol: None) -> None:
    client.post("/my-page/plan/ask/matters/", {"matters": "Getting out of the house", "key": "1"})
    want = {"want-TOTAL_FORMS": "1", "want-INITIAL_FORMS": "0", "want-0-domain": ""}
    client.post("/my-page/plan/want/", want | {"want-0-words": "I want to join a gardening group", "key": "2"})
    ideas = client.get(f"/my-page/plan/ideas/{Outcome.objects.get().record.key}/").content.decode()
    assert "garden" in " ".join(re.findall(r"<h3[^>]*>(.*?)</h3>", ideas, re.DOTALL)).lower()
    assert words(ideas).count("Why this idea:") >= 3
    assert "What you get already stays the same" in words(ideas)


def test_list_and_map_hold_the_same_placed_things(client: Client, bristol: None) -> None:
    ashley = Area.objects.get(kind="ward", name="Ashley")
    neighbour = welcome(by=MACHINE, name="Winifred Moss", area=ashley)
    for n, title in enumerate(["Juggling on the green", "Juggling for beginners", "Old juggling balls to lend"]):
        offer(
            by=Actor(person=neighbour),
            holder=neighbour,
            kind="skill",
            title=title,
            audience="everyone",
            lat=ashley.lat + n / 500,
            lng=ashley.lng,
            area=ashley,
        )
    page = client.get("/look-around/?words=juggling").content.decode()
    placed = [title for title in titles(page) if "uggling" in title]
    assert len(placed) == 3
    shown = signs(page)
    assert [sign["title"] for sign in shown] == placed
    for sign in shown:
        assert (sign["lat"], sign["lng"]) not in {(ashley.lat + n / 500, ashley.lng) for n in range(3)}


def test_the_place_and_a_ward_open(client: Client, bristol: None) -> None:
    assert "Bristol: what we have, and what we want" in words(client.get("/place/").content.decode())
    ward = Area.objects.get(kind="ward", name="Ashley")
    assert client.get(f"/place/ward/{ward.code}/").status_code == 200
