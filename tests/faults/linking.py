"""Everything that somebody could have who takes the whole database after the close, with a log of who pressed when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection

Row = dict[str, Any]


def dump() -> dict[str, list[Row]]:
    """Every row of every table as it lies in the database, with its place there and the transaction that wrote it."""
    return {table: rows_of(table) for table in connection.introspection.table_names()}


def rows_of(table: str) -> list[Row]:
    place = (
        "rowid AS place, 0 AS written"
        if connection.vendor == "sqlite"
        else "ctid::text AS place, xmin::text AS written"
    )
    with connection.cursor() as cursor:
        try:
            cursor.execute(f'SELECT {place}, * FROM "{table}"')
        except Exception:  # a table without such a place
            return []
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def at(place: Any) -> tuple[int, ...]:
    """A place in the file as numbers: "(3,14)" on PostgreSQL, a row number on SQLite."""
    return tuple(int(part) for part in str(place).strip("()").split(","))


def orders_of_ballots(found: dict[str, list[Row]], decision: int) -> dict[str, list[str]]:
    """Keys of ballots in every order that the dump gives."""
    ballots = [row for row in found["planning_ballot"] if row["decision_id"] == decision]
    keys = {row["key"] for row in ballots}
    marks = [row for row in found["planning_ballotmark"] if row["ballot_id"] in keys]
    return {
        "place": [row["key"] for row in sorted(ballots, key=lambda row: at(row["place"]))],
        "transaction": [row["key"] for row in sorted(ballots, key=lambda row: (int(row["written"]), at(row["place"])))],
        "key": sorted(keys),
        "marks": unique(row["ballot_id"] for row in sorted(marks, key=lambda row: at(row["place"]))),
        "marks by transaction": unique(
            row["ballot_id"] for row in sorted(marks, key=lambda row: (int(row["written"]), at(row["place"])))
        ),
        "marks by key": unique(row["ballot_id"] for row in sorted(marks, key=lambda row: row["key"])),
    }


def orders_of_voters(found: dict[str, list[Row]], decision: int, log: Sequence[int]) -> dict[str, list[int]]:
    """People in every order that the dump and a log of who pressed when give."""
    seats = {row["key"]: row["party_id"] for row in found["planning_seat"] if row["decision_id"] == decision}
    rolls = [row for row in found["planning_roll"] if row["decision_id"] == decision]

    def by(rows: Iterable[Row], order: Callable[[Row], Any], of: str) -> list[int]:
        return [seats[row[of]] for row in sorted(rows, key=order)]

    notices = [row for row in found["ground_notice"] if row["record_id"] == decision]
    mine = [row for row in found["planning_seat"] if row["decision_id"] == decision]
    return {
        "log": list(log),
        "log, last press": unique(reversed(log)),
        "roll by place": by(rolls, lambda row: at(row["place"]), "seat_id"),
        "roll by transaction": by(rolls, lambda row: (int(row["written"]), at(row["place"])), "seat_id"),
        "roll by day": by(rolls, lambda row: (str(row["day"]), str(row["seat_id"])), "seat_id"),
        "places by place": by(mine, lambda row: at(row["place"]), "key"),
        "places by transaction": by(mine, lambda row: (int(row["written"]), at(row["place"])), "key"),
        "people": sorted(seats.values()),
        "told who helped": unique(row["to_id"] for row in sorted(notices, key=lambda row: row["id"])),
    }


def unique(keys: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(keys))


def attacks(found: dict[str, list[Row]], decision: int, log: Sequence[int]) -> dict[str, dict[int, str]]:
    """Guesses at whose ballot is whose: each order of people laid beside each order of ballots, both ways round."""
    ballots = orders_of_ballots(found, decision)
    return {
        f"{who} / {what}{', reversed' if back else ''}": dict(zip(people, keys[:: -1 if back else 1], strict=False))
        for who, people in orders_of_voters(found, decision, unique(log)).items()
        for what, keys in ballots.items()
        for back in (False, True)
    }


def right(guess: dict[int, str], truth: dict[int, str]) -> int:
    return sum(truth[person] == key for person, key in guess.items() if person in truth)
