"""What plans hang on other pages: beside something found, the way to put it on one's own page; beside the picture of
who is around somebody, the way on with their plan."""

from __future__ import annotations

from typing import Any

from alongside.ground.history.actor import Actor
from alongside.ground.panels.queries import hang
from alongside.ground.people.models import Party
from alongside.ground.people.queries import may_speak_for
from alongside.planning.plans.queries import has_wants, plan_of


def asking(viewer: Actor, subject: Any) -> dict[str, Any] | None:
    """Nothing on a thing that is one's own; nothing is asked of a holder from here."""
    owner = subject.record.owner
    if viewer.party is not None and may_speak_for(viewer, owner):
        return None
    return {"asset": subject, "owner": owner}


def going_on(viewer: Actor, subject: Any) -> dict[str, Any] | None:
    """From the picture of who is around me: on to what I want, or back to the plan that is there."""
    found = plan_of(viewer, subject) if isinstance(subject, Party) else None
    return None if found is None else {"plan": found, "made": has_wants(found)}


def hang_all() -> None:
    hang("asset_ask", asking, "planning/plans/asking.html")
    hang("around", going_on, "planning/plans/going_on.html")
    hang("around_back", going_on, "planning/plans/around_back.html")
