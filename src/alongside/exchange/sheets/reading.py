"""Reads a sheet of things: each row accounted for, with the row, the column, the value and how to mend it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from alongside.exchange.carrying import sentences
from alongside.exchange.carrying.document import Reading
from alongside.exchange.carrying.plain import chart_of, thing_of
from alongside.exchange.sheets.columns import known, plain_of
from alongside.exchange.sheets.tables import Row, Unreadable, sheets_of
from alongside.exchange.sheets.times import times_of
from alongside.exchange.sheets.writing import MAP

LOOKED_AT = 10  # rows in which the headings may stand


def read(data: bytes, name: str = "", today: date | None = None) -> Reading:
    """The things of a CSV file, of a spreadsheet, or of a ZIP of CSV files. Never raises.

    `name` is the file's, for nothing but people; what it is, is told by its bytes. `today` is where a weekly time
    that names no date begins (the day of reading).
    """
    reading = Reading()
    try:
        tables = sheets_of(data, reading)
    except Unreadable as problem:
        reading.note(name, "", "", problem.reason)
        return reading
    for title, rows in tables.items():
        if title.casefold() == MAP.casefold():
            reading.chart = chart_of(_map(rows), "map", reading)
    found = next(((rows, at) for rows in tables.values() if (at := _headings(rows)) is not None), None)
    if found is None:
        empty = not any(any(cell not in (None, "") for cell in row) for rows in tables.values() for row in rows)
        if reading.chart is None:
            reading.note(name, "", "", sentences.FILE_NO_THINGS if empty else sentences.NO_HEADINGS)
        return reading
    _things(found[0], found[1], reading, today or date.today())
    return reading


def _headings(rows: Sequence[Row]) -> int | None:
    """Where the headings stand: the first row of the first few in which a cell means the title."""
    for at, row in enumerate(rows[:LOOKED_AT]):
        if any(isinstance(cell, str) and known(cell) == "title" for cell in row):
            return at
    return None


def _things(rows: Sequence[Row], at: int, reading: Reading, today: date) -> None:
    columns = [known(str(cell)) if cell not in (None, "") else "" for cell in rows[at]]
    goes_on = {n for n, cell in enumerate(rows[at]) if columns[n] and str(cell).rstrip().endswith(")")}
    for cell, column in zip(rows[at], columns, strict=True):
        if cell not in (None, "") and not column:
            reading.note(f"row {at + 1}", str(cell)[:60], "", sentences.UNKNOWN_COLUMN)
    seen: set[str] = set()
    for number, row in enumerate(rows[at + 1 :], at + 2):
        said = _said(columns, goes_on, row)
        if not said:
            continue
        reading.read += 1
        where = f"row {number}"
        given = plain_of(said)
        if "when" in given:
            given["whens"] = times_of(given.pop("when"), today)
        thing = thing_of(given, where, reading)
        if thing is None:
            continue
        if thing.key in seen:
            reading.leave_out(where, "title", thing.title, sentences.TWICE)
            continue
        seen.add(thing.key)
        reading.things.append(thing)
    if not reading.read and reading.chart is None:
        reading.note("", "", "", sentences.FILE_NO_THINGS)


def _said(columns: Sequence[str], goes_on: set[int], row: Row) -> dict[str, Any]:
    """The cells of a row by column; what goes on in the next column, as in "words (2)", is put together again.
    Where two columns mean the same, the first that says something counts."""
    said: dict[str, Any] = {}
    for at, (column, value) in enumerate(zip(columns, row, strict=False)):
        if not column or value is None or value == "":
            continue
        if at in goes_on and isinstance(said.get(column), str):
            said[column] += str(value)
        else:
            said.setdefault(column, value)
    return said


def _map(rows: Sequence[Row]) -> Mapping[str, Any]:
    """What the sheet or file of the map says, by name."""
    said: dict[str, Any] = {}
    for row in rows[:200]:
        if len(row) < 2 or not isinstance(row[0], str):
            continue
        text = "".join(str(cell) for cell in row[1:] if cell is not None)
        said[row[0]] = _json(text) if row[0] in ("holder", "edge", "layers") else text
    return said


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
