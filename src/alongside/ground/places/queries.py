"""Which place this is, and which area somebody means by the words they typed."""

from __future__ import annotations

from django.core.cache import cache
from django.db.models import QuerySet

from alongside.ground.places.models import Area, AreaKind, Installation


def installation() -> Installation | None:
    """The place this installation serves, or None before it was opened. Kept for a minute."""
    found: Installation | None = cache.get("installation")
    if found is None:
        found = Installation.objects.select_related("worry_person").first()
        if found is not None:
            cache.set("installation", found, 60)
    return found


def find_areas(words: str, limit: int = 12) -> QuerySet[Area]:
    """Areas whose name or code starts with, or holds, these words; the finest named ones first."""
    words = " ".join(words.split())
    return Area.objects.filter(name__icontains=words).exclude(kind=AreaKind.LSOA).order_by("name")[:limit]


def areas(kind: str) -> QuerySet[Area]:
    return Area.objects.filter(kind=kind).order_by("name")
