"""What hangs elsewhere: on my page the panels I said yes to, on the page of a decision the panels that take part in it,
and on the page of the place the way to all of them."""

from __future__ import annotations

from typing import Any

from alongside.ground.history.actor import Actor
from alongside.ground.panels.queries import hang
from alongside.planning.decisions.models import Decision
from alongside.planning.lotteries.models import Stage
from alongside.planning.lotteries.queries import decision_of, lotteries, my_places, on_panel


def mine(viewer: Actor, _subject: Any) -> dict[str, Any] | None:
    """For nobody but the person, and whoever helps them with their page."""
    places = [(place, decision_of(viewer, place.lottery)) for place in my_places(viewer)]
    return {"places": places} if places else None


def place(viewer: Actor, _subject: Any) -> dict[str, Any] | None:
    found = list(lotteries(viewer)[:3])
    return {"lotteries": found} if found else None


def sitting(viewer: Actor, decision: Decision) -> dict[str, Any] | None:
    """To whoever sits on a panel that takes part in a decision, that they do; to nobody else who does."""
    mine = list(on_panel(viewer).filter(decision=decision))
    return {"lotteries": mine, "mine": mine} if mine else None


def taking_part(viewer: Actor, decision: Decision) -> dict[str, Any] | None:
    """The panels that take part in a decision."""
    found = list(lotteries(viewer).filter(decision=decision).exclude(stage=Stage.WRITING))
    return {"lotteries": found, "mine": []} if found else None


def hang_all() -> None:
    hang("decision", sitting, "planning/lotteries/on_decision.html")
    hang("decision_from", taking_part, "planning/lotteries/on_decision.html")
    hang("my_page", mine, "planning/lotteries/on_my_page.html")
    hang("place", place, "planning/lotteries/on_place.html")
