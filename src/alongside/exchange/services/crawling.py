"""Gathers a whole feed from its address: one file, or the pages of an interface and each service whole.

Everything is fetched before anything is used: half a feed would look like one that lost half its services.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.utils.translation import gettext_noop as _

from alongside.exchange.fetching.queries import Answer, Unreachable, fetch
from alongside.exchange.services import document
from alongside.methods.loose_json import parse

MOST_PAGES, MOST_RECORDS = 2_000, 100_000
LARGEST = 200 * 1024 * 1024  # of all pages together
PATIENCE, A_PAGE = 1800.0, 60.0  # seconds for all of it, and for one page
PER_PAGE = "100"
# A service that holds one of these came whole; one that holds none came as a list holds it.
BELOW = {"service_at_locations", "schedules", "cost_options", "attributes", "contacts", "phones", "languages"}
BELOW |= {"service_areas", "service_taxonomys", "eligibilitys", "regular_schedules", "locations"}
TOO_LONG = _("The list is longer than we can read.")
NOT_JSON = _("What the address gives is not a list of services in the Open Referral form.")

Get = Callable[[str], Answer]


@dataclass(frozen=True, slots=True)
class Gathered:
    """All of a feed as one file. `same` says that it has not changed; the marks are those of a single file."""

    data: bytes = b""
    etag: str = ""
    modified: str = ""
    same: bool = False


def gather(address: str, *, etag: str = "", modified: str = "", near: bool = False) -> Gathered:
    """Everything the feed at this address holds. Raises Unreachable where any part of it cannot be had."""
    until = time.monotonic() + PATIENCE
    room = LARGEST

    def get(where: str, **marks: str) -> Answer:
        nonlocal room
        left = max(0.001, until - time.monotonic())
        answer = fetch(where, near=near, largest=room, patience=min(left, A_PAGE), **marks)
        room -= len(answer.body)
        return answer

    first = get(address, etag=etag, modified=modified)
    if first.same:
        return Gathered(same=True, etag=etag, modified=modified)
    found = _read(first.body)
    if _is_front(found):
        return _pages(f"{address.rstrip('/')}/services", None, get)
    listed = isinstance(found, dict) and isinstance(found.get("contents", found.get("content")), list)
    if listed and (_more(found, 1) or urlsplit(address).path.rstrip("/").endswith("/services")):
        return _pages(address, found, get)
    return Gathered(first.body, first.etag, first.modified)


def _pages(address: str, first: Any, get: Get) -> Gathered:
    """Every page of the list, and each service whole where the list holds only its own fields."""
    wide = _asking(address, full="true", per_page=PER_PAGE)
    try:
        page = _read(get(wide).body)
        address = wide
    except Unreachable as problem:
        if problem.status != 400 and first is None:
            raise
        page = first if first is not None else _read(get(address).body)
    entries: list[Any] = []
    number = 1
    while True:
        held = page.get("contents", page.get("content")) if isinstance(page, dict) else None
        if not isinstance(held, list):
            raise Unreachable(NOT_JSON)
        entries.extend(held)
        if len(entries) > MOST_RECORDS or number > MOST_PAGES:
            raise Unreachable(TOO_LONG)
        if not held or not _more(page, number):
            break
        number += 1
        page = _read(get(_asking(address, page=str(number))).body)
    root = urlunsplit(urlsplit(address)._replace(query="", fragment="")).rstrip("/")
    return Gathered(document.plain([_whole(entry, root, get) for entry in entries]).encode())


def _whole(entry: Any, root: str, get: Get) -> Any:
    """The service itself, asked for by its id; what the list said of it where that address does not answer."""
    if not isinstance(entry, dict) or BELOW & entry.keys() or not isinstance(entry.get("id"), str | int):
        return entry
    try:
        found = _read(get(f"{root}/{entry['id']}").body)
    except Unreachable as problem:
        if problem.status in (404, 410):
            return entry
        raise
    return found if isinstance(found, dict) and str(found.get("id")) == str(entry["id"]) else entry


def _more(page: dict[str, Any], number: int) -> bool:
    last = page.get("total_pages", page.get("totalPages"))
    if isinstance(last, int) and not isinstance(last, bool):
        return number < last
    return page.get("last_page", page.get("last", True)) is False


def _is_front(found: Any) -> bool:
    return isinstance(found, dict) and "version" in found and not {"id", "name", "contents", "services"} & found.keys()


def _asking(address: str, **more: str) -> str:
    parts = urlsplit(address)
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name not in more]
    return urlunsplit(parts._replace(query=urlencode([*kept, *more.items()]), fragment=""))


def _read(body: bytes) -> Any:
    try:
        return parse(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
