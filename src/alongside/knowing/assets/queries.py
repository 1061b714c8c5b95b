"""What is held, by whom, as far as the viewer may see it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.ground.history import versions
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Standing, Version
from alongside.ground.people.models import Kind, Party
from alongside.ground.people.queries import acts_as_steward, belongs_to, kept_by, may_speak_for
from alongside.ground.places.models import Area
from alongside.ground.records.models import Record, State
from alongside.ground.records.queries import findable, visible_to
from alongside.knowing.assets import policy
from alongside.knowing.assets.models import Asset, AssetKind
from alongside.knowing.assets.versions import body_of

LISTED = (State.LIVE, State.STALE)
WHOLE = ("whens", "days", "domains", "access")
Lead = Callable[[Actor, UUID], Record | None]
_LEADS: list[Lead] = []


def assets(viewer: Actor) -> QuerySet[Asset]:
    """Every asset this viewer may see, with its holder and shown place; also what is held, resting or ended
    where it is the viewer's own."""
    return _joined(visible_to(viewer))


def _joined(records: QuerySet[Record]) -> QuerySet[Asset]:
    joined = Asset.objects.select_related("record__owner", "record__spot__area", "record__community", "offer")
    return joined.defer("record__spot__area__boundary").filter(record__in=records)


def asset(viewer: Actor, key: UUID | str) -> Asset | None:
    """One asset with all there is to say about it, or None where the viewer may not see it."""
    return assets(viewer).filter(record__key=key).prefetch_related(*WHOLE).first()


def lead_by(lead: Lead) -> None:
    """Let another kit say where the address of what is over leads on. Called once at start-up."""
    if lead not in _LEADS:
        _LEADS.append(lead)


def leads_to(viewer: Actor, key: UUID) -> Record | None:
    """What stands now for a thing that this viewer does not see there any more, if they may see that."""
    return next((on for lead in _LEADS if (on := lead(viewer, key)) is not None), None)


def found(viewer: Actor) -> QuerySet[Asset]:
    """Of those assets, what may stand in a list or on a map: others' things only where they may be found."""
    return _joined(findable(viewer))


def held_by(viewer: Actor, party: Party) -> QuerySet[Asset]:
    """What one party has to share that this viewer may find and that is still on, by title."""
    shown = (*LISTED, State.HELD, State.HIDDEN) if may_speak_for(viewer, party) else LISTED
    return found(viewer).filter(record__owner=party, record__state__in=shown).order_by("title", "pk")


def listed(viewer: Actor, records: list[int]) -> list[Asset]:
    """These assets in this order, with what a list says of them, without what the viewer may not see by now."""
    there = {one.pk: one for one in found(viewer).filter(pk__in=records).prefetch_related("whens", "access")}
    return [there[pk] for pk in records if pk in there]


def same_here(viewer: Actor, title: str, area: Area | None) -> Asset | None:
    """What this viewer may find in that area under the same name, whatever its capitals; nothing without an area."""
    if area is None:
        return None
    title = " ".join(title.split())
    ways = {title, title.lower(), title.upper(), title.capitalize(), title.title()}  # SQLite knows those of A to Z
    shown = found(viewer).filter(record__spot__area=area, record__state__in=(*LISTED, State.HELD))
    return shown.filter(Q(title__iexact=title) | Q(title__in=ways)).order_by("pk").first()


def groups_kept(viewer: Actor) -> list[Party]:
    """Communities and organisations in whose name this viewer may offer something."""
    if viewer.party is None:
        return []
    return list(Party.objects.filter(pk__in=kept_by(viewer)).order_by("name"))


def communities_of(viewer: Actor) -> list[Party]:
    """Communities that this viewer belongs to, with which something may be shared."""
    if viewer.party is None:
        return []
    return list(Party.objects.filter(pk__in=belongs_to(viewer.party), kind=Kind.COMMUNITY).order_by("name"))


def on_in_the_week(viewer: Actor, today: date, most: int = 60) -> list[tuple[Asset, date]]:
    """Things to join in on in the seven days from today, each with its next day, soonest first, one of a holder.

    Days are those worked out from the holders' rules; the order within a day is by start, then by title.
    """
    shown = found(viewer).filter(kind=AssetKind.ACTIVITY, record__state=State.LIVE, days__isnull=False)
    coming: list[tuple[date, str, Asset]] = []
    for asset in shown.distinct().order_by("-pk").prefetch_related("days", "whens")[:most]:
        ahead, starts = min(((day.weekday - today.weekday()) % 7, str(day.starts or "")) for day in asset.days.all())
        coming.append((today + timedelta(days=ahead), starts, asset))
    coming.sort(key=lambda one: (one[0], one[1], one[2].title, one[2].pk))
    once: dict[int, tuple[Asset, date]] = {}
    for day, _starts, asset in coming:
        once.setdefault(asset.record.owner_id, (asset, day))
    return list(once.values())


def versions_of(viewer: Actor, asset: Asset) -> list[Version]:
    """Every version of an asset, newest first, for those who may change it and nobody else."""
    if not policy.may_change(by=viewer, asset=asset):
        return []
    rows = Version.objects.filter(record=asset.pk).order_by("-n")
    return list(rows.select_related("event__actor", "event__on_behalf", "held_by"))


def waiting_change(viewer: Actor, asset: Asset) -> Version | None:
    """The change that waits for a community's own people, for those who may change the asset."""
    return versions.waiting(asset.pk) if policy.may_change(by=viewer, asset=asset) else None


def edits_waiting(viewer: Actor) -> list[tuple[Asset, Version]]:
    """Changes that wait in communities this viewer looks after, the one whose time is up first before the others.

    A steward of the place, who has no group of their own to hold for, sees all that waits. Blocked pairs see
    nothing of each other."""
    rows = Version.objects.filter(standing=Standing.WAITS).select_related("held_by", "event__actor")
    if viewer.party is None or viewer.is_helping:
        return []
    if not acts_as_steward(viewer):
        rows = rows.filter(held_by__in=kept_by(viewer))
    found = {one.pk: one for one in assets(viewer).filter(pk__in=rows.values("record"))}
    return [(found[row.record_id], row) for row in rows.order_by("waits_until", "pk") if row.record_id in found]


def stands(asset: Asset) -> dict[str, Any]:
    """What others read of an asset now, as a version says it."""
    return body_of(asset)
