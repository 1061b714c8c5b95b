"""Councillors hold no vote. They open doors, call for an answer by a day, bring people together, and declare."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event
from alongside.planning.answers import actions, queries
from alongside.planning.answers.models import Act
from alongside.planning.decisions.models import Decision
from alongside.planning.decisions.queries import today
from alongside.planning.ideas.queries import group_called
from tests.cast import Cast
from tests.planning.deciding import draft, opened
from tests.planning.thinking import FOR_IDEAS, RTL, for_ideas, told

pytestmark = pytest.mark.django_db
BEGINS_WITH = FOR_IDEAS
ANYONE = Actor.anyone()
MACHINE = Actor.system("nightly")
SOON = timedelta(days=14)


@pytest.fixture
def decision(cast: Cast) -> Decision:
    return for_ideas(cast)


def acts(cast: Cast, decision: Decision, kind: str = "call", **given: Any) -> Act:
    call = {"to": cast.agency, "due": today() + SOON} if kind == "call" else {}
    given = {"words": "Will the depot open at weekends?"} | call | given
    return actions.act(by=cast.councillor.actor, decision=decision, kind=kind, **given)


@pytest.mark.parametrize("kind", ["door", "mediate", "declare"])
def test_what_a_councillor_does_stands_on_the_decision_with_their_name(
    cast: Cast, decision: Decision, kind: str
) -> None:
    made = acts(cast, decision, kind, words="The bus company will meet you on 4 May")
    assert queries.acts(ANYONE, decision) == [made]
    assert (made.by, made.to, made.due) == (cast.councillor.party, None, None)
    assert told(cast.council) == ["A councillor did something for your decision"]
    assert "4 May" not in str(Event.objects.values_list())


def test_a_call_is_told_answered_in_public_and_stays(cast: Cast, decision: Decision) -> None:
    made = acts(cast, decision)
    assert told(cast.agency)[0].startswith("A councillor asks you to answer by")
    for stranger in (cast.outsider, cast.councillor, cast.commissioner, cast.resident):
        with pytest.raises(Refused):
            actions.answer_call(by=stranger.actor, act=made, words="No")
    with pytest.raises(Fault):
        actions.answer_call(by=cast.supplier.actor, act=made, words=" ")
    actions.answer_call(by=cast.supplier.actor, act=made, words="Yes, from May")
    assert told(cast.councillor) == ["They answered your call"]
    with pytest.raises(Fault, match="answered by now"):
        actions.answer_call(by=cast.supplier.actor, act=made, words="No, after all")
    [shown] = queries.acts(ANYONE, decision)
    assert (shown.answer, shown.answered_on) == ("Yes, from May", today())


@pytest.mark.parametrize("who", ["resident", "commissioner", "coordinator", "supplier", "outsider"])
def test_only_a_councillor_acts_as_one(cast: Cast, decision: Decision, who: str) -> None:
    with pytest.raises(Refused):
        actions.act(by=getattr(cast, who).actor, decision=decision, kind="door", words="I opened it")


def test_helping_a_councillor_makes_nobody_one(cast: Cast, decision: Decision) -> None:
    with pytest.raises(Refused):
        actions.act(by=cast.carer.helps(cast.councillor), decision=decision, kind="door", words="I opened it")


@pytest.mark.parametrize(
    ("kind", "given", "field"),
    [
        ("vote", {}, "kind"),
        ("door", {"words": " "}, "words"),
        ("door", {"words": RTL}, "words"),
        ("call", {"to": None}, "to"),
        ("call", {"due": None}, "due"),
        ("call", {"due": today() - timedelta(days=1)}, "due"),
    ],
)
def test_what_cannot_be_kept_says_which_field(
    cast: Cast, decision: Decision, kind: str, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(Fault) as fault:
        acts(cast, decision, kind, **given)
    assert fault.value.field == field and not Act.objects.exists()


def test_no_person_and_no_community_is_called_on(cast: Cast, decision: Decision) -> None:
    for party in (cast.resident.party, cast.lunch_club):
        with pytest.raises(Fault):
            acts(cast, decision, to=party)


def test_nothing_is_done_for_a_draft_or_for_what_a_councillor_cannot_see(cast: Cast) -> None:
    own = opened(cast, cast.resident, question="How shall I spend my days?")
    for unseen in (own, draft(cast)):
        with pytest.raises(Refused):
            acts(cast, unseen, "door")
    assert queries.acts(cast.councillor.actor, own) == []


def test_a_call_that_waits_is_spoken_of_before_and_after_its_day(cast: Cast, decision: Decision) -> None:
    acts(cast, decision, due=today() + timedelta(days=6))
    for _night in range(2):
        actions.tend(by=MACHINE)
    assert told(cast.agency)[1:] == ["Your answer to a councillor is due soon"]
    Act.objects.update(due=today() - timedelta(days=2))
    for _night in range(2):
        actions.tend(by=MACHINE)
    assert told(cast.agency)[2:] == ["Your answer to a councillor is late"]
    actions.answer_call(by=cast.supplier.actor, act=Act.objects.get(), words="Yes")
    assert queries.calls_waiting(today()) == []


@pytest.mark.usefixtures("nobody_yet")
def test_an_organisation_is_found_by_its_whole_name_and_a_person_never(cast: Cast) -> None:
    assert group_called(cast.agency.name, organisations=True) == cast.agency
    assert group_called("  brightside   SUPPORT ", organisations=True) == cast.agency
    assert group_called(cast.resident.party.name, organisations=True) is None
    assert group_called(cast.lunch_club.name, organisations=True) is None
    assert group_called(cast.lunch_club.name) == cast.lunch_club


def test_one_act_is_found_on_its_own_decision(cast: Cast, decision: Decision) -> None:
    made = acts(cast, decision)
    assert queries.act(ANYONE, decision, made.key) == made
    assert queries.act(ANYONE, for_ideas(cast), made.key) is None
