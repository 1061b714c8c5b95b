"""What somebody has shared, with whom, and who has looked."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from alongside.ground.consent.models import Grant, Look
from alongside.ground.history.actor import Actor
from alongside.ground.records.models import Record


@dataclass(frozen=True)
class Sight:
    """Proof that a look was written: queries on personal parts take one and open only these parts."""

    record: Record
    parts: frozenset[str]
    reader: Actor

    def shows(self, part: str) -> bool:
        return "all" in self.parts or part in self.parts


def open_grants(record: Record) -> QuerySet[Grant]:
    """Who may see this now, newest first."""
    now = timezone.now()
    return (
        record.grants.filter(revoked_at=None, until__gt=now)
        .select_related("grantee")
        .prefetch_related("parts")
        .order_by("-since")
    )


def looks_at(record: Record) -> QuerySet[Look]:
    """Who looked, newest first; for the owner's page."""
    return record.looks.select_related("reader", "on_behalf").order_by("-at")
