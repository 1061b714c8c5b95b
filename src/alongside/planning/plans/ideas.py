"""Ideas for one thing wanted: what the viewer may see becomes offers, the chooser chooses, reasons become words.

The chooser is `methods.complement`; this file only translates in both directions. Table 9.1 of the book.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party, Sort
from alongside.knowing.assets.models import Access, Asset, Offer, Unit
from alongside.knowing.assets.wording import starts_said
from alongside.knowing.contributions.queries import asked_lately
from alongside.knowing.outcomes.models import Outcome
from alongside.methods import complement
from alongside.methods.complement import Source
from alongside.methods.complement.reasons import Told
from alongside.methods.distance import Point
from alongside.planning.plans.everybody import also_said, found, looked_in_vain, way_said, with_reasons
from alongside.planning.plans.everybody import found_by as found_by
from alongside.planning.plans.fitting import WHOLE as WHOLE
from alongside.planning.plans.fitting import candidates, varied
from alongside.planning.plans.fitting import has_room as has_room
from alongside.planning.plans.models import Choice, Plan, PlanChoice
from alongside.planning.plans.reasons import Says as Says
from alongside.planning.plans.reasons import account, in_name_or_twice, why
from alongside.planning.plans.reasons import meets as meets
from alongside.planning.plans.reasons import says as says
from alongside.planning.plans.reasons import telling as telling
from alongside.planning.plans.tapping import chosen_for

IN_PASSING = 0.5  # what a fit is worth that rests on one word of a longer text, or on none
SOURCES = {
    Sort.BUSINESS: Source.BUSINESS,
    Sort.PUBLIC: Source.UNIVERSAL,
    Sort.SPECIALIST: Source.SPECIALIST,
}
PAID_SORTS = frozenset({Sort.BUSINESS, Sort.PUBLIC, Sort.SPECIALIST})


@dataclass
class Card:
    """One idea as it is shown: whose it is, why, and what the person has said to it."""

    asset: Asset
    holder: Party
    own: bool
    reasons: list[str]
    minutes: int
    choice: str = ""
    waits: bool = False
    everybody: bool = False  # found with everybody's wishes in mind
    way: list[str] = field(default_factory=list)  # how it came to this

    @property
    def chosen(self) -> bool:
        return self.choice == Choice.YES


@dataclass
class Rung:
    """One of the five places to look, in the person's order."""

    number: int
    source: Source
    title: str
    hint: str
    cards: list[Card] = field(default_factory=list)

    @property
    def is_last(self) -> bool:
        return self.source is Source.SPECIALIST


@dataclass
class Board:
    """Everything on the ideas page, with an account of all that was looked at."""

    rungs: list[Rung]
    looked: int
    account: list[str]
    missing: tuple[str, ...] = ()  # what is missing, where there is no idea, or none that says what was said
    about: Sequence[str] = ()  # what the person tapped that it is about

    @property
    def is_empty(self) -> bool:
        return not any(rung.cards for rung in self.rungs)


def board(viewer: Actor, plan: Plan, outcome: Outcome) -> Board:
    """Ideas for an outcome out of everything this viewer may see, in the order the person set: first what was found
    with everybody's wishes in mind, then what fits now besides."""
    owner = plan.record.owner
    choices = dict(PlanChoice.objects.filter(plan=plan, outcome=outcome).values_list("asset", "choice"))
    minutes = {asset: many for asset, many in found(viewer, outcome).items() if asset not in choices}
    tapped = chosen_for(plan, outcome)
    look = candidates(viewer, owner, outcome, choices, minutes, tapped)
    known = {asset.pk: asset for asset in look.scores}
    wish = wish_of(plan, outcome, owner)
    offers = [offer_of(asset) for asset in known.values()]
    said = {pk: says(asset) for pk, asset in known.items()}
    met = {pk for pk, theirs in said.items() if pk in look.plain or meets(outcome, theirs)}
    weight = {pk: 1.0 if pk in look.plain or in_name_or_twice(outcome, said[pk]) else IN_PASSING for pk in known}
    worth = _worth_showing(offers, wish, met)
    fixed = _fixed(known.values())
    new = [offer for offer in offers if offer.id in {*worth, *minutes} and choices.get(offer.id) is None]
    together = with_reasons(wish, new, fixed, sorted(met | {*minutes}), minutes)
    first = {idea.offer for idea in together.ideas}
    rest = complement.suggest(
        [wish],
        [offer for offer in new if offer.id not in first],
        fixed,
        relevance=varied(wish, {offer: look.scores[known[offer.id]] * weight[offer.id] for offer in offers}, known),
    )
    rungs = {source: _rung(place, source) for place, source in enumerate(wish.sources(), start=1)}
    cards = [*_settled(offers, choices, wish), *together.ideas, *rest.ideas]
    for idea in cards:
        if idea.source in rungs and choices.get(idea.offer) != Choice.NO:
            choice = choices.get(idea.offer, "")
            about = look.about.get(idea.offer, "")
            rungs[idea.source].cards.append(_card(known[idea.offer], owner, outcome, idea, choice, about))
    made = Board(list(rungs.values()), len(known), account(rest.looked, choices), together.missing, tapped)
    if not made.is_empty:
        weak = not together.ideas and met.isdisjoint(idea.offer for idea in cards)
        weak = weak and Choice.YES not in choices.values() and looked_in_vain(viewer, outcome)
        made.missing = _missing(wish, new, fixed, met) if weak else ()
    return made


