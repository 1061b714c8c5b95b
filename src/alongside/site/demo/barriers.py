"""What gets in the way in the invented town, and what those whose it is have said to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from alongside.ground.history.actor import Actor
from alongside.knowing.assets.models import Asset
from alongside.knowing.barriers import actions
from alongside.knowing.barriers.models import Barrier
from alongside.site.demo.bank import load
from alongside.site.demo.inhabitants import Folk

BY = Actor.system("demo")


def bar(folk: Folk, assets: Sequence[Asset]) -> int:
    """Say what gets in the way, and answer some of it. How many were said."""
    open_ = {asset.title: asset for asset in assets if asset.record.audience == "everyone"}
    said = 0
    for spec in load("barriers")["barrier"]:
        if spec.get("at", "") and spec["at"] not in open_:
            continue  # a small town has not everything
        owner = folk.cast[spec["by"]]
        given: dict[str, Any] = {"words": spec["words"], "remedy": spec.get("remedy", "")}
        given |= {"asset": open_.get(spec.get("at", "")), "place": spec.get("place", "")}
        given |= {"holder": folk.cast[spec["with"]] if "with" in spec else None}
        barrier = actions.say(by=Actor(person=owner), owner=owner, **given)
        for answer in spec.get("answer", []):
            day = timezone.localdate() + timedelta(days=answer["by_days"]) if "by_days" in answer else None
            actions.answer(by=BY, barrier=barrier, stage=answer["stage"], words=answer["words"], by_day=day)
        if not spec.get("answer"):
            Barrier.objects.filter(pk=barrier.pk).update(since=timezone.now() - timedelta(days=spec["days"]))
        said += 1
    return said
