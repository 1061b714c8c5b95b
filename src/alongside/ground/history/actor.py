"""Who is doing or looking: a person, for whom, on what basis and by which channel (design/model.md, decision 2)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from alongside.ground.people.models import Basis, Party


class Source(models.TextChoices):
    """The channel something came by; a telephone call counts as much as a screen."""

    SCREEN = "screen", _("on screen")
    TELEPHONE = "telephone", _("by telephone")
    PAPER = "paper", _("on paper")
    VISIT = "visit", _("at a visit")
    FEED = "feed", _("from a feed")
    API = "api", _("by a program")
    MACHINE = "machine", _("by the computer")


@dataclass(frozen=True)
class Program:
    """A program that somebody let in, as it acts for them in one request: what it is called, and all it may do.

    `sees` and `writes` name kinds of record, `does` the verbs of actions. What is not named is shut.
    """

    token: int
    name: str
    prefix: str
    scopes: frozenset[str] = frozenset()
    sees: frozenset[str] = frozenset()
    writes: frozenset[str] = frozenset()
    does: frozenset[str] = frozenset()
    last_used: date | None = None


@dataclass(frozen=True)
class Actor:
    """Every action takes `by: Actor`, every query `viewer: Actor`. Nobody acts as nobody: see `anyone` and `system`."""

    person: Party | None = None
    on_behalf_of: Party | None = None
    basis: Basis | None = None
    source: str = Source.SCREEN
    purpose: str = ""
    is_system: bool = False
    program: Program | None = None
    proved: bool = True  # staff: that they used their second factor; without it they have none of their powers

    @classmethod
    def anyone(cls) -> Actor:
        """A visitor we know nothing about."""
        return cls()

    @classmethod
    def system(cls, purpose: str) -> Actor:
        """The machine itself, with the purpose written down."""
        return cls(source=Source.MACHINE, purpose=purpose, is_system=True)

    @property
    def party(self) -> Party | None:
        """For whom this counts: the person helped, or else the person acting."""
        return self.on_behalf_of or self.person

    @property
    def me(self) -> Party:
        """The same party, behind a door or a policy that lets nobody unknown come this far."""
        assert self.party is not None
        return self.party

    @property
    def is_helping(self) -> bool:
        return self.on_behalf_of is not None and self.on_behalf_of != self.person

    def by_way_of(self, source: str) -> Actor:
        """The same actor, by another channel."""
        return replace(self, source=source)
