"""One's own sides of introductions, what may be told of the other side by now, and what an introducer follows.

Before both have said yes, nothing here returns a name, a place or a record of the other: only the thing itself
and the words that they chose to tell. Afterwards the name and how to reach them need a Sight.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from alongside.doing.connecting.models import Introduction, Meet, Part, Said, Side, Stage, Went
from alongside.doing.connecting.stages import OPEN, both_sides, parted_among, standing
from alongside.ground.consent.queries import Sight
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party
from alongside.ground.people.queries import kept_by
from alongside.ground.records.models import State
from alongside.ground.records.queries import visible_to
from alongside.knowing.assets.models import Asset, Unit
from alongside.knowing.contributions.queries import REST, asked_since
from alongside.knowing.outcomes.models import Wish

REACH = "reach"  # the one part of a side that the other may come to see
LIFE = timedelta(days=21)
NO_LASTS = timedelta(days=90)
SHOWN_FOR = timedelta(days=365)
HOW_AFTER = timedelta(days=14)
MOST_OPEN = 3
WHOLE = ("introduction__wish__record__owner", "introduction__asset__record__owner", "introduction__introducer")


def sides(viewer: Actor) -> QuerySet[Side]:
    """The viewer's own side of each introduction, or that of a group they look after; newest first."""
    me = viewer.party
    if me is None:
        return Side.objects.none()
    mine = Q(record__owner=me) if viewer.is_helping else Q(record__owner=me) | Q(record__owner__in=kept_by(viewer))
    own = Side.objects.filter(mine, record__in=visible_to(viewer))
    return own.select_related("record__owner", *WHOLE).order_by("-pk")


def side(viewer: Actor, key: UUID | str) -> Side | None:
    return sides(viewer).filter(record__key=key).first()


@dataclass(frozen=True)
class Told:
    """What one side may read by now. `wish` is empty where the wish is not theirs to see, and `thing` where it is
    not shown to them any more; `thing_gone` and `wish_gone` say that it was, once."""

    side: Side
    thing: str
    thing_key: UUID | None
    wish: str
    other_words: str
    other_kind: str
    near: bool
    introducer: str
    stage: str
    waits_for_me: bool
    other_waits: bool
    closed: bool
    is_wisher: bool
    wish_waits: bool
    thing_gone: bool
    wish_gone: bool


def told(viewer: Actor, side: Side) -> Told:
    """What this side may read, whatever the stage: the thing, the words chosen for them, and no name."""
    return told_each(viewer, [side])[0]


def told_each(viewer: Actor, sides: Sequence[Side]) -> list[Told]:
    """The same for a list, in its order and in as many statements as for one."""
    introductions = [side.introduction for side in sides]
    both, seen = both_sides(introductions), _seen(viewer, introductions)
    parted = parted_among([one for one in introductions if one.stage == Stage.AGREED], both)
    return [_told(side, both[side.introduction_id], seen, parted) for side in sides]


def _told(side: Side, both: Iterable[Side], seen: Collection[int], parted: Collection[int]) -> Told:
    introduction, across = side.introduction, next((one for one in both if one.pk != side.pk), None)
    asset, wish = introduction.asset, introduction.wish
    stage = standing(introduction, across, parted)
    facing = asset if side.part == Part.WISHER else wish
    owner = across.record.owner if across else facing.record.owner if facing else None
    thing_seen, wish_seen = asset is not None and asset.pk in seen, wish is not None and wish.pk in seen
    areas = {one.record.area_id for one in (asset, wish) if one}
    return Told(
        side=side,
        thing=asset.title if asset and thing_seen else "",
        thing_key=asset.record.key if asset and thing_seen else None,
        wish=wish.words if wish and wish_seen else "",
        other_words=across.words if across else "",
        other_kind=owner.kind if owner else "",
        near=len(areas) == 1 and None not in areas,
        introducer=introduction.introducer.name if introduction.introducer else "",
        stage=stage,
        waits_for_me=stage == Stage.PROPOSED and side.said == Said.WAITING,
        other_waits=stage == Stage.PROPOSED and side.said == Said.YES,
        closed=stage not in OPEN,
        is_wisher=side.part == Part.WISHER,
        wish_waits=bool(wish and wish.state == "waiting" and wish.record.state != State.ENDED),
        thing_gone=not thing_seen,
        wish_gone=not wish_seen and side.part == Part.HOLDER and introduction.wish_shown,
    )


def _seen(viewer: Actor, introductions: Iterable[Introduction]) -> set[int]:
    """The things and wishes among these introductions that this viewer may see now."""
    about = [pk for one in introductions for pk in (one.asset_id, one.wish_id) if pk is not None]
    return set(visible_to(viewer).filter(pk__in=about).values_list("pk", flat=True))


def thing_for(reader: Party, introduction: Introduction) -> str:
    """What the thing is called, for a message to one of those concerned; empty where they may not see it by now."""
    asset = introduction.asset
    shown = asset is not None and visible_to(Actor(person=reader)).filter(pk=asset.pk).exists()
    return asset.title[:120] if asset is not None and shown else ""


@dataclass(frozen=True)
class Contact:
    """Who the other is and how to reach them: only out of a Sight, after both said yes."""

    name: str
    kind: str
    reach: str
    meet: str
    meet_words: str


