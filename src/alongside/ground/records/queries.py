"""`visible_to`: the only place in the house that decides in SQL who may see a record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, Model, OneToOneRel, OuterRef, Q, QuerySet
from django.utils import timezone

from alongside.ground.history.actor import Actor
from alongside.ground.people import queries as people
from alongside.ground.people.models import Party
from alongside.ground.records.models import Audience, Record, State

SHOWN = (State.LIVE, State.STALE)
PUBLIC = Q(audience=Audience.EVERYONE, state__in=SHOWN)


def visible_to(viewer: Actor) -> QuerySet[Record]:
    """Every record this viewer may see, checked afresh on each call so that a withdrawal counts at once.

    Everyone's records for all; besides, one's own, those of groups one keeps, those shared with one's
    communities and circles, and those granted by name. Blocked pairs see nothing of each other.
    """
    if viewer.is_system:
        return Record.objects.exclude(state=State.ERASED)
    me = viewer.party
    if me is None:
        return Record.objects.filter(PUBLIC)
    seen = PUBLIC | _reach(viewer)
    if not viewer.is_helping and people.is_steward(me):
        seen |= Q(state=State.HELD) & ~Q(audience=Audience.ME)
    return _unblocked(Record.objects.filter(seen), me)


def private_set(viewer: Actor) -> QuerySet[Record]:
    """What this viewer may see beyond what everyone may: the small second set of every search."""
    if viewer.party is None:
        return Record.objects.none()
    return _unblocked(Record.objects.filter(_reach(viewer)).exclude(PUBLIC), viewer.party)


def everyones() -> QuerySet[Record]:
    """What anyone may see."""
    return Record.objects.filter(PUBLIC)


def _unblocked(records: QuerySet[Record], me: Party) -> QuerySet[Record]:
    blocked = people.blocked_between(me)
    return records.exclude(owner__in=blocked) if blocked else records


def _reach(viewer: Actor) -> Q:
    """What is the viewer's own to see. Somebody helping sees the kinds of record that their basis reaches."""
    assert viewer.party is not None
    parts = people.parts_seen(viewer)
    if "all" in parts:
        return _theirs(viewer.party)
    return _theirs(viewer.party) & Q(kind__in=parts)


def _theirs(me: Party) -> Q:
    now = timezone.now()
    shown = Q(state__in=SHOWN)
    own = (Q(owner=me) | Q(owner__in=people.keeps(me))) & ~Q(state=State.ERASED)
    community = Q(audience=Audience.COMMUNITY, community__in=people.belongs_to(me)) & shown
    circle = Q(audience=Audience.CIRCLE, owner__in=_circles(me)) & shown
    granted = Q(pk__in=_granted(me, now)) & shown
    return own | community | circle | granted


def _circles(me: Party) -> QuerySet[Any, Any]:
    return me.circles.filter(until=None).values("owner")


def _granted(me: Party, now: datetime) -> QuerySet[Any, Any]:
    grants = me.granted.model._default_manager.filter(Q(grantee=me) | Q(grantee__in=people.keeps(me)))
    return grants.filter(revoked_at=None, since__lte=now, until__gt=now).values("record")


def counted() -> QuerySet[Record]:
    """Records whose owners chose to be counted; the only ones that may enter a figure about people."""
    return Record.objects.filter(countable=True, state__in=SHOWN)


def visible_exists(viewer: Actor, outer: str) -> Exists:
    """As a condition inside another query: the record named by `outer` is visible."""
    return Exists(visible_to(viewer).filter(pk=OuterRef(outer)))


def kit_models() -> list[type[Model]]:
    """Every model whose row is part of a record: its primary key is the record. Export and erase walk these."""
    return [
        field.related_model
        for field in Record._meta.get_fields(include_hidden=True)
        if isinstance(field, OneToOneRel) and field.field.primary_key
    ]
