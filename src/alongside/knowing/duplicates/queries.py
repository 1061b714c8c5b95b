"""Pairs that are probably one thing, for those who may decide; and what is already here, for whoever adds something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.ground.history.actor import Actor
from alongside.ground.people.queries import acts_as_steward, kept_by
from alongside.ground.records.models import Record
from alongside.ground.records.queries import findable, over_for_all, visible_to
from alongside.knowing.assets.models import Asset
from alongside.knowing.assets.queries import assets
from alongside.knowing.duplicates.models import LikelyPair, Merging, PairState
from alongside.knowing.search.queries import look_around
from alongside.methods.likeness import alike
from alongside.methods.likeness_evidence import Thing

ANYONE = Actor.anyone()
OPEN = (PairState.WAITING, PairState.ASKED)
MOST, AT_ONCE = 50, 5
MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
PHONE = re.compile(r"\+?\d[\d ()-]{8,}\d")


@dataclass(frozen=True)
class Side:
    """One of the two, as a page shows it beside the other."""

    pair: LikelyPair
    asset: Asset
    may_stay: bool


def everyones() -> QuerySet[Asset]:
    """Only what anyone may find is ever compared, so that a pair tells nobody of what is private."""
    return assets(ANYONE).filter(record__in=findable(ANYONE), record__state__in=("live", "stale"))


def thing_of(asset: Asset) -> Thing:
    """What is weighed of an asset: its shown place alone, never the exact one."""
    spot = getattr(asset.record, "spot", None)
    mails, phones = MAIL.findall(asset.how), PHONE.findall(asset.how)
    return Thing(
        id=asset.pk,
        title=asset.title,
        words=asset.words,
        holder=asset.record.owner.name if not asset.record.owner.is_person else "",
        address=spot.shown_words if spot else "",
        phone="; ".join(phones),
        email=mails[0] if mails else "",
        website=asset.website,
        lat=spot.shown_lat if spot else None,
        lng=spot.shown_lng if spot else None,
    )


def things() -> list[Thing]:
    return [thing_of(asset) for asset in everyones().order_by("pk").iterator(chunk_size=2000)]


def waiting(viewer: Actor) -> QuerySet[LikelyPair]:
    """What a steward of the place has to look at, the likeliest first; only pairs that anyone may still see both of."""
    if not acts_as_steward(viewer):
        return LikelyPair.objects.none()
    return _seen(viewer).filter(state__in=OPEN).order_by("-score", "pk")


def pair(viewer: Actor, key: UUID | str) -> LikelyPair | None:
    """A pair, for stewards of the place and for whoever holds one of the two."""
    found = _seen(viewer)
    if not acts_as_steward(viewer):
        me = viewer.party
        if me is None or viewer.is_helping:
            return None
        kept = kept_by(viewer)
        whose = Q(one__owner=me) | Q(other__owner=me) | Q(one__owner__in=kept) | Q(other__owner__in=kept)
        found = found.filter(whose)
    return found.filter(key=key).first()


def _seen(viewer: Actor) -> QuerySet[LikelyPair]:
    """Pairs of which this viewer sees what they may: both open to anyone, or one of them merged already."""
    anyone, mine = findable(ANYONE).values("pk"), visible_to(viewer).values("pk")
    both = Q(one__in=anyone, other__in=anyone) & Q(one__in=mine, other__in=mine)
    merged = Q(state=PairState.MERGED) & (Q(one__in=mine) | Q(other__in=mine))
    return LikelyPair.objects.filter(both | merged).select_related("one__owner", "other__owner")


def sides(viewer: Actor, found: LikelyPair) -> list[Asset]:
    """The two things of a pair, as far as this viewer may see them."""
    return sides_each(viewer, [found])[0]


def sides_each(viewer: Actor, pairs: Sequence[LikelyPair]) -> list[list[Asset]]:
    """The same for a list, in its order and in as many statements as for one."""
    both = {pk for pair in pairs for pk in (pair.one_id, pair.other_id)}
    rows = {asset.pk: asset for asset in assets(viewer).filter(pk__in=both).prefetch_related("whens", "access")}
    return [[rows[pk] for pk in sorted((pair.one_id, pair.other_id)) if pk in rows] for pair in pairs]


def merging(viewer: Actor, found: LikelyPair) -> Merging | None:
    """What was merged and not undone."""
    rows = Merging.objects.filter(pair=found, undone=None).select_related("gone__owner", "stays__owner")
    return rows.first()


def went_on_as(viewer: Actor, asset: Asset) -> Merging | None:
    """What this went on as, where the viewer may see that too. The caller has seen the asset already."""
    rows = Merging.objects.filter(gone=asset.record, undone=None, stays__in=visible_to(viewer))
    return rows.select_related("pair", "stays").first()


def leads_to(viewer: Actor, key: UUID) -> Record | None:
    """Where the address of what was merged leads, from one merging to the next, as far as the viewer sees the end.

    Only where everyone could see what was merged, and was not kept from it by somebody they blocked.
    """
    rows = Merging.objects.filter(gone__in=over_for_all(viewer), undone=None).select_related("stays")
    step = rows.filter(gone__key=key).first()
    passed: set[int] = set()
    while step is not None and step.gone_id not in passed:
        if visible_to(viewer).filter(pk=step.stays_id).exists():
            return step.stays
        passed.add(step.gone_id)
        step = rows.filter(gone=step.stays_id).first()
    return None


def already_here(viewer: Actor, asset: Asset) -> list[Asset]:
    """What anyone may see that this is likely to be, for whoever adds it; never what somebody they blocked holds."""
    near = [result.asset for result in look_around(viewer, asset.title).results[:20]]
    open_to_all = {one.pk: one for one in everyones().filter(pk__in=[one.pk for one in near]).exclude(pk=asset.pk)}
    return _like(asset, open_to_all.values())


def like_words(viewer: Actor, title: str, holder: str = "") -> list[Asset]:
    """What anyone may see that a line on paper is likely to speak of, before anything is made of it."""
    near = [result.asset.pk for result in look_around(viewer, f"{holder} {title}").results[:20]]
    by_id = {one.pk: one for one in everyones().filter(pk__in=near)}
    said = Thing(id=0, title=title, holder=holder)
    found = alike([said, *map(thing_of, by_id.values())], only={0})
    return [by_id[int(one.other if one.one == 0 else one.one)] for one in found[:AT_ONCE]]


def _like(asset: Asset, others: Iterable[Asset]) -> list[Asset]:
    by_id = {other.pk: other for other in others}
    own = thing_of(asset)._replace(holder="" if asset.record.owner.is_person else asset.record.owner.name)
    found = alike([own, *map(thing_of, by_id.values())], only={asset.pk})
    pks = [found_one.other if found_one.one == asset.pk else found_one.one for found_one in found]
    return [by_id[int(pk)] for pk in pks[:AT_ONCE]]
