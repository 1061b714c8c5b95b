"""Whom somebody helps, who helps somebody, and what waits to be posted or told."""

from __future__ import annotations

import re
import uuid

from django.db.models import QuerySet

from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Basis, Card, Party, PartyState
from alongside.ground.people.queries import helped_by, helps

KEY = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
NEEDS_NOTE = ("health_attorney", "best_interests")


def people_i_help(viewer: Actor) -> QuerySet[Basis]:
    """The person acting, whoever they are helping just now."""
    return helps(viewer.person) if viewer.person else Basis.objects.none()


def my_helpers(viewer: Actor) -> QuerySet[Basis]:
    """Shown to the person, and to a named helper on their word."""
    return helped_by(viewer.party) if viewer.party else Basis.objects.none()


def card_of(basis: Basis) -> Card | None:
    return Card.objects.filter(login__party=basis.person).first()


def person_at(address: str) -> Party | None:
    """The person whose page has this address. Addresses cannot be guessed, so this finds nobody by name."""
    found = KEY.search(address)
    live = Party.objects.filter(kind="person", state__in=(PartyState.LIVE, PartyState.PAUSED))
    return live.filter(key=uuid.UUID(found[0])).first() if found else None


def bases_to_note(viewer: Actor) -> QuerySet[Basis]:
    """For stewards: what rests on somebody being unable to decide, or was objected to, newest first."""
    rows = Basis.objects.filter(ended_at=None).exclude(supporter=viewer.person).select_related("person", "supporter")
    return (rows.filter(kind__in=NEEDS_NOTE) | rows.exclude(objected_at=None)).order_by("-since")
