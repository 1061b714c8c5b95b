"""Pages of people and groups: who may open them, who is seen to belong, and what their owners settle."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from alongside.ground.history.acting import Refused
from alongside.ground.history.actor import Actor
from alongside.ground.pages.queries import belonging, members, my_groups, party_page
from alongside.ground.people.actions import (
    block,
    join,
    leave,
    note_facts,
    pause,
    rename,
    show_membership,
    unblock,
    welcome,
)
from alongside.ground.people.doors import DEVICE_COOKIE
from alongside.ground.people.models import Kind, Membership, Party, Role, Sort
from alongside.ground.people.queries import is_steward
from alongside.ground.records.actions import open_record, pause_page
from alongside.ground.records.models import Record
from alongside.ground.records.queries import private_set, visible_to
from tests.cast import Cast, Somebody

pytestmark = pytest.mark.django_db
MACHINE = Actor.system("tests")


def opens(somebody: Somebody | None, party: Party) -> bool:
    viewer = somebody.actor if somebody else Actor.anyone()
    return party_page(viewer, str(party.key)) is not None


def belong(cast: Cast, group: Party) -> Membership:
    return Membership.objects.get(member=cast.resident.party, of=group)


# Whose page opens to whom


def test_groups_are_open_and_people_are_not(cast: Cast) -> None:
    assert opens(None, cast.council) and opens(None, cast.lunch_club)
    for somebody in (None, cast.outsider, cast.steward, cast.commissioner):
        assert not opens(somebody, cast.resident.party)
    assert opens(cast.resident, cast.resident.party)
    assert Client().get(reverse("people:party", args=[cast.resident.party.key])).status_code == 404


def test_a_person_is_seen_with_what_they_let_others_see(cast: Cast) -> None:
    record = open_record(by=cast.resident.actor, kind="asset", owner=cast.resident.party, audience="everyone")
    assert opens(None, cast.resident.party)
    Record.objects.filter(pk=record.pk).update(audience="me")
    assert not opens(None, cast.resident.party)


def test_fellow_members_see_somebody_who_shows_themselves(cast: Cast) -> None:
    membership = belong(cast, cast.lunch_club)
    assert not opens(cast.connector, cast.resident.party)
    show_membership(by=cast.resident.actor, membership=membership, shown=True)
    assert opens(cast.connector, cast.resident.party) and not opens(cast.outsider, cast.resident.party)
    page = cast.connector.client().get(reverse("people:party", args=[cast.lunch_club.key])).content.decode()
    assert "Mair Pugh" in page


def test_somebody_who_helps_opens_the_page_as_themselves_too(cast: Cast) -> None:
    helper = cast.carer.helps(cast.resident)
    assert opens(cast.carer, cast.resident.party) and party_page(helper, str(cast.resident.party.key))


def test_a_household_is_private(cast: Cast) -> None:
    home = welcome(by=cast.resident.actor, kind=Kind.COMMUNITY, sort=Sort.HOUSEHOLD, name="The Pughs")
    assert opens(cast.resident, home) and not opens(cast.outsider, home) and not opens(None, home)
    with pytest.raises(Refused):
        join(by=cast.outsider.actor, member=cast.outsider.party, of=home)
    join(by=cast.resident.actor, member=cast.carer.party, of=home)
    assert opens(cast.carer, home)


def test_a_block_hides_both_ways_and_is_taken_back(cast: Cast) -> None:
    theirs = open_record(by=cast.neighbour.actor, kind="asset", owner=cast.neighbour.party, audience="everyone")
    mine = open_record(by=cast.resident.actor, kind="asset", owner=cast.resident.party, audience="everyone")
    block(by=cast.resident.actor, other=cast.neighbour.party)
    assert theirs not in visible_to(cast.resident.actor) and mine not in visible_to(cast.neighbour.actor)
    assert not opens(cast.resident, cast.neighbour.party) and not opens(cast.neighbour, cast.resident.party)
    assert mine in visible_to(cast.outsider.actor)
    unblock(by=cast.resident.actor, other=cast.neighbour.party)
    assert opens(cast.resident, cast.neighbour.party) and mine in visible_to(cast.neighbour.actor)


def test_a_block_reaches_what_is_shared_inside_a_group(cast: Cast) -> None:
    club = cast.lunch_club
    join(by=cast.neighbour.actor, member=cast.neighbour.party, of=club)
    theirs = open_record(
        by=cast.neighbour.actor, kind="asset", owner=cast.neighbour.party, audience="community", community=club
    )
    assert theirs in private_set(cast.resident.actor)
    block(by=cast.resident.actor, other=cast.neighbour.party)
    assert theirs not in private_set(cast.resident.actor)


def test_nobody_blocks_themselves_or_without_a_page(cast: Cast) -> None:
    for by in (cast.resident.actor, cast.anyone):
        with pytest.raises(Refused):
            block(by=by, other=cast.resident.party)


# Belonging


def test_belonging_is_private_until_shown_and_the_member_alone_shows_it(cast: Cast) -> None:
    membership = belong(cast, cast.lunch_club)
    assert belonging(cast.outsider.actor, cast.lunch_club).shown == []
    for by in (cast.connector.actor, cast.steward.actor, cast.outsider.actor):
        with pytest.raises(Refused):
            show_membership(by=by, membership=membership, shown=True)
    show_membership(by=cast.resident.actor, membership=membership, shown=True)
    assert belonging(cast.outsider.actor, cast.lunch_club).shown == [cast.resident.party]
    show_membership(by=cast.resident.actor, membership=membership, shown=False)
    assert belonging(cast.anyone, cast.lunch_club).shown == []


def test_how_many_belong_is_shown_from_ten_upward_in_fives(cast: Cast) -> None:
    club = cast.lunch_club  # two belong
    assert belonging(cast.outsider.actor, club).count is None
    assert belonging(cast.resident.actor, club).count == 2
    for n in range(11):
        somebody = cast.person(f"Member {n}")
        join(by=somebody.actor, member=somebody.party, of=club)
    assert belonging(cast.outsider.actor, club).count == 10
    assert belonging(cast.connector.actor, club).count == 13


def test_joining_twice_changes_nothing_and_leaving_is_ones_own_or_the_keepers(cast: Cast) -> None:
    club = cast.lunch_club
    join(by=cast.resident.actor, member=cast.resident.party, of=club)
    assert len(cast.memberships(cast.resident.party)) == 1
    with pytest.raises(Refused):
        leave(by=cast.outsider.actor, membership=belong(cast, club))
    leave(by=cast.connector.actor, membership=belong(cast, club))
    assert not my_groups(cast.resident.actor)


def test_only_keepers_read_the_list_of_members(cast: Cast) -> None:
    assert {row.member for row in members(cast.connector.actor, cast.lunch_club)} == {
        cast.connector.party, cast.resident.party,
    }  # fmt: skip
    for viewer in (cast.resident.actor, cast.outsider.actor, cast.anyone, cast.carer.helps(cast.connector)):
        assert not members(viewer, cast.lunch_club)


def test_nobody_makes_themselves_a_steward_by_opening_a_group(cast: Cast) -> None:
    mine = welcome(by=cast.outsider.actor, kind=Kind.COMMUNITY, sort=Sort.GROUP, name="Mine")
    for role in (Role.PLACE_STEWARD, Role.COORDINATOR, Role.CONNECTOR, Role.COMMISSIONER, Role.BUILDER):
        with pytest.raises(Refused):
            join(by=cast.outsider.actor, member=cast.outsider.party, of=mine, role=role)
    with pytest.raises(Refused):
        join(by=cast.carer.helps(cast.steward), member=cast.carer.party, of=mine, role=Role.PLACE_STEWARD)
    assert not is_steward(cast.outsider.party)
    join(by=cast.outsider.actor, member=cast.neighbour.party, of=mine, role=Role.KEEPER)


def test_nobody_joins_for_somebody_else_or_an_organisation_by_themselves(cast: Cast) -> None:
    with pytest.raises(Refused):
        join(by=cast.outsider.actor, member=cast.resident.party, of=cast.lunch_club)
    with pytest.raises(Refused):
        join(by=cast.outsider.actor, member=cast.outsider.party, of=cast.council)
    passer_by, _token = cast.passer_by
    with pytest.raises(Refused):
        join(by=passer_by.actor, member=passer_by.party, of=cast.lunch_club)


# In the browser


def test_somebody_opens_a_group_and_looks_after_it(cast: Cast) -> None:
    client = cast.resident.client()
    assert client.get(reverse("people:new_group")).status_code == 200
    assert client.post(reverse("people:new_group"), {"name": ""}).status_code == 200
    answer = client.post(reverse("people:new_group"), {"name": "Knit and natter", "sort": "interest"})
    group = Party.objects.get(name="Knit and natter")
    assert answer.url == reverse("people:party", args=[group.key]) and group.kind == Kind.COMMUNITY
    keep = reverse("people:keep", args=[group.key])
    assert client.get(keep).status_code == 200
    client.post(keep, {"name": "Knit and natter", "about": "Wool and talk"})
    group.refresh_from_db()
    assert group.about == "Wool and talk"
    invite = reverse("people:invite", args=[group.key])
    assert client.post(invite, {"who": "nobody"}).status_code == 200
    client.post(invite, {"who": f"http://testserver/p/{cast.neighbour.party.key}/"})
    row = Membership.objects.get(member=cast.neighbour.party)
    assert cast.outsider.client().get(keep).status_code == 404
    client.post(reverse("people:take_out", args=[group.key, row.key]))
    row.refresh_from_db()
    assert row.until is not None


def test_somebody_joins_shows_hides_and_leaves(cast: Cast) -> None:
    client = cast.neighbour.client()
    club = cast.lunch_club
    assert b"Join" in client.get(reverse("people:party", args=[club.key])).content
    client.post(reverse("people:join", args=[club.key]))
    row = Membership.objects.get(member=cast.neighbour.party)
    assert b"Mill Street" in client.get(reverse("people:groups")).content
    mine = reverse("people:my_membership", args=[row.key])
    for do, shown in (("show", True), ("hide", False)):
        client.post(mine, {"do": do})
        row.refresh_from_db()
        assert row.shown is shown
    assert cast.outsider.client().post(mine, {"do": "leave"}).status_code == 404
    client.post(mine, {"do": "leave"})
    row.refresh_from_db()
    assert row.until is not None


def test_somebody_settles_how_they_are_reached(cast: Cast) -> None:
    client = cast.resident.client()
    assert client.get(reverse("people:me")).status_code == 200
    assert client.post(reverse("people:me"), {"name": ""}).status_code == 200
    client.post(reverse("people:me"), {"name": "Mair", "contact_by": "letter", "address": "2 Mill Street"})
    cast.resident.party.refresh_from_db()
    facts = type(cast.resident.party.facts).objects.get(party=cast.resident.party)
    assert cast.resident.party.name == "Mair" and facts.contact_by == "letter" and facts.address == "2 Mill Street"


def test_a_page_on_a_device_settles_its_name_too(cast: Cast) -> None:
    passer_by, token = cast.passer_by
    client = Client()
    client.cookies[DEVICE_COOKIE] = token
    client.post(reverse("people:me"), {"name": "Sam", "contact_by": "page"})
    passer_by.party.refresh_from_db()
    assert passer_by.party.name == "Sam"
    assert Client().get(reverse("people:me")).status_code == 302


def test_somebody_blocks_from_a_page_and_takes_it_back(cast: Cast) -> None:
    client = cast.resident.client()
    open_record(by=cast.neighbour.actor, kind="asset", owner=cast.neighbour.party, audience="everyone")
    url = reverse("people:block", args=[cast.neighbour.party.key])
    assert client.get(url).status_code == 200
    client.post(url)
    assert b"Joseph Okafor" in client.get(reverse("people:blocks")).content
    assert client.get(url).status_code == 404
    client.post(reverse("people:unblock", args=[cast.neighbour.party.key]))
    assert b"Joseph Okafor" not in client.get(reverse("people:blocks")).content


# A break


def test_a_break_hides_the_page_and_what_was_shown_until_it_ends(cast: Cast) -> None:
    record = open_record(by=cast.resident.actor, kind="asset", owner=cast.resident.party, audience="everyone")
    kept = open_record(by=cast.resident.actor, kind="plan", owner=cast.resident.party)
    client = cast.resident.client()
    client.post(reverse("people:pause"), {"on": "yes"})
    assert record not in visible_to(cast.outsider.actor) and not opens(cast.outsider, cast.resident.party)
    assert {record, kept} <= set(visible_to(cast.resident.actor))
    assert b"break" in client.get(reverse("people:me")).content
    client.post(reverse("people:pause"), {"on": "no"})
    assert record in visible_to(cast.outsider.actor)


def test_what_an_organisations_feed_brought_follows_the_feed(cast: Cast) -> None:
    record = open_record(by=MACHINE, kind="asset", owner=cast.agency, audience="everyone")
    pause_page(by=cast.supplier.actor, party=cast.agency, on=True)
    assert record in visible_to(cast.outsider.actor)


def test_nobody_changes_somebody_elses_page(cast: Cast) -> None:
    for act in (
        lambda: pause_page(by=cast.outsider.actor, party=cast.resident.party, on=True),
        lambda: pause(by=cast.outsider.actor, party=cast.resident.party, on=True),
        lambda: rename(by=cast.outsider.actor, party=cast.resident.party, name="X"),
        lambda: note_facts(by=cast.steward.actor, party=cast.resident.party, phone="1"),
    ):
        with pytest.raises(Refused):
            act()


def test_two_roles_in_one_group_stand_together_and_each_is_left_by_itself(cast: Cast) -> None:
    person, club = cast.neighbour, cast.lunch_club
    for role in (Role.MEMBER, Role.KEEPER):
        join(by=Actor.system("tests"), member=person.party, of=club, role=role)
    client = person.client()
    page = client.get(reverse("people:groups")).content.decode()
    assert page.count(f">{club.name}</a></h2>") == 1
    for row in Membership.objects.filter(member=person.party):
        assert f"Leave ({row.get_role_display()})" in page
    mine = Membership.objects.get(member=person.party, role=Role.KEEPER)
    client.post(reverse("people:my_membership", args=[mine.key]), {"do": "leave"})
    page = client.get(reverse("people:groups")).content.decode()
    assert page.count(f">{club.name}</a></h2>") == 1 and "Leave (" not in page
