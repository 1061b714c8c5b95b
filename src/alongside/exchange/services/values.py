"""Reads one field at a time out of an object that may hold anything, noting what cannot be used."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from urllib.parse import urlsplit

from alongside.exchange.services import cleaning, faults
from alongside.exchange.services.faults import Notes
from alongside.methods.loose_json import Doubled
from alongside.methods.shorten import shorten

LINE, TEXT, URL, MANY = 200, 20_000, 500, 60
EMAIL = re.compile(r"[^@\s<>(),;]+@[^@\s<>(),;]+\.[^@\s<>(),;.]{2,}")
HOUR = re.compile(r"(\d{1,2})[:.](\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?")
CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap])\.?m\.?", re.IGNORECASE)
DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
SCHEME = re.compile(r"([a-z][a-z0-9+.-]{1,9}):/{0,3}(?!\d+(?:/|$))", re.IGNORECASE)
YEARS = range(1900, 2201)


def blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


@dataclass(slots=True)
class Fields:
    """One object of a feed with the path that leads to it."""

    held: dict[str, Any]
    notes: Notes
    where: str = ""

    def path(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key

    def note(self, key: str, reason: str) -> None:
        self.notes.note(self.path(key), self.held.get(key), reason)

    def has(self, key: str) -> bool:
        return not blank(self.held.get(key))

    def needs(self, *keys: str) -> None:
        """Notes every key that the standard requires and that is missing or blank."""
        for key in keys:
            if not self.has(key):
                self.note(key, faults.REQUIRED)

    def _words(self, key: str) -> str:
        value = self.held.get(key)
        if isinstance(value, str):
            return value
        if isinstance(value, bool | dict | list):
            self.note(key, faults.NOT_WORDS)
            return ""
        if isinstance(value, float) and not math.isfinite(value):
            self.note(key, faults.NOT_WORDS)
            return ""
        return "" if value is None else str(value)

    def _shortened(self, key: str, text: str, limit: int) -> str:
        if len(text) <= limit:
            return text
        self.note(key, faults.TOO_LONG)
        return text[: limit - 1].rstrip() + "…"

    def line(self, key: str, limit: int = LINE) -> str:
        return self._shortened(key, cleaning.one_line(self._words(key)), limit)

    def text(self, key: str, limit: int = TEXT) -> str:
        raw = self._words(key)
        words = cleaning.paragraphs(raw)
        if raw.strip() and not words:
            self.note(key, faults.NO_WORDS)
        return self._shortened(key, words, limit)

    def email(self, key: str) -> str:
        address = self.line(key, limit=URL).removeprefix("mailto:").strip()
        if not address or (len(address) <= 254 and EMAIL.fullmatch(address)):
            return address
        self.note(key, faults.BAD_EMAIL)
        return ""

    def url(self, key: str) -> str:
        address = cleaning.fit(self._words(key)[: URL * 4]).strip()
        if not address:
            return ""
        address = SCHEME.sub(r"\1://", address) if SCHEME.match(address) else "http://" + address
        if len(address) <= URL and _is_web(address):
            return address
        self.note(key, faults.BAD_URL)
        return ""

    def day(self, key: str) -> date | None:
        if not self.has(key):
            return None
        found = _day(self._words(key).strip())
        if found is None:
            self.note(key, faults.BAD_DATE)
        return found

    def hour(self, key: str) -> time | None:
        if not self.has(key):
            return None
        found = _hour(self._words(key).strip())
        if found is None:
            self.note(key, faults.BAD_TIME)
        return found

    def number(self, key: str) -> float | None:
        value = self.held.get(key)
        if blank(value):
            return None
        if isinstance(value, int | float | str) and not isinstance(value, bool):
            try:
                number = float(value)
            except (ValueError, OverflowError):
                number = math.nan
            if math.isfinite(number):
                return number
        self.note(key, faults.BAD_NUMBER)
        return None

    def age(self, key: str) -> int | None:
        number = self.number(key)
        if number is None or 0 <= number <= 130:
            return None if number is None else int(number)
        self.note(key, faults.BAD_AGE)
        return None

    def child(self, key: str) -> Fields | None:
        value = self.held.get(key)
        if isinstance(value, dict):
            return self._below(key, value)
        if not blank(value):
            self.note(key, faults.NOT_AN_OBJECT)
        return None

    def children(self, *keys: str) -> Iterator[Fields]:
        """The objects of one list that older and newer forms call by different names."""
        for key in keys:
            value = self.held.get(key)
            if blank(value):
                continue
            if not isinstance(value, list):
                self.note(key, faults.NOT_A_LIST)
                continue
            if len(value) > MANY:
                self.note(key, faults.TOO_MANY)
            for n, entry in enumerate(value[:MANY]):
                if isinstance(entry, dict):
                    yield self._below(f"{key}[{n}]", entry)
                else:
                    self.notes.note(self.path(f"{key}[{n}]"), entry, faults.NOT_AN_OBJECT)

    def _below(self, key: str, held: dict[str, Any]) -> Fields:
        below = Fields(held, self.notes, self.path(key))
        if isinstance(held, Doubled):
            below.note_doubles()
        return below

    def note_doubles(self) -> None:
        if isinstance(self.held, Doubled):
            for key in self.held.twice:
                self.notes.note(self.path(shorten(key)), self.held.get(key), faults.KEY_TWICE)


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    fits = parts.scheme.lower() in {"http", "https"} and "." in host.strip(".")
    return fits and not re.search(r"[\s<>\"]", address)


def _day(words: str) -> date | None:
    other = DAY_FIRST.fullmatch(words)
    try:
        if other:
            found = date(int(other[3]), int(other[2]), int(other[1]))
        else:
            found = date.fromisoformat(words[:10])
    except ValueError:
        return None
    return found if found.year in YEARS else None


def _hour(words: str) -> time | None:
    plain, clock = HOUR.fullmatch(words), CLOCK.fullmatch(words)
    if clock:
        hour = int(clock[1]) % 12 + (12 if clock[3].lower() == "p" else 0)
        return _clock_time(hour, int(clock[2] or 0)) if 1 <= int(clock[1]) <= 12 else None
    return _clock_time(int(plain[1]), int(plain[2])) if plain else None


def _clock_time(hour: int, minute: int) -> time | None:
    if (hour, minute) == (24, 0):
        return time(23, 59)
    return time(hour, minute) if hour < 24 and minute < 60 else None
