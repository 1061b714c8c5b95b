"""Many records at once, for feeds: the same as `open_record`, `put` and `end`, in a few statements."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import h3
from django.db import connection
from django.db.models import F
from django.utils import timezone

from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party, PartyState
from alongside.ground.places.models import Area
from alongside.ground.records.models import Audience, Level, Precision, Record, Spot, SpotExact, State


@dataclass(frozen=True, slots=True)
class PublicPlace:
    """A place that is open to all, so that its exact point and address may be shown; `near` where the point is only
    that of its postcode."""

    lat: float | None
    lng: float | None
    words: str = ""
    address: str = ""
    area: Area | None = None
    near: bool = False


@contextmanager
def wide_statements() -> Iterator[None]:
    """Let one statement carry as many values as this SQLite takes. Django assumes the 999 of old ones,
    which makes a hundred small statements of one large one. PostgreSQL needs nothing."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    features = connection.features
    features.max_query_params = connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
    try:
        yield
    finally:
        del features.max_query_params


def open_many(*, by: Actor, kind: str, holders: Sequence[tuple[Party, str]]) -> list[Record]:
    """A spine row for each holder and state, in their order: public, counted, of the community's level.

    Called inside an action. Only for what organisations publish themselves.
    """
    return Record.objects.bulk_create(
        Record(
            kind=kind,
            owner=owner,
            area_id=owner.area_id,
            lang=owner.lang,
            level=Level.COMMUNITY,
            audience=Audience.EVERYONE,
            countable=True,
            state=state,
        )
        for owner, state in holders
    )


def put_many(*, by: Actor, places: dict[int, PublicPlace | None]) -> None:
    """Fix the exact, public place of many records by id; None takes a place away. Called inside an action."""
    there = {pk: place for pk, place in places.items() if place is not None}
    away = [pk for pk, place in places.items() if place is None]
    if away:
        Spot.objects.filter(pk__in=away).delete()
        SpotExact.objects.filter(pk__in=away).delete()
    if not there:
        return
    shown = ["precision", "shown_lat", "shown_lng", "shown_words", "cell7", "cell9", "area", "from_postcode"]
    Spot.objects.bulk_create(
        (_spot(pk, place) for pk, place in there.items()),
        update_conflicts=True,
        unique_fields=["record"],
        update_fields=shown,
    )
    SpotExact.objects.bulk_create(
        (_exact(pk, place) for pk, place in there.items()),
        update_conflicts=True,
        unique_fields=["record"],
        update_fields=["lat", "lng", "address"],
    )


def _exact(pk: int, place: PublicPlace) -> SpotExact:
    """Of a place whose postcode alone is known the exact point is not."""
    lat, lng = (None, None) if place.near else (place.lat, place.lng)
    return SpotExact(record_id=pk, lat=lat, lng=lng, address=place.address)


def _spot(pk: int, place: PublicPlace) -> Spot:
    cells = ("", "")
    if place.lat is not None and place.lng is not None:
        cells = (h3.latlng_to_cell(place.lat, place.lng, 7), h3.latlng_to_cell(place.lat, place.lng, 9))
    return Spot(
        record_id=pk,
        precision=Precision.CELL if place.near else Precision.EXACT,
        shown_lat=place.lat,
        shown_lng=place.lng,
        shown_words=place.words[:200],
        cell7=cells[0],
        cell9=cells[1],
        area=place.area,
        from_postcode=place.near,
    )


def move_many(*, by: Actor, records: Collection[int], state: str) -> int:
    """Put many records into one state; what was erased stays erased. Their words are the same, so is their
    revision."""
    if not records:
        return 0
    moved = Record.objects.filter(pk__in=records).exclude(state=State.ERASED)
    return moved.update(state=state, changed=timezone.now())


def revise_many(*, by: Actor, records: Collection[int]) -> int:
    """Count a revision of many records whose words were written anew."""
    return Record.objects.filter(pk__in=records).update(rev=F("rev") + 1, changed=timezone.now())


def hand_over_many(*, by: Actor, records: Collection[int], owner: Party) -> int:
    """Give records to another organisation, as the list that they come from now says."""
    return Record.objects.filter(pk__in=records).exclude(state=State.ERASED).update(owner=owner)


def count_many(*, by: Actor, records: Collection[int], on: bool) -> int:
    """Whether these enter the figures, as their owners said. Called inside the action by which they did."""
    return Record.objects.filter(pk__in=records).update(countable=on)


def open_again(*, by: Actor, before: Sequence[Record], like: Record) -> list[Record]:
    """A spine row after each of these, in their order: of the same kind, owner and language, seen by whoever sees
    `like`. Called inside an action."""
    return Record.objects.bulk_create(
        Record(
            kind=one.kind,
            owner_id=one.owner_id,
            area_id=one.area_id,
            lang=one.lang,
            level=like.level,
            audience=like.audience,
            community_id=like.community_id,
        )
        for one in before
    )


def show_with(*, by: Actor, records: Collection[int], like: Record) -> int:
    """What was laid beside a draft is shown to whoever sees `like`, now that this is; what belongs to somebody who
    takes a break rests until they are back. Called inside an action. How many there were."""
    laid = Record.objects.filter(pk__in=records, state=State.LIVE)
    shown = {"audience": like.audience, "community": like.community, "changed": timezone.now()}
    resting = laid.filter(owner__state=PartyState.PAUSED)
    return resting.update(state=State.RESTING, **shown) + laid.update(**shown)
