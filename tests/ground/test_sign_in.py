"""Signing in: one door by e-mail for new and known alike, a card and a word without e-mail, an app for staff."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.cache import cache
from django.db import connections
from django.test import Client
from django.urls import reverse

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.notices.actions import tell
from alongside.ground.people.actions import (
    CARD_TRIES,
    begin,
    block,
    claim,
    give_card,
    note_facts,
    open_login,
    rename,
    settle,
    try_card,
)
from alongside.ground.people.doors import DEVICE_COOKIE
from alongside.ground.people.models import Card, Device, Login, Party, PartyState, PersonFacts
from tests.cast import Cast, app_code

pytestmark = pytest.mark.django_db
ANYONE = Actor.anyone()


def ask(client: Client, email: str) -> str:
    """Ask for a code and read it in the newest e-mail."""
    answer = client.post(reverse("people:sign_in"), {"email": email})
    assert answer.status_code == 302 and answer.url == reverse("people:code")
    found = re.search(r"\b\d{6}\b", mail.outbox[-1].body)
    assert found and mail.outbox[-1].to == [email.lower()]
    return found[0]


def come_in(client: Client, email: str) -> Any:
    return client.post(reverse("people:code"), {"code": ask(client, email)})


def test_somebody_new_gets_a_page_by_typing_the_code() -> None:
    client = Client()
    code = ask(client, "New@Example.org")
    assert not Login.objects.exists()  # an address alone makes nothing
    answer = client.post(reverse("people:code"), {"code": f" {code[:3]} {code[3:]} "})
    assert answer.status_code == 302 and answer.url == "/my-page/"
    login = Login.objects.get(email="new@example.org")
    assert login.party.state == PartyState.LIVE and login.party.facts.contact_by == "page"
    assert not login.has_usable_password()
    assert client.get(reverse("people:sign_in")).url == "/my-page/"


def test_somebody_known_comes_back_to_the_same_page(cast: Cast) -> None:
    login = cast.resident.login
    come_in(client := Client(), login.email)
    assert int(client.session["_auth_user_id"]) == login.pk
    assert Login.objects.count() == 1


def test_known_and_unknown_addresses_look_the_same(cast: Cast) -> None:
    known, unknown = Client(), Client()
    ask(known, cast.resident.login.email)
    ask(unknown, "nobody@example.org")
    first, second = (message.body for message in mail.outbox)
    assert re.sub(r"\d{6}", "", first) == re.sub(r"\d{6}", "", second)
    pages = [
        re.sub(r'[\w.-]+@example.org|value="[^"]*"|nonce="[^"]+"', "", one.get(reverse("people:code")).content.decode())
        for one in (known, unknown)
    ]
    assert pages[0] == pages[1]


def test_where_you_were_going_is_where_you_end_up_unless_it_is_elsewhere() -> None:
    client = Client()
    code = ask(client, "a@example.org")
    assert client.post(reverse("people:code"), {"code": code, "next": "/worry/"}).url == "/worry/"
    client = Client()
    code = ask(client, "b@example.org")
    assert client.post(reverse("people:code"), {"code": code, "next": "https://bad.example"}).url == "/my-page/"


def test_a_wrong_code_is_refused_and_after_five_it_has_ended() -> None:
    client = Client()
    code = ask(client, "a@example.org")
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(4):
        assert client.post(reverse("people:code"), {"code": wrong}).status_code == 200
    assert client.post(reverse("people:code"), {"code": wrong}).url.startswith(reverse("people:sign_in"))
    assert client.post(reverse("people:code"), {"code": code}).url == reverse("people:sign_in")
    assert not Login.objects.exists()


def test_a_code_works_for_fifteen_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    code = ask(client, "a@example.org")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 15 * 60 + 1)
    assert client.post(reverse("people:code"), {"code": code}).url == reverse("people:sign_in")


def test_a_new_code_ends_the_old_one() -> None:
    client = Client()
    old = ask(client, "a@example.org")
    client.post(reverse("people:code_again"))
    new = re.search(r"\b\d{6}\b", mail.outbox[-1].body)
    assert new and len(mail.outbox) == 2
    if new[0] != old:
        assert client.post(reverse("people:code"), {"code": old}).status_code == 200
    assert client.post(reverse("people:code"), {"code": new[0]}).status_code == 302


def test_nobody_is_sent_a_flood_of_codes() -> None:
    client = Client()
    for _ in range(8):
        client.post(reverse("people:sign_in"), {"email": "a@example.org"})
    assert len(mail.outbox) == 5


def test_a_page_is_claimed_once(cast: Cast) -> None:
    party, _token = begin(by=ANYONE)
    claim(by=ANYONE, provisional=party)
    with pytest.raises(Fault):
        claim(by=cast.outsider.actor, provisional=party, into=cast.outsider.party)
    with pytest.raises(Fault):
        claim(by=cast.outsider.actor, provisional=cast.neighbour.party, into=cast.outsider.party)


@pytest.mark.django_db(transaction=True)
def test_two_sign_ins_at_once_make_one_person() -> None:
    party, _token = begin(by=ANYONE)

    def sign_in(_: int) -> int:
        try:
            login = open_login(by=ANYONE, email="two@example.org")
            return settle(by=ANYONE, login=login, provisional=party).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        pages = set(pool.map(sign_in, range(4)))
    assert pages == {party.pk}
    assert Login.objects.count() == 1 and Party.objects.count() == 1


def test_signing_out_shuts_the_page(cast: Cast) -> None:
    client = cast.resident.client()
    assert client.get(reverse("people:sign_out")).status_code == 200
    client.post(reverse("people:sign_out"))
    assert "_auth_user_id" not in client.session


# A card and a word


@pytest.fixture
def card(cast: Cast) -> Card:
    return give_card(by=cast.resident.actor, party=cast.resident.party, word="Marmalade")


def with_card(client: Client, number: str, word: str) -> Any:
    return client.post(reverse("people:card_sign_in"), {"number": number, "word": word})


def test_a_card_and_a_word_open_the_page(cast: Cast, card: Card) -> None:
    client = Client()
    answer = with_card(client, f"{card.number[:4]} {card.number[4:]}", " marmalade ")
    assert answer.status_code == 302
    assert Login.objects.get(pk=client.session["_auth_user_id"]).party == cast.resident.party
    assert "marmalade" not in card.word


def test_a_new_card_ends_the_old_one(cast: Cast, card: Card) -> None:
    new = give_card(by=cast.resident.actor, party=cast.resident.party, word="Wellingtons")
    assert try_card(by=ANYONE, number=card.number, word="marmalade") is None
    assert try_card(by=ANYONE, number=new.number, word="wellingtons") is not None


@pytest.mark.parametrize("word", ["tea", "Pugh", "mair "])
def test_a_word_that_is_easy_to_guess_is_not_taken(cast: Cast, word: str) -> None:
    with pytest.raises(Fault):
        give_card(by=cast.resident.actor, party=cast.resident.party, word=word)


def test_only_the_person_or_their_helper_makes_a_card(cast: Cast) -> None:
    with pytest.raises(Refused):
        give_card(by=cast.outsider.actor, party=cast.resident.party, word="marmalade")
    helped = give_card(by=cast.carer.helps(cast.resident), party=cast.resident.party, word="marmalade")
    assert helped.login.party == cast.resident.party
    with pytest.raises(Fault):
        give_card(by=cast.connector.actor, party=cast.lunch_club, word="marmalade")


def test_after_five_wrong_words_the_card_rests_for_a_quarter_of_an_hour(card: Card) -> None:
    for _ in range(CARD_TRIES):
        assert try_card(by=ANYONE, number=card.number, word="guess") is None
    assert try_card(by=ANYONE, number=card.number, word="marmalade") is None
    card.refresh_from_db()
    assert card.locked_until is not None
    Card.objects.update(locked_until=card.made)
    assert try_card(by=ANYONE, number=card.number, word="marmalade") is not None
    card.refresh_from_db()
    assert card.tries == 0 and card.locked_until is None


def test_wrong_number_wrong_word_and_locked_card_look_the_same(card: Card) -> None:
    def page(number: str, word: str) -> str:
        answer = with_card(Client(), number, word)
        assert answer.status_code == 200
        return re.sub(r'value="[^"]*"|nonce="[^"]+"', "", answer.content.decode())

    wrong_word, wrong_number = page(card.number, "guess"), page("00000000", "guess")
    for _ in range(CARD_TRIES):
        try_card(by=ANYONE, number=card.number, word="guess")
    assert wrong_word == wrong_number == page(card.number, "marmalade")


def test_a_number_nobody_has_costs_the_same_slow_hash(card: Card, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed = []
    from alongside.ground.people import cards

    real = cards.check_password
    monkeypatch.setattr(cards, "check_password", lambda *given: hashed.append(given[1]) or real(*given))
    try_card(by=ANYONE, number=card.number, word="guess")
    try_card(by=ANYONE, number="99999999x", word="guess")
    assert len(hashed) == 2 and all(hashed)


@pytest.mark.django_db(transaction=True)
def test_guesses_at_once_win_nothing(live_cast: Cast) -> None:
    card = give_card(by=live_cast.resident.actor, party=live_cast.resident.party, word="marmalade")

    def guess(n: int) -> bool:
        try:
            return try_card(by=ANYONE, number=card.number, word=f"guess{n}") is not None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert not any(pool.map(guess, range(12)))
    card.refresh_from_db()
    assert card.tries == CARD_TRIES and card.locked_until is not None


def test_many_cards_tried_from_one_place_are_slowed_down(card: Card) -> None:
    client = Client()
    for n in range(21):
        with_card(client, f"{n:08d}", "guess")
    assert with_card(client, card.number, "marmalade").status_code == 200


# Staff


def secret_of(page: Any) -> str:
    return str(page.context["form"].secret)


def test_staff_set_up_an_app_before_any_staff_page_opens(cast: Cast) -> None:
    client = Client()
    come_in(client, cast.steward.login.email)
    desk = reverse("desk:home")
    answer = client.get(desk)
    assert answer.status_code == 302 and answer.url.startswith(reverse("mfa_activate_totp"))
    page = client.get(reverse("mfa_activate_totp"))
    assert "data:image/svg+xml;base64," in page.content.decode()
    answer = client.post(reverse("mfa_activate_totp"), {"code": app_code(secret_of(page))})
    assert answer.status_code == 302 and answer.url == reverse("mfa_view_recovery_codes")
    assert client.get(answer.url).status_code == 200
    assert client.get(desk).status_code == 200


def test_staff_with_an_app_are_asked_for_it_at_each_sign_in(cast: Cast) -> None:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(cast.steward.login, secret)
    client = Client()
    answer = come_in(client, cast.steward.login.email)
    assert answer.url == reverse("mfa_authenticate")
    assert client.get(reverse("desk:home")).status_code == 302  # not in yet
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    cache.clear()
    answer = client.post(reverse("mfa_authenticate"), {"code": app_code(secret)})
    assert answer.status_code == 302
    assert client.get(reverse("desk:home")).status_code == 200


def test_a_session_without_the_app_is_asked_for_it_again(cast: Cast) -> None:
    totp.TOTP.activate(cast.steward.login, totp.generate_totp_secret())
    client = cast.steward.client(second_factor=False)
    answer = client.get(reverse("desk:home"))
    assert answer.status_code == 302 and answer.url.startswith(reverse("mfa_reauthenticate"))
    assert Authenticator.objects.count() == 1


def test_residents_are_not_let_into_staff_pages_by_any_factor(cast: Cast) -> None:
    assert cast.resident.client(second_factor=True).get(reverse("desk:home")).status_code == 403


# Leaving


def test_forget_this_device_shuts_the_page_on_the_next_request() -> None:
    _party, token = begin(by=ANYONE)
    client = Client()
    client.cookies[DEVICE_COOKIE] = token
    assert client.get(reverse("people:forget_device")).status_code == 200
    answer = client.post(reverse("people:forget_device"))
    assert not Device.objects.exists()
    assert answer.cookies["works_for_me"].value == "" and answer.headers["Clear-Site-Data"] == '"cache"'
    again = Client()
    again.cookies[DEVICE_COOKIE] = token  # a copy of the cookie opens nothing
    assert again.get(reverse("people:forgotten")).wsgi_request.actor.party is None


def test_leave_quickly_signs_out_and_goes_elsewhere(cast: Cast, settings: Any) -> None:
    client = cast.resident.client()
    answer = client.get(reverse("people:leave_quickly"))
    assert answer.status_code == 302 and answer.url == settings.LEAVE_QUICKLY_TO
    assert "_auth_user_id" not in client.session
    client = cast.resident.client()
    client.get(reverse("people:leave_quickly"), headers={"Sec-Fetch-Site": "cross-site"})
    assert "_auth_user_id" in client.session


def test_joining_two_pages_brings_everything_and_doubles_nothing(cast: Cast) -> None:
    old, _token = begin(by=ANYONE)
    me = Actor(person=old)
    rename(by=me, party=old, name="Sam")
    note_facts(by=me, party=old, phone="01632 960 777")
    block(by=me, other=cast.outsider.party)
    block(by=me, other=cast.neighbour.party)
    tell(by=Actor.system("tests"), to=old, title="Hello", body="x")
    new = settle(by=ANYONE, login=open_login(by=ANYONE, email="sam@example.org"))
    block(by=Actor(person=new), other=cast.neighbour.party)
    PersonFacts.objects.filter(party=new).delete()
    claim(by=ANYONE, provisional=old, into=new)
    new = Party.objects.get(pk=new.pk)
    assert new.name == "Sam" and new.facts.phone == "01632 960 777"
    assert sorted(row.blocked.name for row in new.blocks.all()) == ["Joseph Okafor", "Oscar Vane"]
    assert new.notices.count() == 1 and not old.notices.exists()


def test_there_is_a_card_only_for_a_person_who_is_here(cast: Cast) -> None:
    with pytest.raises(Fault):
        give_card(by=Actor.system("tests"), party=cast.lunch_club, word="marmalade")
