"""The pages of what came of it: answers, late first, for everyone to read; forms for those who must answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.ground.panels.queries import show
from alongside.planning.answers import actions, queries
from alongside.planning.answers.models import Act, Reply
from alongside.planning.answers.panels import after_result
from alongside.planning.decisions.models import Decision
from alongside.planning.decisions.queries import today
from alongside.planning.ideas import actions as ideas
from alongside.planning.ideas.models import Idea, Option
from alongside.planning.results.models import Result, ResultOption
from tests.cast import Cast
from tests.planning.deciding import move
from tests.planning.thinking import FOR_IDEAS, NOW_ANSWERING, RTL, for_ideas, idea_of, listed, listing

pytestmark = pytest.mark.django_db
BEGINS_WITH = FOR_IDEAS


@pytest.fixture
def lifts(cast: Cast) -> Idea:
    """Mair's idea is on the list, a neighbour's is not, and the decision is made."""
    assert cast.place.name
    decision = for_ideas(cast)
    idea, app = idea_of(cast.resident, decision), idea_of(cast.neighbour, decision, "A travel app")
    listed(cast.commissioner, listing(decision), idea, why="Nobody asked for it")
    move(decision, NOW_ANSWERING)
    Decision.objects.update(stage="decided", stage_on=today(), answer_by=today() + timedelta(days=9))
    assert app
    return Idea.objects.select_related("decision__record").get(pk=idea.pk)


def at(name: str, *keys: Any) -> str:
    return reverse(f"answers:{name}", args=[str(key) for key in keys])


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def replied(cast: Cast, idea: Idea, **given: Any) -> Any:
    given = {"saying": "will_do", "words": "From January", "by_day": str(today() + timedelta(days=60))} | given
    return cast.commissioner.client().post(at("answer", idea.decision.record.key, idea.record.key), given)


def test_every_idea_stands_there_also_what_was_not_taken_further(cast: Cast, lifts: Idea) -> None:
    text = read(Client(), at("list", lifts.decision.record.key))
    assert text.count("An answer is due by") == 2
    assert "Nobody asked for it" in text and "Answer it" not in text
    assert "Answer it" in read(cast.commissioner.client(), at("list", lifts.decision.record.key))


def test_an_answer_is_given_on_its_page_and_read_on_three(cast: Cast, lifts: Idea) -> None:
    key = lifts.decision.record.key
    assert replied(cast, lifts).url == at("list", key)
    for address in (at("list", key), reverse("ideas:one", args=[key, lifts.record.key])):
        assert "From January" in read(Client(), address)
    assert "1 of 2 ideas have an answer" in read(Client(), reverse("decisions:one", args=[key]))
    assert "1 of 2 ideas have an answer" in read(Client(), at("came_of_it"))


def test_what_cannot_be_taken_says_so_and_keeps_what_was_typed(cast: Cast, lifts: Idea) -> None:
    text = replied(cast, lifts, by_day="").content.decode()
    assert "Give the day by which it will be done" in text and "From January" in text
    text = replied(cast, lifts, saying="").content.decode()
    assert "Choose what you can say today" in text
    text = replied(cast, lifts, words=RTL).content.decode()
    assert "Use fewer letters" in text and "There is a problem" in text
    assert not Reply.objects.exists()


def test_pressed_twice_it_stands_once(cast: Cast, lifts: Idea) -> None:
    for _press in range(2):
        replied(cast, lifts, key="same")
    assert Reply.objects.count() == 1


def test_how_far_it_is_and_where_to_see_it(cast: Cast, lifts: Idea) -> None:
    replied(cast, lifts)
    key = lifts.decision.record.key
    grace, address = cast.commissioner.client(), at("answer", key, lifts.record.key) + "?say=done"
    assert "How much of it is done" in read(grace, address)
    grace.post(address, {"percent": "60", "words": "Nine drivers"})
    assert "60 out of 100 is done." in read(Client(), at("list", key))
    text = grace.post(address, {"percent": "100", "words": "All of it"}).content.decode()
    assert "Say where people can see it" in text
    grace.post(address, {"percent": "100", "words": "All of it", "evidence": "https://lifts.example"})
    text = read(Client(), at("list", key))
    assert 'href="https://lifts.example"' in text and "Done on" in text
    assert "1 is done." in read(Client(), at("came_of_it") + "?show=done")


def test_evidence_that_is_no_web_address_is_no_link(cast: Cast, lifts: Idea) -> None:
    replied(cast, lifts, saying="done", evidence="javascript:alert(1)")
    text = read(Client(), at("list", lifts.decision.record.key))
    assert "javascript:alert(1)" in text and 'href="javascript' not in text


@pytest.mark.parametrize("who", ["resident", "outsider", "councillor", "supplier"])
def test_nobody_else_finds_the_form(cast: Cast, lifts: Idea, who: str) -> None:
    address = at("answer", lifts.decision.record.key, lifts.record.key)
    client = getattr(cast, who).client()
    assert client.get(address).status_code == client.post(address, {"words": "I say"}).status_code == 404
    assert Client().get(address).status_code == 302


def test_what_is_late_says_so_on_each_page_and_stands_first(cast: Cast, lifts: Idea) -> None:
    Decision.objects.update(answer_by=today() - timedelta(days=3))
    replied(cast, lifts)
    key = lifts.decision.record.key
    for address in (at("list", key), reverse("decisions:one", args=[key])):
        assert "No answer yet. It was due on" in read(Client(), address)
    text = read(Client(), at("list", key))
    assert text.index("A travel app") < text.index("Shared lifts")
    assert "1 is late" in read(Client(), at("came_of_it") + "?show=late")
    assert "Nothing is late" not in read(Client(), at("came_of_it") + "?show=late")


def test_before_anything_is_decided_the_page_says_where_to_look(cast: Cast) -> None:
    assert cast.place.name
    text = read(Client(), at("came_of_it") + "?show=nonsense")
    assert "Nothing has been decided here yet" in text
    assert "Nothing is late" in read(Client(), at("came_of_it") + "?show=late")
    assert 'aria-current="page"' in text and "What came of it</a>" in text


def test_the_story_runs_from_the_question_to_what_was_done(cast: Cast, lifts: Idea) -> None:
    replied(cast, lifts)
    replied(cast, lifts, saying="done", words="Nine drivers, every Friday")
    text = read(cast.resident.client(), reverse("ideas:one", args=[lifts.decision.record.key, lifts.record.key]))
    story = text[text.index("The whole story") :]
    steps = ["The question, set by", "You said", "On the list, number 1", "Decided", "We will do it", "Nine drivers"]
    places = [story.index(words) for words in steps]
    assert places == sorted(places)
    assert "You said" not in read(Client(), reverse("ideas:one", args=[lifts.decision.record.key, lifts.record.key]))


def counted(idea: Idea, place: int | None) -> None:
    """As if the count had given this idea its place."""
    result = Result.objects.create(
        decision=idea.decision, counted_on=today(), ballots=9, state="decided", ballots_sha="0" * 64
    )
    ResultOption.objects.create(result=result, option=Option.objects.get(idea=idea), place=place)


@pytest.mark.parametrize(("place", "says"), [(1, "Decided: it was chosen"), (None, "Decided: not this time")])
def test_the_story_says_whether_it_was_chosen(cast: Cast, lifts: Idea, place: int | None, says: str) -> None:
    counted(lifts, place)
    key = lifts.decision.record.key
    text = read(Client(), reverse("ideas:one", args=[key, lifts.record.key]))
    assert says in text and reverse("results:one", args=[key]) in text


def test_beside_the_result_stands_what_happened_next(cast: Cast, lifts: Idea) -> None:
    viewer = cast.resident.actor
    steps = after_result(viewer, lifts.decision)["steps"]
    assert [step.what for step in steps] == ["Decided", "Next: every idea has its answer"]
    replied(cast, lifts)
    steps = after_result(viewer, lifts.decision)["steps"]
    assert [(step.what, step.words) for step in steps] == [
        ("Decided", ""),
        ("Testford Council: We will do it", "Shared lifts"),
        ("Next: a day that was promised", ""),
    ]
    assert steps[-1].when == today() + timedelta(days=60)
    panel = show("result_next", viewer, lifts.decision)
    assert "What happens next" in panel and "What happened so far" in panel and "Shared lifts" in panel


def test_what_was_joined_leads_to_what_it_was_joined_with(cast: Cast) -> None:
    assert cast.place.name
    decision = for_ideas(cast)
    one, two = idea_of(cast.resident, decision), idea_of(cast.neighbour, decision, "Share a car")
    ideas.merge(by=cast.commissioner.actor, idea=two, into=one, why="Alike")
    text = read(Client(), reverse("ideas:one", args=[decision.record.key, two.record.key]))
    assert "Joined with another idea" in text and str(one.record.key) in text
    assert "Answered with the one it was joined with" in read(Client(), at("list", decision.record.key))


# Councillors


def test_a_councillor_calls_for_an_answer_and_gets_it_on_the_page(cast: Cast, lifts: Idea) -> None:
    key, agency = lifts.decision.record.key, cast.agency
    huw = cast.councillor.client()
    text = read(huw, reverse("decisions:one", args=[key]))
    assert "Do something for this decision" in text and "What councillors do" not in text
    assert "What you can do as a councillor" not in read(Client(), reverse("decisions:one", args=[key]))
    given = {"kind": "call", "words": "Will you open at weekends?", "due": str(today() + timedelta(days=5))}
    text = huw.post(at("act", key), given | {"called": "Nobody Ltd"}).content.decode()
    assert "Nothing here is called that" in text and "Nobody Ltd" in text
    assert huw.post(at("act", key), given | {"called": agency.name}).url == at("list", key)
    text = read(Client(), reverse("decisions:one", args=[key]))
    assert "Huw Bevan" in text and "Called for an answer" in text and "An answer is due by" in text
    address = at("answer_call", key, Act.objects.get().key)
    assert cast.outsider.client().get(address).status_code == 404
    ravi = cast.supplier.client()
    assert "Answer the councillor" in read(ravi, at("list", key))
    assert "Write your answer" in ravi.post(address, {"words": ""}).content.decode()
    ravi.post(address, {"words": "Yes, from May"})
    assert "Yes, from May" in read(Client(), at("list", key))
    assert ravi.get(address).status_code == 404  # once


def test_a_call_that_is_late_says_so(cast: Cast, lifts: Idea) -> None:
    soon = today() + timedelta(days=1)
    actions.act(by=cast.councillor.actor, decision=lifts.decision, kind="call", words="When?", to=cast.agency, due=soon)
    Act.objects.update(due=today() - timedelta(days=1))
    assert "It was due on" in read(Client(), at("list", lifts.decision.record.key))


@pytest.mark.parametrize("who", ["resident", "commissioner", "outsider"])
def test_only_councillors_find_their_form(cast: Cast, lifts: Idea, who: str) -> None:
    client = getattr(cast, who).client()
    assert client.get(at("act", lifts.decision.record.key)).status_code == 404
    assert client.post(at("act", lifts.decision.record.key), {"kind": "door", "words": "Me"}).status_code == 404


def test_words_of_an_answer_in_another_language_say_which(cast: Cast, lifts: Idea) -> None:
    replied(cast, lifts, words="O fis Ionawr")
    Reply.objects.update(lang="cy")
    assert '<span lang="cy">O fis Ionawr</span>' in read(Client(), at("list", lifts.decision.record.key))


def test_the_lists_ask_the_database_no_more_for_more_ideas(
    cast: Cast, lifts: Idea, django_assert_max_num_queries: Any
) -> None:
    viewer = cast.resident.actor
    with django_assert_max_num_queries(12):
        assert len(queries.answered(viewer, lifts.decision)) == 2
    with django_assert_max_num_queries(10):
        assert len(queries.came_of_it(viewer)) == 1


def test_the_page_asks_no_more_for_more_calls_and_answers(cast: Cast, lifts: Idea) -> None:
    client, address, many = cast.supplier.client(), at("list", lifts.decision.record.key), []
    Idea.objects.filter(pk=lifts.pk).update(run_by=cast.agency)
    call: dict[str, Any] = {"kind": "call", "words": "Say when", "to": cast.agency, "due": today() + timedelta(days=9)}
    read(client, address)
    for _more in range(3):
        replied(cast, lifts, words="Once more")
        actions.act(by=cast.councillor.actor, decision=lifts.decision, **call)
        with CaptureQueriesContext(connection) as asked:
            assert read(client, address).count("Once more") == len(many) + 1
        many.append(len(asked))
    assert len(set(many)) == 1, many
