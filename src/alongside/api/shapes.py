"""The shapes in which the API answers and asks. Ids are stable and public; times carry their zone; `lang` is the
language of somebody's own words beside it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, ConfigDict, Field

from alongside.ground.people.models import Kind, Sort
from alongside.ground.records.models import Precision
from alongside.knowing.assets.models import Access, AssetKind, Cost, Unit

Lang = Annotated[str, Field(description="The language of these words, as BCP 47 names it.", examples=["en", "cy"])]
AskedLang = Annotated[str, Field(pattern="^[a-z]{2,3}$", description="The language of what you send.", examples=["cy"])]
# Signs that no database keeps, and half letters, are refused before they reach one.
Line = Annotated[str, Field(pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f]*$")]


class Answer(Schema):
    """What comes out."""


class Asked(Schema):
    """What comes in: nothing that is not named here is taken, so that a slip of the pen is told at once."""

    model_config = ConfigDict(extra="forbid")


class Wrong(Answer):
    where: str
    what: str


class ProblemOut(Answer):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    mend: str = Field(description="What to do about it.")
    errors: list[Wrong] = Field(default_factory=list, description="The single values that are wrong.")


class AreaRef(Answer):
    kind: str
    edition: str
    code: str
    name: str


class Place(Answer):
    """What this installation is for."""

    name: str
    name_cy: str
    phone: str
    paper: str = Field(description="Where paper can be had and handed in.")
    paper_cy: str = Field(description="The same in Welsh; empty where nobody has written it.")
    invented: bool = Field(description="Whether everything here is made up, to look around in.")
    area: AreaRef | None
    languages: list[str]
    time_zone: str


class Area(AreaRef):
    lat: float | None
    lng: float | None
    bbox: list[float] | None = Field(description="West, south, east, north, in WGS84.")


class Areas(Answer):
    items: list[Area]
    next: str | None


class Geometry(Answer):
    type: Literal["Polygon", "MultiPolygon", "GeometryCollection"]
    coordinates: list[object] = Field(default_factory=list)


class Feature(Answer):
    type: Literal["Feature"]
    properties: AreaRef
    geometry: Geometry | None


class Edges(Answer):
    """A GeoJSON feature collection (RFC 7946). Lines are simplified to about 30 m."""

    type: Literal["FeatureCollection"]
    features: list[Feature]
    next: str | None


class Figure(Answer):
    area: str
    measure: str
    value: float | None
    suppressed: bool = Field(description="Hidden so that nobody can be picked out.")


class Figures(Answer):
    area: str
    figures: list[Figure]


class Holder(Answer):
    """Who holds something: a person by first name and initial, a group or organisation by its name."""

    id: UUID
    kind: Kind
    sort: Sort
    name: str


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


class WhyOut(Answer):
    code: str
    value: str | float


class Found(Answer):
    number: int
    km: float | None = Field(description="From the point asked for to the shown place.")
    why: list[WhyOut]
    why_said: str = Field(description="The same in words, in the language asked for.")
    asset: Asset


class Answers(Answer):
    """What look around shows for the same question."""

    items: list[Found]
    total: int
    by_holder: dict[str, int]
    order: Literal["best", "nearest", "mixed"]
    near: AreaRef | None
    fits: bool = Field(description="Whether anything here really fits what was asked.")
    almost: list[Found] = Field(description="Where nothing fits: what comes near, kept apart.")
    urgent: bool = Field(description="Somebody may be in danger: show people who can help before anything else.")
    spelled: list[str] = Field(description="Other spellings that found something.")
    next: str | None


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


class WhenIn(Asked):
    starts: AwareDatetime | None = Field(None, description="With its offset, as 2027-03-03T14:00:00+00:00.")
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
    back_on: date | None = Field(None, description="The day on which the break ends by itself.")


class RoomIn(Asked):
    room_for: int | None = Field(ge=0, le=500, description="Null: say nothing about it any more.")
    until: date | None = Field(None, description="The last day for which that counts.")


class WishIn(Asked):
    words: Line = Field(min_length=1, max_length=20_000)
    matters: Line = Field("", max_length=24)
    minutes_week: int | None = Field(None, ge=1, le=10080)
    when_words: Line = Field("", max_length=200)
    audience: Literal["me", "everyone"] = "me"
    countable: bool = False


class SettleIn(Asked):
    met: bool = Field(description="Whether it came true. False: not wanted any more.")


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
