"""Whom somebody helps, who helps somebody, and what waits to be posted or told."""

from __future__ import annotations

from django.db.models import QuerySet

from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Basis, Card
from alongside.ground.people.queries import helped_by, helps, parts_seen

NEEDS_NOTE = ("health_attorney", "best_interests")


def people_i_help(viewer: Actor) -> QuerySet[Basis]:
    """The person acting, whoever they are helping just now."""
    return helps(viewer.person) if viewer.person else Basis.objects.none()


def my_helpers(viewer: Actor) -> QuerySet[Basis]:
    """Shown to the person, and to a named helper on their word."""
    if viewer.party is None:
        return Basis.objects.none()
    found = helped_by(viewer.party)
    return found if "all" in parts_seen(viewer) else found.filter(supporter=viewer.person)


def card_of(basis: Basis) -> Card | None:
    return Card.objects.filter(login__party=basis.person).first()


def bases_to_note(viewer: Actor) -> QuerySet[Basis]:
    """For stewards: what rests on somebody being unable to decide, or was objected to, newest first."""
    rows = Basis.objects.filter(ended_at=None).exclude(supporter=viewer.person).select_related("person", "supporter")
    return (rows.filter(kind__in=NEEDS_NOTE) | rows.exclude(objected_at=None)).order_by("-since")
