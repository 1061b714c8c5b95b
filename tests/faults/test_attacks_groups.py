"""Somebody opens a group to learn about people who never chose to belong to it."""

from __future__ import annotations

import pytest
from django.test import Client

from alongside.ground.history.acting import Refused
from alongside.ground.people import actions as people
from alongside.ground.people.models import Membership, Party
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def trap(cast: Cast) -> Party:
    """A group of the outsider's own."""
    assert cast.place.name
    return people.welcome(by=cast.outsider.actor, kind="community", sort="group", name="Come in")


def bring_in(client: Client, group: Party, person: Party) -> str:
    return client.post(f"/p/{group.key}/invite/", {"who": f"/p/{person.key}/"}, follow=True).content.decode()


def test_bringing_somebody_in_does_not_tell_their_whole_name(cast: Cast, trap: Party) -> None:
    shown = bring_in(cast.outsider.client(), trap, cast.neighbour.party)
    assert "Joseph O" in shown and "Okafor" not in shown


def test_a_member_who_shows_themselves_is_named(cast: Cast, trap: Party) -> None:
    people.join(by=cast.neighbour.actor, member=cast.neighbour.party, of=trap, shown=True)
    assert "Joseph Okafor" in cast.outsider.client().get(f"/p/{trap.key}/keep/").content.decode()


@pytest.mark.parametrize("shut_out", ["keeper", "group"])
def test_somebody_who_wants_nothing_from_them_is_not_found(cast: Cast, trap: Party, shut_out: str) -> None:
    joseph, oscar = cast.neighbour, cast.outsider
    people.block(by=joseph.actor, other=trap if shut_out == "group" else oscar.party)
    nobody = oscar.client().post(f"/p/{trap.key}/invite/", {"who": "/p/nobody/"}).content.decode()
    shown = bring_in(oscar.client(), trap, joseph.party)
    assert "Enter the address of their page" in shown and "Enter the address of their page" in nobody
    with pytest.raises(Refused):
        people.join(by=oscar.actor, member=joseph.party, of=trap)
    assert not Membership.objects.filter(member=joseph.party).exists()


def test_nobody_belongs_to_a_person(cast: Cast) -> None:
    assert cast.place.name
    oscar = cast.outsider
    for whom in (oscar.party, cast.neighbour.party):
        answer = oscar.client().post(f"/p/{oscar.party.key}/invite/", {"who": str(whom.key)})
        assert answer.status_code == 403
    assert not Membership.objects.filter(of=oscar.party).exists()


def test_a_steward_brings_nobody_in_without_their_second_factor(cast: Cast) -> None:
    """A steward may bring anybody in anywhere, so a stolen e-mail code must not be enough for it."""
    assert cast.place.name
    invite, who = f"/p/{cast.agency.key}/invite/", {"who": str(cast.neighbour.party.key)}
    assert "/app/" in cast.steward.client(second_factor=False).post(invite, who)["Location"]
    assert not Membership.objects.filter(member=cast.neighbour.party).exists()
    cast.steward.client().post(invite, who)
    assert Membership.objects.filter(member=cast.neighbour.party, of=cast.agency).exists()
