"""Reasons for and against, objections and questions: each is answered; who objects says whether it is met."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.notices.models import Notice
from alongside.ground.people.actions import block
from alongside.ground.records.actions import let_through, turn_back
from alongside.ground.records.models import State
from alongside.planning.decisions.models import Decision, Side
from alongside.planning.decisions.queries import today
from alongside.planning.ideas import actions, queries
from alongside.planning.ideas.models import Idea, Point
from tests.cast import Cast, Somebody
from tests.planning.deciding import move, opened
from tests.planning.thinking import FOR_IDEAS, NOW_ANSWERING, NOW_IDEAS, RTL, for_ideas, idea_of, listing, told, voting

pytestmark = pytest.mark.django_db
BEGINS_WITH = FOR_IDEAS
ANYONE = Actor.anyone()


@pytest.fixture
def idea(cast: Cast) -> Idea:
    """Mair's idea, for the council's decision."""
    return idea_of(cast.resident, for_ideas(cast))


def says(somebody: Somebody, idea: Idea, kind: str = "objection", **given: Any) -> Point:
    said = {"words": "The lane is too narrow for a bus", "owner": somebody.party, "idea": idea, "kind": kind} | given
    return actions.say(by=somebody.actor, decision=idea.decision, **said)


def test_anyone_says_why_and_whoever_put_it_forward_is_asked(cast: Cast, idea: Idea) -> None:
    says(cast.neighbour, idea, "for", words="It got my mum out")
    says(cast.neighbour, idea, "question", words="Who pays the fuel?")
    said = queries.points(ANYONE, idea.decision, idea)
    assert [(one.kind, one.words, one.side) for one in said] == [
        ("for", "It got my mum out", Side.PEOPLE),
        ("question", "Who pays the fuel?", Side.PEOPLE),
    ]
    notice = Notice.objects.filter(to=cast.resident.party).last()
    assert notice is not None and notice.title == "Somebody asks about your idea. You can answer"
    assert notice.body == "Who pays the fuel?" and notice.link.endswith(f"/ideas/{idea.record.key}/")
    assert "Joseph" not in f"{notice.title}{notice.body}"


def test_about_the_whole_decision_those_who_run_it_are_asked(cast: Cast, idea: Idea) -> None:
    mine = cast.neighbour
    actions.say(by=mine.actor, decision=idea.decision, owner=mine.party, kind="question", words="Why only £24,000?")
    assert told(cast.council) == ["Somebody said something about your decision. You can answer"]
    assert queries.points(ANYONE, idea.decision).get().words == "Why only £24,000?"
    assert not queries.points(ANYONE, idea.decision, idea).exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [({"words": " "}, "words"), ({"words": RTL}, "words"), ({"kind": "shout"}, "kind")],
)
def test_what_cannot_be_kept_says_which_field(cast: Cast, idea: Idea, given: dict[str, str], field: str) -> None:
    with pytest.raises(Fault) as fault:
        says(cast.neighbour, idea, **given)
    assert fault.value.field == field and not Point.objects.exists()


def test_nobody_speaks_in_another_s_name_and_a_helper_does(cast: Cast, idea: Idea) -> None:
    with pytest.raises(Refused):
        says(cast.outsider, idea, owner=cast.neighbour.party)
    tom = cast.carer.helps(cast.neighbour)
    point = actions.say(by=tom, decision=idea.decision, owner=cast.neighbour.party, kind="for", words="Yes", idea=idea)
    assert point.record.owner == cast.neighbour.party


def test_without_an_account_it_waits_for_a_look(cast: Cast, idea: Idea) -> None:
    somebody, _token = cast.passer_by
    point = says(somebody, idea)
    assert point.record.state == State.HELD and not told(cast.resident)
    assert not queries.points(ANYONE, idea.decision, idea).exists()
    assert queries.objections_left(idea.decision) == {}
    with pytest.raises(Fault, match="Sign in first"):
        actions.settle(by=somebody.actor, point=point, settled=True, words="Buy soap")


def test_once_a_steward_lets_it_through_its_writer_and_whoever_may_answer_hear_of_it(cast: Cast, idea: Idea) -> None:
    somebody, _token = cast.passer_by
    point = says(somebody, idea, words=RTL[:2_000].strip())
    let_through(by=cast.steward.actor, record=point.record)
    let_through(by=cast.steward.actor, record=point.record)  # a steward's page that is stale by now
    assert told(somebody) == ["Your words are shown now"]
    assert told(cast.resident) == ["Somebody says that something must be put right first. You can answer"]
    links = set(Notice.objects.values_list("link", flat=True))
    assert links == {f"/decide/{idea.decision.record.key}/ideas/{idea.record.key}/"}
    assert Notice.objects.get(to=cast.resident.party).body == point.words
    other = says(somebody, idea, "for")
    turn_back(by=cast.steward.actor, record=other.record, reason="It names a child")
    assert len(told(cast.resident)) == 1 and told(somebody)[-1] == "Your words are not shown to others"


def test_with_its_name_it_is_kept_from_whoever_blocked_its_writer(cast: Cast, idea: Idea) -> None:
    says(cast.neighbour, idea, named=True)
    bare = says(cast.neighbour, idea, words="No bell")
    block(by=cast.outsider.actor, other=cast.neighbour.party)
    assert queries.points(cast.outsider.actor, idea.decision, idea).get() == bare


def test_once_the_vote_is_on_or_the_idea_is_dropped_nothing_new_is_said(cast: Cast, idea: Idea) -> None:
    actions.drop(by=cast.commissioner.actor, idea=idea, why="Too dear")
    idea.refresh_from_db()
    with pytest.raises(Fault, match="not talked about"):
        says(cast.neighbour, idea)
    decision = voting(idea.decision)
    decision.phases.filter(kind="talk").delete()
    with pytest.raises(Fault, match="no talk about this"):
        actions.say(by=cast.neighbour.actor, decision=decision, owner=cast.neighbour.party, kind="for", words="Yes")


# Answers


def test_those_who_are_asked_answer_in_the_name_they_speak_in(cast: Cast, idea: Idea) -> None:
    point = says(cast.neighbour, idea, "question", words="Who pays the fuel?")
    actions.answer_point(by=cast.resident.actor, point=point, words="The council does")
    actions.answer_point(by=cast.commissioner.actor, point=point, words="Yes, we do")
    given = queries.points(ANYONE, idea.decision, idea).get().answers.all()
    assert [(one.n, one.by, one.words) for one in given] == [
        (1, cast.resident.party, "The council does"),
        (2, cast.council, "Yes, we do"),
    ]
    assert told(cast.neighbour) == ["There is an answer to what you said"] * 2


def test_nobody_else_answers(cast: Cast, idea: Idea) -> None:
    point = says(cast.neighbour, idea, "question")
    for stranger in (cast.outsider, cast.neighbour, cast.councillor, cast.supplier):
        with pytest.raises(Refused):
            actions.answer_point(by=stranger.actor, point=point, words="I say")
    with pytest.raises(Fault):
        actions.answer_point(by=cast.resident.actor, point=point, words=" ")


def test_an_objection_stays_until_it_is_put_right_and_whoever_raised_it_has_the_last_word(
    cast: Cast, idea: Idea
) -> None:
    point = says(cast.neighbour, idea)
    assert queries.objections_left(idea.decision) == {idea.pk: 1}
    actions.answer_point(by=cast.commissioner.actor, point=point, words="It is not")  # an answer settles nothing
    assert queries.objections_left(idea.decision) == {idea.pk: 1}
    with pytest.raises(Fault, match="what was changed"):
        actions.answer_point(by=cast.commissioner.actor, point=point, words="", put_right=True)
    actions.answer_point(by=cast.resident.actor, point=point, words="A minibus now", put_right=True)
    assert queries.objections_left(idea.decision) == {}
    assert told(cast.neighbour)[-1] == "They say that what you objected to is put right. Is it?"
    for stranger in (cast.resident, cast.commissioner):
        with pytest.raises(Refused):
            actions.settle(by=stranger.actor, point=point, settled=True)
    point.refresh_from_db()
    actions.settle(by=cast.neighbour.actor, point=point, settled=False, words="It is too wide as well")
    assert queries.objections_left(idea.decision) == {idea.pk: 1}
    point.refresh_from_db()
    actions.settle(by=cast.neighbour.actor, point=point, settled=True)
    assert queries.objections_left(idea.decision) == {}
    assert [one.settles for one in point.answers.all()] == [False, True, False]


# Objections that bind: where consent decides


def agreeing(cast: Cast, **given: Any) -> Idea:
    """Mair's idea, where the council, communities and people decide by consent."""
    return idea_of(cast.resident, opened(cast, when=NOW_IDEAS, terms={"rule": "consent"}, **given))


