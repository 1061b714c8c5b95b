"""People who mean no good, and people in a hurry: other keys, stale pages, forged fields, two at once, odd letters."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from alongside.ground.history.acting import Fault
from alongside.ground.history.actor import Actor
from alongside.ground.notices.models import Notice
from alongside.ground.people.actions import block, choose_language
from alongside.ground.records.actions import leave_for_good
from alongside.planning.answers import actions as answers
from alongside.planning.answers.models import Act
from alongside.planning.answers.queries import answered, came_of_it
from alongside.planning.decisions.models import Decision
from alongside.planning.decisions.queries import today
from alongside.planning.ideas import actions, queries
from alongside.planning.ideas.models import Idea, IdeaAsset, IdeaState, Interest, Option, Point
from tests.cast import Cast, Somebody
from tests.planning.deciding import NOW_IDEAS, opened
from tests.planning.thinking import FOR_IDEAS, RTL, for_ideas, idea_of, listed, listing, told, voting
from tests.together import together

pytestmark = pytest.mark.django_db
BEGINS_WITH = FOR_IDEAS
ANYONE = Actor.anyone()
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def decision(cast: Cast) -> Decision:
    assert cast.place.name
    return for_ideas(cast)


def at(name: str, decision: Decision, *more: Any) -> str:
    return reverse(f"ideas:{name}", args=[str(key) for key in (decision.record.key, *more)])


def page(idea: Idea, client: Client | None = None) -> str:
    return (client or Client()).get(at("one", idea.decision, idea.record.key)).content.decode()


def do(client: Client, idea: Idea, what: str, **given: Any) -> Any:
    return client.post(at("do", idea.decision, idea.record.key, what), given)


# Other keys


def test_an_idea_opens_under_its_own_decision_and_no_other(cast: Cast, decision: Decision) -> None:
    idea, other = idea_of(cast.resident, decision), for_ideas(cast)
    own = opened(cast, cast.neighbour, question="Where shall I live?")
    for wrong in (other, own):
        assert Client().get(at("one", wrong, idea.record.key)).status_code == 404
        client = cast.commissioner.client()
        assert client.post(at("do", wrong, idea.record.key, "drop"), {"why": "No"}).status_code == 404
        answer = reverse("answers:answer", args=[wrong.record.key, idea.record.key])
        assert client.get(answer).status_code == 404
    assert Client().get(at("one", decision, uuid.uuid4())).status_code == 404
    idea.refresh_from_db()
    assert idea.state == IdeaState.OFFERED


def test_what_was_said_opens_under_its_own_decision_and_no_other(cast: Cast, decision: Decision) -> None:
    point = actions.say(
        by=cast.neighbour.actor, decision=decision, owner=cast.neighbour.party, kind="question", words="Why?"
    )
    wrong = at("point", for_ideas(cast), point.record.key, "answer")
    assert cast.commissioner.client().post(wrong, {"words": "Because"}).status_code == 404
    assert not point.answers.exists()


# Forged fields


def test_nobody_forges_in_whose_name_it_is(cast: Cast, decision: Decision) -> None:
    client = cast.resident.client()
    for owner in (cast.neighbour.party.key, cast.agency.key, "nobody"):
        client.post(at("new", decision), {"title": "Mine", "owner": str(owner)})
    assert set(Idea.objects.values_list("record__owner", flat=True)) <= {cast.resident.party.pk}
    Idea.objects.all().delete()
    denise = cast.connector.client()
    assert cast.lunch_club
    answer = denise.post(at("new", decision), {"title": "Mine", "owner": str(cast.agency.key)})
    assert answer.status_code == 200 and not Idea.objects.exists()


def test_nobody_forges_a_side_or_somebody_else_s_words(cast: Cast, decision: Decision) -> None:
    client = cast.supplier.client()
    forged = {"title": "An app", "said_by": "Mrs Price", "side": "people", "owner": str(cast.supplier.party.key)}
    assert cast.agency
    client.post(at("new", decision), forged)
    idea = Idea.objects.get()
    assert (idea.said_by, idea.side) == ("", "suppliers")


def test_nobody_forges_what_others_bring_or_who_would_do_it(cast: Cast, decision: Decision) -> None:
    idea = idea_of(cast.resident, decision)
    client = cast.outsider.client()
    for who in (str(cast.agency.key), "commissioners", "nobody", ""):
        answer = do(client, idea, "bring", kind="money", brings="£1,000", who=who)
        assert answer.status_code == 200 and "There is a problem" in answer.content.decode()
    assert not IdeaAsset.objects.exists()
    mair = cast.resident.client()
    for who in (str(cast.agency.key), "other"):
        do(mair, idea, "who", who=who, called=cast.agency.name)
    idea.refresh_from_db()
    assert idea.run_by is None


def test_nobody_notes_an_interest_of_others_to_take_their_vote(cast: Cast, decision: Decision) -> None:
    idea = idea_of(cast.resident, decision)
    client = cast.outsider.client()
    for who in (str(cast.neighbour.party.key), "other"):
        do(client, idea, "gain", who=who, called=cast.agency.name, kind="paid")
    assert not Interest.objects.exists()


def test_nobody_takes_out_what_belongs_to_another_idea(cast: Cast, decision: Decision) -> None:
    one, two = idea_of(cast.resident, decision), idea_of(cast.neighbour, decision, "Benches")
    brought = actions.bring(by=cast.neighbour.actor, idea=two, kind="time", words="Oil", party=cast.neighbour.party)
    out = {"asset": str(brought.pk)}
    assert cast.resident.client().post(at("take_out", decision, one.record.key), out).status_code == 404
    assert cast.resident.client().post(at("take_out", decision, two.record.key), out).status_code == 404
    assert cast.neighbour.client().post(at("take_out", decision, two.record.key), out).status_code == 302
    assert not IdeaAsset.objects.exists()


def test_an_idea_is_joined_with_no_idea_of_another_decision(cast: Cast, decision: Decision) -> None:
    idea, away = idea_of(cast.resident, decision), idea_of(cast.resident, for_ideas(cast))
    here = idea_of(cast.neighbour, decision, "Benches")
    answer = do(cast.commissioner.client(), idea, "join", into=str(away.record.key), why="Alike")
    assert answer.status_code == 200
    assert "Benches" in answer.content.decode() and here.pk
    idea.refresh_from_db()
    assert idea.state == IdeaState.OFFERED


# Stale pages


def test_a_page_that_was_left_open_does_nothing_twice(cast: Cast, decision: Decision) -> None:
    """Two who look after it have the same page open: the second is told, and nothing breaks."""
    one, two = idea_of(cast.resident, decision), idea_of(cast.neighbour, decision, "Benches")
    grace = cast.commissioner.client()
    assert do(grace, one, "join", into=str(two.record.key), why="Alike").status_code == 302
    assert do(grace, one, "drop", why="Too dear").status_code == 404
    assert do(grace, one, "join", into=str(two.record.key), why="Alike").status_code == 404
    actions.undo(by=cast.resident.actor, idea=Idea.objects.get(pk=one.pk))
    assert do(grace, one, "drop", why="Too dear").status_code == 302
    assert do(grace, one, "drop", why="Too dear").status_code == 404


def test_a_list_sent_from_an_old_page_leaves_out_nothing_without_its_reason(cast: Cast, decision: Decision) -> None:
    old = idea_of(cast.resident, decision)
    fresh = idea_of(cast.neighbour, decision, "Benches")
    listing(decision)
    with pytest.raises(Fault):  # it came after the page was opened, so the page has no reason for it
        actions.shortlist(by=cast.commissioner.actor, decision=decision, ideas=[old], left_out={old.pk: ""})
    assert not Option.objects.exists() and fresh.state == IdeaState.OFFERED


@pytest.mark.parametrize("what", ["bring", "change", "who", "join", "drop", "take-back"])
def test_from_the_vote_on_no_page_moves_anything(cast: Cast, decision: Decision, what: str) -> None:
    idea, _other = idea_of(cast.resident, decision), idea_of(cast.neighbour, decision, "Benches")
    listed(cast.commissioner, listing(decision), *Idea.objects.all())
    voting(decision)
    for somebody in (cast.resident, cast.commissioner):
        assert somebody.client().get(at("do", decision, idea.record.key, what)).status_code == 404
        assert do(somebody.client(), idea, what, why="Late", title="Late").status_code == 404
    idea.refresh_from_db()
    assert (idea.state, idea.title) == (IdeaState.LISTED, "Shared lifts")


def test_reading_changes_nothing(cast: Cast, decision: Decision) -> None:
    idea = idea_of(cast.resident, decision)
    client = cast.resident.client()
    for what in ("take-back", "change", "who"):
        client.get(at("do", decision, idea.record.key, what))
    assert client.get(at("take_out", decision, idea.record.key)).status_code == 405
    assert Idea.objects.get().state == IdeaState.OFFERED


# Strange letters


@pytest.mark.parametrize("words", [SCRIPT, RTL[:110], "\u202e reversed", "'; drop table--", "%(title)s {{ x }}"])
def test_strange_letters_stand_as_they_are_and_run_nothing(cast: Cast, decision: Decision, words: str) -> None:
    client = cast.resident.client()
    client.post(at("new", decision), {"title": words, "words": words, "cost_how": words})
    idea = Idea.objects.get()
    actions.bring(by=cast.resident.actor, idea=idea, kind="time", words=words[:100], party=cast.resident.party)
    actions.drop(by=cast.commissioner.actor, idea=Idea.objects.get(), why=words)
    text = page(Idea.objects.get())
    assert SCRIPT not in text and "Not taken further" in text
    for address in (at("list", decision), reverse("answers:list", args=[decision.record.key])):
        answer = Client().get(address)
        assert answer.status_code == 200 and SCRIPT not in answer.content.decode()
    assert f"Your idea is not taken further: {idea.title}"[:200] in told(cast.resident)


def test_letters_that_no_database_keeps_are_left_out(cast: Cast, decision: Decision) -> None:
    idea = idea_of(cast.resident, decision, words="A\x00B", cost_how="C\x00D", said_by="")
    idea.refresh_from_db()
    assert (idea.words, idea.cost_how) == ("AB", "CD")


# Two at once


def said_together(live_cast: Cast, *writes: Callable[[], Any]) -> list[str]:
    """All at the same moment: what each said, in order of the alphabet."""
    assert live_cast.commissioner.actor
    found = together(*writes)
    assert not [one for one in found if isinstance(one, BaseException) and not isinstance(one, Fault)]
    return sorted(one.field if isinstance(one, Fault) else "did" for one in found)


def test_two_lists_at_once_leave_one_whole_list(live_cast: Cast) -> None:
    decision = for_ideas(live_cast)
    one, two = idea_of(live_cast.resident, decision), idea_of(live_cast.neighbour, decision, "Benches")
    listing(decision)
    grace = live_cast.commissioner
    said_together(live_cast, lambda: listed(grace, decision, one), lambda: listed(grace, decision, two))
    chosen = Option.objects.get()
    states = dict(Idea.objects.values_list("pk", "state"))
    assert states[chosen.idea_id] == IdeaState.LISTED and chosen.n == 1
    assert [state for pk, state in states.items() if pk != chosen.idea_id] == [IdeaState.DROPPED]


def test_two_answers_to_one_call_leave_the_first(live_cast: Cast) -> None:
    decision, agency = for_ideas(live_cast), live_cast.agency
    due = today() + timedelta(days=3)
    call = answers.act(by=live_cast.councillor.actor, decision=decision, kind="call", words="When?", to=agency, due=due)
    ravi = live_cast.supplier.actor
    writes = [lambda words=words: answers.answer_call(by=ravi, act=call, words=words) for words in ("May", "June")]
    assert said_together(live_cast, *writes) == ["did", "words"]
    assert Act.objects.get().answer in ("May", "June")


def test_somebody_takes_it_back_while_somebody_drops_it(live_cast: Cast) -> None:
    decision = for_ideas(live_cast)
    idea = idea_of(live_cast.resident, decision)
    mair, grace = live_cast.resident.actor, live_cast.commissioner.actor
    said = said_together(
        live_cast,
        lambda: actions.take_back(by=mair, idea=idea),
        lambda: actions.drop(by=grace, idea=idea, why="Too dear"),
    )
    assert said == ["did", "idea"]
    assert Idea.objects.get().state in (IdeaState.WITHDRAWN, IdeaState.DROPPED)


# Names and languages


def test_no_message_says_who_it_was(cast: Cast, decision: Decision) -> None:
    idea = idea_of(cast.resident, decision)
    joseph = cast.neighbour
    actions.bring(by=joseph.actor, idea=idea, kind="time", words="Driving", party=joseph.party)
    actions.say(by=joseph.actor, decision=decision, owner=joseph.party, kind="against", words="Dear", idea=idea)
    actions.drop(by=cast.commissioner.actor, idea=Idea.objects.get(), why="Too dear")
    said = " ".join(f"{one.title} {one.body} {one.link}" for one in Notice.objects.all())
    for name in ("Joseph", "Okafor", "Mair", "Pugh", "Grace"):
        assert name not in said
    assert str(joseph.party.key) not in said


def test_each_hears_in_their_own_language_and_words_stay_in_theirs(cast: Cast, decision: Decision) -> None:
    choose_language(by=cast.resident.actor, lang="cy")
    idea = idea_of(cast.resident, decision)
    actions.drop(by=cast.commissioner.actor, idea=idea, why="No insurer")
    notice = Notice.objects.get(to=cast.resident.party)
    assert notice.title == "Nid yw eich syniad yn mynd ymhellach: Shared lifts"
    assert (notice.body, notice.lang, notice.written_in) == ("No insurer", "cy", "en")


def test_in_welsh_the_pages_speak_welsh_and_say_which_words_are_english(cast: Cast, decision: Decision) -> None:
    idea = idea_of(cast.resident, decision)
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "cy"
    text = page(idea, client)
    assert '<h1 class="breaks" lang="en">Shared lifts</h1>' in text
    assert "Beth sydd ei angen heblaw arian" in text and "What it takes besides money" not in text
    with translation.override("cy"):
        assert "Penderfynwyd" in str(translation.gettext("Decided: it was chosen"))
    text = client.get(reverse("answers:came_of_it")).content.decode()
    assert "Beth ddaeth ohono" in text and "What came of it" not in text


# Who sees what


def members_only(cast: Cast) -> tuple[Decision, Idea]:
    """A decision of the lunch club for its members alone, made already, with one idea."""
    decision = opened(cast, cast.connector, cast.lunch_club, when=NOW_IDEAS)
    for record in (decision.record,):
        type(record).objects.filter(pk=record.pk).update(audience="community", community=cast.lunch_club)
    decision = Decision.objects.select_related("record__owner", "terms").get(pk=decision.pk)
    idea = idea_of(cast.resident, decision, named=True)
    Decision.objects.filter(pk=decision.pk).update(stage="decided", stage_on=today())
    return Decision.objects.select_related("record__owner", "terms").get(pk=decision.pk), idea


def test_what_is_for_members_is_read_by_members_alone(cast: Cast) -> None:
    assert cast.place.name
    decision, idea = members_only(cast)
    inside: list[Somebody] = [cast.resident, cast.connector]
    assert idea.record.audience == "community"
    for somebody in inside:
        assert [row.idea for row in answered(somebody.actor, decision)] == [idea]
        assert [row.decision for row in came_of_it(somebody.actor)] == [decision]
    for viewer in (ANYONE, cast.outsider.actor, cast.councillor.actor):
        assert answered(viewer, decision) == [] == came_of_it(viewer)
        assert not queries.ideas(viewer, decision).exists()
        assert not queries.points(viewer, decision).exists()
    for address in (at("list", decision), at("talk", decision), reverse("answers:list", args=[decision.record.key])):
        assert Client().get(address).status_code == cast.outsider.client().get(address).status_code == 404


def test_a_blocked_name_is_not_read_where_answers_stand_either(cast: Cast, decision: Decision) -> None:
    idea_of(cast.neighbour, decision, "With a name", named=True)
    bare = idea_of(cast.neighbour, decision, "Without one")
    block(by=cast.resident.actor, other=cast.neighbour.party)
    assert [row.idea for row in answered(cast.resident.actor, decision)] == [bare]


def test_a_councillor_who_has_left_is_no_name_any_more(cast: Cast, decision: Decision) -> None:
    answers.act(by=cast.councillor.actor, decision=decision, kind="declare", words="We will fit the lamps")
    leave_for_good(by=cast.councillor.actor, party=cast.councillor.party)
    text = Client().get(reverse("decisions:one", args=[decision.record.key])).content.decode()
    assert "We will fit the lamps" in text and "Huw" not in text and "Someone" in text


def test_what_was_said_is_taken_back_from_every_page(cast: Cast, decision: Decision) -> None:
    idea = idea_of(cast.resident, decision)
    point = actions.say(
        by=cast.neighbour.actor, decision=decision, owner=cast.neighbour.party, kind="for", words="Yes", idea=idea
    )
    address = at("point", decision, point.record.key, "take-back")
    assert cast.outsider.client().post(address).status_code == 404
    assert cast.neighbour.client().post(address).status_code == 302
    assert "Yes" not in page(idea).split("What is said about it")[1]
    assert Point.objects.count() == 1  # the row stays for its owner's file
