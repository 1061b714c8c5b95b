"""Writes many records at once, each with its spine row, its kit rows, its place and its event, as the actions would."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable
from random import Random

import h3
from django.db import models

from alongside.ground.history.actor import Source
from alongside.ground.history.models import Event
from alongside.ground.people.models import Party
from alongside.ground.places.models import Area
from alongside.ground.records.actions import shown_point
from alongside.ground.records.bulk import wide_statements
from alongside.ground.records.models import Audience, Level, Precision, Record, Spot, SpotExact, State

Rows = Callable[[Record], Iterable[models.Model]]
BATCH = 1000


def key(rng: Random) -> uuid.UUID:
    """A public key that is the same again for the same seed."""
    return uuid.UUID(int=rng.getrandbits(128), version=4)


def rekey(rng: Random, record: Record) -> None:
    """Give what an action has just written a key that is the same again, before anybody was told of it."""
    record.key = key(rng)
    Record.objects.filter(pk=record.pk).update(key=record.key)


class Pile:
    """Records that wait to be written together. `write` gives them back in the order they were added."""

    def __init__(self, rng: Random, kind: str, verb: str, source: str = Source.SCREEN) -> None:
        self.rng, self.kind, self.verb, self.source = rng, kind, verb, source
        self.waiting: list[tuple[Record, Rows]] = []

    def add(
        self,
        owner: Party,
        rows: Rows,
        *,
        audience: str = Audience.ME,
        community: Party | None = None,
        countable: bool = False,
        lang: str = "en",
        state: str = State.LIVE,
    ) -> Record:
        record = Record(
            key=key(self.rng),
            kind=self.kind,
            owner=owner,
            area_id=owner.area_id,
            level=Level.INDIVIDUAL if owner.is_person else Level.COMMUNITY,
            lang=lang,
            audience=audience,
            community=community if audience == Audience.COMMUNITY else None,
            countable=countable,
            state=state,
        )
        self.waiting.append((record, rows))
        return record

    def write(self) -> list[Record]:
        records = [record for record, _rows in self.waiting]
        by_model: dict[type[models.Model], list[models.Model]] = defaultdict(list)
        with wide_statements():
            Record.objects.bulk_create(records, batch_size=BATCH)
            for record, rows in self.waiting:
                for row in rows(record):
                    by_model[type(row)].append(row)
            for model, found in by_model.items():
                model._default_manager.bulk_create(found, batch_size=BATCH)
            Event.objects.bulk_create((self._event(record) for record in records), batch_size=BATCH)
        self.waiting = []
        return records

    def _event(self, record: Record) -> Event:
        return Event(actor_id=record.owner_id, source=self.source, verb=self.verb, record=record, request="demo")


def spots(
    record: Record, lat: float, lng: float, precision: str, words: str, area: Area | None, address: str = ""
) -> list[models.Model]:
    """The shown place, blurred as the holder chose, and the exact one in its own table."""
    shown = shown_point(lat, lng, precision, area)
    cells = (h3.latlng_to_cell(*shown, 7), h3.latlng_to_cell(*shown, 9)) if shown else ("", "")
    return [
        Spot(
            record=record,
            precision=Precision(precision),
            shown_lat=shown[0] if shown else None,
            shown_lng=shown[1] if shown else None,
            shown_words=words[:200],
            cell7=cells[0],
            cell9=cells[1],
            area=area,
        ),
        SpotExact(record=record, lat=lat, lng=lng, address=address),
    ]
