"""What this kit hangs on other pages: beside a service, the list it came from; on the stewards' desk, the lists;
on an organisation's own page, the way to its own list."""

from __future__ import annotations

from typing import Any

from alongside.exchange.services import policy, queries
from alongside.ground.history.actor import Actor
from alongside.ground.panels.queries import hang
from alongside.ground.people.models import Kind
from alongside.knowing.assets.queries import groups_kept

ASSET = "asset"  # the place on an asset's page; its subject is the asset


def origin(viewer: Actor, subject: Any) -> dict[str, Any] | None:
    found = queries.origin(viewer, subject.record)
    return {"link": found, "feed": found.feed, "asset": subject} if found else None


def lists(viewer: Actor, _subject: Any) -> dict[str, Any] | None:
    return {"feeds": list(queries.feeds(viewer)[:10])} if policy.may_load(by=viewer) else None


def own(viewer: Actor, subject: Any) -> dict[str, Any] | None:
    return {"party": subject} if subject.kind == Kind.ORGANISATION and subject in groups_kept(viewer) else None


def hang_all() -> None:
    hang(ASSET, origin, "exchange/services/origin.html")
    hang("desk", lists, "exchange/services/desk.html")
    hang("party", own, "exchange/services/on_party.html")
