"""What somebody wrote that they have, a line each, becomes their own, seen by nobody else (Real Wealth, figure 7.1)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from alongside.ground.history.actor import Actor
from alongside.ground.records.models import Audience
from alongside.knowing.assets import actions as assets
from alongside.knowing.assets.models import Asset, AssetKind
from alongside.knowing.assets.queries import held_by
from alongside.planning.plans.models import Plan

MOST_THINGS = 40  # own assets from one answer; more lines stay in the answer


def doing(plan: Plan, asset: Asset) -> str:
    """What a thing of one's own means as something to do: nobody does “my daughter”, they ask her."""
    if asset.record.owner_id != plan.record.owner_id:
        return ""
    doing = {
        AssetKind.RELATIONSHIP: _("Ask: %(what)s"),
        AssetKind.SPACE: _("Go to: %(what)s"),
        AssetKind.EQUIPMENT: _("Use: %(what)s"),
    }
    return doing[AssetKind(asset.kind)] % {"what": asset.title} if asset.kind in doing else ""


def take_stock(by: Actor, plan: Plan, kind: str, before: str, now: str) -> None:
    """Make what somebody wrote they have, a line each, their own assets; take away those they crossed out."""
    owner = plan.record.owner
    was, are = _lines(before), _lines(now)
    gone = [line for line in was if line not in are]
    for asset in held_by(by, owner).filter(kind=kind, title__in=gone):
        if asset.record.audience == Audience.ME:  # what they offer to others is not crossed out here
            assets.withdraw(by=by, asset=asset)
    there = set(held_by(by, owner).filter(kind=kind).values_list("title", flat=True))
    for line in are:
        if line not in there:
            assets.offer(by=by, holder=owner, kind=kind, title=line, words="")


def _lines(text: str) -> list[str]:
    """The things named, one a line, each at most 200 letters, each once."""
    lines = (" ".join(line.split())[:200].strip() for line in text.splitlines())
    return list(dict.fromkeys(line for line in lines if line))[:MOST_THINGS]
