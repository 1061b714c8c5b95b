"""Worries, seen by those they went to and by whoever raised them; by nobody else, and by no helper for somebody."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When
from django.utils import timezone

from alongside.ground.history.actor import Actor
from alongside.ground.worries.models import Worry, WorryState

WAITING = (WorryState.OPEN, WorryState.TAKEN)


def to_handle(viewer: Actor) -> QuerySet[Worry]:
    """What went to this person: what waits first, soonest due first, each with whether it is overdue."""
    if viewer.person is None or viewer.is_helping:
        return Worry.objects.none()
    late = Q(due__lt=timezone.now(), state__in=WAITING)
    mine = Worry.objects.filter(to=viewer.person).exclude(about__owner=viewer.person)
    return mine.annotate(
        overdue=Case(When(late, then=Value(True)), default=Value(False), output_field=BooleanField()),
        waits=Case(When(state__in=WAITING, then=Value(True)), default=Value(False), output_field=BooleanField()),
    ).order_by("-waits", "due")


def raised_by(viewer: Actor) -> QuerySet[Worry]:
    if viewer.person is None or viewer.is_helping:
        return Worry.objects.none()
    return Worry.objects.filter(raised_by=viewer.person)


def for_desk(viewer: Actor, _subject: Any = None) -> dict[str, Any] | None:
    """The panel on the stewards' desk."""
    waiting = list(to_handle(viewer).filter(state__in=WAITING)[:50])
    return {"worries": waiting} if waiting else None
