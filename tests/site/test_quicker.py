"""What Django does quicker here comes out as Django itself would have it."""

from __future__ import annotations

import copy
import hashlib
import inspect
from typing import Any

import pytest
from django.db.backends.sqlite3.base import SQLiteCursorWrapper
from django.db.models import Case, Count, Exists, Expression, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.expressions import BaseExpression, Col, OrderBy, RawSQL
from django.db.models.functions import Coalesce, Lower, Now

from alongside.ground.people.models import Party
from alongside.ground.records.models import Record
from alongside.site import quicker

OWNER, KIND = (Record._meta.get_field(name) for name in ("owner", "kind"))
# Each as it was in the Django that these ways were compared with. Where one differs, look at what it does now, put
# `site/quicker.py` right or take that way out, and write down the new sum.
AS_IT_WAS = {
    quicker.THEIR_COPY: "43edb7a8e544aaa8",
    quicker.THEIR_RESOLVE: "e7e2f7bd58ae1250",
    quicker.THEIR_CONVERT: "183a4b3544fb854a",
    BaseExpression.__getstate__: "18aeb243debb8a0b",
    Expression.__hash__: "a9e0699bd6c7cfe0",
    Expression.__eq__: "8cdf774d7d7aa0be",
    Col.relabeled_clone: "0284037e211fafdf",
}
EXPRESSIONS = [
    Value(3),
    F("kind").desc(nulls_last=True),
    Lower("kind"),
    Coalesce("kind", Value("none")),
    Count("pk", filter=Q(kind="asset"), distinct=True),
    Sum("rev"),
    Case(When(kind="asset", then=Value(1)), default=Value(0)),
    OrderBy(F("kind"), descending=True),
    RawSQL("SELECT %s", (7,)),
    Now(),
    Col("ground_record", KIND),
    Exists(Record.objects.filter(pk=OuterRef("pk"))),
    Subquery(Record.objects.values("pk")[:1]),
]
SENTENCES = [
    "SELECT 1",
    'SELECT "a" FROM "b" WHERE "c" = %s AND "d" LIKE %s',
    "SELECT strftime('%%Y', x), '100%%' WHERE y IN (%s, %s)",
    "SELECT '%%s', %s",
]


@pytest.mark.parametrize("what", AS_IT_WAS, ids=lambda one: one.__qualname__)
def test_django_still_does_what_was_compared(what: Any) -> None:
    assert hashlib.sha256(inspect.getsource(what).encode()).hexdigest()[:16] == AS_IT_WAS[what]


def test_the_quicker_ways_are_in_use() -> None:
    assert BaseExpression.copy is quicker.copy
    assert Col.resolve_expression is quicker.resolve_column
    assert SQLiteCursorWrapper.convert_query is quicker.in_sqlites_words


@pytest.mark.parametrize("one", EXPRESSIONS, ids=lambda one: type(one).__name__)
def test_a_copy_is_what_it_was_and_stands_alone(one: Any) -> None:
    ours, theirs = quicker.copy(one), copy.copy(one)
    assert type(ours) is type(theirs) is type(one) and ours is not one
    assert ours.__dict__.keys() == theirs.__dict__.keys()
    assert all(ours.__dict__[name] is theirs.__dict__[name] for name in ours.__dict__ if name != "query")
    ours.is_summary = "changed"
    assert one.is_summary is False


def test_equal_columns_count_once_and_others_are_told_apart() -> None:
    columns = [Col("a", KIND), Col("b", KIND), Col("a", OWNER), Col("a", Party._meta.get_field("kind"))]
    again = [Col("a", KIND), Col("b", KIND), Col("a", OWNER), Col("a", Party._meta.get_field("kind"))]
    for n, one in enumerate(columns):
        assert [m for m, other in enumerate(again) if one == other] == [n]
        assert hash(one) == hash(again[n])
    assert len({*columns, *again}) == 4


def test_a_column_adds_nothing_up() -> None:
    column = Col("a", KIND)
    assert not any(
        vars(BaseExpression)[name].func(column)
        for name in ("contains_aggregate", "contains_over_clause", "contains_subquery")
    )
    assert not (column.contains_aggregate or column.contains_over_clause or column.contains_subquery)


def test_a_column_is_itself_when_resolved_unless_it_sums_up() -> None:
    column = Col("ground_record", KIND)
    assert column.resolve_expression(Record.objects.all().query) is column
    summed = column.resolve_expression(Record.objects.all().query, summarize=True)
    assert summed is not column and summed.is_summary and not column.is_summary


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_comes_out_in_sqlites_words(sentence: str) -> None:
    for _again in range(2):
        assert quicker.in_sqlites_words(None, sentence) == quicker.THEIR_CONVERT(None, sentence)
    names = {"one": 1}
    assert quicker.in_sqlites_words(None, "SELECT %(one)s", param_names=list(names)) == "SELECT :one"