def contact(sight: Sight) -> Contact | None:
    """The name of the side whose record was looked at, and how they want to be reached."""
    found = Side.objects.filter(pk=sight.record.pk).select_related("record__owner", "introduction").first()
    if found is None or not sight.shows(REACH) or found.introduction.agreed_at is None:
        return None
    owner = found.record.owner
    meet = str(Meet(found.meet).label) if found.meet else ""
    return Contact(owner.name or str(owner), owner.kind, found.reach, meet, found.meet_words)


def waiting(viewer: Actor) -> list[Side]:
    """What waits for this viewer's yes or no, oldest first."""
    open_now = sides(viewer).filter(said=Said.WAITING, introduction__stage=Stage.PROPOSED)
    return list(open_now.filter(introduction__expires__gt=timezone.now()).order_by("pk")[:20])


def agreed(viewer: Actor) -> list[Side]:
    return list(sides(viewer).filter(introduction__stage=Stage.AGREED)[:20])


def introduced_by(viewer: Actor) -> list[Introduction]:
    """What this person brought together, as themselves; newest first. Who answered what is not in it."""
    if viewer.person is None or viewer.is_helping:
        return []
    found = Introduction.objects.filter(introducer=viewer.person).select_related("wish__record", "asset__record")
    return list(found.prefetch_related("sides__record__owner").order_by("-pk")[:100])


@dataclass(frozen=True)
class Followed:
    """What somebody who introduces follows: the two things, how far it is, what is next, and until when."""

    introduction: Introduction
    thing: str
    wish: str
    stage: str
    answers: int
    meets_with_me: bool
    due: bool
    contacts: tuple[Contact, ...] = ()


def followed(viewer: Actor, introductions: Sequence[Introduction], sights: Iterable[Sight] = ()) -> list[Followed]:
    """How far each is that this person brought together, without who answered what; and, out of `sights`, how to reach
    whoever chose to meet with them."""
    seen, met = _seen(viewer, introductions), list(sights)
    return [_followed(one, seen, met) for one in introductions]


def _followed(introduction: Introduction, seen: Collection[int], sights: Iterable[Sight]) -> Followed:
    sides = list(introduction.sides.all())
    own = {side.pk for side in sides}
    yeses = sum(one.said == Said.YES for one in sides)
    lapsed = introduction.stage == Stage.PROPOSED and introduction.expires <= timezone.now()
    old = introduction.agreed_at is not None and introduction.agreed_at <= timezone.now() - HOW_AFTER
    asset, wish = introduction.asset, introduction.wish
    return Followed(
        introduction=introduction,
        thing=asset.title[:120] if asset and asset.pk in seen else "",
        wish=wish.words[:200] if wish and wish.pk in seen else "",
        stage=Stage.LAPSED if lapsed else introduction.stage,
        answers=min(yeses, 1) if introduction.unasked else yeses,
        meets_with_me=introduction.stage == Stage.AGREED and any(one.meet == Meet.INTRODUCER for one in sides),
        due=introduction.stage == Stage.AGREED and old and any(not one.went for one in sides),
        contacts=tuple(one for one in map(contact, (sight for sight in sights if sight.record.pk in own)) if one),
    )


def pair(viewer: Actor, wish: Wish, asset: Asset) -> Introduction | None:
    """The open introduction of this pair, if there is one and the viewer has a part in it."""
    found = Introduction.objects.filter(wish=wish, asset=asset, stage__in=OPEN).first()
    mine = found is not None and (
        found.sides.filter(pk__in=sides(viewer).values("pk")).exists() or found.introducer == viewer.person
    )
    return found if mine else None


def under_way(wish: Wish, asset: Asset) -> bool:
    """Whether this pair has an open introduction, whoever made it."""
    return Introduction.objects.filter(wish=wish, asset=asset, stage__in=OPEN).exists()


def open_for(wish: Wish) -> int:
    live = Introduction.objects.filter(wish=wish, stage=Stage.PROPOSED, expires__gt=timezone.now())
    return live.count()


def declined_lately(wish: Wish, asset: Asset) -> bool:
    since = timezone.now() - NO_LASTS
    return Introduction.objects.filter(wish=wish, asset=asset, stage=Stage.DECLINED, made__gt=since).exists()


def asked_this_week(parties: Iterable[int], asset: Asset) -> bool:
    """Whether one of these was asked for unpaid time in the last seven days, in whatever way."""
    since = timezone.now() - REST
    asked = Party.objects.filter(pk__in=list(parties))
    return any(asked_since(party, since) for party in asked if party.is_person or not asset.paid)


def fits_the_week(asset: Asset, minutes: int) -> bool:
    """Whether an offer has room for so much more in a week, within its holder's own limit."""
    offer = getattr(asset, "offer", None)
    if offer is None:
        return True
    amount = minutes if offer.unit == Unit.MINUTES else 1
    return bool((offer.promised + amount) * 100 <= offer.per_week * offer.limit_pct)


def minutes_for(wish: Wish, asset: Asset) -> int:
    """How much a week is meant: what the wish says, else an hour, or all there is where that is less."""
    offer = getattr(asset, "offer", None)
    if offer is None or offer.unit != Unit.MINUTES:
        return 0
    return wish.minutes_week or min(60, offer.per_week * offer.limit_pct // 100)


def give_and_take(viewer: Actor, party: Party) -> tuple[int, int]:
    """How often somebody shared something through an introduction, and had something so. For them alone."""
    own = sides(viewer).filter(record__owner=party, introduction__agreed_at__isnull=False)
    met = own.exclude(went__in=(Went.NOT_FOR_ME, Went.DID_NOT_HAPPEN))
    return met.filter(part=Part.HOLDER).count(), met.filter(part=Part.WISHER).count()
