"""One place a person: whoever has a name on the roll and a page has one ballot, whichever of both is used first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import product

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Source
from alongside.ground.history.models import Event
from alongside.ground.people import actions as people
from alongside.ground.people.models import Membership, Party
from alongside.planning.ballots.models import Ballot
from alongside.planning.decisions.models import Decision
from alongside.planning.decisions.queries import today
from alongside.planning.rolls import actions, alike, queries
from alongside.planning.rolls.actions import Named
from alongside.planning.rolls.models import Roll, Seat
from alongside.planning.rolls.queries import standings
from tests.cast import Cast, Somebody
from tests.planning.ballots.box import A_VOTE, AFFECTED, OURS, cast_for, put, voting
from tests.planning.deciding import OURS as OUR_GROUPS
from tests.planning.deciding import move, opened

pytestmark = pytest.mark.django_db
BEGINS_WITH = A_VOTE
NAME = "Mair Pugh"  # of the resident, who has a page
YESTERDAY = {"ideas": (-40, -20), "talk": (-40, 7), "shortlist": (-15, -3), "vote": (-1, 7), "answer": (8, 21)}


@pytest.fixture
def decision(cast: Cast) -> Decision:
    assert cast.place.name
    return voting(cast)


def device(cast: Cast) -> Somebody:
    return Somebody(people.begin(by=cast.anyone)[0])


def lines(cast: Cast, decision: Decision, *named: Named, key: str = OURS) -> list[str]:
    """Put them on the list, and print what has no code yet."""
    given = {"by": cast.commissioner.actor, "decision": decision}
    actions.add_to_list(group=decision.groups.get(key=key), people=named, **given)
    return [code for code, _name in actions.codes_for_list(**given).codes]


def by_page(cast: Cast, decision: Decision, code: str) -> None:
    cast_for(cast.resident, decision, 1)


def by_device(cast: Cast, decision: Decision, code: str) -> None:
    somebody = device(cast)
    actions.use_code(by=somebody.actor, decision=decision, code=code)
    cast_for(somebody, decision, 1)


def by_paper(cast: Cast, decision: Decision, code: str) -> None:
    actions.receive_slip(by=cast.commissioner.actor, decision=decision, code=code)


def by_telephone(cast: Cast, decision: Decision, code: str) -> None:
    helping = cast.carer.helps(cast.resident).by_way_of(Source.TELEPHONE)
    actions.use_code(by=helping, decision=decision, code=code)
    cast_for(cast.resident, decision, 1, by=helping)


WAYS: list[Callable[[Cast, Decision, str], None]] = [by_page, by_device, by_paper, by_telephone]


@pytest.mark.parametrize("bound", [True, False], ids=["line of their page", "line by name"])
def test_a_code_and_a_page_of_one_person_are_one_ballot(cast: Cast, decision: Decision, bound: bool) -> None:
    """Whichever is used first, and whatever is tried then: on a page, another device, paper and the telephone."""
    (code,) = lines(cast, decision, Named("", cast.resident.party) if bound else Named(NAME))
    assert cast.resident.party.pk and cast.carer.party.pk  # on stage before, so that each pair starts from the same
    for first, second in product(WAYS, WAYS):
        with transaction.atomic():
            if bound and first is by_device:
                with pytest.raises(Fault, match="belongs to a page here"):
                    first(cast, decision, code)
            else:
                first(cast, decision, code)
                with pytest.raises((Fault, Refused)):
                    second(cast, decision, code)
                assert Roll.objects.count() == 1, (first, second)
            assert Ballot.objects.count() <= Roll.objects.count()
            transaction.set_rollback(True)


def test_two_people_of_one_name_count_once_it_is_said_that_they_are_two(cast: Cast, decision: Decision) -> None:
    (code,) = lines(cast, decision, Named(" MAIR  pûgh "))
    cast_for(cast.resident, decision, 1)
    with pytest.raises(Fault, match="Put the envelope aside"):
        by_paper(cast, decision, code)
    with pytest.raises(Refused):
        actions.tell_apart(by=cast.resident.actor, decision=decision, name=NAME)
    with pytest.raises(Fault, match="as it stands on the list"):
        actions.tell_apart(by=cast.commissioner.actor, decision=decision, name="Nobody Else")
    assert actions.tell_apart(by=cast.commissioner.actor, decision=decision, name=NAME) == 1
    assert Event.objects.get(verb="rolls.tell_apart").actor == cast.commissioner.party
    by_paper(cast, decision, code)
    assert Roll.objects.count() == 2


def test_two_pages_of_one_name_are_two_people(cast: Cast, decision: Decision) -> None:
    for somebody in (cast.person("John Smith"), cast.person("John Smith")):
        assert cast_for(somebody, decision, 1).receipt


def test_a_line_is_taken_once_however_it_is_written(cast: Cast, decision: Decision) -> None:
    given = {"by": cast.commissioner.actor, "decision": decision, "group": decision.groups.get(key=OURS)}
    actions.add_to_list(people=[Named("Iolo Rees")], **given)
    assert actions.add_to_list(people=[Named("iolo rees")], **given) == 0
    for same in ("Iolo M. Rees", "Iolo Reess", "Iólo Rees"):
        with pytest.raises(Fault, match="is like Iolo Rees, who has a place"):
            actions.add_to_list(people=[Named("Quite Another"), Named(same)], **given)
    assert Seat.objects.count() == 1, "nothing is kept of a list with a fault"
    assert actions.add_to_list(people=[Named("Iolo Rees (Mill Road)"), Named("Iola Price")], **given) == 2
    assert queries.alike_names(cast.commissioner.actor, decision) == []


def test_a_page_takes_over_the_line_that_has_its_name(cast: Cast, decision: Decision) -> None:
    (code,) = lines(cast, decision, Named(NAME))
    put(cast, decision, OURS, cast.resident)
    assert Seat.objects.get().party == cast.resident.party
    by_paper(cast, decision, code)
    with pytest.raises(Refused, match="receipt"):
        cast_for(cast.resident, decision, 1)


def test_whoever_keeps_the_roll_learns_of_no_page_that_took_part(cast: Cast, decision: Decision) -> None:
    cast_for(cast.resident, decision, 1)
    before = queries.alike_names(cast.commissioner.actor, decision)
    lines(cast, decision, Named(NAME))
    assert queries.alike_names(cast.commissioner.actor, decision) == before == []
    with pytest.raises(Refused):
        queries.alike_names(cast.outsider.actor, decision)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Siân Hâf Rees", "sian rees", True),
        ("Iolo Rees", "Iolo Reese", True),
        ("Iolo Rees", "Iolo Price", False),
        ("Mrs Mair Pugh", "Mair Pugh", True),
        ("Pugh, Mair", "M. Pugh", True),
        ("Mair Pugh", "Nia Pugh", False),
        ("Dr", "dr.", True),
        ("M", "Mair", False),
        ("Mair", "Mair Pugh", False),
        ("", "", False),
        ("🚌 🚌", "🚌 🚌", False),
        ("ريم " * 2_500, "ريم", False),
    ],
)
def test_names_that_are_likely_one(one: str, other: str, same: bool) -> None:
    assert alike.is_like(one, other) is same


# Neighbours who vouch


def test_one_person_for_whom_two_vouch_has_one_ballot(cast: Cast, decision: Decision) -> None:
    first = actions.vouch(by=cast.resident.actor, decision=decision, name="Iolo Rees")
    second = actions.vouch(by=cast.neighbour.actor, decision=decision, name="Iolo (the baker) Rees")
    assert Seat.objects.filter(name="Iolo Rees").count() == 1
    third = actions.vouch(by=cast.connector.actor, decision=decision, name="Iolo Rees")
    by_device(cast, decision, first)
    with pytest.raises(Refused, match="Somebody with this name has taken part"):
        by_device(cast, decision, third)
    assert second and Roll.objects.count() == 1
    with pytest.raises(Fault, match="your own name"):
        actions.vouch(by=cast.resident.actor, decision=decision, name=NAME)


def test_a_ring_of_pages_made_for_the_vote_lets_nobody_in(cast: Cast, decision: Decision) -> None:
    decision = move(decision, YESTERDAY)  # everybody's page is of today
    ring = [cast.person(f"New {n}") for n in range(3)]
    for somebody in ring:
        with pytest.raises(Refused):
            actions.vouch(by=somebody.actor, decision=decision, name="Another New")
        with pytest.raises(Refused):
            cast_for(somebody, decision, 1)
    assert not Seat.objects.exists()


# Who came after the day on which the vote opened


def test_who_came_today_counts_today_and_not_in_a_vote_that_opened_yesterday(cast: Cast, decision: Decision) -> None:
    late = cast.person("Robin New")
    assert standings(late.actor, decision)
    decision = move(decision, YESTERDAY)
    assert standings(late.actor, decision) == []
    assert queries.came_late(decision, late.party)
    page = late.client().get(f"/decide/{decision.record.key}/place/").content.decode()
    assert "You came after the vote opened" in page and "A neighbour who has a place can vouch" in page
    put(cast, decision, OURS, late)
    assert cast_for(late, decision, 1).receipt


@pytest.fixture
def ours(cast: Cast) -> Decision:
    """The lunch club decides; its members joined long ago, and the vote opened yesterday."""
    assert cast.place.name and cast.lunch_club.pk
    decision = opened(cast, cast.connector, cast.lunch_club, groups=OUR_GROUPS, open_to="community")
    Membership.objects.update(since=timezone.now() - timedelta(days=99))
    Party.objects.update(since=timezone.now() - timedelta(days=99))
    return move(decision, YESTERDAY)


def test_who_joins_during_the_vote_comes_by_another_way(cast: Cast, ours: Decision) -> None:
    assert standings(cast.resident.actor, ours)
    people.join(by=cast.neighbour.actor, member=cast.neighbour.party, of=cast.lunch_club)
    assert standings(cast.neighbour.actor, ours) == []
    assert queries.came_late(ours, cast.neighbour.party)


def test_who_leaves_and_joins_again_has_the_place_that_was_theirs_and_no_second(cast: Cast, ours: Decision) -> None:
    resident = cast.resident
    people.leave(by=resident.actor, membership=Membership.objects.get(member=resident.party))
    assert standings(resident.actor, ours) == []
    people.join(by=resident.actor, member=resident.party, of=cast.lunch_club)
    assert len(standings(resident.actor, ours)) == 1
    Membership.objects.filter(member=resident.party).exclude(until=None).update(until=timezone.now() - timedelta(3))
    assert standings(resident.actor, ours) == [], "who was gone on the day is new"


def test_a_page_made_for_the_vote_gains_nothing_by_taking_over_an_old_one(cast: Cast, decision: Decision) -> None:
    old, late = device(cast), cast.person("Robin New")
    Party.objects.filter(pk=old.party.pk).update(since=timezone.now() - timedelta(days=9))
    decision = move(decision, YESTERDAY)
    people.claim(by=late.actor, provisional=old.party, into=late.party)
    assert standings(late.actor, decision) == []


# Past the pages


def test_the_database_takes_no_place_by_a_way_that_is_not_there(cast: Cast, decision: Decision) -> None:
    by_code = voting(cast, ways=["code"])
    for it, way in ((decision, "code"), (by_code, "member"), (by_code, "vouched"), (by_code, "list")):
        with pytest.raises(DatabaseError, match="count one person twice"), transaction.atomic():
            Seat.objects.create(decision=it, group=it.groups.get(key=OURS), way=way, name="Smuggled In")
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(decision=decision, group=decision.groups.get(key=OURS), way="list", code_hash="x")
    listed = {"decision": by_code, "group": by_code.groups.get(side="communities"), "way": "list"}
    assert Seat.objects.create(party=cast.lunch_club, **listed).pk


def test_people_are_not_listed_where_codes_count_and_organisations_are(cast: Cast) -> None:
    by_code = voting(cast, ways=["code"])
    for somebody in (Named("Alf Morris"), Named("", cast.resident.party)):
        with pytest.raises(Fault, match="a code instead"):
            lines(cast, by_code, somebody)
    given = {"by": cast.commissioner.actor, "decision": by_code, "group": by_code.groups.get(side="commissioners")}
    assert actions.add_to_list(people=[Named("", cast.council)], **given) == 1


def test_the_check_finds_who_counts_as_affected_on_their_own_word(cast: Cast, decision: Decision) -> None:
    cast_for(cast.resident, decision, 1)
    assert list(queries.people_with_two_places()) == []
    Seat.objects.update(group=decision.groups.get(key=AFFECTED))
    (found,) = queries.people_with_two_places()
    assert "directly affected on their own word" in found
    assert today() and not found.count(NAME)


# On the pages


def test_the_roll_shows_names_that_are_alike_and_takes_the_word_of_who_keeps_it(cast: Cast, decision: Decision) -> None:
    lines(cast, decision, Named("Iolo Rees"))
    actions.vouch(by=cast.resident.actor, decision=decision, name="Iolo Reese")
    client, roll = cast.commissioner.client(), f"/decide/{decision.record.key}/roll/"
    page = client.get(roll).content.decode()
    assert "<bdi>Iolo Reese</bdi> and <bdi>Iolo Rees</bdi>" in page or "<bdi>Iolo Rees</bdi> and" in page
    wrong = client.post(f"{roll}tell-apart/", {"a-name": "Nobody", "key": "1"}).content.decode()
    assert "Nobody has a place by this name" in wrong and 'value="Nobody"' in wrong
    said = client.post(f"{roll}tell-apart/", {"a-name": "iolo rees", "key": "2"}, follow=True).content.decode()
    assert "They are two people now" in said and "These names on the roll are alike" not in said
    assert cast.resident.client().post(f"{roll}tell-apart/", {"a-name": "iolo rees"}).status_code == 404


def test_paper_for_everybody_on_the_list_has_their_names_on_the_slips(cast: Cast, decision: Decision) -> None:
    put(cast, decision, OURS, cast.resident)
    lines(cast, decision, Named("Alf Morris"))
    client = cast.commissioner.client()
    page = client.get(f"/decide/{decision.record.key}/paper/").content.decode()
    assert "Print all anew" in page and "How many" not in page
    given = {"group": OURS, "anew": "on", "style": "plain", "key": "1"}
    printed = client.post(f"/decide/{decision.record.key}/paper/print/", given).content.decode()
    assert "Alf Morris" in printed and "Mair P." in printed and printed.count("card-word") == 2
    none = client.post(f"/decide/{decision.record.key}/paper/print/", given | {"anew": "", "key": "2"})
    assert "Everybody on the list has a code" in none.content.decode()
