"""What this kit hangs on other pages: beside a service, whose list it came from and when it was last checked."""

from __future__ import annotations

from typing import Any

from alongside.exchange.services import queries
from alongside.ground.history.actor import Actor
from alongside.ground.panels.queries import hang

ASSET = "asset"  # the place on an asset's page; its subject is the asset


def origin(viewer: Actor, subject: Any) -> dict[str, Any] | None:
    found = queries.origin(viewer, subject.record)
    return {"link": found, "feed": found.feed, "asset": subject} if found else None


def hang_all() -> None:
    hang(ASSET, origin, "exchange/services/origin.html")
