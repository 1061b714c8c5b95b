"""Open the one place this installation serves; bring in areas, their figures and what lies in what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.core.cache import cache
from django.db.models import Q
from django.utils.translation import gettext as _
from shapely import from_geojson, make_valid, to_geojson, union_all
from shapely.errors import GEOSException

from alongside.ground.history.acting import Fault, Refused, action
from alongside.ground.history.actor import Actor
from alongside.ground.people.actions import live_in
from alongside.ground.people.models import Party
from alongside.ground.places import policy
from alongside.ground.places.models import Area, AreaFigure, AreaKind, AreaWithin, Installation


@action("places.open")
def open_place(*, by: Actor, name: str, phone: str, **more: Any) -> Installation:
    """Say which place this is. There is one for each installation; the machine opens it at the start."""
    if not by.is_system:
        raise Refused(_("A place is opened from the command line."))
    place, _made = Installation.objects.update_or_create(pk=1, defaults={"name": name, "phone": phone, **more})
    cache.delete("installation")
    return place


AREA_FIELDS = ("name", "boundary", "west", "south", "east", "north", "lat", "lng")


@action("places.keep_areas", may=policy.may_keep)
def keep_areas(*, by: Actor, kind: str, edition: str, rows: Sequence[Mapping[str, Any]]) -> dict[str, list[int]]:
    """Bring in many areas of one kind and edition at once: `rows` hold a code and the fields of AREA_FIELDS.

    Gives the ids of areas `created`, `updated` and `unchanged`. An area that is in the house already keeps
    its id, so what points to it stays. Refuses whoever does not look after the place.
    """
    here = {area.code: area for area in Area.objects.filter(kind=kind, edition=edition)}
    new = [Area(kind=kind, edition=edition, **row) for row in rows if row["code"] not in here]
    changed: list[Area] = []
    same: list[Area] = []
    for row in rows:
        area = here.get(row["code"])
        if area is None:
            continue
        (same if all(getattr(area, name) == row[name] for name in AREA_FIELDS) else changed).append(area)
        for name in AREA_FIELDS:
            setattr(area, name, row[name])
    made = Area.objects.bulk_create(new)
    Area.objects.bulk_update(changed, AREA_FIELDS, batch_size=200)
    return {
        "created": [area.pk for area in made],
        "updated": [area.pk for area in changed],
        "unchanged": [area.pk for area in same],
    }


@action("places.keep_shares", may=policy.may_keep)
def keep_shares(*, by: Actor, touched: Collection[int], shares: Iterable[tuple[int, int, float]]) -> int:
    """Put the shares (part, whole, share) of the `touched` areas in place of those that stand. How many there are."""
    AreaWithin.objects.filter(Q(part__in=touched) | Q(whole__in=touched)).delete()
    rows = [AreaWithin(part_id=part, whole_id=whole, share=share) for part, whole, share in shares]
    return len(AreaWithin.objects.bulk_create(rows, batch_size=2000))


@action("places.keep_figures", may=policy.may_keep)
def keep_figures(
    *, by: Actor, values: Mapping[int, Mapping[str, float]], period: str = "", source: str = ""
) -> dict[str, int]:
    """Bring in official figures, `values[area id][measure]`. Gives how many were created, updated, unchanged."""
    here = {
        (area, measure): value
        for area, measure, value in AreaFigure.objects.filter(area__in=values, period=period).values_list(
            "area", "measure", "value"
        )
    }
    fresh = [
        AreaFigure(area_id=area, measure=measure, period=period, value=value, source=source)
        for area, row in values.items()
        for measure, value in row.items()
        if here.get((area, measure)) != value
    ]
    AreaFigure.objects.bulk_create(
        fresh,
        batch_size=2000,
        update_conflicts=True,
        unique_fields=["area", "measure", "period"],
        update_fields=["value", "source"],
    )
    updated = sum((figure.area_id, figure.measure) in here for figure in fresh)
    total = sum(map(len, values.values()))
    return {"created": len(fresh) - updated, "updated": updated, "unchanged": total - len(fresh)}


@action("places.draw_edge", may=policy.may_draw)
def draw_edge(*, by: Actor, party: Party, parts: Sequence[Area]) -> Area:
    """A community says which streets and areas are its own; their outline together becomes its edge.

    Edges may overlap. Drawing again replaces the edge. Raises Fault where nothing with a boundary is chosen.
    """
    shapes = [from_geojson(part.boundary) for part in parts if part.boundary]
    if not shapes:
        raise Fault("parts", _("Choose at least one area"))
    whole = union_all(shapes)
    west, south, east, north = whole.bounds
    inside = whole.representative_point()
    drawn = {"name": party.name, "boundary": to_geojson(whole), "lat": inside.y, "lng": inside.x}
    drawn |= {"west": west, "south": south, "east": east, "north": north}
    area, _made = Area.objects.update_or_create(kind=AreaKind.OWN, edition="own", code=str(party.key), defaults=drawn)
    live_in(by=by, party=party, area=area)
    return area


def outline(boundary: str) -> Area:
    """An edge that comes from a file, as `draw_edge` takes it; it is no area of this place. Writes nothing.

    Raises Fault for what has no surface.
    """
    try:
        shape = from_geojson(boundary)
    except (GEOSException, ValueError) as error:
        raise Fault("edge", _("The edge in this file cannot be read")) from error
    if shape.geom_type not in ("Polygon", "MultiPolygon") or shape.is_empty:
        raise Fault("edge", _("The edge in this file cannot be read"))
    return Area(boundary=to_geojson(make_valid(shape)))
