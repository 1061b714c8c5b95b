"""What the vector file does not know yet: rows that triggers leave in the same transaction as each change.

A row names a record that came, changed or went; record 0 asks for the whole table to be compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.db import connection

from alongside.ground.meaning.queries import READ, text_of
from alongside.ground.records.queries import lapsed
from alongside.knowing.installed import DUE, EVERYTHING, TABLE

AT_MOST = 5_000  # changes dealt with in one go
AT_ONCE = 500


class Due(NamedTuple):
    """One change, by the number under which it was noted."""

    n: int
    record: int


def waiting() -> list[Due]:
    """Changes that the file does not know, oldest first; a whole comparison stands before all of them."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT n, record FROM {DUE} ORDER BY record <> {EVERYTHING}, n LIMIT {AT_MOST}")
        return [Due(*row) for row in cursor.fetchall()]


def latest() -> int:
    """The number of the latest change that the file does not know, or 0."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COALESCE(max(n), 0) FROM {DUE}")
        return int(cursor.fetchone()[0])


def strike(changes: Sequence[Due]) -> None:
    """Take out changes that the file knows by now. Called inside an action."""
    with connection.cursor() as cursor:
        for start in range(0, len(changes), AT_ONCE):
            numbers = [change.n for change in changes[start : start + AT_ONCE]]
            cursor.execute(f"DELETE FROM {DUE} WHERE n IN ({', '.join(['%s'] * len(numbers))})", numbers)


def texts_of(records: Sequence[int]) -> dict[int, str]:
    """The texts of those of these records that everyone may see now."""
    found: dict[int, str] = {}
    gone = set(lapsed().values_list("pk", flat=True))
    for start in range(0, len(records), AT_ONCE):
        some = records[start : start + AT_ONCE]
        where = f"s.record IN ({', '.join(['%s'] * len(some))})"
        found |= {pk: said for pk, said in _texts(where, some) if pk not in gone}
    return found


def all_texts() -> Iterator[dict[int, str]]:
    """The texts of all records that everyone may see, by rising id, some at a time."""
    gone, last = set(lapsed().values_list("pk", flat=True)), 0
    while some := _texts(f"s.record > %s ORDER BY s.record LIMIT {AT_MOST}", [last]):
        yield {pk: said for pk, said in some if pk not in gone}
        last = some[-1][0]


def _texts(where: str, values: Sequence[int]) -> list[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT s.record, s.title, substr(s.words, 1, {READ}) FROM {TABLE} s WHERE {where}", values)
        return [(int(pk), text_of(title, words)) for pk, title, words in cursor.fetchall()]
