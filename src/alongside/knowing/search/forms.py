"""Reads what somebody asks of look around from its address; what is broken is left out, never an error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _

from alongside.ground.people.models import Kind
from alongside.ground.places.models import Area
from alongside.ground.places.queries import find_areas, official_areas
from alongside.ground.postcodes import queries as postcodes
from alongside.knowing.assets.models import Access, Cost
from alongside.knowing.assets.wording import weekdays
from alongside.knowing.lexicon.queries import way_choices
from alongside.knowing.outcomes.queries import domain_choices
from alongside.methods.distance import Point

LONGEST = 500
MOST_ABOUT = 6  # things that one question can be said to be about
FAR = ("1", "3", "8")  # kilometres: a short walk, two miles, five miles


@dataclass(frozen=True)
class Asked:
    """What was asked, cleaned; `place` is the area meant, `places` those it could be, `postcode` one that was typed
    where no area was. It stands in the address of the page and nowhere else."""

    words: str
    near: str
    place: Area | None
    places: tuple[Area, ...]
    chosen: dict[str, tuple[str, ...]]
    page: str
    needs: tuple[str, ...] = ()  # what works for this person, where they ticked to use it
    about: tuple[str, ...] = ()  # keys of what they say that these very words are about
    unmapped: bool = False  # a name was not known, and this place has no areas yet: none could be
    postcode: postcodes.Meant | None = None

    @property
    def spot(self) -> str:
        """What to call the place that it is near to; empty where none is known."""
        if self.postcode and self.postcode.point:
            return self.postcode.shown
        return self.place.name if self.place else ""

    @property
    def point(self) -> Point | None:
        if self.postcode:
            return self.postcode.point
        if self.place is None or self.place.lat is None or self.place.lng is None:
            return None
        return Point(self.place.lat, self.place.lng)

    @property
    def filters(self) -> dict[str, Any]:
        days = [int(day) for day in self.chosen["day"]]
        return {
            "domains": self.chosen["matters"],
            "ways": self.chosen["way"],
            "days": days,
            "parts": self.chosen["part"],
            "cost": self.chosen["cost"],
            "access": tuple(dict.fromkeys([*self.chosen["access"], *self.needs])),
            "kinds": self.chosen["by"],
            "km": self.km,
            "about": self.about,
        }

    @property
    def km(self) -> float | None:
        """The farthest that was ticked, where it is known from where."""
        return max((float(km) for km in self.chosen["far"]), default=None) if self.point else None

    def query(self, **change: str | tuple[str, ...]) -> str:
        """The address of the same question with something changed, from its first page."""
        query = QueryDict(mutable=True)
        given: dict[str, str | tuple[str, ...]] = {"words": self.words, "near": self.near, **self.chosen}
        given = given | {"about": self.about} | change
        given["of"] = given["words"] if given["about"] else ""
        for name, value in given.items():
            query.setlist(name, [value] if isinstance(value, str) and value else list(value))
        return query.urlencode()


class Choice(NamedTuple):
    value: str
    label: str
    chosen: bool


class Filter(NamedTuple):
    """One group of ticks beside the list."""

    name: str
    label: str
    choices: list[Choice]
    open: bool
    one: bool = False  # only one of them can be so


def read(query: QueryDict, needs: tuple[str, ...] = ()) -> Asked:
    """What the address asks. `needs` are what works for this person, kept on their side: the address only says
    whether to use them."""
    near = _clean(query.get("near", ""))
    postcode = postcodes.meant(near)
    places = () if postcode and postcode.point else _places(near)
    if places:
        postcode = None
    known = {name: [value for value, _label in choices] for name, _title, choices in _filters()}
    known |= {"by": list(Kind.values), "mine": ["yes"]}
    chosen = {
        name: tuple(dict.fromkeys(one for one in query.getlist(name) if one and one in values))
        for name, values in known.items()
    }
    place = _meant(near, places)
    used = needs if chosen["mine"] else ()
    words = _clean(query.get("words", ""))
    about = tuple(dict.fromkeys(query.getlist("about"))) if _clean(query.get("of", "")) == words else ()
    found = bool(places) or bool(postcode and postcode.point)
    none = bool(near) and not found and not official_areas().exists()
    return Asked(words, near, place, places, chosen, query.get("page", ""), used, about[:MOST_ABOUT], none, postcode)


def filters(asked: Asked) -> list[Filter]:
    """The groups of ticks; a group with something ticked stands open."""
    return [
        Filter(
            name,
            title,
            [Choice(value, label, value in (asked.chosen[name] or ("",))) for value, label in choices],
            bool(asked.chosen[name]) or (name == "access" and bool(asked.needs)),
            name == "far",
        )
        for name, title, choices in _filters()
        if name != "far" or asked.point
    ]


def _filters() -> list[tuple[str, str, list[tuple[str, str]]]]:
    costs = [(str(cost.value), str(cost.label)) for cost in (Cost.FREE, Cost.PAY_WHAT_YOU_CAN)]
    days = [(str(number), name) for number, name in enumerate(weekdays())]
    access = [(str(value), str(label)) for value, label in Access.choices]
    far = [_("A short walk"), _("Up to 2 miles"), _("Up to 5 miles")]
    parts = [("morning", _("Morning")), ("afternoon", _("Afternoon")), ("evening", _("Evening"))]
    return [
        ("matters", _("What matters"), domain_choices()),
        ("way", _("Way to feel well"), way_choices()),
        ("far", _("How far"), [("", _("Any distance")), *zip(FAR, far, strict=True)]),
        ("day", _("Which day"), days),
        ("part", _("Time of day"), parts),
        ("cost", _("Cost"), costs),
        ("access", _("Works for me"), access),
    ]


def _clean(text: str) -> str:
    return " ".join(text.replace("\x00", " ").split())[:LONGEST]


def _places(near: str) -> tuple[Area, ...]:
    """Areas that these words may mean. An address from our own list of places ends in its code."""
    name, _open, code = near.partition(" (")
    if not name:
        return ()
    found = tuple(find_areas(name))
    exact = tuple(area for area in found if code and area.code == code.rstrip(")"))
    return exact or found


def _meant(near: str, places: tuple[Area, ...]) -> Area | None:
    """The one that is meant: the only one, or the finest of those with exactly this name."""
    if len(places) == 1:
        return places[0]
    same = [area for area in places if area.name.casefold() == near.casefold()]
    return same[0] if len(same) == 1 else None
