"""So many messages a day and no more: one count for all processes, which says of nobody what they did."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections, transaction
from django.utils import timezone

from alongside.ground.limits.counting import DAY, ask, still_today
from alongside.ground.limits.models import Allowance

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOON)


def test_one_caller_has_so_many_a_day_and_another_has_their_own() -> None:
    assert [still_today(caller="iris", most=3) for _n in range(5)] == [True, True, True, False, False]
    assert still_today(caller="denise", most=3)
    assert "iris" not in str(list(Allowance.objects.values()))


def test_the_next_day_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    assert still_today(caller="iris", most=1) and not still_today(caller="iris", most=1)
    monkeypatch.setattr(timezone, "now", lambda: NOON + timedelta(hours=11, minutes=59))
    assert not still_today(caller="iris", most=1), "still the same day"
    monkeypatch.setattr(timezone, "now", lambda: NOON + timedelta(hours=12))
    assert still_today(caller="iris", most=1)


def test_a_day_s_count_outlives_the_minutes_and_goes_when_the_day_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    still_today(caller="iris", most=1)
    monkeypatch.setattr(timezone, "now", lambda: NOON + timedelta(hours=2))
    ask(caller="a program", most=5)
    assert not still_today(caller="iris", most=1), "what a program asks does not forget it"
    monkeypatch.setattr(timezone, "now", lambda: NOON + timedelta(seconds=DAY))
    ask(caller="a program", most=5)
    assert Allowance.objects.count() == 1


def test_what_was_refused_afterwards_counts_for_nothing() -> None:
    for _n in range(3):
        with transaction.atomic():
            assert still_today(caller="iris", most=1)
            transaction.set_rollback(True)
    assert still_today(caller="iris", most=1)


@pytest.mark.parametrize("most", [0, -1])
def test_where_none_are_allowed_none_are_taken(most: int) -> None:
    assert not still_today(caller="iris", most=most)


@pytest.mark.django_db(transaction=True)
def test_many_at_once_never_have_more_together() -> None:
    took: list[bool] = []

    def take() -> None:
        try:
            took.extend(still_today(caller="iris", most=5) for _n in range(4))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take) for _n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(took) == 5 and len(took) == 12
