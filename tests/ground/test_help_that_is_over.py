"""Help that is over leaves no way in: not by the word of a card, not by an open page, not by a proof of yesterday."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.ground.helping.actions import end_with_roles, let_go, object_to, open_page_with
from alongside.ground.helping.queries import left, without_helper
from alongside.ground.history.actor import Actor, Source
from alongside.ground.notices.models import Notice
from alongside.ground.people import doors
from alongside.ground.people.actions import block, give_card, note_facts, stop_support, support, try_card
from alongside.ground.people.models import Basis, BasisKind, Card, Party
from alongside.ground.records.actions import leave_for_good, open_record
from alongside.ground.records.models import Record
from tests.cast import Cast, Somebody

pytestmark = pytest.mark.django_db
WORD = "marmalade"


def edith(cast: Cast) -> tuple[Party, Basis, str]:
    """Edith has no screen, a card, and the coordinator who keeps her page."""
    said: dict[str, Any] = {"name": "Edith Morgan", "word": WORD, "agreed": True, "contact_by": "letter"}
    got = open_page_with(by=cast.coordinator.actor.by_way_of(Source.TELEPHONE), **said)
    return got.person, got.basis, got.card.number


def opens(number: str) -> bool:
    return try_card(by=Actor.anyone(), number=number, word=WORD) is not None


def with_card(number: str) -> Client:
    client = Client()
    client.post(reverse("people:card_sign_in"), {"number": number, "word": WORD})
    assert client.get(reverse("people:me")).status_code == 200
    return client


def told(party: Party) -> str:
    return " ".join(notice.body for notice in Notice.objects.filter(to=party))


# The card


@pytest.mark.parametrize("end", [let_go, object_to])
def test_the_card_whose_word_a_helper_knows_ends_with_their_help(cast: Cast, end: Any) -> None:
    person, basis, number = edith(cast)
    helper = with_card(number)
    end(by=cast.coordinator.actor, basis=basis)
    assert not opens(number) and not Card.objects.exists()
    assert helper.get(reverse("people:me")).status_code == 302, "nor does the page that is open by it"
    assert "opens your page no more" in told(person)


def test_a_neighbour_s_too_and_she_stands_on_the_list_then(cast: Cast) -> None:
    person, basis, _number = edith(cast)
    let_go(by=cast.coordinator.actor, basis=basis)
    theirs = Actor(person=person)
    parts = [("all", "see"), ("all", "write")]
    who = {"person": person, "supporter": cast.carer.party, "parts": parts}
    neighbour = support(by=theirs, kind=BasisKind.NAMED_HELPER, **who)
    card = give_card(by=theirs, party=person, word=WORD)
    assert not without_helper(cast.builder.actor).exists()
    let_go(by=cast.carer.actor, basis=neighbour)
    assert not opens(card.number), "she has no way in of her own now"
    assert [one.basis.person for one in left(cast.builder.actor)] == [person], "and somebody gets in touch"
    assert "Choose a new word" in told(person) and "Somebody here has nobody" in told(cast.builder.party)


def test_other_help_leaves_the_card_alone(cast: Cast) -> None:
    """Who reads a plan, or has a paper, never chose a word with her."""
    card = give_card(by=cast.resident.actor, party=cast.resident.party, word=WORD)
    for kind in (BasisKind.ASKED, BasisKind.ATTORNEY):
        who = {"person": cast.resident.party, "supporter": cast.carer.party, "parts": [("all", "see")]}
        basis = support(by=Actor.system("tests"), kind=kind, evidence_seen_by="A steward", **who)
        stop_support(by=cast.resident.actor, basis=basis)
        assert opens(card.number)
    helped = cast.carer.helps(cast.resident).basis
    assert helped is not None
    stop_support(by=cast.resident.actor, basis=helped)
    again = give_card(by=cast.resident.actor, party=cast.resident.party, word=WORD)
    stop_support(by=cast.resident.actor, basis=helped)
    assert opens(again.number), "help that has ended ends nothing twice"


def test_whoever_ends_it_herself_stays_in_and_chooses_a_new_word(cast: Cast) -> None:
    person, basis, number = edith(cast)
    note_facts(by=Actor(person=person), party=person, contact_by="page")
    mine, helper = with_card(number), with_card(number)
    answer = mine.post(reverse("helping:stop_mine", args=[basis.key]), {"do": "stop"})
    assert answer.headers["Location"] == reverse("helping:my_card")
    assert helper.get(reverse("people:me")).status_code == 302 and not opens(number)
    assert b"A new card for you" in mine.get(answer.headers["Location"]).content
    assert b"5 letters" in mine.post(answer.headers["Location"], {"word": "tea"}).content
    page = mine.post(answer.headers["Location"], {"word": "wellingtons"}, follow=True).content.decode()
    fresh = Card.objects.get().number
    assert f"{fresh[:4]} {fresh[4:]}" in page
    assert try_card(by=Actor.anyone(), number=fresh, word="wellingtons") == person.login


def neighbours(cast: Cast, **more: Any) -> tuple[Party, str]:
    """Edith's page is kept by a neighbour, who chose a word with her."""
    person, basis, _number = edith(cast)
    let_go(by=cast.coordinator.actor, basis=basis)
    who = {"person": person, "supporter": cast.carer.party, "parts": [("all", "see"), ("all", "write")]}
    support(by=Actor(person=person), kind=BasisKind.NAMED_HELPER, **who, **more)
    return person, give_card(by=Actor(person=person), party=person, word=WORD).number


