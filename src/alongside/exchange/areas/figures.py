"""Reads a table of official figures (CSV) whose rows name areas by code: deprivation, population."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Collection
from dataclasses import dataclass, field

from django.utils.translation import gettext_noop as _

from alongside.exchange.areas.reading import Fault, UnreadableFile
from alongside.methods.shorten import shorten

NO_HEADING = _("The table of figures has no headings.")
NO_CODES = _("No column of the table of figures holds the codes of these areas.")
NOT_A_NUMBER = _("This should be a number, so it was not brought in.")
TWICE = _("This area has an earlier row in the table, so this row was left out.")


@dataclass(slots=True)
class Figures:
    """`values[code][measure]`, how many rows were about other areas, and what was wrong."""

    values: dict[str, dict[str, float]] = field(default_factory=dict)
    measures: list[str] = field(default_factory=list)
    elsewhere: int = 0
    faults: list[Fault] = field(default_factory=list)


def read_figures(text: str, codes: Collection[str], code_field: str) -> Figures:
    """The figures of the areas in `codes`. Blank cells are no figures; columns of words are left alone.

    The column of codes is the one named `code_field` (in any case), else the first that holds known codes.
    A measure is named after its column, in lower case. Raises UnreadableFile without headings or codes.
    """
    rows = _rows(text)
    headings = [name for name in (rows[0] if rows else {}) if name]
    if not headings:
        raise UnreadableFile(NO_HEADING)
    column = _code_column(rows, headings, codes, code_field)
    known = [row for row in rows if (row[column] or "").strip() in codes]
    found = Figures(elsewhere=len(rows) - len(known))
    columns = [name for name in headings if name != column and _is_measure(known, name)]
    found.measures = [measure_of(name) for name in columns]
    for row in known:
        _take(row, (row[column] or "").strip(), columns, found)
    return found


def _rows(text: str) -> list[dict[str, str | None]]:
    try:
        return list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
    except csv.Error as error:
        raise UnreadableFile(NO_HEADING) from error


def measure_of(heading: str) -> str:
    """A column's heading as the name of a measure."""
    return "_".join(heading.lower().split())[:80]


def _take(row: dict[str, str | None], code: str, columns: list[str], found: Figures) -> None:
    if code in found.values:
        found.faults.append(Fault(code, "", "", TWICE))
        return
    found.values[code] = {}
    for name in columns:
        words = (row[name] or "").strip()
        value = _number(words)
        if value is not None:
            found.values[code][measure_of(name)] = value
        elif words:
            found.faults.append(Fault(code, name, shorten(words), NOT_A_NUMBER, rejected=False))


def _code_column(
    rows: list[dict[str, str | None]], headings: list[str], codes: Collection[str], code_field: str
) -> str:
    named = [name for name in headings if name.lower() == code_field.lower()]
    for name in named + headings:
        if any((row[name] or "").strip() in codes for row in rows):
            return name
    raise UnreadableFile(NO_CODES)


def _is_measure(rows: list[dict[str, str | None]], name: str) -> bool:
    """Whether most filled cells of a column are numbers."""
    words = [(row[name] or "").strip() for row in rows]
    filled = [word for word in words if word]
    return bool(filled) and sum(_number(word) is not None for word in filled) * 2 > len(filled)


def _number(words: str) -> float | None:
    try:
        value = float(words.replace(",", ""))
    except ValueError:
        return None
    return value if math.isfinite(value) else None
