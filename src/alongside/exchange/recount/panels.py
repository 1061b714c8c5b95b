"""What hangs on the page of a result: the choices without names, and how to count them again."""

from __future__ import annotations

from typing import Any

from alongside.ground.history.actor import Actor
from alongside.ground.panels.queries import hang
from alongside.planning.decisions.models import Decision, Rule
from alongside.planning.results.queries import are_open


def check(viewer: Actor, decision: Decision) -> dict[str, Any] | None:
    may = are_open(viewer, decision)
    if may is None:
        return None
    money = decision.terms.rule == Rule.BUDGET
    command = f"alongside decide decision-{str(decision.record.key)[:8]}.pb"
    export = f"alongside choices export {decision.record.key} choices.{'pb' if money else 'csv'}"
    return {"decision": decision, "may": may, "money": money, "command": command, "export": export}


def hang_all() -> None:
    hang("result_check", check, "exchange/recount/check.html")
