"""Reads a ballot file: three parts, each with the names of its columns. Says on which line what is wrong."""

from __future__ import annotations

import csv
import io

from alongside.exchange.pabulib.document import BallotFile, Fault, Table, Unreadable
from alongside.exchange.pabulib.words import said as _

LARGEST = 256 * 1024 * 1024
PARTS = ("META", "PROJECTS", "VOTES")
NEEDED = {"META": ("key", "value"), "PROJECTS": ("project_id", "cost"), "VOTES": ("voter_id", "vote")}


def read(data: bytes) -> BallotFile:
    """The file's tables, cell by cell. Refuses what has not the form of such a file (`Unreadable`)."""
    tables = _tables(_text(data))
    faults = [
        Fault(
            0,
            _("There is no part %(name)s.") % {"name": name},
            _("Put a line “%(name)s” before it, then the names of its columns.") % {"name": name},
        )
        for name in PARTS
        if name not in tables
    ]
    for name, table in tables.items():
        faults += _form(name, table)
    if faults:
        raise Unreadable(faults)
    meta = {row[0].strip(): row[1].strip() if len(row) > 1 else "" for row in tables["META"].rows}
    return BallotFile(meta, tables["PROJECTS"], tables["VOTES"])


def _text(data: bytes) -> str:
    if len(data) > LARGEST:
        raise Unreadable([Fault(0, _("The file is larger than 256 MB."), _("Split it into one file for each vote."))])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable([Fault(line, _("The text is not UTF-8."), _("Save the file again as UTF-8."))]) from error
    if not text.strip():
        raise Unreadable([Fault(0, _("The file is empty."), _("It needs the parts META, PROJECTS and VOTES."))])
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise Unreadable(
            [Fault(line, _("There is a character that is no text."), _("Save the file again as plain text."))]
        )
    return text


def _tables(text: str) -> dict[str, Table]:
    """The parts by name. Quoted cells may hold semicolons and go over several lines."""
    tables: dict[str, Table] = {}
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    here: list[list[str]] = []
    lines: list[int] = []
    try:
        for row in rows:
            if not any(row):
                continue
            if _opens(row, tables):
                name = row[0].strip()
                if name in tables:
                    raise Unreadable(
                        [
                            Fault(
                                rows.line_num, _("Part %(name)s comes twice.") % {"name": name}, _("Put them together.")
                            )
                        ]
                    )
                here, lines = [], []
                tables[name] = Table([], here, lines)
                continue
            if not tables:
                mend = _("The first line of a ballot file is “META”.")
                raise Unreadable([Fault(rows.line_num, _("This stands before the first part."), mend)])
            here.append(row)
            lines.append(rows.line_num)
    except csv.Error as error:
        mend = _("Look for a quotation mark that is not closed; one inside a cell is written twice.")
        raise Unreadable(
            [Fault(rows.line_num, _("This line cannot be read (%(error)s).") % {"error": error}, mend)]
        ) from error
    for table in tables.values():
        if table.rows:
            table.columns = [name.strip() for name in table.rows.pop(0)]
            table.lines = table.lines[1:]
    return tables


def _opens(row: list[str], tables: dict[str, Table]) -> bool:
    """Whether a part begins here. A spreadsheet may have put empty cells after its name; a voter may be called so."""
    name = row[0].strip()
    return name in PARTS and (len(row) == 1 or (not any(row[1:]) and name not in tables))


def _form(name: str, table: Table) -> list[Fault]:
    """What is wrong with the columns of one part, or with rows that are longer than they."""
    first = table.line(0) - 1 if table.rows else 0
    missing = [column for column in NEEDED[name] if column not in table.columns]
    if missing:
        mend = _("The line after “%(name)s” names them: %(columns)s.")
        what = _("%(name)s has no column %(missing)s.") % {"name": name, "missing": " / ".join(missing)}
        return [Fault(max(first, 0), what, mend % {"name": name, "columns": ";".join(NEEDED[name])})]
    most = len(table.columns)
    return [
        Fault(
            table.line(n),
            _("%(cells)s cells, but %(name)s has %(most)s columns.") % {"cells": len(row), "name": name, "most": most},
            _("Quote cells that hold a semicolon."),
        )
        for n, row in enumerate(table.rows)
        if len(row) > most and any(row[most:])
    ]
