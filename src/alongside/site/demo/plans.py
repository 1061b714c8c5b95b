"""The plans that people of the invented town have made, with their own words and what they said they have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from random import Random
from typing import Any

from django.db import models
from django.utils import timezone

from alongside.ground.people.models import Kind, Party
from alongside.ground.records.models import Record, Spot, SpotExact
from alongside.knowing.assets.models import Asset
from alongside.knowing.outcomes.models import Outcome
from alongside.planning.plans.models import Plan, PlanAnswer, PlanPart
from alongside.planning.plans.queries import questions
from alongside.site.demo.bank import load
from alongside.site.demo.writing import Pile

REVIEW_AFTER = timedelta(days=90)
TEMPLATE = "whole_life"


def plan(rng: Random, outcomes: list[Outcome], helped: set[int]) -> tuple[int, int]:
    """Whoever has something settled has a plan; so have some others. How many plans, and own things named in them."""
    by_owner: dict[Party, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.record.owner.kind == Kind.PERSON:
            by_owner[outcome.record.owner].append(outcome)
    plans, own = Pile(rng, "plan", "plans.start"), Pile(rng, "asset", "assets.offer")
    kinds = {key: question.get("kind", "") for key, question in questions(TEMPLATE).items()}
    for owner, wanted in by_owner.items():
        if helped.isdisjoint(outcome.pk for outcome in wanted) and rng.random() < 0.6:
            continue
        answers = _answers(rng, owner, kinds)
        plans.add(owner, _plan(wanted, answers), lang=_lang(owner))
        for question, words in answers.items():
            for line in words.splitlines() if kinds[question] else ():
                own.add(owner, _own(kinds[question], line))
    return len(plans.write()), len(own.write())


def _lang(owner: Party) -> str:
    """What matters is said in their own language, but where the cast says it in English."""
    said = load("cast_lives")["matters"].get(owner.name)
    return "en" if said and owner.name not in load("cast_lives")["in_welsh"] else owner.lang


def _answers(rng: Random, owner: Party, kinds: dict[str, str]) -> dict[str, str]:
    bank = load("wants")["matters"]
    matters = load("cast_lives")["matters"].get(owner.name)
    answers = {"matters": matters or rng.choice(bank["cy" if owner.lang == "cy" else "en"])}
    own: dict[str, str] | None = load("cast_lives")["have"].get(owner.name)
    if own is not None:
        return answers | own
    return answers | {key: rng.choice(bank[key]) for key, kind in kinds.items() if kind and rng.random() < 0.6}


def _plan(outcomes: list[Outcome], answers: dict[str, str]) -> Any:
    def rows(record: Record) -> Iterable[models.Model]:
        made = Plan(record=record, template=TEMPLATE, review_on=timezone.localdate() + REVIEW_AFTER)
        yield made
        yield from (PlanAnswer(plan=made, question=question, words=words) for question, words in answers.items())
        for place, outcome in enumerate(outcomes):
            yield PlanPart(plan=made, section="want", position=place, outcome=outcome)

    return rows


def _own(kind: str, title: str) -> Any:
    """Something of their own that a plan names: seen by nobody else."""

    def rows(record: Record) -> Iterable[models.Model]:
        yield Asset(record=record, kind=kind, title=title, confirmed_on=timezone.localdate())
        yield Spot(record=record)
        yield SpotExact(record=record)

    return rows
