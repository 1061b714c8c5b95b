"""Who is around somebody of the cast, as they drew it: three rings, who knows whom, and a day kept before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from random import Random
from typing import Any

from django.db import models
from django.utils import timezone

from alongside.ground.records.models import Record
from alongside.knowing.networks.models import KeptNear, Knows, Near, Network
from alongside.site.demo.bank import load
from alongside.site.demo.inhabitants import Folk
from alongside.site.demo.writing import Pile, key

KEPT = timedelta(days=182)


def draw(rng: Random, folk: Folk) -> None:
    """Put everybody on their rings, then say who knows whom."""
    drawn = load("cast_lives")["around"]
    pile = Pile(rng, "network", "networks.put")
    for name, rows in drawn.items():
        pile.add(folk.cast[name], _rings(rng, rows))
    for record, rows in zip(pile.write(), drawn.values(), strict=True):
        people = {one.name: one for one in Near.objects.filter(network=record.pk)}
        pairs = {frozenset((row["name"], other)) for row in rows for other in row.get("knows", [])}
        both = (sorted((people[name] for name in pair), key=lambda one: one.pk) for pair in sorted(pairs, key=sorted))
        Knows.objects.bulk_create(Knows(one=one, other=other) for one, other in both)


def _rings(rng: Random, rows: list[dict[str, Any]]) -> Any:
    def made(record: Record) -> Iterable[models.Model]:
        network, day = Network(record=record), timezone.localdate() - KEPT
        yield network
        for row in rows:
            said = {"ring": 1, "kind": "person"} | {name: row[name] for name in row if name not in {"knows", "was"}}
            was, key_ = row.get("was", said["ring"]), key(rng)
            if said["ring"]:
                yield Near(key=key_, network=network, **said)
            if was:
                yield KeptNear(was=key_, network=network, day=day, **(said | {"ring": was}))

    return made
