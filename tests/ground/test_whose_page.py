"""A page begun on a computer without signing in: is it of whoever signs in there, and how does its writer come back?"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event
from alongside.ground.people.actions import begin, claim
from alongside.ground.people.device import ASIDE_COOKIE
from alongside.ground.people.doors import DEVICE_COOKIE
from alongside.ground.people.models import Device, Login, Party, PartyState
from alongside.ground.people.queries import hash_token
from alongside.ground.records.models import Record
from alongside.knowing.outcomes.actions import want
from tests.cast import Cast
from tests.ground.test_sign_in import ANYONE, ask, come_in

pytestmark = pytest.mark.django_db


def begun() -> tuple[Party, Client]:
    """A page that somebody began on this device, and the device."""
    party, token = begin(by=ANYONE)
    want(by=Actor(person=party), owner=party, words="Someone to sing with")
    client = Client()
    client.cookies[DEVICE_COOKIE] = token
    return party, client


def say(client: Client, words: str) -> Any:
    return client.post(reverse("people:whose"), {"do": words, "next": "/groups/"})


def test_whoever_signs_in_is_asked_whether_the_page_on_this_device_is_theirs() -> None:
    party, client = begun()
    answer = client.post(f"{reverse('people:code')}?next=/groups/", {"code": ask(client, "new@example.org")})
    assert answer.url == "/is-this-yours/?next=%2Fgroups%2F"
    page = client.get(answer.url).content.decode()
    assert "Is this page yours?" in page and "Someone to sing with" in page
    assert Record.objects.get().owner == party, "nothing is joined before they say so"
    assert "Someone to sing with" not in client.get("/me/take-away/").content.decode()


def test_a_plan_is_known_again_by_what_was_written_in_it(cast: Cast) -> None:
    client = Client()
    client.post("/my-page/plan/ask/matters/", {"matters": "Tea with Joyce. And sun, in 2027"})
    come_in(client, "new@example.org")
    page = client.get(reverse("people:whose")).content.decode()
    assert "Tea with Joyce. And sun, in 2027" in page and "whole_life" not in page
    say(client, "no")
    assert again(client, "tea with joyce").url == "/is-this-yours/"


def test_the_page_on_this_device_becomes_theirs() -> None:
    party, client = begun()
    come_in(client, "new@example.org")
    answer = say(client, "yes")
    assert answer.url == "/groups/" and answer.cookies[DEVICE_COOKIE].value == ""
    assert Login.objects.get().party == party, "their own was empty, so this one goes on with its history"
    party.refresh_from_db()
    assert party.state == PartyState.LIVE and Record.objects.get().owner == party
    assert not Device.objects.exists() and Party.objects.get(state=PartyState.MERGED).merged_into == party
    assert client.get("/me/").status_code == 200


def test_the_page_on_this_device_joins_the_one_they_have(cast: Cast) -> None:
    party, client = begun()
    come_in(client, cast.resident.login.email)
    say(client, "yes")
    assert Record.objects.get().owner == cast.resident.party
    party.refresh_from_db()
    assert party.state == PartyState.MERGED and party.merged_into == cast.resident.party
    assert Event.objects.filter(verb="people.settle").exists()
    assert say(client, "yes").url == "/groups/", "pressing twice does nothing more"


def test_a_page_that_is_not_theirs_stays_its_owners_and_is_shut_on_this_device(cast: Cast) -> None:
    party, client = begun()
    token = client.cookies[DEVICE_COOKIE].value
    come_in(client, cast.resident.login.email)
    answer = say(client, "no")
    assert answer.url == "/groups/" and answer.cookies[DEVICE_COOKIE].value == ""
    assert answer.headers["Clear-Site-Data"] == '"cache"', "nor does going back show it"
    party.refresh_from_db()
    assert party.state == PartyState.PROVISIONAL, "it ends when its time is up, not by a stranger's word"
    assert Record.objects.get().owner == party and Record.objects.get().state == "live"
    client.post(reverse("people:sign_out"))
    assert client.get("/me/").status_code == 302, "this browser opens it no more"
    copy = Client()
    copy.cookies[DEVICE_COOKIE] = token
    assert copy.get("/me/").status_code == 302, "nor does a copy of its cookie"
    client.cookies[DEVICE_COOKIE] = token
    come_in(client, "new@example.org")
    assert "Someone to sing with" not in client.get(reverse("people:whose"), follow=True).content.decode()


# The way back to a page that somebody else said was not theirs


def set_aside(cast: Cast) -> tuple[Party, Client]:
    """Somebody began a page here, somebody else signed in, said no, and went."""
    party, client = begun()
    come_in(client, cast.resident.login.email)
    say(client, "no")
    client.post(reverse("people:sign_out"))
    return party, client


def again(client: Client, words: str) -> Any:
    return client.post(reverse("people:open_again"), {"words": words})


def said_by(answer: Any) -> str:
    """The page without what is another at each asking."""
    return re.sub(r'(name="(csrfmiddlewaretoken|key)" value|nonce)="[^"]*"', "", answer.content.decode())


def test_whoever_began_it_opens_their_page_again_with_words_of_theirs(cast: Cast) -> None:
    party, client = set_aside(cast)
    aside = client.cookies[ASIDE_COOKIE]
    assert aside["httponly"] and "Someone" not in aside.value and client.get("/me/").status_code == 302
    answer = again(client, "  someone TO sing, with!  ")
    assert answer.url == "/my-page/" and answer.cookies[ASIDE_COOKIE].value == ""
    assert client.get("/my-page/").wsgi_request.actor.party == party
    assert Event.objects.filter(verb__in=("people.set_aside", "people.open_again")).count() == 2
    assert again(client, "Someone to sing with").status_code == 200, "once: the page is open now"
    assert client.get("/my-page/").wsgi_request.actor.party == party


def test_whoever_has_signed_in_meanwhile_is_asked_and_joins_it(cast: Cast) -> None:
    party, client = set_aside(cast)
    come_in(client, "ann@example.org")
    assert again(client, "Someone to sing with").url == "/is-this-yours/"
    say(client, "yes")
    assert Login.objects.get(email="ann@example.org").party == party


def test_the_way_back_tells_nobody_whether_a_page_was_begun_here(cast: Cast) -> None:
    _party, client = set_aside(cast)
    anybody, url = Client(), reverse("people:open_again")
    assert said_by(client.get(url)) == said_by(anybody.get(url))
    refused = said_by(again(anybody, "Someone to sing with"))  # right words on another computer
    assert "These words open no page here" in refused
    assert said_by(again(anybody, "I want to sing")) == said_by(again(client, "I want to sing"))
    for words in ("Someone", "to sing with", "with with with with", "\u202e🎹" * 2_000, "' OR 1=1 --"):
        assert again(client, words).status_code == 200
    assert "These words open no page here" in said_by(again(client, "Someone to sing with")), "five tries are used up"
    assert not Device.objects.filter(token_hash=hash_token(client.cookies[ASIDE_COOKIE].value)).exists()


def test_what_was_set_aside_opens_nothing_by_itself_or_when_its_time_is_up(cast: Cast) -> None:
    _party, client = set_aside(cast)
    copy = Client()
    copy.cookies[DEVICE_COOKIE] = client.cookies[ASIDE_COOKIE].value
    assert copy.get("/me/").status_code == 302
    Device.objects.update(expires=timezone.now())
    assert again(client, "Someone to sing with").status_code == 200
    client.cookies[ASIDE_COOKIE] = ".".join(["x" * 400] * 9)
    assert again(client, "Someone to sing with").status_code == 200


def test_a_page_begun_here_meanwhile_is_set_aside_in_its_turn(cast: Cast) -> None:
    first, client = set_aside(cast)
    second, token = begin(by=ANYONE)
    want(by=Actor(person=second), owner=second, words="A lift to chapel on Sundays. Thank you")
    client.cookies[DEVICE_COOKIE] = token
    again(client, "Someone to sing with")
    assert client.get("/my-page/").wsgi_request.actor.party == first
    again(client, "a lift to chapel on Sundays")
    assert client.get("/my-page/").wsgi_request.actor.party == second
    claim(by=ANYONE, provisional=first)
    assert again(client, "Someone to sing with").status_code == 200, "it is somebody's by now"


def test_what_somebody_needs_goes_from_the_device_with_their_page(cast: Cast) -> None:
    _party, client = begun()
    client.cookies["works_for_me"] = "level"
    client.cookies["works_for_me"]["path"] = "/look-around/"
    come_in(client, cast.resident.login.email)
    gone = say(client, "no").cookies["works_for_me"]
    assert (gone.value, gone["path"], gone["max-age"]) == ("", "/look-around/", 0)


def test_to_say_yes_shuts_nothing_else(cast: Cast) -> None:
    _party, client = begun()
    come_in(client, cast.resident.login.email)
    answer = say(client, "yes")
    assert "works_for_me" not in answer.cookies and "Clear-Site-Data" not in answer.headers


def test_no_of_somebody_on_whose_device_no_page_is_any_more_does_no_harm(cast: Cast) -> None:
    _party, client = begun()
    come_in(client, cast.resident.login.email)
    for _press in range(2):
        assert say(client, "no").url == "/groups/"
    assert client.get("/me/").status_code == 200, "they stay signed in as themselves"


def test_neither_an_answer_that_is_none_nor_somebody_not_signed_in_joins_anything(cast: Cast) -> None:
    party, client = begun()
    assert client.get(reverse("people:whose")).status_code == 302
    assert say(client, "yes").status_code == 302 and Record.objects.get().owner == party
    come_in(client, cast.resident.login.email)
    for words in ("", "perhaps", "\u202e🎹" * 5_000):
        assert "Is this page yours?" in say(client, words).content.decode()
    assert client.post(reverse("people:whose"), {"do": "no", "next": "https://elsewhere.org/"}).url == "/my-page/"
    assert Record.objects.get().owner == party
