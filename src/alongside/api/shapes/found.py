"""What look around answers, and why each thing stands where it stands."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from alongside.api.shapes.assets import Asset
from alongside.api.shapes.bases import Answer
from alongside.api.shapes.places import AreaRef


class WhyOut(Answer):
    code: str
    value: str | float


class Found(Answer):
    number: int
    km: float | None = Field(description="From the point asked for to the shown place.")
    why: list[WhyOut]
    why_said: str = Field(description="The same in words, in the language asked for.")
    asset: Asset


class About(Answer):
    """One thing that the words may be about; ask again with its key, and it counts in full."""

    key: str
    label: str
    chosen: bool


class Answers(Answer):
    """What look around shows for the same question."""

    items: list[Found]
    total: int
    by_holder: dict[str, int]
    order: Literal["best", "nearest", "mixed"]
    near: AreaRef | None
    postcode: str | None = Field(description="The postcode, or the half of one, near whose place or middle this is.")
    thanks: list[str] = Field(description="What to say wherever this is shown, for the postcode.")
    fits: bool = Field(description="Whether anything here really fits what was asked.")
    almost: list[Found] = Field(description="Where nothing fits: what comes near, kept apart.")
    urgent: bool = Field(description="Somebody may be in danger: show people who can help before anything else.")
    about: list[About] = Field(description="What the words may be about, best first: ask, and send `about`.")
    spelled: list[str] = Field(description="Other spellings that found something.")
    next: str | None
