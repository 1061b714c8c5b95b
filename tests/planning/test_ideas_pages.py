"""The pages of ideas: anyone puts one forward, all of it is read in one order, and what is typed is never lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.ground.consent.actions import look_with_reason
from alongside.ground.history.acting import Refused
from alongside.ground.records.actions import let_through
from alongside.planning.decisions.models import Decision
from alongside.planning.ideas import actions, queries
from alongside.planning.ideas.models import Idea, IdeaAsset, IdeaState, Interest, Option, Point
from tests.cast import Cast
from tests.planning.thinking import FOR_IDEAS, RTL, for_ideas, idea_of, listed, listing, voting

pytestmark = pytest.mark.django_db
BEGINS_WITH = FOR_IDEAS


@pytest.fixture
def decision(cast: Cast) -> Decision:
    assert cast.place.name
    return for_ideas(cast)


def at(name: str, decision: Decision, idea: Idea | None = None, what: str = "") -> str:
    keys = [decision.record.key] + ([idea.record.key] if idea else []) + ([what] if what else [])
    return reverse(f"ideas:{name}", args=keys)


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def do(client: Client, decision: Decision, idea: Idea, what: str, **given: Any) -> Any:
    return client.post(at("do", decision, idea, what), given)


# Putting one forward


def test_somebody_without_an_account_puts_an_idea_forward_and_finds_it_on_their_device(
    cast: Cast, decision: Decision
) -> None:
    client = Client()
    assert "Somebody here reads it first" in read(client, at("new", decision))
    answer = client.post(at("new", decision), {"title": "Benches to rest on", "cost": "£4,800", "key": "1"})
    idea = Idea.objects.get()
    assert answer.url == at("one", decision, idea) and idea.cost_pence == 480_000
    assert "Waiting for a look" in read(client, at("one", decision, idea))
    assert Client().get(at("one", decision, idea)).status_code == 404
    let_through(by=cast.steward.actor, record=idea.record)
    assert "Benches to rest on" in read(Client(), reverse("decisions:one", args=[decision.record.key]))


def test_browser_back_and_send_again_puts_it_forward_once(cast: Cast, decision: Decision) -> None:
    client = cast.resident.client()
    for _press in range(2):
        client.post(at("new", decision), {"title": "Benches", "key": "same"})
    assert Idea.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"title": ""}, "Give the idea a name"),
        ({"title": "Benches", "cost": "a lot"}, "Enter a sum in pounds, like 4800"),
        ({"title": "x" * 121}, "Use fewer letters"),
        ({"title": "Benches", "words": RTL}, "Use fewer letters"),
    ],
)
def test_what_cannot_be_taken_says_so_and_keeps_what_was_typed(
    cast: Cast, decision: Decision, given: dict[str, str], says: str
) -> None:
    answer = cast.resident.client().post(at("new", decision), {"cost_how": "My neighbour asked", **given})
    text = answer.content.decode()
    assert says in text and "There is a problem" in text and "My neighbour asked" in text
    assert not Idea.objects.exists()


def test_in_whose_name_and_for_whom(cast: Cast, decision: Decision) -> None:
    club = cast.lunch_club
    denise = cast.connector.client()
    assert "In whose name?" in read(denise, at("new", decision))
    assert "Who said it?" not in read(denise, at("new", decision))
    denise.post(at("new", decision), {"title": "A longer lunch", "owner": str(club.key)})
    assert Idea.objects.get().record.owner == club
    assert "Mill Street lunch club" in read(Client(), at("one", decision, Idea.objects.get()))
    asha = cast.builder.client()
    assert "Who said it?" in read(asha, at("new", decision))
    asha.post(at("new", decision), {"title": "Lamps", "said_by": "Mrs Price, by letter", "side": "people"})
    lamps = Idea.objects.get(title="Lamps")
    assert "Mrs Price" not in read(Client(), at("one", decision, lamps))
    assert "Mrs Price, by letter" in read(cast.commissioner.client(), at("one", decision, lamps))


def test_outside_its_days_the_page_says_so(cast: Cast, decision: Decision) -> None:
    listing(decision)
    assert "Ideas are not taken on these days" in read(Client(), at("new", decision))
    client = cast.resident.client()
    answer = client.post(at("new", decision), {"title": "Late", "key": "1"})
    assert answer.status_code == 200 and not Idea.objects.exists()


# One idea


def test_one_idea_shows_cost_what_each_brings_and_nobody_s_name(cast: Cast, decision: Decision) -> None:
    idea = idea_of(cast.resident, decision, cost_how="The garage told us")
    actions.bring(
        by=cast.connector.actor,
        idea=idea,
        kind="skills",
        words="Runs the phone",
        party=cast.lunch_club,
        minutes_week=90,
    )
    text = read(Client(), at("one", decision, idea))
    for words in ("£5,200", "The garage told us", "Runs the phone", "1.5 hours a week", "Mill Street lunch club"):
        assert words in text
    assert "Somebody here" in text and "Mair" not in text
    named = idea_of(cast.resident, decision, "Benches", named=True)
    assert "Mair P." in read(Client(), at("one", decision, named))
    assert "Mair Pugh" not in read(Client(), at("one", decision, named))


def test_words_in_another_language_say_which(cast: Cast, decision: Decision) -> None:
    idea = idea_of(cast.resident, decision, "Meinciau", lang="cy")
    assert '<h1 class="breaks" lang="cy">Meinciau</h1>' in read(Client(), at("one", decision, idea))


def test_what_somebody_can_do_stands_there_and_nothing_else(cast: Cast, decision: Decision) -> None:
    idea = idea_of(cast.resident, decision)
    assert "What you can do</h2>" not in read(Client(), at("one", decision, idea))
    mine = read(cast.resident.client(), at("one", decision, idea))
    assert "Change your idea" in mine and "Not take it further?" not in mine
    runs = read(cast.commissioner.client(), at("one", decision, idea))
    assert "Not take it further?" in runs and "Change your idea" not in runs
    other = read(cast.outsider.client(), at("one", decision, idea))
    assert "What would you bring?" in other and "Take your idea back?" not in other


@pytest.mark.parametrize("what", ["change", "join", "drop", "apart", "again", "take-back", "who", "nonsense"])
def test_what_somebody_may_not_do_is_not_there_for_them(cast: Cast, decision: Decision, what: str) -> None:
    idea = idea_of(cast.resident, decision)
    client = cast.outsider.client()
    assert client.get(at("do", decision, idea, what)).status_code == 404
    assert do(client, decision, idea, what, why="Because").status_code == 404
    assert Client().get(at("do", decision, idea, what)).status_code == 302


def test_each_thing_to_do_is_done_on_its_page(cast: Cast, decision: Decision) -> None:
    lifts, cars = idea_of(cast.resident, decision), idea_of(cast.neighbour, decision, "Share a car")
    mair, grace = cast.resident.client(), cast.commissioner.client()
    do(mair, decision, lifts, "change", title="Shared lifts for all", cost="5300", cost_how="Asked again")
    do(mair, decision, lifts, "who", who=str(cast.resident.party.key), unpaid="on")
    do(mair, decision, lifts, "bring", kind="time", brings="Driving", hours="2", who=str(cast.resident.party.key))
    do(mair, decision, lifts, "bring", kind="money", brings="Insurance", who="commissioners")
    lifts.refresh_from_db()
    assert (lifts.title, lifts.cost_pence, lifts.run_unpaid) == ("Shared lifts for all", 530_000, True)
    assert list(IdeaAsset.objects.order_by("pk").values_list("words", "agreed", "minutes_week")) == [
        ("Driving", True, 120),
        ("Insurance", False, None),
    ]
    assert "they have not said so themselves yet" in read(Client(), at("one", decision, lifts))
    do(grace, decision, cars, "join", into=str(lifts.record.key), why="Both are lifts")
    assert "Both are lifts" in read(Client(), at("one", decision, lifts))
    do(cast.neighbour.client(), decision, cars, "apart")
    do(grace, decision, cars, "drop", why="The road is private")
    assert "The road is private" in read(Client(), at("list", decision))
    do(grace, decision, cars, "again")
    do(cast.neighbour.client(), decision, cars, "take-back")
    cars.refresh_from_db()
    assert cars.state == IdeaState.WITHDRAWN
    assert Client().get(at("one", decision, cars)).status_code == 404


def test_a_fault_stands_on_the_page_with_what_was_typed(cast: Cast, decision: Decision) -> None:
    idea = idea_of(cast.resident, decision)
    answer = do(cast.commissioner.client(), decision, idea, "who", who="other", called="Nobody Ltd", unpaid="on")
    text = answer.content.decode()
    assert "Nothing here is called that" in text and "Nobody Ltd" in text
    answer = do(cast.commissioner.client(), decision, idea, "drop", why="")
    assert "Everyone will read it" in answer.content.decode()


def test_who_gains_says_so_and_only_others_take_it_out(cast: Cast, decision: Decision) -> None:
    idea = idea_of(cast.resident, decision)
    agency = cast.agency
    do(cast.supplier.client(), decision, idea, "gain", who=str(agency.key), kind="paid", words="We write it")
    text = read(Client(), at("one", decision, idea))
    assert "Brightside Support: would be paid, so has no vote on it." in text
    out = {"interest": str(Interest.objects.get().pk)}
    assert cast.supplier.client().post(at("take_out", decision, idea), out).status_code == 404
    noted = actions.declare(by=cast.commissioner.actor, idea=idea, party=cast.lunch_club, kind="paid")
    assert cast.outsider.client().post(at("take_out", decision, idea), {"interest": noted.pk}).status_code == 404
    cast.commissioner.client().post(at("take_out", decision, idea), {"interest": noted.pk})
    assert not Interest.objects.filter(pk=noted.pk).exists()


def test_a_person_whose_interest_others_noted_is_not_named(cast: Cast, decision: Decision) -> None:
    idea = idea_of(cast.resident, decision)
    actions.declare(by=cast.commissioner.actor, idea=idea, party=cast.neighbour.party, kind="paid")
    text = read(Client(), at("one", decision, idea))
    assert "A person: would be paid" in text and "Joseph" not in text


def test_somebody_finds_what_they_put_forward_on_their_own_page(cast: Cast, decision: Decision) -> None:
    idea = idea_of(cast.resident, decision)
    with_said = idea_of(cast.builder, decision, "Lamps", said_by="Mrs Price")
    mine = read(cast.resident.client(), reverse("plans:my_page"))
    assert "Ideas you put forward" in mine and at("one", decision, idea) in mine
    assert queries.put_forward_by(cast.builder.actor, cast.builder.party) == [] != [with_said]
    assert queries.put_forward_by(cast.outsider.actor, cast.resident.party) == []
    assert queries.put_forward_by(cast.carer.helps(cast.resident), cast.resident.party) == [idea]


def test_no_steward_looks_up_who_thought_of_it(cast: Cast, decision: Decision) -> None:
    record = idea_of(cast.resident, decision).record
    with pytest.raises(Refused):
        look_with_reason(by=cast.steward.actor, record=record, reason="I wonder who this was")


# The talk


def test_for_and_against_stand_side_by_side_and_each_is_answered(cast: Cast, decision: Decision) -> None:
    idea = idea_of(cast.resident, decision)
    joseph = cast.neighbour.client()
    for kind, words in (("for", "It got my mum out"), ("against", "Too dear"), ("question", "Who pays?")):
        joseph.post(at("say", decision, idea), {"kind": kind, "words": words, "key": kind})
    joseph.post(at("say", decision, idea), {"kind": "objection", "words": "No seat belts", "named": "on"})
    text = read(Client(), at("one", decision, idea))
    assert text.index("For it") < text.index("It got my mum out") < text.index("Against it") < text.index("Too dear")
    assert "Not put right yet" in text and "Joseph O." in text
    point = Point.objects.get(kind="objection")
    answer = reverse("ideas:point", args=[decision.record.key, point.record.key, "answer"])
    assert joseph.get(answer).status_code == 404
    cast.resident.client().post(answer, {"words": "Belts are in", "put_right": "on"})
    assert "What was put right" in read(Client(), at("one", decision, idea))
    again = reverse("ideas:point", args=[decision.record.key, point.record.key, "not-right"])
    joseph.post(again, {"words": "Not in the back"})
    text = read(Client(), at("one", decision, idea))
    assert "Not put right yet" in text and "Not in the back" in text


def test_the_whole_decision_is_talked_about_too(cast: Cast, decision: Decision) -> None:
    client = cast.neighbour.client()
    client.post(at("talk", decision), {"kind": "question", "words": "Why only £24,000?"})
    assert "Why only £24,000?" in read(Client(), at("talk", decision))
    answer = client.post(at("talk", decision), {"kind": "", "words": "Kept as typed"})
    assert "Choose what it is" in answer.content.decode() and "Kept as typed" in answer.content.decode()
    voting(decision)
    decision.phases.filter(kind="talk").delete()
    assert "What was said stays here" in read(Client(), at("talk", decision))


# The list


def test_those_who_run_it_make_the_list_and_each_left_out_has_its_reason(cast: Cast, decision: Decision) -> None:
    lifts, app = idea_of(cast.resident, decision), idea_of(cast.supplier, decision, "A travel app")
    grace = cast.commissioner.client()
    assert "The list is made on the days for it" in read(grace, at("shortlist", decision))
    listing(decision)
    assert cast.resident.client().get(at("shortlist", decision)).status_code == 404
    chosen = {f"on_{lifts.record.key}": "on"}
    answer = grace.post(at("shortlist", decision), chosen)
    assert "Write why this is not on the list" in answer.content.decode() and not Option.objects.exists()
    answer = grace.post(at("shortlist", decision), chosen | {f"why_{app.record.key}": "Nobody asked for it"})
    assert answer.status_code == 302 and Option.objects.get().idea == lifts
    page = read(Client(), reverse("decisions:one", args=[decision.record.key]))
    assert "1 idea to choose from" in page and "£5,200" in page and "Who wrote the ideas" in page
    assert "Make the list that people choose from" in read(grace, reverse("decisions:one", args=[decision.record.key]))
    assert "Nobody asked for it" in read(Client(), at("list", decision))


def test_every_idea_stands_on_one_page_in_the_order_in_which_they_came(cast: Cast, decision: Decision) -> None:
    assert "There is no idea here yet" in read(Client(), at("list", decision))
    for title in ("First", "Second", "Third"):
        idea_of(cast.resident, decision, title)
    text = read(Client(), at("list", decision))
    assert text.index("First") < text.index("Second") < text.index("Third")
    listed(cast.commissioner, listing(decision), *Idea.objects.all())
    assert "On the list to choose from" in read(Client(), at("list", decision))


def test_what_is_somebody_s_own_life_opens_to_nobody_else(cast: Cast) -> None:
    from tests.planning.deciding import opened

    assert cast.place.name
    own = opened(cast, cast.resident, question="How shall I spend my days?")
    idea = idea_of(cast.resident, own)
    for client in (Client(), cast.outsider.client(), cast.commissioner.client()):
        for address in (at("list", own), at("new", own), at("talk", own), at("one", own, idea)):
            assert client.get(address).status_code == 404
    assert "Shared lifts" in read(cast.resident.client(), at("one", own, idea))
