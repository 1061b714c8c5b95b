"""What a record said after an event, kept so that its holder sees what changed and can go back.

An action calls `keep`; the row is written with the event of that action once it is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Max

from alongside.ground.history.models import Event, Standing, Version

Body = dict[str, Any]


@dataclass
class Kept:
    """One version on its way: of which record, what it says, and what else the row holds."""

    record: int
    body: Body
    more: dict[str, Any] = field(default_factory=dict)


_under_way: ContextVar[list[Kept] | None] = ContextVar("versions under way", default=None)


@contextmanager
def gathering() -> Iterator[list[Kept]]:
    """Collect what the action inside keeps."""
    kept: list[Kept] = []
    token = _under_way.set(kept)
    try:
        yield kept
    finally:
        _under_way.reset(token)


def keep(record: int, body: Body, **more: Any) -> None:
    """Keep what a record says now. Called inside an action; `more` are other fields of the row."""
    kept = _under_way.get()
    assert kept is not None, "a version is kept inside an action"
    kept.append(Kept(record, body, more))


def write(kept: list[Kept], event: Event) -> None:
    """Give each its number. The row of the record stays locked until the action is done, so that of two at once
    the second counts on from the first. Called inside it."""
    for one in kept:
        record = apps.get_model("ground", "Record")._default_manager.select_for_update().get(pk=one.record)
        last = Version.objects.filter(record=record).aggregate(last=Max("n"))["last"] or 0
        Version.objects.create(record=record, n=last + 1, body=one.body, event=event, **one.more)


def keep_first(record: int, body: Body) -> None:
    """Before a first change, keep what a record said until now, with the last event that spoke of it. Called inside the
    action that changes it."""
    if not Version.objects.filter(record=record).exists():
        last = Event.objects.filter(record=record).order_by("-pk").first()
        if last is not None:
            Version.objects.create(record_id=record, n=1, body=body, event=last)


def note_read(record: int, body: Body, by: Any) -> None:
    """Note that the people of a community (`held_by`) read what a record says now: it is this that they go on reading
    until they have looked at what comes later. Called inside an action."""
    coming = [one for one in _under_way.get() or [] if one.record == record and one.body == body and not one.more]
    if coming:
        coming[-1].more["held_by"] = by
        return
    last = Version.objects.filter(record=record, standing=Standing.COUNTS).order_by("-n").first()
    if last is None or last.body != body:
        keep(record, body, held_by=by)
    elif last.held_by_id != by.pk:
        Version.objects.filter(pk=last.pk).update(held_by=by)


def last_read(record: int, communities: Iterable[Any]) -> Version | None:
    """What the people of these communities read last in a record."""
    read = Version.objects.filter(record=record, standing=Standing.COUNTS, held_by__in=communities)
    return read.order_by("-n").first()


def waiting(record: int) -> Version | None:
    """The change of a record that waits for the stewards of a community."""
    return Version.objects.filter(record=record, standing=Standing.WAITS).select_related("held_by").first()


def answer(version: Version, standing: str, words: str = "") -> bool:
    """Settle a change that waits; False where it waits no more. Called inside an action."""
    still = Version.objects.filter(pk=version.pk, standing=Standing.WAITS)
    return still.update(standing=standing, words=words) == 1
