"""Gathers what a run looks at: wishes whose owners let them be counted, and what holders let be suggested.

Nothing else enters, so nothing else can come out; and who may see what is asked again whenever an idea is read.
Which offer could help with which wish is what search says of the wish's words; what only comes near counts for nothing
here, because a wish for which something is found counts as met.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from django.db.models import Q

from alongside.ground.consent.queries import allowed
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Block, PartyState
from alongside.ground.records.models import Audience
from alongside.ground.records.queries import SHOWN, for_some
from alongside.knowing.assets.models import Asset, Unit
from alongside.knowing.assets.queries import assets
from alongside.knowing.contributions.queries import asked_lately, coming_to
from alongside.knowing.search.queries import SAYS, ideas_for
from alongside.methods.complement import Fixed, Offer, Source, Wish
from alongside.methods.complement.problem import Problem, problem_of
from alongside.methods.scoring import Hit
from alongside.planning.complementary.wanting import (
    MACHINE,
    Open,
    bands,
    belongings,
    circle_key,
    community_key,
    open_wishes,
)
from alongside.planning.plans.ideas import WHOLE, Says, has_room, meets, offer_of, says, telling, wish_of

HITS = 60  # things that search proposes for one wish, as for a plan's own page
CLOSE = 0.75  # share of the best hit's score, under which something fits for a stray word only
SIGNS = 2  # kinds of evidence that must speak for something: words, meaning, what it serves, its part of life
AT_ONCE = 5_000
Tell = Callable[[float], None]


@dataclass(frozen=True)
class Gathered:
    """The problem of a place, and its open wishes in the order of its rows."""

    problem: Problem
    wishes: tuple[Open, ...]


class Taken(NamedTuple):
    """What others are to have of an asset for now: minutes of a week, and for how many wishes."""

    minutes: int = 0
    wishes: int = 0


NOTHING = Taken()


def gather(
    *, only: Collection[int] | None = None, taken: Mapping[int, Taken] | None = None, tell: Tell | None = None
) -> Gathered:
    """The whole place, or the wishes of these outcomes alone; `taken` is what others are to have of an asset for now.
    `tell` hears the share done, from 0 to 1."""
    wanted = open_wishes(only)
    hits = list(_hits(wanted, tell or (lambda share: None)))
    pool = {asset.pk: asset for asset in _pool({pk for found in hits for pk in found}, wanted)}
    coming = coming_to([pk for pk, asset in pool.items() if asset.least_people])
    offers = {pk: _offer(asset, (taken or {}).get(pk, NOTHING), coming.get(pk, 0)) for pk, asset in pool.items()}
    keys = belongings(wanted)
    wishes = [_wish(one, keys[one.owner]) for one in wanted]
    meant = set(_alike(wanted, wishes, hits, pool, offers))
    used = [offers[pk] for pk in sorted({pk for _outcome, pk in meant})]
    fixed = _fixed(used)
    return Gathered(problem_of(wishes, used, fixed, bands=bands(wanted), meant=meant), tuple(wanted))


def _hits(wanted: Sequence[Open], tell: Tell) -> Iterator[frozenset[int]]:
    """For each wish what everyone may find and fits its words about as well as anything; once for the same words."""

    @cache
    def found(words: str, domain: str, lang: str) -> frozenset[int]:
        hits = ideas_for(Actor.anyone(), words, domain, HITS, lang=lang)
        best = max((hit.score for hit in hits), default=0.0)
        return frozenset(hit.id for hit in hits if hit.fits and hit.score >= CLOSE * best and _signs(hit) >= SIGNS)

    for n, one in enumerate(wanted, 1):
        yield found(" ".join(telling(one.outcome.words)), one.outcome.domain, one.outcome.record.lang)
        tell(n / len(wanted))


def _signs(hit: Hit) -> int:
    codes = {"words" if why.code in SAYS else why.code for why in hit.why}
    return len(codes & {"words", "like", "means", "domain"})


def _pool(hits: Collection[int], wanted: Sequence[Open]) -> Iterator[Asset]:
    """What may be suggested now: what search found, what is for some only, and what those who wish have themselves."""
    live = assets(MACHINE).filter(
        record__state__in=SHOWN, record__in=allowed("suggested"), record__owner__state=PartyState.LIVE
    )
    may_be_found = live.filter(record__in=allowed("found"))
    owners = sorted({one.owner for one in wanted})
    parts = [live.filter(record__owner__in=some) for some in _in_turn(owners)]
    parts += [may_be_found.filter(pk__in=some) for some in _in_turn(sorted(hits))]
    if owners:
        parts.append(live.filter(record__in=for_some()))
    for part in parts:
        yield from (asset for asset in part.prefetch_related(*WHOLE) if has_room(asset))


def _in_turn(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))


def _wish(one: Open, keys: frozenset[str]) -> Wish:
    wish = wish_of(one.plan, one.outcome, one.outcome.record.owner)
    return replace(wish, minutes=one.minutes, divisible=one.divisible, communities=keys)


def _offer(asset: Asset, taken: Taken, coming: int) -> Offer:
    """As on a plan's page, but: who it is for stands in it; so does how many may still come, and how many more it takes
    to start beside those who are `coming`; and what it helps with is what search says, so it shares no kind with any
    wish."""
    offer = offer_of(asset)
    record, room = asset.record, getattr(asset, "offer", None)
    open_to = {
        Audience.ME: frozenset[str](),
        Audience.CIRCLE: frozenset([circle_key(record.owner_id)]),
        Audience.COMMUNITY: frozenset([community_key(record.community_id or 0)]),
    }.get(Audience(record.audience))
    most = asset.room_for
    if room is not None and room.unit != Unit.MINUTES:
        places = room.per_week * room.limit_pct // 100 - room.promised
        most = places if most is None else min(most, places)
    most = None if most is None else max(most - taken.wishes, 0)
    return replace(
        offer,
        kinds=frozenset(),
        open_to=open_to,
        most=most,
        least=max(offer.least - coming - taken.wishes, 0),
        promised=offer.promised + taken.minutes,
    )


def _alike(
    wanted: Sequence[Open],
    wishes: Sequence[Wish],
    hits: Sequence[frozenset[int]],
    pool: Mapping[int, Asset],
    offers: Mapping[int, Offer],
) -> Iterator[tuple[int, int]]:
    """Which offer could help with which wish. What is not for everyone, one's own and special services must meet its
    words."""

    @cache
    def said(pk: int) -> Says:
        return says(pool[pk])

    by_key: dict[str, list[int]] = {}
    for pk, offer in offers.items():
        for key in offer.open_to or ():
            by_key.setdefault(key, []).append(pk)
        by_key.setdefault(_own(offer.holder), []).append(pk)
    for one, wish, found in zip(wanted, wishes, hits, strict=True):
        for_some = {pk for key in (*wish.communities, _own(one.owner)) for pk in by_key.get(key, ())}
        for pk in sorted({*found, *for_some}):
            if pk not in pool or pk in one.settled:
                continue
            careful = offers[pk].source is Source.SPECIALIST or pk not in found
            if not (careful or offers[pk].open_to is not None) or meets(one.outcome, said(pk)):
                yield wish.id, pk


def _own(holder: int) -> str:
    return f"own {holder}"


def _fixed(offers: Iterable[Offer]) -> Fixed:
    """Holders who were asked in the last week, and people who want nothing of each other."""
    holders = {offer.holder for offer in offers}
    blocks = Block.objects.filter(Q(blocker__in=holders) | Q(blocked__in=holders)).values_list("blocker", "blocked")
    pairs = list(blocks)
    apart = frozenset(pair for one, two in pairs for pair in ((one, two), (two, one)))
    return Fixed(asked_this_week=asked_lately(holders), apart=apart)
