"""Follow the thread either way, seeing only what the viewer may see."""

from __future__ import annotations

from django.db.models import QuerySet

from alongside.ground.history.actor import Actor
from alongside.ground.records.models import Record
from alongside.ground.records.queries import visible_to
from alongside.ground.thread.models import Link


def led_to(viewer: Actor, record: Record) -> QuerySet[Link]:
    """What came of a record, first things first."""
    return record.links_on.filter(dst__in=visible_to(viewer)).select_related("dst").order_by("pk")


def came_from(viewer: Actor, record: Record) -> QuerySet[Link]:
    """What a record came from, first things first."""
    return record.links_back.filter(src__in=visible_to(viewer)).select_related("src").order_by("pk")
