"""What is hung elsewhere: the way to the page of the whole place, and to a holder alone what they have promised."""

from __future__ import annotations

from typing import Any

from alongside.ground.history.actor import Actor
from alongside.ground.panels.queries import hang
from alongside.planning.complementary.queries import found_for, last_run, near_limit, nothing_for
from alongside.planning.complementary.showing import promised_said
from alongside.planning.plans.ideas import found_by


def promised(viewer: Actor, _subject: Any) -> dict[str, Any] | None:
    """On my page: what I have nearly all promised, for nobody else."""
    loads = [(promised_said(one.promised, one.limit), one.asset) for one in near_limit(viewer)]
    return {"loads": loads} if loads else None


def place(_viewer: Actor, _subject: Any) -> dict[str, Any] | None:
    """On the page of the place, once the whole of it has been looked through."""
    return {} if last_run() is not None else None


def hang_all() -> None:
    hang("my_page", promised, "planning/complementary/promised.html")
    hang("place", place, "planning/complementary/link.html")
    found_by(found_for, nothing_for)
