"""Whose something is: people's own things are counted with care, what groups and organisations offer is open."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Kind, Sort
from alongside.ground.records.queries import everyones
from alongside.knowing.assets.queries import assets

PEOPLE = Q(record__owner__kind=Kind.PERSON) | Q(record__owner__sort=Sort.HOUSEHOLD)
HOLDERS = (Kind.COMMUNITY.value, Kind.ORGANISATION.value)


def open_things() -> QuerySet[Any]:
    """What communities and organisations offer to everyone; nothing of a person or a household."""
    everything = assets(Actor.anyone()).select_related(None).filter(record__in=everyones())
    return everything.exclude(PEOPLE).filter(record__owner__kind__in=HOLDERS).order_by("pk")
