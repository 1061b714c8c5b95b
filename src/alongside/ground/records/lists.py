"""What nearly every page asks the database: the groups somebody keeps, who shares with them, whom they blocked, and so
what they may see. Django writes the SQL of each once for a process; whose list it is and when are filled in at each
use, so that nothing anybody may see is remembered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Expression, F, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.sql.compiler import SQLCompiler

from alongside.ground.people.models import Party
from alongside.ground.people.queries import numbered
from alongside.ground.records.models import Record

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
        return RawSQL(sql, filled(given, party, now))


class Condition:
    """`Condition(seen).of(me, now)` is what `seen(me, now)` asks of each record, as one part of a larger query."""

    def __init__(self, write: Callable[[Party, datetime], QuerySet[Record]]) -> None:
        self._write = write

    @cached_property
    def _written(self) -> tuple[str, tuple[Any, ...]]:
        query = self._write(numbered(ANYBODY), ANY_TIME).query
        sql, given = query.where.as_sql(query.get_compiler(connection=connection), connection)
        assert sum(map(bool, query.alias_refcount.values())) == 1, "a condition on records asks of nothing beside them"
        table = connection.ops.quote_name(Record._meta.db_table)
        assert f"FROM {table}" not in sql and f"JOIN {table}" not in sql, "nor of other records"
        return f"({sql})", tuple(given)

    def anew(self) -> Condition:
        """The same, not written yet: for a proof that changes a rule."""
        return Condition(self._write)

    def of(self, party: Party, now: datetime) -> Written:
        """The condition for this party at this moment."""
        sql, given = self._written
        return Written(sql, filled(given, party, now))


class Written(Expression):
    """SQL that speaks of records by the name of their table, and calls them what the query around it does."""

    def __init__(self, sql: str, given: tuple[Any, ...]) -> None:
        super().__init__(output_field=BooleanField())
        self.sql, self.given = sql, given
        self.record: Any = F("pk")  # and its column, once it stands in a query

    def get_source_expressions(self) -> list[Any]:
        return [self.record]

    def set_source_expressions(self, exprs: Any) -> None:
        (self.record,) = exprs

    def as_sql(self, compiler: SQLCompiler, connection: Any, **_: Any) -> tuple[str, tuple[Any, ...]]:
        alias = compiler.quote_name_unless_alias(self.record.alias)
        return self.sql.replace(f"{connection.ops.quote_name(Record._meta.db_table)}.", f"{alias}."), self.given


def filled(given: tuple[Any, ...], party: Party, now: datetime) -> tuple[Any, ...]:
    """What was given when the SQL was written, with who and when it is now."""
    moment = connection.ops.adapt_datetimefield_value
    real = {ANYBODY: party.pk, moment(ANY_TIME): moment(now)}
    return tuple(real.get(one, one) for one in given)
