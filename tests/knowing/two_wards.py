"""A small place of two wards side by side, each with two streets, and people who live there."""

from __future__ import annotations

from shapely.geometry import box, mapping
from shapely.geometry.base import BaseGeometry

from alongside.ground.history.actor import Actor
from alongside.ground.people import actions as people
from alongside.ground.people.models import Party
from alongside.ground.places.actions import keep_areas, keep_figures, keep_shares
from alongside.ground.places.models import Area
from alongside.knowing.outcomes.actions import want

MACHINE = Actor.system("tests")


def row(code: str, name: str, shape: BaseGeometry) -> dict[str, object]:
    west, south, east, north = shape.bounds
    middle = shape.representative_point()
    edge = str(mapping(shape)).replace("(", "[").replace(")", "]").replace("'", '"').replace(",]", "]")
    return {
        "code": code, "name": name, "boundary": edge, "west": west, "south": south, "east": east,
        "north": north, "lat": middle.y, "lng": middle.x,
    }  # fmt: skip


def two_wards() -> tuple[Area, Area]:
    """Ashley in the west, where money is tight on one street of two, and Easton in the east."""
    wards = [row("W1", "Ashley", box(0, 51, 1, 52)), row("W2", "Easton", box(1, 51, 2, 52))]
    streets = [row(f"S{n}", f"Street {n}", box(n / 2, 51, n / 2 + 0.5, 52)) for n in range(4)]
    keep_areas(by=MACHINE, kind="ward", edition="2013", rows=wards)
    keep_areas(by=MACHINE, kind="lsoa", edition="2011", rows=streets)
    area = {one.code: one for one in Area.objects.all()}
    shares = [(area[f"S{n}"].pk, area[f"W{n // 2 + 1}"].pk, 1.0) for n in range(4)]
    keep_shares(by=MACHINE, touched=[one.pk for one in area.values()], shares=shares)
    tenths = {area[f"S{n}"].pk: {"population": 1000.0, "imd_decile": n + 2.0} for n in range(4)}
    keep_figures(by=MACHINE, values=tenths, source="ONS")
    return area["W1"], area["W2"]


def residents(many: int, area: Area | None) -> list[Party]:
    return [people.welcome(by=MACHINE, name=f"Somebody {n}", area=area) for n in range(many)]


def all_want(owners: list[Party], domain: str, *, countable: bool = True) -> None:
    for owner in owners:
        want(by=Actor(person=owner), owner=owner, words="Something of mine", domain=domain, countable=countable)
