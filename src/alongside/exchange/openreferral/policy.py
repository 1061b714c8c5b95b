"""What may leave in the feed, said once: never what a person or a household has, whoever asks."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alongside.ground.consent.queries import going_out
from alongside.ground.history.acting import rule
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Kind, Sort
from alongside.ground.records.models import Record


def leaving(viewer: Actor) -> QuerySet[Record]:
    """Records that communities and organisations let go out in open lists. A person who wants to be in the feed
    offers in the name of a group they look after."""
    out = going_out(viewer).filter(kind="asset")
    return out.exclude(owner__kind=Kind.PERSON).exclude(owner__sort=Sort.HOUSEHOLD)


@rule(_("The computer does that at night."))
def may_note(*, by: Actor, **_rest: Any) -> bool:
    return by.is_system
