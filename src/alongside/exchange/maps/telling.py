"""A thing of a file in the words that offering takes: how exactly it may be shown, and in which area it is."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from alongside.exchange.carrying.document import NamedArea, Thing
from alongside.exchange.maps.holding import MACHINE
from alongside.ground.people.models import Party
from alongside.ground.places.actions import keep_areas
from alongside.ground.places.models import Area, AreaKind
from alongside.ground.records.models import Precision
from alongside.knowing.assets.models import Unit


def exact(thing: Thing) -> bool:
    """What people wrote in a sheet has a key made from its words; what a program wrote has one of its own."""
    return not thing.key.startswith("said-")


def told_of(thing: Thing, holder: Party, *, kept: bool, whole: bool) -> dict[str, Any]:
    """A thing in the words that offering takes. Whoever was not asked how exactly they want to be found is shown by a
    few streets, whatever the file says; and only a whole map names areas that this place does not know."""
    open_door = Precision.CELL if holder.is_person else Precision.EXACT
    precision = thing.precision or (Precision.CELL if exact(thing) else open_door)
    if precision == Precision.EXACT and holder.is_person and not kept:
        precision = Precision.CELL
    whens = [(datetime.fromisoformat(t.starts) if t.starts else None, t.rrule, t.minutes, t.words) for t in thing.whens]
    names = ("kind", "title", "words", "cost", "cost_words", "open_to", "how", "website", "paid", "domains", "access")
    told = {name: getattr(thing, name) for name in (*names, "lat", "lng", "lang", "least_age", "most_age", "per_week")}
    return told | {
        "whens": whens,
        "precision": precision,
        "place_words": thing.place,
        "area": _area(thing.area, make=whole),
        "unit": thing.unit or Unit.MINUTES,
        "confirmed_on": date.fromisoformat(thing.confirmed_on) if thing.confirmed_on else None,
    }


def _area(named: NamedArea | None, *, make: bool) -> Area | None:
    """The area that a thing names; where this place does not know it, none, or one `make`d without an edge."""
    if named is None or named.kind not in AreaKind.values or named.kind == AreaKind.OWN:
        return None
    there = Area.objects.filter(kind=named.kind, edition=named.edition, code=named.code).first()
    if there is not None or not make:
        return there
    row = {"code": named.code, "name": named.name, "boundary": "", "lat": named.lat, "lng": named.lng}
    row |= dict.fromkeys(("west", "south", "east", "north"))
    keep_areas(by=MACHINE, kind=named.kind, edition=named.edition, rows=[row])
    return Area.objects.get(kind=named.kind, edition=named.edition, code=named.code)