def _missing(
    wish: complement.Wish, new: Sequence[complement.Offer], fixed: complement.Fixed, met: Collection[int]
) -> tuple[str, ...]:
    """What is missing for the person's own words; that something is of the same part of life does not do."""
    return with_reasons(replace(wish, kinds=frozenset()), new, fixed, sorted(met), {}).missing


def _worth_showing(offers: Iterable[complement.Offer], wish: complement.Wish, met: Collection[int]) -> set[int]:
    """Where somebody's own words are met (`met`), what only shares the part of life stays out of that source, and of
    their own things what has nothing to do with it; special services are shown only for the person's own words."""
    offers = list(offers)
    sources = {offer.id: offer.source_for(wish.person) for offer in offers}
    there = {source for pk, source in sources.items() if pk in met} | {Source.SPECIALIST}
    return {pk for pk, source in sources.items() if pk in met or source not in there}


def wish_of(plan: Plan, outcome: Outcome, owner: Party) -> complement.Wish:
    ruled_out = frozenset(Source(int(one)) for one in plan.ruled_out)
    return complement.Wish(
        id=outcome.pk,
        person=owner.pk,
        kinds=frozenset([outcome.domain] if outcome.domain else []),
        needs=_needs(owner),
        order=tuple(Source(int(one)) for one in plan.source_order),
        ruled_out=ruled_out,
        place=_point(owner.area.lat, owner.area.lng) if owner.area else None,
        tasks=complement.tasks_in(outcome.words),
    )


def _needs(owner: Party) -> frozenset[str]:
    facts = getattr(owner, "facts", None)
    return frozenset(re.findall(r"[a-z_]+", facts.access_needs)) & frozenset(Access.values) if facts else frozenset()


def offer_of(asset: Asset) -> complement.Offer:
    holder, spot = asset.record.owner, getattr(asset.record, "spot", None)
    room: Offer | None = getattr(asset, "offer", None)
    timed = room if room is not None and room.unit == Unit.MINUTES else None
    return complement.Offer(
        id=asset.pk,
        holder=holder.pk,
        source=SOURCES.get(Sort(holder.sort), Source.COMMUNITY),
        paid=asset.paid or holder.sort in PAID_SORTS,
        kinds=frozenset(row.domain for row in asset.domains.all()),
        minutes=timed.per_week if timed else None,
        limit_pct=timed.limit_pct if timed else 60,
        promised=timed.promised if timed else 0,
        has=frozenset(row.feature for row in asset.access.all()),
        windows=tuple(_window(day) for day in asset.days.all() if day.starts and day.ends and day.starts < day.ends),
        place=_point(spot.shown_lat, spot.shown_lng) if spot else None,
        tasks=complement.tasks_in(f"{asset.title} {asset.words}"),
        least=asset.least_people or 0,
    )


def _window(day: Any) -> complement.Window:
    return complement.Window(
        day.weekday, day.starts.hour * 60 + day.starts.minute, day.ends.hour * 60 + day.ends.minute
    )


def _point(lat: float | None, lng: float | None) -> Point | None:
    return Point(lat, lng) if lat is not None and lng is not None else None


def _fixed(assets: Iterable[Asset]) -> complement.Fixed:
    """Holders who were asked in the last week; blocked pairs are invisible to each other already."""
    holders = {asset.record.owner_id for asset in assets}
    return complement.Fixed(asked_this_week=asked_lately(holders))


def _settled(
    offers: Sequence[complement.Offer], choices: dict[int, str], wish: complement.Wish
) -> list[complement.Idea]:
    """What the person has said yes or maybe to stays on its rung whatever else is found."""
    return [
        complement.Idea(wish.id, offer.id, offer.source_for(wish.person), wish.minutes, (), ())
        for offer in offers
        if choices.get(offer.id)
    ]


def _card(asset: Asset, owner: Party, outcome: Outcome, idea: complement.Idea, choice: str, about: str) -> Card:
    holder = asset.record.owner
    own = holder.pk == owner.pk
    reasons, everybody = why(asset, own, outcome, idea.reasons, about), isinstance(idea, Told)
    way = []
    if isinstance(idea, Told):
        reasons = [*reasons, *also_said(idea)]
        way = way_said(idea)
    if starts := starts_said(asset):
        reasons = [*reasons, f"{starts}."]
    return Card(asset, holder, own, reasons, idea.minutes, choice, idea.waits, everybody, way)


def rung_titles() -> list[tuple[str, str]]:
    """The five places to look, by number, in the book's order."""
    return [(str(source.value), words[0]) for source, words in _titles().items()]


def _titles() -> dict[Source, tuple[str, str]]:
    return {
        Source.OWN: (_("You"), _("what you already have")),
        Source.COMMUNITY: (_("People and groups near you"), _("they have offered this")),
        Source.BUSINESS: (_("Shops and cafés"), _("open to everyone")),
        Source.UNIVERSAL: (_("Services for everyone"), _("libraries, health, leisure")),
        Source.SPECIALIST: (_("Special services"), _("if you need more")),
    }


def _rung(place: int, source: Source) -> Rung:
    return Rung(place, source, *_titles()[source])