def before_the_vote(point: Point) -> Decision:
    """The vote began, and the objection was said before."""
    Point.objects.filter(pk=point.pk).update(on=today() - timedelta(days=9))
    decision = voting(point.decision)
    point.refresh_from_db()
    return decision


def test_by_consent_only_what_was_said_before_by_those_with_a_part_of_the_say_binds(cast: Cast) -> None:
    idea = agreeing(cast)
    mine, theirs = says(cast.neighbour, idea), says(cast.supplier, idea, owner=cast.agency)
    assert theirs.side == Side.SUPPLIERS
    decision = before_the_vote(mine)
    before_the_vote(theirs)
    assert queries.objections_left(decision) == {idea.pk: 1}  # the supplier's is advice
    late = says(cast.carer, Idea.objects.get(pk=idea.pk), words="I thought of it today")
    assert queries.objections_left(decision) == {idea.pk: 1}  # whoever objects now says so with their choice
    actions.take_back_point(by=cast.neighbour.actor, point=mine)
    assert queries.objections_left(decision) == {}
    assert late.on == today()


def test_while_people_choose_only_whoever_objected_says_that_it_is_put_right(cast: Cast) -> None:
    idea = agreeing(cast)
    point, other = says(cast.neighbour, idea), says(cast.carer, idea)
    actions.answer_point(by=cast.resident.actor, point=other, words="Ten seats", put_right=True)
    before_the_vote(other)
    decision = before_the_vote(point)
    with pytest.raises(Fault, match="Only whoever said it"):
        actions.answer_point(by=cast.resident.actor, point=point, words="It is fine", put_right=True)
    with pytest.raises(Fault, match="Say it with your choice"):
        actions.settle(by=cast.carer.actor, point=other, settled=False)
    for stranger in (cast.resident, cast.commissioner, cast.outsider):
        with pytest.raises(Refused):
            actions.settle(by=stranger.actor, point=point, settled=True)
    actions.answer_point(by=cast.resident.actor, point=point, words="Nothing is put right by this")
    assert queries.objections_left(decision) == {idea.pk: 1}
    actions.settle(by=cast.neighbour.actor, point=point, settled=True, words="I can live with it")
    assert queries.objections_left(decision) == {}


