"""What hangs on the page of a decision and of an idea: the answers, what councillors did, and the whole story."""

from __future__ import annotations

from typing import Any

from alongside.ground.history.actor import Actor
from alongside.ground.panels.queries import hang
from alongside.planning.answers import policy, queries
from alongside.planning.answers.telling import afterwards, story
from alongside.planning.decisions.models import Decision
from alongside.planning.decisions.queries import OVER
from alongside.planning.ideas.models import Idea
from alongside.planning.ideas.queries import rounds


def on_decision(viewer: Actor, subject: Decision) -> dict[str, Any] | None:
    """Once it is over, or somebody has answered: how many ideas have their answer, and which are late."""
    rows = queries.answered(viewer, subject)
    own = [row for row in rows if row.is_due]
    if not own:
        return None
    if subject.stage not in OVER and not any(row.replies for row in own) and not any(row.is_late for row in own):
        return None
    return {
        "decision": subject,
        "many": len(own),
        "answered": sum(1 for row in own if row.replies),
        "late": [row for row in own if row.is_late],
        "done": sum(1 for row in own if row.is_done),
    }


def acts_on_decision(viewer: Actor, subject: Decision) -> dict[str, Any] | None:
    """What councillors did; for a councillor also the way to do something."""
    acts = policy.answerable(viewer, queries.acts(viewer, subject))
    acting = policy.may_act(by=viewer, decision=subject)
    return {"decision": subject, "acts": acts, "acting": acting} if acts or acting else None


def grounds(viewer: Actor, subject: Decision) -> dict[str, Any] | None:
    """On what a decision about somebody's own life rests; for those who may write it down, the way to do so."""
    if not queries.needs_grounds(subject):
        return None
    rows = queries.grounds(viewer, subject)
    may = policy.may_ground(by=viewer, decision=subject)
    context = {"decision": subject, "last": rows[0] if rows else None, "earlier": rows[1:], "may": may}
    return context if rows or may else None


def after_result(viewer: Actor, subject: Decision) -> dict[str, Any]:
    """Below the result: what happens next, and what happened so far."""
    steps = afterwards(subject, queries.answered(viewer, subject))
    return {"decision": subject, "steps": steps, "next": steps[-1] if steps[-1].mine else None}


def on_idea(viewer: Actor, subject: Idea) -> dict[str, Any]:
    """The answer to an idea, and its whole story."""
    row = queries.answered_one(viewer, subject)
    return {
        "row": row,
        "idea": subject,
        "decision": subject.decision,
        "story": story(viewer, subject, row.replies, rounds(viewer, subject)),
        "answers": viewer.party is not None and policy.may_follow_up(by=viewer, idea=subject),
        "now": queries.may_be_answered(subject),
    }


def hang_all() -> None:
    """Hang them, at start-up."""
    hang("decision", on_decision, "planning/answers/on_decision.html")
    hang("decision", grounds, "planning/answers/grounds.html")
    hang("result", grounds, "planning/answers/grounds.html")
    hang("decision_foot", acts_on_decision, "planning/answers/acts.html")
    hang("result_next", after_result, "planning/answers/after_result.html")
    hang("idea", on_idea, "planning/answers/on_idea.html")
