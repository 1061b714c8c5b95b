"""Once a decision is declared, nothing can change how it is decided: not even writing past the actions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from alongside.ground.records.actions import leave_for_good
from alongside.planning.decisions.models import Decision, DecisionGroup, Terms
from alongside.planning.decisions.way_models import WayIn
from tests.cast import Cast
from tests.planning.deciding import SHARED, as_told, draft, fresh, money, opened

pytestmark = pytest.mark.django_db
WORDS = "stands still once a decision is declared"
CHANGES: dict[str, Callable[[Decision], Any]] = {
    "another rule": lambda it: Terms.objects.filter(decision=it).update(rule="score"),
    "another sum": lambda it: Terms.objects.filter(decision=it).update(budget_pence=1),
    "terms saved as they are": lambda it: it.terms.save(),
    "no terms": lambda it: Terms.objects.filter(decision=it).delete(),
    "more for the council": lambda it: it.groups.filter(side="commissioners").update(weight_ppm=900_000),
    "another name": lambda it: it.groups.filter(position=0).update(name="Some people"),
    "a group more": lambda it: DecisionGroup.objects.create(decision=it, key="more", name="More", side="people"),
    "a group less": lambda it: it.groups.filter(position=0).delete(),
    "a way more": lambda it: WayIn.objects.create(decision=it, way="vouched"),
    "a way less": lambda it: it.ways.all().delete(),
    "another way": lambda it: it.ways.filter(way="member").update(way="list"),
    "another sum of the terms": lambda it: Decision.objects.filter(pk=it.pk).update(terms_sha="0" * 64),
    "another lot": lambda it: Decision.objects.filter(pk=it.pk).update(lot_seed="1" * 64),
    "another day": lambda it: Decision.objects.filter(pk=it.pk).update(declared_at=timezone.now()),
    "never declared": lambda it: Decision.objects.filter(pk=it.pk).update(declared_at=None),
}


def open_one(cast: Cast) -> Decision:
    return opened(cast, terms=money(), groups=SHARED)


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_nothing_changes_once_it_is_declared(cast: Cast, change: str) -> None:
    it = open_one(cast)
    with pytest.raises(DatabaseError, match=WORDS), transaction.atomic():
        CHANGES[change](it)
    assert as_told(fresh(it))


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_a_draft_takes_every_change(cast: Cast, change: str) -> None:
    it = draft(cast)
    it.ways.filter(way="vouched").delete()
    CHANGES[change](fresh(it))


def test_no_group_moves_into_a_declared_decision_from_a_draft(cast: Cast) -> None:
    it, other = open_one(cast), draft(cast, question="And next year?")
    with pytest.raises(DatabaseError, match=WORDS), transaction.atomic():
        other.groups.filter(position=0).update(decision=it, key="moved")


def test_what_came_of_it_and_its_days_can_still_be_written(cast: Cast) -> None:
    it = open_one(cast)
    Decision.objects.filter(pk=it.pk).update(stage="decided")
    it.phases.filter(kind="follow_up").update(until="2030-01-01")
    assert fresh(it).stage == "decided"


def test_a_decision_about_her_own_life_goes_with_mairs_page(cast: Cast) -> None:
    mair = cast.resident
    it = opened(cast, mair)
    with pytest.raises(DatabaseError, match=WORDS), transaction.atomic():
        it.groups.update(weight_ppm=1)
    leave_for_good(by=mair.actor, party=mair.party)
    assert not Decision.objects.filter(pk=it.pk).exists()
