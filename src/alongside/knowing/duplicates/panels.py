"""What this kit hangs on other pages: how many pairs wait on the stewards' desk, what is already here when offering,
and where the address of what was merged leads."""

from __future__ import annotations

from typing import Any

from alongside.ground.history.actor import Actor
from alongside.ground.panels.queries import hang
from alongside.knowing.assets.queries import lead_by
from alongside.knowing.duplicates import queries


def on_desk(viewer: Actor, _subject: Any) -> dict[str, Any] | None:
    waiting = queries.waiting(viewer).count()
    return {"waiting": waiting} if waiting else None


def on_check(viewer: Actor, subject: Any) -> dict[str, Any] | None:
    here = queries.already_here(viewer, subject)
    return {"here": here} if here else None


def on_asset(viewer: Actor, subject: Any) -> dict[str, Any] | None:
    """On the page of what went on as another, for those who still see it: where it went, and how to undo that."""
    found = queries.went_on_as(viewer, subject)
    return {"merging": found} if found else None


def hang_all() -> None:
    lead_by(queries.leads_to)
    hang("desk", on_desk, "knowing/duplicates/desk.html")
    hang("asset", on_asset, "knowing/duplicates/went_on.html")
    hang("offer_check", on_check, "knowing/duplicates/already_here.html")
