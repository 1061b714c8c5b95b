"""Everybody who belongs, on the list with one press; never where that would tell who has chosen."""

from __future__ import annotations

from typing import Any

import pytest

from alongside.ground.history.acting import Refused
from alongside.ground.people import actions as people
from alongside.ground.people.models import Role
from alongside.planning.decisions.models import Decision
from alongside.planning.rolls import actions, queries
from alongside.planning.rolls.models import Seat
from tests.cast import MACHINE, Cast
from tests.planning.deciding import GroupSaid, move, opened

pytestmark = pytest.mark.django_db
MEMBERS = [GroupSaid("Members", "people", 1_000_000, key="members")]
AND_AFFECTED = [GroupSaid("Members", "people", 700_000), GroupSaid("Those at home", "people", 300_000, True, 50)]


def club(cast: Cast, way: str = "list", **more: Any) -> Decision:
    assert cast.place.name
    people.join(by=cast.neighbour.actor, member=cast.neighbour.party, of=cast.lunch_club)
    return opened(cast, cast.connector, cast.lunch_club, **({"groups": MEMBERS, "ways": [way]} | more))


def on_list(decision: Decision) -> list[str]:
    return sorted(seat.party.name for seat in Seat.objects.filter(decision=decision) if seat.party)


def test_one_press_puts_everybody_who_belongs_on_the_list(cast: Cast) -> None:
    it, client = club(cast, groups=AND_AFFECTED), cast.connector.client()
    roll = f"/decide/{it.record.key}/roll/"
    assert "Put all members on the list" in client.get(roll).content.decode()
    said = client.post(f"{roll}members/", {"key": "one-press-of-it"}, follow=True).content.decode()
    assert "3 new places" in said and "Put all members on the list" not in said  # nobody is left to put there
    assert on_list(it) == ["Denise Clarke", "Joseph Okafor", "Mair Pugh"]
    assert {seat.group.name for seat in Seat.objects.all()} == {"Members"}  # whom it touches most says so themselves
    assert actions.put_members(by=cast.connector.actor, decision=it) == 0


def test_whoever_was_there_by_page_or_came_later_gets_one_place(cast: Cast) -> None:
    it = club(cast)
    there = [actions.Named("", cast.resident.party), actions.Named("Joseph Okafor")]
    actions.add_to_list(by=cast.connector.actor, decision=it, group=it.groups.get(), people=there)
    assert actions.put_members(by=cast.connector.actor, decision=it) == 1  # a page takes over the place of its name
    people.join(by=cast.outsider.actor, member=cast.outsider.party, of=cast.lunch_club)
    assert actions.put_members(by=cast.connector.actor, decision=it) == 1
    assert len(on_list(it)) == len(set(on_list(it))) == 4


def test_it_never_tells_who_has_chosen(cast: Cast) -> None:
    it = club(cast, "member")
    assert queries.may_put_members(cast.connector.actor, it)  # nobody chooses yet
    it = move(it, {"vote": (0, 7), "answer": (8, 17)})
    assert not queries.may_put_members(cast.connector.actor, it)
    with pytest.raises(Refused):
        actions.put_members(by=cast.connector.actor, decision=it)


TWO = [GroupSaid("Old", "people", 500_000), GroupSaid("Young", "people", 500_000)]


@pytest.mark.parametrize("more", [{"way": "code"}, {"groups": TWO}])
def test_where_nobody_can_say_for_them_where_they_stand_it_is_not_offered(cast: Cast, more: dict[str, Any]) -> None:
    it = club(cast, **more)
    assert not queries.may_put_members(cast.connector.actor, it)
    with pytest.raises(Refused):
        actions.put_members(by=cast.connector.actor, decision=it)


def test_only_those_who_know_who_belongs_may(cast: Cast) -> None:
    it = club(cast)
    people.join(by=MACHINE, member=cast.carer.party, of=cast.lunch_club, role=Role.CONNECTOR)
    for who in (cast.carer, cast.resident, cast.outsider, cast.councillor):
        assert not queries.may_put_members(who.actor, it)
        with pytest.raises(Refused):
            actions.put_members(by=who.actor, decision=it)
    assert cast.outsider.client().post(f"/decide/{it.record.key}/roll/members/").status_code == 404
    assert not Seat.objects.exists()


def test_once_the_vote_is_over_nobody_gets_a_place(cast: Cast) -> None:
    it = move(club(cast), {"vote": (-7, -1), "answer": (0, 17)})
    with pytest.raises(Refused):
        actions.put_members(by=cast.connector.actor, decision=it)
