"""What hangs on a decision's page: the result in one line, or the button that has it counted."""

from __future__ import annotations

from typing import Any

from alongside.ground.history.actor import Actor
from alongside.ground.panels.queries import hang
from alongside.planning.decisions import queries as decisions
from alongside.planning.decisions.models import Decision, PhaseKind, Stage
from alongside.planning.results import queries, sentences
from alongside.planning.results.beside import last_time
from alongside.planning.results.near import near
from alongside.planning.rolls import queries as rolls


def on_decision(viewer: Actor, decision: Decision) -> dict[str, Any] | None:
    if decision.stage in (Stage.DRAFT, Stage.STOPPED):
        return None
    if decision.stage == Stage.OPEN:
        vote = decisions.phase(decision, PhaseKind.VOTE)
        over = vote is not None and vote.until < decisions.today()
        if not over:
            return None
        return {"decision": decision, "may_count": decisions.may_run(viewer, decision)}
    result = queries.result(viewer, decision)
    if result is None:
        return None
    options = list(result.options.all())
    title = sentences.title(result, sum(one.place is not None for one in options), len(options))
    return {"decision": decision, "result": result, "title": title}


def on_check(viewer: Actor, decision: Decision) -> dict[str, Any] | None:
    """For those who look after it: how many choices are disputed, beside how close it was."""
    if not decision.terms.secret or not decisions.may_run(viewer, decision):
        return None
    many, result = rolls.disputed(decision), queries.result(viewer, decision)
    return {"decision": decision, "many": many, "near": near(decision, result)} if many and result else None


def hang_all() -> None:
    hang("result_check", on_check, "planning/results/disputed.html")
    hang("decision", on_decision, "planning/results/on_decision.html")
    hang("decision_money", last_time, "planning/results/last_time.html")
