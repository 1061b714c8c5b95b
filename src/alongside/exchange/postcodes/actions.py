"""Brings postcodes in from a file: `alongside places postcodes`. Every line read is accounted for.

Slice by slice, so that a table of two million rows needs little memory, and the site goes on meanwhile: each slice is
an action of its own. Loading the same file again changes nothing, and finishes a load that was cut short.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from alongside.exchange.postcodes.around import Around as Around
from alongside.exchange.postcodes.around import around_place as around_place
from alongside.exchange.postcodes.around import around_point as around_point
from alongside.exchange.postcodes.opening import Opened, Unreadable, opened
from alongside.exchange.postcodes.reading import NOT_A_POSTCODE, Fault, Layout, Slice, slices, where
from alongside.ground.history.acting import Fault as BadInput
from alongside.ground.history.actor import Actor
from alongside.ground.postcodes.actions import area_of, begin, finish, keep
from alongside.ground.postcodes.models import PostcodeFile, Publisher
from alongside.methods.postcode import exact, shown
from alongside.methods.shorten import shorten

BATCH = 5_000  # rows written at a time, so that nobody waits long for the database
TOLD = 1_000  # faults that are named; all are counted
NORTHERN_IRELAND = "BT"  # the one postcode area there
PLACED_TWICE = "This file puts this postcode somewhere else before; the first counts."
NAMES = {Publisher.ONS: "ONS postcodes", Publisher.OS: "OS Code-Point Open", Publisher.OWN: ""}

Row = tuple[int, str, bool, float, float]  # line, code, whether it is no longer used, latitude, longitude


@dataclass(slots=True)
class Loaded:
    """What came of a load. `read` is the sum of created, updated, unchanged, rejected, `elsewhere` (too far away),
    `ended` (no longer used), `placeless` (its source knows no place for it), `newer` (a later file has it) and
    `unlicensed` (of Northern Ireland, and nobody has said that they have its licence)."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    elsewhere: int = 0
    ended: int = 0
    placeless: int = 0
    newer: int = 0
    unlicensed: int = 0
    dropped: int = 0
    publisher: str = ""
    name: str = ""
    dated: str = ""
    around: str = ""
    faults: list[Fault] = field(default_factory=list)

    @property
    def kept(self) -> int:
        return self.created + self.updated + self.unchanged + self.newer

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    def note(self, faults: list[Fault]) -> None:
        self.rejected += len(faults)
        self.faults += faults[: TOLD - len(self.faults)]


def load_file(
    path: Path,
    *,
    by: Actor,
    around: Around | None,
    dated: date | None = None,
    name: str = "",
    northern_ireland: bool = False,
    tell: Callable[[str], object] = lambda _words: None,
) -> Loaded:
    """Load a CSV file of postcodes or a ZIP of them: those in `around`, or all of them where it is None.

    Postcodes of Northern Ireland in a table of the ONS have a licence of their own, from Land & Property Services, that
    the Open Government Licence does not give: they are left out, and what stood of them goes, unless whoever loads it
    says with `northern_ireland` that they have it.

    `dated` is the day the table speaks of, where its own name does not say. What an earlier file of the same
    publisher had in the same postcode areas and this one has not goes, unless part of the file could not be read.
    Raises ground's Fault where the file as a whole cannot be read, and Refused for whoever may not.
    """
    try:
        with opened(path) as tables:
            load = _Load(by, around, Loaded(dated=(dated or tables.dated).isoformat(), name=name or path.name))
            load.northern_ireland = northern_ireland
            load.tables(tables, dated or tables.dated, tell)
    except Unreadable as problem:
        raise BadInput("file", str(problem)) from problem
    return load.done


class _Load:
    """One load on its way: what it has come to, and the postcode areas it has seen."""

    def __init__(self, by: Actor, around: Around | None, done: Loaded) -> None:
        self.by, self.around, self.done = by, around, done
        self.done.around = around.words if around else ""
        self.file: PostcodeFile | None = None
        self.areas: set[str] = set()
        self.northern_ireland = False

    def tables(self, tables: Opened, dated: date, tell: Callable[[str], object]) -> None:
        for table, lines in tables.tables:
            try:
                for layout, rows in slices(table, lines):
                    self._begin(layout, dated)
                    self._take(table, rows)
                    tell(f"{self.done.read:,} lines read, {self.done.kept:,} postcodes kept")
            except Unreadable as problem:
                if len(tables.tables) == 1:
                    raise
                self.done.read += 1
                self.done.note([Fault(table, "", "", str(problem))])
        if self.file and self.done.kept and not self.done.rejected and self.file.publisher != Publisher.OWN:
            self.done.dropped += finish(by=self.by, file=self.file, areas=self.areas)

    def _begin(self, layout: Layout, dated: date) -> None:
        if self.file is None:
            name = NAMES[Publisher(layout.publisher)] or self.done.name
            self.file = begin(by=self.by, publisher=layout.publisher, name=name, dated=dated)
            self.done.publisher, self.done.name = layout.publisher, name

    def _take(self, table: str, rows: Slice) -> None:
        done = self.done
        done.read += rows.read
        done.placeless += rows.placeless
        done.note(rows.faults)
        inside = self.around.holds(rows.lat, rows.lng) if self.around else np.ones(len(rows.lines), bool)
        done.elsewhere += int(len(inside) - inside.sum())
        chosen = self._licensed(list(self._rows(table, rows, np.flatnonzero(inside))))
        for at in range(0, len(chosen), BATCH):
            self._keep(table, chosen[at : at + BATCH])

    def _rows(self, table: str, rows: Slice, inside: Any) -> Iterator[Row]:
        """The rows near enough whose postcode is one."""
        for at in map(int, inside):
            code = exact(rows.codes[at])
            if code:
                self.areas.add(area_of(code))
                yield rows.lines[at], code, rows.ended[at], float(rows.lat[at]), float(rows.lng[at])
            else:
                said = shorten(rows.codes[at])
                self.done.note([Fault(where(table, rows.lines[at]), "postcode", said, NOT_A_POSTCODE)])

    def _licensed(self, rows: list[Row]) -> list[Row]:
        """Without those that a licence of their own shuts out. Their area counts as seen, so that what an earlier load
        has kept of it goes."""
        if self.northern_ireland or self.done.publisher != Publisher.ONS:
            return rows
        kept = [row for row in rows if area_of(row[1]) != NORTHERN_IRELAND]
        self.done.unlicensed += len(rows) - len(kept)
        return kept

    def _keep(self, table: str, chosen: list[Row]) -> None:
        assert self.file is not None
        live = [(code, lat, lng) for _line, code, ended, lat, lng in chosen if not ended]
        ended = [code for _line, code, ended, _lat, _lng in chosen if ended]
        kept, done = keep(by=self.by, file=self.file, rows=live, ended=ended), self.done
        done.ended += len(ended)
        for count in ("created", "updated", "unchanged", "newer", "dropped"):
            setattr(done, count, getattr(done, count) + getattr(kept, count))
        lines = {code: line for line, code, *_rest in chosen}
        done.note([Fault(where(table, lines[code]), "postcode", shown(code), PLACED_TWICE) for code in kept.twice])
