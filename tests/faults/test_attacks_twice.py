"""The same thing twice, from two sides: one page joins another, two introduce the same people, one answer again."""

from __future__ import annotations

import pytest

from alongside.doing.connecting.actions import propose, tell_how
from alongside.doing.connecting.models import Introduction, Side, Stage
from alongside.ground.history.acting import Refused
from alongside.ground.people import actions as people
from alongside.ground.people.models import Party, PartyState
from alongside.knowing.barriers.actions import say, too
from alongside.knowing.barriers.models import MeToo
from alongside.knowing.lexicon.models import Helped
from tests.cast import MACHINE, Cast
from tests.doing.meeting import met, rested, shared, side_of, wished

pytestmark = pytest.mark.django_db


def test_who_said_me_too_on_a_device_and_on_their_page_can_sign_in(cast: Cast) -> None:
    """Both rows become one person's; that one of them is too many must not keep them out."""
    barrier = say(by=cast.neighbour.actor, owner=cast.neighbour.party, words="A step", place="Mill Hill")
    device, _token = cast.passer_by
    for one in (device.actor, cast.resident.actor):
        too(by=one, barrier=barrier)
    page = people.settle(by=MACHINE, login=cast.resident.login, provisional=device.party)
    assert page == cast.resident.party
    assert [row.party for row in MeToo.objects.filter(barrier=barrier)] == [page]
    assert Party.objects.get(pk=device.party.pk).state == PartyState.MERGED


def test_a_second_introducer_of_the_same_two_is_refused_and_told_nothing(cast: Cast) -> None:
    wish, asset = wished(cast.outsider, audience="everyone"), shared(cast.neighbour)
    propose(by=cast.builder.actor, wish=wish, asset=asset)
    rested()
    with pytest.raises(Refused, match="not open just now"):
        propose(by=cast.coordinator.actor, wish=wish, asset=asset)
    assert Introduction.objects.filter(stage=Stage.PROPOSED).count() == 1


def test_saying_again_and_again_that_it_helped_counts_once(cast: Cast) -> None:
    """What helped comes higher in searches, so one person with one meeting must not be able to lift it."""
    met(cast.resident, cast.neighbour)
    for went in ("helped", "not_for_me") * 4:
        tell_how(by=cast.resident.actor, side=Side.objects.get(pk=side_of(cast.resident).pk), went=went)
    assert {row.times for row in Helped.objects.all()} == {1}
