"""A helper wrote a choice down: it is known which, the person is told after the vote, and can say "this was not me"."""

from __future__ import annotations

import re
from typing import Any

import pytest

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor, Source
from alongside.ground.history.models import Event
from alongside.ground.notices.models import Notice
from alongside.ground.people import actions as people
from alongside.ground.people.models import BasisKind
from alongside.planning.ballots.models import Ballot
from alongside.planning.ballots.queries import counted
from alongside.planning.decisions.models import Decision
from alongside.planning.papers.queries import reconciliation
from alongside.planning.results import actions as results
from alongside.planning.results import panels
from alongside.planning.rolls import actions, queries
from alongside.planning.rolls.models import Roll
from tests.cast import Cast, Somebody
from tests.planning.ballots.box import A_VOTE, cast_for, closed, voting

pytestmark = pytest.mark.django_db
BEGINS_WITH = A_VOTE
MACHINE = Actor.system("test")


def helped(cast: Cast, decision: Decision, *numbers: int, source: str = Source.TELEPHONE, **given: Any) -> Actor:
    """The carer writes down what the resident chooses, by telephone."""
    by = cast.carer.helps(cast.resident).by_way_of(source)
    cast_for(cast.resident, decision, *numbers, by=by, **given)
    return by


def address(decision: Decision, rest: str) -> str:
    return f"/decide/{decision.record.key}/{rest}/"


def told(somebody: Somebody) -> list[Notice]:
    return list(Notice.objects.filter(to=somebody.party, title__contains="wrote a choice down"))


def test_the_roll_says_who_wrote_it_down_how_and_on_which_day(cast: Cast) -> None:
    decision = voting(cast)
    helped(cast, decision, 1, source=Source.VISIT)
    roll = Roll.objects.get()
    assert (roll.helper, roll.helped_by, roll.channel) == (cast.carer.party, "visit", "screen")
    assert len(str(roll.day)) == len("2026-11-22")
    cast_for(cast.neighbour, decision, 2)
    assert Roll.objects.get(seat__party=cast.neighbour.party).helper is None


def test_a_helper_who_changes_a_choice_with_its_receipt_is_on_the_roll_too_and_the_first_one_stays(cast: Cast) -> None:
    decision = voting(cast)
    receipt = cast_for(cast.resident, decision, 1).receipt
    with pytest.raises(Refused):
        helped(cast, decision, 2)
    assert Roll.objects.get().helper is None, "nothing was changed, so nothing is noted"
    helped(cast, decision, 2, receipt=receipt)
    by = cast.connector.helps(cast.resident)
    cast_for(cast.resident, decision, 3, by=by, receipt=receipt)
    assert (Roll.objects.get().helper, Roll.objects.get().helped_by) == (cast.carer.party, "telephone")


def test_the_person_is_told_when_the_box_is_closed_and_not_before(cast: Cast) -> None:
    decision = voting(cast)
    helped(cast, decision, 1)
    assert not told(cast.resident)
    decision = closed(decision, cast.commissioner)
    (notice,) = told(cast.resident)
    for words in (cast.carer.party.name, "by telephone", "This was not me", decision.question):
        assert words in notice.title + notice.body
    assert not re.search(r"\d:\d", notice.body), "no time of day"
    assert notice.link == address(decision, "not-me")


def test_they_are_told_in_the_order_of_keys_and_never_in_that_of_choosing(cast: Cast) -> None:
    decision = voting(cast)
    people_here = [cast.person(f"Person {n}") for n in range(6)]
    for somebody in people_here:
        cast_for(somebody, decision, 1, by=cast.carer.helps(somebody))
    closed(decision, cast.commissioner)
    order = Notice.objects.filter(title__contains="wrote a choice down").order_by("pk").values_list("to", flat=True)
    by_key = Roll.objects.filter(decision=decision).order_by("seat").values_list("seat__party", flat=True)
    assert list(order) == list(by_key)


@pytest.mark.parametrize(("way", "asked"), [("letter", 1), ("telephone", 1), ("page", 0)])
def test_whoever_is_reached_through_their_helper_alone_hears_it_from_somebody_else_too(
    cast: Cast, way: str, asked: int
) -> None:
    decision = voting(cast)
    people.note_facts(by=cast.resident.actor, party=cast.resident.party, contact_by=way)
    helped(cast, decision, 1)
    closed(decision, cast.commissioner)
    assert len(told(cast.resident)) == 1
    letters = Notice.objects.filter(title="Send a letter to those for whom a helper chose")
    assert [(one.to, one.link) for one in letters] == [(decision.record.owner, address(decision, "helped"))] * asked
    assert not letters.filter(body__contains=cast.resident.party.name).exists()  # who it was stands on that page alone


def test_where_who_looks_after_it_helped_a_steward_is_asked_too(cast: Cast) -> None:
    assert cast.steward.party
    decision = voting(cast)
    people.note_facts(by=cast.resident.actor, party=cast.resident.party, contact_by="letter")
    cast_for(cast.resident, decision, 1, by=cast.commissioner.helps(cast.resident))
    closed(decision, cast.commissioner)
    letters = Notice.objects.filter(title="Send a letter to those for whom a helper chose")
    assert {one.to for one in letters} == {decision.record.owner, cast.steward.party}


def test_who_chose_alone_hears_nothing(cast: Cast) -> None:
    decision = voting(cast)
    cast_for(cast.resident, decision, 1)
    closed(decision, cast.commissioner)
    assert not told(cast.resident)
    assert cast.resident.client().get(address(decision, "not-me")).status_code == 404


