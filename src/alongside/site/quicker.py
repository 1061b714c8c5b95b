"""Five things that Django does for every column of every question, done quicker and with the same result.

Each page asks the database some twenty questions; to put them into words takes Django longer than the database needs
to answer. `tests/site/test_quicker.py` compares each with Django's own, and fails when Django changes what it was.
"""

import functools
from typing import Any

from django.db.backends.sqlite3.base import SQLiteCursorWrapper
from django.db.models.expressions import BaseExpression, Col

KEPT = 4_096  # sentences, of some thousand letters each
THEIR_COPY, THEIR_RESOLVE = BaseExpression.copy, Col.resolve_expression
THEIR_CONVERT = SQLiteCursorWrapper.convert_query


def copy(expression: Any) -> Any:
    """A copy as `copy.copy` makes it, without asking how things of this kind are pickled."""
    made = object.__new__(type(expression))
    made.__dict__.update(expression.__getstate__())
    return made


def hash_of_column(column: Any) -> int:
    """Equal columns have the same alias and name; whether two are equal is still asked in full."""
    return hash((column.alias, column.target.name))


def resolve_column(column: Any, query: Any = None, *args: Any, **kwargs: Any) -> Any:
    """A column is resolved when it is made, and nothing changes it: it needs no copy of itself."""
    summarize = args[2] if len(args) > 2 else kwargs.get("summarize", False)
    return column if column.is_summary == summarize else THEIR_RESOLVE(column, query, *args, **kwargs)


def in_sqlites_words(cursor: Any, query: str, *, param_names: list[str] | None = None) -> str:
    """`?` where Django writes `%s`, looked for once in each sentence."""
    return _in_question_marks(query) if param_names is None else THEIR_CONVERT(cursor, query, param_names=param_names)


@functools.lru_cache(KEPT)
def _in_question_marks(query: str) -> str:
    return str(THEIR_CONVERT(None, query))  # type: ignore[arg-type]


def make_django_quicker() -> None:
    """Called once at start-up."""
    quicker: tuple[tuple[type, dict[str, Any]], ...] = (
        (BaseExpression, {"copy": copy}),
        # A column holds no other expression that could add up, look through a window or ask again.
        (Col, {"contains_aggregate": False, "contains_over_clause": False, "contains_subquery": False}),
        (Col, {"__hash__": hash_of_column, "resolve_expression": resolve_column}),
        (SQLiteCursorWrapper, {"convert_query": in_sqlites_words}),
    )
    for what, ways in quicker:
        for name, way in ways.items():
            setattr(what, name, way)
