"""What this place has and wants, area by area: what may be shown to anyone, put side by side.

Figures about people are read as published and never counted here. What groups and organisations offer to
everyone, and official figures, are open. Areas stand by name: this is a picture of a place, no league table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import F

from alongside.ground.history.acting import Fault
from alongside.ground.history.actor import Actor
from alongside.ground.places.models import Area
from alongside.ground.places.queries import best_whole, installation, sources_of
from alongside.ground.records.queries import SHOWN, everyones
from alongside.knowing.assessment.counting import OFFERING, WANTING, kind_categories, want_categories
from alongside.knowing.assessment.models import PublishedFigure, PublishedTable
from alongside.knowing.assessment.placing import Placer, level_here, rows_here
from alongside.knowing.assessment.setting import Setting, settings_of
from alongside.knowing.assessment.supply import HOLDERS, Supply, supply
from alongside.knowing.assets.queries import found, listed
from alongside.knowing.outcomes.queries import wishes

if TYPE_CHECKING:
    from alongside.knowing.assets.models import Asset
    from alongside.knowing.outcomes.models import Wish

Cells = dict[str, int | None]

MOST_LISTED = 24


@dataclass
class AreaFacts:
    """One area: its setting, what is on offer, and published figures about people (None where hidden)."""

    area: Area
    setting: Setting
    supply: Supply
    wanting: Cells = field(default_factory=dict)
    offering: Cells = field(default_factory=dict)

    @property
    def on_offer(self) -> int:
        return self.supply.total

    @property
    def heard(self) -> bool:
        """Whether ten people or more have said something that may be shown. Follows from shown figures alone."""
        return any(value is not None for value in (*self.wanting.values(), *self.offering.values()))

    @property
    def most_wanted(self) -> str:
        """The part of life that most people want something in, as far as it may be shown; else nothing."""
        shown = {key: value for key, value in self.wanting.items() if value is not None}
        return max(shown, key=lambda key: shown[key]) if shown else ""


@dataclass(frozen=True)
class PlaceFacts:
    """The whole place: its areas by name, what is on offer in all, and totals of what every area shows."""

    areas: list[AreaFacts]
    supply: Supply
    wanting: Cells
    offering: Cells

    @property
    def people(self) -> int | None:
        known = [one.setting.people for one in self.areas if one.setting.people]
        return sum(known) or None

    @property
    def without_place(self) -> int:
        """Things on offer that stand in none of the areas, because nobody has said where they are."""
        return self.supply.total - sum(one.on_offer for one in self.areas)

    def area(self, kind: str, code: str) -> AreaFacts | None:
        return next((one for one in self.areas if (one.area.kind, one.area.code) == (kind, code)), None)


def kept_level() -> tuple[str, str] | None:
    """Kind and edition of areas that figures about people were first published by, if they were."""
    return PublishedTable.objects.order_by("pk").values_list("level", "edition").first()


def place_facts() -> PlaceFacts:
    """Everything that may be shown to anyone about every area of this place."""
    rows = rows_here(level_here(kept_level()))
    settings = settings_of([row.pk for row in rows])
    on_offer, whole = supply(rows)
    facts = {row.pk: AreaFacts(row, settings[row.pk], on_offer[row.pk]) for row in rows}
    _published(facts)
    areas = list(facts.values())
    wanting = {name: _total([one.wanting for one in areas], name) for name in want_categories()}
    offering = {name: _total([one.offering for one in areas], name) for name in kind_categories()}
    return PlaceFacts(areas, whole, wanting, offering)


def areas_shown() -> tuple[tuple[str, str] | None, list[Area]]:
    """Kind and edition of the areas that this place is shown by, and those areas by name."""
    level = level_here(kept_level())
    return level, rows_here(level)


def rows_of(areas: Sequence[int | None]) -> list[int | None]:
    """For each area that somebody named, the id of the area shown that it mostly lies in."""
    placer = Placer(areas_shown()[1])
    return [placer.by_area(area) for area in areas]


def published(measure: str) -> dict[int, Cells]:
    """What may be shown to anyone of one measure, by area and category."""
    found: dict[int, Cells] = {}
    kept = PublishedFigure.objects.filter(row__table__measure=measure).order_by("pk")
    for area, category, value in kept.values_list("row__area", "category", "value"):
        found.setdefault(area, {})[category] = value
    return found


def sources() -> list[str]:
    """Where the official figures come from, each once."""
    return sources_of(("population", "imd_decile"))


def _published(facts: dict[int, AreaFacts]) -> None:
    """Set the figures about people beside the rest. A category that was never published is hidden."""
    for one in facts.values():
        one.wanting = dict.fromkeys(want_categories())
        one.offering = dict.fromkeys(kind_categories())
    kept = PublishedFigure.objects.filter(row__area__in=facts, value__isnull=False).order_by("pk")
    for measure, area, category, value in kept.values_list("row__table__measure", "row__area", "category", "value"):
        cells = {WANTING: facts[area].wanting, OFFERING: facts[area].offering}.get(measure, {})
        if category in cells:
            cells[category] = value


def _total(rows: Sequence[Cells], category: str) -> int | None:
    """The sum of a figure over areas, given only where every area shows it."""
    values = [row[category] for row in rows]
    known = [value for value in values if value is not None]
    return sum(known) if known and len(known) == len(values) else None


def around(facts: PlaceFacts, kind: str, code: str) -> AreaFacts | None:
    """The area of this place's level that most of another area lies in: a few streets, or an older ward."""
    code = code.replace("\x00", "")  # an address may hold what PostgreSQL refuses
    inner = Area.objects.filter(kind=kind, code=code).order_by("-edition").values_list("pk", flat=True).first()
    whole = best_whole([one.area.pk for one in facts.areas]).get(inner or 0)
    return next((one for one in facts.areas if one.area.pk == whole), None)


