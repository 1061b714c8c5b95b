"""The rows of a file that somebody brings: CSV in any usual dialect and encoding, or a spreadsheet. Bounded, and
nothing in it is ever worked out."""

from __future__ import annotations

import contextlib
import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

from openpyxl import load_workbook

from alongside.exchange.carrying import sentences
from alongside.exchange.carrying.document import Reading
from alongside.exchange.sheets.cells import ARROW, unescaped, unsafe

LARGEST = 20 * 1024 * 1024
UNPACKED = 200 * 1024 * 1024
RATIO = 200  # more than this many times its packed size is a bomb, not a sheet
PARTS = 500
MOST_ROWS, MOST_COLUMNS, MOST_LETTERS = 20_000, 200, 100_000
DELIMITERS = ",;\t|"
csv.field_size_limit(LARGEST)

Row = list[Any]


class Unreadable(Exception):
    """The file cannot be read. `reason` is one of the sentences."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def sheets_of(data: bytes, reading: Reading) -> dict[str, list[Row]]:
    """Every table of the file by its name. Raises Unreadable, and nothing else."""
    if len(data) > LARGEST:
        raise Unreadable(sentences.FILE_LARGE)
    if not data.strip():
        raise Unreadable(sentences.FILE_EMPTY)
    if not data.startswith(b"PK"):
        return {"": list(_csv(data, reading))}
    names = _unpackable(data)
    if any(name.startswith("xl/") for name in names):
        return _workbook(data, reading)
    tables: dict[str, list[Row]] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for name in names:
            if name.endswith(".csv"):
                tables[name.removesuffix(".csv")] = list(_csv(_part(packed, name), reading))
    if not tables:
        raise Unreadable(sentences.FILE_UNREADABLE)
    return tables


def _unpackable(data: bytes) -> list[str]:
    """The names of the parts of a packed file, once it is sure that it is neither broken nor a bomb."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            whole = sum(part.file_size for part in parts)
            if len(parts) > PARTS or whole > UNPACKED or whole > RATIO * max(len(data), 10_000):
                raise Unreadable(sentences.FILE_LARGE)
            for part in parts:
                if part.filename.endswith((".xml", ".rels")) and b"<!" in _head(packed, part.filename):
                    raise Unreadable(sentences.FILE_UNREADABLE)  # no sheet declares entities
            return [part.filename for part in parts]
    except Unreadable:
        raise
    except Exception as problem:  # zipfile raises many kinds over broken bytes
        raise Unreadable(sentences.FILE_UNREADABLE) from problem


def _head(packed: zipfile.ZipFile, name: str) -> bytes:
    with packed.open(name) as part:
        return re.sub(rb"<!--.*?-->", b"", part.read(65_536), flags=re.DOTALL)


def _part(packed: zipfile.ZipFile, name: str) -> bytes:
    try:
        return packed.read(name)
    except Exception as problem:
        raise Unreadable(sentences.FILE_UNREADABLE) from problem


def _workbook(data: bytes, reading: Reading) -> dict[str, list[Row]]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
            return {sheet.title: _sheet(sheet, reading) for sheet in book.worksheets[:20]}
    except Exception as problem:  # openpyxl raises many kinds over broken bytes
        raise Unreadable(sentences.FILE_UNREADABLE) from problem


def _sheet(sheet: Any, reading: Reading) -> list[Row]:
    sheet.reset_dimensions()  # some say a size that is not theirs
    rows = []
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
        if number > MOST_ROWS + 2:
            reading.note("", "", "", sentences.CUT_SHORT)
            break
        rows.append([_cell(cell, number, reading) for cell in cells])
    return rows


def _cell(cell: Any, number: int, reading: Reading) -> Any:
    value = cell.value
    if not isinstance(value, str):
        return value
    if cell.data_type == "f":
        reading.note(f"row {number}", f"column {cell.column}", value, sentences.FORMULA)
        return value
    return _taken(unescaped(value))


def _taken(text: str) -> str:
    """A cell's text; the guidance of a template is nothing that anybody wrote."""
    return "" if text.startswith(ARROW) else unsafe(text)[:MOST_LETTERS]


def _csv(data: bytes, reading: Reading) -> Iterator[Row]:
    text = _decoded(data, reading).replace("\x00", "")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    number = 0
    while number <= MOST_ROWS + 1:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error:
            row = []
        number += 1
        yield [_taken(cell) for cell in row[:MOST_COLUMNS]]
    reading.note("", "", "", sentences.CUT_SHORT)


def _decoded(data: bytes, reading: Reading) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        with contextlib.suppress(UnicodeDecodeError):
            return data.decode("utf-16")
    return reading.decoded(data)


def _delimiter(text: str) -> str:
    """What parts the cells: the sign that stands most often in the first line outside quotation marks."""
    first = re.sub(r'"[^"]*"', "", text[:20_000].lstrip().split("\n")[0])
    return max(DELIMITERS, key=lambda sign: (first.count(sign), -DELIMITERS.index(sign)))
