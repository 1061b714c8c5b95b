"""Erase a kit row with all that others hung on it, where it is somebody's own and goes with them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import ProtectedError, QuerySet

from alongside.ground.records.contents import kit_models
from alongside.ground.records.models import Audience, Record, State


def clear(record: Record) -> None:
    """Delete every kit row of a record. What hangs on it keeps it, and the error says so, unless the row says that it
    goes whole (`goes_whole`): then all that hangs on it goes first. Called inside an action."""
    for model in kit_models():
        rows = model._default_manager.filter(pk=record.pk)
        row: Any = rows.first() if hasattr(model, "goes_whole") else None
        if row is not None and row.goes_whole():
            _with_all(rows)
        else:
            _let_go(rows)


def _let_go(rows: QuerySet[Any]) -> None:
    """Delete rows; what others keep, and says that it stands without them, stands without them from here on."""
    try:
        rows.delete()
    except ProtectedError as error:
        holding = list(error.protected_objects)
        for row in holding:
            names = [name for name in getattr(row, "stands_without", ()) if _refers(row, name, rows.model)]
            if not names:
                raise
            type(row)._default_manager.filter(pk=row.pk).update(**dict.fromkeys(names))
        rows.delete()


def _refers(row: models.Model, name: str, model: type[models.Model]) -> bool:
    return row._meta.get_field(name).related_model is model


def _with_all(rows: QuerySet[Any]) -> None:
    """Delete rows, and before them whatever protects them, and so on down."""
    while True:
        try:
            rows.delete()  # looks at everything that would go before it deletes anything
            return
        except ProtectedError as error:
            for row in list(error.protected_objects):
                _take(row)


def _take(row: models.Model) -> None:
    model = type(row)
    _with_all(model._default_manager.filter(pk=row.pk))
    if model in kit_models():
        record = Record.objects.get(pk=row.pk)
        record.versions.all().delete()
        Record.objects.filter(pk=row.pk).update(
            state=State.ERASED, audience=Audience.ME, community=None, countable=False, area=None
        )
