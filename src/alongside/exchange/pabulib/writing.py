"""Writes a ballot file. What was read and is written again has the same cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from alongside.exchange.pabulib.document import BallotFile

QUOTED = re.compile('[;"\r\n]')


def write(file: BallotFile) -> bytes:
    """The file as UTF-8, cells parted by semicolons, quoted where they must be."""
    rows: list[Sequence[str]] = [["META"], ["key", "value"], *file.meta.items()]
    for name, table in (("PROJECTS", file.projects), ("VOTES", file.votes)):
        rows += [[name], table.columns, *table.rows]
    return "".join(f"{_line(row)}\n" for row in rows).encode()


def _line(row: Sequence[str]) -> str:
    """One row. Python's own writer leaves a lone carriage return unquoted, at which readers would break the line."""
    line = ";".join(row)
    if line.count(";") == len(row) - 1 and not any(mark in line for mark in '"\r\n'):
        return line or '""'
    return ";".join('"' + cell.replace('"', '""') + '"' if QUOTED.search(cell) else cell for cell in row)
