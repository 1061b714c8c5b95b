"""What hangs on other pages: decisions open now, where people look around and on the page of a group."""

from __future__ import annotations

from typing import Any

from alongside.ground.history.actor import Actor
from alongside.ground.panels.queries import hang
from alongside.ground.people.models import Party
from alongside.planning.decisions import explaining, queries
from alongside.planning.decisions.models import Decision

MOST = 3
FEW = 2


def _told(decisions: list[Decision]) -> list[tuple[Decision, str]]:
    return [(one, explaining.can_do(one)) for one in decisions]


def looking_around(viewer: Actor, subject: Any) -> dict[str, Any] | None:
    """Where people look around: what is open now, and what came of earlier ones. For those who are new here: beside
    what somebody looks for it would be in the way, and who has a page knows where people decide."""
    words: str = getattr(subject, "words", "")
    if words or viewer.party is not None:
        return None
    now, over = queries.glimpse(viewer, MOST)
    return {"now": _told(now), "over": over} if now or over else None


def on_place(viewer: Actor, _subject: Any) -> dict[str, Any] | None:
    """On the page of the place, for everybody: what was decided lately, and what is open now and ends first."""
    now, over = queries.glimpse(viewer, FEW)
    return {"now": _told(now[:1]), "over": over} if now or over else None


def on_party(viewer: Actor, subject: Party) -> dict[str, Any] | None:
    """On the page of a group or a public body: its decisions, and the way to ask for one for those who may."""
    if subject.is_person:
        return None
    now = queries.open_now(viewer, most=MOST, owner=subject)
    may_ask = queries.may_ask(viewer, subject)
    return {"now": _told(now), "over": [], "owner": subject, "may_ask": may_ask} if now or may_ask else None


def hang_all() -> None:
    """Hang them, at start-up."""
    hang("look_around", looking_around, "planning/decisions/open_now.html")
    hang("place_decided", on_place, "planning/decisions/on_place.html")
    hang("party", on_party, "planning/decisions/open_now.html")
