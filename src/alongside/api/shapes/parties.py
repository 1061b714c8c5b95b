"""People, groups and organisations, as anyone may know them."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from alongside.api.shapes.bases import Answer, Lang
from alongside.api.shapes.places import AreaRef
from alongside.ground.people.models import Kind, Sort


class Holder(Answer):
    """Who holds something: a person by first name and initial, a group or organisation by its name."""

    id: UUID
    kind: Kind
    sort: Sort
    name: str


class Party(Answer):
    """What anyone may know of a party."""

    id: UUID
    kind: Kind
    sort: Sort
    name: str
    about: str
    lang: Lang
    website: str
    area: AreaRef | None
    members: int | None = Field(description="From 10 upwards, in fives; else nothing is said.")


class Parties(Answer):
    items: list[Party]
    next: str | None
