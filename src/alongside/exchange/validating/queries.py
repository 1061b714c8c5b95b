"""What this kit answers: is this feed sound, and what would have to be mended."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from typing import Any

from alongside.exchange.fetching.queries import Unreachable as Unreachable
from alongside.exchange.fetching.queries import fetch
from alongside.exchange.validating import documents, feeding, judging, standard
from alongside.exchange.validating.checking import is_uuid as is_uuid
from alongside.exchange.validating.checking import mended as mended
from alongside.exchange.validating.judging import Verdict as Verdict
from alongside.exchange.validating.standard import HSDS as HSDS
from alongside.exchange.validating.standard import HSDS_31 as HSDS_31
from alongside.exchange.validating.standard import ORUK as ORUK
from alongside.exchange.validating.standard import PROFILES as PROFILES
from alongside.exchange.validating.standard import known as known

LARGEST = 20 * 1024 * 1024  # of one page that is judged where it lives
PATIENCE, A_PAGE = 60.0, 15.0  # seconds for all of it, and for one page


def kind_below(kind: str, name: str) -> str:
    """Of which kind the objects in this field are; nothing where it holds words or numbers."""
    for profile in standard.PROFILES[::-1]:
        field = standard.model(profile).get(kind, {}).get(name)
        if field is not None and field.holds in ("list", "object"):
            return field.of[0]
    return ""


def one_to_one(held: dict[str, Any], kind: str) -> dict[str, Any]:
    """A record as a list of them holds it: without what there may be many of."""
    kept: dict[str, Any] = {}
    for name, value in held.items():
        below = kind_below(kind, name) or {"service": "service"}.get(name, "")
        if isinstance(value, list):
            continue
        kept[name] = one_to_one(value, below) if below and isinstance(value, dict) else value
    return kept


def kind_of_table(name: str) -> str:
    """Which object the rows of a table are, by the table's name; nothing where the standard has no such table."""
    return documents.TABLES.get(name.removesuffix(".csv"), "")


def typed(row: dict[str, Any], kind: str) -> dict[str, Any]:
    """A row of a table with numbers where the standard has numbers and words where it has words; blanks left out."""
    fields = standard.model(standard.HSDS_31).get(kind, {})
    found: dict[str, Any] = {}
    for name, value in row.items():
        if value is None or value == "":
            continue
        holds = fields[name].holds if name in fields else ""
        if holds == "number" and isinstance(value, str):
            value = _number(value)
        elif holds in ("text", "uuid", "choice") and isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        found[name] = value
    return found


def _number(words: str) -> Any:
    try:
        number = float(words)
    except ValueError:
        return words
    if not math.isfinite(number):
        return words
    return int(number) if number.is_integer() and "." not in words else number


def validate(data: bytes, profile: str = "", *, strict: bool = False) -> Verdict:
    """The verdict on one file: a document, a page, a row of them, or one record a line. Never raises.

    `profile` is one of `PROFILES`; left out, the document's own fields say which. `strict` takes a blank for a
    missing field and a second use of an id for an error, as this house does when it reads a feed.
    """
    return judging.judge([documents.open_bytes(data)], profile, strict=strict)


def validate_all(parts: Sequence[bytes], profile: str = "", *, strict: bool = False) -> Verdict:
    """The verdict on the pages of one feed together, so that an id used on two of them is told."""
    opened = [documents.open_bytes(part) for part in parts]
    for one in opened:
        one.whole = not one.pages and len(one.records) == 1  # a record by itself stands on a list as well
    return judging.judge(opened, profile, strict=strict)


def validate_at(address: str, profile: str = "", *, strict: bool = False, near: bool = False) -> Verdict:
    """The verdict on a feed where it lives: first, middle and last page of each list, one of each whole, the front
    page; or on the single file at that address. Raises Unreachable where nothing answers.

    `near` also opens addresses on this very machine, for the command line.
    """
    until = time.monotonic() + PATIENCE

    def get(where: str) -> bytes:
        left = max(0.001, until - time.monotonic())
        return fetch(where, near=near, largest=LARGEST, patience=min(left, A_PAGE)).body

    return feeding.judge_address(address, get, profile, strict=strict)
