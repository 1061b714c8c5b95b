"""What this kit hangs elsewhere: the way in from a community's page; and it takes texts that answer its questions."""

from __future__ import annotations

from typing import Any

from alongside.ground.history.actor import Actor
from alongside.ground.panels.queries import hang
from alongside.knowing.freshness.actions import also_takes
from alongside.knowing.workshops import queries
from alongside.knowing.workshops.actions import by_text


def on_party(viewer: Actor, subject: Any) -> dict[str, Any] | None:
    """For those who may hold a workshop of this community."""
    if subject.is_person or not queries.may_hold(viewer, subject):
        return None
    return {"party": subject}


def on_map(viewer: Actor, subject: Any) -> dict[str, Any] | None:
    return on_party(viewer, subject.record.owner)


def to_answer(viewer: Actor, subject: Any) -> dict[str, Any] | None:
    """For those who look after this group: cards that wait for their word."""
    cards = [] if subject.is_person else queries.asked_of(viewer, subject)
    return {"party": subject, "many": len(cards)} if cards else None


def hang_all() -> None:
    hang("party", to_answer, "knowing/workshops/to_answer.html")
    hang("party", on_party, "knowing/workshops/on_party.html")
    hang("map_tend", on_map, "knowing/workshops/on_party.html")
    also_takes(by_text)
