"""What hangs on the page of a result: the choices without names, and how to count them again."""

from __future__ import annotations

from typing import Any

from alongside.exchange.recount.queries import may_take
from alongside.ground.history.actor import Actor
from alongside.ground.panels.queries import hang
from alongside.planning.decisions.models import Decision, Rule


def check(viewer: Actor, decision: Decision) -> dict[str, Any] | None:
    may = may_take(viewer, decision)
    if may is None:
        return None
    command = f"alongside decide decision-{str(decision.record.key)[:8]}.pb"
    return {"decision": decision, "may": may, "money": decision.terms.rule == Rule.BUDGET, "command": command}


def hang_all() -> None:
    hang("result_check", check, "exchange/recount/check.html")
