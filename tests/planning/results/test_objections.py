"""An objection of the talk that stands when people begin to choose counts with the choices, where consent decides."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alongside.exchange.recount.queries import choices
from alongside.ground.history.actor import Actor
from alongside.ground.records.actions import leave_for_good, pause_page
from alongside.planning.ballots import actions as boxes
from alongside.planning.ballots.models import BallotBox
from alongside.planning.decisions.models import Decision
from alongside.planning.decisions.queries import today
from alongside.planning.ideas import actions as ideas
from alongside.planning.ideas.models import Idea, Point
from alongside.planning.results import actions
from alongside.planning.results.models import Result
from alongside.planning.results.queries import broken
from tests.cast import Cast, Somebody
from tests.planning.ballots.box import AFFECTED, OURS, over, voting
from tests.planning.results.counted import BY_HALF, MACHINE, fill

pytestmark = pytest.mark.django_db
CONSENT = {"rule": "consent", "winners": None}
HAPPY = {OURS: [(9, {1: 1, 2: 1})], AFFECTED: [(6, {1: 1, 2: 1})]}


@pytest.fixture
def decision(cast: Cast) -> Decision:
    """Four ideas, chosen by consent now."""
    return voting(cast, terms=CONSENT, groups=BY_HALF)


def objects(somebody: Somebody, decision: Decision, title: str = "Shared lifts", days: int = 50) -> Point:
    """Somebody objected so many days ago."""
    about = Idea.objects.get(decision=decision, title=title)
    given = {"decision": decision, "owner": somebody.party, "idea": about, "words": "The lane is too narrow"}
    point = ideas.say(by=somebody.actor, kind="objection", **given)
    Point.objects.filter(pk=point.pk).update(on=today() - timedelta(days=days))
    return Point.objects.get(pk=point.pk)


def count(decision: Decision) -> Result:
    BallotBox.objects.get_or_create(decision=decision)
    decision = over(fill(decision, HAPPY))
    boxes.close(by=MACHINE, decision=decision)
    return actions.count(by=MACHINE, decision=decision)


def came(result: Result) -> dict[str, tuple[bool, str]]:
    rows = result.options.select_related("option__idea")
    return {one.option.idea.title: (one.place is not None, one.why_not) for one in rows}


def test_what_still_stands_stops_an_idea_that_everyone_is_happy_with_on_their_ballots(
    cast: Cast, decision: Decision
) -> None:
    objects(cast.neighbour, decision)
    settled = objects(cast.carer, decision, "Benches to rest on")
    ideas.settle(by=cast.carer.actor, point=settled, settled=True)
    result = count(decision)
    fates = came(result)
    assert fates["Shared lifts"] == (False, "objection_said") and fates["Benches to rest on"] == (True, "")
    page = Client().get(reverse("results:one", args=[decision.record.key])).content.decode()
    assert "What somebody objected to in the talk is not put right." in page
    assert "Joseph" not in page
    taken = choices(Actor.anyone(), Decision.objects.get(pk=decision.pk))
    assert taken is not None and b"objections of the talk,,,1,,," in taken.data()


def test_taken_back_or_said_too_late_it_stops_nothing(cast: Cast, decision: Decision) -> None:
    point = objects(cast.neighbour, decision)
    ideas.take_back_point(by=cast.neighbour.actor, point=point)
    objects(cast.carer, decision, "Benches to rest on", days=0)  # while people choose: say it on the ballot
    fates = came(count(decision))
    assert fates["Shared lifts"][0] and fates["Benches to rest on"][0]


def test_where_consent_does_not_decide_it_is_advice(cast: Cast) -> None:
    decision = voting(cast, terms={"rule": "approval", "threshold_pct": 0, "winners": 9}, groups=BY_HALF)
    objects(cast.neighbour, decision)
    assert came(count(decision))["Shared lifts"] == (True, "")


def test_whatever_comes_of_its_writer_counting_again_gives_the_same(cast: Cast, decision: Decision) -> None:
    objects(cast.neighbour, decision)
    objects(cast.carer, decision, "Benches to rest on")
    result = count(decision)
    assert result.state == "talk_again" and not any(won for won, _why in came(result).values())
    pause_page(by=cast.carer.actor, party=cast.carer.party, on=True)
    leave_for_good(by=cast.neighbour.actor, party=cast.neighbour.party)
    Point.objects.update(kind="objection")  # nothing else of them changes
    assert list(broken()) == []


def test_the_ballot_says_that_it_counts_and_where_it_is_settled(cast: Cast, decision: Decision) -> None:
    point = objects(cast.neighbour, decision)
    joseph = cast.neighbour.client()
    ballot = joseph.get(f"/decide/{decision.record.key}/choose/", follow=True).content.decode()
    assert "So this cannot go ahead as it stands." in ballot
    assert ballot.count("1 objection from the talk is not put right yet.") == 1
    idea = f"/decide/{decision.record.key}/ideas/{point.idea.record.key}/"  # type: ignore[union-attr]
    assert f"{idea}#talk" in ballot
    right = f"/decide/{decision.record.key}/talk/{point.record.key}/right/"
    assert right in joseph.get(idea).content.decode()
    assert right not in cast.resident.client().get(idea).content.decode()
    joseph.post(right, {"words": "", "key": "k"})
    again = joseph.get(f"/decide/{decision.record.key}/choose/", follow=True).content.decode()
    assert "So this cannot go ahead" not in again
