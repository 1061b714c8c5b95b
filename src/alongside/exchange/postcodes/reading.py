"""Reads tables of postcodes as others publish them, a slice at a time: which columns hold what, and what is wrong.

Known are the ONS Postcode Directory and the National Statistics Postcode Lookup (columns found by their names), OS
Code-Point Open (no names; eastings and northings) and a plain table of postcode, lat and lng.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from alongside.exchange.postcodes.opening import Unreadable
from alongside.ground.postcodes.models import EAST, NORTH, SOUTH, WEST, Publisher
from alongside.methods.national_grid import to_wgs84
from alongside.methods.postcode import exact
from alongside.methods.shorten import shorten

SLICE = 20_000  # rows read at a time
DECIMALS = 5  # of a point worked out from metres: about one metre
CODES = ("pcds", "pcd", "postcode", "pcd8", "pcd7", "pcd2", "post code")
LATS, LNGS = ("lat", "latitude"), ("long", "lng", "lon", "longitude")
EASTS, NORTHS = ("eastings", "easting"), ("northings", "northing")
ENDS = ("doterm",)
NOWHERE = 99.0  # the latitude by which ONS says that there is no place

NOT_A_POSTCODE = "This is not a postcode. Write it like LM1 2AB."
NOT_A_NUMBER = "This should be a number."
TOO_SHORT = "The line has too few columns."
ELSEWHERE = "No postcode lies there. Write degrees, like 51.45 for lat and -2.59 for long."
OFF_THE_GRID = "No postcode lies there. Write metres of the National Grid."
SWAPPED = "Latitude and longitude stand in each other's column."
NOT_CSV = "The line cannot be read as comma-separated values."


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column holds what, by number from nought, with the names people see."""

    publisher: str
    code: int
    one: int  # latitude, or easting
    two: int  # longitude, or northing
    ends: int | None
    grid: bool
    named: bool
    separator: str = ","

    @property
    def names(self) -> tuple[str, str]:
        return ("eastings", "northings") if self.grid else ("lat", "long")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one line: which, in which column, with what value, and why."""

    record: str
    field: str
    value: str
    reason: str


@dataclass(slots=True)
class Slice:
    """Some rows of a table: those that lie in these islands, in order, with their lines; the rest is counted."""

    read: int = 0
    placeless: int = 0
    lines: list[int] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    ended: list[bool] = field(default_factory=list)
    lat: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    lng: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    faults: list[Fault] = field(default_factory=list)


def slices(name: str, lines: Iterator[tuple[int, str]]) -> Iterator[tuple[Layout, Slice]]:
    """The rows of one table. Raises Unreadable where the columns cannot be told, or are taken for each other."""
    layout, first = _layout(lines)
    rows, sure = _Rows(layout, name), False
    for number, line in chain(first, lines):
        if rows.count >= SLICE:
            yield layout, rows.done(sure=sure)
            rows, sure = _Rows(layout, name), True
        if line.strip():
            rows.take(number, line)
    yield layout, rows.done(sure=sure)


def _layout(lines: Iterator[tuple[int, str]]) -> tuple[Layout, list[tuple[int, str]]]:
    """How the table is laid out, by its first line that says anything; that line too where it is a row already."""
    for number, line in lines:
        if not line.strip():
            continue
        separator = max(",;\t", key=line.count)
        cells = _cells(line, separator) or []
        found = _by_names(cells, separator)
        if found:
            return found, []
        found = _by_place(cells, separator)
        if found:
            return found, [(number, line)]
        raise Unreadable(
            "The columns are not those of a table of postcodes. The first line should name a postcode (pcds, pcd or "
            f"postcode), lat and long. It says: {shorten(', '.join(cells[:12]))}"
        )
    raise Unreadable("The table is empty.")


def _by_names(cells: list[str], separator: str) -> Layout | None:
    names = [cell.strip().lower() for cell in cells]

    def at(known: tuple[str, ...]) -> int | None:
        return next((names.index(name) for name in known if name in names), None)

    code, ends = at(CODES), at(ENDS)
    for one, two, grid in ((at(LATS), at(LNGS), False), (at(EASTS), at(NORTHS), True)):
        if code is not None and one is not None and two is not None:
            kind = Publisher.ONS if ends is not None else Publisher.OS if grid else Publisher.OWN
            return Layout(kind, code, one, two, ends, grid, True, separator)
    return None


def _by_place(cells: list[str], separator: str) -> Layout | None:
    """A table without names: Code-Point Open, or postcode, latitude and longitude."""
    if not cells or not exact(cells[0]):
        return None
    if len(cells) == 3 and None not in (_number(cells[1]), _number(cells[2])):
        return Layout(Publisher.OWN, 0, 1, 2, None, False, False, separator)
    if len(cells) >= 4 and None not in (_number(cells[2]), _number(cells[3])):
        return Layout(Publisher.OS, 0, 2, 3, None, True, False, separator)
    return None


class _Rows:
    """Gathers rows until there are enough to work on together."""

    def __init__(self, layout: Layout, name: str) -> None:
        self.layout, self.name, self.found = layout, name, Slice()
        self.wrong: list[tuple[int, Fault]] = []
        self.one: list[float] = []
        self.two: list[float] = []
        self.count = 0

    def take(self, number: int, line: str) -> None:
        self.count += 1
        layout, found = self.layout, self.found
        cells = _cells(line, layout.separator)
        try:
            assert cells is not None
            code, one, two = cells[layout.code], float(cells[layout.one]), float(cells[layout.two])
            ended = layout.ends is not None and cells[layout.ends].strip() != ""
        except (AssertionError, IndexError, ValueError):
            self._wrong(number, line, cells)
            return
        found.lines.append(number)
        found.codes.append(code)
        found.ended.append(ended)
        self.one.append(one)
        self.two.append(two)

    def done(self, *, sure: bool) -> Slice:
        """The rows with their points; those elsewhere are told one by one, and all together where most are."""
        found, one, two = self.found, np.array(self.one), np.array(self.two)
        found.read = self.count
        nowhere = (one == 0) & (two == 0) if self.layout.grid else (one >= NOWHERE) & (one < NOWHERE + 1)
        lat, lng = self._degrees(one, two)
        there = _in_islands(lat, lng)
        swapped = _in_islands(lng, lat) & ~there & ~nowhere if not self.layout.grid else np.zeros(len(one), bool)
        if not sure and swapped.sum() * 2 > (~nowhere).sum():
            at = int(np.argmax(swapped))
            raise Unreadable(
                f"{SWAPPED} Line {found.lines[at]} says lat {one[at]:g} and long {two[at]:g}. Name the columns the "
                "other way round."
            )
        found.placeless += int(nowhere.sum())
        for off in np.flatnonzero(~there & ~nowhere).tolist():
            self._off(off, one, two, SWAPPED if swapped[off] else OFF_THE_GRID if self.layout.grid else ELSEWHERE)
        found.faults = [fault for _number, fault in sorted(self.wrong, key=itemgetter(0))]
        keep = np.flatnonzero(there & ~nowhere)
        for name in ("lines", "codes", "ended"):
            every = getattr(found, name)
            setattr(found, name, [every[at] for at in keep])
        found.lat, found.lng = lat[keep], lng[keep]
        return found

    def _degrees(self, one: NDArray[np.float64], two: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
        if not self.layout.grid:
            return one, two
        sane = (np.abs(one) < 1e7) & (np.abs(two) < 1e7)
        lat, lng = to_wgs84(np.where(sane, one, 0.0), np.where(sane, two, 0.0))
        return np.where(sane, lat.round(DECIMALS), np.nan), np.where(sane, lng.round(DECIMALS), np.nan)

    def _off(self, at: int, one: NDArray[np.float64], two: NDArray[np.float64], reason: str) -> None:
        names = " and ".join(self.layout.names)
        self._fault(self.found.lines[at], names, f"{one[at]:g} and {two[at]:g}", reason)

    def _wrong(self, number: int, line: str, cells: list[str] | None) -> None:
        if cells is None:
            self._fault(number, "", line, NOT_CSV)
            return
        layout = self.layout
        if len(cells) <= max(layout.code, layout.one, layout.two, layout.ends or 0):
            self._fault(number, "", line, TOO_SHORT)
            return
        if not cells[layout.one].strip() and not cells[layout.two].strip():
            self.found.placeless += 1
            return
        for name, at in zip(layout.names, (layout.one, layout.two), strict=True):
            if _number(cells[at]) is None:
                self._fault(number, name, cells[at], NOT_A_NUMBER)
                return

    def _fault(self, number: int, column: str, value: str, reason: str) -> None:
        self.wrong.append((number, Fault(where(self.name, number), column, shorten(value), reason)))


def where(name: str, number: int) -> str:
    return f"{name} line {number:,}".strip()


def _in_islands(lat: NDArray[np.float64], lng: NDArray[np.float64]) -> NDArray[np.bool_]:
    return (lat >= SOUTH) & (lat <= NORTH) & (lng >= WEST) & (lng <= EAST)


def _cells(line: str, separator: str) -> list[str] | None:
    """One line is one row: no published table breaks a cell, and a stray quote must not swallow the rest."""
    if '"' not in line:
        return line.split(separator)
    try:
        return next(csv.reader([line], delimiter=separator))
    except (csv.Error, StopIteration):
        return None


def _number(words: str) -> float | None:
    try:
        return float(words)
    except ValueError:
        return None
