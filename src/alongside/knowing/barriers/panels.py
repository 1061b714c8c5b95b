"""What hangs on other pages: what gets in the way at a thing or with a holder, one's own, and rights beside ideas."""

from __future__ import annotations

from typing import Any

from alongside.ground.history.actor import Actor
from alongside.ground.panels.queries import hang
from alongside.ground.people.models import Party
from alongside.ground.records.models import SHOWN, Audience
from alongside.knowing.assets.models import Asset
from alongside.knowing.barriers import policy, queries
from alongside.knowing.outcomes.models import Outcome


def on_asset(viewer: Actor, subject: Asset) -> dict[str, Any] | None:
    """On the page of something that everyone may see: what gets in the way there, and the way to say so."""
    record = subject.record
    if record.audience != Audience.EVERYONE or record.state not in SHOWN:
        return None
    mine = viewer.party is not None and viewer.party.pk == record.owner_id
    return {"barriers": queries.at_asset(viewer, subject), "asset": subject, "mine": mine}


def on_party(viewer: Actor, subject: Party) -> dict[str, Any] | None:
    """On the page of a group or organisation: what they have to answer."""
    if not policy.is_public_face(subject):
        return None
    return {"barriers": queries.of_holder(viewer, subject), "holder": subject}


def on_my_page(viewer: Actor, subject: Party) -> dict[str, Any] | None:
    """What I said gets in the way, named or not; only I and who helps me with it see that it was me."""
    said = queries.said_by(viewer, subject)
    return {"barriers": said} if said else None


def beside_ideas(_viewer: Actor, subject: Outcome) -> dict[str, Any] | None:
    """Rights that concern the part of life that an idea is for; nothing where no part of life is known."""
    found = queries.rights(subject.domain, most=3) if subject.domain else []
    return {"rights": found, "domain": subject.domain} if found else None


def hang_all() -> None:
    hang("asset", on_asset, "knowing/barriers/on_page.html")
    hang("party", on_party, "knowing/barriers/on_page.html")
    hang("my_page", on_my_page, "knowing/barriers/mine.html")
    hang("ideas", beside_ideas, "knowing/barriers/rights_panel.html")
