"""What waits for a word on one's own page; and on a letter or a call about it, the way to answer."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from alongside.ground.history.actor import Actor
from alongside.ground.panels.queries import hang
from alongside.ground.people.models import Party
from alongside.knowing.freshness.queries import waiting_for

BEGINS = "/still-so/"


def mine(viewer: Actor, subject: Party) -> dict[str, Any] | None:
    """Things of mine that are marked or hidden; nothing where there are none."""
    waiting = waiting_for(viewer, subject)
    return {"waiting": waiting} if waiting else None


def by_link(viewer: Actor, notice: Any) -> dict[str, Any] | None:
    """For a letter to print or a call to make that asks this question: its link. Reads nothing more."""
    link = notice.link
    return {"link": link, "address": settings.PUBLIC_URL + link} if link.startswith(BEGINS) else None


def hang_all() -> None:
    hang("my_page", mine, "knowing/freshness/mine.html")
    hang("letter", by_link, "knowing/freshness/letter.html")
    hang("call", by_link, "knowing/freshness/call.html")
