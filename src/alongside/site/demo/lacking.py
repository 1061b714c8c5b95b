"""What many people of the invented town want and nobody in it offers, so that it can be seen what one more would do."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from django.db import models

from alongside.ground.records.models import Audience, Record
from alongside.knowing.outcomes.models import Outcome, Wish
from alongside.planning.plans.models import Plan, PlanPart
from alongside.site.demo.inhabitants import Folk
from alongside.site.demo.writing import Pile, Rows

WORDS = "I want to see the sea once more"
DOMAIN = "about"
WISH, MINUTES = "Two hours by the sea every month, and the way there and back", 30
EVERY = 5  # so many who have a plan to one who wants this too


def lack(rng: Random, folk: Folk) -> int:
    """Some who have a plan want one more thing in it. How many. Nobody of the cast: theirs are told elsewhere."""
    cast = {party.pk for party in folk.cast.values()}
    plans = Plan.objects.filter(record__owner__lang="en").exclude(record__owner__in=cast).order_by("pk")
    chosen = list(plans.select_related("record__owner").prefetch_related("parts"))[::EVERY]
    wants, wishes = Pile(rng, "outcome", "outcomes.want"), Pile(rng, "wish", "outcomes.wish")
    made = {plan: wants.add(plan.record.owner, _outcome, countable=True) for plan in chosen}
    wants.write()
    for plan, record in made.items():
        wishes.add(plan.record.owner, _wish(record), audience=Audience.ME, countable=True)
    wishes.write()
    PlanPart.objects.bulk_create(
        PlanPart(plan=plan, section="want", position=len(plan.parts.all()), outcome_id=record.pk)
        for plan, record in made.items()
    )
    return len(made)


def _outcome(record: Record) -> Iterable[models.Model]:
    yield Outcome(record=record, words=WORDS, domain=DOMAIN)


def _wish(outcome: Record) -> Rows:
    def rows(record: Record) -> Iterable[models.Model]:
        yield Wish(record=record, outcome_id=outcome.pk, words=WISH, domain=DOMAIN, minutes_week=MINUTES)

    return rows
