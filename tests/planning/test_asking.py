"""Asking in the quick way: two pages from a question to an open decision, all of it declared; and what is refused."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from alongside.ground.history.acting import Fault, Refused
from alongside.planning.asking import actions, queries
from alongside.planning.asking.reading import rows_of
from alongside.planning.decisions import actions as decisions_actions
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.models import Decision, Rule, Stage
from alongside.planning.ideas import actions as ideas
from alongside.planning.ideas.models import IdeaState, Option
from alongside.planning.ideas.shortlisting import list_what_stands
from alongside.planning.rolls.models import Roll
from tests.cast import MACHINE, Cast, Somebody
from tests.planning.ballots.box import cast_for
from tests.planning.deciding import as_told, fresh, move, opened

pytestmark = pytest.mark.django_db
QUESTION = "Where shall we go on our summer outing?"
LINES = "A day at the sea\nA picnic in the park\n\nThe farm"


@pytest.fixture(autouse=True)
def place(cast: Cast) -> None:
    assert cast.place.name


def begun(cast: Cast, who: Somebody | None = None, owner: Any = None) -> Decision:
    who = who or cast.connector
    return actions.begin(by=who.actor, owner=owner or cast.lunch_club, question=QUESTION)


def in_days(n: int) -> Any:
    return decisions.today() + timedelta(days=n)


def opens(cast: Cast, decision: Decision, text: str = LINES, who: Somebody | None = None, **given: Any) -> Decision:
    rows = rows_of(text, budget_pence=given.get("budget_pence"))
    given.setdefault("last_day", in_days(14))
    return fresh(actions.open_it(by=(who or cast.connector).actor, decision=decision, rows=rows, **given))


def seen(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


# From "Decide" to open


def test_two_pages_from_a_question_to_an_open_decision(cast: Cast) -> None:
    client, club = cast.connector.client(), cast.lunch_club
    assert "/decide/ask/" in client.get("/decide/").content.decode()
    first = seen(client.get("/decide/ask/"))
    assert "What is to be decided?" in first and f"{club.name}, about our own things" in first
    page = client.post("/decide/ask/", {"question": QUESTION, "who": str(club.key)})["Location"]
    words = seen(client.get(page))
    for said in (
        f"Everybody who belongs to {club.name}. Each has one vote.",
        "The idea that most of us picked wins.",
        "Only those who belong to it.",
        "It will be done as we decide. Every idea gets an answer within ten days.",
        "Whoever does not use a screen chooses by telephone or on paper.",
    ):
        assert said in words, said
    to = client.post(page, {"options": LINES, "last_day": str(in_days(14)), "budget_pence": ""})["Location"]
    assert "It is open. From now on nobody can change how it is decided." in seen(client.get(to))
    it = fresh(Decision.objects.get())
    assert it.stage == Stage.OPEN and as_told(it) and it.record.audience == "community"
    assert [one.idea.title for one in Option.objects.order_by("n")] == [
        "A day at the sea",
        "A picnic in the park",
        "The farm",
    ]
    assert "Choose now" in seen(cast.resident.client().get(to))
    assert cast.outsider.client().get(to).status_code == 404


def test_a_member_chooses_on_the_same_day_and_the_best_liked_wins(cast: Cast) -> None:
    it = opens(cast, begun(cast))
    assert decisions.is_open_for(it, "vote") and decisions.is_open_for(it, "talk")
    html = cast.resident.client().get(f"/decide/{it.record.key}/choose/").content.decode()
    assert "A picnic in the park" in html
    assert (it.terms.rule, it.terms.winners, it.terms.threshold_pct) == (Rule.APPROVAL, 1, 0)
    assert decisions.answered_by_day(it) == in_days(24)


def test_ideas_come_first_and_the_list_makes_itself_on_the_day_before_people_choose(cast: Cast) -> None:
    it = opens(cast, begun(cast), "A day at the sea", ideas_first=True)
    assert not Option.objects.exists()
    mine = ideas.put_forward(by=cast.resident.actor, decision=it, owner=cast.resident.party, title="The zoo")
    assert ideas.list_due(by=MACHINE) == 0  # ideas still come
    move(it, {"ideas": (-6, -1), "shortlist": (0, 0), "talk": (-6, 7), "vote": (1, 7), "answer": (8, 17)})
    assert ideas.list_due(by=MACHINE) == 1
    assert [one.idea.title for one in Option.objects.order_by("n")] == ["A day at the sea", "The zoo"]
    assert ideas.list_due(by=MACHINE) == 0
    again = ideas.shortlist(by=cast.connector.actor, decision=fresh(it), ideas=[mine], left_out={  # still theirs today
        one.pk: "Too far" for one in it.ideas.exclude(pk=mine.pk)})  # fmt: skip
    assert [one.idea.title for one in again] == ["The zoo"]


def test_a_list_that_nobody_made_leaves_out_what_money_cannot_buy_and_says_why(cast: Cast) -> None:
    it = opens(cast, begun(cast), "Lights, 200", ideas_first=True, budget_pence=40_000)
    for title, cost in (("A bench", None), ("A boat", 90_000)):
        ideas.put_forward(by=cast.resident.actor, decision=it, owner=cast.resident.party, title=title, cost_pence=cost)
    move(it, {"ideas": (-6, -1), "vote": (0, 7), "answer": (8, 17)})
    assert ideas.list_due(by=MACHINE) == 1
    assert [one.idea.title for one in Option.objects.all()] == ["Lights"]
    dropped = dict(it.ideas.filter(state=IdeaState.DROPPED).values_list("title", "state_why"))
    assert dropped == {"A bench": "Nobody said what it costs.", "A boat": "It costs more than there is to share out."}


def test_without_a_list_nobody_takes_part_with_nothing(cast: Cast) -> None:
    it = opens(cast, begun(cast), "", ideas_first=True)
    move(it, {"ideas": (-6, -1), "vote": (0, 7), "answer": (8, 17)})
    page = cast.resident.client().get(f"/decide/{it.record.key}/choose/")
    assert "There is no list to choose from." in seen(page) and "Check my choice" not in seen(page)
    with pytest.raises(Refused, match="no list"):
        cast_for(cast.resident, it)
    assert not Roll.objects.exists()


def test_only_the_machine_makes_a_list_by_itself(cast: Cast) -> None:
    it = opens(cast, begun(cast), "", ideas_first=True)
    with pytest.raises(Refused):
        list_what_stands(by=cast.connector.actor, decision=it)
    assert list_what_stands(by=MACHINE, decision=it) == []  # nothing stands


def test_a_small_sum_is_shared_out_fairly(cast: Cast) -> None:
    it = opens(cast, begun(cast), "A day at the sea, 240\nLights, for the hall, £99.50", budget_pence=40_000)
    assert (it.terms.rule, it.terms.method, it.terms.budget_pence) == (Rule.BUDGET, "equal_shares", 40_000)
    assert list(Option.objects.order_by("n").values_list("cost_pence", flat=True)) == [24_000, 9_950]


def test_one_thing_alone_needs_more_than_half(cast: Cast) -> None:
    assert opens(cast, begun(cast), "Buy a kettle").terms.threshold_pct == 50


def test_about_her_own_life_she_decides(cast: Cast) -> None:
    client = cast.resident.client()
    first = client.get("/decide/ask/").content.decode()
    assert "I do. It is about my own life" in first and "It is bigger" not in first and "checked" in first
    page = client.post("/decide/ask/", {"question": "Where do I live?", "who": str(cast.resident.party.key)})[
        "Location"
    ]
    words = seen(client.get(page))
    assert "You do. Others say what they think." in words and "money to share out" not in words
    client.post(page, {"options": "Here\nNear Tom", "last_day": str(in_days(7))})
    it = fresh(Decision.objects.get())
    assert (it.stage, it.terms.rule, it.record.audience) == (Stage.OPEN, Rule.SUPPORTED, "circle")


# Changing a line


def test_changing_a_line_keeps_what_was_typed_and_what_was_changed(cast: Cast) -> None:
    client, it = cast.connector.client(), begun(cast)
    page = f"/decide/ask/{it.record.key}/"
    step = client.post(page, {"options": LINES, "last_day": str(in_days(9)), "change": "who"})["Location"]
    assert step == f"/decide/new/{it.record.key}/who/?then=small"
    back = client.post(step, {"counted": "list", "least_age": "0", "open_to": "everyone"})["Location"]
    assert back == page
    html = client.get(page).content.decode()
    assert "A picnic in the park" in html and f'value="{in_days(9)}"' in html
    assert "Everybody on a list that we keep" in html and "Everyone." in html
    client.post(page, {"options": LINES, "last_day": str(in_days(9))})
    it = fresh(it)
    assert it.record.audience == "everyone" and decisions.counted_by(it) == "list"


def test_a_rule_and_days_that_were_set_by_their_steps_stay(cast: Cast) -> None:
    client, it = cast.connector.client(), begun(cast)
    base = f"/decide/new/{it.record.key}"
    assert client.post(f"{base}/rule/?then=small", {"rule": "score"})["Location"] == f"/decide/ask/{it.record.key}/"
    to = client.post(f"{base}/days/?then=small", {"template": "few", "first": str(in_days(1))})["Location"]
    assert to.endswith("/days/?then=small")
    it = fresh(it)
    vote = decisions.phase(it, "vote")
    assert vote is not None
    done = opens(cast, it, ideas_first=True, last_day=vote.until)
    assert done.terms.rule == Rule.SCORE
    assert decisions.phase(done, "vote") == vote


# What is refused


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(cast: Cast) -> None:
    client, it = cast.connector.client(), begun(cast)
    page = f"/decide/ask/{it.record.key}/"
    for given, says in (
        ({"options": "", "last_day": str(in_days(3))}, "Write what people can choose from, or ask for ideas first"),
        ({"options": "Bingo", "last_day": "soon"}, "Give a day, like 24 March 2027"),
        ({"options": "Bingo", "last_day": str(in_days(-1))}, "Choose a day that is still to come"),
        ({"options": "Bingo", "last_day": str(in_days(1)), "ideas_first": "on"}, "Leave two days at the least"),
        ({"options": "Bingo\nbingo", "last_day": str(in_days(3))}, "Line 2 says the same as one before it"),
        ({"options": "Bingo", "last_day": str(in_days(3)), "budget_pence": "100"}, "Line 1: write its price"),
        ({"options": "Bingo, 200", "last_day": str(in_days(3)), "budget_pence": "100"}, "Line 1 costs more than"),
        ({"options": "Bingo, 200", "last_day": str(in_days(3)), "budget_pence": "£1,000.01"}, "take all the steps"),
        ({"options": "Bingo", "last_day": str(in_days(3)), "budget_pence": "none"}, "Write a sum, like 400"),
        ({"options": "كيف ننفق؟ 🚌" * 900, "last_day": str(in_days(3))}, "Use fewer letters"),
        ({"options": "x" * 121, "last_day": str(in_days(3))}, "Line 1 is longer than 120 letters"),
        ({"options": "\n".join(map(str, range(31))), "last_day": str(in_days(3))}, "Write 30 lines or fewer"),
    ):
        html = client.post(page, given)
        assert html.status_code == 200 and "There is a problem" in seen(html) and says in seen(html), says
        assert given["options"].split("\n")[0] in html.content.decode()
    assert fresh(it).stage == Stage.DRAFT and not it.ideas.exists()


def test_what_keeps_a_draft_from_opening_is_told_and_nothing_of_it_is_kept(cast: Cast) -> None:
    client, it = cast.connector.client(), begun(cast)
    it.fairness = ""
    it.save()
    html = client.post(f"/decide/ask/{it.record.key}/", {"options": LINES, "last_day": str(in_days(3))})
    assert "Write whom it could be harder for" in seen(html)
    assert fresh(it).stage == Stage.DRAFT and not it.ideas.exists() and not it.phases.exists()


@pytest.mark.parametrize("who", ["resident", "outsider", "councillor"])
def test_nobody_else_begins_or_opens_one(cast: Cast, who: str) -> None:
    it, other = begun(cast), getattr(cast, who)
    with pytest.raises(Refused):
        begun(cast, other)
    with pytest.raises(Refused):
        opens(cast, it, who=other)
    page = f"/decide/ask/{it.record.key}/"
    assert other.client().get(page).status_code == other.client().post(page, {"options": "x"}).status_code == 404


def test_what_is_bigger_takes_the_steps(cast: Cast) -> None:
    client = cast.commissioner.client()
    first = client.get(f"/decide/ask/?for={cast.council.key}")
    assert f"{cast.council.name}, about" not in seen(first)
    to = client.post("/decide/ask/", {"question": QUESTION, "who": "bigger"})["Location"]
    assert to.startswith("/decide/new/?question=Where+shall")
    with pytest.raises(Refused):
        begun(cast, cast.commissioner, cast.council)
    it = opened(cast, cast.connector, cast.lunch_club)
    assert cast.connector.client().get(f"/decide/ask/{it.record.key}/")["Location"] == f"/decide/{it.record.key}/"
    with pytest.raises(Fault):
        opens(cast, it)


def test_pressing_twice_opens_once(cast: Cast) -> None:
    it = begun(cast)
    first = opens(cast, it, key="one-press-of-the-button")
    assert opens(cast, it, key="one-press-of-the-button").pk == first.pk
    assert Option.objects.count() == 3
    with pytest.raises(Fault):
        ideas.lay_out(by=cast.connector.actor, decision=first, rows=rows_of("More"), final=True)


def test_a_draft_is_found_again_by_the_way_it_was_begun(cast: Cast) -> None:
    it, client = begun(cast), cast.connector.client()
    back = f"/decide/ask/{it.record.key}/draft/"
    assert back in client.get("/decide/").content.decode(), "from one's own drafts"
    assert client.get(f"/decide/{it.record.key}/").url == back
    assert client.get(back).url == f"/decide/ask/{it.record.key}/"
    steps = decisions_actions.ask(by=cast.connector.actor, owner=cast.lunch_club, question="A bigger thing?")
    assert client.get(f"/decide/ask/{steps.record.key}/draft/").url.endswith("/check/"), "never set up quickly"
    assert cast.outsider.client().get(back).status_code == 404


def test_a_draft_from_the_steps_can_be_opened_on_one_page(cast: Cast) -> None:
    it, client = begun(cast), cast.connector.client()
    assert f"/decide/ask/{it.record.key}/" in client.get(f"/decide/new/{it.record.key}/check/").content.decode()
    assert [line.step for line in queries.lines(it)] == [
        "who",
        "rule",
        "who",
        "answer",
        "fair",
        "change",
        "change",
        "question",
    ]


def test_somebody_signed_out_is_asked_to_sign_in_first() -> None:
    assert "/sign-in/?next=/decide/ask/" in Client().get("/decide/ask/")["Location"]


@pytest.mark.parametrize(
    ("line", "title", "pence"),
    [
        ("Trip, 1,200", "Trip", 120_000),
        ("Dinner for 4, 200", "Dinner for 4", 20_000),
        ("A, 4, £2.50", "A, 4", 250),
        ("أين نجلس؟ 🪑, 3", "أين نجلس؟ 🪑", 300),
    ],
)
def test_the_price_is_what_stands_behind_the_last_comma(line: str, title: str, pence: int) -> None:
    [row] = rows_of(line, budget_pence=10**6)
    assert (row.title, row.cost_pence) == (title, pence)
    assert rows_of(line)[0].title == line  # without a sum a comma is a comma
