"""Which offers may meet a wish, and which wishes an offer may meet; nothing where nothing fits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from alongside.doing.connecting import policy, queries
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import PartyState
from alongside.ground.records.queries import SHOWN
from alongside.knowing.assets import wording
from alongside.knowing.assets.models import Asset
from alongside.knowing.assets.queries import listed
from alongside.knowing.lexicon.queries import concepts_of, meant
from alongside.knowing.outcomes.models import Wish
from alongside.knowing.outcomes.queries import wishes
from alongside.knowing.search.queries import ideas_for
from alongside.methods.scoring import FITS, Candidate, Hit, Why, rank

CANDIDATES = 30
MOST = 6
WISHES_LOOKED_AT = 200


@dataclass(frozen=True)
class Fit:
    """An offer that may meet the wish, why, and whether it surely fits or only belongs to the same part of life."""

    asset: Asset
    why: tuple[Why, ...]
    sure: bool


def offers_for(viewer: Actor, wish: Wish, most: int = MOST) -> list[Fit]:
    """What this viewer may find that fits a wish, best first: not the wisher's own, with room, not on a break, and
    nothing that nobody may ask of an unpaid person."""
    hits = {hit.id: hit for hit in ideas_for(viewer, wish.words, wish.domain, CANDIDATES, lang=wish.record.lang)}
    found = [Fit(asset, hits[asset.pk].why, _sure(hits[asset.pk])) for asset in listed(viewer, list(hits))]
    return [fit for fit in found if _can_be(wish, fit.asset)][:most]


@dataclass(frozen=True)
class Line:
    """A fit in words, for a list."""

    asset: Asset
    holder: str
    where: str
    why: str
    sure: bool
    news: list[str]


def rows(viewer: Actor, wish: Wish) -> list[Line]:
    """What may meet a wish, each in words: kind of holder, place, reason. Names of people are not in it."""
    return [
        Line(
            fit.asset,
            wording.holder_said(fit.asset.record.owner),
            wording.place_said(fit.asset.record),
            wording.why_said(fit.why, "", None),
            fit.sure,
            wording.news(fit.asset),
        )
        for fit in offers_for(viewer, wish)
    ]


def _sure(hit: Hit) -> bool:
    return hit.fits or hit.score >= FITS


def _can_be(wish: Wish, asset: Asset) -> bool:
    holder = asset.record.owner
    room = asset.has_room(timezone.localdate()) and queries.fits_the_week(asset, queries.minutes_for(wish, asset))
    here = holder.state == PartyState.LIVE and not asset.paused and asset.record.state in SHOWN
    return here and room and holder.pk != wish.record.owner_id and policy.is_safe(wish=wish, asset=asset)


def open_wishes(viewer: Actor) -> QuerySet[Wish]:
    """Wishes that still wait, are shown, and may be seen by this viewer."""
    return wishes(viewer).filter(record__state__in=SHOWN).select_related("record__owner", "record__area")


def wishes_of_others(viewer: Actor) -> QuerySet[Wish]:
    """Those of others, for somebody who introduces; the newest first."""
    return open_wishes(viewer).exclude(record__owner=viewer.me).order_by("-pk")


def wishes_for(viewer: Actor, asset: Asset, most: int = MOST) -> list[Wish]:
    """Wishes that this viewer may see and that the thing may meet, best first; of the newest two hundred."""
    newest = list(open_wishes(viewer).exclude(record__owner=asset.record.owner).order_by("-pk")[:WISHES_LOOKED_AT])
    scored = [(score, wish) for wish, score in _scores(asset, newest) if score >= FITS and _can_be(wish, asset)]
    return [wish for _score, wish in sorted(scored, key=lambda one: (-one[0], one[1].pk))][:most]


def _scores(asset: Asset, waiting: Iterable[Wish]) -> Iterable[tuple[Wish, float]]:
    """What the thing is worth for each wish, by its words and by what it serves."""
    serves = tuple(sorted(concepts_of([asset.pk]).get(asset.pk, {}).items()))
    candidate = Candidate(asset.pk, asset.title, asset.words, serves=serves)
    for wish in waiting:
        weights = [(one.key, one.weight) for one in meant(wish.words, wish.record.lang)] if serves else []
        hits = rank(wish.words, [candidate], meant=weights)
        yield wish, hits[0].worth if hits else 0.0
