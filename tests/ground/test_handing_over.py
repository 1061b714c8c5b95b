"""Help that is a part of somebody's work ends with it; whoever has nobody then is got in touch with, and says yes or
no; what neighbours agreed goes on."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from alongside.ground.helping.actions import (
    answer,
    end_with_roles,
    lapse,
    let_go,
    name_helper,
    object_to,
    open_page_with,
    take_on,
)
from alongside.ground.helping.models import HelpAsked
from alongside.ground.helping.queries import asked_of, left, question, reach, without_helper
from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor, Source
from alongside.ground.history.models import Event
from alongside.ground.notices.models import Notice
from alongside.ground.notices.queries import letters
from alongside.ground.people import actions as people
from alongside.ground.people.models import Basis, BasisKind, Membership, Party, Role
from alongside.ground.people.queries import may_speak_for, open_bases
from alongside.ground.records.actions import leave_for_good
from tests.cast import MACHINE, Cast, Somebody

pytestmark = pytest.mark.django_db


def edith(cast: Cast) -> tuple[Party, Basis]:
    """Edith wants letters, and the coordinator keeps her page with her."""
    said = {"name": "Edith Morgan", "word": "marmalade", "agreed": True, "contact_by": "letter"}
    more = {"phone": "01632 960 444", "address": "3 Mill Street"}
    got = open_page_with(by=cast.coordinator.actor.by_way_of(Source.TELEPHONE), **said, **more)
    return got.person, got.basis


def without_role(cast: Cast, somebody: Somebody) -> None:
    for membership in Membership.objects.filter(member=somebody.party, until=None):
        people.leave(by=cast.steward.actor, membership=membership)


def told(party: Party) -> str:
    return " ".join(notice.body for notice in Notice.objects.filter(to=party))


def words(party: Party) -> set[str]:
    return {one.basis.person.shown_name for one in left(Actor(person=party))}


def test_help_ends_with_the_role_and_everybody_concerned_hears_of_it(cast: Cast) -> None:
    person, basis = edith(cast)
    assert basis.role == Role.COORDINATOR and not words(cast.builder.party)
    helping = Actor(cast.coordinator.party, person, basis, Source.TELEPHONE)
    without_role(cast, cast.coordinator)
    basis.refresh_from_db()
    assert basis.ended_at and basis.ended_by is None and not may_speak_for(helping, person)
    assert "Lynne Hughes does not do this work here any more" in told(person)
    assert "shut to you from now on" in told(cast.coordinator.party)
    assert "Somebody here has nobody" in told(cast.builder.party) and "Edith" not in told(cast.builder.party)
    assert words(cast.builder.party) == words(cast.steward.party) == {"Edith M."}
    assert Event.objects.filter(verb="people.stop_support").count() == 1


def test_whoever_has_another_such_role_goes_on(cast: Cast) -> None:
    _person, basis = edith(cast)
    first = Membership.objects.get(member=cast.coordinator.party)
    people.join(by=MACHINE, member=cast.coordinator.party, of=cast.council, role=Role.BUILDER)
    people.leave(by=cast.steward.actor, membership=first)
    assert open_bases().get() == basis and not words(cast.steward.party)


def test_whoever_leaves_for_good_leaves_nobody_behind(cast: Cast) -> None:
    person, _basis = edith(cast)
    leave_for_good(by=cast.coordinator.actor, party=cast.coordinator.party)
    assert "Lynne Hughes does not do this work" in told(person) and words(cast.steward.party) == {"Edith M."}


def test_a_helper_who_stops_hands_over_and_a_person_who_stops_wants_nobody(cast: Cast) -> None:
    person, basis = edith(cast)
    client = cast.coordinator.client()
    client.post(reverse("helping:end", args=[basis.key]), {"do": "stop"})
    assert "Lynne Hughes does not do this work" in told(person) and words(cast.steward.party) == {"Edith M."}
    for end in (let_go, object_to):
        person, basis = edith(cast)
        end(by=Actor(person=person), basis=basis)
        assert words(cast.steward.party) == {"Edith M."} and without_helper(cast.steward.actor).count() == 1


def test_what_neighbours_agreed_stays_whatever_their_work(cast: Cast) -> None:
    mair, lynne = cast.resident, cast.coordinator
    assert cast.neighbour.login.email
    asked = [
        name_helper(by=one.actor, supporter=lynne.party, parts=[("plan", "see")]) for one in (mair, cast.neighbour)
    ]
    assert isinstance(asked[0], HelpAsked) and isinstance(asked[1], HelpAsked)
    answer(by=lynne.actor, asked=asked[0], yes=True)
    page = lynne.client().get(reverse("helping:asked", args=[asked[1].key])).content.decode()
    assert "This is a part of my work here" in page
    lynne.client().post(reverse("helping:asked", args=[asked[1].key]), {"do": "yes", "work": "yes"})
    assert [basis.role for basis in open_bases().order_by("pk")] == ["", Role.COORDINATOR]
    without_role(cast, lynne)
    assert open_bases().get().person == mair.party, "she asked her as a neighbour"
    assert not words(cast.steward.party), "Joseph signs in by himself, and has only been told"


def test_a_role_that_went_in_any_other_way_opens_nothing_and_is_handed_over_at_night(cast: Cast) -> None:
    person, basis = edith(cast)
    Membership.objects.filter(member=cast.coordinator.party).update(until=timezone.now())
    helping = Actor(cast.coordinator.party, person, basis)
    client = cast.coordinator.client(second_factor=True)
    assert not may_speak_for(helping, person) and client.get(f"/helping/{basis.key}/start/").status_code == 404
    with pytest.raises(Refused):
        end_with_roles(by=cast.steward.actor)
    assert cast.steward and end_with_roles(by=MACHINE) == 1 and end_with_roles(by=MACHINE) == 0
    assert words(cast.steward.party) == {"Edith M."} and "does not do this work" in told(person)


# Who sees who has nobody, and who takes over


def test_only_those_whose_work_it_is_see_the_list_and_no_more_than_strangers_do(cast: Cast) -> None:
    person, _basis = edith(cast)
    without_role(cast, cast.coordinator)
    people.join(by=cast.steward.actor, member=cast.connector.party, of=cast.council, role=Role.CONNECTOR)
    page = cast.builder.client().get("/helping/").content.decode()
    assert "Edith M." in page and not any(one in page for one in ("Edith Morgan", "01632 960 444", "Mill Street"))
    unproved = Actor(person=cast.builder.party, proved=False)
    helping = cast.carer.helps(cast.steward)
    for by in (
        cast.connector.actor,
        cast.outsider.actor,
        cast.commissioner.actor,
        cast.coordinator.actor,
        unproved,
        helping,
    ):
        assert not left(by)
        with pytest.raises(Refused):
            take_on(by=by, person=person)
    go = reverse("helping:get_in_touch", args=[person.key])
    for somebody in (cast.outsider, cast.connector, cast.commissioner):
        assert somebody.client().post(go).status_code == 404
    assert cast.builder.client(second_factor=False).post(go).status_code == 302 and not HelpAsked.objects.exists()
    people.block(by=Actor(person=person), other=cast.builder.party)
    assert not left(cast.builder.actor) and left(cast.steward.actor)


def test_somebody_gets_in_touch_and_writes_down_her_yes(cast: Cast) -> None:
    person, _basis = edith(cast)
    without_role(cast, cast.coordinator)
    client = cast.builder.client()
    asked = client.post(reverse("helping:get_in_touch", args=[person.key])).url
    page = client.get(asked).content.decode()
    assert "Edith Morgan" in page and "01632 960 444" in page and not may_speak_for(cast.builder.actor, person)
    assert "Asha R. gets in touch with you" in told(person) and "Rahman" not in told(person)
    assert client.get(f"/p/{person.key}/").status_code == 404 and not letters(cast.builder.actor)
    other = cast.steward.client()
    assert "Asha Rahman is in touch with them" in other.get("/helping/").content.decode()
    again = other.post(reverse("helping:get_in_touch", args=[person.key]), follow=True).content.decode()
    assert "is in touch with them" in again and HelpAsked.objects.count() == 1
    assert "01632" not in other.get(asked, follow=True).content.decode()
    assert "Choose how you spoke" in client.post(asked, {"do": "yes"}).content.decode() and open_bases().count() == 0
    said = client.post(asked, {"do": "yes", "source": "telephone"})
    basis = open_bases().get()
    assert said.url == reverse("helping:new_card", args=[basis.key]), "somebody else knows the word of the old one"
    assert (basis.supporter, basis.role, basis.decided_by) == (cast.builder.party, Role.BUILDER, person)
    event = Event.objects.get(verb="helping.answer")
    assert (event.actor, event.source) == (cast.builder.party, Source.TELEPHONE)
    assert not left(cast.steward.actor) and len(letters(cast.builder.actor)) == 3, "and now all her letters are posted"


def test_she_says_yes_herself_on_a_screen(cast: Cast) -> None:
    person, _basis = edith(cast)
    without_role(cast, cast.coordinator)
    offered = take_on(by=cast.builder.actor, person=person)
    with pytest.raises(Refused):  # nobody says yes for her on a screen
        answer(by=cast.builder.actor, asked=offered, yes=True)
    with pytest.raises(Refused):
        answer(by=cast.steward.actor.by_way_of(Source.TELEPHONE), asked=offered, yes=True)
    client = Somebody(person)
    client.login = Party.objects.get(pk=person.pk).login  # type: ignore[misc]
    page = client.client().get(reverse("helping:asked", args=[offered.key])).content.decode()
    assert "Asha R. offers to help you" in page and "01632" not in page
    assert client.client().post(reverse("helping:asked", args=[offered.key]), {"do": "yes"}).status_code == 302
    assert open_bases().get().supporter == cast.builder.party


def test_she_wants_nobody_and_is_left_in_peace(cast: Cast) -> None:
    person, _basis = edith(cast)
    without_role(cast, cast.coordinator)
    offered = take_on(by=cast.builder.actor, person=person)
    answer(by=cast.builder.actor.by_way_of(Source.VISIT), asked=offered, yes=False)
    assert not left(cast.steward.actor) and not HelpAsked.objects.exists()
    with pytest.raises(Fault):
        take_on(by=cast.steward.actor, person=person)


def test_what_one_cannot_do_or_leaves_lying_comes_back_to_the_others(cast: Cast) -> None:
    person, _basis = edith(cast)
    without_role(cast, cast.coordinator)
    offered = take_on(by=cast.builder.actor, person=person)
    cast.builder.client().post(reverse("helping:take_back", args=[offered.key]))
    assert [one.in_touch for one in left(cast.steward.actor)] == [""] and reach(cast.builder.actor, offered) is None
    offered = take_on(by=cast.builder.actor, person=person)
    HelpAsked.objects.update(lapses=timezone.now() - timedelta(seconds=1))
    assert question(cast.builder.actor, offered.key) is None and reach(cast.builder.actor, offered) is None
    second = take_on(by=cast.steward.actor, person=person)
    assert lapse(by=MACHINE) == 1 and HelpAsked.objects.get() == second
    without_role(cast, cast.builder)
    assert HelpAsked.objects.get() == second
    without_role(cast, cast.steward)  # takes their own role, and with it what they had in hand
    assert not HelpAsked.objects.exists() and not asked_of(Actor(person=person))


# What was there before


def test_help_from_before_stays_agreed_and_knows_whose_work_it_is(cast: Cast) -> None:
    _person, basis = edith(cast)
    neighbours = cast.carer.helps(cast.resident).basis
    ended = cast.coordinator.helps(cast.neighbour).basis
    assert neighbours and ended
    people.stop_support(by=cast.neighbour.actor, basis=ended)
    Basis.objects.update(role="")
    migration = import_module("alongside.ground.migrations.0009_helpers_say_yes")
    migration.part_of_whose_work(apps, SimpleNamespace(connection=connection))
    kinds = {basis.pk: "coordinator", neighbours.pk: "", ended.pk: ""}
    assert dict(Basis.objects.values_list("pk", "role")) == kinds and open_bases().count() == 2
    assert {one.kind for one in open_bases()} == {BasisKind.NAMED_HELPER}
