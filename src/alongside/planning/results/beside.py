"""Beside the choice of a rule for money: what both rules came to the last time, as its result tells everybody."""

from __future__ import annotations

from typing import Any

from alongside.ground.history.actor import Actor
from alongside.planning.decisions.models import Decision, Method
from alongside.planning.results import queries, showing


def last_time(viewer: Actor, subject: Decision) -> dict[str, Any] | None:
    """The last decision about money that was counted and that this viewer may see: of the same owner, else of any.
    Only what stands on its result: which ideas win either way, and nothing of who picked them."""
    result = queries.last_of_money(viewer, subject.record.owner)
    if result is None:
        return None
    page = showing.shown(result.decision, result)
    fair = result.decision.terms.method == Method.EQUAL_SHARES
    rows = [(row, row.won if fair else row.other, row.other if fair else row.won) for row in page.rows]
    return {"before": result.decision, "result": result, "rows": rows} if page.other else None
