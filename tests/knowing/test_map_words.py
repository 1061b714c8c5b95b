"""What a community's map says to those who look after it, and what its drawing is told."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from alongside.ground.history.actor import Actor
from alongside.ground.places.actions import draw_edge
from alongside.ground.places.models import Area
from alongside.knowing.assets.actions import offer
from alongside.knowing.maps import actions, drawing
from alongside.knowing.maps.models import CommunityMap, MapSteward
from tests.cast import Cast

pytestmark = pytest.mark.django_db
MACHINE = Actor.system("tests")
EDGE = '{"type":"Polygon","coordinates":[[[-2.61,51.44],[-2.58,51.44],[-2.58,51.46],[-2.61,51.46],[-2.61,51.44]]]}'


@pytest.fixture
def quay(cast: Cast) -> CommunityMap:
    assert cast.place.name
    return actions.start(by=cast.connector.actor, community=cast.lunch_club, title="Round the quay")


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def data(page: str) -> dict[str, Any]:
    found = re.search(r'id="map-data"[^>]*>(.*?)</script>', page)
    assert found
    return dict(json.loads(found[1]))


def ward() -> Area:
    return Area.objects.create(
        kind="ward", edition="2025", code="W1", name="Quay ward", boundary=EDGE, lat=51.45, lng=-2.6
    )


def test_the_drawing_is_told_to_keep_a_drawn_edge_in_view(client: Client, cast: Cast, quay: CommunityMap) -> None:
    address = f"/m/{quay.record.key}/"
    told = data(words(client, address))
    assert told["edge"] is False and told["boundaries"] is None
    draw_edge(by=cast.connector.actor, party=cast.lunch_club, parts=[ward()])
    told = data(words(client, address))
    assert told["edge"] is True and told["boundaries"]["features"]


def test_look_around_fits_to_what_was_found_and_not_to_every_ward(client: Client, cast: Cast) -> None:
    ward()
    offer(by=MACHINE, holder=cast.lunch_club, kind="space", title="A table", audience="everyone", lat=51.45, lng=-2.6)
    assert not data(words(client, "/look-around/")).get("edge")


def test_without_anything_on_it_the_edge_is_still_drawn() -> None:
    told = json.loads(str(drawing.map_data([], ward())))
    assert told["signs"] == [] and told["edge"] is True


@pytest.mark.parametrize("address", ["/look-around/", "map"])
def test_the_sign_of_many_is_said_in_the_language_of_the_page(
    client: Client, cast: Cast, quay: CommunityMap, address: str
) -> None:
    offer(by=MACHINE, holder=cast.lunch_club, kind="space", title="A table", audience="everyone", lat=51.45, lng=-2.6)
    address = f"/m/{quay.record.key}/" if address == "map" else address
    assert 'data-heap="{n} here"' in words(client, address)
    page = client.get(address, headers={"Accept-Language": "cy"}).content.decode()
    assert 'data-heap="{n} yma"' in page and "{n} here" not in page


def test_who_steps_down_reads_what_that_means_and_can_go_back(cast: Cast, quay: CommunityMap) -> None:
    row = MapSteward.objects.get(map=quay, party=cast.connector.party)
    page = words(cast.connector.client(), f"/m/steward/{row.key}/")
    assert "You help look after Round the quay. If you step down, your name no longer stands there" in page
    assert re.search(rf'href="/m/{quay.record.key}/"[^>]*>Go back', page)


def test_a_question_that_is_taken_back_is_called_that(cast: Cast, quay: CommunityMap) -> None:
    row = actions.vouch(by=cast.connector.actor, map=quay, party=cast.resident.party)
    page = words(cast.connector.client(), f"/m/steward/{row.key}/")
    assert "Mair P. was asked to help look after Round the quay, and has not answered." in page
    assert "You would see to its charter" in words(cast.resident.client(), f"/m/steward/{row.key}/")
    actions.say_yes(by=cast.resident.actor, stewardship=row)
    assert "Mair P. helps look after Round the quay." in words(cast.connector.client(), f"/m/steward/{row.key}/")


def test_an_edge_that_is_drawn_is_changed_and_not_drawn_anew(cast: Cast, quay: CommunityMap) -> None:
    client, address = cast.connector.client(), f"/m/{quay.record.key}/tend/"
    assert "Draw your own edge" in words(client, address)
    draw_edge(by=cast.connector.actor, party=cast.lunch_club, parts=[ward()])
    page = words(client, address)
    assert "Change your edge" in page and "Draw your own edge" not in page


def test_a_card_for_a_window_stands_by_itself(cast: Cast) -> None:
    table = offer(by=MACHINE, holder=cast.lunch_club, kind="space", title="A table", audience="everyone")
    page = words(cast.connector.client(), f"/a/{table.record.key}/card/")
    assert '<article class="sheet words window">' in page
    assert "Read more here:" in page and "You are welcome here" in page
