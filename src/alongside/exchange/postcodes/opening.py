"""Opens a file of postcodes, or a ZIP of them, and gives its lines one by one, however large it is."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path, PurePosixPath

LARGEST = 4 * 1024**3  # bytes of one table; the largest there is has 1.5 GB
MOST_PACKED = 200  # times its size that a part of a ZIP may unpack to; tables of postcodes have 5 to 15
MOST_PARTS = 1_000
LONGEST_LINE = 16_384
ABOUT = {"doc", "docs", "documents", "documentation", "user guide", "__macosx"}  # folders that explain the table
PARTS = "multi_csv"  # where the same table stands a second time, in pieces
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
EDITION = re.compile(rf"(?:^|[^a-z])({'|'.join(MONTHS)})[a-z]*[_ -]((?:19|20)\d\d)", re.IGNORECASE)
COPYRIGHT = re.compile(r"copyright date:?\s*(\d{4})(\d\d)(\d\d)", re.IGNORECASE)


class Unreadable(Exception):
    """The file as a whole cannot be read. Its words say why, and what to do."""


@dataclass(frozen=True)
class Opened:
    """The tables in a file by name, and of which day they speak."""

    tables: list[tuple[str, Iterator[tuple[int, str]]]]
    dated: date


@contextmanager
def opened(path: Path) -> Iterator[Opened]:
    """The tables of a CSV file or a ZIP. Raises Unreadable, now or while lines are read."""
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                yield Opened(_parts(archive), _dated(path, archive))
        else:
            with path.open("rb") as file:
                yield Opened([("", lines(file))], _dated(path, None))
    except OSError as problem:
        raise Unreadable(f"{path} cannot be read: {problem.strerror or problem}.") from problem
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as problem:
        raise Unreadable(f"{path} is a broken or locked ZIP: {problem}. Download it again.") from problem


def lines(file: io.BufferedIOBase) -> Iterator[tuple[int, str]]:
    """Each line with its number, without its end. A line beyond all measure comes as its beginning; what is not
    UTF-8 comes with marks in its place, so that the rest of the line is still read."""
    start = file.read(2)
    encoding = "utf-16" if start in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    text = io.TextIOWrapper(io.BufferedReader(_Again(start, file), 1 << 16), encoding, errors="replace")  # type: ignore[type-var]
    number = 0
    while line := text.readline(LONGEST_LINE):
        number += 1
        rest = line
        while not rest.endswith("\n") and (rest := text.readline(LONGEST_LINE)):
            pass
        if number % 100_000 == 0 and file.tell() > LARGEST:
            raise Unreadable(f"The table is larger than {LARGEST // 1024**3} GB.")
        yield number, line.rstrip("\r\n")


class _Again(io.RawIOBase):
    """A stream whose first bytes were read already."""

    def __init__(self, start: bytes, rest: io.BufferedIOBase) -> None:
        self.start, self.rest = start, rest

    def readable(self) -> bool:
        return True

    def readinto(self, room: bytearray) -> int:  # type: ignore[override]
        data, self.start = self.start or self.rest.read(len(room)), b""
        room[: len(data)] = data
        return len(data)


def _parts(archive: zipfile.ZipFile) -> list[tuple[str, Iterator[tuple[int, str]]]]:
    """The tables in a ZIP: not what explains them, and not the same once more in pieces."""
    found = [one for one in archive.infolist() if _is_table(one)]
    whole = [one for one in found if PARTS not in _folders(one)]
    chosen = whole or found
    if not chosen:
        raise Unreadable("There is no CSV file in this ZIP.")
    if len(chosen) > MOST_PARTS:
        raise Unreadable(f"There are more than {MOST_PARTS:,} tables in this ZIP.")
    for one in chosen:
        if one.file_size > LARGEST or one.file_size > MOST_PACKED * max(one.compress_size, 1_000):
            raise Unreadable(f"{one.filename} in this ZIP unpacks to far more than a table of postcodes has.")
    return [(one.filename, _read(archive, one)) for one in sorted(chosen, key=lambda one: one.filename)]


def _read(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[tuple[int, str]]:
    with archive.open(part) as file:
        yield from lines(file)  # type: ignore[arg-type]


def _is_table(part: zipfile.ZipInfo) -> bool:
    return part.filename.lower().endswith(".csv") and not part.is_dir() and not ABOUT & _folders(part)


def _folders(part: zipfile.ZipInfo) -> set[str]:
    return {name.lower() for name in PurePosixPath(part.filename.replace("\\", "/")).parts[:-1]}


def _dated(path: Path, archive: zipfile.ZipFile | None) -> date:
    """The day the table speaks of: its name says a month, or its own description a day; else the file's day."""
    named = [path.name, *(one.filename for one in (archive.infolist() if archive else ()) if _is_table(one))]
    for name in named:
        edition = EDITION.search(PurePosixPath(name).name)
        if edition:
            return date(int(edition[2]), MONTHS.index(edition[1].lower()) + 1, 1)
    told = _described(archive) if archive else None
    if told:
        return told
    if archive and archive.infolist():
        year, month, day = max(one.date_time for one in archive.infolist())[:3]
        if year > 1980:
            return date(year, month, day)
    return datetime.fromtimestamp(path.stat().st_mtime).date()


def _described(archive: zipfile.ZipFile) -> date | None:
    for part in archive.infolist():
        if part.filename.lower().endswith("metadata.txt") and part.file_size < 1_000_000:
            found = COPYRIGHT.search(archive.read(part).decode("utf-8", "replace"))
            if found:
                try:
                    return date(*map(int, found.groups()))
                except ValueError:
                    return None
    return None
