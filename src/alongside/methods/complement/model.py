"""What goes into suggestions and what comes out: plain frozen values, the same for any way of choosing.

Ids are whole numbers that the caller gives; nothing here knows names, contacts or exact places. Money is
not here at all: what an offer costs is shown beside an idea and never weighs in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from alongside.methods.distance import Point


class Source(IntEnum):
    """Who could bring something: the five sources of table 9.1, in the book's order."""

    OWN = 1
    COMMUNITY = 2
    BUSINESS = 3
    UNIVERSAL = 4
    SPECIALIST = 5


BOOK_ORDER: tuple[Source, ...] = tuple(Source)


class Window(NamedTuple):
    """A time in the week: weekday 0 (Monday) to 6, from and to in minutes after midnight, from < to."""

    weekday: int
    start: int
    end: int


@dataclass(frozen=True)
class Wish:
    """Something a person asks for.

    `kinds` are words of kind or life domain; `minutes` how long in a week (an hour where nobody has said);
    `divisible` whether several holders may share it; `needs` access features that must be there; `order`
    the person's own order of sources, which may leave some out; `ruled_out` sources they do not want;
    `communities` the keys of communities they belong to; `windows` when it suits (none: any time);
    `place` and `reach_km` where from and how far (none: no limit); `tasks` kinds of help that need care.
    """

    id: int
    person: int
    kinds: frozenset[str] = frozenset()
    minutes: int = 60
    divisible: bool = True
    needs: frozenset[str] = frozenset()
    order: tuple[Source, ...] = BOOK_ORDER
    ruled_out: frozenset[Source] = frozenset()
    communities: frozenset[str] = frozenset()
    windows: tuple[Window, ...] = ()
    place: Point | None = None
    reach_km: float | None = None
    tasks: frozenset[str] = frozenset()

    def sources(self) -> tuple[Source, ...]:
        """The sources to look at, first first: the person's order, then the book's for the rest."""
        whole = dict.fromkeys((*self.order, *BOOK_ORDER))
        return tuple(source for source in whole if source not in self.ruled_out)


@dataclass(frozen=True)
class Offer:
    """Something a holder may be asked for.

    `minutes` in a week, None for an open door where anyone may simply come; `limit_pct` the share of it
    that may be taken; `promised` minutes already given; `paid` whether someone is paid to do it;
    `has` and `lacks` access features known to be there and not there; `open_to` keys of communities it is
    for, None for everyone; `least` and `most` how many people must and may come (a group; None: no end);
    `refuses` kinds and tasks the holder does not want to be asked for.
    Present paid support and carers' hours are never offers: the caller leaves them out.
    """

    id: int
    holder: int
    source: Source
    paid: bool
    kinds: frozenset[str] = frozenset()
    minutes: int | None = None
    limit_pct: int = 60
    promised: int = 0
    has: frozenset[str] = frozenset()
    lacks: frozenset[str] = frozenset()
    open_to: frozenset[str] | None = None
    refuses: frozenset[str] = frozenset()
    windows: tuple[Window, ...] = ()
    place: Point | None = None
    reach_km: float | None = None
    tasks: frozenset[str] = frozenset()
    least: int = 0
    most: int | None = None

    def spare(self) -> int | None:
        """Minutes in a week that may still be taken; None where there is no limit."""
        if self.minutes is None:
            return None
        return max(self.minutes * self.limit_pct // 100 - self.promised, 0)

    def source_for(self, person: int) -> Source:
        """The source it is to this person: their own assets are theirs, a neighbour's are community."""
        if self.holder == person:
            return Source.OWN
        return Source.COMMUNITY if self.source is Source.OWN else self.source

    @property
    def asks_someone(self) -> bool:
        """Whether taking it up means asking an unpaid holder for their time."""
        return not self.paid and self.minutes is not None


@dataclass(frozen=True)
class Fixed:
    """What is settled and no suggestion changes.

    `asked_this_week` are holders who have been asked; `apart` pairs (person, holder) who are kept apart by
    a block; `paid_kinds` kinds of help that a paid service gives here, or gave in the last two years.
    """

    asked_this_week: frozenset[int] = frozenset()
    apart: frozenset[tuple[int, int]] = frozenset()
    paid_kinds: frozenset[str] = frozenset()


class Reason(NamedTuple):
    """One reason: a code that the page puts into words, and its value (`near` 1.2, `access_unknown` ramp)."""

    code: str
    value: str | int | float | None = None


@dataclass(frozen=True)
class Idea:
    """One suggestion. It becomes real only when the person chooses it and the holder says yes.

    `looked_before` are the sources looked at before this one. `waits`: unpaid people would do what a paid
    service does or did, so it waits until people and communities have decided.
    """

    wish: int
    offer: int
    source: Source
    minutes: int
    reasons: tuple[Reason, ...]
    looked_before: tuple[Source, ...]
    waits: bool = False


@dataclass(frozen=True)
class Looked:
    """What was looked at for a wish in one source: offers there, ideas given, and why the others were not."""

    wish: int
    source: Source
    offers: int
    ideas: int
    why_not: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Ideas:
    """The answer: ideas in the order to show them, and an account of all that was looked at."""

    ideas: tuple[Idea, ...]
    looked: tuple[Looked, ...]
