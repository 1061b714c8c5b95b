"""Ideas for one thing wanted: what the viewer may see becomes offers, the chooser chooses, reasons become words.

The chooser is `methods.complement`; this file only translates in both directions. Table 9.1 of the book.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party, PartyState, Sort
from alongside.knowing.assets.models import Access, Asset, Cost, Offer, Unit
from alongside.knowing.assets.queries import LISTED, assets
from alongside.knowing.contributions.models import Contribution
from alongside.knowing.outcomes.models import Outcome
from alongside.knowing.outcomes.queries import domain_label
from alongside.knowing.search.queries import ideas_for
from alongside.methods import complement
from alongside.methods.complement import Source
from alongside.methods.distance import Point
from alongside.methods.scoring import Hit, terms_of
from alongside.planning.plans.models import Choice, Plan, PlanChoice

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
    found = complement.suggest(
        [wish],
        [offer for offer in offers if choices.get(offer.id) is None],
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
    return Board(list(rungs.values()), len(known), _account(found.looked, choices))


def _candidates(viewer: Actor, owner: Party, outcome: Outcome, kept: Iterable[int]) -> dict[Asset, float]:
    """What could be looked at, with how well the words fit: the person's own things, what search finds, and what
    they have kept already."""
    hits = ideas_for(viewer, outcome.words, outcome.domain, CANDIDATES)
    best = max((hit.score for hit in hits), default=0.0) or 1.0
    found = {hit.id: hit.score / best for hit in hits if hit.score > best * WEAK or _is_for(hit)}
    kept = set(kept)
    near = Q(pk__in=[*found, *kept]) | Q(record__owner=owner, record__state__in=LISTED)
    scores: dict[Asset, float] = {}
    for asset in assets(viewer).filter(near).prefetch_related(*WHOLE).order_by("pk"):
        holder = asset.record.owner
        if holder.pk == owner.pk:
            scores[asset] = max(_overlap(outcome.words, asset), KNOWN_TO_BE_MINE)
        elif asset.pk in kept or (holder.state == PartyState.LIVE and _has_room(asset)):
            scores[asset] = max(found.get(asset.pk, 0.0), 0.001)
    return scores


def _is_for(hit: Hit) -> bool:
    return any(why.code == "domain" for why in hit.why)


def _has_room(asset: Asset) -> bool:
    offer: Offer | None = getattr(asset, "offer", None)
    if offer is None:
        return True
    if offer.paused:
        return False
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
    week_ago = timezone.now() - timedelta(days=7)
    asked = Contribution.objects.filter(party__in=holders, asked_at__gte=week_ago).values_list("party", flat=True)
    return complement.Fixed(asked_this_week=frozenset(asked))


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
    return Card(asset, holder, own, _why(asset, own, outcome, reasons), minutes, choice, waits)


def _why(asset: Asset, own: bool, outcome: Outcome, reasons: Sequence[complement.Reason]) -> list[str]:
    """One to three sentences, each traceable to the person's words, the offer, or a stated limit."""
    codes = {reason.code: reason.value for reason in reasons}
    found = [_("You told us you have this.")] if own else []
    if shared := shared_words(outcome.words, asset):
        found.append(_("You said “%(word)s”, and so does this.") % {"word": shared[0]})
    elif outcome.domain and any(row.domain == outcome.domain for row in asset.domains.all()):
        found.append(_("It is about %(part)s.") % {"part": domain_label(outcome.domain).lower()})
    if "near" in codes:
        found.append(_far(float(codes["near"] or 0)))
    for reason in reasons:
        if reason.code == "access_met":
            found.append(_("%(feature)s, which you need.") % {"feature": Access(str(reason.value)).label})
        elif reason.code == "access_unknown":
            found.append(_("Ask them about: %(feature)s.") % {"feature": str(Access(str(reason.value)).label).lower()})
    if asset.cost == Cost.FREE and not own:
        found.append(_("It is free."))
    if not found:
        found.append(_("Some of what it says is like what you said."))
    return found[:3]


def _far(km: float) -> str:
    """How far in everyday words, from the middle of the person's own area to the shown place."""
    miles = km * 0.621371
    if miles < 0.75:
        return _("It is near you: less than a mile.")
    whole = max(1, round(miles))
    return ngettext("It is about %(n)d mile away.", "It is about %(n)d miles away.", whole) % {"n": whole}


def shared_words(words: str, asset: Asset) -> list[str]:
    """The person's own telling words that the asset says too, in their order; sing and singing meet."""
    theirs = {term.stem for term in terms_of(f"{asset.title} {asset.words[:2000]}")}
    return [term.word for term in terms_of(words[:2000]) if term.stem in theirs]


def _overlap(words: str, asset: Asset) -> float:
    return min(1.0, len(shared_words(words, asset)) / max(1, min(len(terms_of(words[:2000])), 4)))


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


def _account(looked: Iterable[complement.Looked], choices: dict[int, str]) -> list[str]:
    """Why the others are not shown, in words and counts."""
    why: Counter[str] = Counter()
    for row in looked:
        why.update(row.why_not)
    why["said_no"] = sum(1 for choice in choices.values() if choice == Choice.NO)
    words = {
        "no_match": _("did not fit what you said"),
        "not_for_unpaid": _("need someone who is paid and trained for it"),
        "access_missing": _("are missing something you need"),
        "out_of_reach": _("are too far away"),
        "times_differ": _("are at other times"),
        "asked_this_week": _("were asked by someone else this week"),
        "at_limit": _("have no time left to give"),
        "enough_shown": _("fit a little less well"),
        "said_no": _("you said no thanks to"),
    }
    return [f"{why[code]} {sentence}" for code, sentence in words.items() if why[code]]
