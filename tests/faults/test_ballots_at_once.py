"""Several presses in one moment, one code by several people, and a close in the middle: nobody counts twice."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable

import pytest

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.people.actions import begin
from alongside.planning.ballots import actions, receipts
from alongside.planning.ballots.models import Ballot
from alongside.planning.ballots.queries import counted, receipt_counted
from alongside.planning.rolls.actions import add_to_list, codes_for_list, print_codes, receive_slip, use_code, vouch
from alongside.planning.rolls.models import Roll, Seat
from tests.cast import Cast, Somebody
from tests.planning.ballots.box import OURS, cast_for, names, over, voting
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_person_pressing_in_eight_places_has_one_ballot(live_cast: Cast) -> None:
    """Eight devices, eight receipts: one is in the box, and only its holder was given one."""
    decision, resident = voting(live_cast), live_cast.resident
    given: list[str] = []

    def press(n: int) -> None:
        with contextlib.suppress(Refused):
            given.append(cast_for(resident, decision, 1 + n % 4).receipt)

    assert at_once(press) == []
    assert len(given) == Ballot.objects.count() == Roll.objects.count() == Seat.objects.count() == 1
    assert Ballot.objects.get().pk == receipts.key_of(decision, given[0])


def test_the_same_press_from_eight_places_is_one_ballot(live_cast: Cast) -> None:
    decision, resident = voting(live_cast), live_cast.resident
    receipt = receipts.fresh(decision)
    assert at_once(lambda _n: cast_for(resident, decision, 2, receipt=receipt) and None) == []
    assert Ballot.objects.count() == Roll.objects.count() == 1
    assert Ballot.objects.get().marks.count() == 1


def test_two_people_with_one_receipt_have_two_ballots_or_one_is_asked_again(live_cast: Cast) -> None:
    decision = voting(live_cast)
    people = [live_cast.person(f"Person {n}") for n in range(8)]
    receipt = receipts.fresh(decision)
    again: list[int] = []

    def press(n: int) -> None:
        try:
            cast_for(people[n], decision, 1, receipt=receipt)
        except actions.Taken:
            again.append(n)

    assert at_once(press) == []
    assert (len(again), Ballot.objects.count(), Roll.objects.count()) == (7, 1, 1)


def test_a_code_opens_one_place_whoever_is_first(live_cast: Cast) -> None:
    decision = voting(live_cast, ways=["code"])
    group = decision.groups.get(key=OURS)
    (code, _name), *_rest = print_codes(
        by=live_cast.commissioner.actor, decision=decision, group=group, how_many=1
    ).codes
    people = [Somebody(begin(by=live_cast.anyone)[0]) for _n in range(8)]
    late: list[int] = []

    def come_in(n: int) -> None:
        try:
            use_code(by=people[n].actor, decision=decision, code=code)
        except Fault:
            late.append(n)

    assert at_once(come_in) == []
    assert len(late) == 7
    assert Seat.objects.get().party_id in {one.party.pk for one in people}


def test_one_person_with_a_letter_in_each_hand_has_one_place(live_cast: Cast) -> None:
    decision = voting(live_cast, ways=["code"])
    by, group = live_cast.commissioner.actor, decision.groups.get(key=OURS)
    made = print_codes(by=by, decision=decision, group=group, how_many=8).codes
    somebody, told = Somebody(begin(by=live_cast.anyone)[0]), []

    def press(n: int) -> None:
        try:
            use_code(by=somebody.actor, decision=decision, code=made[n][0])
        except Fault as fault:
            told.append(fault.message)

    assert at_once(press) == []
    assert Seat.objects.filter(party=somebody.party).count() == 1
    assert told == ["You have a place already. You do not need this code."] * 7


def test_nobody_vouches_for_more_than_three_at_once(live_cast: Cast) -> None:
    decision, resident = voting(live_cast), live_cast.resident
    refused: list[int] = []

    def say(n: int) -> None:
        try:
            vouch(by=resident.actor, decision=decision, name=names(8)[n].name)
        except Fault:
            refused.append(n)

    assert at_once(say) == []
    assert (len(refused), Seat.objects.filter(vouched_by=resident.party).count()) == (5, 3)


def test_what_was_acknowledged_before_the_close_is_counted(live_cast: Cast, rounds: Callable[[int], int]) -> None:
    """People press and slips come back while the box is closed: whoever got a receipt is in the count, whoever did not
    is not, and each slip that was taken is on the roll."""
    decision, by = voting(live_cast), live_cast.commissioner.actor
    add_to_list(by=by, decision=decision, group=decision.groups.get(key=OURS), people=names(16))
    codes = [code for code, _name in codes_for_list(by=by, decision=decision).codes]
    people = [live_cast.person(f"Person {n}") for n in range(max(12, rounds(60)))]
    given: list[str] = []
    taken = [receive_slip(by=by, decision=decision, code=codes[0])]
    half = threading.Event()

    def vote(mine: list[Somebody]) -> None:
        for one in mine:
            with contextlib.suppress(Refused):
                given.append(cast_for(one, decision, 1).receipt)
            if len(given) >= len(people) // 3:
                half.set()

    def close() -> None:
        half.wait(20)
        actions.close(by=by, decision=over(decision))

    def slips() -> None:
        half.wait(20)
        for code in codes[1:]:
            with contextlib.suppress(Refused):  # once the box is closed, they come too late
                taken.append(receive_slip(by=by, decision=decision, code=code))

    def work(n: int) -> None:
        {3: close, 4: slips}[n]() if n > 2 else vote(people[n::3])

    assert at_once(work, 5) == []
    assert len(counted(decision)) == len(given) == Roll.objects.exclude(channel="paper").count()
    on_paper = Roll.objects.filter(channel="paper").values_list("pk", flat=True)
    assert {seat.pk for seat in taken} == set(on_paper)
    assert all(receipt_counted(decision, receipt) for receipt in given)
    assert len(given) >= len(people) // 3
