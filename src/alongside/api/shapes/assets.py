"""What people, groups and organisations have to share: as it comes out, and as it is offered and changed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from alongside.api.shapes.bases import Answer, Asked, AskedLang, AwareMoment, Day, Lang, Line
from alongside.api.shapes.parties import Holder
from alongside.api.shapes.places import AreaRef
from alongside.ground.records.models import Precision
from alongside.knowing.assets.models import Access, AssetKind, Cost, Unit


class CostOut(Answer):
    kind: Cost
    words: str


class AccessOut(Answer):
    feature: Access
    words: str


class WhenOut(Answer):
    starts: datetime | None
    rule: str = Field(description="How it comes again (RFC 5545 RRULE).")
    zone: str
    minutes: int | None
    words: str


class Where(Answer):
    """The place that is shown, never a more exact one."""

    precision: Precision
    lat: float | None
    lng: float | None
    words: str
    area: AreaRef | None


class Asset(Answer):
    """Something that a person, a group or an organisation has to share."""

    id: UUID
    rev: int = Field(description="Counts its changes; also its ETag.")
    kind: AssetKind
    title: str
    words: str
    lang: Lang
    holder: Holder
    state: str = Field(description="live; stale: nobody has confirmed it for a year; or, of one's own, any other.")
    confirmed_on: date | None
    cost: CostOut
    open_to: str
    least_age: int | None
    most_age: int | None
    how: str = Field(description="How to get in touch, as the holder says it.")
    website: str
    paid: bool
    matters: list[str] = Field(description="Keys of the parts of life it helps with.")
    access: list[AccessOut]
    when: list[WhenOut]
    where: Where | None
    paused: bool = Field(description="Having a break: nobody is asked for it.")
    back_on: date | None = Field(description="The day on which the break ends.")
    room_for: int | None = Field(description="For how many newcomers there is room; null says nothing.")
    least_people: int | None = Field(description="How many must want to come before it starts; null: one is enough.")
    page: str = Field(description="The address of its page.")


class Assets(Answer):
    items: list[Asset]
    next: str | None


class Share(Answer):
    """How much of something may be used in a week, for its holder."""

    unit: Unit
    per_week: int
    promised: int


class Own(Answer):
    """What only the holder sees of their own."""

    audience: str
    countable: bool
    offer: Share | None


class MyAsset(Asset):
    mine: Own


class MyAssets(Answer):
    items: list[MyAsset]
    next: str | None


class WhenIn(Asked):
    starts: AwareMoment | None = Field(None, description="With its offset, as 2027-03-03T14:00:00+00:00.")
    rule: Line = Field("", max_length=300, examples=["FREQ=WEEKLY;BYDAY=WE"])
    minutes: int | None = Field(None, ge=1, le=10080)
    words: Line = Field("", max_length=200)


class WhereIn(Asked):
    """The exact point is kept apart; others see it as blurred as `precision` says."""

    lat: float | None = Field(None, ge=-90, le=90)
    lng: float | None = Field(None, ge=-180, le=180)
    precision: Precision = Precision.CELL
    words: Line = Field("", max_length=200)


class OfferIn(Asked):
    kind: AssetKind
    title: Line = Field(min_length=1, max_length=200)
    words: Line = Field("", max_length=10_000)
    lang: AskedLang | None = None
    audience: Literal["me", "circle", "everyone"] = "me"
    countable: bool = Field(False, description="Whether it may be counted in figures about the place.")
    cost: Cost = Cost.UNKNOWN
    cost_words: Line = Field("", max_length=200)
    open_to: Line = Field("", max_length=300)
    how: Line = Field("", max_length=300)
    website: Line = Field("", max_length=500)
    paid: bool = False
    matters: list[str] = Field(default_factory=list, max_length=20)
    access: list[Access] = Field(default_factory=list, max_length=20)
    when: list[WhenIn] = Field(default_factory=list, max_length=20)
    where: WhereIn | None = None
    per_week: int | None = Field(None, ge=0, le=1_000_000)
    unit: Unit = Unit.MINUTES
    least_people: int | None = Field(None, ge=0, le=500)


class ChangeIn(Asked):
    """What is left out stays as it is."""

    kind: AssetKind | None = None
    title: Line | None = Field(None, min_length=1, max_length=200)
    words: Line | None = Field(None, max_length=10_000)
    audience: Literal["me", "circle", "everyone"] | None = None
    countable: bool | None = None
    cost: Cost | None = None
    cost_words: Line | None = Field(None, max_length=200)
    open_to: Line | None = Field(None, max_length=300)
    how: Line | None = Field(None, max_length=300)
    website: Line | None = Field(None, max_length=500)
    matters: list[str] | None = Field(None, max_length=20)
    access: list[Access] | None = Field(None, max_length=20)
    when: list[WhenIn] | None = Field(None, max_length=20)
    where: WhereIn | None = None
    per_week: int | None = Field(None, ge=0, le=1_000_000)
    unit: Unit | None = None
    least_people: int | None = Field(None, ge=0, le=500, description="0 or 1: one is enough.")


class VersionOut(Answer):
    """What a thing said after one of its changes."""

    n: int
    at: datetime
    standing: str = Field(description="counts; waits for a community's own people; or was sent back.")
    by_program: bool
    kind: str
    title: str
    words: str
    cost: CostOut
    open_to: str
    how: str
    website: str
    matters: list[str]


class Versions(Answer):
    items: list[VersionOut]
    next: str | None


class PauseIn(Asked):
    paused: bool
    back_on: Day | None = Field(None, description="The day on which the break ends by itself.")


class RoomIn(Asked):
    room_for: int | None = Field(ge=0, le=500, description="Null: say nothing about it any more.")
    until: Day | None = Field(None, description="The last day for which that counts.")
