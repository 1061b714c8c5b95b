"""Several people write at once: nobody is turned away, nothing is lost, nothing happens twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection

from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event
from alongside.ground.people.actions import join, welcome
from alongside.ground.people.models import Kind, Membership, Party, Sort
from tests.together import at_once

WRITERS = 8


@pytest.mark.django_db(transaction=True)
def test_eight_writers_lose_nothing(rounds: Callable[[int], int]) -> None:
    each = rounds(250)
    machine = Actor.system("many writers")

    def write(n: int) -> None:
        for m in range(each):
            welcome(by=machine, name=f"Person {n} {m}")

    assert at_once(write) == []
    assert Party.objects.count() == Event.objects.filter(verb="people.welcome").count() == WRITERS * each
    assert len(set(Party.objects.values_list("name", flat=True))) == WRITERS * each


@pytest.mark.django_db(transaction=True)
def test_the_same_press_from_eight_places_happens_once() -> None:
    machine = Actor.system("many writers")
    assert at_once(lambda _n: welcome(by=machine, name="Once", key="the same key") and None) == []
    assert Party.objects.filter(name="Once").count() == 1
    assert Event.objects.filter(verb="people.welcome").count() == 1


@pytest.mark.django_db(transaction=True)
def test_joining_at_once_makes_one_membership() -> None:
    """Whoever comes second either finds the first or is told; a constraint keeps the count."""
    machine = Actor.system("many writers")
    club = welcome(by=machine, kind=Kind.COMMUNITY, sort=Sort.GROUP, name="Club")
    member = welcome(by=machine, name="Ada")
    at_once(lambda _n: join(by=machine, member=member, of=club) and None)
    assert Membership.objects.filter(member=member, of=club, until=None).count() == 1


@pytest.mark.django_db
def test_sqlite_is_set_up_for_several_writers() -> None:
    """Deferred transactions lose nine of ten concurrent writes to “database is locked”; see decision 3."""
    if connection.vendor != "sqlite":
        return
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    with connection.cursor() as cursor:
        found = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "foreign_keys", "busy_timeout")
        }
    assert found == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 20000}
