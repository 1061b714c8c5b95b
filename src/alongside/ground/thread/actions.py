"""Tie the thread: say that one record came of another."""

from __future__ import annotations

from collections.abc import Iterable

from alongside.ground.history.acting import action
from alongside.ground.history.actor import Actor
from alongside.ground.records.models import Record
from alongside.ground.thread import policy
from alongside.ground.thread.models import Link


@action("thread.tie", may=policy.may_tie)
def tie(*, by: Actor, src: Record, dst: Record, kind: str) -> Link:
    """`src` led to `dst`. Tying twice leaves one link; a link is never changed or removed."""
    return Link.objects.get_or_create(src=src, dst=dst, kind=kind)[0]


def tie_many(*, by: Actor, pairs: Iterable[tuple[Record, Record]], kind: str) -> None:
    """Each first one led to its second. Called inside an action, whose event stands for all of them."""
    Link.objects.bulk_create((Link(src=src, dst=dst, kind=kind) for src, dst in pairs), ignore_conflicts=True)
