"""What hangs on the page of a result: the choices without names, and how to count them again."""

from __future__ import annotations

from typing import Any

from alongside.ground.history.actor import Actor
from alongside.ground.panels.queries import hang
from alongside.planning.decisions.models import Decision, Rule
from alongside.planning.results.queries import are_open, result


def check(viewer: Actor, decision: Decision) -> dict[str, Any] | None:
    found = result(viewer, decision)
    may = None if found is None else are_open(found)
    if found is None or may is None:
        return None
    command = f"alongside decide decision-{str(decision.record.key)[:8]}.pb"
    money = decision.terms.rule == Rule.BUDGET
    return {"decision": decision, "may": may, "money": money, "command": command}


def hang_all() -> None:
    hang("result_check", check, "exchange/recount/check.html")
