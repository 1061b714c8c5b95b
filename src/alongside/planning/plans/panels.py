"""What plans hang on other pages: beside something found, the way to put it on one's own page."""

from __future__ import annotations

from typing import Any

from alongside.ground.history.actor import Actor
from alongside.ground.panels.queries import hang
from alongside.ground.people.queries import may_speak_for


def asking(viewer: Actor, subject: Any) -> dict[str, Any] | None:
    """Nothing on a thing that is one's own; nothing is asked of a holder from here."""
    owner = subject.record.owner
    if viewer.party is not None and may_speak_for(viewer, owner):
        return None
    return {"asset": subject, "owner": owner}


def hang_all() -> None:
    hang("asset_ask", asking, "planning/plans/asking.html")
