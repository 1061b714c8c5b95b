"""What the register hangs on other pages: on the front page what is on, on a party's page what they share."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from alongside.ground.history.actor import Actor
from alongside.ground.panels.queries import hang
from alongside.ground.people.models import Party
from alongside.knowing.assets import queries
from alongside.knowing.assets.wording import place_said, when_said

SHOWN = 5
MOST = 30


def this_week(viewer: Actor, _subject: Any) -> dict[str, Any] | None:
    """Something to join in on each of the next days, soonest first; nothing where nothing is on."""
    today = timezone.localdate()
    lines = []
    for asset, day in queries.on_in_the_week(viewer, today)[:SHOWN]:
        lines.append(
            {
                "asset": asset,
                "owner": asset.record.owner,
                "today": day == today,
                "day": day,
                "when": when_said(asset.whens.all()[0]),
                "where": place_said(asset.record),
            }
        )
    return {"lines": lines} if lines else None


def offers(viewer: Actor, subject: Party) -> dict[str, Any] | None:
    """What a party has to share, as far as this viewer may see it; nothing where there is none."""
    held = list(queries.held_by(viewer, subject)[:MOST])
    return {"held": held} if held else None


def changes(viewer: Actor, _subject: Any) -> dict[str, Any] | None:
    """How many changes wait for a look in the communities that this viewer looks after."""
    waiting = len(queries.edits_waiting(viewer))
    return {"waiting": waiting} if waiting else None


def changes_of(viewer: Actor, subject: Party) -> dict[str, Any] | None:
    """On a community's page, for those who look after it."""
    waiting = [version for _asset, version in queries.edits_waiting(viewer) if version.held_by_id == subject.pk]
    return {"waiting": len(waiting)} if waiting else None


def hang_all() -> None:
    hang("desk", changes, "knowing/assets/waiting_panel.html")
    hang("party", changes_of, "knowing/assets/waiting_panel.html")
    hang("party", offers, "knowing/assets/on_party.html")
    hang("front", this_week, "knowing/assets/this_week.html")
