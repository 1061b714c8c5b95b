"""Writes a ballot file. What was read and is written again has the same cells."""

from __future__ import annotations

import csv
import io

from alongside.exchange.pabulib.document import BallotFile


def write(file: BallotFile) -> bytes:
    """The file as UTF-8, cells parted by semicolons, quoted where they must be."""
    out = io.StringIO(newline="")
    line = csv.writer(out, delimiter=";", lineterminator="\n")
    line.writerows([["META"], ["key", "value"], *map(list, file.meta.items())])
    for name, table in (("PROJECTS", file.projects), ("VOTES", file.votes)):
        line.writerows([[name], table.columns, *table.rows])
    return out.getvalue().encode()