def things_here(viewer: Actor, area: Area) -> tuple[list[Asset], int]:
    """The first things by title that this viewer may see and whose shown place is here, and how many more."""
    shown = (
        found(viewer)
        .select_related(None)
        .filter(
            record__state__in=SHOWN,
            record__spot__shown_lat__range=(area.south, area.north),
            record__spot__shown_lng__range=(area.west, area.east),
        )
    )
    near = list(shown.order_by("title", "pk").values_list("pk", "record__spot__shown_lat", "record__spot__shown_lng"))
    inside = Placer([area]).by_points([(lat, lng) for _pk, lat, lng in near])
    here = [pk for (pk, _lat, _lng), row in zip(near, inside, strict=True) if row is not None]
    return listed(viewer, here[:MOST_LISTED]), max(len(here) - MOST_LISTED, 0)


def waiting_here(viewer: Actor, area: Area) -> list[Wish]:
    """Wishes from here that everyone may read and that still wait; first those that wait for somebody, oldest first."""
    public = wishes(viewer).filter(record__in=everyones()).select_related("waits_for", "record")
    placer = Placer([area])
    rows = public.order_by("pk").values_list("pk", "record__area_id")
    here = [pk for pk, named in rows if placer.by_area(named) is not None]
    there = public.filter(pk__in=here).order_by(F("waits_for").asc(nulls_last=True), "pk")
    return sorted(there[:MOST_LISTED], key=lambda wish: (wish.waits_for_id is None, wish.pk))


def assess(area: str = "") -> dict[str, Any]:
    """The assessment as data, for `alongside assess`: `figures[]` of area, measure, value and suppressed.

    `area` is a code or a name at the level of this place; nothing, or the place's own name, is all of it.
    Raises Fault where there is no such area.
    """
    facts, place = place_facts(), installation()
    words = " ".join(area.split()).casefold()
    whole = not words or (place is not None and words == place.name.casefold())
    chosen = [one for one in facts.areas if whole or words in (one.area.code.casefold(), one.area.name.casefold())]
    if not chosen and not whole:
        raise Fault("area", f"There is no area called '{area}' here. Use a name or code of a row of /place/.")
    figures = [figure for one in chosen for figure in _figures(one)]
    if whole:
        name = place.name if place else ""
        figures += _about(name, Setting(facts.people), facts.supply, facts.wanting, facts.offering)
    return {"area": place.name if whole and place else area, "figures": figures}


def _figures(one: AreaFacts) -> list[dict[str, Any]]:
    return _about(one.area.code, one.setting, one.supply, one.wanting, one.offering)


def _about(area: str, setting: Setting, on_offer: Supply, wanting: Cells, offering: Cells) -> list[dict[str, Any]]:
    """Every figure about one area; one about people says whether it is hidden."""
    known: Cells = {"population": setting.people, "least_well_off_fifth_pct": setting.tight}
    for holder in HOLDERS:
        known |= {f"{holder}.{kind}": on_offer.things[holder][kind] for kind in kind_categories()}
    people = {f"{WANTING}.{name}": value for name, value in wanting.items()}
    people |= {f"{OFFERING}.{name}": value for name, value in offering.items()}
    return [
        {"area": area, "measure": name, "value": value, "suppressed": False}
        for name, value in known.items()
        if value is not None
    ] + [{"area": area, "measure": name, "value": value, "suppressed": value is None} for name, value in people.items()]
