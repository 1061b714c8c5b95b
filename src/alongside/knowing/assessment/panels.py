"""What the assessment hangs elsewhere: how many people want what, beside what is not found yet."""

from __future__ import annotations

from typing import Any

from alongside.ground.history.actor import Actor
from alongside.ground.panels.queries import hang
from alongside.knowing.assessment import showing
from alongside.knowing.assessment.queries import place_facts


def wanted(_viewer: Actor, _subject: Any) -> dict[str, Any] | None:
    """The published figures of the whole place, as its own page shows them."""
    facts = place_facts()
    return {"facts": facts, "wants": showing.want_lines(facts)}


def hang_all() -> None:
    hang("not_found_yet", wanted, "knowing/assessment/wanted.html")
