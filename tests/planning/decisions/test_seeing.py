"""Who sees a decision: drafts are for those who run them, an open one for those it is open to, the lists for each."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.db.models import ProtectedError

from alongside.ground.people import actions as people
from alongside.ground.people.models import Role
from alongside.ground.records.actions import erase, leave_for_good, set_audience
from alongside.ground.records.models import Record, State
from alongside.planning.ballots.models import Ballot, BallotMark
from alongside.planning.decisions import actions, queries
from alongside.planning.decisions.models import Decision
from alongside.planning.ideas.actions import say
from alongside.planning.ideas.models import Idea, Option
from alongside.planning.rolls.models import Roll, Seat
from tests.cast import MACHINE, Cast
from tests.planning.deciding import A_DRAFT, NOW_IDEAS, NOW_VOTING, draft, opened
from tests.planning.thinking import idea_of, listed, listing

pytestmark = pytest.mark.django_db
BEGINS_WITH = A_DRAFT
OUTSIDERS = ["resident", "neighbour", "carer", "supplier", "councillor", "coordinator", "outsider"]


def test_a_draft_is_seen_by_those_who_run_it_and_by_nobody_else(cast: Cast) -> None:
    it = draft(cast)
    colleague = cast.staff("Ann Lloyd", Role.COMMISSIONER)
    assert queries.drafts(colleague.actor) == [it], "work is not lost when one is ill"
    for name in OUTSIDERS:
        who = getattr(cast, name)
        assert queries.decision(who.actor, it.record.key) is None, name
        assert queries.drafts(who.actor) == []
    assert queries.decision(cast.anyone, it.record.key) is None


def test_a_draft_stays_one_even_where_its_record_was_opened(cast: Cast) -> None:
    it = draft(cast)
    set_audience(by=MACHINE, record=it.record, audience="everyone")
    assert queries.decision(cast.outsider.actor, it.record.key) is None


def test_mairs_own_decision_is_for_her_circle_and_whoever_helps_with_her_plan(cast: Cast) -> None:
    it = opened(cast, cast.resident)
    assert queries.decision(cast.resident.actor, it.record.key) == it
    assert queries.decision(cast.carer.helps(cast.resident), it.record.key) == it
    for who in (cast.neighbour, cast.commissioner, cast.steward, cast.outsider):
        assert queries.decision(who.actor, it.record.key) is None


def test_what_is_found_out_to_show_one_is_believed_for_that_viewer_alone(cast: Cast) -> None:
    it = queries.to_show(cast.commissioner.actor, opened(cast).record.key)
    assert it is not None and queries.may_run(cast.commissioner.actor, it)
    assert queries.speaking(cast.commissioner.actor, it) == {cast.commissioner.party.pk}
    for who in (cast.outsider, cast.connector, cast.councillor):
        assert not queries.may_run(who.actor, it) and queries.speaking(who.actor, it) is None
    own = queries.to_show(cast.resident.actor, opened(cast, cast.resident).record.key)
    assert own is not None and queries.seen(cast.resident.actor, own)
    assert not queries.seen(cast.outsider.actor, own) and not queries.seen(cast.anyone, own)
    assert queries.to_show(cast.outsider.actor, own.record.key) is None


def test_who_helps_speaks_as_far_as_they_are_let_also_on_a_page(cast: Cast) -> None:
    it = opened(cast)
    mairs = idea_of(cast.resident, it)
    helping = cast.carer.helps(cast.resident)
    shown = queries.to_show(helping, it.record.key)
    assert shown is not None and queries.speaking(helping, shown) is None  # asked of the basis, each time
    page = cast.carer.client().get(f"/decide/{it.record.key}/ideas/{mairs.record.key}/").content.decode()
    assert "Take your idea back?" not in page
    page = cast.resident.client().get(f"/decide/{it.record.key}/ideas/{mairs.record.key}/").content.decode()
    assert "Take your idea back?" in page


def test_an_action_asks_afresh_whatever_a_page_was_shown(cast: Cast) -> None:
    it = opened(cast)
    colleague = cast.staff("Ann Lloyd", Role.COMMISSIONER)
    assert queries.to_show(colleague.actor, it.record.key) is not None
    for row in cast.memberships(colleague.party):
        people.leave(by=MACHINE, membership=row)
    again = queries.decision(colleague.actor, it.record.key)
    assert again is not None and again.handed is None and not queries.may_run(colleague.actor, again)


def test_the_page_of_an_idea_asks_little_however_much_is_said(cast: Cast, django_assert_max_num_queries: Any) -> None:
    it = opened(cast, when=NOW_IDEAS)
    idea = idea_of(cast.resident, it)
    for n in range(6):
        given = {"decision": it, "idea": idea, "owner": cast.neighbour.party}
        say(by=cast.neighbour.actor, kind=["for", "objection"][n % 2], words=f"{n}", **given)
    for client in (cast.neighbour.client(), cast.commissioner.client()):
        client.get("/decide/")
        with django_assert_max_num_queries(22):
            assert client.get(f"/decide/{it.record.key}/ideas/{idea.record.key}/").status_code == 200


def test_a_helper_with_her_messages_alone_sees_none_of_it(cast: Cast) -> None:
    it = opened(cast, cast.resident)
    basis = people.support(
        by=cast.resident.actor,
        person=cast.resident.party,
        supporter=cast.neighbour.party,
        kind="named_helper",
        parts=[("messages", "see"), ("messages", "write")],
    )
    helping = cast.neighbour.actor.__class__(person=cast.neighbour.party, on_behalf_of=cast.resident.party, basis=basis)
    assert queries.decision(helping, it.record.key) is None
    assert not queries.may_run(helping, it)


def test_the_lists_say_what_is_open_what_comes_and_what_is_over(cast: Cast) -> None:
    voting = opened(cast, when=NOW_VOTING, question="Now?")
    soon = opened(cast, when={"vote": (3, 9)}, question="Soon?")
    sooner_over = opened(cast, when={"vote": (-3, 2)}, question="Hurry?")
    counted = opened(cast, when={"vote": (-9, -2)}, question="Counted?")
    done = opened(cast, when={"vote": (-9, -2), "answer": (0, 9)}, question="Done?")
    actions.conclude(by=MACHINE, decision=done, stage="decided")
    draft(cast, question="Not yet?")
    assert queries.open_now(cast.anyone) == [sooner_over, voting]
    assert queries.later(cast.anyone) == [soon, counted]
    assert queries.over(cast.anyone) == [done]
    assert queries.open_now(cast.anyone, most=1) == [sooner_over]
    assert queries.open_now(cast.anyone, owner=cast.lunch_club) == []


def test_a_glimpse_of_them_costs_two_statements(cast: Cast, django_assert_num_queries: Any) -> None:
    for n in range(5):
        opened(cast, when=NOW_VOTING, question=f"Open {n}?")
    done = [opened(cast, when={"vote": (-9, -2)}, question=f"Done {n}?") for n in range(4)]
    for one in done:
        actions.conclude(by=MACHINE, decision=one, stage="decided")
    draft(cast)
    with django_assert_num_queries(2):
        now, over = queries.glimpse(cast.anyone, 3)
    assert [one.question for one in now] == ["Open 0?", "Open 1?", "Open 2?"]
    assert over == done[:0:-1]


def test_who_may_ask_for_whom(cast: Cast) -> None:
    assert cast.lunch_club
    assert queries.may_ask_for(cast.connector.actor) == [cast.connector.party, cast.lunch_club]
    assert queries.may_ask_for(cast.commissioner.actor) == [cast.commissioner.party, cast.council]
    assert queries.may_ask_for(cast.resident.actor) == [cast.resident.party]
    assert queries.may_ask_for(cast.anyone) == []
    somebody, _token = cast.passer_by
    assert queries.may_ask_for(somebody.actor) == []


@pytest.mark.usefixtures("nobody_yet")
def test_when_mair_leaves_for_good_her_own_decision_goes_and_the_clubs_stays(cast: Cast) -> None:
    own, clubs = opened(cast, cast.resident), opened(cast, cast.connector, cast.lunch_club)
    leave_for_good(by=cast.resident.actor, party=cast.resident.party)
    assert list(Decision.objects.all()) == [clubs]
    assert queries.decision(MACHINE, own.record.key) is None


@pytest.mark.usefixtures("nobody_yet")
def test_it_goes_with_all_that_was_said_and_chosen_in_it(cast: Cast) -> None:
    """What hangs on a decision keeps it for ever; what hangs on her own life does not keep her here."""
    mair = cast.resident
    own = opened(cast, mair, when=NOW_IDEAS)
    ideas = [idea_of(mair, own, title) for title in ("Stay where I am", "Move nearer to Tom")]
    [option, _other] = listed(mair, listing(own), *ideas)
    seat = Seat.objects.create(decision=own, group=own.groups.get(key="person"), way="member", party=mair.party)
    Roll.objects.create(seat=seat, decision=own, channel="screen", day=queries.today())
    ballot = Ballot.objects.create(key="0" * 64, decision=own, group=own.groups.get(key="person"))
    BallotMark.objects.create(key="1" * 64, ballot=ballot, option=option, value=1)
    leave_for_good(by=mair.actor, party=mair.party)
    for model in (Decision, Idea, Option, Seat, Roll, Ballot, BallotMark):
        assert not model.objects.exists(), model.__name__
    assert set(Record.objects.filter(owner=mair.party).values_list("state", flat=True)) == {State.ERASED}


def test_a_clubs_decision_is_not_erased_under_everybody(cast: Cast) -> None:
    clubs = opened(cast, cast.connector, cast.lunch_club, when=NOW_IDEAS)
    idea_of(cast.connector, clubs)
    with pytest.raises((ProtectedError, DatabaseError)), transaction.atomic():
        erase(by=cast.connector.actor, record=clubs.record)
    assert Decision.objects.filter(pk=clubs.pk).exists()
