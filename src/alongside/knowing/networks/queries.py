"""Find somebody's own picture of who is around them, and read what a look has opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q

from alongside.ground.consent.queries import Sight
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party
from alongside.ground.records.models import State
from alongside.ground.records.queries import visible_to
from alongside.knowing.assets.models import Asset, AssetKind
from alongside.knowing.assets.queries import held_by, on_in_the_week
from alongside.knowing.networks.models import Help, Knows, Near, Network, Often, Ring, Said
from alongside.knowing.networks.policy import PART
from alongside.methods.rings import RADII, SIZE, Spot, share_who_know, spots

NAMED = 14  # with more than these the picture shows numbers alone, and the list the names
SIGN = 44  # the side of a sign in the picture
EDGE = 70  # nearer to an edge than this a name is written inwards
MOST_ASKED = 6  # names from elsewhere that the page asks about at once
MOST_TO_JOIN = 3


def network_of(viewer: Actor, owner: Party) -> Network | None:
    """Somebody's own picture, as far as this viewer may see it."""
    seen = Network.objects.filter(record__in=visible_to(viewer), record__owner=owner)
    return seen.exclude(record__state=State.ENDED).select_related("record__owner").first()


@dataclass
class Person:
    """Somebody on a ring, with the number that ties the list to the picture, their place in it and whom they know."""

    near: Said
    number: int
    spot: Spot
    knows: list[str] = field(default_factory=list)

    @property
    def corner(self) -> Spot:
        """Where the sign begins: its upper left."""
        return Spot(self.spot.x - SIGN / 2, self.spot.y - SIGN / 2)

    @property
    def label(self) -> tuple[float, float, str]:
        """Where the name stands beneath the sign, and from which side it is written so that it stays in the picture."""
        x, y = self.spot
        if x < EDGE:
            return max(0.0, x - SIGN / 2), y + SIGN, "start"
        return (min(float(SIZE), x + SIGN / 2), y + SIGN, "end") if x > SIZE - EDGE else (x, y + SIGN, "middle")


@dataclass
class Picture:
    """The rings with everybody on them, or with those chosen by `only`; the list and the picture are made from the
    same rows, and nobody moves when a choice is made."""

    people: list[Person]
    arcs: list[tuple[Spot, Spot]]
    close_know: float | None  # of those close, the share of pairs who know each other
    everybody: list[Person] = field(default_factory=list)
    only: str = ""

    size, middle, radii = SIZE, SIZE / 2, RADII[::-1]

    @property
    def named(self) -> bool:
        return len(self.people) <= NAMED

    @property
    def by_ring(self) -> list[tuple[str, list[Person]]]:
        return [(str(ring.label), [one for one in self.people if one.near.ring == ring]) for ring in Ring]

    @property
    def close(self) -> list[Person]:
        return [one for one in self.everybody if one.near.ring == Ring.CLOSE]

    @property
    def choices(self) -> list[tuple[str, str, int]]:
        """What the rings can be narrowed to, with how many stand there; nothing that was said of nobody."""
        many = [(str(one), str(one.label), len(_those(self.everybody, one))) for one in (*Help, *Often)]
        return [one for one in many if one[2]]

    @property
    def rests_on(self) -> list[tuple[str, str]]:
        """What one person alone helps with, and who."""
        found = ((str(one.label), _those(self.everybody, one)) for one in Help)
        return [(words, those[0].near.name) for words, those in found if len(those) == 1]


def _those(people: Sequence[Person], only: str) -> list[Person]:
    """Those who help with this, or are in touch so often; everybody for a choice that there is not."""
    if only in Help.values:
        return [one for one in people if getattr(one.near, only)]
    return [one for one in people if one.near.often == only] if only in Often.values else list(people)


def picture(sight: Sight, network: Network, only: str = "") -> Picture:
    """Everybody on the rings, or those who help with `only` or are in touch so often; the closest first, and nothing
    unless the look opened it. Two statements."""
    if not sight.shows(PART):
        return Picture([], [], None)
    rows = list(Near.objects.filter(network=network).order_by("ring", "pk"))
    places = spots([row.ring for row in rows])
    people = {row.pk: Person(row, n, spot) for n, (row, spot) in enumerate(zip(rows, places, strict=True), start=1)}
    pairs = _pairs(list(people))
    for one, other in pairs:
        people[one].knows.append(people[other].near.name)
        people[other].knows.append(people[one].near.name)
    close = {row.pk for row in rows if row.ring == Ring.CLOSE}
    among = [(one, other) for one, other in pairs if {one, other} <= close]
    everybody = list(people.values())
    shown = _those(everybody, only)
    seen = {one.near.pk for one in shown}
    arcs = [(people[one].spot, people[other].spot) for one, other in pairs if {one, other} <= seen]
    return Picture(shown, arcs, share_who_know(len(close), among), everybody, only)


def known_to(near: Near) -> set[UUID]:
    """Keys of those whom somebody on the rings knows."""
    rows = Knows.objects.filter(Q(one=near) | Q(other=near)).select_related("one", "other")
    return {row.other.key if row.one_id == near.pk else row.one.key for row in rows}


def one_of(network: Network, key: UUID) -> Near | None:
    return Near.objects.filter(network=network, key=key).select_related("network__record__owner").first()


def others(network: Network, near: Near | None) -> list[Near]:
    """All on the rings but one."""
    rows = Near.objects.filter(network=network)
    return list(rows.exclude(pk=near.pk) if near is not None else rows)


def written_elsewhere(viewer: Actor, owner: Party, there: Sequence[Said]) -> list[str]:
    """People whom somebody wrote that they know, and who stand on no ring yet."""
    names = {one.name.casefold() for one in there}
    known = held_by(viewer, owner).filter(kind=AssetKind.RELATIONSHIP).order_by("pk")
    found = [asset.title[:80] for asset in known if asset.title[:80].casefold() not in names]
    return found[:MOST_ASKED]


def to_join(viewer: Actor, there: Sequence[Said], today: date) -> list[tuple[Asset, date]]:
    """Up to three things to join in on in the next seven days, soonest first, of others and not on the rings yet."""
    said, me = {one.name.casefold() for one in there}, viewer.party
    found: list[tuple[Asset, date]] = []
    for asset, day in on_in_the_week(viewer, today):
        name = asset.title[:80].casefold()
        if name not in said and (me is None or asset.record.owner_id != me.pk):
            said.add(name)
            found.append((asset, day))
    return found[:MOST_TO_JOIN]


def _pairs(ids: Sequence[int]) -> list[tuple[int, int]]:
    rows = Knows.objects.filter(one__in=ids, other__in=ids).order_by("pk")
    return list(rows.values_list("one", "other"))
