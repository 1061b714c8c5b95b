"""What was found with everybody's wishes in mind: for one person their own, for anyone figures that pick nobody out.

Each reading asks again what may be seen and suggested now. What has been taken back since the run is not there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, Q

from alongside.ground.consent.queries import allowed
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event
from alongside.ground.people.models import PartyState
from alongside.ground.places.queries import installation
from alongside.ground.records.queries import SHOWN, counted, findable, visible_to
from alongside.knowing.assessment.queries import areas_shown, published
from alongside.knowing.assets.models import Asset, Offer, Unit
from alongside.knowing.assets.queries import held_by
from alongside.knowing.contributions.queries import what_for
from alongside.knowing.outcomes.models import Outcome
from alongside.knowing.outcomes.queries import outcomes, outcomes_beside
from alongside.planning.complementary import figures
from alongside.planning.complementary.models import Found, Further, Run, RunFigure, Sought
from alongside.planning.plans.queries import wanted_of

TOUCHING = Q(verb="consent.settle")
for _prefix in ("contributions.", "assets.", "plans.", "outcomes.", "records."):
    TOUCHING |= Q(verb__startswith=_prefix)
NEAR = 80  # in a hundred of the limit, from which a holder is told how much they have promised
EVENTS = 20_000
A_WEEK = timedelta(days=7) - timedelta(hours=6)  # a night does not begin to the minute


def last_run() -> Run | None:
    return Run.objects.order_by("-pk").first()


def run_before() -> Run | None:
    """The run to set beside the last one: of a week before it or more, the latest; else the first that is kept."""
    last = last_run()
    if last is None:
        return None
    earlier = Run.objects.filter(pk__lt=last.pk)
    week = earlier.filter(at__lte=last.at - A_WEEK).order_by("-pk").first()
    return week or earlier.order_by("pk").first()


def found_for(viewer: Actor, outcome: Outcome) -> dict[int, int]:
    """What the last run found for this wish, as far as it stands: minutes of a week by asset.

    Nothing where its owner does not let it be counted any more, and nothing that this viewer may not see and find
    now, or that its holder does not let be suggested.
    """
    rows = Found.objects.filter(
        sought__run=last_run(),
        sought__outcome=outcome.pk,
        sought__outcome__record__in=counted() & visible_to(viewer),
        asset__record__in=findable(viewer),
        asset__record__state__in=SHOWN,
        asset__record__owner__state=PartyState.LIVE,
        asset__paused=False,
    ).filter(asset__record__in=allowed("suggested"))
    return dict(rows.order_by("asset").values_list("asset", "minutes"))


def nothing_for(viewer: Actor, outcome: Outcome) -> bool:
    """Whether the last run looked for this wish and found nothing, as far as its owner still lets it be counted."""
    rows = Sought.objects.filter(run=last_run(), outcome=outcome.pk, met=0)
    return rows.filter(outcome__record__in=counted() & visible_to(viewer)).exists()


@dataclass(frozen=True)
class Touched:
    """What something has happened to since a run: wishes (by outcome), things on offer, and `besides`, other wishes of
    the same parts of life of which not all is met."""

    wishes: frozenset[int]
    assets: frozenset[int]
    besides: frozenset[int]

    @property
    def all_wishes(self) -> frozenset[int]:
        return self.wishes | self.besides


def touched(run: Run, most: int, after: int | None = None) -> Touched:
    """What something has happened to since a run, or after an event; with `besides` up to `most` wishes in all."""
    events = Event.objects.filter(TOUCHING, pk__gt=max(run.upto, after or 0), record__isnull=False)
    by_kind: dict[str, set[int]] = {}
    for record, kind in events.order_by("pk").values_list("record", "record__kind")[:EVENTS]:
        by_kind.setdefault(kind, set()).add(record)
    found, assets = _touched_by(run, by_kind)
    found |= _of_their_groups(run, found)
    besides: set[int] = set()
    if found and len(found) < most:
        domains = outcomes(viewer=Actor.system("complementary")).filter(pk__in=found).values("domain")
        short = Sought.objects.filter(run=run, met__lt=F("wanted"), outcome__domain__in=domains)
        rest = short.exclude(outcome__in=found).order_by("-band", "pk")
        besides = set(rest.values_list("outcome", flat=True)[: most - len(found)])
    return Touched(frozenset(found), frozenset(assets), frozenset(besides))


def _of_their_groups(run: Run, wishes: Collection[int]) -> set[int]:
    """All who were found the same group that needs a least number: one who stays away may close it for the others."""
    theirs = Found.objects.filter(sought__run=run, sought__outcome__in=wishes, asset__least_people__gt=1)
    rows = Sought.objects.filter(run=run, found__asset__in=theirs.values("asset"))
    return set(rows.values_list("outcome", flat=True))


def _touched_by(run: Run, records: Mapping[str, set[int]]) -> tuple[set[int], set[int]]:
    """The outcomes that records of these kinds have to do with, as far as they stand in a plan or were looked for; and
    the things on offer."""
    given = what_for(records.get("contribution", ()))
    assets = {*records.get("asset", ()), *(asset for _outcome, asset in given if asset is not None)}
    wanted = {*records.get("outcome", ()), *(outcome for outcome, _asset in given)}
    wanted |= outcomes_beside(records.get("wish", ()))
    sought = Sought.objects.filter(Q(outcome__in=wanted) | Q(found__asset__in=assets), run=run)
    return wanted_of(records.get("plan", ()), wanted) | set(sought.values_list("outcome", flat=True)), assets


@dataclass(frozen=True)
class Line:
    """A figure of the whole place: people, or None where it is hidden; in how many areas it is shown; what the run
    before said."""

    measure: str
    category: str
    value: int | None
    shown_in: int = 0
    before: int | None = None


def place_lines() -> list[Line]:
    """Everything published of the whole place: what stands for it all, and sums over areas where all show theirs."""
    found = []
    for measure in figures.MEASURES:
        rows = list(published(measure).values())
        for category in dict.fromkeys(name for row in rows for name in row):
            known = [value for row in rows if (value := row.get(category)) is not None]
            whole = sum(known) if known and len(known) == len(rows) else None
            found.append(Line(measure, category, whole, len(known)))
    return found


def lines_with_before() -> list[Line]:
    """The same, beside what the run of a week ago said."""
    rows = RunFigure.objects.filter(run=run_before())
    before = {(row.measure, row.category): row.value for row in rows}
    return [
        Line(one.measure, one.category, one.value, one.shown_in, before.get((one.measure, one.category)))
        for one in place_lines()
    ]


@dataclass(frozen=True)
class AreaLine:
    """One neighbourhood: people who want something, and those for whom an idea is found (None where hidden)."""

    name: str
    kind: str
    code: str
    wishing: int | None
    found: int | None


def area_lines() -> list[AreaLine]:
    """Every neighbourhood by name."""
    wishing, found = published(figures.BY_AREA), published(figures.FOUND_BY_AREA)
    return [
        AreaLine(
            row.name,
            row.kind,
            row.code,
            wishing.get(row.pk, {}).get(figures.ALL),
            found.get(row.pk, {}).get(figures.ALL),
        )
        for row in areas_shown()[1]
    ]


@dataclass(frozen=True)
class MoreLine:
    """So many more of one kind would let so many people do what they want."""

    domain: str
    place: str
    offers: int
    people: int
    paid: bool


def more_lines() -> list[MoreLine]:
    """What some more would do, as the last run found it, where the number of people may be shown; most first."""
    run, place = last_run(), installation()
    cells = published(figures.MORE)
    rows = Further.objects.filter(run=run).select_related("area") if run else Further.objects.none()
    found = [
        MoreLine(row.domain, place.name if place else row.area.name, row.offers, people, row.paid)
        for row in rows
        if (people := cells.get(row.area_id, {}).get(row.domain)) is not None
    ]
    return sorted(found, key=lambda one: (-one.people / one.offers, one.domain))


@dataclass(frozen=True)
class Load:
    """Something of the viewer's own of which most is promised: minutes of a week, and the most they said."""

    asset: Asset
    promised: int
    limit: int


def near_limit(viewer: Actor) -> list[Load]:
    """What the viewer themselves has nearly all promised. Nobody else is told."""
    if viewer.party is None:
        return []
    found = []
    for asset in held_by(viewer, viewer.party):
        room: Offer | None = getattr(asset, "offer", None)
        if room is not None and room.unit == Unit.MINUTES and room.promised:
            limit = room.per_week * room.limit_pct // 100
            if room.promised * 100 >= limit * NEAR:
                found.append(Load(asset, room.promised, limit))
    return found
