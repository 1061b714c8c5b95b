"""Whether this installation is open yet, and what stands in the way of opening it: real and invented never mix."""

from __future__ import annotations

from alongside.ground.people.models import Party
from alongside.ground.places.models import Installation
from alongside.site.commands import Told

BESIDE_DEMO = (
    "The invented place of Larkmere lives in this database, and real people never live beside invented ones.\n"
    "Set ALONGSIDE_HOME to another folder (or DATABASE_URL to another database) and run `alongside start` there."
)
BESIDE_REAL = (
    "This database belongs to {name}, a real place, and invented people never live beside real ones.\n"
    "Set ALONGSIDE_HOME to another folder and run `alongside demo` there."
)
NOT_EMPTY = "There are people in this database already. Use an empty one."


def is_open() -> bool:
    return Installation.objects.exists() or Party.objects.exists()


def refuse_start() -> None:
    """Raise Told unless a real place may be opened here."""
    place = Installation.objects.first()
    if place is not None and place.demo:
        raise Told(BESIDE_DEMO)
    if place is not None:
        raise Told(f"{place.name} is open already. There is one place for each installation.")
    if Party.objects.exists():
        raise Told(NOT_EMPTY)


def refuse_demo() -> None:
    """Raise Told unless the invented place may be made here."""
    place = Installation.objects.first()
    if place is not None and not place.demo:
        raise Told(BESIDE_REAL.format(name=place.name))
    if place is not None:
        raise Told("The invented place is here already. For another one, set ALONGSIDE_HOME to another folder.")
    if Party.objects.exists():
        raise Told(NOT_EMPTY)
