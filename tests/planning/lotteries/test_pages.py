"""Pages of panels by lot, as people meet them: nothing typed is lost, no name is shown, two presses are one draw."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.ground.history.actor import Actor
from alongside.ground.notices.models import Notice
from alongside.ground.records.actions import open_record
from alongside.planning.decisions.models import Decision
from alongside.planning.decisions.queries import decisions
from alongside.planning.lotteries import actions, queries
from alongside.planning.lotteries.models import Draw, Lottery, LotteryGroup, PanelSeat, PoolPlace
from alongside.planning.lotteries.panels import sitting, taking_part
from alongside.planning.lotteries.work_models import LotteryWork
from tests.cast import Cast, Somebody
from tests.planning.lotteries.panels import (
    MACHINE,
    days_pass,
    drawn,
    for_the_area,
    given,
    on_it,
    opened,
    pool,
    ready,
    says_yes,
)
from tests.planning.pages import words_of
from tests.together import together

pytestmark = pytest.mark.django_db


def at(lottery: Lottery, rest: str = "") -> str:
    return f"/panels/{lottery.record.key}/{rest}"


def plain_form(**changes: Any) -> dict[str, Any]:
    fields = {name: value for name, value in given(**changes).items() if value is not False}
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in fields.items()}


GROUPS = {
    "question-1": "Where?",
    "group-1": "East",
    "least-1": "1",
    "most-1": "3",
    "question-2": "",
    "group-2": "West",
    "least-2": "1",
    "most-2": "3",
}


def test_a_panel_is_written_grouped_and_started_in_a_plain_form(cast: Cast) -> None:
    client = cast.commissioner.client()
    page = client.post("/panels/new/", plain_form(key="once"), follow=True)
    assert "Which groups the panel needs" in words_of(page)
    client.post("/panels/new/", plain_form(key="once"))
    lottery = Lottery.objects.get()
    assert "Start it" not in words_of(client.get(at(lottery, "run/")))
    wrong = client.post(at(lottery, "run/groups/"), GROUPS | {"least-2": "some"})
    assert "Line 2: Give the least and the most places as numbers" in words_of(wrong)
    assert b'value="some"' in wrong.content and b'value="East"' in wrong.content, "nothing typed is lost"
    more = client.post(at(lottery, "run/groups/"), GROUPS | {"do": "more"})
    assert b'name="question-8"' in more.content and not LotteryGroup.objects.exists()
    assert "Start it" in words_of(client.post(at(lottery, "run/groups/"), GROUPS, follow=True))
    client.post(at(lottery, "run/do/"), {"do": "start"})
    assert queries.lottery(Actor.anyone(), lottery.record.key) == lottery


def test_what_cannot_be_stands_by_its_field_with_what_was_typed(cast: Cast) -> None:
    client = cast.commissioner.client()
    today = timezone.localdate()
    page = client.post("/panels/new/", plain_form(join_until=today - timedelta(days=1), title="Getting about"))
    assert "Choose a day that is still to come" in words_of(page) and b'value="Getting about"' in page.content
    page = client.post("/panels/new/", plain_form(size="many", support=""))
    assert "Choose from 2 to 500 people" in words_of(page) and "how people are paid" in words_of(page)
    assert not Lottery.objects.exists()


def test_a_sheet_is_tried_first_and_kept_when_told_to(cast: Cast) -> None:
    lottery, client = for_the_area(cast, started=False), cast.commissioner.client()
    sheet = "question;group;least;most\nHow?;On foot;1;3\n;By bus;1;3\n"
    tried = client.post(at(lottery, "run/sheet/"), {"sheet": sheet})
    assert "On foot: at least 1, at most 3" in words_of(tried) and not lottery.questions.filter(words="How?").exists()
    client.post(at(lottery, "run/sheet/"), {"sheet": sheet, "do": "keep"})
    assert [one.words for one in lottery.questions.all()] == ["How?"]
    wrong = words_of(client.post(at(lottery, "run/sheet/"), {"sheet": sheet + ";By bus;1;3\n", "do": "keep"}))
    assert "Line 4: “By bus” stands twice" in wrong


def test_pages_of_those_who_run_it_are_shut_to_all_others(cast: Cast) -> None:
    lottery = for_the_area(cast)
    for who in (cast.resident, cast.outsider, cast.councillor, cast.connector):
        for rest in ("run/", "run/words/", "run/groups/", "run/sheet/", "run/names/"):
            assert who.client().get(at(lottery, rest)).status_code == 403, rest
        assert who.client().post(at(lottery, "run/do/"), {"do": "draw"}).status_code == 403
        assert who.client().get("/panels/new/").status_code == 403
    assert cast.commissioner.client(second_factor=False).get(at(lottery, "run/")).status_code == 302


def test_a_draft_is_not_found_by_others(cast: Cast) -> None:
    lottery = for_the_area(cast, started=False)
    assert cast.resident.client().get(at(lottery)).status_code == 404
    assert "Getting about" not in words_of(Client().get("/panels/"))
    assert "Getting about" in words_of(cast.commissioner.client().get("/panels/"))


def test_somebody_says_yes_on_a_page_and_sees_what_they_said(cast: Cast) -> None:
    lottery, client = for_the_area(cast), cast.resident.client()
    east = LotteryGroup.objects.get(words="East")
    asked = lottery.questions.all()
    form = {f"q{asked[0].pk}": east.pk, f"q{asked[1].pk}": "unsaid", "old_enough": "on", "home": "4, TF1"}
    page = client.post(at(lottery, "yes/"), form)
    assert "Nobody is drawn without saying yes" in words_of(page) and b"checked" in page.content
    said = words_of(client.post(at(lottery, "yes/"), form | {"agreed": "on"}, follow=True))
    assert "Where do you live? East" in said and "You would rather not say" in said
    assert "Panels you said yes to" in words_of(client.get("/my-page/"))
    again = client.get(at(lottery, "yes/"))
    assert "Change what you said" in words_of(again) and b"checked" in again.content
    assert "Getting about" in words_of(client.post(at(lottery, "leave/"), follow=True))
    assert not PoolPlace.objects.exists() and client.get(at(lottery, "mine/")).status_code == 404


def test_nobody_reads_anothers_place_or_says_yes_without_signing_in(cast: Cast) -> None:
    lottery = for_the_area(cast)
    says_yes(cast.resident, lottery)
    for who in (cast.outsider, cast.commissioner):
        assert who.client().get(at(lottery, "mine/")).status_code == 404
        assert who.client().post(at(lottery, "leave/")).status_code == 404
        assert who.client().post(at(lottery, "seat/"), {"yes": "yes"}).status_code == 404
    assert Client().get(at(lottery, "yes/")).status_code == 302
    community = opened(cast.connector, cast.lunch_club)
    assert cast.outsider.client().get(at(community, "yes/")).status_code == 403


def test_while_it_is_worked_out_the_page_says_how_far_it_is_without_scripts(cast: Cast) -> None:
    lottery = for_the_area(cast)
    work = LotteryWork.objects.create(lottery=lottery, state="going", rounds=34, found=61_234, bound=70_000)
    days_pass(lottery)
    for client, rest in ((cast.commissioner.client(), "run/"), (Client(), "")):
        assert client.get(at(lottery, rest))["Refresh"] == "4"
    said = words_of(cast.commissioner.client().get(at(lottery, "run/")))
    assert "34 panels tried so far. The smallest chance is 61.2 in 1,000, and can be no more than 70.0." in said
    assert "Begin again" not in said
    LotteryWork.objects.filter(pk=work.pk).update(heard=timezone.now() - timedelta(minutes=11))
    assert "Begin again" in words_of(cast.commissioner.client().get(at(lottery, "run/")))
    cast.commissioner.client().post(at(lottery, "run/do/"), {"do": "stop"})
    assert "Refresh" not in cast.commissioner.client().get(at(lottery, "run/"))


def test_the_worker_is_sent_for_and_a_break_is_told(
    cast: Cast, monkeypatch: Any, django_capture_on_commit_callbacks: Any
) -> None:
    lottery, client = for_the_area(cast), cast.commissioner.client()
    pool(cast, lottery)
    days_pass(lottery)

    def breaks(*_args: Any, **_rest: Any) -> None:
        raise ArithmeticError("the solver stopped")

    with monkeypatch.context() as patched, django_capture_on_commit_callbacks(execute=True):
        patched.setattr("alongside.planning.lotteries.working.fairest", breaks)
        client.post(at(lottery, "run/do/"), {"do": "begin"})
    assert "It broke off. Nothing is lost." in words_of(client.get(at(lottery, "run/")))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(at(lottery, "run/do/"), {"do": "begin"})
    assert "Draw the panel" in words_of(client.get(at(lottery, "run/")))


def test_what_is_too_tight_is_told_and_changed_with_one_press(cast: Cast) -> None:
    lottery, client = for_the_area(cast), cast.commissioner.client()
    for n in range(6):
        says_yes(cast.person(f"Young {n}"), lottery, n % 2, 0)
    days_pass(lottery)
    begun = actions.begin(by=cast.commissioner.actor, lottery=lottery)
    actions.work_out(by=MACHINE, key=begun.key)
    said = words_of(client.get(at(lottery, "run/")))
    assert "“How old are you?: 40 or over” asks for at least 1. Too few of those who said yes fit." in said
    assert "“How old are you?: Under 40”: 1 to 4 places, and not 1 to 3." in said
    client.post(at(lottery, "run/do/"), {"do": "way-0"})
    assert "(was 1 to 3)" in words_of(Client().get(at(lottery)))
    assert client.post(at(lottery, "run/do/"), {"do": "way-x"}).status_code == 404
    assert client.post(at(lottery, "run/do/"), {"do": "burn"}).status_code == 404


def test_the_public_page_shows_the_draw_and_no_name(cast: Cast) -> None:
    lottery, panel = drawn(cast, many=30)
    actions.answer_seat(by=Actor(person=panel[0].person), place=panel[0], yes=True)
    page = Client().get(at(lottery))
    said = words_of(page)
    draw = Draw.objects.get()
    assert f"panel number {draw.number} ." in said and draw.fingerprint in said and draw.seed in said
    assert f"{draw.least_on} in 1,000" in said and "How many people have which chance" in said
    for place in PoolPlace.objects.select_related("person"):
        assert place.person.name not in said and place.code not in said
    command = re.search(r"import hashlib; print\((.+?)\)</code>", page.content.decode())
    assert command is not None
    sums = command[1].replace("&#x27;", "'")
    assert eval(sums, {"hashlib": __import__("hashlib")}) == draw.number, "the line that is shown gives the number"


def test_a_seed_with_quotes_makes_no_other_command_of_the_line(cast: Cast) -> None:
    lottery, _people = ready(cast, seed_way="public", seed_words="the fair")
    given = {"do": "draw", "seed": "'); import os; print('<b>x</b> 🙂 مرحبا"}
    page = cast.commissioner.client().post(at(lottery, "run/do/"), given)
    assert "nothing but the numbers" in words_of(page) and b"<b>x</b>" not in page.content
    assert Draw.objects.get().seed == ""


def test_numbers_of_the_public_are_asked_for_and_said_when_missing(cast: Cast) -> None:
    lottery, _people = ready(cast, seed_way="balls", seed_words="At the library")
    client = cast.commissioner.client()
    page = client.post(at(lottery, "run/do/"), {"do": "draw", "seed": "4210"})
    assert "from 0 to 999" in words_of(page) and b'value="4210"' in page.content
    client.post(at(lottery, "run/do/"), {"do": "draw", "seed": "421"})
    assert Draw.objects.get().number == 421


def test_those_drawn_answer_on_their_page(cast: Cast) -> None:
    lottery, panel = drawn(cast)
    first, second = (Somebody(place.person).client() for place in panel[:2])
    assert "You have been drawn. Say yes or no." in words_of(first.get("/my-page/"))
    assert "You said yes. You are on the panel." in words_of(
        first.post(at(lottery, "seat/"), {"yes": "yes"}, follow=True)
    )
    assert "Somebody else gets the place." in words_of(second.post(at(lottery, "seat/"), {"yes": "no"}, follow=True))
    again = words_of(second.post(at(lottery, "seat/"), {"yes": "yes"}, follow=True))
    assert "Your place has gone to somebody else" in again
    rest = PoolPlace.objects.filter(lottery=lottery, seat=None).first()
    assert rest is not None
    said = words_of(Somebody(rest.person).client().get(at(lottery, "mine/")))
    assert "You were not drawn this time" in said and "of the 1,000 panels" in said


def test_whoever_opened_it_reads_names_once_somebody_said_yes(cast: Cast) -> None:
    lottery, panel = drawn(cast)
    client = cast.commissioner.client()
    assert panel[0].person.name not in words_of(client.get(at(lottery, "run/names/")))
    actions.answer_seat(by=Actor(person=panel[0].person), place=panel[0], yes=True)
    assert panel[0].person.name in words_of(client.get(at(lottery, "run/names/")))
    looks = words_of(Somebody(panel[0].person).client().get("/me/who-looked/"))
    assert "Grace Adeyemi" in looks


def test_free_places_are_filled_from_the_page(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    lottery, panel = drawn(cast)
    client = cast.commissioner.client()
    assert "Draw others" not in words_of(client.get(at(lottery, "run/")))
    actions.answer_seat(by=Actor(person=panel[0].person), place=panel[0], yes=False)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(at(lottery, "run/do/"), {"do": "fill"})
    assert len(on_it(lottery)) == 5
    assert "Free places, draw 1" in words_of(Client().get(at(lottery)))
    assert "No place is free" in words_of(client.post(at(lottery, "run/do/"), {"do": "fill"}, follow=True))


def test_more_days_are_given_on_the_page(cast: Cast) -> None:
    lottery, client = for_the_area(cast), cast.commissioner.client()
    days_pass(lottery)
    assert "Give a day" in words_of(client.post(at(lottery, "run/do/"), {"do": "later", "join_until": "soon"}))
    past = (timezone.localdate() - timedelta(days=3)).isoformat()
    assert "after the last one" in words_of(client.post(at(lottery, "run/do/"), {"do": "later", "join_until": past}))
    day = timezone.localdate() + timedelta(days=5)
    client.post(at(lottery, "run/do/"), {"do": "later", "join_until": day.isoformat()})
    assert Lottery.objects.get().join_until == day


def test_a_helper_types_in_papers_one_after_the_other(cast: Cast) -> None:
    lottery = for_the_area(cast)
    client, asked = cast.coordinator.client(), lottery.questions.all()
    form = {
        "name": "Ivy Cole",
        "address": "9 Mill Street",
        "contact_by": "letter",
        "word": "bramble jelly",
        f"q{asked[0].pk}": LotteryGroup.objects.get(words="West").pk,
        f"q{asked[1].pk}": "unsaid",
        "old_enough": "on",
        "agreed": "on",
        "key": "one",
    }
    missing = client.post(at(lottery, "paper/"), form | {"word": ""})
    assert "Enter the word they chose" in words_of(missing) and b"Ivy Cole" in missing.content
    for _press in range(2):
        assert "It is typed in." in words_of(client.post(at(lottery, "paper/"), form, follow=True))
    assert PoolPlace.objects.get().person.name == "Ivy Cole"
    assert cast.commissioner.client().get(at(lottery, "paper/")).status_code == 403


def test_a_panel_names_the_decision_it_takes_part_in(cast: Cast) -> None:
    record = open_record(by=MACHINE, kind="decision", owner=cast.council, audience="everyone")
    decision = Decision.objects.create(record=record, stage="open", question="How shall we get about?")
    assert decision in decisions(cast.commissioner.actor)
    client = cast.commissioner.client()
    page = client.get("/panels/new/")
    assert "How shall we get about?" in words_of(page)
    client.post("/panels/new/", plain_form(decision=str(decision.record.key), title="With a decision"))
    lottery = Lottery.objects.get(title="With a decision")
    assert lottery.decision == decision
    assert "How shall we get about?" in words_of(client.get(at(lottery)))


def test_whoever_sits_on_a_panel_finds_its_decision_and_nobody_else_sees_that_they_do(cast: Cast) -> None:
    record = open_record(by=MACHINE, kind="decision", owner=cast.council, audience="everyone")
    decision = Decision.objects.create(record=record, stage="open", question="How shall we get about?")
    lottery, panel = drawn(cast)
    Lottery.objects.filter(pk=lottery.pk).update(decision=decision)
    actions.answer_seat(by=Actor(person=panel[0].person), place=panel[0], yes=True)
    sits, asked = Somebody(panel[0].person).client(), Somebody(panel[1].person).client()
    for page in (sits.get(at(lottery, "mine/")), sits.get(reverse("plans:my_page"), follow=True)):
        assert "It takes part in: How shall we get about?" in words_of(page)
    panels = [
        hung["mine"] for viewer in (panel[0], panel[1]) if (hung := sitting(Actor(person=viewer.person), decision))
    ]
    assert panels == [[lottery]]  # whoever did not answer sees none of it
    for viewer in (cast.commissioner.actor, Actor()):
        assert sitting(viewer, decision) is None and taking_part(viewer, decision)["lotteries"] == [lottery]
    assert "It takes part in" not in words_of(asked.get(at(lottery, "mine/")))
    type(record).objects.filter(pk=record.pk).update(audience="me")
    assert "How shall we get about?" not in words_of(sits.get(at(lottery, "mine/")))
    assert sitting(Actor(), Decision(pk=0)) is None and taking_part(Actor(), Decision(pk=0)) is None


@pytest.mark.django_db(transaction=True)
def test_two_who_press_draw_at_the_same_moment_have_one_draw(live_cast: Cast) -> None:
    lottery, _people = ready(live_cast)
    client = live_cast.commissioner.client()

    def press() -> int:
        window = Client()
        window.cookies = client.cookies
        return window.post(at(lottery, "run/do/"), {"do": "draw"}).status_code

    assert together(press, press) == [302, 302]
    assert Draw.objects.count() == 1 and PanelSeat.objects.count() == 4
    assert Notice.objects.filter(title="You have been drawn for a panel").count() == 4
