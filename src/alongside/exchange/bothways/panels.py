"""What hangs beside the choice of a rule for money: the way to see both rules on a file."""

from __future__ import annotations

from typing import Any

from alongside.ground.history.actor import Actor
from alongside.ground.panels.queries import hang
from alongside.planning.decisions.models import Decision


def beside_money(_viewer: Actor, _subject: Decision) -> dict[str, Any]:
    return {}


def hang_all() -> None:
    hang("decision_money", beside_money, "exchange/bothways/link.html")