def test_whoever_blocks_her_keeper_stays_in_and_the_keeper_does_not(cast: Cast) -> None:
    person, number = neighbours(cast)
    note_facts(by=Actor(person=person), party=person, contact_by="page")
    mine, helper = with_card(number), with_card(number)
    open_record(by=cast.carer.actor, kind="asset", owner=cast.carer.party, audience="everyone")
    assert mine.post(reverse("people:block", args=[cast.carer.party.key])).status_code == 302
    assert helper.get(reverse("people:me")).status_code == 302 and not opens(number)
    assert mine.get(reverse("people:me")).status_code == 200
    assert "opens your page no more" in told(person)


def test_a_keeper_who_blocks_her_knows_no_word_any_more(cast: Cast) -> None:
    person, number = neighbours(cast)
    block(by=cast.carer.actor, other=person)
    assert not opens(number) and "opens your page no more" in told(person)


def test_a_neighbour_who_leaves_for_good_knows_no_word_any_more(cast: Cast) -> None:
    person, number = neighbours(cast)
    leave_for_good(by=cast.carer.actor, party=cast.carer.party)
    assert not opens(number) and "opens your page no more" in told(person)
    assert [one.basis.person for one in left(cast.builder.actor)] == [person]


def test_a_keeper_s_last_day_ends_the_card_that_night(cast: Cast) -> None:
    person, number = neighbours(cast, until=timezone.now() - timedelta(days=1))
    assert end_with_roles(by=Actor.system("night")) == 1 and not opens(number)
    assert "opens your page no more" in told(person)
    assert end_with_roles(by=Actor.system("night")) == 0


# The second factor


def helping(cast: Cast) -> tuple[Client, Party, Somebody]:
    person, basis, _number = edith(cast)
    client = cast.coordinator.client()
    client.post(reverse("helping:start", args=[basis.key]), {"source": "telephone"})
    assert client.get("/my-page/").wsgi_request.actor.on_behalf_of == person
    return client, person, cast.coordinator


def tomorrow(monkeypatch: pytest.MonkeyPatch) -> None:
    later = time.time() + doors.PROOF_HOLDS + 1
    monkeypatch.setattr(doors.time, "time", lambda: later)


def test_a_proof_that_lapses_in_the_middle_of_helping_is_asked_for_on_every_page(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cast.place.name
    client, person, _coordinator = helping(cast)
    tomorrow(monkeypatch)
    for page in ("/", "/my-page/", "/look-around/", "/my-page/around/add/", "/your-privacy/"):
        answer = client.get(page)
        assert answer.status_code == 302 and "/app/" in answer.headers["Location"], page
    wish = {"words": "A lift to chapel", "audience": "me"}
    assert "/app/" in client.post("/wish/", wish).headers["Location"]
    assert "/app/" in client.post("/my-page/around/add/", {"name": "Ann", "ring": "1"}).headers["Location"]
    assert not Record.objects.filter(owner__in=[person, cast.coordinator.party]).exists(), "on neither page"
    assert not client.get("/sign-out/").wsgi_request.actor.is_helping, "the way out stays open, for nobody but herself"
    client.post(reverse("people:stop_helping"))
    assert client.get("/my-page/").status_code == 200, "as herself she is a resident like others"


def test_proved_anew_she_goes_on_where_she_was(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client, person, coordinator = helping(cast)
    tomorrow(monkeypatch)
    assert client.get("/my-page/").status_code == 302
    coordinator.prove(client, second_factor=True)
    assert client.get("/my-page/").wsgi_request.actor.on_behalf_of == person


def test_a_neighbour_who_helps_needs_no_app(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cast.place.name
    basis = cast.carer.helps(cast.resident).basis
    assert basis is not None
    client = cast.carer.client()
    client.post(reverse("helping:start", args=[basis.key]), {"source": "visit"})
    tomorrow(monkeypatch)
    assert client.get("/my-page/").wsgi_request.actor.on_behalf_of == cast.resident.party
