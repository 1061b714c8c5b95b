"""A café says that people are welcome: two questions, no account, a card for the window; and room in one tap."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event
from alongside.ground.places.models import Area
from alongside.ground.records.actions import let_through
from alongside.knowing.assets import actions
from alongside.knowing.assets.actions import give_place_back, take_place
from alongside.knowing.assets.models import Asset, Offer
from alongside.knowing.search.queries import look_around
from tests.cast import Cast

pytestmark = pytest.mark.django_db
MACHINE = Actor.system("tests")
CAFE = {
    "name": "The Bandstand Café",
    "sort": "business",
    "near": "Old Quay",
    "access": ["sit", "any_toilet"],
    "words": "Most mornings. 🥐",
}


@pytest.fixture
def town(cast: Cast) -> Cast:
    assert cast.place.name
    Area.objects.create(kind="ward", edition="2025", code="W9", name="Old Quay", lat=51.45, lng=-2.6)
    return cast


def test_a_cafe_says_in_two_answers_that_people_are_welcome(town: Cast) -> None:
    client = Client()
    page = client.post("/offer/welcome/", {**CAFE, "key": "k"}, follow=True)
    assert page.redirect_chain[-1][0].endswith("/card/")
    said = page.content.decode()
    assert "You are welcome here" in said and "Sit down without buying" in said and '<svg class="qr"' in said
    asset = Asset.objects.get()
    assert (asset.kind, asset.cost, asset.record.state) == ("space", "free", "held")
    assert asset.record.owner.sort == "business"
    assert look_around(Actor.anyone(), "bandstand").total == 0, "a steward looks first"
    assert Client().get(page.redirect_chain[-1][0]).status_code == 404
    let_through(by=MACHINE, record=asset.record)
    assert look_around(Actor.anyone(), "bandstand", access=["any_toilet"]).total == 1
    assert Client().get(f"/a/{asset.record.key}/card/").status_code == 200


def test_pressing_twice_makes_one_place(town: Cast) -> None:
    client = Client()
    for _press in range(2):
        client.post("/offer/welcome/", {**CAFE, "key": "k"})
    assert Asset.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "Enter a name"),
        ({"access": [], "words": ""}, "Tick at least one"),
        ({"access": ["moon"]}, "moon"),
        ({"words": "م" * 1001}, "Use 1,000 letters"),
        ({"sort": "specialist"}, "There is a problem"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(town: Cast, change: dict[str, object], said: str) -> None:
    page = Client().post("/offer/welcome/", {**CAFE, **change}).content.decode()
    assert said in page and "There is a problem" in page and not Asset.objects.exists()
    assert "The Bandstand Café" in page or not change.get("name", "x")


def test_a_street_we_do_not_know_is_kept_in_words(town: Cast) -> None:
    Client().post("/offer/welcome/", {**CAFE, "near": "Penny Lane"})
    spot = Asset.objects.get().record.spot
    assert (spot.shown_words, spot.shown_lat) == ("The Bandstand Café, Penny Lane", None)


def test_the_card_of_what_is_not_for_everyone_is_for_nobody_else(cast: Cast) -> None:
    asset = actions.offer(by=cast.resident.actor, holder=cast.resident.party, kind="space", title="My porch")
    assert cast.outsider.client().get(f"/a/{asset.record.key}/card/").status_code == 404
    assert cast.resident.client().get(f"/a/{asset.record.key}/card/").status_code == 200


# Room, and a break


@pytest.fixture
def table(cast: Cast) -> Asset:
    who = cast.resident
    return actions.offer(by=who.actor, holder=who.party, kind="activity", title="Cards at ours", audience="everyone")


def tap(cast: Cast, table: Asset, what: str, **said: str) -> str:
    return cast.resident.client().post(f"/a/{table.record.key}/{what}/", said, follow=True).content.decode()


def listed() -> str:
    return Client().get("/look-around/?words=cards").content.decode()


def test_room_for_newcomers_is_one_tap_and_stands_in_the_list(cast: Cast, table: Asset) -> None:
    assert "Room for 3 newcomers" in tap(cast, table, "room", room="3")
    assert "Room for 3 newcomers" in listed()
    tap(cast, table, "room", room="0")
    assert "No room for newcomers just now" in listed()
    tap(cast, table, "room", room="any")
    assert "newcomers" not in listed()
    assert [event.verb for event in Event.objects.filter(record=table.record)][1:] == ["assets.say_room"] * 3


def test_room_only_until_a_day_is_forgotten_after_it(cast: Cast, table: Asset) -> None:
    day = timezone.localdate() + timedelta(days=1)
    tap(cast, table, "room", room="2", until=day.isoformat())
    assert f"Room for 2 newcomers, until {day.day}" in listed()
    Asset.objects.update(room_until=timezone.localdate() - timedelta(days=1), room_for=0)
    assert "newcomers" not in listed() and Asset.objects.get().has_room(timezone.localdate())
    actions.come_back(by=MACHINE)
    assert Asset.objects.get().room_for is None


@pytest.mark.parametrize(
    "said",
    [
        {"room": "many"},
        {"room": "-1"},
        {"room": "501"},
        {"room": "２"},
        {"room": "2", "until": "2020-01-01"},
        {"room": "2", "until": "soon"},
        {"room": "2", "until": "2026-02-31"},
    ],
)
def test_what_is_no_number_or_day_changes_nothing(cast: Cast, table: Asset, said: dict[str, str]) -> None:
    page = tap(cast, table, "room", **said)
    assert Asset.objects.get().room_for is None
    assert "Enter a" in page or "Choose a day" in page


def test_a_break_ends_by_itself_on_its_day(cast: Cast, table: Asset) -> None:
    back = timezone.localdate() + timedelta(weeks=2)
    assert "Taking a break until" in tap(cast, table, "pause", on="1", weeks="2")
    assert Asset.objects.get().back_on == back
    assert "Taking a break" in listed()
    assert actions.come_back(by=MACHINE) == 0
    Asset.objects.update(back_on=timezone.localdate())
    assert actions.come_back(by=MACHINE) == 1
    assert "Taking a break" not in listed()


def test_a_break_without_a_day_lasts_until_its_holder_is_back(cast: Cast, table: Asset) -> None:
    tap(cast, table, "pause", on="1")
    assert actions.come_back(by=MACHINE) == 0 and Asset.objects.get().paused
    tap(cast, table, "pause")
    assert not Asset.objects.get().paused
    with pytest.raises(Fault):
        actions.pause_offer(by=cast.resident.actor, asset=table, back_on=timezone.localdate())


def test_only_its_holder_says_how_much_room_there_is(cast: Cast, table: Asset) -> None:
    for what in ("room", "pause"):
        assert cast.outsider.client().post(f"/a/{table.record.key}/{what}/", {"room": "3"}).status_code == 404
    with pytest.raises(Refused):
        actions.say_room(by=cast.outsider.actor, asset=table, room_for=1)
    with pytest.raises(Refused):
        actions.come_back(by=cast.steward.actor)


def test_a_place_is_taken_once_and_given_back(cast: Cast, table: Asset) -> None:
    assert take_place(asset=table), "where no number was said there is room for all"
    actions.say_room(by=cast.resident.actor, asset=table, room_for=1)
    assert [take_place(asset=table), take_place(asset=table)] == [True, False]
    give_place_back(asset=table)
    assert Asset.objects.get().room_for == 1
    Asset.objects.update(paused=True)
    assert not actions.promise(asset=table, minutes=10) and not Offer.objects.exists()
