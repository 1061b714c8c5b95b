"""Who is around somebody of the cast, as they drew it themselves: three rings, and who knows whom."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from typing import Any

from django.db import models

from alongside.ground.records.models import Record
from alongside.knowing.networks.models import Knows, Near, Network
from alongside.site.demo.bank import load
from alongside.site.demo.inhabitants import Folk
from alongside.site.demo.writing import Pile, key


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
        network = Network(record=record)
        said = ({"ring": 1, "kind": "person"} | {name: row[name] for name in row if name != "knows"} for row in rows)
        return [network, *(Near(key=key(rng), network=network, **one) for one in said)]

    return made
