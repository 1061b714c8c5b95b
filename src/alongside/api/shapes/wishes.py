"""What is wished for and not found yet, and the wishes of whoever asks."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import Field

from alongside.api.shapes.bases import Answer, Asked, Lang, Line
from alongside.api.shapes.places import AreaRef


class Wished(Answer):
    """Something that somebody wishes for and that is not found yet. Not by whom."""

    id: UUID
    words: str
    lang: Lang
    matters: str
    kind: str
    when_words: str
    area: AreaRef | None


class NotFoundYet(Answer):
    items: list[Wished]
    next: str | None


class MyWish(Wished):
    rev: int
    state: str
    minutes_week: int | None
    audience: str
    countable: bool


class MyWishes(Answer):
    items: list[MyWish]
    next: str | None


class WishIn(Asked):
    words: Line = Field(min_length=1, max_length=20_000)
    matters: Line = Field("", max_length=24)
    minutes_week: int | None = Field(None, ge=1, le=10080)
    when_words: Line = Field("", max_length=200)
    audience: Literal["me", "everyone"] = "me"
    countable: bool = False


class SettleIn(Asked):
    met: bool = Field(description="Whether it came true. False: not wanted any more.")
