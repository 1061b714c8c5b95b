"""Short lists that nearly every page asks the database for: the groups somebody keeps, who shares with them, whom they
blocked. Django writes the SQL of each once for a process; whose list it is and when are filled in at each use, so that
nothing anybody may see is remembered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from alongside.ground.people.models import Party
from alongside.ground.people.queries import numbered

ANYBODY, ANY_TIME = -(2**40), datetime(1, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)  # stand where the real ones will


class Ids:
    """`Ids(keeps).of(me)` is the SQL of `keeps(me)`, as one part of a larger query: `Q(owner__in=KEPT.of(me))`."""

    def __init__(self, write: Callable[[Party, datetime], QuerySet[Any, Any]]) -> None:
        self._write = write

    @cached_property
    def _written(self) -> tuple[str, tuple[Any, ...]]:
        sql, given = self._write(numbered(ANYBODY), ANY_TIME).query.sql_with_params()
        return sql, given

    def of(self, party: Party, now: datetime) -> RawSQL:
        """The list for this party at this moment."""
        sql, given = self._written
        moment = connection.ops.adapt_datetimefield_value
        real = {ANYBODY: party.pk, moment(ANY_TIME): moment(now)}
        return RawSQL(sql, tuple(real.get(one, one) for one in given))
