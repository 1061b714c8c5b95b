"""What this kit hangs on other pages: before sending, what it helps with; on the stewards' desk, what people say."""

from __future__ import annotations

from typing import Any

from alongside.ground.history.actor import Actor
from alongside.ground.panels.queries import hang
from alongside.knowing.lexicon import policy, queries

SHOWN = 4


def on_check(viewer: Actor, subject: Any) -> dict[str, Any] | None:
    """The few concepts it seems to serve, with the way to say otherwise."""
    if not policy.may_tick(by=viewer, asset=subject):
        return None
    ticked, offered = queries.ticks(subject.pk, subject.title, subject.words)
    return {"asset": subject, "labels": [queries.label(key) for key in (ticked or offered)[:SHOWN]]}


def desk(viewer: Actor, _subject: Any) -> dict[str, Any] | None:
    return {"concepts": len(queries.lexicon().concepts)} if policy.may_extend(by=viewer) else None


def hang_all() -> None:
    hang("offer_check", on_check, "knowing/lexicon/on_check.html")
    hang("desk", desk, "knowing/lexicon/desk.html")
