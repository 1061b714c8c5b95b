"""The same button pressed several times in one moment does its work once, and nobody meets a fault of ours."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

from alongside.ground.consent.actions import let_in
from alongside.ground.consent.models import CirclePlace
from alongside.ground.history.acting import Fault
from alongside.ground.history.actor import Actor
from alongside.ground.people import actions as people
from alongside.ground.people.models import Block, Membership
from alongside.knowing.networks import actions as networks
from alongside.knowing.networks.models import Knows, Near, Network
from tests.cast import Cast
from tests.together import at_once


def pressed(act: Callable[[], Any], many: int = 4) -> list[BaseException]:
    """What went wrong when so many did the same together."""
    return at_once(lambda _n: act(), many)


@pytest.mark.django_db(transaction=True)
def test_joining_blocking_and_coming_into_a_circle(live_cast: Cast) -> None:
    mair, oscar, club = live_cast.resident, live_cast.outsider, live_cast.lunch_club
    for _ in range(3):
        assert pressed(lambda: people.join(by=oscar.actor, member=oscar.party, of=club)) == []
        assert pressed(lambda: people.block(by=mair.actor, other=oscar.party)) == []
        assert pressed(lambda: let_in(by=oscar.actor, owner=mair.party, member=oscar.party)) == []
        people.leave(by=oscar.actor, membership=Membership.objects.get(member=oscar.party, until=None))
        Block.objects.all().delete()
        CirclePlace.objects.get(until=None)
        CirclePlace.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_drawing_who_is_around_me_on_two_screens(live_cast: Cast) -> None:
    """One picture, each press once, and who was taken out meanwhile is told of, not stumbled over."""
    mair = live_cast.resident
    put = {"by": mair.actor, "owner": mair.party, "ring": 1}
    assert pressed(lambda: networks.put(name="Ann", **put)) == []
    assert (Network.objects.count(), Near.objects.count()) == (1, 4)
    for _ in range(3):
        one, other = Near.objects.order_by("pk")[:2]
        given = {"by": mair.actor, "name": "Ann", "ring": 2, "kind": "person"}
        pairs = iter([(one, other), (other, one)])
        assert pressed(partial(_know, pairs, given), 2) == []
        assert Knows.objects.count() == 1
        turns = iter([networks.take_out, partial(networks.change, name="Ann", ring=3, kind="person")])
        faults = pressed(partial(_press, turns, mair.actor, one.pk), 2)
        assert {type(fault) for fault in faults} <= {Fault}
        assert not Near.objects.filter(pk=one.pk).exists()


def _know(pairs: Iterator[tuple[Near, Near]], given: dict[str, Any]) -> None:
    first, second = next(pairs)
    networks.change(near=first, knows=[second.key], **given)


def _press(turns: Iterator[Callable[..., Any]], by: Actor, pk: int) -> None:
    act, near = next(turns), Near.objects.get(pk=pk)
    time.sleep(0.02)  # both have it before their eyes
    act(by=by, near=near)
