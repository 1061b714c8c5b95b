"""Plants one row in every table for one private person, with a marker of its own in every column that can hold one.

Built from the models themselves, so that a table made tomorrow is planted tomorrow.
"""

from __future__ import annotations

import datetime
import itertools
import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone

from alongside.ground.people.models import Kind, Party, Sort
from alongside.ground.records.models import Audience, Record

Row = models.Model
SHORTEST = 8  # letters that a marker needs
WRITTEN = re.compile(r"(?=(zq\d{4}qz))")  # a marker of words, also where two share a letter

# One row for the whole installation, or the record of a migration: nothing personal is ever in these.
# What a trigger makes beside each thing on offer holds nothing that anybody wrote.
LEFT_OUT = {"ground.Installation", "knowing.AssetSense"}
# What a table's own constraints ask for, where a plain value would be refused.
NEEDS: dict[str, Callable[[Planter], dict[str, Any]]] = {
    "exchange.BroughtIn": lambda planter: {"kind": "holder", "party": planter.other},
    "exchange.ForeignId": lambda planter: {"kind": "organisation", "party": planter.other},
    "ground.Postcode": lambda _planter: {"lat": 52.3, "lng": -4.7},
    "planning.PlanPart": lambda planter: {"answer": planter.of("planning.PlanAnswer")},
    "knowing.Offer": lambda _planter: {"per_week": 2, "promised": 0},
    "planning.DrawBar": lambda _planter: {"people": 10},
    "planning.Lottery": lambda _planter: {"delete_on": datetime.date(2027, 3, 2)},
}


class Planter:
    """`rows` by model label; `markers` from each marker to the column it was planted in."""

    def __init__(self) -> None:
        self.rows: dict[str, Row] = {}
        self.markers: dict[str, str] = {}
        self.numbers = itertools.count(1)
        self.owner = self._party("owner")
        self.other = self._party("other")

    def plant_everything(self) -> None:
        for model in apps.get_models():
            label = model._meta.label
            if model.__module__.startswith("alongside.") and label not in LEFT_OUT:
                self.row(model)

    def row(self, model: type[Row]) -> Row:
        label = model._meta.label
        if label == "ground.Party":
            return self.owner
        if label not in self.rows:
            values = self._values(model)
            try:
                self.rows[label] = model._default_manager.create(**values)
            except Exception as error:
                raise AssertionError(f"{label} needs words in NEEDS of {__name__}: {error}") from error
        return self.rows[label]

    def of(self, label: str) -> Row:
        return self.row(apps.get_model(label))

    def shown(self, text: str) -> list[str]:
        """The columns whose markers stand in it: looked for all together, since thousands of pages are read."""
        numbers = [marker for marker in self.markers if not WRITTEN.match(marker)]
        found = {*WRITTEN.findall(text), *(marker for marker in numbers if marker in text)}
        return [column for marker, column in self.markers.items() if marker in found]

    def keys(self) -> list[str]:
        """Every public key by which an address could ask for something of this person's."""
        found = [str(self.owner.key)]
        for row in self.rows.values():
            found += [str(getattr(row, field.attname)) for field in _uuids(row)]
        found += [str(key) for key in Record.objects.filter(owner=self.owner).values_list("key", flat=True)]
        return list(dict.fromkeys(found))

    def keys_of(self, kit: str) -> list[str]:
        """Those of this kit's own tables, for instance "alongside.planning.ideas"."""
        rows = [row for row in self.rows.values() if type(row).__module__.startswith(f"{kit}.")]
        kinds = [_kind(type(row)) for row in rows]
        records = Record.objects.filter(owner=self.owner, kind__in=kinds).values_list("key", flat=True)
        own = [getattr(row, field.attname) for row in rows for field in _uuids(row)]
        return list(dict.fromkeys(map(str, [*records, *own])))

    def _party(self, what: str) -> Party:
        texts = {name: self._marker(f"ground.Party.{name} ({what})") for name in ("name", "about")}
        return Party.objects.create(kind=Kind.PERSON, sort=Sort.PERSON, **texts)

    def _values(self, model: type[Row]) -> dict[str, Any]:
        label = model._meta.label
        values: dict[str, Any] = {}
        parties = itertools.chain([self.owner], itertools.repeat(self.other))
        for field in model._meta.local_fields:
            if isinstance(field, models.AutoField):
                continue
            if field.is_relation:
                if not field.null:
                    values[field.name] = self._related(field, parties)
            else:
                value = self._value(model, field)
                if value is not None:
                    values[field.name] = value
        return {**values, **NEEDS.get(label, nothing)(self)}

    def _related(self, field: Any, parties: Iterator[Party]) -> Row:
        target = field.related_model._meta.label
        if target == "ground.Party":
            return next(parties)
        if target == "ground.Record":
            return self._record(field)
        return self.row(field.related_model)

    def _record(self, field: Any) -> Record:
        """A private record; a fresh one where the row is the record's own, or where two must differ."""
        return Record.objects.create(kind=_kind(field.model), owner=self.owner, audience=Audience.ME)

    def _marker(self, column: str) -> str:
        marker = f"zq{next(self.numbers):04d}qz"
        self.markers[marker] = column
        return marker

    def _value(self, model: type[Row], field: Any) -> Any:
        column = f"{model._meta.label}.{field.name}"
        private = vars(model).get("privacy", {}).get(field.name) in {"personal", "sensitive"}
        if field.choices:
            return field.choices[0][0] if not field.has_default() else None
        if isinstance(field, models.EmailField):
            return f"{self._marker(column)}@example.org"
        if isinstance(field, models.CharField | models.TextField):
            if private and (field.max_length or 999) >= SHORTEST:
                return self._marker(column)
            return None if field.has_default() or field.blank else "1"
        if isinstance(field, models.JSONField):
            return {"words": self._marker(column)}
        if isinstance(field, models.FloatField) and private:
            number = round(50.1 + next(self.numbers) / 7000, 7)
            self.markers[str(number)] = column
            return number
        return None if field.null or field.has_default() else PLAIN[type(field)]()


def _uuids(row: Row) -> list[Any]:
    return [field for field in row._meta.local_fields if isinstance(field, models.UUIDField)]


def _kind(model: type[Row]) -> str:
    return str(model._meta.model_name)[:24]


def nothing(_planter: Planter) -> dict[str, Any]:
    return {}


PLAIN: dict[type[Any], Any] = {
    models.UUIDField: uuid.uuid4,
    models.DateTimeField: lambda: timezone.now() + datetime.timedelta(days=30),
    models.DateField: lambda: datetime.date(2027, 3, 1),
    models.TimeField: lambda: datetime.time(10, 0),
    models.FloatField: lambda: 0.5,
    models.IntegerField: lambda: 1,
    models.PositiveIntegerField: lambda: 1,
    models.PositiveSmallIntegerField: lambda: 1,
    models.SmallIntegerField: lambda: 1,
    models.BigIntegerField: lambda: 1,
    models.BooleanField: lambda: False,
    models.DecimalField: lambda: 1,
    models.DurationField: lambda: datetime.timedelta(hours=1),
    models.BinaryField: lambda: b"1",
}
