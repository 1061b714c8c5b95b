"""Who sees a decision: drafts are for those who run them, an open one for those it is open to, the lists for each."""

from __future__ import annotations

import pytest

from alongside.ground.people import actions as people
from alongside.ground.people.models import Role
from alongside.ground.records.actions import leave_for_good, set_audience
from alongside.planning.decisions import actions, queries
from alongside.planning.decisions.models import Decision
from tests.cast import MACHINE, Cast
from tests.planning.deciding import NOW_VOTING, draft, opened

pytestmark = pytest.mark.django_db
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


def test_who_may_ask_for_whom(cast: Cast) -> None:
    assert cast.lunch_club
    assert queries.may_ask_for(cast.connector.actor) == [cast.connector.party, cast.lunch_club]
    assert queries.may_ask_for(cast.commissioner.actor) == [cast.commissioner.party, cast.council]
    assert queries.may_ask_for(cast.resident.actor) == [cast.resident.party]
    assert queries.may_ask_for(cast.anyone) == []
    somebody, _token = cast.passer_by
    assert queries.may_ask_for(somebody.actor) == []


def test_when_mair_leaves_for_good_her_own_decision_goes_and_the_clubs_stays(cast: Cast) -> None:
    own, clubs = opened(cast, cast.resident), opened(cast, cast.connector, cast.lunch_club)
    leave_for_good(by=cast.resident.actor, party=cast.resident.party)
    assert list(Decision.objects.all()) == [clubs]
    assert queries.decision(MACHINE, own.record.key) is None
