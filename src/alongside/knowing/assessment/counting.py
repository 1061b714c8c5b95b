"""Counts people for the fixed tables. True counts live here and go nowhere but to `methods/disclosure`.

Only records that their owners chose to have counted enter, and each person or household counts once in a cell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db.models import QuerySet

from alongside.ground.history.actor import Actor
from alongside.ground.places.models import Area
from alongside.ground.records.queries import counted
from alongside.knowing.assessment.placing import Placer
from alongside.knowing.assessment.ways import SHARING_WAYS, way_keys, ways_of
from alongside.knowing.assessment.whose import PEOPLE
from alongside.knowing.assets.queries import assets
from alongside.knowing.outcomes.queries import life_domains, outcomes, wishes
from alongside.methods.disclosure import Table

WANTING, OFFERING = "people_wanting", "people_offering"
OTHER = "other"

AREAS = ("record__owner__area_id", "record__area_id", "record__spot__area_id")
POINT = ("record__spot__shown_lat", "record__spot__shown_lng")


class Line(NamedTuple):
    """One counted record: whose, in which category, the areas it names (the owner's first) and its shown point."""

    owner: int
    category: str
    areas: tuple[int | None, ...]
    point: tuple[float | None, float | None]


def tables(rows: list[Area], level: tuple[str, str]) -> list[Table]:
    """The fixed tables about people: what they want by part of life, what they share by kind and by way."""
    machine = Actor.system("figures")
    wanting = [*_lines(outcomes(machine), "domain"), *_lines(wishes(machine), "domain")]
    offering = _lines(assets(machine).select_related(None), "kind")
    sharing = _by_way(assets(machine).select_related(None))
    placer = Placer(rows)
    homes = _homes([*wanting, *offering], placer)
    return [
        _table(WANTING, want_categories(), wanting, homes, rows, level),
        _table(OFFERING, kind_categories(), offering, homes, rows, level),
        _table(SHARING_WAYS, way_keys(), sharing, homes, rows, level),
    ]


def want_categories() -> tuple[str, ...]:
    return (*(domain["key"] for domain in life_domains()), OTHER)


def kind_labels() -> list[tuple[str, str]]:
    """Kinds of what can be shared, each with its words."""
    field = assets(Actor.anyone()).model._meta.get_field("kind")
    return [(str(value), str(label)) for value, label in field.flatchoices]


def kind_categories() -> tuple[str, ...]:
    return tuple(key for key, _words in kind_labels())


def _lines(things: QuerySet[Any], category: str) -> list[Line]:
    mine = things.filter(PEOPLE, record__in=counted()).order_by("pk")
    rows = mine.values_list("record__owner_id", category, *AREAS, *POINT)
    return [Line(owner, name or OTHER, (home, at, spot), (lat, lng)) for owner, name, home, at, spot, lat, lng in rows]


def _by_way(things: QuerySet[Any]) -> list[Line]:
    """What people share, once for each way it serves."""
    mine = things.filter(PEOPLE, record__in=counted()).order_by("pk")
    rows = list(mine.values_list("pk", "record__owner_id", *AREAS, *POINT))
    serves = ways_of(mine)
    return [
        Line(owner, way, (home, at, spot), (lat, lng))
        for pk, owner, home, at, spot, lat, lng in rows
        for way in sorted(serves[pk])
    ]


def _homes(lines: Sequence[Line], placer: Placer) -> dict[int, int]:
    """The one row in which each person stands: by their own area, else by the first thing they placed."""
    homes: dict[int, int] = {}
    around = placer.by_points([line.point for line in lines])
    for line, point in zip(lines, around, strict=True):
        named = [placer.by_area(area) for area in line.areas]
        row = next((row for row in (*named, point) if row is not None), None)
        if row is not None:
            homes.setdefault(line.owner, row)
    return homes


def _table(
    measure: str,
    categories: tuple[str, ...],
    lines: Iterable[Line],
    homes: dict[int, int],
    rows: list[Area],
    level: tuple[str, str],
) -> Table:
    """Distinct people by row and category, and by row."""
    people: dict[int, set[int]] = defaultdict(set)
    cells: dict[tuple[int, str], set[int]] = defaultdict(set)
    for line in lines:
        if line.owner in homes and line.category in categories:
            people[homes[line.owner]].add(line.owner)
            cells[homes[line.owner], line.category].add(line.owner)
    counts = {row.code: {name: len(cells[row.pk, name]) for name in categories} for row in rows}
    return Table(measure, *level, categories, counts, people={row.code: len(people[row.pk]) for row in rows})
