"""One ballot a person, changed only with its receipt, and nobody learns anything before the box is closed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor, Source
from alongside.ground.history.models import Event, Request
from alongside.ground.people import actions as people
from alongside.ground.people.models import BasisKind
from alongside.planning.ballots import actions, receipts
from alongside.planning.ballots.models import Ballot, BallotMark
from alongside.planning.ballots.queries import closed_on, counted, receipt_counted, turnout
from alongside.planning.rolls.actions import Named, add_to_list
from alongside.planning.rolls.models import Roll, Seat
from tests.cast import Cast
from tests.planning.ballots.box import A_VOTE, AFFECTED, COUNCILS, OURS, cast_for, closed, over, picks, put, voting

pytestmark = pytest.mark.django_db
BEGINS_WITH = A_VOTE


def test_somebody_who_belongs_picks_what_they_would_be_glad_to_see(cast: Cast) -> None:
    decision = voting(cast)
    done = cast_for(cast.resident, decision, 1, 3)
    assert done.marks == {1: 1, 3: 1}
    assert not done.changed
    roll = Roll.objects.get(decision=decision)
    assert (roll.seat.party_id, roll.channel, roll.seat.way) == (cast.resident.party.pk, "screen", "member")
    assert Ballot.objects.get().key == receipts.key_of(decision, done.receipt)


def test_casting_leaves_neither_event_nor_request_nor_session(cast: Cast) -> None:
    decision, resident = voting(cast), cast.resident
    events, requests = Event.objects.count(), Request.objects.count()
    cast_for(resident, decision, 1)
    assert (Event.objects.count(), Request.objects.count()) == (events, requests)


def test_the_same_press_again_is_the_same_ballot(cast: Cast) -> None:
    decision = voting(cast)
    receipt = receipts.fresh(decision)
    for _press in range(3):
        assert cast_for(cast.resident, decision, 2, receipt=receipt).receipt == receipt
    assert (Ballot.objects.count(), BallotMark.objects.count(), Roll.objects.count()) == (1, 1, 1)


def test_a_choice_is_changed_with_its_receipt_alone(cast: Cast) -> None:
    decision = voting(cast)
    done = cast_for(cast.resident, decision, 1)
    with pytest.raises(Refused, match="receipt"):
        cast_for(cast.resident, decision, 2)
    changed = cast_for(cast.resident, decision, 2, receipt=done.receipt)
    assert changed.changed
    assert [one.marks for one in counted(closed(decision, cast.commissioner))] == [{2: 1}]


def test_somebody_elses_receipt_changes_nothing_for_who_has_not_taken_part(cast: Cast) -> None:
    """They are told to press again, with another receipt; the ballot stands as it was."""
    decision = voting(cast)
    done = cast_for(cast.resident, decision, 1)
    with pytest.raises(actions.Taken):
        cast_for(cast.neighbour, decision, 2, receipt=done.receipt)
    assert Roll.objects.count() == Ballot.objects.count() == 1
    assert not Seat.objects.filter(party=cast.neighbour.party).exists()


def test_a_receipt_of_another_group_is_not_found(cast: Cast) -> None:
    decision = voting(cast)
    done = cast_for(cast.resident, decision, 1)
    put(cast, decision, AFFECTED, cast.neighbour)
    cast_for(cast.neighbour, decision, 3, group=AFFECTED)
    with pytest.raises(Refused):
        cast_for(cast.neighbour, decision, 2, receipt=done.receipt)


def test_people_say_which_group_is_theirs_and_not_alone_that_they_are_affected(cast: Cast) -> None:
    decision = voting(cast)
    with pytest.raises(Fault, match="group"):
        cast_for(cast.resident, decision, 1, group=AFFECTED)
    put(cast, decision, AFFECTED, cast.resident)
    cast_for(cast.resident, decision, 1, group=AFFECTED)
    assert [one.group for one in counted(closed(decision, cast.commissioner))] == [AFFECTED]


def test_nobody_takes_a_group_that_is_not_theirs(cast: Cast) -> None:
    decision = voting(cast)
    for wrong in ("council-and-nhs", "communities", "suppliers", AFFECTED):
        with pytest.raises(Fault, match="group"):
            cast_for(cast.resident, decision, 1, group=wrong)
    assert not Roll.objects.exists()


def test_an_organisation_has_one_ballot_whoever_speaks_for_it(cast: Cast) -> None:
    decision = voting(cast)
    given = {"voter": cast.council, "group": COUNCILS}
    done = cast_for(cast.commissioner, decision, 1, **given)
    with pytest.raises(Refused):
        cast_for(cast.steward, decision, 2, **given)
    cast_for(cast.steward, decision, 2, receipt=done.receipt, **given)
    (ballot,) = counted(closed(decision, cast.commissioner))
    assert (ballot.organisation, ballot.marks) == (True, {2: 1})


def test_nobody_makes_up_an_organisation_for_the_vote(cast: Cast) -> None:
    """One that was not here before has a place only if those who look after the decision put it on the list."""
    decision = voting(cast)
    made_up = people.welcome(by=cast.resident.actor, name="Friends of lifts", kind="organisation", sort="public")
    given = {"voter": made_up, "group": COUNCILS}
    with pytest.raises(Refused):
        cast_for(cast.resident, decision, 1, **given)
    group = decision.groups.get(key=COUNCILS)
    add_to_list(by=cast.commissioner.actor, decision=decision, group=group, people=[Named("", made_up)])
    assert cast_for(cast.resident, decision, 1, **given).receipt


def test_nobody_sees_anything_before_the_box_is_closed(cast: Cast) -> None:
    decision = voting(cast)
    done = cast_for(cast.resident, decision, 1)
    for ask in (lambda: counted(decision), lambda: receipt_counted(decision, done.receipt)):
        with pytest.raises(Refused):
            ask()
    with pytest.raises(Refused):
        actions.close(by=cast.commissioner.actor, decision=decision)
    with pytest.raises(Refused):
        actions.close(by=cast.outsider.actor, decision=over(decision))
    assert closed_on(decision) is None


def test_a_receipt_says_counted_and_never_what(cast: Cast) -> None:
    decision = voting(cast)
    done = cast_for(cast.resident, decision, 1)
    decision = closed(decision, cast.commissioner)
    assert receipt_counted(decision, done.receipt.upper().replace(" ", " - ")) is True
    assert receipt_counted(decision, receipts.fresh(decision)) is False
    with pytest.raises(Fault, match="word"):
        receipt_counted(decision, "not a receipt at all")


def test_what_is_closed_stays_closed(cast: Cast) -> None:
    decision = voting(cast)
    done = cast_for(cast.resident, decision, 1)
    decision = closed(decision, cast.commissioner)
    assert actions.close(by=cast.commissioner.actor, decision=decision).closed_on == closed_on(decision)
    for receipt in (done.receipt, receipts.fresh(decision)):
        with pytest.raises(Refused):
            cast_for(cast.resident, decision, 2, receipt=receipt)
        with pytest.raises(Refused):
            cast_for(cast.neighbour, decision, 2, receipt=receipt)
    assert [one.marks for one in counted(decision)] == [{1: 1}]


def test_nobody_chooses_before_the_days_or_after_them(cast: Cast) -> None:
    from tests.planning.deciding import NOW_IDEAS, move

    decision = voting(cast)
    for when in (move(decision, NOW_IDEAS), over(decision)):
        with pytest.raises(Refused):
            cast_for(cast.resident, when, 1)


def test_age_is_declared_and_not_proved(cast: Cast) -> None:
    decision = voting(cast)
    with pytest.raises(Fault, match="of_age"):
        cast_for(cast.resident, decision, 1, of_age=False)
    assert cast_for(cast.resident, decision, 1).receipt


def test_who_would_be_paid_has_no_vote_on_it(cast: Cast) -> None:
    from alongside.planning.ideas.actions import declare

    decision = voting(cast)
    idea = decision.options.get(n=4).idea
    declare(by=cast.resident.actor, idea=idea, party=cast.resident.party, kind="paid")
    with pytest.raises(Fault, match="option_4"):
        cast_for(cast.resident, decision, 1, 4)
    assert cast_for(cast.resident, decision, 1).marks == {1: 1}


def test_an_idea_of_another_decision_is_not_on_this_ballot(cast: Cast) -> None:
    decision = voting(cast)
    for n in (0, 5, 99, -1):
        with pytest.raises(Fault, match="not on this ballot"):
            cast_for(cast.resident, decision, said={1: "1", n: "1"})
    assert not Ballot.objects.exists()


def test_an_empty_ballot_counts_as_taking_part(cast: Cast) -> None:
    decision = voting(cast)
    cast_for(cast.resident, decision)
    assert [one.marks for one in counted(closed(decision, cast.commissioner))] == [{}]


def test_a_helper_on_the_telephone_writes_down_what_the_person_says(cast: Cast) -> None:
    decision = voting(cast)
    helping = cast.carer.helps(cast.resident).by_way_of(Source.TELEPHONE)
    cast_for(cast.resident, decision, 1, by=helping)
    assert Roll.objects.get().channel == "telephone"
    assert not Roll.objects.filter(seat__party=cast.carer.party).exists()
    with pytest.raises(Refused):
        cast_for(cast.neighbour, decision, 1, by=helping)
    with pytest.raises(Refused):
        cast_for(cast.resident, decision, 2, by=cast.carer.actor)


def test_a_paper_that_gives_power_over_somebody_gives_no_vote(cast: Cast) -> None:
    decision = voting(cast)
    basis = people.support(
        by=cast.steward.actor,
        person=cast.resident.party,
        supporter=cast.carer.party,
        kind=BasisKind.ATTORNEY,
        parts=[("all", "see"), ("all", "write")],
        evidence_seen_by="Pauline Webb",
    )
    attorney = Actor(person=cast.carer.party, on_behalf_of=cast.resident.party, basis=basis)
    with pytest.raises(Refused):
        cast_for(cast.resident, decision, 1, by=attorney)


def test_nobody_else_and_no_machine_casts(cast: Cast) -> None:
    decision = voting(cast)
    for by in (cast.anyone, Actor.system("tests"), cast.outsider.actor, replace(cast.resident.actor, person=None)):
        with pytest.raises(Refused):
            cast_for(cast.resident, decision, 1, by=by)
    assert not Roll.objects.exists()


def test_ten_thousand_letters_say_what_is_wrong(cast: Cast) -> None:
    decision = voting(cast)
    long = "الحافلة 🚌 " * 1000
    with pytest.raises(Fault, match="Choose one of these"):
        cast_for(cast.resident, decision, said={1: long})
    with pytest.raises(Fault, match="receipt"):
        cast_for(cast.resident, decision, 1, receipt=long)


def test_turnout_names_nobody(cast: Cast) -> None:
    decision = voting(cast)
    cast_for(cast.resident, decision, 1)
    cast_for(cast.neighbour, decision, 1, by=cast.carer.helps(cast.neighbour).by_way_of(Source.TELEPHONE))
    found = turnout(decision)
    assert found.total == 2
    assert [set(names) for names, _count in found.ways] == [{"screen", "telephone"}]


def test_closing_writes_everything_anew_and_loses_nothing(cast: Cast) -> None:
    decision = voting(cast)
    for n in range(12):
        cast_for(cast.person(f"Person {n}"), decision, 1 + n % 4, group=OURS)
    before = sorted(Ballot.objects.values_list("key", "group"))
    marks = sorted(BallotMark.objects.values_list("key", "ballot", "option", "value"))
    rolls = sorted(Roll.objects.values_list("seat", "channel", "day"))
    decision = closed(decision, cast.commissioner)
    assert sorted(Ballot.objects.values_list("key", "group")) == before
    assert sorted(BallotMark.objects.values_list("key", "ballot", "option", "value")) == marks
    assert sorted(Roll.objects.values_list("seat", "channel", "day")) == rolls
    assert [one.key for one in counted(decision)] == [key for key, _group in before]


def test_boxes_are_closed_at_night_once_their_time_has_come(cast: Cast) -> None:
    machine = Actor.system("nightly")
    decision = voting(cast)
    cast_for(cast.resident, decision, 1)
    assert actions.close_due(by=machine) == 0
    decision = over(decision)
    assert actions.close_due(by=machine) == 1
    assert actions.close_due(by=machine) == 0
    assert len(counted(decision)) == 1
    assert picks(1) == {1: "1"}
