"""Telling people things: on the page, by e-mail once it is safe, by letter and telephone through their helper."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event
from alongside.ground.notices.actions import hand_over, see, tell
from alongside.ground.notices.models import Notice, Way
from alongside.ground.notices.queries import calls, letters, messages, unseen
from alongside.ground.notices.sending import note_sent
from alongside.ground.notices.tasks import send
from alongside.ground.people.actions import begin, note_facts, support
from alongside.ground.records.actions import let_through, open_record, turn_back
from alongside.ground.records.models import Record, State
from alongside.ground.records.queries import visible_to
from tests.cast import Cast

pytestmark = pytest.mark.django_db
MACHINE = Actor.system("tests")


def told(cast: Cast, way: str, **more: Any) -> Notice:
    note_facts(by=cast.resident.actor, party=cast.resident.party, contact_by=way, **more)
    return tell(by=MACHINE, to=cast.resident.party, title="The club meets", body="On Tuesday at 12", link="/place/")


def test_a_message_stands_on_the_page_until_it_is_read(cast: Cast) -> None:
    notice = told(cast, "page")
    assert unseen(cast.resident.actor) == 1
    client = cast.resident.client()
    assert b"On Tuesday" in client.get(reverse("notices:mine")).content
    client.post(reverse("notices:mark_seen", args=[notice.key]))
    assert unseen(cast.resident.actor) == 0 and not mail.outbox


def test_a_message_is_for_one_and_those_who_look_after_a_group(cast: Cast) -> None:
    notice = told(cast, "page")
    for viewer in (cast.outsider.actor, cast.steward.actor, cast.anyone):
        assert not messages(viewer)
        with pytest.raises(Refused):
            see(by=viewer, notice=notice)
    assert cast.outsider.client().post(reverse("notices:mark_seen", args=[notice.key])).status_code == 404
    club = tell(by=MACHINE, to=cast.lunch_club, title="To the club", body="x")
    assert club in messages(cast.connector.actor) and club not in messages(cast.resident.actor)
    assert club not in messages(cast.carer.helps(cast.connector))


def test_an_e_mail_goes_once_all_is_safe(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    assert cast.resident.login
    with django_capture_on_commit_callbacks(execute=True):
        notice = told(cast, "email")
        assert not mail.outbox
    assert mail.outbox[0].to == [cast.resident.login.email] and "/place/" in mail.outbox[0].body
    notice.refresh_from_db()
    assert notice.sent_at
    send.call(notice.pk)  # a second worker sends nothing
    assert len(mail.outbox) == 1
    assert Event.objects.filter(verb="notices.note_sent").count() == 1, "that it went is noted like any other writing"
    for by in (cast.resident.actor, cast.steward.actor, cast.anyone):
        with pytest.raises(Refused, match="Only the machine"):
            note_sent(by=by, notice=notice)


def test_whoever_has_no_address_reads_it_on_the_page(cast: Cast) -> None:
    assert told(cast, "email").way == Way.PAGE
    assert tell(by=MACHINE, to=cast.lunch_club, title="x", body="x").way == Way.PAGE


def test_letters_and_calls_wait_for_the_helper(cast: Cast) -> None:
    cast.carer.helps(cast.resident)
    letter = told(cast, "letter", address="2 Mill Street", large_print=True)
    call = told(cast, "telephone", phone="01632 960 555")
    assert list(letters(cast.carer.actor)) == [letter] and list(calls(cast.carer.actor)) == [call]
    assert not letters(cast.outsider.actor) and not calls(cast.anyone)
    client = cast.carer.client()
    home = client.get(reverse("helping:home")).content.decode()
    assert "01632 960 555" in home and "1 letter" in home
    page = client.get(reverse("helping:letters")).content.decode()
    assert "2 Mill Street" in page and "large-print" in page
    client.post(reverse("helping:letters"), {"letter": [letter.key]})
    client.post(reverse("helping:told", args=[call.key]))
    assert not letters(cast.carer.actor) and not calls(cast.carer.actor)
    with pytest.raises(Refused):
        hand_over(by=cast.outsider.actor, notice=letter)
    assert hand_over(by=MACHINE, notice=letter).sent_at


def test_a_helper_without_that_part_hands_nothing_over(cast: Cast) -> None:
    support(
        by=cast.resident.actor, person=cast.resident.party, supporter=cast.carer.party,
        kind="asked", parts=[("asset", "see")],
    )  # fmt: skip
    letter = told(cast, "letter")
    assert not letters(cast.carer.actor)
    with pytest.raises(Refused):
        hand_over(by=cast.carer.actor, notice=letter)


# The stewards' desk


@pytest.fixture
def waiting(cast: Cast) -> Record:
    passer_by, _token = begin(by=cast.anyone)
    return open_record(by=Actor(person=passer_by), kind="note", owner=passer_by, audience="everyone")


def test_words_without_an_account_wait_and_are_let_through(cast: Cast, waiting: Record) -> None:
    assert waiting.state == State.HELD and waiting not in visible_to(cast.outsider.actor)
    client = cast.steward.client()
    assert str(waiting.key) in client.get(reverse("desk:home")).content.decode()
    client.post(reverse("desk:let_through", args=[waiting.key]))
    assert waiting in visible_to(cast.outsider.actor)
    assert "shown" in Notice.objects.get(to=waiting.owner).title


def test_words_are_turned_back_with_a_reason_their_writer_reads(cast: Cast, waiting: Record) -> None:
    client = cast.steward.client()
    url = reverse("desk:turn_back", args=[waiting.key])
    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": ""}).status_code == 200
    client.post(url, {"reason": "It names a neighbour"})
    assert waiting not in visible_to(cast.steward.actor)
    assert waiting in visible_to(Actor(person=waiting.owner))
    assert Notice.objects.get(to=waiting.owner).body == "It names a neighbour"


def test_only_what_waits_can_be_turned_back(cast: Cast) -> None:
    record = open_record(by=cast.resident.actor, kind="note", owner=cast.resident.party, audience="everyone")
    turn_back(by=cast.steward.actor, record=record, reason="I do not like it")
    record.refresh_from_db()
    assert record.audience == "everyone" and not Notice.objects.exists()


def test_only_stewards_decide_and_not_those_who_help_one(cast: Cast, waiting: Record) -> None:
    for by in (cast.builder.actor, cast.outsider.actor, cast.anyone, cast.carer.helps(cast.steward)):
        with pytest.raises(Refused):
            let_through(by=by, record=waiting)
        with pytest.raises(Refused):
            turn_back(by=by, record=waiting, reason="x")
        assert waiting not in visible_to(by)
    with pytest.raises(Fault):
        turn_back(by=cast.steward.actor, record=waiting, reason=" ")
    assert cast.builder.client().get(reverse("desk:home")).status_code == 403
