"""Every address refuses the outsider unless it is for everyone; nobody changes what is not theirs by knocking."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from random import Random
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve

from alongside.ground.history.models import Event
from alongside.ground.people.actions import note_facts
from alongside.ground.records.models import Record
from alongside.knowing.assets.actions import offer
from tests.cast import Cast, Somebody
from tests.conftest import PROVING
from tests.house.addresses import Address, addresses, body, crawl, is_refusal, sends_to_sign_in
from tests.house.planting import Planter

# Behind "token" stand the operations of the API, which tests/api/test_access.py walks one by one.
DOORS = {"public", "resident", "signed_in", "staff", "token"}
# Addresses of packages, which wear no door of ours, and what guards them.
GUARDED_ELSEWHERE = {
    "allauth.": "sign-in and second factor; each refuses by itself",
    "django.views.i18n": "the choice of language, which is for everyone",
}
# Who posts here is nobody afterwards, and would knock at shut doors only.
SIGNS_OUT = {"sign-out/", "forget-this-device/", "leave-quickly/"}
# How many pages a crawl reads beyond those it begins with: by day some, since most are one list, chosen otherwise.
FURTHER = 300 if PROVING else 60
# Each says that it is for everyone and yet says no, for the reason here.
PUBLIC_BUT: dict[str, str] = {}


@pytest.fixture
def planted(cast: Cast) -> Planter:
    """A private person with a row in every table, in an open place."""
    assert cast.place.name
    planter = Planter()
    planter.plant_everything()
    return planter


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Hundreds of refusals are what these tests ask for; they need no log."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def turned_away(address: Address, response: HttpResponse) -> bool:
    """Sent to sign in; but the later pages of signing in may well send someone back to the first."""
    return sends_to_sign_in(response) and not address.route.startswith(settings.LOGIN_URL.lstrip("/"))


def turns_away(address: Address, response: HttpResponse) -> bool:
    """Whether what is for everyone says no, or breaks."""
    return response.status_code in {401, 403} or response.status_code >= 500 or turned_away(address, response)


def asks_for_the_app(response: HttpResponse) -> bool:
    """Sent to set up, or to use, an authenticator app."""
    if response.status_code not in {301, 302, 303}:
        return False
    return (resolve(urlsplit(response["Location"]).path).url_name or "").startswith("mfa_")


def few(planted: Planter) -> list[str]:
    """Some keys, for a test whether a door is shut: it is shut before it sees the key (`people/doors.py`)."""
    return planted.keys() if PROVING else planted.keys()[:3]


def some(planted: Planter, address: Address) -> list[str]:
    """The keys of this address's own kit, and some of others that it should not take for its own: others on each
    database; `make prove` tries every key everywhere."""
    if PROVING:
        return planted.keys()
    if address.door == "staff":
        return few(planted)
    own = planted.keys_of(address.view.__module__.rpartition(".")[0])
    everything = planted.keys()
    others = [key for key in everything if key not in own]
    return own + Random(address.route).sample(others, 6)[connection.vendor == "sqlite" :: 2]


def knock(client: Client, address: Address, keys: list[str]) -> Iterator[tuple[str, HttpResponse]]:
    """Both ways at every path of this address; what went wrong is named by address, not by each key tried.

    Where one does not knock like this at all, that holds for every key.
    """
    for way in (client.get, client.post):
        for path in address.paths(keys):
            response = way(path, {})
            yield f"{way.__name__.upper()} {address.route}", response
            if response.status_code == 405:
                break


def test_every_view_wears_a_door() -> None:
    bare = [
        f"{address.route} ({address.view.__module__})"
        for address in addresses()
        if address.door not in DOORS and not address.view.__module__.startswith(tuple(GUARDED_ELSEWHERE))
    ]
    assert not bare


def test_addresses_use_public_keys_and_no_row_numbers() -> None:
    """A row number tells how many there are and invites the next one to be tried."""
    wrong = [
        address.route
        for address in addresses()
        for name, kind in address.converters
        if address.is_ours and kind == "IntConverter" and name in {"id", "pk", "record", "party"}
    ]
    assert not wrong


@pytest.mark.django_db
def test_public_pages_welcome_what_anyone_sends(planted: Planter) -> None:
    """And all that anyone asks for: that is looked at where each page is read, in the crawl for markers."""
    client = Client(raise_request_exception=False)
    wrong = [
        f"POST {address.route}: {response.status_code}"
        for address in addresses()
        if address.door == "public" and address.name not in PUBLIC_BUT
        for response in (client.post(path, {}) for path in address.paths(some(planted, address)))
        if turns_away(address, response)
    ]
    assert not wrong, "\n".join(sorted(set(wrong)))


@pytest.mark.django_db
def test_all_other_pages_refuse_someone_unknown(planted: Planter) -> None:
    client = Client(raise_request_exception=False)
    wrong = [
        f"{what}: {response.status_code}"
        for address in addresses()
        if address.is_ours and address.door not in {"public", "token"}
        for what, response in knock(client, address, few(planted))
        if not is_refusal(response)
    ]
    assert not wrong, "\n".join(sorted(set(wrong)))


@pytest.mark.django_db
def test_staff_pages_refuse_everyone_else(planted: Planter, cast: Cast) -> None:
    """Somebody signed in but not staff; and staff who have not used their authenticator app."""
    for client in (cast.outsider.client(), cast.builder.client(second_factor=False)):
        client.raise_request_exception = False
        wrong = [
            f"{what}: {response.status_code}"
            for address in addresses()
            if address.door == "staff"
            for what, response in knock(client, address, few(planted))
            if not (is_refusal(response) or asks_for_the_app(response))
        ]
        assert not wrong, "\n".join(sorted(set(wrong)))


@pytest.mark.django_db
def test_an_outsider_sees_and_changes_nothing_of_a_private_person(planted: Planter, cast: Cast) -> None:
    """Keys of somebody else's are tried at every address, by GET and POST: no marker comes back, and no
    record of theirs has anything in its history afterwards."""
    before = set(Record.objects.filter(owner=planted.owner).values_list("pk", "rev", "state", "audience"))
    events = set(Event.objects.values_list("pk", flat=True))
    client = cast.outsider.client()
    client.raise_request_exception = False
    leaks = list(leaking(client, planted))
    assert not leaks, "\n".join(sorted(set(leaks)))
    after = set(Record.objects.filter(owner=planted.owner).values_list("pk", "rev", "state", "audience"))
    assert after == before
    touched = Event.objects.exclude(pk__in=events).filter(record__owner=planted.owner)
    assert not [f"{event.verb} of {event.record.kind}" for event in touched.select_related("record")]


def leaking(client: Client, planted: Planter) -> Iterator[str]:
    for address in addresses():
        if not address.is_ours or address.route in SIGNS_OUT:
            continue
        for what, response in knock(client, address, some(planted, address)):
            if response.status_code >= 500:
                yield f"{what}: {response.status_code}"
            yield from (f"{what} shows {column}" for column in planted.shown(body(response)))
    assert "_auth_user_id" in client.session, "nobody is turned away at doors that are shut to everybody unknown"


@pytest.mark.django_db
def test_markers_never_appear_in_public(planted: Planter) -> None:
    """Every address, feed and export that anyone can reach from the front page or by guessing a key; and none that
    is for everyone turns them away."""
    assert len(planted.markers) > 40
    public = {path: one for one in addresses() if one.door == "public" for path in one.paths(some(planted, one))}
    client = Client(raise_request_exception=False)
    found, read = [], set()
    for path, response, text in crawl(client, ["/", *public], most=len(public) + FURTHER):
        read.add(path)
        found += [f"{path} shows {column}" for column in planted.shown(text)]
        address = public.get(path)
        if address and address.name not in PUBLIC_BUT and turns_away(address, response):
            found.append(f"GET {address.route}: {response.status_code}")
    assert not found, "\n".join(found)
    assert read >= set(public), "the crawl must have room for every address"


@pytest.mark.django_db
def test_a_public_offer_shows_nothing_that_was_kept_back(cast: Cast) -> None:
    """Somebody offers a thing to everyone: its title is found, and their home, telephone and whole name are not."""
    assert cast.place.name
    giver = cast.person("Gwen zqfamilyname")
    note_facts(by=giver.actor, party=giver.party, phone="07700zqphone", address="9 zqstreet", access_needs="zqneeds")
    offer(
        by=giver.actor,
        holder=giver.party,
        kind="skill",
        title="Bread with nothing bought",
        audience="everyone",
        lat=51.4512345,
        lng=-2.5912345,
        address="9 zqhome",
        per_week=60,
    )
    Record.objects.filter(owner=giver.party).update(state="live")
    kept = (
        "zqfamilyname",
        "zqphone",
        "zqstreet",
        "zqneeds",
        "zqhome",
        "51.4512345",
        "2.5912345",
        str(giver.login.email),
    )
    keys = [str(giver.party.key), *map(str, Record.objects.values_list("key", flat=True))]
    starts = ["/"] + [path for a in addresses() if a.door == "public" for path in a.paths(keys)]
    pages = list(crawl(Client(raise_request_exception=False), starts, most=len(set(starts)) + FURTHER))
    assert any("Bread with nothing bought" in text for _path, _response, text in pages)
    assert not [f"{path} shows {word}" for path, _response, text in pages for word in kept if word in text]


@pytest.mark.django_db
def test_the_owner_does_find_their_own_marker(planted: Planter) -> None:
    """The other tests prove nothing if the markers could not appear at all."""
    client = Somebody(planted.owner).client()
    client.raise_request_exception = False
    starts = [path for a in addresses() if a.is_ours and "sign-out" not in a.route for path in a.paths(planted.keys())]
    texts = (text for _path, _response, text in crawl(client, starts, most=600))
    assert any(planted.shown(text) for text in texts)
