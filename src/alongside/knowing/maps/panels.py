"""What this kit hangs on other pages: on a community's page, its map, or how to start one."""

from __future__ import annotations

from typing import Any

from alongside.ground.history.actor import Actor
from alongside.ground.panels.queries import hang
from alongside.knowing.maps import policy, queries


def on_party(viewer: Actor, subject: Any) -> dict[str, Any] | None:
    if subject.is_person:
        return None
    found = queries.map_of(viewer, subject)
    may_start = found is None and policy.may_start(by=viewer, community=subject)
    return {"map": found, "party": subject} if found or may_start else None


def hang_all() -> None:
    hang("party", on_party, "knowing/maps/on_party.html")
