"""A round that goes back for talk starts with its ideas: nobody loses credit, and what was said can be followed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event
from alongside.ground.records.actions import leave_for_good, let_through, pause_page
from alongside.ground.records.models import State
from alongside.planning.answers import queries as answers
from alongside.planning.decisions.actions import conclude, declare, plan_phases, stop
from alongside.planning.decisions.models import Decision, Stage
from alongside.planning.decisions.queries import today
from alongside.planning.ideas import actions, queries
from alongside.planning.ideas.models import Idea, IdeaState, Interest
from tests.cast import MACHINE, Cast, Somebody
from tests.planning.deciding import NOW_IDEAS, days, fresh
from tests.planning.thinking import FOR_IDEAS, RTL, for_ideas, idea_of, listed, listing, told, voting

pytestmark = pytest.mark.django_db
BEGINS_WITH = FOR_IDEAS
ANYONE = Actor.anyone()


@pytest.fixture
def last(cast: Cast) -> Decision:
    """A round with lifts (said by Mair, with what a neighbour brings), benches joined with them, an app that was not
    taken further, and one that its writer took back."""
    decision = for_ideas(cast)
    lifts = idea_of(cast.resident, decision, named=True, cost_how="From a list")
    actions.bring(by=cast.neighbour.actor, idea=lifts, kind="time", words="Drives", party=cast.neighbour.party)
    actions.declare(by=cast.supplier.actor, idea=lifts, party=cast.agency, kind="paid", words="We would run it")
    benches = idea_of(cast.outsider, decision, "Benches", words="ب" * 5_000)
    actions.merge(by=cast.outsider.actor, idea=benches, into=lifts, why="Both are for the hill")
    idea_of(cast.supplier, decision, "An app")
    gone = idea_of(cast.carer, decision, "A lift to the moon")
    actions.take_back(by=cast.carer.actor, idea=gone)
    actions.say(by=cast.carer.actor, decision=decision, owner=cast.carer.party, kind="objection", words="Too wide",
                idea=Idea.objects.get(pk=lifts.pk))  # fmt: skip
    decision = listing(decision)
    listed(cast.commissioner, decision, lifts, why="No screens, please")
    return voting(decision)


def again(cast: Cast, decision: Decision, *, by: Somebody | None = None) -> Decision:
    """It came to nothing, and those who look after it take it back to talk."""
    if fresh(decision).stage == Stage.OPEN:
        conclude(by=MACHINE, decision=decision, stage="talk_again", why="People paid too little")
    return actions.talk_again(by=(by or cast.commissioner).actor, decision=fresh(decision))


def opened_again(cast: Cast, decision: Decision) -> Decision:
    draft = again(cast, decision)
    plan_phases(by=cast.commissioner.actor, decision=draft, days=days(NOW_IDEAS))
    declare(by=cast.commissioner.actor, decision=draft)
    return fresh(draft)


def called(decision: Decision) -> dict[str, Idea]:
    return {one.title: one for one in queries.ideas(ANYONE, decision)}


def test_the_next_round_starts_with_every_idea_and_who_said_it(cast: Cast, last: Decision) -> None:
    now = opened_again(cast, last)
    ideas = called(now)
    assert list(ideas) == ["Shared lifts", "Benches", "An app"]
    lifts = ideas["Shared lifts"]
    assert (lifts.state, lifts.record.owner, lifts.called) == (IdeaState.OFFERED, cast.resident.party, "Mair P.")
    assert (lifts.words, lifts.cost_pence, lifts.cost_how) == ("A rota of drivers.", 520_000, "From a list")
    assert [(one.words, one.party, one.agreed) for one in lifts.assets.all()] == [
        ("Drives", cast.neighbour.party, True)
    ]
    assert [(one.party, one.kind, one.own) for one in lifts.interests.all()] == [(cast.agency, "paid", True)]
    benches = ideas["Benches"]
    assert (benches.state, benches.merged_into, benches.state_why) == ("merged", lifts, "Both are for the hill")
    assert (benches.record.owner, len(benches.words)) == (cast.outsider.party, 5_000)
    app, was = ideas["An app"], Idea.objects.get(title="An app", decision=last)
    assert (app.state, app.state_why, app.state_side) == (IdeaState.DROPPED, "No screens, please", was.state_side)
    assert app.state_on == was.state_on
    assert not queries.points(ANYONE, now, lifts).exists()  # what was said stays where it was said
    assert len(called(last)) == 3 and called(last)["Shared lifts"].state == IdeaState.LISTED


def test_each_is_tied_to_the_one_it_was_and_both_pages_say_so(cast: Cast, last: Decision, client: Client) -> None:
    now = opened_again(cast, last)
    old, new = called(last)["Shared lifts"], called(now)["Shared lifts"]
    assert queries.rounds(ANYONE, new) == queries.Rounds(before=old, said=1)
    assert queries.rounds(ANYONE, old) == queries.Rounds(after=new)
    at = {one.pk: f"/decide/{one.decision.record.key}/ideas/{one.record.key}/" for one in (old, new)}
    page = client.get(at[new.pk]).content.decode()
    assert "comes from the round before" in page and "Read 1 thing that was said" in page and at[old.pk] in page
    assert "First put forward by: Mair P." in page
    page = client.get(at[old.pk]).content.decode()
    assert "went back for talk, and the idea came along" in page and at[new.pk] in page and "Too wide" in page
    assert "It came along into the next round" in page and "First put forward" not in page
    question = client.get(f"/decide/{now.record.key}/").content.decode()
    assert f"/decide/{last.record.key}/" in question and "Asked before" in question
    question = client.get(f"/decide/{last.record.key}/").content.decode()
    assert f"/decide/{now.record.key}/" in question and "It goes on here:" in question
    listing_ = client.get(f"/decide/{now.record.key}/ideas/").content.decode()
    assert "No screens, please" in listing_ and "Both are for the hill" in listing_


def test_until_it_opens_nobody_sees_them_and_the_draft_counts_them(cast: Cast, last: Decision, client: Client) -> None:
    draft = again(cast, last)
    assert queries.carried(draft) == {"offered": 1, "merged": 1, "dropped": 1}
    for viewer in (ANYONE, cast.resident.actor, cast.outsider.actor):
        assert not queries.ideas(viewer, draft).exists()
        assert queries.rounds(viewer, called(last)["Shared lifts"]).after is None
    owned = Idea.objects.get(decision=draft, title="Shared lifts")
    assert client.get(f"/decide/{draft.record.key}/ideas/{owned.record.key}/").status_code == 404


def test_whoever_said_one_that_stands_is_told_and_takes_it_back(cast: Cast, last: Decision) -> None:
    actions.say(by=cast.carer.actor, decision=last, owner=cast.carer.party, kind="objection", words="And too steep",
                idea=called(last)["Shared lifts"])  # fmt: skip
    now = opened_again(cast, last)
    assert told(cast.resident)[-1] == "Your idea comes along into the next round: Shared lifts"
    assert told(cast.outsider)[-1] == "Your idea comes along into the next round: Benches"
    assert not any("comes along" in title for title in told(cast.supplier) + told(cast.carer))
    again_ = "What you objected to is talked about again: Shared lifts"
    assert told(cast.carer)[-1] == again_ and told(cast.carer).count(again_) == 1, "of one idea once"
    benches = called(now)["Benches"]
    for stranger in (cast.resident, cast.supplier):
        with pytest.raises(Refused):
            actions.take_back(by=stranger.actor, idea=benches)
    actions.undo(by=cast.outsider.actor, idea=benches)
    actions.take_back(by=cast.outsider.actor, idea=benches)
    assert "Benches" not in called(now) and "Benches" in called(last)
    actions.bring_back(by=cast.commissioner.actor, idea=called(now)["An app"])
    assert called(now)["An app"].state == IdeaState.OFFERED and called(last)["An app"].state == IdeaState.DROPPED


def test_only_those_who_look_after_it_and_only_once(cast: Cast, last: Decision) -> None:
    conclude(by=MACHINE, decision=last, stage="not_decided")
    for stranger in (cast.outsider, cast.resident, cast.supplier, cast.councillor):
        with pytest.raises(Refused):
            again(cast, last, by=stranger)
    draft = actions.talk_again(by=cast.commissioner.actor, decision=fresh(last), key="press")
    assert actions.talk_again(by=cast.commissioner.actor, decision=fresh(last), key="press") == draft
    with pytest.raises(Fault, match="went back to talk before"):  # somebody else, on a page that is stale by now
        again(cast, last)
    assert Idea.objects.filter(decision=draft).count() == 3 == Event.objects.filter(verb="ideas.carry").count()


def test_a_draft_that_is_thrown_away_can_be_begun_again(cast: Cast, last: Decision) -> None:
    draft = again(cast, last)
    stop(by=cast.commissioner.actor, decision=draft)
    assert set(Idea.objects.filter(decision=draft).values_list("record__state", flat=True)) == {State.ENDED}
    assert list(called(opened_again(cast, last))) == ["Shared lifts", "Benches", "An app"]


def test_nothing_goes_back_while_an_idea_waits_for_a_look(cast: Cast) -> None:
    decision = for_ideas(cast)
    somebody, _token = cast.passer_by
    waits = idea_of(somebody, decision, "A bench")
    given = {"by": cast.commissioner.actor, "decision": decision, "why": "We asked it badly"}
    with pytest.raises(Fault, match="wait for a look"):
        actions.talk_again(**given)
    let_through(by=cast.steward.actor, record=waits.record)
    draft = actions.talk_again(**given)
    plan_phases(by=cast.commissioner.actor, decision=draft, days=days(NOW_IDEAS))
    declare(by=cast.commissioner.actor, decision=draft)
    assert list(called(draft)) == ["A bench"]  # nobody has to look at it twice


def test_who_leaves_or_takes_a_break_meanwhile_is_not_shown(cast: Cast, last: Decision) -> None:
    draft = again(cast, last)
    leave_for_good(by=cast.resident.actor, party=cast.resident.party)
    pause_page(by=cast.outsider.actor, party=cast.outsider.party, on=True)
    plan_phases(by=cast.commissioner.actor, decision=draft, days=days(NOW_IDEAS))
    declare(by=cast.commissioner.actor, decision=draft)
    lifts = called(draft)["Shared lifts"]
    assert (lifts.record.owner, lifts.called, lifts.named) == (cast.council, "Somebody here", False)
    assert "Benches" not in called(draft)
    pause_page(by=cast.outsider.actor, party=cast.outsider.party, on=False)
    assert called(draft)["Benches"].merged_into == lifts


def test_who_gained_before_has_no_vote_in_the_next_round_either(cast: Cast, last: Decision) -> None:
    now = listing(opened_again(cast, last))
    options = listed(cast.commissioner, now, called(now)["Shared lifts"])
    assert queries.barred(now, cast.agency) == {options[0].pk}
    assert Interest.objects.filter(idea__decision=last).count() == Interest.objects.filter(idea__decision=now).count()


def test_the_page_says_what_comes_along_and_keeps_a_long_reason(cast: Cast, last: Decision) -> None:
    at = f"/decide/{last.record.key}/talk-again/"
    assert cast.outsider.client().get(at).status_code == 404
    client = cast.commissioner.client()
    assert "all ideas come along" in client.get(at).content.decode()
    assert at not in client.get(f"/decide/{last.record.key}/").content.decode()  # people are choosing
    early = client.post(at, {"stage_why": "I do not like it"})
    assert early.status_code == 200 and "People are choosing already" in early.content.decode()
    long = client.post(at, {"stage_why": RTL})
    assert "Use fewer letters" in long.content.decode() and RTL[:40] in long.content.decode()
    conclude(by=MACHINE, decision=last, stage="not_decided")
    page = client.post(at, {"key": "k"}, follow=True)
    assert "3 ideas from the round before are in this one" in page.content.decode()
    assert "1 is not taken further" in page.content.decode()
    assert at not in client.get(f"/decide/{last.record.key}/").content.decode()  # it went back before


def test_the_next_round_owes_the_answers(cast: Cast, last: Decision) -> None:
    """Until it opens the old round does: of a draft nobody learns that it is there."""
    conclude(by=MACHINE, decision=last, stage="talk_again", why="People paid too little")
    Decision.objects.filter(pk=last.pk).update(answer_by=today() - timedelta(days=1))
    owed = {one.idea.title for one in answers.answered(ANYONE, fresh(last)) if one.is_late}
    assert owed == {"Shared lifts", "An app"}
    assert [one.decision for one in answers.came_of_it(ANYONE, "late")] == [last]
    assert [(one, n) for one, n in answers.waiting(today())] == [(last, 2)]
    draft = again(cast, last)
    assert [one.decision for one in answers.came_of_it(ANYONE, "late")] == [last]
    Decision.objects.filter(pk=draft.pk).update(answer_by=today() + timedelta(days=300))
    plan_phases(by=cast.commissioner.actor, decision=fresh(draft), days=days(NOW_IDEAS))
    declare(by=cast.commissioner.actor, decision=fresh(draft))
    assert not [one for one in answers.answered(ANYONE, fresh(last)) if one.is_due]
    assert answers.came_of_it(ANYONE, "late") == [] and answers.waiting(today()) == []
    row = next(one for one in answers.came_of_it(ANYONE) if one.decision == last)
    assert row.goes_on and not row.ideas
    page = Client().get("/came-of-it/").content.decode()
    assert "Talked about again in the next round. " in page and "0 of" not in page
    page = Client().get(f"/decide/{last.record.key}/answers/").content.decode()
    assert "The answers come with the next round." in page and f"/decide/{draft.record.key}/" in page
    assert "Every idea gets an answer by" not in page
