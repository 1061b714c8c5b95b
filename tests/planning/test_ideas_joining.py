"""Joining ideas gives credit to both; dropping one needs a reason; either is told, counted and can be undone."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.notices.models import Notice
from alongside.ground.thread.queries import led_to
from alongside.planning.decisions.models import Decision, Side
from alongside.planning.ideas import actions, queries
from alongside.planning.ideas.models import Idea, IdeaState
from tests.cast import Cast
from tests.planning.thinking import FOR_IDEAS, for_ideas, idea_of, listed, listing, told, voting
from tests.together import together

pytestmark = pytest.mark.django_db
BEGINS_WITH = FOR_IDEAS
ANYONE = Actor.anyone()


@pytest.fixture
def decision(cast: Cast) -> Decision:
    return for_ideas(cast)


def test_two_ideas_become_one_with_credit_to_both_and_the_reason(cast: Cast, decision: Decision) -> None:
    lifts, cars = idea_of(cast.resident, decision), idea_of(cast.neighbour, decision, "Share a car")
    actions.merge(by=cast.commissioner.actor, idea=cars, into=lifts, why="Both are about lifts")
    cars.refresh_from_db()
    assert (cars.state, cars.merged_into, cars.state_why) == (IdeaState.MERGED, lifts, "Both are about lifts")
    assert (cars.state_by, cars.state_side) == (cast.council, Side.COMMISSIONERS)
    notice = Notice.objects.get(to=cast.neighbour.party)
    assert notice.title == "Your idea was joined with another. You can undo this: Shared lifts"
    assert notice.body == "Both are about lifts"
    assert told(cast.resident) == ["Another idea was joined with yours: Share a car"]
    shown = queries.idea(ANYONE, decision, lifts.record.key)
    assert shown is not None and [one.title for one in shown.merged.all()] == ["Share a car"]
    assert lifts.record in [link.dst for link in led_to(ANYONE, cars.record)]


def test_whoever_put_it_forward_undoes_it_before_the_list_is_made(cast: Cast, decision: Decision) -> None:
    lifts, cars = idea_of(cast.resident, decision), idea_of(cast.neighbour, decision, "Share a car")
    actions.merge(by=cast.commissioner.actor, idea=cars, into=lifts, why="Both are about lifts")
    with pytest.raises(Refused):
        actions.undo(by=cast.outsider.actor, idea=cars)
    actions.undo(by=cast.neighbour.actor, idea=cars)
    cars.refresh_from_db()
    assert (cars.state, cars.merged_into, cars.state_why, cars.state_by) == (IdeaState.OFFERED, None, "", None)
    with pytest.raises(Fault, match="not joined"):
        actions.undo(by=cast.neighbour.actor, idea=cars)


def test_once_the_list_is_made_the_two_stay_together(cast: Cast, decision: Decision) -> None:
    lifts, cars = idea_of(cast.resident, decision), idea_of(cast.neighbour, decision, "Share a car")
    actions.merge(by=cast.neighbour.actor, idea=cars, into=lifts, why="Ours is the same")
    listed(cast.commissioner, listing(decision), lifts)
    with pytest.raises(Fault, match="list is made"):
        actions.undo(by=cast.neighbour.actor, idea=cars)
    voting(decision)
    with pytest.raises(Fault, match="stands still"):
        actions.undo(by=cast.neighbour.actor, idea=cars)


def test_somebody_joins_their_own_with_another_and_no_one_else_s(cast: Cast, decision: Decision) -> None:
    lifts, cars = idea_of(cast.resident, decision), idea_of(cast.neighbour, decision, "Share a car")
    with pytest.raises(Refused):
        actions.merge(by=cast.resident.actor, idea=cars, into=lifts, why="Theirs is like mine")
    actions.merge(by=cast.neighbour.actor, idea=cars, into=lifts, why="Mine is like theirs")
    cars.refresh_from_db()
    assert (cars.state_by, cars.state_side) == (cast.neighbour.party, Side.PEOPLE)
    assert not told(cast.neighbour)  # they did it themselves


@pytest.mark.parametrize("why", ["", "   "])
def test_joining_needs_a_reason(cast: Cast, decision: Decision, why: str) -> None:
    lifts, cars = idea_of(cast.resident, decision), idea_of(cast.neighbour, decision, "Share a car")
    with pytest.raises(Fault) as fault:
        actions.merge(by=cast.commissioner.actor, idea=cars, into=lifts, why=why)
    assert fault.value.field == "why"


def test_what_cannot_be_joined(cast: Cast, decision: Decision) -> None:
    lifts, elsewhere = idea_of(cast.resident, decision), idea_of(cast.resident, for_ideas(cast))
    dropped = actions.drop(by=cast.commissioner.actor, idea=idea_of(cast.resident, decision, "A"), why="No")
    for into in (lifts, elsewhere, dropped):
        with pytest.raises(Fault):
            actions.merge(by=cast.commissioner.actor, idea=lifts, into=into, why="Alike")
    somebody, _token = cast.passer_by
    unseen = idea_of(somebody, decision, "Buy soap")
    with pytest.raises(Fault, match="waits for a look"):  # it would be read beside the other one before anybody looked
        actions.merge(by=Actor.system("tests"), idea=unseen, into=lifts, why="Alike")


def test_of_two_who_join_the_same_two_ideas_both_ways_one_does(live_cast: Cast) -> None:
    decision = for_ideas(live_cast)
    first, second = idea_of(live_cast.resident, decision), idea_of(live_cast.neighbour, decision, "Share a car")
    join = partial(actions.merge, by=live_cast.commissioner.actor, why="Alike")
    said = together(partial(join, idea=first, into=second), partial(join, idea=second, into=first))
    assert [one.field for one in said if isinstance(one, Fault)] == ["into"]
    assert Idea.objects.filter(state=IdeaState.MERGED).count() == 1


# Dropping


def test_dropping_needs_a_reason_is_told_and_counted_by_side(cast: Cast, decision: Decision) -> None:
    lifts, cars = idea_of(cast.resident, decision), idea_of(cast.neighbour, decision, "Share a car")
    actions.merge(by=cast.neighbour.actor, idea=cars, into=lifts, why="Alike")
    with pytest.raises(Fault):
        actions.drop(by=cast.commissioner.actor, idea=lifts, why=" ")
    actions.drop(by=cast.commissioner.actor, idea=lifts, why="The insurers say no")
    for somebody in (cast.resident, cast.neighbour):  # also whoever is joined with it
        assert "Your idea is not taken further: Shared lifts" in told(somebody)
    [people] = queries.provenance(decision).sides
    assert (people.put_forward, people.dropped, people.joined) == (2, 1, 1)
    assert people.droppers == [("Councils and the NHS", 1)]
    assert queries.by_state(queries.ideas(ANYONE, decision))[IdeaState.DROPPED][0].state_why == "The insurers say no"


@pytest.mark.parametrize("who", ["resident", "outsider", "supplier", "councillor"])
def test_nobody_else_drops_an_idea_not_even_its_own_people(cast: Cast, decision: Decision, who: str) -> None:
    idea = idea_of(cast.resident, decision)
    with pytest.raises(Refused):
        actions.drop(by=getattr(cast, who).actor, idea=idea, why="Because")


def test_what_was_dropped_is_looked_at_again(cast: Cast, decision: Decision) -> None:
    idea = idea_of(cast.resident, decision)
    actions.drop(by=cast.commissioner.actor, idea=idea, why="Too dear")
    with pytest.raises(Fault):
        actions.drop(by=cast.commissioner.actor, idea=idea, why="Too dear")
    with pytest.raises(Refused):
        actions.bring_back(by=cast.resident.actor, idea=idea)
    actions.bring_back(by=cast.commissioner.actor, idea=idea)
    assert told(cast.resident)[-1] == "Your idea is looked at again: Shared lifts"
    idea.refresh_from_db()
    assert idea.state == IdeaState.OFFERED and queries.provenance(decision).sides[0].dropped == 0
    with pytest.raises(Fault):
        actions.bring_back(by=cast.commissioner.actor, idea=idea)


def test_from_the_vote_on_nothing_is_joined_dropped_or_brought_back(cast: Cast, decision: Decision) -> None:
    lifts, cars = idea_of(cast.resident, decision), idea_of(cast.neighbour, decision, "Share a car")
    voting(decision)
    by = cast.commissioner.actor
    tries: list[Any] = [
        lambda: actions.merge(by=by, idea=Idea.objects.get(pk=cars.pk), into=lifts, why="Alike"),
        lambda: actions.drop(by=by, idea=Idea.objects.get(pk=cars.pk), why="No"),
        lambda: actions.bring_back(by=by, idea=Idea.objects.get(pk=cars.pk)),
    ]
    for attempt in tries:
        with pytest.raises(Fault, match="stands still"):
            attempt()
