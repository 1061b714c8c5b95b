"""What a service feed holds once it is read: plain, typed, frozen records, whatever form it came in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from alongside.exchange.services.faults import Fault

# Raise this when the reader learns to read more, so that the next load looks at every service again.
READER = 2
LEFT_OUT = ("position", "organisation", "held")


def digest_of(kept: object) -> str:
    return hashlib.sha256(f"{READER}{kept!r}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class OrganisationRecord:
    foreign: str
    name: str
    words: str = ""
    url: str = ""
    email: str = ""

    @property
    def digest(self) -> str:
        return digest_of(self)


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """Where a service happens. Without a point it has an address only, or none (online, by telephone)."""

    foreign: str
    name: str = ""
    kind: str = "physical"
    latitude: float | None = None
    longitude: float | None = None
    address: str = ""
    postcode: str = ""

    @property
    def on_the_map(self) -> bool:
        return self.latitude is not None and self.kind == "physical"


@dataclass(frozen=True, slots=True)
class TimeRecord:
    """When a service happens: an RFC 5545 rule from a first day, with its hours. No rule: that day only."""

    rule: str = ""
    starts: date | None = None
    ends: date | None = None
    weekdays: tuple[int, ...] = ()
    opens: time | None = None
    closes: time | None = None
    words: str = ""

    @property
    def minutes(self) -> int | None:
        if self.opens is None or self.closes is None or self.closes <= self.opens:
            return None
        return (self.closes.hour - self.opens.hour) * 60 + self.closes.minute - self.opens.minute


@dataclass(frozen=True, slots=True)
class ServiceRecord:
    position: int
    foreign: str
    name: str
    words: str = ""
    organisation: OrganisationRecord | None = None
    places: tuple[PlaceRecord, ...] = ()
    times: tuple[TimeRecord, ...] = ()
    areas: tuple[str, ...] = ()
    cost: str = ""
    free: bool | None = None
    access: tuple[str, ...] = ()
    joining: str = ""
    topics: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    lowest_age: int | None = None
    highest_age: int | None = None
    languages: tuple[str, ...] = ()
    status: str = "active"
    alert: str = ""
    url: str = ""
    email: str = ""
    phone: str = ""
    checked_on: date | None = None
    body: str = field(default="", repr=False)  # the whole entry as JSON, to be given out again as it came
    held: Any = field(default=None, repr=False, compare=False)  # and as it was read

    @property
    def digest(self) -> str:
        """Changes if and only if something we keep has changed; the place in the file does not count. Since the
        whole entry is kept, that is anything the feed says of it."""
        kept = [getattr(self, name) for name in self.__slots__ if name not in LEFT_OUT]
        holder = self.organisation
        kept.append((holder.foreign, holder.name, holder.url) if holder else None)
        return digest_of(kept)

    @property
    def closed(self) -> bool:
        return self.status in ("inactive", "defunct")

    @property
    def first_point(self) -> PlaceRecord | None:
        return next((place for place in self.places if place.on_the_map), None)


@dataclass(frozen=True, slots=True)
class BesideRecord:
    """Something that is no service and is kept whole: an organisation alone, a place, a list of terms, a term."""

    kind: str
    foreign: str
    body: str

    @property
    def digest(self) -> str:
        return digest_of((self.kind, self.foreign, self.body))


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole file, read. `read` counts every record met; each is a service, beside them, or among the rejects.

    `whole` says that the file is all of the feed, so that what is missing from it has gone. A page of
    many, a single service, or a file of mended rejects is not whole. `seen` holds the ids of every
    record met, also of the rejected.
    """

    services: tuple[ServiceRecord, ...]
    faults: tuple[Fault, ...]
    rejects: tuple[Any, ...]
    seen: frozenset[str]
    read: int
    whole: bool
    beside: tuple[BesideRecord, ...] = ()

    @property
    def rejected(self) -> int:
        return len(self.rejects)
