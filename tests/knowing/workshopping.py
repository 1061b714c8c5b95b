"""What tests of mapping workshops share: one held by the lunch club, and cards of it."""

from __future__ import annotations

import html
import re
from typing import Any

from django.test import Client
from django.utils import timezone

from alongside.ground.consent.actions import look
from alongside.ground.consent.queries import Sight
from alongside.knowing.workshops import actions
from alongside.knowing.workshops.models import Card, Workshop
from tests.cast import Cast, Somebody


def held(cast: Cast, who: Somebody | None = None, **more: Any) -> Workshop:
    """A workshop of the lunch club, held by the connector who looks after it."""
    given: dict[str, Any] = {"title": "What Mill Street has", "day": timezone.localdate(), "tables": 4, **more}
    return actions.open_workshop(by=(who or cast.connector).actor, community=cast.lunch_club, **given)


def typed(cast: Cast, workshop: Workshop, words: str, who: Somebody | None = None, **more: Any) -> Card:
    return actions.type_card(by=(who or cast.connector).actor, workshop=workshop, words=words, **more)


def maries(cast: Cast, workshop: Workshop, words: str = "Jam making", code: str = "C1", **more: Any) -> Card:
    """A card of somebody who has no page here."""
    given = {"name": "Marie Lloyd", "reach": "marie@example.org", **more}
    return typed(cast, workshop, words, code=code, whose="person", **given)


def seen(cast: Cast, workshop: Workshop, who: Somebody | None = None) -> Sight:
    by = (who or cast.connector).actor
    return look(by=by, record=workshop.record, parts=["cards"], purpose="Typing in cards")


def keys(*cards: Card) -> set[str]:
    return {str(card.key) for card in cards}


def text(page: Any) -> str:
    return html.unescape(page.content.decode())


def answers(client: Client, link: str, **given: Any) -> str:
    """What the page says after somebody opened it, read it, and pressed a button."""
    seen = re.search(r'name="seen" value="(\w+)"', text(client.get(link)))
    return text(client.post(link, {"seen": seen[1] if seen else "", **given}, follow=True))
