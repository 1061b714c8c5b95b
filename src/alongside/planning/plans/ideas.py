"""Ideas for one thing wanted: what the viewer may see becomes offers, the chooser chooses, reasons become words.

The chooser is `methods.complement`; this file only translates in both directions. Table 9.1 of the book.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party, PartyState, Sort
from alongside.knowing.assets.models import Access, Asset, Offer, Unit
from alongside.knowing.assets.queries import LISTED, assets
from alongside.knowing.contributions.queries import asked_lately
from alongside.knowing.outcomes.models import Outcome
from alongside.knowing.search.queries import ideas_for
from alongside.methods import complement
from alongside.methods.complement import Source
from alongside.methods.distance import Point
from alongside.methods.scoring import Hit
from alongside.planning.plans.models import Choice, Plan, PlanChoice
from alongside.planning.plans.reasons import account, overlap, shared_words, telling, why

CANDIDATES = 60
WHOLE = ("whens", "days", "domains", "access")
KNOWN_TO_BE_MINE = 0.05  # what somebody said they have is worth a second look even where no word is shared
WEAK = 0.2  # share of the best hit's score under which shared words are chance
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


def board(viewer: Actor, plan: Plan, outcome: Outcome) -> Board:
    """Ideas for an outcome out of everything this viewer may see, in the order the person set."""
    owner = plan.record.owner
    choices = dict(PlanChoice.objects.filter(plan=plan, outcome=outcome).values_list("asset", "choice"))
    scores = _candidates(viewer, owner, outcome, choices)
    known = {asset.pk: asset for asset in scores}
    wish = _wish(plan, outcome, owner)
    offers = [_offer(asset) for asset in known.values()]
    worth = _worth_showing(offers, wish, outcome, known)
    found = complement.suggest(
        [wish],
        [offer for offer in offers if offer.id in worth and choices.get(offer.id) is None],
        _fixed(known.values()),
        relevance={(wish.id, asset.pk): score for asset, score in scores.items()},
    )
    rungs = {source: _rung(place, source) for place, source in enumerate(wish.sources(), start=1)}
    said = _settled(offers, choices, wish)
    for source, asset_pk, reasons, waits, minutes in [*said, *_suggested(found.ideas)]:
        if source in rungs and choices.get(asset_pk) != Choice.NO:
            rungs[source].cards.append(
                _card(known[asset_pk], owner, outcome, reasons, choices.get(asset_pk, ""), waits, minutes)
            )
    return Board(list(rungs.values()), len(known), account(found.looked, choices))


def _candidates(viewer: Actor, owner: Party, outcome: Outcome, kept: Iterable[int]) -> dict[Asset, float]:
    """What could be looked at, with how well the words fit: the person's own things, what search finds, and what
    they have kept already."""
    hits = ideas_for(viewer, " ".join(telling(outcome.words)), outcome.domain, CANDIDATES)
    best = max((hit.score for hit in hits), default=0.0) or 1.0
    found = {hit.id: hit.score / best for hit in hits if hit.score > best * WEAK or _is_for(hit)}
    kept = set(kept)
    near = Q(pk__in=[*found, *kept]) | Q(record__owner=owner, record__state__in=LISTED)
    scores: dict[Asset, float] = {}
    for asset in assets(viewer).filter(near).prefetch_related(*WHOLE).order_by("pk"):
        holder = asset.record.owner
        if holder.pk == owner.pk:
            scores[asset] = max(overlap(outcome.words, asset), KNOWN_TO_BE_MINE)
        elif asset.pk in kept or (holder.state == PartyState.LIVE and _has_room(asset)):
            scores[asset] = max(found.get(asset.pk, 0.0), 0.001)
    return scores


def _is_for(hit: Hit) -> bool:
    return any(why.code == "domain" for why in hit.why)


def _worth_showing(
    offers: Sequence[complement.Offer], wish: complement.Wish, outcome: Outcome, known: dict[int, Asset]
) -> set[int]:
    """Where somebody's own words are met, what only shares the part of life stays out of that source; and special
    services are shown only for the person's own words."""
    meets = {offer.id for offer in offers if shared_words(outcome.words, known[offer.id])}
    sources = {offer.id: offer.source_for(wish.person) for offer in offers}
    met = {sources[pk] for pk in meets} | {Source.SPECIALIST}
    return {pk for pk, source in sources.items() if pk in meets or source is Source.OWN or source not in met}


def _has_room(asset: Asset) -> bool:
    offer: Offer | None = getattr(asset, "offer", None)
    if asset.paused or not asset.has_room(timezone.localdate()):
        return False
    if offer is None:
        return True
    return offer.unit == Unit.MINUTES or (offer.promised + 1) * 100 <= offer.per_week * offer.limit_pct


def _wish(plan: Plan, outcome: Outcome, owner: Party) -> complement.Wish:
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


def _offer(asset: Asset) -> complement.Offer:
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
) -> list[tuple[Source, int, list[complement.Reason], bool, int]]:
    """What the person has said yes or maybe to stays on its rung whatever else is found."""
    return [
        (offer.source_for(wish.person), offer.id, [], False, wish.minutes) for offer in offers if choices.get(offer.id)
    ]


def _suggested(
    ideas: Iterable[complement.Idea],
) -> list[tuple[Source, int, list[complement.Reason], bool, int]]:
    return [(idea.source, idea.offer, list(idea.reasons), idea.waits, idea.minutes) for idea in ideas]


def _card(
    asset: Asset,
    owner: Party,
    outcome: Outcome,
    reasons: Sequence[complement.Reason],
    choice: str,
    waits: bool,
    minutes: int,
) -> Card:
    holder = asset.record.owner
    own = holder.pk == owner.pk
    return Card(asset, holder, own, why(asset, own, outcome, reasons), minutes, choice, waits)


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
