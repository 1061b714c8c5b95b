"""What gets in the way in the invented town, and what those whose it is have said to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from alongside.ground.history.actor import Actor
from alongside.ground.records.models import Record
from alongside.knowing.assets.models import Asset
from alongside.knowing.barriers import actions
from alongside.knowing.barriers.models import Barrier
from alongside.site.demo.bank import load
from alongside.site.demo.inhabitants import Folk

BY = Actor.system("demo")


def bar(folk: Folk, assets: Sequence[Asset]) -> int:
    """Say what gets in the way, and answer some of it. How many were said."""
    open_ = {asset.title: asset for asset in assets if asset.record.audience == "everyone"}
    cast = {party.pk for party in folk.cast.values()}
    others = [party for party in folk.people if party.pk not in cast]
    said = 0
    for spec in load("barriers")["barrier"]:
        if spec.get("at", "") and spec["at"] not in open_:
            continue  # a small town has not everything
        owner = folk.cast[spec["by"]]
        given: dict[str, Any] = {key: spec.get(key, "") for key in ("words", "remedy", "lang")}
        given |= {"asset": open_.get(spec.get("at", "")), "place": spec.get("place", "")}
        given |= {"holder": folk.cast[spec["with"]] if "with" in spec else None, "named": spec.get("named", False)}
        barrier = actions.say(by=Actor(person=owner), owner=owner, **given)
        for party in [*(folk.cast[one] for one in spec.get("too", [])), *others[: spec.get("more", 0)]]:
            actions.too(by=Actor(person=party), barrier=barrier)
        _answer(barrier, spec)
        others = others[1:]  # not the same people each time
        said += 1
    return said


def _answer(barrier: Barrier, spec: dict[str, Any]) -> None:
    """What was said to it, each answer halfway from the last word to today."""
    ago = timedelta(days=spec["days"])
    Record.objects.filter(pk=barrier.pk).update(made=timezone.now() - ago)
    for answer in spec.get("answer", []):
        day = timezone.localdate() + timedelta(days=answer["by_days"]) if "by_days" in answer else None
        row = actions.answer(by=BY, barrier=barrier, stage=answer["stage"], words=answer["words"], by_day=day)
        ago /= 2
        type(row).objects.filter(pk=row.pk).update(at=F("at") - ago)
    Barrier.objects.filter(pk=barrier.pk).update(since=timezone.now() - ago)
