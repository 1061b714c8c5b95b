"""You said, we did: every idea is answered by a day, also those that were dropped; what was done can be seen."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.notices.models import Notice
from alongside.ground.people.actions import join
from alongside.ground.people.models import Role
from alongside.ground.records.actions import leave_for_good
from alongside.ground.thread.queries import led_to
from alongside.planning.answers import actions, queries
from alongside.planning.answers.models import Reply, Saying
from alongside.planning.answers.tasks import nightly
from alongside.planning.decisions.models import Decision
from alongside.planning.decisions.queries import today
from alongside.planning.ideas import actions as ideas
from alongside.planning.ideas.models import Idea
from tests.cast import Cast, Somebody
from tests.planning.deciding import fresh, move
from tests.planning.thinking import NOW_ANSWERING, RTL, for_ideas, idea_of, listed, listing, told
from tests.together import together

pytestmark = pytest.mark.django_db
ANYONE = Actor.anyone()
MACHINE = Actor.system("nightly")
SOON = timedelta(days=60)


@pytest.fixture
def lifts(cast: Cast) -> Idea:
    return idea_of(cast.resident, for_ideas(cast))


def over(idea: Idea, by: Somebody, **fields: Any) -> Idea:
    """The decision has its list, and is in the days for answers."""
    listed(by, listing(idea.decision), idea)
    move(idea.decision, NOW_ANSWERING)
    Decision.objects.filter(pk=idea.decision_id).update(stage="decided", stage_on=today(), **fields)
    return again(idea)


def again(idea: Idea) -> Idea:
    return Idea.objects.select_related("record__owner", "decision__record__owner", "decision__terms").get(pk=idea.pk)


def says(somebody: Somebody, idea: Idea, saying: str = Saying.WILL_DO, **given: Any) -> Reply:
    by_day = today() + SOON if saying in ("will_do", "part") else None
    given = {"words": "Fourteen drivers, from January", "by_day": by_day} | given
    return actions.reply(by=somebody.actor, idea=idea, saying=saying, **given)


def test_an_answer_is_read_by_all_and_told_to_whoever_put_it_forward(cast: Cast, lifts: Idea) -> None:
    lifts = over(lifts, cast.commissioner)
    given = says(cast.commissioner, lifts, key="press")
    [row] = queries.answered(ANYONE, lifts.decision)
    assert row.replies == [given] and given.by == cast.council and row.is_promised and not row.is_late
    notice = Notice.objects.filter(to=cast.resident.party).last()
    assert notice is not None and notice.title == "There is an answer to your idea: Shared lifts"
    assert notice.body == "Fourteen drivers, from January"
    assert lifts.decision.record in [link.dst for link in led_to(ANYONE, lifts.record)]
    assert says(cast.commissioner, lifts, key="press") is None  # pressed twice, said once
    assert Reply.objects.count() == 1


def test_what_was_dropped_is_answered_too_before_anybody_votes(cast: Cast, lifts: Idea) -> None:
    with pytest.raises(Fault, match="still being decided"):
        says(cast.commissioner, lifts, "cannot")
    ideas.drop(by=cast.commissioner.actor, idea=lifts, why="No insurer")
    says(cast.commissioner, again(lifts), "cannot", words="No insurer takes it on. Ring us if you know one.")
    [row] = queries.answered(ANYONE, lifts.decision)
    assert row.last is not None and row.last.saying == Saying.CANNOT


def test_what_was_joined_is_answered_with_what_it_was_joined_with_and_both_hear(cast: Cast, lifts: Idea) -> None:
    cars = idea_of(cast.neighbour, lifts.decision, "Share a car")
    ideas.merge(by=cast.neighbour.actor, idea=cars, into=lifts, why="Alike")
    lifts = over(lifts, cast.commissioner)
    given = says(cast.commissioner, lifts)
    assert queries.answered_one(ANYONE, again(cars)).replies == [given]
    assert told(cast.neighbour)[-1] == "There is an answer to your idea: Share a car"
    assert not [row for row in queries.answered(ANYONE, lifts.decision) if row.is_late]
    with pytest.raises(Fault):
        says(cast.commissioner, again(cars))


@pytest.mark.parametrize(
    ("saying", "given", "field"),
    [
        ("maybe", {}, "saying"),
        ("will_do", {"words": " "}, "words"),
        ("cannot", {"words": ""}, "words"),
        ("cannot", {"words": RTL}, "words"),
        ("will_do", {"by_day": None}, "by_day"),
        ("part", {"by_day": today() - timedelta(days=1)}, "by_day"),
        ("done", {"done_on": today() + timedelta(days=2)}, "done_on"),
        ("done", {"evidence": "x" * 501}, "evidence"),
    ],
)
def test_what_cannot_be_said_says_which_field(
    cast: Cast, lifts: Idea, saying: str, given: dict[str, Any], field: str
) -> None:
    lifts = over(lifts, cast.commissioner)
    with pytest.raises(Fault) as fault:
        says(cast.commissioner, lifts, saying, **given)
    assert fault.value.field == field and not Reply.objects.exists()


def test_only_those_who_must_answer_do(cast: Cast, lifts: Idea) -> None:
    agency = cast.agency
    lifts = over(lifts, cast.commissioner, answered_by=agency)
    for stranger in (cast.outsider, cast.resident, cast.councillor, cast.commissioner):
        with pytest.raises(Refused):
            says(stranger, lifts)
    assert says(cast.supplier, lifts).by == agency
    buyer = cast.person("Bea Buyer")
    join(by=MACHINE, member=buyer.party, of=agency, role=Role.COMMISSIONER)
    assert says(buyer, lifts, "done").by == agency
    with pytest.raises(Refused):  # nor by way of helping them with their own page
        actions.reply(by=cast.carer.helps(buyer), idea=lifts, saying="done", words="Done")


def test_answers_are_added_and_never_changed_and_the_last_one_stands(cast: Cast, lifts: Idea) -> None:
    lifts = over(lifts, cast.commissioner)
    says(cast.commissioner, lifts, "later", words="Not this year")
    says(cast.commissioner, lifts)
    row = queries.answered_one(ANYONE, lifts)
    assert [one.saying for one in row.replies] == ["later", "will_do"]
    assert row.last is not None and (row.last.n, row.last.saying) == (2, "will_do")


def test_two_who_answer_at_once_stand_one_after_the_other(live_cast: Cast) -> None:
    idea = over(idea_of(live_cast.resident, for_ideas(live_cast)), live_cast.commissioner)
    said = together(*[lambda: says(live_cast.commissioner, idea, "cannot").n] * 3)
    assert sorted(said) == [1, 2, 3]


# What was done


def test_what_was_done_is_shown_with_where_to_see_it(cast: Cast, lifts: Idea) -> None:
    lifts = over(lifts, cast.commissioner)
    says(cast.commissioner, lifts)
    actions.follow_up(by=cast.commissioner.actor, idea=lifts, words="Nine drivers so far", percent=60)
    row = queries.answered_one(ANYONE, lifts)
    assert row.last is not None and (row.last.percent, row.last.saying) == (60, "will_do")
    with pytest.raises(Fault) as fault:
        actions.follow_up(by=cast.commissioner.actor, idea=lifts, words="All of it", percent=100)
    assert fault.value.field == "evidence"
    done = actions.follow_up(
        by=cast.commissioner.actor, idea=lifts, words="All of it", percent=100, evidence="Come to the market on Fridays"
    )
    assert (done.saying, done.done_on, done.by_day) == (Saying.DONE, today(), None)
    assert queries.answered_one(ANYONE, lifts).is_done


def test_those_who_do_it_say_how_far_it_is_and_promise_nothing(cast: Cast, lifts: Idea) -> None:
    club = cast.lunch_club
    ideas.say_who(by=cast.commissioner.actor, idea=lifts, run_by=club, unpaid=True)
    lifts = over(lifts, cast.commissioner)
    with pytest.raises(Fault, match="Nothing was promised"):
        actions.follow_up(by=cast.connector.actor, idea=lifts, words="Half", percent=50)
    says(cast.commissioner, lifts)
    assert actions.follow_up(by=cast.connector.actor, idea=lifts, words="Half", percent=50).by == club
    with pytest.raises(Refused):
        says(cast.connector, lifts)
    with pytest.raises(Refused):
        actions.follow_up(by=cast.resident.actor, idea=lifts, words="Half", percent=50)
    for percent in (-1, 101):
        with pytest.raises(Fault):
            actions.follow_up(by=cast.connector.actor, idea=lifts, words="More", percent=percent)


# Late


def test_what_is_late_stands_first_and_says_so(cast: Cast, lifts: Idea) -> None:
    benches = idea_of(cast.neighbour, lifts.decision, "Benches")
    listed(cast.commissioner, listing(lifts.decision), lifts, benches)
    move(lifts.decision, NOW_ANSWERING)
    Decision.objects.update(stage="decided", stage_on=today(), answer_by=today() - timedelta(days=3))
    says(cast.commissioner, again(lifts))
    rows = queries.answered(ANYONE, fresh(lifts.decision))
    assert [(row.idea.title, row.is_late) for row in rows] == [("Benches", True), ("Shared lifts", False)]
    Reply.objects.update(by_day=today() - timedelta(days=1))
    assert queries.answered_one(ANYONE, again(lifts)).is_overdue
    [row] = queries.came_of_it(ANYONE)
    assert (row.ideas, row.answered, row.late, row.doing, row.done) == (2, 1, 2, 1, 0)
    assert queries.came_of_it(ANYONE, "late") and not queries.came_of_it(ANYONE, "done")


def test_the_late_ones_stand_before_the_newest(cast: Cast) -> None:
    for days, question in ((40, "Old and late?"), (1, "New and answered?")):
        idea = idea_of(cast.resident, for_ideas(cast, question=question))
        idea = over(idea, cast.commissioner)
        due = today() - timedelta(days=2) if days == 40 else today() + SOON
        Decision.objects.filter(pk=idea.decision_id).update(stage_on=today() - timedelta(days=days), answer_by=due)
    assert [row.decision.question for row in queries.came_of_it(ANYONE)] == ["Old and late?", "New and answered?"]


def test_nothing_of_a_decision_that_is_not_theirs_shows(cast: Cast) -> None:
    from tests.planning.deciding import opened

    own = opened(cast, cast.resident, question="How shall I spend my days?")
    idea_of(cast.resident, own)
    Decision.objects.update(stage="decided", stage_on=today())
    assert queries.came_of_it(ANYONE) == [] == queries.came_of_it(cast.outsider.actor)
    assert [row.decision for row in queries.came_of_it(cast.resident.actor)] == [own]
    assert queries.answered(cast.outsider.actor, fresh(own)) == []


def test_who_must_answer_is_told_a_week_before_and_while_it_is_late_each_once(cast: Cast, lifts: Idea) -> None:
    over(lifts, cast.commissioner, answered_by=cast.agency, answer_by=today() + timedelta(days=5))
    assert nightly.call() == {"answers": 1, "calls": 0}
    actions.tend(by=MACHINE)
    assert [title for title in told(cast.agency) if "soon" in title] == [
        "Answers are due soon: How shall we spend £24,000 on getting out and about?"
    ]
    Decision.objects.update(answer_by=today() - timedelta(days=3))
    for _night in range(2):
        actions.tend(by=MACHINE)
    late = "Answers are late: How shall we spend £24,000 on getting out and about?"
    assert told(cast.agency).count(late) == told(cast.council).count(late) == 1
    Decision.objects.update(answer_by=today() - timedelta(days=40))
    actions.tend(by=MACHINE)
    assert told(cast.agency).count(late) == 2
    notice = Notice.objects.filter(to=cast.agency).last()
    assert notice is not None and "Ideas without an answer: 1." in notice.body


def test_nobody_is_reminded_of_what_is_answered_or_not_due(cast: Cast, lifts: Idea) -> None:
    lifts = over(lifts, cast.commissioner)
    assert actions.tend(by=MACHINE) == {"answers": 0, "calls": 0}
    says(cast.commissioner, lifts)
    Decision.objects.update(answer_by=today() - timedelta(days=3))
    assert actions.tend(by=MACHINE) == {"answers": 0, "calls": 0}
    with pytest.raises(Refused):
        actions.tend(by=cast.commissioner.actor)


def test_what_nobody_has_looked_at_is_not_counted_as_waiting(cast: Cast, lifts: Idea) -> None:
    somebody, _token = cast.passer_by
    idea_of(somebody, lifts.decision, "Buy soap")
    ideas.take_back(by=cast.resident.actor, idea=lifts)
    Decision.objects.update(answer_by=today() - timedelta(days=3))
    assert queries.waiting(today()) == []


def test_an_answer_reaches_nobody_who_has_left_and_stays(cast: Cast, lifts: Idea) -> None:
    lifts = over(lifts, cast.commissioner)
    says(cast.commissioner, lifts)
    leave_for_good(by=cast.resident.actor, party=cast.resident.party)
    says(cast.commissioner, again(lifts), "done", words="Done")
    row = queries.answered_one(ANYONE, again(lifts))
    assert [one.saying for one in row.replies] == ["will_do", "done"]
    assert not Notice.objects.filter(to=cast.resident.party).exists()
