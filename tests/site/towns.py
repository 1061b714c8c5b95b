"""Invented towns to compare: made, looked at from every side, and taken away again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count

from alongside.doing.connecting.models import Introduction
from alongside.knowing.assets.models import Asset
from alongside.knowing.barriers.models import Barrier
from alongside.knowing.maps.models import CommunityMap
from alongside.knowing.outcomes.models import Wish
from alongside.site.demo.fill import fill


@dataclass(frozen=True)
class Town:
    """How many of each there are, what is shared, and what goes on."""

    counts: dict[str, int]
    things: list[Any]
    maps: list[Any]
    wishes: list[Any]
    introductions: list[Any]
    barriers: list[Any]


def there(counts: dict[str, int]) -> Town:
    """What is in the town that was just made."""
    things = Asset.objects.order_by("pk")
    wishes = Wish.objects.order_by("pk")
    barriers = Barrier.objects.order_by("pk").annotate(many=Count("too"))
    return Town(
        counts,
        list(things.values_list("record__key", "title", "record__owner__name", "record__state", "room_for")),
        list(CommunityMap.objects.order_by("pk").values_list("record__key", "title")),
        list(wishes.values_list("record__key", "words", "record__audience")),
        list(Introduction.objects.order_by("pk").values_list("stage", "wish__words", "asset__title")),
        list(barriers.values_list("words", "stage", "many")),
    )


def afresh(people: int, seed: int) -> Town:
    """Make a town, note what is in it, and take it away again. Wants a database in which nobody lives."""
    with transaction.atomic():
        town = there(fill(people=people, seed=seed))
        transaction.set_rollback(True)
    return town


def to_stay(people: int, seed: int) -> dict[str, int]:
    """Make a town for tests that look around in it; what is in it is noted for those that compare it with others."""
    counts = fill(people=people, seed=seed)
    NOTED[people, seed] = there(counts)
    return counts


def once(people: int, seed: int) -> Town:
    """For tests that compare the same town with others."""
    if (people, seed) not in NOTED:
        NOTED[people, seed] = afresh(people, seed)
    return NOTED[people, seed]


NOTED: dict[tuple[int, int], Town] = {}
