"""Taking everything away, leaving for good, and pages that nobody claimed: nothing is forgotten, nothing stays."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.ground.consent.actions import let_in, look, share
from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event
from alongside.ground.notices.actions import tell
from alongside.ground.notices.models import Notice
from alongside.ground.people.actions import UNCLAIMED_FOR, begin, blank, give_card, note_facts
from alongside.ground.people.doors import DEVICE_COOKIE
from alongside.ground.people.models import Card, Device, Login, Party, PartyState, PersonFacts
from alongside.ground.records.actions import end_unclaimed, erase_again, leave_for_good, open_record, put
from alongside.ground.records.models import Record, Spot, SpotExact, State
from alongside.ground.records.queries import export
from alongside.ground.records.tasks import nightly
from tests.cast import Cast

pytestmark = pytest.mark.django_db
MACHINE = Actor.system("tests")
MARK = "zebra-crossing"


@pytest.fixture
def mair(cast: Cast) -> Actor:
    """Mair with something in every part of her page, each with a mark."""
    me, party = cast.resident.actor, cast.resident.party
    assert cast.resident.login
    note_facts(by=me, party=party, phone=f"{MARK}1", address=f"{MARK}2", access_needs=f"{MARK}3")
    give_card(by=me, party=party, word="marmalade")
    record = open_record(by=me, kind="note", owner=party, audience="everyone")
    put(record=record, lat=51.5, lng=-2.5, words=f"{MARK}4", address=f"{MARK}5")
    share(by=me, record=record, grantee=cast.neighbour.party, parts=["all"], purpose=f"{MARK}6", until=tomorrow())
    look(by=cast.neighbour.actor, record=record, parts=["note"], purpose=f"{MARK}7")
    tell(by=MACHINE, to=party, title=f"{MARK}8", body=f"{MARK}9")
    assert cast.lunch_club
    cast.carer.helps(cast.resident)
    let_in(by=cast.neighbour.actor, owner=party, member=cast.neighbour.party)
    return me


def tomorrow() -> object:
    return timezone.now() + timedelta(days=1)


def test_everything_kept_about_somebody_is_in_the_file(cast: Cast, mair: Actor) -> None:
    words = json.dumps(export(mair, cast.resident.party), default=str)
    for n in range(1, 10):
        assert f"{MARK}{n}" in words
    for thing in ("Mill Street lunch club", "Tom Pugh", "51.5", "Joseph Okafor"):
        assert thing in words
    assert Login.objects.get(party=cast.resident.party).password not in words


def test_the_file_is_for_its_owner_and_nobody_else(cast: Cast, mair: Actor) -> None:
    answer = cast.resident.client().get(reverse("people:take_away"))
    assert answer.headers["Content-Disposition"].startswith("attachment") and MARK in answer.content.decode()
    for somebody in (cast.outsider, cast.steward, cast.carer):
        with pytest.raises(Refused):
            export(somebody.actor, cast.resident.party)
    with pytest.raises(Refused):
        export(Actor.anyone(), cast.resident.party)
    assert export(cast.carer.helps(cast.resident), cast.resident.party)
    assert export(cast.connector.actor, cast.lunch_club) and export(MACHINE, cast.lunch_club)
    with pytest.raises(Refused):
        export(cast.carer.helps(cast.connector), cast.lunch_club)


def test_leaving_erases_every_word_and_every_way_in(cast: Cast, mair: Actor) -> None:
    party, client = cast.resident.party, cast.resident.client()
    assert client.get(reverse("people:leave")).status_code == 200
    assert client.post(reverse("people:leave")).status_code == 200  # the box was not ticked
    assert Party.objects.get(pk=party.pk).state == PartyState.LIVE
    assert client.post(reverse("people:leave"), {"sure": "yes"}).url == reverse("people:gone")
    assert client.get(reverse("people:gone")).status_code == 200
    party.refresh_from_db()
    assert (party.name, party.about, party.state) == ("", "", PartyState.ERASED)
    for model in (Login, Card, PersonFacts, Spot, SpotExact):
        assert not model.objects.exclude(pk__in=[]).filter(**owner(model, party)).exists()
    assert not Notice.objects.filter(to=party).exists()
    assert {record.state for record in Record.objects.filter(owner=party)} == {State.ERASED}
    assert not cast.memberships(party) and not party.supported_by.filter(ended_at=None).exists()
    assert not party.circle.filter(until=None).exists()
    assert Event.objects.filter(verb="records.leave_for_good").exists()
    assert client.get(reverse("people:me")).status_code == 302


def owner(model: type, party: Party) -> dict[str, object]:
    name = {Card: "login__party", Spot: "record__owner", SpotExact: "record__owner"}.get(model, "party")
    return {name: party}


def test_who_may_end_a_page_for_somebody(cast: Cast, mair: Actor) -> None:
    for by in (cast.outsider.actor, cast.steward.actor, cast.carer.actor):
        with pytest.raises(Refused):
            leave_for_good(by=by, party=cast.resident.party)
        with pytest.raises(Refused):
            blank(by=by, party=cast.resident.party)
    with pytest.raises(Fault):
        leave_for_good(by=cast.connector.actor, party=cast.lunch_club)
    helper = cast.carer.helps(cast.resident)
    type(helper.basis).objects.filter(pk=helper.basis.pk).update(kind="attorney")
    helper.basis.refresh_from_db()
    with pytest.raises(Refused):  # an attorney never ends somebody's page
        leave_for_good(by=helper, party=cast.resident.party)
    leave_for_good(by=cast.carer.helps(cast.resident), party=cast.resident.party)


def test_pages_nobody_claimed_end_after_ninety_days(cast: Cast) -> None:
    old, token = begin(by=Actor.anyone())
    young, _token = begin(by=Actor.anyone())
    record = open_record(by=Actor(person=old), kind="note", owner=old)
    put(record=record, lat=51.5, lng=-2.5, address="Here")
    Party.objects.filter(pk=old.pk).update(since=timezone.now() - UNCLAIMED_FOR - timedelta(minutes=1), name="Sam")
    Party.objects.filter(pk=young.pk).update(since=timezone.now() - UNCLAIMED_FOR + timedelta(minutes=1))
    with pytest.raises(Refused):
        end_unclaimed(by=cast.steward.actor)
    assert nightly.call() == 1
    old.refresh_from_db()
    young.refresh_from_db()
    assert old.state == PartyState.ERASED and old.name == "" and young.state == PartyState.PROVISIONAL
    assert not SpotExact.objects.exists() and Device.objects.get().party == young
    client = Client()
    client.cookies[DEVICE_COOKIE] = token
    assert client.get(reverse("people:me")).status_code == 302
    assert end_unclaimed(by=MACHINE) == 0


def test_an_old_backup_does_not_bring_somebody_back(
    cast: Cast, settings: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    settings.ERASURES = tmp_path / "erasures.txt"
    assert erase_again(by=MACHINE) == 0
    party = cast.resident.party
    with django_capture_on_commit_callbacks(execute=True):
        leave_for_good(by=cast.resident.actor, party=party)
    assert settings.ERASURES.read_text().split() == [str(party.key)]
    Party.objects.filter(pk=party.pk).update(state=PartyState.LIVE, name="Mair Pugh")  # the backup comes back
    with pytest.raises(Refused):
        erase_again(by=cast.steward.actor)
    assert erase_again(by=MACHINE) == 1
    party.refresh_from_db()
    assert party.state == PartyState.ERASED and party.name == ""


def test_a_device_whose_time_is_up_opens_nothing() -> None:
    _party, token = begin(by=Actor.anyone())
    Device.objects.update(expires=timezone.now())
    client = Client()
    client.cookies[DEVICE_COOKIE] = token
    assert client.get(reverse("people:me")).status_code == 302
