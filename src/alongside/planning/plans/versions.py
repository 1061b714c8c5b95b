"""What a plan said each time it was saved, so that its owner sees how it changed. No names of other people in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from alongside.ground.consent.queries import Sight
from alongside.ground.history.models import Version
from alongside.ground.history.versions import keep
from alongside.knowing.contributions.queries import standing
from alongside.planning.plans import queries
from alongside.planning.plans.models import Plan

LATEST = 20  # versions on the page


def body_of(plan: Plan, sight: Sight) -> dict[str, Any]:
    """What a plan says now, in its owner's own words. Who else does something stands in the plan itself: a name kept
    here would outlive that person's leaving."""
    wanted = queries.wanted(sight, plan)
    does: dict[int, list[str]] = {one.pk: [] for one in wanted}
    for it in standing(wanted):
        does[it.outcome_id].append(it.words)
    return {
        "answers": queries.answers(sight, plan),
        "wants": [
            {"words": one.words, "measure": one.measure, "progress": one.progress, "does": does[one.pk]}
            for one in wanted
        ],
        "order": plan.source_order,
        "ruled_out": plan.ruled_out,
        "placed": plan.placed,
        "review_on": plan.review_on.isoformat() if plan.review_on else None,
    }


def note(plan: Plan, sight: Sight) -> None:
    """Keep what a plan says, unless it says what it said before. Called inside an action."""
    body = body_of(plan, sight)
    last = Version.objects.filter(record=plan.pk).order_by("-n").first()
    if last is None or last.body != body:
        keep(plan.pk, body)


@dataclass(frozen=True)
class Before:
    """What a plan said on a day."""

    at: datetime
    matters: str
    wants: list[dict[str, Any]]


def before(sight: Sight, plan: Plan) -> list[Before]:
    """What the plan said at each saving, newest first; for those to whom all of it is open."""
    if not (sight.shows(queries.ALL) or sight.shows("plan")):
        return []
    rows = Version.objects.filter(record=plan.pk).select_related("event").order_by("-n")[:LATEST]
    return [Before(row.event.at, row.body["answers"].get("matters", ""), row.body["wants"]) for row in rows]
