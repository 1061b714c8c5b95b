"""What hangs elsewhere: on my page the panels I said yes to, and on the page of the place the way to all of them."""

from __future__ import annotations

from typing import Any

from alongside.ground.history.actor import Actor
from alongside.ground.panels.queries import hang
from alongside.planning.lotteries.queries import lotteries, my_places


def mine(viewer: Actor, _subject: Any) -> dict[str, Any] | None:
    """For nobody but the person, and whoever helps them with their page."""
    places = my_places(viewer)
    return {"places": places} if places else None


def place(viewer: Actor, _subject: Any) -> dict[str, Any] | None:
    found = list(lotteries(viewer)[:3])
    return {"lotteries": found} if found else None


def hang_all() -> None:
    hang("my_page", mine, "planning/lotteries/on_my_page.html")
    hang("place", place, "planning/lotteries/on_place.html")