def test_this_was_not_me_reaches_the_keeper_and_changes_no_ballot(cast: Cast) -> None:
    decision = voting(cast)
    helped(cast, decision, 1)
    decision = closed(decision, cast.commissioner)
    before = [one.marks for one in counted(decision)]
    client = cast.resident.client()
    page = client.get(address(decision, "not-me")).content.decode()
    assert f"{cast.carer.party.name} wrote a choice down for you, by telephone" in page
    again = client.post(address(decision, "not-me"), follow=True).content.decode()
    assert "You said: this was not me" in again
    assert "You said: this was not me" in client.get(f"/decide/{decision.record.key}/").content.decode()
    client.post(address(decision, "not-me"))
    assert Roll.objects.get().disputed
    assert [one.marks for one in counted(decision)] == before
    told_keeper = Notice.objects.filter(title="Somebody says: that was not me")
    assert [one.to for one in told_keeper] == [decision.record.owner], "once, however often it is pressed"
    assert cast.resident.party.shown_name in told_keeper[0].body
    assert Event.objects.filter(verb="rolls.not_me").exists()


def test_it_shows_in_the_reconciliation_and_beside_how_close_it_was(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panels, "near", lambda _decision, _result: "“Benches” came nearest.")
    decision = voting(cast)
    helped(cast, decision, 1)
    decision = closed(decision, cast.commissioner)
    results.count(by=MACHINE, decision=decision)
    by = cast.commissioner.actor
    assert reconciliation(by, decision).disputed == 0
    actions.not_me(by=by, decision=decision, voter=cast.resident.party)
    sums = reconciliation(by, decision)
    assert sums.disputed == 1
    assert "1 person says that a helper chose for them unasked" in " ".join(sums.explained)
    page = cast.commissioner.client().get(address(decision, "result")).content.decode()
    assert "chose for them unasked" in page
    assert "“Benches” came nearest." in page
    for other in (cast.neighbour, cast.resident):
        assert "unasked" not in other.client().get(address(decision, "result")).content.decode()


def test_the_keeper_writes_down_what_somebody_says_by_telephone_or_letter(cast: Cast) -> None:
    decision = voting(cast)
    helped(cast, decision, 1)
    keeper = cast.commissioner.client()
    shut = keeper.get(address(decision, "helped")).content.decode()
    assert "when the vote is over" in shut
    assert cast.carer.party.shown_name not in shut.partition("<main")[2]
    decision = closed(decision, cast.commissioner)
    page = keeper.get(address(decision, "helped")).content.decode()
    for words in (cast.carer.party.shown_name, cast.resident.party.shown_name, "Print a letter for each", "send it"):
        assert words in page
    for nobody in (str(cast.neighbour.party.key), "x", ""):
        assert keeper.post(address(decision, "helped"), {"person": nobody}).status_code == 404
    keeper.post(address(decision, "helped"), {"person": str(cast.resident.party.key)})
    assert "1 person says that they did not ask for it." in keeper.get(address(decision, "helped")).content.decode()


def test_where_the_helper_looks_after_the_decision_a_steward_hears_it_too(cast: Cast) -> None:
    decision = voting(cast)
    cast_for(cast.resident, decision, 1, by=cast.commissioner.helps(cast.resident))
    steward = cast.steward.party
    decision = closed(decision, cast.steward)
    actions.not_me(by=cast.resident.actor, decision=decision, voter=cast.resident.party)
    told_to = Notice.objects.filter(title="Somebody says: that was not me").values_list("to", flat=True)
    assert set(told_to) == {decision.record.owner_id, steward.pk}


def test_nobody_says_it_for_another_nor_where_nobody_helped(cast: Cast) -> None:
    decision = voting(cast)
    helped(cast, decision, 1)
    cast_for(cast.connector, decision, 1)
    for other in (cast.neighbour, cast.councillor):
        with pytest.raises(Refused):
            actions.not_me(by=other.actor, decision=decision, voter=cast.resident.party)
        assert other.client().get(address(decision, "helped")).status_code == 404
        with pytest.raises(Refused):
            queries.helped(other.actor, decision)
    with pytest.raises(Fault):
        actions.not_me(by=cast.connector.actor, decision=decision, voter=cast.connector.party)
    assert not Roll.objects.filter(disputed=True).exists()


def test_a_helper_with_the_plan_alone_learns_of_no_other_helper(cast: Cast) -> None:
    decision = voting(cast)
    helped(cast, decision, 1)
    basis = people.support(
        by=cast.resident.actor,
        person=cast.resident.party,
        supporter=cast.connector.party,
        kind=BasisKind.ASKED,
        parts=[("plan", "see"), ("plan", "write")],
    )
    other = Actor(person=cast.connector.party, on_behalf_of=cast.resident.party, basis=basis)
    assert queries.my_help(other, decision) is None
    mine = queries.my_help(cast.resident.actor, decision)
    assert mine is not None and mine.helper == cast.carer.party


def test_what_the_helper_reads_says_what_is_noted_of_them(cast: Cast) -> None:
    decision = voting(cast)
    client = cast.carer.client()
    session = client.session
    session["helping"] = str(cast.carer.helps(cast.resident).basis.key)  # type: ignore[union-attr]
    session.save()
    page = client.get(address(decision, "choose")).content.decode()
    assert "What is noted:" in page
    assert "can say that they did not ask for it" in page
    assert not Ballot.objects.exists()
