"""People with plans that may be counted, and things to share, for tests of what is found for everybody together."""

from __future__ import annotations

from typing import Any

from alongside.ground.history.actor import Actor
from alongside.ground.records.actions import count_many
from alongside.knowing.assets.actions import offer
from alongside.knowing.assets.models import Asset
from alongside.knowing.outcomes.models import Outcome
from alongside.planning.complementary.actions import look_through
from alongside.planning.complementary.models import Run
from alongside.planning.complementary.queries import found_for
from alongside.planning.plans import actions as plans
from alongside.planning.plans.models import Plan
from tests.cast import Somebody

MACHINE = Actor.system("tests")
SING = "I want to sing again"


def wants(person: Somebody, words: str = SING, *, domain: str = "fun", counted: bool = True) -> Outcome:
    """Somebody wants something in their plan, and lets it be counted."""
    plan = plans.start(by=person.actor, owner=person.party)
    before = {part.outcome_id for part in plan.parts.all()}
    standing = [
        plans.Want(part.outcome.words, part.outcome.domain, str(part.outcome.record.key))
        for part in plan.parts.order_by("position")
        if part.outcome is not None
    ]
    plans.say_wants(by=person.actor, plan=plan, wants=[*standing, plans.Want(words, domain)])
    outcome = Outcome.objects.exclude(pk__in=before).get(record__owner=person.party)
    count_many(by=person.actor, records=[outcome.pk], on=counted)
    return outcome


def plan_of(outcome: Outcome) -> Plan:
    return Plan.objects.get(record__owner=outcome.record.owner)


def shares(person: Somebody, title: str = "Singing at the kitchen table", **more: Any) -> Asset:
    """A hundred and a half minutes a week, of which an hour may be taken."""
    given = {"kind": "skill", "audience": "everyone", "domains": ["fun"], "per_week": 100} | more
    return offer(by=person.actor, holder=person.party, title=title, **given)


def run() -> Run:
    return look_through(by=MACHINE)


def found(person: Somebody, outcome: Outcome) -> dict[int, int]:
    return found_for(person.actor, outcome)
