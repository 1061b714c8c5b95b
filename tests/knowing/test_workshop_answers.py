"""Guests of a workshop answer for their cards: by link, text, or as said to somebody; yes, no, or nothing at all."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event
from alongside.ground.people.models import Basis, Login, PersonFacts
from alongside.ground.places.actions import draw_edge
from alongside.ground.records.actions import leave_for_good
from alongside.ground.records.models import Record, State
from alongside.knowing.assets.models import Asset
from alongside.knowing.freshness.actions import try_code
from alongside.knowing.maps import actions as maps
from alongside.knowing.maps import queries as map_queries
from alongside.knowing.outcomes.models import Wish
from alongside.knowing.search.queries import look_around
from alongside.knowing.workshops import actions, queries
from alongside.knowing.workshops.models import Card, Guest, Workshop
from tests.cast import MACHINE, Cast
from tests.knowing.two_wards import two_wards
from tests.knowing.workshopping import held, keys, maries, typed
from tests.together import together

pytestmark = pytest.mark.django_db


# Asked, and answering


def asked(cast: Cast, workshop: Workshop, callbacks: Any) -> dict[str, int]:
    with callbacks(execute=True):
        return actions.ask(by=cast.connector.actor, workshop=workshop)


def test_a_guest_is_asked_once_by_the_way_they_gave(
    cast: Cast, django_capture_on_commit_callbacks: Any, settings: Any
) -> None:
    settings.TEXT_SENDER = ""
    workshop = held(cast)
    maries(cast, workshop)
    maries(cast, workshop, "A ladder", "C2", name="Bron Hughes", reach="4 Mill Street")
    maries(cast, workshop, "A song", "C3", name="Col Reid", reach="")
    many = asked(cast, workshop, django_capture_on_commit_callbacks)
    assert many == {"email": 1, "text": 0, "letter": 1, "nobody": 1, "group": 0}
    (sent,) = mail.outbox
    assert sent.to == ["marie@example.org"] and "Jam making" in sent.body and "/workshop-cards/" in sent.body
    assert asked(cast, workshop, django_capture_on_commit_callbacks)["email"] == 0
    assert len(mail.outbox) == 1


def test_a_yes_by_the_link_puts_the_words_on_their_own_page_and_leaves_none_on_the_card(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    workshop = held(cast)
    jam, more = maries(cast, workshop), maries(cast, workshop, "Somewhere to sing", "M1")
    not_this = maries(cast, workshop, "My late husband’s drill", "C2")
    asked(cast, workshop, django_capture_on_commit_callbacks)
    found = re.search(r"/workshop-cards/([^/]+)/", mail.outbox[0].body)
    assert found is not None
    asking = queries.asked_by(found[1])
    assert asking is not None and list(asking.cards) == [jam, more, not_this]
    actions.answer(by=actions.LINK, guest=asking.guest, yes=keys(jam, more))
    marie = Login.objects.get(email="marie@example.org").party
    assert marie is not None and marie.name == "Marie Lloyd"
    thing, wish = Asset.objects.get(title="Jam making"), Wish.objects.get(words="Somewhere to sing")
    assert {thing.record.owner, wish.record.owner} == {marie}
    assert [one.asset for one in look_around(cast.anyone, "jam making").results] == [thing]
    assert not Card.objects.exclude(words="", about="").exists()
    assert {card.code: card.state for card in Card.objects.all()} == {"C1": "shared", "M1": "shared", "C2": "wiped"}
    guest = Guest.objects.get()
    assert (guest.name, guest.reach, guest.code) == ("", "", "")
    actions.answer(by=actions.LINK, guest=guest, yes=keys(not_this))
    assert Asset.objects.count() == 1, "once only"


def test_the_map_grows_by_what_people_say_yes_to_and_their_own_no_takes_it_off(cast: Cast) -> None:
    west, _east = two_wards()
    draw_edge(by=cast.connector.actor, party=cast.lunch_club, parts=[west])
    cast.lunch_club.refresh_from_db()
    found = maps.start(by=cast.connector.actor, community=cast.lunch_club, title="Mill Street")
    workshop = held(cast)
    jam = maries(cast, workshop)
    place = typed(cast, workshop, "A bench in the sun", code="P1", whose="place", name="The bakery bench")
    actions.answer(by=cast.resident.actor, guest=jam.guest or Guest(), yes=keys(jam))
    actions.put_on_map(by=cast.connector.actor, card=place)

    def standing() -> list[str]:
        return [one.title for one in map_queries.standing(cast.anyone, found, map_queries.laid(found))]

    assert standing() == ["Jam making", "The bakery bench"]
    pin = found.pins.get(record__owner=cast.resident.party)
    maps.answer(by=cast.resident.actor, pin=pin, yes=False)
    assert standing() == ["The bakery bench"]


def test_nobody_puts_a_persons_card_on_the_map_for_them(cast: Cast) -> None:
    workshop = held(cast)
    with pytest.raises(Refused):
        actions.put_on_map(by=cast.connector.actor, card=maries(cast, workshop, may_share=True))


def test_somebody_who_says_no_leaves_nothing(cast: Cast) -> None:
    workshop = held(cast)
    card = maries(cast, workshop)
    actions.answer(by=actions.LINK, guest=card.guest or Guest(), yes=[])
    assert not Login.objects.exists() and not Asset.objects.exists()
    card.refresh_from_db()
    assert (card.state, card.words, card.kind, card.domain) == ("wiped", "", "", "")
    assert not Guest.objects.exclude(name="", reach="").exists()


def test_somebody_asks_the_typist_to_take_them_out(cast: Cast) -> None:
    workshop = held(cast)
    card = maries(cast, workshop)
    assert card.guest is not None
    with pytest.raises(Refused):
        actions.forget_guest(by=cast.outsider.actor, guest=card.guest)
    actions.forget_guest(by=cast.connector.actor, guest=card.guest)
    card.refresh_from_db()
    assert card.words == "" and not Guest.objects.exclude(name="").exists()


def test_one_card_is_taken_out_and_its_code_may_be_typed_again(cast: Cast) -> None:
    workshop = held(cast)
    card = typed(cast, workshop, "Jam", code="C1")
    with pytest.raises(Refused):
        actions.take_out(by=cast.outsider.actor, card=card)
    actions.take_out(by=cast.connector.actor, card=card)
    assert typed(cast, workshop, "Jam making", code="C1")


def test_a_link_that_came_to_somebody_else_works_no_more_and_loses_no_card(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    workshop = held(cast)
    card = maries(cast, workshop)
    asked(cast, workshop, django_capture_on_commit_callbacks)
    assert card.guest is not None
    token = queries.token_of(card.guest)
    actions.not_me(by=actions.LINK, guest=card.guest)
    assert queries.asked_by(token) is None
    assert Card.objects.get().words == "Jam making" and Guest.objects.get().name == "Marie Lloyd"


def test_a_text_says_yes_from_the_number_it_went_to_and_from_no_other(
    cast: Cast, django_capture_on_commit_callbacks: Any, settings: Any, tmp_path: Any
) -> None:
    settings.TEXT_SENDER, settings.TEXT_FILE = "file", str(tmp_path / "texts.jsonl")
    workshop = held(cast)
    jam = maries(cast, workshop, reach="07700 900 123", may_share=True)
    maries(cast, workshop, "My drill", "C2", reach="07700 900 123")
    assert asked(cast, workshop, django_capture_on_commit_callbacks)["text"] == 1
    code = Guest.objects.get().code
    assert code[:3] in (tmp_path / "texts.jsonl").read_text()
    assert try_code(by=MACHINE, words=f"YES {code}", number="07700 900 999") is None
    assert try_code(by=MACHINE, words=f"yes {code}", number="+44 7700 900123") is not None
    jam.refresh_from_db()
    assert jam.became is not None and jam.became.owner.name == "Marie Lloyd"
    assert PersonFacts.objects.get(party=jam.became.owner).contact_by == "text"


@pytest.mark.django_db(transaction=True)
def test_one_text_that_comes_twice_at_once_opens_one_page(cast: Cast, settings: Any, tmp_path: Any) -> None:
    settings.TEXT_SENDER, settings.TEXT_FILE = "file", str(tmp_path / "texts.jsonl")
    workshop = held(cast)
    maries(cast, workshop, reach="07700 900 123", may_share=True)
    actions.ask(by=cast.connector.actor, workshop=workshop)
    words = f"YES {Guest.objects.get().code}"

    def once() -> Any:
        return try_code(by=MACHINE, words=words, number="07700 900123")

    came = together(once, once)
    assert sorted(type(found).__name__ for found in came) == ["Guest", "NoneType"]
    assert PersonFacts.objects.filter(contact_by="text").count() == 1
    assert not Asset.objects.filter(title="My drill").exists(), "the box on that card was not ticked"


def test_on_the_spot_a_page_is_opened_with_them_on_a_recorded_basis(cast: Cast) -> None:
    workshop = held(cast, cast.builder)
    card = maries(cast, workshop, who=cast.builder, reach="")
    by = cast.builder.actor.by_way_of("visit")
    given: dict[str, Any] = {"guest": card.guest, "yes": keys(card), "audience": "community", "word": "marmalade"}
    with pytest.raises(Fault, match="Ask them first"):
        actions.say_for(by=by, **given)
    assert Card.objects.get().words, "nothing that was typed is lost"
    opened = actions.say_for(by=by, agreed=True, **given)
    assert opened is not None
    basis = Basis.objects.get()
    assert (basis.supporter, basis.person) == (cast.builder.party, opened.person)
    thing = Asset.objects.get()
    assert (thing.record.owner, thing.record.community) == (opened.person, cast.lunch_club)
    said = Event.objects.get(verb="assets.offer")
    assert (said.actor, said.on_behalf, said.source) == (cast.builder.party, opened.person, "visit")


def test_who_may_keep_no_page_with_others_writes_down_no_yes_but_may_write_down_a_no(cast: Cast) -> None:
    workshop = held(cast)
    card = maries(cast, workshop)
    by = cast.connector.actor.by_way_of("visit")
    given: dict[str, Any] = {"guest": card.guest, "audience": "everyone", "word": "jam", "agreed": True}
    with pytest.raises(Refused):
        actions.say_for(by=by, yes=keys(card), **given)
    assert actions.say_for(by=by, yes=[], **given) is None
    assert Card.objects.get().state == "wiped"


def test_a_person_who_said_yes_erases_themselves_and_nothing_of_theirs_is_left(cast: Cast) -> None:
    workshop = held(cast)
    card = maries(cast, workshop)
    actions.answer(by=actions.LINK, guest=card.guest or Guest(), yes=keys(card))
    marie = Login.objects.get(email="marie@example.org").party
    assert marie is not None
    leave_for_good(by=Actor(person=marie), party=marie)
    card.refresh_from_db()
    assert card.words == "" and not Asset.objects.exists()
    assert card.became is None or Record.objects.get(pk=card.became_id).state == State.ERASED


@pytest.mark.parametrize("days", [90, 91])
def test_cards_nobody_answered_for_are_wiped_after_ninety_days_and_not_before(cast: Cast, days: int) -> None:
    workshop = held(cast)
    maries(cast, workshop)
    typed(cast, workshop, "A bench", code="P1", whose="place", name="The bakery bench")
    Workshop.objects.update(day=timezone.localdate() - timedelta(days=days))
    assert actions.wipe_due(by=MACHINE) == (1 if days > 90 else 0)
    assert Card.objects.exclude(words="").count() == (0 if days > 90 else 2)
    assert Guest.objects.exclude(name="").count() == (0 if days > 90 else 1)
    if days > 90:
        assert queries.workshop(cast.connector.actor, workshop.record.key) is None
        with pytest.raises(Refused):
            typed(cast, workshop, "Too late")


def test_only_the_machine_wipes(cast: Cast) -> None:
    with pytest.raises(Refused):
        actions.wipe_due(by=cast.steward.actor)
