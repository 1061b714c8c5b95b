"""Opens a feed file, whatever its wrapping: bytes to a row of entries, each still as it came.

Understood: a JSON array; an Open Referral page (`contents`, or `content` before 3.0) or a row of pages;
`{"services": […]}`, also under one organisation; a single service; a service at a location; one JSON
record a line. Nothing here raises: what cannot be read becomes a fault.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from typing import Any

from alongside.exchange.services import faults, tables
from alongside.exchange.services.faults import Fault
from alongside.methods.loose_json import parse
from alongside.methods.shorten import shorten

FILE = "file"
REJECTS = "rejects_of"  # marks a file of rejects that we made: mended and loaded again, it is a part
LISTS = ("contents", "content", "services")


class FromPlace(dict[str, Any]):
    """A service that came as a service at a location, turned round."""


class Unreadable(str):
    """A line that is not JSON, kept as it came."""

    __slots__ = ()


@dataclass(slots=True)
class Document:
    entries: list[Any] = field(default_factory=list)
    lost: list[Any] = field(default_factory=list)  # rows of tables that belong to nothing in the file
    faults: list[Fault] = field(default_factory=list)
    whole: bool = True
    readable: bool = True

    def refuse(self, value: str, reason: str) -> Document:
        self.faults.append(Fault(0, FILE, FILE, shorten(value), reason, rejected=True))
        self.readable = self.whole = False
        return self


def open_document(data: bytes) -> Document:
    """Reads the bytes of one file. A file that cannot be read whole is refused whole."""
    document = Document()
    text = _decode(data, document)
    if not text.strip():
        document.whole = False
        document.faults.append(Fault(0, FILE, FILE, "", faults.FILE_EMPTY))
        return document
    try:
        found = parse(text)
    except RecursionError:
        return document.refuse("", faults.FILE_TOO_DEEP)
    except ValueError as problem:
        lines = _lines(text)
        if lines is None:
            return document.refuse(_where(problem), faults.FILE_UNREADABLE)
        found = lines
    if tables.is_tables(found):
        _put_together(found, document)
    else:
        _unwrap(found, document)
        document.entries = _at_all_places(document.entries)
    if not document.entries and not document.lost:
        document.whole = False
        document.faults.append(Fault(0, FILE, FILE, "", faults.FILE_EMPTY))
    return document


def _put_together(found: dict[str, Any], document: Document) -> None:
    """The tabular form. Whole tables are the whole feed, so nothing marks them as a part."""
    document.entries, document.lost = tables.joined(found)


def _at_all_places(entries: list[Any]) -> list[Any]:
    """A service that was listed once for each of its places, put together again."""
    found: list[Any] = []
    by_id: dict[Any, dict[str, Any]] = {}
    for entry in entries:
        turned = isinstance(entry, FromPlace)
        first = by_id.get(entry.get("id")) if turned and isinstance(entry.get("id"), str) else None
        if first is not None:
            first["service_at_locations"] = [*first["service_at_locations"], *entry["service_at_locations"]]
            continue
        if turned and isinstance(entry.get("id"), str):
            by_id[entry["id"]] = entry
        found.append(entry)
    return found


def plain(entry: object) -> str:
    """An entry as JSON that any database and any reader takes: letters as ASCII, numbers that are none as null."""
    try:
        return json.dumps(entry, separators=(",", ":"), allow_nan=False)
    except ValueError:
        return json.dumps(_finite(entry), separators=(",", ":"))


def _finite(thing: object) -> object:
    if isinstance(thing, dict):
        return {key: _finite(value) for key, value in thing.items()}
    if isinstance(thing, list):
        return [_finite(value) for value in thing]
    return None if isinstance(thing, float) and not math.isfinite(thing) else thing


def _decode(data: bytes, document: Document) -> str:
    encoding = json.detect_encoding(data)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        document.faults.append(Fault(0, FILE, FILE, "", faults.NOT_UTF8))
        return data.decode("cp1252", errors="replace")


def _where(problem: ValueError) -> str:
    if isinstance(problem, json.JSONDecodeError):
        return f"line {problem.lineno}, column {problem.colno}"
    return ""


def _lines(text: str) -> list[Any] | None:
    """One JSON record a line; None if the file is something else that is broken."""
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines or not isinstance(_line(lines[0]), dict):
        return None
    return [_line(line) for line in lines]


def _line(line: str) -> Any:
    try:
        return parse(line)
    except (ValueError, RecursionError):
        return Unreadable(line)


def _unwrap(found: Any, document: Document, depth: int = 0) -> None:
    if isinstance(found, list) and depth < 3:
        for entry in found:
            if _wraps(entry):
                _unwrap(entry, document, depth + 1)
            else:
                document.entries.append(entry)
    elif isinstance(found, dict) and depth < 3:
        _unwrap_object(found, document, depth)
    else:
        document.entries.append(found)
        document.whole = False


def _wraps(entry: Any) -> bool:
    if not isinstance(entry, dict):
        return False
    if isinstance(entry.get("service"), dict):
        return True
    held = next((entry[key] for key in LISTS if isinstance(entry.get(key), list)), None)
    return held is not None


def _unwrap_object(found: dict[str, Any], document: Document, depth: int) -> None:
    key = next((key for key in LISTS if isinstance(found.get(key), list)), None)
    if key is None:
        document.entries.append(_from_place(found))
        document.whole = document.whole and depth > 0
        return
    if _is_part(found, len(found[key])) and depth == 0:
        document.whole = False
    held = [_under(found, entry) for entry in found[key]] if key == "services" else found[key]
    if key == "services" and not held and found.get("id") and found.get("name"):
        held = [found]  # an organisation that offers nothing just now
    _unwrap(held, document, depth + 1)


def _is_part(page: dict[str, Any], here: int) -> bool:
    total = page.get("total_items", page.get("totalElements"))
    more = isinstance(total, int) and total > here
    return more or REJECTS in page or "name" in page


def _under(holder: dict[str, Any], entry: Any) -> Any:
    """A service listed under its organisation names it, so that it can stand alone."""
    if not isinstance(entry, dict) or entry.get("organization") or not holder.get("name"):
        return entry
    own = {key: value for key, value in holder.items() if key != "services"}
    return {**entry, "organization": own}


def _from_place(entry: dict[str, Any]) -> dict[str, Any]:
    """A service at a location, turned round to be a service with that location."""
    service = entry.get("service")
    if not isinstance(service, dict):
        return entry
    here = {key: value for key, value in entry.items() if key != "service"}
    already = service.get("service_at_locations")
    return FromPlace({**service, "service_at_locations": [*(already if isinstance(already, list) else []), here]})
