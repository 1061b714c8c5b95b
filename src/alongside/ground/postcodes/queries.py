"""Where somebody is who types a postcode or half of one, and whom to thank for knowing it. Open to everyone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, Exists, OuterRef
from django.db.models.functions import Length

from alongside.ground.history.actor import Actor
from alongside.ground.postcodes.models import Postcode, PostcodeFile, Publisher
from alongside.methods.distance import Point
from alongside.methods.postcode import Reading, has_digit, readings

WAYS = 3  # ways to read a half that are tried

THANKS = {
    Publisher.ONS: (
        "Contains OS data © Crown copyright and database right {year}",
        "Contains Royal Mail data © Royal Mail copyright and database right {year}",
        "Source: Office for National Statistics licensed under the Open Government Licence v.3.0",
    ),
    Publisher.OS: (
        "Contains OS data © Crown copyright and database right {year}",
        "Contains Royal Mail data © Royal Mail copyright and database right {year}",
        "Contains National Statistics data © Crown copyright and database right {year}",
    ),
    Publisher.OWN: ("{name}",),
}


@dataclass(frozen=True)
class Meant:
    """A postcode that somebody typed, as it is written; `whole` or only half of one.

    `point` is its place, of half of one the middle of all that begin like it; None where it is not known here.
    Then `wider` may be the half of it that is known.
    """

    shown: str
    whole: bool
    point: Point | None = None
    wider: str = ""


def meant(words: str) -> Meant | None:
    """The postcode these words mean, or None where they are none. A handful of questions to the database."""
    read = readings(words)
    if not read:
        return None
    whole = [one for one in read if one.whole]
    known = _points([one.start for one in whole]) if whole else {}
    for one in whole:
        if one.start in known:
            return Meant(one.shown, True, known[one.start])
    for one in [one for one in read if not one.whole][:WAYS]:
        point = _middle(one)
        if point:
            return Meant(one.shown, False, point)
    first = read[0]
    if not has_digit(words):
        return None  # letters alone are a postcode only where the table has it with O for 0 and I for 1
    return Meant(first.shown, first.whole, wider=_wider(first) if first.whole else "")


def known(codes: Collection[str]) -> dict[str, Point]:
    """Where these whole codes are, in capitals without their space; those that stand in the table. One statement."""
    return _points(sorted(codes)) if codes else {}


def any_known() -> bool:
    return Postcode.objects.exists()


def thanks() -> list[str]:
    """The lines that the licences of the loaded files ask for wherever their postcodes are used, each once."""
    in_use = PostcodeFile.objects.filter(Exists(Postcode.objects.filter(file=OuterRef("pk"))))
    said = [
        line.format(year=one.dated.year, name=one.name)
        for one in in_use.order_by("publisher", "-dated", "name")
        for line in THANKS[Publisher(one.publisher)]
    ]
    return list(dict.fromkeys(said))


def for_how_this_works(viewer: Actor, subject: object) -> dict[str, Any] | None:
    """The same lines for the page that explains the site; nothing where no postcodes are loaded."""
    lines = thanks()
    return {"lines": lines} if lines else None


def _points(codes: Sequence[str]) -> dict[str, Point]:
    rows = Postcode.objects.filter(code__in=codes).values_list("code", "lat", "lng")
    return {code: Point(lat, lng) for code, lat, lng in rows}


def _middle(half: Reading) -> Point | None:
    """The middle of all postcodes that begin so and have this length: capitals and digits sort alike everywhere."""
    rows = Postcode.objects.filter(code__range=(half.start, half.start + "ZZZZ")).annotate(long=Length("code"))
    found = rows.filter(long=half.length).aggregate(n=Count("code"), lat=Avg("lat"), lng=Avg("lng"))
    return Point(found["lat"], found["lng"]) if found["n"] else None


def _wider(whole: Reading) -> str:
    """The half of a whole postcode that is known: with the first of its last three if it can be."""
    for cut, said in ((2, whole.shown[:-2]), (3, whole.shown[:-4])):
        if _middle(Reading(whole.start[:-cut], whole.length, said, 0)):
            return said
    return ""