def test_once_nobody_can_choose_any_more_what_was_objected_stands(cast: Cast) -> None:
    point = says(cast.neighbour, agreeing(cast))
    before_the_vote(point)
    decision = move(point.decision, NOW_ANSWERING)
    point = Point.objects.get(pk=point.pk)  # as a page that was open since yesterday has it
    Point.objects.update(on=today() - timedelta(days=40))
    for attempt in (
        lambda: actions.settle(by=cast.neighbour.actor, point=point, settled=True),
        lambda: actions.take_back_point(by=cast.neighbour.actor, point=point),
    ):
        with pytest.raises(Fault, match="days for choosing are over"):
            attempt()
    assert sum(queries.objections_left(decision).values()) == 1


def test_joining_an_idea_with_another_does_not_lose_the_objection_to_it(cast: Cast) -> None:
    idea = agreeing(cast)
    wide = idea_of(cast.outsider, idea.decision, "A wide bus")
    point = says(cast.neighbour, wide)
    actions.merge(by=cast.outsider.actor, idea=wide, into=idea, why="The same bus")
    assert queries.objections_left(before_the_vote(point)) == {idea.pk: 1}


def test_what_a_steward_did_not_show_stops_nothing(cast: Cast, idea: Idea) -> None:
    somebody, _token = cast.passer_by
    turn_back(by=cast.steward.actor, record=says(somebody, idea).record, reason="It names a child")
    assert queries.objections_left(idea.decision) == {}


def test_only_an_objection_is_settled(cast: Cast, idea: Idea) -> None:
    point = says(cast.neighbour, idea, "against")
    actions.answer_point(by=cast.resident.actor, point=point, words="We changed it", put_right=True)
    point.refresh_from_db()
    assert not point.settled and not point.answers.get().settles
    with pytest.raises(Fault):
        actions.settle(by=cast.neighbour.actor, point=point, settled=True)


def test_whoever_said_it_takes_it_back(cast: Cast, idea: Idea) -> None:
    point = says(cast.neighbour, idea)
    with pytest.raises(Refused):
        actions.take_back_point(by=cast.commissioner.actor, point=point)
    actions.take_back_point(by=cast.neighbour.actor, point=point)
    assert not queries.points(cast.neighbour.actor, idea.decision, idea).exists()
    assert queries.objections_left(idea.decision) == {}
    with pytest.raises(Fault):
        actions.answer_point(by=cast.resident.actor, point=Point.objects.get(), words="Late")


def test_once_decided_the_talk_stands_as_it_is(cast: Cast, idea: Idea) -> None:
    point = says(cast.neighbour, idea)
    Decision.objects.update(stage="decided")
    point = Point.objects.get(pk=point.pk)
    for attempt in (
        lambda: actions.answer_point(by=cast.resident.actor, point=point, words="Late"),
        lambda: actions.settle(by=cast.neighbour.actor, point=point, settled=True),
        lambda: actions.take_back_point(by=cast.neighbour.actor, point=point),
    ):
        with pytest.raises(Fault, match="decided already"):
            attempt()


def test_one_point_is_found_by_those_who_see_what_it_is_about(cast: Cast, idea: Idea) -> None:
    point = says(cast.neighbour, idea)
    assert queries.point(ANYONE, idea.decision, point.record.key) == point
    listing(idea.decision)
    actions.drop(by=cast.commissioner.actor, idea=Idea.objects.get(), why="No")
    assert queries.point(ANYONE, idea.decision, point.record.key) == point  # a dropped idea is still read
    assert queries.point(ANYONE, for_ideas(cast), point.record.key) is None
