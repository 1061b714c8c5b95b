"""What travels: a map with its charter and edge, and things with their holders. Plain values, no database.

Only what everyone may see and may go out is ever put in here. A person stands under the name they show and a key
of this list alone, which leads to nobody's page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from alongside.exchange.carrying import sentences
from alongside.methods.shorten import shorten


@dataclass(frozen=True, slots=True)
class Holder:
    """Who offers something: a person by shown name, a community or an organisation."""

    key: str
    kind: str
    sort: str
    name: str
    about: str = ""
    website: str = ""
    lang: str = "en"


@dataclass(frozen=True, slots=True)
class Time:
    """One time: first start (ISO 8601 with its offset, or empty), RFC 5545 rule, zone, minutes, own words."""

    starts: str = ""
    rrule: str = ""
    tz: str = "Europe/London"
    minutes: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class NamedArea:
    """The area that a thing says it is in, with the point that stands for it."""

    kind: str
    edition: str
    code: str
    name: str
    lat: float | None = None
    lng: float | None = None


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing on offer, with all that everyone may know of it. `at` is the shown place, never the exact one."""

    key: str
    title: str
    kind: str = "activity"
    words: str = ""
    lang: str = "en"
    cost: str = "unknown"
    cost_words: str = ""
    open_to: str = ""
    least_age: int | None = None
    most_age: int | None = None
    how: str = ""
    website: str = ""
    paid: bool = False
    confirmed_on: str = ""
    domains: tuple[str, ...] = ()
    access: tuple[tuple[str, str], ...] = ()
    whens: tuple[Time, ...] = ()
    lat: float | None = None
    lng: float | None = None
    precision: str = ""
    place: str = ""
    area: NamedArea | None = None
    unit: str = ""
    per_week: int | None = None
    holder: Holder | None = None
    source: str = ""
    source_id: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A community's map: its words, its charter, its edge as a GeoJSON geometry, and its layers in order."""

    key: str
    title: str
    words: str = ""
    lang: str = "en"
    may_stand: str = ""
    may_not: str = ""
    decides: str = ""
    objects_how: str = ""
    review_on: str = ""
    holder: Holder | None = None
    edge: Mapping[str, Any] | None = None
    layers: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: where (a row, a feature, an event), in which field, the value, why, and how to mend it."""

    where: str
    field: str
    value: str
    reason: str
    rejected: bool = False

    def as_row(self) -> dict[str, str | bool]:
        return {"record": self.where, "field": self.field, "value": self.value, "reason": self.reason}


@dataclass(slots=True)
class Reading:
    """What a file says. read = things + rejected, always; `chart` where it holds a map."""

    read: int = 0
    rejected: int = 0
    things: list[Thing] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    chart: Chart | None = None

    def decoded(self, data: bytes) -> str:
        """The file's text. What is not in UTF-8 is read as Windows-1252, and said."""
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            self.note("", "", "", sentences.NOT_UTF8)
            return data.decode("cp1252", errors="replace")

    def leave_out(self, where: str, name: str, value: object, reason: str) -> None:
        """Account for a record that stays out."""
        self.rejected += 1
        self.faults.append(Fault(where, name, shorten(value), reason, rejected=True))

    def note(self, where: str, name: str, value: object, reason: str) -> None:
        """Say what is wrong with a record that comes in, or with the file."""
        self.faults.append(Fault(where, name, shorten(value), reason))
