"""What is kept about whoever made the token: their plan, what they share, who looked."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from alongside.api.shapes.bases import Answer, Lang
from alongside.api.shapes.parties import Holder


class Me(Answer):
    """Whom this token acts for, and what it opens."""

    holder: Holder
    program: str
    starts_with: str
    scopes: list[str]
    until: datetime


class Have(Answer):
    question: str
    words: str


class Doing(Answer):
    """Who does something: the holder, a group by its name, or a person, whom no program is told the name of."""

    by: Literal["you", "person", "community", "organisation"]
    name: str | None
    words: str
    how_much: str
    state: str


class WantedOut(Answer):
    id: UUID
    words: str
    lang: Lang
    matters: str
    measure: str
    progress: int | None
    doing: list[Doing]
    not_found_yet: list[str]


class Plan(Answer):
    id: UUID
    rev: int
    lang: Lang
    matters: str = Field(description="What matters to them, in their own words.")
    have: list[Have]
    wanted: list[WantedOut]
    review_on: date | None


class Sharing(Answer):
    """One thing that somebody may see until a day."""

    record: UUID
    kind: str
    with_party: Holder
    parts: list[str]
    purpose: str
    since: datetime
    until: datetime


class Sharings(Answer):
    items: list[Sharing]
    next: str | None


class LookOut(Answer):
    at: datetime
    record: UUID
    kind: str
    part: str
    purpose: str
    by: str = Field(description="Who looked, by name; or the program.")
    by_program: bool


class Looks(Answer):
    items: list[LookOut]
    next: str | None
