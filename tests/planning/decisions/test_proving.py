"""What `alongside check` proves of every stored decision."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from alongside.ground.history.installed import declared
from alongside.planning.decisions import actions
from alongside.planning.decisions.models import Decision, DecisionGroup, Terms
from alongside.planning.decisions.queries import unfair
from tests.cast import Cast
from tests.planning.deciding import SHARED, draft, money, opened

pytestmark = pytest.mark.django_db


@contextmanager
def past_the_triggers() -> Iterator[None]:
    """Somebody with the database in their hands takes our triggers off, and puts them back."""
    ours = [one for one in declared() if one.name.startswith("planning_")]
    drops = [line for one in ours for line in getattr(one, connection.vendor) if line.startswith("DROP TRIGGER")]
    with connection.cursor() as cursor:
        for line in drops:
            cursor.execute(line)
        yield
        for one in ours:
            for line in getattr(one, connection.vendor):
                cursor.execute(line)


CHANGES: dict[str, tuple[Any, str]] = {
    "more for the council": (
        lambda it: it.groups.filter(side="commissioners").update(weight_ppm=900_000),
        "not fair (weights_do_not_sum)",
    ),
    "another sum": (lambda it: Terms.objects.filter(decision=it).update(budget_pence=1), "as it was declared"),
    "another question": (lambda it: Decision.objects.filter(pk=it.pk).update(question="Ours?"), "as it was declared"),
    "another lot": (lambda it: Decision.objects.filter(pk=it.pk).update(lot_seed="0" * 64), "not the one that was"),
    "a group more": (
        lambda it: DecisionGroup.objects.create(decision=it, key="x", name="X", side="people"),
        "as it was declared",
    ),
    "never declared": (lambda it: Decision.objects.filter(pk=it.pk).update(declared_at=None), "never declared"),
    "no terms": (lambda it: Terms.objects.filter(decision=it).delete(), "no terms"),
    "somebody's own life": (
        lambda it: Terms.objects.filter(decision=it).update(basis="own_life"),
        "one person's own life",
    ),
    "serves its like": (lambda it: Decision.objects.update(serves=None) and serve(it), "no higher"),
}


def serve(it: Decision) -> None:
    other = Decision.objects.exclude(pk=it.pk).get()
    Decision.objects.filter(pk=it.pk).update(serves=other)


def test_drafts_and_open_decisions_are_well(cast: Cast) -> None:
    above = opened(cast, terms=money(), groups=SHARED)
    below = draft(cast, cast.connector, cast.lunch_club)
    actions.write(by=cast.connector.actor, decision=below, serves=above)
    actions.declare(by=cast.connector.actor, decision=below)
    draft(cast)
    opened(cast, cast.resident)
    assert list(unfair()) == []


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_changed_past_the_triggers_is_found(cast: Cast, change: str) -> None:
    it = opened(cast, terms=money(), groups=SHARED)
    if change == "serves its like":
        draft(cast)
    with past_the_triggers():
        CHANGES[change][0](it)
    found = list(unfair())
    assert any(CHANGES[change][1] in one for one in found), found
    assert all(str(it.record.key) in one and it.question not in one for one in found)
