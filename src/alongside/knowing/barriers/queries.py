"""What gets in the way here, as far as this viewer may see it; how many say so too; and the rights beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from alongside import frameworks
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import GONE, Party
from alongside.ground.places.queries import installation
from alongside.ground.records.models import State
from alongside.ground.records.queries import everyones, visible_to
from alongside.knowing.assets.models import Asset
from alongside.knowing.assets.queries import assets
from alongside.knowing.barriers import policy
from alongside.knowing.barriers.models import TOO_LONG, Barrier, BarrierAnswer, MeToo, Stage
from alongside.knowing.outcomes.queries import said
from alongside.methods.disclosure import shown

PAGE = 20
LISTS = ("open", "answered", "right")
BESIDE = ("adjustments", "complain_england", "complain_wales", "hate_crime")
OFFICIAL = re.compile(r"[EW]\d{8}$")


def barriers(viewer: Actor) -> QuerySet[Barrier]:
    """Those this viewer may see, where what they are about is there for them too; not what was taken back.

    What stands without a name is the same for all, also for whoever blocked its writer: what vanished for them
    alone would tell who wrote it. Each comes with `title`, the thing it is about, where there is one."""
    about = Q(at=None) | Q(at__in=visible_to(viewer))
    nameless = Q(named=False, record__in=visible_to(Actor.anyone()))
    seen = Barrier.objects.filter(about, nameless | Q(record__in=visible_to(viewer))).exclude(record__state=State.ENDED)
    seen = seen.annotate(
        title=Subquery(assets(viewer).select_related(None).filter(pk=OuterRef("at")).values("title")[:1])
    )
    answers = Prefetch("answers", BarrierAnswer.objects.select_related("by").order_by("n"))
    return seen.select_related("record__owner", "record__area", "holder", "at").prefetch_related(answers)


def barrier(viewer: Actor, key: UUID | str) -> Barrier | None:
    return barriers(viewer).filter(record__key=key).first()


def listed(viewer: Actor, which: str, before: int | None = None, most: int = PAGE) -> list[Barrier]:
    """One of the three lists, newest first: open (those that have waited too long first), answered, put right.

    Only what everyone may read, so that the list is the same one for all.
    """
    found = _open_to_all(viewer).filter(stage__in=_stages(which))
    if before is not None:
        found = found.filter(pk__lt=before)
    return list(found.order_by("-pk")[:most])


def waiting_long(viewer: Actor, most: int = 5) -> list[Barrier]:
    """Those that have waited longest without a word, or whose day has passed, oldest first."""
    over = Q(stage__in=(Stage.WAITING, Stage.HEARD), since__lt=timezone.now() - TOO_LONG)
    over |= Q(stage=Stage.WILL_DO, by_day__lt=timezone.localdate())
    return list(_open_to_all(viewer).filter(over).order_by("since", "pk")[:most])


def how_many(viewer: Actor) -> dict[str, int]:
    """How many stand in each list. Barriers are public words, not people."""
    stages = list(_open_to_all(viewer).order_by().prefetch_related(None).values_list("stage", flat=True))
    return {which: sum(stage in _stages(which) for stage in stages) for which in LISTS}


def _open_to_all(viewer: Actor) -> QuerySet[Barrier]:
    """Of those this viewer may see, what everyone may read, about what everyone may see."""
    return barriers(viewer).filter(Q(at=None) | Q(at__in=everyones()), record__in=everyones())


def _stages(which: str) -> tuple[str, ...]:
    open_ = (Stage.WAITING,)
    answered = (Stage.HEARD, Stage.WILL_DO, Stage.CANNOT)
    return {"open": open_, "answered": answered}.get(which, (Stage.DONE, Stage.CLOSED))


def at_asset(viewer: Actor, asset: Asset, most: int = 6) -> list[Barrier]:
    """What gets in the way at one thing: what is not put right first, then newest."""
    found = barriers(viewer).filter(at=asset.pk).order_by("-pk")[: most * 4]
    return sorted(found, key=lambda one: one.is_right)[:most]


def of_holder(viewer: Actor, party: Party, most: int = 6) -> list[Barrier]:
    """What a group or organisation has to answer, at its things or with itself."""
    found = barriers(viewer).filter(holder=party).order_by("-pk")[: most * 4]
    return sorted(found, key=lambda one: one.is_right)[:most]


def said_by(viewer: Actor, owner: Party) -> list[Barrier]:
    """What somebody recorded, named or not; for them and whoever may see what is theirs."""
    if not policy.may_say(by=viewer, owner=owner):
        return []
    return list(barriers(viewer).filter(record__owner=owner).order_by("-pk")[:PAGE])


def untold() -> QuerySet[Barrier]:
    """What anyone may read by now and its holder has not been told of."""
    public = Barrier.objects.filter(told_at=None, record__in=visible_to(Actor.anyone()))
    return public.select_related("record", "holder").order_by("pk")


def too(barrier: Barrier) -> int | None:
    """About how many people say so too: None below ten, else rounded to five."""
    return shown(MeToo.objects.filter(barrier=barrier).count())


def says_too(viewer: Actor, barrier: Barrier) -> bool:
    return viewer.party is not None and MeToo.objects.filter(barrier=barrier, party=viewer.party).exists()


def may_take_on(viewer: Actor, barrier: Barrier) -> list[Party]:
    """Groups in whose name this viewer can say that it is theirs to answer."""
    if barrier.holder is not None or viewer.party is None or viewer.is_helping:
        return []
    kept = Party.objects.filter(pk__in=policy.answers_for(viewer)).exclude(state__in=GONE).order_by("name")
    return [party for party in kept if policy.is_public_face(party)]


@dataclass(frozen=True)
class Right:
    """A plain note on a right, where to turn, and when it was written from which law."""

    key: str
    title: str
    words: str
    turn_to: str
    where: str
    as_of: date
    source: str


def rights(domain: str = "", most: int | None = None) -> list[Right]:
    """Rights that concern a part of life, or all of them, in the order of the file and the reader's language.

    Those of the other nation are left out where it is known in which this place lies.
    """
    file: dict[str, Any] = frameworks.load("rights")
    left = _other_nation()
    found = [one for one in file["right"] if one["where"] != left and (not domain or domain in one["domains"])]
    return [_right(one, file["where"]) for one in found[:most]]


def rights_beside() -> list[Right]:
    """Those that stand beside what gets in the way."""
    return [one for one in rights() if one.key in BESIDE]


def _right(one: dict[str, Any], where: dict[str, Any]) -> Right:
    return Right(
        one["key"],
        said(one["title"]),
        said(one["words"]),
        said(one["turn_to"]),
        said(where[one["where"]]),
        one["as_of"],
        said(one["from"]),
    )


def _other_nation() -> str:
    """England's notes for a place in Wales and the other way round, by the official code of its area."""
    place = installation()
    code = place.area.code if place and place.area else ""
    return {"E": "wales", "W": "england"}.get(code[:1], "") if OFFICIAL.match(code) else ""
