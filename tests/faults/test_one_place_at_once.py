"""One person from several places in the same moment: their page, a device with their code, and a slip on paper."""

from __future__ import annotations

import contextlib

import pytest

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.people.actions import begin
from alongside.planning.ballots.models import Ballot
from alongside.planning.papers.queries import ballots_add_up
from alongside.planning.rolls.actions import Named, add_to_list, codes_for_list, confirm, receive_slip, use_code, vouch
from alongside.planning.rolls.models import Roll, Seat
from tests.cast import Cast, Somebody
from tests.planning.ballots.box import AFFECTED, OURS, cast_for, put, voting
from tests.planning.deciding import move
from tests.planning.rolls.test_affected import says
from tests.planning.thinking import NOW_LISTING
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("bound", [True, False], ids=["line of their page", "line by name"])
def test_a_page_a_device_and_a_slip_of_one_person_are_one_place(live_cast: Cast, bound: bool) -> None:
    decision, keeper = voting(live_cast), live_cast.commissioner
    resident = live_cast.resident
    named = Named("", resident.party) if bound else Named(resident.party.name)
    given = {"by": keeper.actor, "decision": decision}
    add_to_list(group=decision.groups.get(key=OURS), people=[named], **given)
    ((code, _name),) = codes_for_list(**given).codes
    devices = [Somebody(begin(by=live_cast.anyone)[0]) for _n in range(2)]
    came: list[int] = []

    def come(n: int) -> None:
        with contextlib.suppress(Fault, Refused):
            if n % 3 == 0:
                cast_for(resident, decision, 1)
            elif n % 3 == 1:
                receive_slip(code=code, **given)
            else:
                use_code(by=devices[n // 4].actor, decision=decision, code=code)
                cast_for(devices[n // 4], decision, 1)
            came.append(n)

    assert at_once(come) == []
    assert len(came) == Roll.objects.count() == 1
    assert Ballot.objects.count() == Roll.objects.exclude(channel="paper").count()
    assert list(ballots_add_up()) == []


def test_one_for_whom_three_vouch_comes_in_once(live_cast: Cast) -> None:
    decision = voting(live_cast)
    vouching = [live_cast.resident, live_cast.neighbour, live_cast.connector, live_cast.outsider]
    codes = [vouch(by=one.actor, decision=decision, name="Iolo Rees") for one in vouching]
    devices = [Somebody(begin(by=live_cast.anyone)[0]) for _one in vouching]
    came: list[int] = []

    def come(n: int) -> None:
        with contextlib.suppress(Refused):
            use_code(by=devices[n].actor, decision=decision, code=codes[n])
            cast_for(devices[n], decision, 1)
            came.append(n)

    assert at_once(come, len(codes)) == []
    assert len(came) == Roll.objects.count() == Ballot.objects.count() == 1


def test_nobody_confirms_more_than_three_at_once(live_cast: Cast) -> None:
    decision = move(voting(live_cast), NOW_LISTING)
    put(live_cast, decision, AFFECTED, live_cast.resident)
    names = ["Ada Quill", "Bo Tarn", "Cai Moss", "Dot Fenn", "Eli Ross", "Fay Wynn"]
    for name in names:
        says(live_cast.person(name), decision)
    refused: list[int] = []

    def say(n: int) -> None:
        try:
            confirm(by=live_cast.resident.actor, decision=decision, name=names[n])
        except Fault:
            refused.append(n)

    assert at_once(say, len(names)) == []
    assert (len(refused), Seat.objects.filter(confirmed_by=live_cast.resident.party).count()) == (3, 3)
