"""Who was around me on one day and on another, side by side: the days that their owner kept, and what changed.

A look has opened the picture before any of this is read (`actions.read`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _

from alongside.ground.consent.queries import Sight
from alongside.knowing.networks.models import KeptNear, Near, Network, Said
from alongside.knowing.networks.policy import PART
from alongside.knowing.networks.queries import Person, Picture
from alongside.methods.rings import between, spots

Rows = Mapping[UUID, Said]


@dataclass(frozen=True)
class Kept:
    """A day that was kept, and how many stood on the rings."""

    day: date
    many: int


@dataclass(frozen=True)
class Then:
    """Somebody on one of the two days or on both."""

    number: int
    before: Said | None
    after: Said | None

    @property
    def now(self) -> Said:
        """As they were last said to be."""
        said = self.after or self.before
        assert said is not None
        return said

    @property
    def alike(self) -> bool:
        """Whether there is one thing to say of both days."""
        return self.before is not None and self.after is not None and facts(self.before) == facts(self.after)

    @property
    def facts_before(self) -> str:
        return facts(self.before) if self.before is not None else ""

    @property
    def facts_after(self) -> str:
        return facts(self.after) if self.after is not None else ""


@dataclass(frozen=True)
class Two:
    """Two days: the lists of what changed, and a picture of each with the same numbers."""

    lists: list[tuple[str, list[Then]]]
    before: Picture
    after: Picture


def facts(said: Said) -> str:
    """Where they stand, how often they are in touch and what they help with, on one line."""
    words = [said.get_ring_display()]
    if said.often:
        words.append(said.get_often_display())
    return " · ".join(str(one) for one in (*words, *(one.label for one in said.helps)))


def kept(sight: Sight, network: Network) -> list[Kept]:
    """The days that were kept, the latest first; none unless the look opened the picture."""
    if not sight.shows(PART):
        return []
    rows = KeptNear.objects.filter(network=network).order_by().values_list("day").annotate(many=Count("pk"))
    return [Kept(day, many) for day, many in sorted(rows, reverse=True)]


def side_by_side(sight: Sight, network: Network, before: date, after: date | None) -> Two | None:
    """How it was on a kept day beside a later kept one, or beside now. None for a day that is not there."""
    if not sight.shows(PART):
        return None
    then, later = _on(network, before), _on(network, after) if after is not None else _now(network)
    if not then or (after is not None and not later):
        return None
    change = between({one: said.ring for one, said in then.items()}, {one: said.ring for one, said in later.items()})
    numbers = {one: n for n, one in enumerate([*later, *change.gone], start=1)}
    titles = (
        _("Closer to you than before"),
        _("New in your picture"),
        _("Further out than before"),
        _("Not in your picture any more"),
        _("Where they were before"),
    )
    lists = [
        (title, [Then(numbers[one], then.get(one), later.get(one)) for one in keys])
        for title, keys in zip(titles, change, strict=True)
        if keys
    ]
    return Two(lists, _drawn(then, numbers), _drawn(later, numbers))


def _on(network: Network, day: date) -> Rows:
    return {one.was: one for one in KeptNear.objects.filter(network=network, day=day).order_by("ring", "pk")}


def _now(network: Network) -> Rows:
    return {one.key: one for one in Near.objects.filter(network=network).order_by("ring", "pk")}


def _drawn(rows: Rows, numbers: Mapping[UUID, int]) -> Picture:
    """The rings of one day. Who knew whom is not kept, so no line says it."""
    places = spots([said.ring for said in rows.values()])
    people = [Person(said, numbers[one], spot) for (one, said), spot in zip(rows.items(), places, strict=True)]
    return Picture(people, [], None, people)
