"""What hangs on the last page of the steps: the way to open it on one page, where it is small enough."""

from __future__ import annotations

from typing import Any

from alongside.ground.history.actor import Actor
from alongside.ground.panels.queries import hang
from alongside.planning.asking import queries
from alongside.planning.decisions.models import Decision


def on_draft(_viewer: Actor, subject: Decision) -> dict[str, Any] | None:
    """For a draft that one page can open."""
    return {"decision": subject} if queries.is_small(subject) else None


def hang_all() -> None:
    """Hang it, at start-up."""
    hang("decision_draft", on_draft, "planning/asking/on_draft.html")
