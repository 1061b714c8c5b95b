"""Who may put a question to whom, role by role and owner by owner, against a table that anybody can read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from alongside.ground.history.actor import Actor
from alongside.ground.people import actions as people
from alongside.ground.people.models import KEEPING_ROLES, Kind, Membership, Party, PartyState, Role, Sort
from alongside.ground.records.models import Record
from alongside.planning.decisions import policy
from alongside.planning.decisions.models import Decision
from alongside.planning.decisions.queries import may_ask_for
from tests.cast import MACHINE, Cast, Somebody

pytestmark = pytest.mark.django_db
OWNERS = {
    "community": (Kind.COMMUNITY, Sort.GROUP),
    "household": (Kind.COMMUNITY, Sort.HOUSEHOLD),
    "council": (Kind.ORGANISATION, Sort.PUBLIC),
    "business": (Kind.ORGANISATION, Sort.BUSINESS),
}
# Who looks after a community asks for it, whoever lives in a household for it, who decides for an area by their work.
ASKS = {
    "community": {*KEEPING_ROLES, Role.CONNECTOR, Role.BUILDER, Role.COORDINATOR},
    "household": set(Role),
    "council": {Role.COMMISSIONER, Role.PLACE_STEWARD},
    "business": {Role.COMMISSIONER, Role.PLACE_STEWARD},
}


def owner_of(what: str) -> Party:
    kind, sort = OWNERS[what]
    return Party.objects.create(kind=kind, sort=sort, name=f"The {what}")


def with_each_role(cast: Cast, owner: Party) -> Iterator[tuple[Role, Somebody, Membership]]:
    for role in Role:
        somebody = cast.person(f"A {role}")
        yield role, somebody, Membership.objects.create(member=somebody.party, of=owner, role=role)


@pytest.mark.parametrize("what", OWNERS)
def test_each_role_asks_for_whom_the_table_says(cast: Cast, what: str) -> None:
    owner = owner_of(what)
    for role, somebody, belongs in with_each_role(cast, owner):
        may = role in ASKS[what]
        assert policy.may_ask(by=somebody.actor, owner=owner) is may, role
        assert (owner in may_ask_for(somebody.actor)) is may, role
        assert may_ask_for(somebody.actor)[0] == somebody.party
        Membership.objects.filter(pk=belongs.pk).update(until=belongs.since)  # they have left
        assert not policy.may_ask(by=somebody.actor, owner=owner), role


@pytest.mark.parametrize("what", OWNERS)
def test_a_role_elsewhere_asks_nothing_here(cast: Cast, what: str) -> None:
    owner, other = owner_of(what), owner_of(what)
    for role, somebody, _belongs in with_each_role(cast, other):
        assert not policy.may_ask(by=somebody.actor, owner=owner), role


def test_a_page_that_nobody_has_claimed_asks_for_nobody(cast: Cast) -> None:
    nobody, token = cast.passer_by
    club = owner_of("household")
    Membership.objects.create(member=nobody.party, of=club, role=Role.KEEPER)
    assert token and nobody.party.state == PartyState.PROVISIONAL
    assert not any(policy.may_ask(by=nobody.actor, owner=owner) for owner in (club, nobody.party))
    assert may_ask_for(nobody.actor) == []


def test_helping_somebody_opens_their_own_life_and_none_of_their_groups(cast: Cast) -> None:
    helping = cast.carer.helps(cast.resident)
    people.join(by=MACHINE, member=cast.resident.party, of=cast.council, role=Role.COMMISSIONER)
    assert policy.may_ask(by=helping, owner=cast.resident.party)
    assert not policy.may_ask(by=helping, owner=cast.council)
    assert not policy.may_ask(by=helping, owner=cast.carer.party)
    assert may_ask_for(helping) == [cast.resident.party]


def test_nobody_but_the_person_runs_what_is_about_their_life(cast: Cast) -> None:
    mine = Decision(record=Record(owner=cast.resident.party))
    for other in (cast.neighbour, cast.commissioner, cast.steward, cast.connector):
        assert not policy.may_run(by=other.actor, decision=mine)
    assert policy.may_run(by=cast.resident.actor, decision=mine)
    assert not policy.may_run(by=Actor.anyone(), decision=mine)


def test_only_the_machine_says_how_it_came_out(cast: Cast) -> None:
    assert policy.may_conclude(by=MACHINE)
    assert not any(policy.may_conclude(by=one) for one in (cast.commissioner.actor, cast.steward.actor, Actor.anyone()))
