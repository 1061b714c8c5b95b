"""What hangs on a decision's page: its ideas, where the list came from, and what those who run it do with it."""

from __future__ import annotations

from typing import Any

from alongside.ground.history.actor import Actor
from alongside.ground.panels.queries import hang
from alongside.ground.people.models import Party
from alongside.planning.decisions.models import Decision
from alongside.planning.decisions.queries import OVER, may_talk_again
from alongside.planning.ideas import queries
from alongside.planning.ideas.models import IdeaState


def on_decision(viewer: Actor, subject: Decision) -> dict[str, Any] | None:
    """What can be voted on with what each brings; before the list is made, the ideas so far."""
    return _ideas(viewer, subject) if subject.stage not in OVER else None


def under_decision(viewer: Actor, subject: Decision) -> dict[str, Any] | None:
    """The same once it is over, below its result."""
    return _ideas(viewer, subject) if subject.stage in OVER else None


def _ideas(viewer: Actor, subject: Decision) -> dict[str, Any]:
    options = list(queries.options(viewer, subject))
    priced = any(one.cost_pence for one in options)  # else nothing is bought, and “£0” tells nobody anything
    sorted_ = {} if options else queries.by_state(queries.ideas(viewer, subject))
    return {
        "decision": subject,
        "options": [(one, one.price if priced else "") for one in options],
        "offered": sorted_.get(IdeaState.OFFERED, []),
        "over": subject.stage in OVER,
        "taking": queries.is_taking_ideas(subject),
    }


def came_from(_viewer: Actor, subject: Decision) -> dict[str, Any] | None:
    """Where the ideas came from: how many each side wrote, and what became of them."""
    told = queries.provenance(subject)
    return {"told": told} if told.sides else None


def on_my_page(viewer: Actor, subject: Party) -> dict[str, Any] | None:
    """What I put forward, named or not; only I and who helps me with it see that it was me."""
    mine = queries.put_forward_by(viewer, subject)
    return {"ideas": mine} if mine else None


def to_run(_viewer: Actor, subject: Decision) -> dict[str, Any]:
    """For those who run it: make the list, or take it back to talk."""
    again = may_talk_again(subject)
    return {"decision": subject, "listing": queries.may_list_now(subject), "talks_again": again}


def on_draft(_viewer: Actor, subject: Decision) -> dict[str, Any] | None:
    """On the last page before it opens: how many ideas come from the round before."""
    found = queries.carried(subject)
    return {"many": sum(found.values()), "dropped": found.get(IdeaState.DROPPED, 0)} if found else None


def hang_all() -> None:
    """Hang them, at start-up."""
    hang("decision", on_decision, "planning/ideas/on_decision.html")
    hang("decision_foot", under_decision, "planning/ideas/on_decision.html")
    hang("decision_from", came_from, "planning/ideas/on_from.html")
    hang("my_page", on_my_page, "planning/ideas/mine.html")
    hang("decision_run", to_run, "planning/ideas/to_run.html")
    hang("decision_draft", on_draft, "planning/ideas/on_draft.html")
