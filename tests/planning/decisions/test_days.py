"""Days are whole days where the place is: against plain Python, at midnight, and when the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from alongside.ground.history.acting import Fault
from alongside.planning.decisions import phases, setting
from alongside.planning.decisions.models import Decision, Phase, PhaseKind, Stage
from alongside.planning.decisions.phases import Days

FIRST = date(2027, 3, 1)
BEFORE, AFTER = ("ideas", "talk", "shortlist", "vote"), ("answer", "follow_up")
spans = st.tuples(st.integers(0, 30), st.integers(-1, 12))
plans = st.dictionaries(st.sampled_from(PhaseKind.values), spans, max_size=6)


def days_of(plan: dict[str, tuple[int, int]]) -> list[Days]:
    return [Days(kind, FIRST + timedelta(a), FIRST + timedelta(a + long)) for kind, (a, long) in sorted(plan.items())]


def decision_with(days: list[Days], stage: str = Stage.OPEN) -> Decision:
    """A decision that is in no database, with these days."""
    decision = Decision(record_id=1, stage=stage)
    rows = [Phase(decision=decision, kind=one.kind, since=one.since, until=one.until) for one in days]
    decision._prefetched_objects_cache = {"phases": rows}  # type: ignore[attr-defined]
    return decision


@given(plan=plans, stage=st.sampled_from(Stage.values), at=st.integers(-2, 50), kind=st.sampled_from(PhaseKind.values))
def test_each_thing_is_taken_on_its_days_and_on_no_other(
    plan: dict[str, tuple[int, int]], stage: str, at: int, kind: str
) -> None:
    decision, on = decision_with(days_of(plan), stage), FIRST + timedelta(at)
    within = kind in plan and plan[kind][0] <= at <= sum(plan[kind])
    declared = {"open", "decided", "not_decided", "talk_again"} if kind in AFTER else {"open"}
    assert phases.is_open_for(decision, kind, on) is (within and stage in declared)


@given(plan=plans, stage=st.sampled_from(Stage.values), at=st.integers(-2, 50))
def test_of_two_parts_at_once_it_is_in_the_one_further_on(
    plan: dict[str, tuple[int, int]], stage: str, at: int
) -> None:
    decision, on = decision_with(days_of(plan), stage), FIRST + timedelta(at)
    order = [*BEFORE, *AFTER]
    now = [kind for kind in order if kind in plan and plan[kind][0] <= at <= sum(plan[kind])]
    found = phases.phase_of(decision, on)
    expected = now[-1] if now and stage not in ("draft", "stopped") else None
    assert (found.kind if found else None) == expected
    coming = phases.next_phase(decision, on)
    assert (coming.since if coming else None) == min((d.since for d in days_of(plan) if d.since > on), default=None)


@given(plan=plans, secret=st.booleans())
def test_what_is_kept_can_be_and_what_is_refused_could_not(plan: dict[str, tuple[int, int]], secret: bool) -> None:
    last = {kind: a + long for kind, (a, long) in plan.items()}
    order = [kind for kind in (*BEFORE, *AFTER) if kind in plan]
    could = (
        "vote" in plan
        and all(long >= 0 for _a, long in plan.values())
        and all(last[kind] < plan["vote"][0] + (not secret) for kind in ("ideas", "shortlist") if kind in plan)
        and all(plan[kind][0] >= last["vote"] for kind in AFTER if kind in plan)
        and all(plan[one][0] <= plan[two][0] for one, two in pairwise(order))
    )
    try:
        phases.check(days_of(plan), secret=secret)
    except Fault as fault:
        assert not could and fault.field.removesuffix("_since").removesuffix("_until") in PhaseKind.values
    else:
        assert could


@given(plan=plans.filter(bool), moved=st.dictionaries(st.sampled_from(PhaseKind.values), spans), at=st.integers(0, 40))
def test_once_open_nothing_that_began_moves_and_nothing_comes_sooner(
    plan: dict[str, tuple[int, int]], moved: dict[str, tuple[int, int]], at: int
) -> None:
    new = {kind: moved.get(kind, span) for kind, span in plan.items()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(setting.queries, "today", lambda: FIRST + timedelta(at))
        try:
            setting._check_moved(decision_with(days_of(plan)), days_of(new))
        except Fault:
            assert new != plan
            return
    for kind, (a, long) in plan.items():
        b, other = new[kind]
        assert (b, other) == (a, long) or (a > at and b >= a and b + other >= a + long)


def test_no_part_comes_or_goes_once_it_is_open() -> None:
    plan = {"ideas": (0, 5), "vote": (9, 5)}
    for other in ({"vote": (9, 5)}, plan | {"answer": (20, 5)}):
        with pytest.raises(Fault, match="none can come or go"):
            setting._check_moved(decision_with(days_of(plan)), days_of(other))


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 6, 30, 22, 59, tzinfo=UTC), date(2026, 6, 30)),  # a minute before midnight in summer
        (datetime(2026, 6, 30, 23, 0, tzinfo=UTC), date(2026, 7, 1)),  # midnight, an hour before it is in UTC
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2027, 1, 1, 0, 0, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2027, 3, 28, 0, 59, tzinfo=UTC), date(2027, 3, 28)),  # the night without a second hour
        (datetime(2027, 3, 28, 22, 59, tzinfo=UTC), date(2027, 3, 28)),
        (datetime(2027, 3, 28, 23, 0, tzinfo=UTC), date(2027, 3, 29)),
        (datetime(2026, 10, 24, 23, 0, tzinfo=UTC), date(2026, 10, 25)),  # the day that has 25 hours
        (datetime(2026, 10, 25, 23, 59, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 26, 0, 0, tzinfo=UTC), date(2026, 10, 26)),
    ],
)
@pytest.mark.parametrize("asked_from", ["UTC", "Pacific/Auckland", "America/Los_Angeles"])
def test_the_day_turns_at_midnight_where_the_place_is(
    moment: datetime, day: date, asked_from: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever whoever asks sits, and also in the nights in which the clocks change."""
    monkeypatch.setattr(timezone, "now", lambda: moment)
    with timezone.override(asked_from):
        assert phases.today() == day
        last = decision_with([Days("vote", day, day)])
        assert phases.is_open_for(last, "vote") and not phases.is_open_for(last, "vote", day + timedelta(1))


def test_no_decision_goes_on_for_ever() -> None:
    days: Any = [Days("vote", FIRST, FIRST + phases.LONGEST)]
    phases.check(days, secret=True)
    with pytest.raises(Fault, match="longer than three years"):
        phases.check([Days("vote", FIRST, FIRST + phases.LONGEST + timedelta(1))], secret=True)
