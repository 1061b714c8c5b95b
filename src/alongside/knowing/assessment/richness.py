"""How much groups and organisations offer for the people of each few streets, and where there is least (box 7.3)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from alongside.ground.places.models import Area, AreaKind
from alongside.ground.places.queries import official, parts_of
from alongside.ground.records.models import Precision
from alongside.knowing.assessment.placing import Placer
from alongside.knowing.assessment.queries import areas_shown
from alongside.knowing.assessment.whose import HOLDERS, open_things
from alongside.methods.richness import Fifth, Place, fifths, least, rate, within_walk

FIELDS = ("record__owner__kind", "record__spot__precision", "record__spot__shown_lat", "record__spot__shown_lng")
NOWHERE = (None, None)


@dataclass(frozen=True)
class Row:
    """One small area with its figures, and the larger area that most of it lies in."""

    area: Area
    whole: Area | None
    place: Place

    @property
    def by_holder(self) -> list[int]:
        return [self.place.things[holder] for holder in HOLDERS]


@dataclass(frozen=True)
class Richness:
    """Every small area of this place, put together by fifth, and those with least; `unplaced` things say no street."""

    rows: list[Row]
    fifths: list[Fifth]
    least: list[Row]
    things: int
    unplaced: int

    @property
    def people(self) -> int:
        return sum(row.place.people or 0 for row in self.rows)

    @property
    def rate(self) -> float | None:
        """Of the whole place: what has a street, for 1,000 people."""
        return rate(self.things - self.unplaced, self.people)


def richness() -> Richness:
    """What is on offer to everyone for the people of each few streets. Nothing of a person comes in, and nothing that
    says no more of its place than the name of an area: that would stand in whatever street is in its middle."""
    rows, wholes = _small_areas()
    figures = official([row.pk for row in rows], ("population", "imd_decile"))
    lines = list(open_things().values_list(*FIELDS))
    points = [NOWHERE if line[1] == Precision.AREA else (line[2], line[3]) for line in lines]
    things: dict[int, Counter[str]] = defaultdict(Counter)
    placed = 0
    for line, row in zip(lines, Placer(rows).by_points(points), strict=True):
        if row is not None:
            things[row][line[0]] += 1
            placed += 1
    near = within_walk([(row.lat, row.lng) for row in rows], points)
    found = [
        Row(row, wholes.get(row.pk), _place(row, figures.get(row.pk, {}), things[row.pk], walk))
        for row, walk in zip(rows, near, strict=True)
    ]
    places = [row.place for row in found]
    by_code = {row.place.code: row for row in found}
    fewest = [by_code[one.code] for one in least(places)]
    return Richness(found, fifths(places), fewest, len(lines), len(lines) - placed)


def _place(row: Area, known: dict[str, float], things: Counter[str], near: int | None) -> Place:
    people, tenth = known.get("population"), known.get("imd_decile")
    return Place(
        row.code,
        None if people is None else round(people),
        None if tenth is None else round(tenth),
        {holder: things[holder] for holder in HOLDERS},
        near,
    )


def _small_areas() -> tuple[list[Area], dict[int, Area]]:
    """The small areas of one edition in the areas this place is shown by, each with the one it mostly lies in: of the
    newest edition for which anybody knows how many live there, else the newest. Where none are loaded, the areas that
    the place is shown by."""
    _level, shown = areas_shown()
    by_id = {row.pk: row for row in shown}
    wholes = {part: by_id[whole] for whole, part, share in parts_of(list(by_id), AreaKind.LSOA) if share >= 0.5}
    small = list(Area.objects.filter(pk__in=wholes).order_by("name", "code", "pk"))
    editions = sorted({row.edition for row in small}, reverse=True)
    told = {edition for edition in editions if _is_told([row for row in small if row.edition == edition])}
    chosen = next((edition for edition in editions if edition in told), editions[0] if editions else "")
    return ([row for row in small if row.edition == chosen], wholes) if small else (shown, {})


def _is_told(rows: Sequence[Area]) -> bool:
    return any("population" in figures for figures in official([row.pk for row in rows], ("population",)).values())


def as_data(found: Richness) -> dict[str, Any]:
    """The same figures for anyone to use, an object for every small area."""
    areas = [
        {
            "area": row.place.code,
            "edition": row.area.edition,
            "name": row.area.name,
            "within": row.whole.name if row.whole else "",
            "population": row.place.people,
            "imd_decile": row.place.tenth,
            **row.place.things,
            "per_1000": row.place.rate,
            "within_800_m": row.place.near,
        }
        for row in found.rows
    ]
    by_fifth = [
        {"imd_fifth": one.fifth, "areas": one.areas, "population": one.people, **one.things, "per_1000": one.rate}
        for one in found.fifths
    ]
    return {"areas": areas, "fifths": by_fifth, "things": found.things, "without_a_street": found.unplaced}
