"""The same button pressed several times in one moment does its work once, and nobody meets a fault of ours."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from alongside.ground.consent.actions import let_in
from alongside.ground.consent.models import CirclePlace
from alongside.ground.people import actions as people
from alongside.ground.people.models import Block, Membership
from tests.cast import Cast


def at_once(act: Callable[[], Any], presses: int = 4) -> list[Exception]:
    """What went wrong when so many did the same together."""
    wrong: list[Exception] = []
    ready = threading.Barrier(presses)

    def press() -> None:
        ready.wait()
        try:
            act()
        except Exception as fault:
            wrong.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(presses)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


@pytest.mark.django_db(transaction=True)
def test_joining_blocking_and_coming_into_a_circle(live_cast: Cast) -> None:
    mair, oscar, club = live_cast.resident, live_cast.outsider, live_cast.lunch_club
    for _ in range(3):
        assert at_once(lambda: people.join(by=oscar.actor, member=oscar.party, of=club)) == []
        assert at_once(lambda: people.block(by=mair.actor, other=oscar.party)) == []
        assert at_once(lambda: let_in(by=oscar.actor, owner=mair.party, member=oscar.party)) == []
        people.leave(by=oscar.actor, membership=Membership.objects.get(member=oscar.party, until=None))
        Block.objects.all().delete()
        CirclePlace.objects.get(until=None)
        CirclePlace.objects.all().delete()
