"""Whatever somebody types into the steps: what is kept lets nobody decide over people's heads."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.ground.history.acting import Fault
from alongside.methods import say
from alongside.methods.say.model import LEAST_OF_US, MILLION, MOST_CAP
from alongside.planning.decisions import queries
from alongside.planning.decisions.models import Decision, Rule, Side
from alongside.planning.decisions.steps import STEPS
from tests.cast import Cast
from tests.conftest import PROVING
from tests.planning.deciding import draft, fresh

pytestmark = pytest.mark.django_db
BY_KEY = {one.key: one for one in STEPS}
SHARES = st.sampled_from(["0", "10", "12.5", "20", "25", "30", "40", "50", "49.9999", "60", "75", "100", "", "-5", "x"])
NUMBERS = st.sampled_from(["", "0", "1", "5", "10", "20", "25", "26", "50", "60", "99", "100", "101", "nine"])
NAMES = st.sampled_from(["People", "People", "Clubs", "Council", "Firms", "الجيران", "🚌", ""])
DAYS = st.sampled_from(["", "2020-01-01", "2999-01-01", "yesterday"])


@st.composite
def typed(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """What somebody might post to one of the steps that decide who holds the say."""
    step = draw(st.sampled_from(["groups", "groups", "groups", "whose", "rule", "details", "suppliers"]))
    if step == "groups":
        return step, draw(rows())
    fields = {
        "whose": {"basis": st.sampled_from(["ours", "shared", "own_life", "theirs"])},
        "rule": {
            "rule": st.sampled_from([*Rule.values, "dice"]),
            "budget_pence": st.sampled_from(["£24,000", "24000", "0", "", "lots"]),
        },
        "details": {
            "method": st.sampled_from(["equal_shares", "greedy"]),
            "marking": st.sampled_from(["approval", "points", "ranking"]),
            "points_each": NUMBERS,
            "completion": st.sampled_from(["", "none", "add1", "greedy"]),
            "winners": NUMBERS,
            "threshold_pct": NUMBERS,
            "both_sides": st.sampled_from(["", "on"]),
            "quorum": NUMBERS,
        },
        "suppliers": {"suppliers_agreed_on": DAYS, "suppliers_agreed_how": st.sampled_from(["", "By hands"])},
    }[step]
    return step, {name: draw(values) for name, values in fields.items()}


@st.composite
def rows(draw: st.DrawFn) -> dict[str, Any]:
    """Groups as somebody might type them; half of the time they do add up."""
    many = draw(st.integers(1, 5))
    data: dict[str, Any] = {"rows": str(many), "cap_pct": draw(st.sampled_from(["10", "10", "1", "25", "26", ""]))}
    sums = draw(st.sampled_from([("100",), ("50", "50"), ("50", "25", "25"), ("40", "20", "30", "10"), None]))
    for n in range(many):
        data[f"name_{n}"] = f"{draw(NAMES)} {n}" if draw(st.booleans()) else draw(NAMES)
        data[f"side_{n}"] = draw(st.sampled_from(Side.values))
        data[f"share_{n}"] = (sums[n] if n < len(sums) else "0") if sums else draw(SHARES)
        if draw(st.integers(0, 3)) == 0:
            data[f"affected_{n}"] = "on"
            data[f"floor_{n}"] = draw(NUMBERS)
    return data


def kept(it: Decision, by: Any, step: str, data: dict[str, Any]) -> bool:
    """Whether a step took what was typed."""
    one = BY_KEY[step]
    form = one.form(by, it, data)
    if not form.is_valid():
        return False
    try:
        one.keep(by, it, form)
    except Fault:
        return False
    return True


def fair(setup: say.Setup) -> None:
    """Every floor, from the numbers themselves and not by the judge that let them through."""
    us = sum(group.weight_ppm for group in setup.groups if group.side in ("people", "communities"))
    suppliers, council = (
        sum(group.weight_ppm for group in setup.groups if group.side == side) for side in ("suppliers", "commissioners")
    )
    assert sum(group.weight_ppm for group in setup.groups) == MILLION
    assert us * 100 >= LEAST_OF_US[setup.basis] * MILLION
    assert suppliers <= council
    assert suppliers == 0 or setup.suppliers_agreed
    assert not any(group.weight_ppm for group in setup.groups if group.side == "politicians")
    assert 1 <= setup.cap_pct <= MOST_CAP
    for group in setup.groups:
        if group.affected:
            assert group.weight_ppm
            assert group.floor_pct is not None
            assert group.floor_pct >= (10 if setup.rule.of_money else 50)


@settings(max_examples=400 if PROVING else 20)
@given(steps=st.lists(typed(), min_size=1, max_size=6))
def test_no_set_up_that_can_be_kept_breaks_a_floor(cast: Cast, steps: list[tuple[str, dict[str, Any]]]) -> None:
    by = cast.commissioner.actor
    it = draft(cast)
    for step, data in steps:
        kept(fresh(it), by, step, data)
        setup = queries.say_setup(fresh(it))
        fair(setup)
        assert say.faults(setup) == ()


def test_the_property_does_meet_what_is_kept(cast: Cast) -> None:
    """Else it would hold because nothing is ever taken."""
    by, it = cast.commissioner.actor, draft(cast)
    data = {"rows": "3", "cap_pct": "20", "name_0": "People", "side_0": "people", "share_0": "50"}
    data |= {"name_1": "Clubs", "side_1": "communities", "share_1": "12.5%", "affected_1": "on", "floor_1": "50"}
    data |= {"name_2": "Council", "side_2": "commissioners", "share_2": "37.5"}
    assert kept(fresh(it), by, "groups", data)
    assert kept(fresh(it), by, "rule", {"rule": "ranking", "budget_pence": ""})
    assert not kept(fresh(it), by, "groups", data | {"share_0": "20", "share_2": "67.5"})
    assert queries.say_setup(fresh(it)).us_ppm == 625_000
