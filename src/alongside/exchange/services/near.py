"""Services that say their postcode and no point: they are put where the postcode is, and said to be near there.

A postcode is some fifteen addresses: near enough to look around by, and no door. A point of the list's own wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import F

from alongside.exchange.services import policy
from alongside.exchange.services.models import ForeignId, ForeignKind
from alongside.exchange.services.records import PlaceRecord, ServiceRecord
from alongside.ground.history.acting import action, note_many
from alongside.ground.history.actor import Actor
from alongside.ground.postcodes.queries import known
from alongside.ground.records import actions as records
from alongside.ground.records.models import Record, SpotExact
from alongside.methods.distance import Point
from alongside.methods.postcode import exact

Points = Mapping[str, Point]
BATCH = 1_000


def code_of(place: PlaceRecord) -> str:
    """The postcode of a place where something happens, in capitals without its space; empty where it says none."""
    return (exact(place.postcode) or _last(place.address)) if place.kind == "physical" else ""


def points(services: Iterable[ServiceRecord]) -> Points:
    """Where the postcodes of those services are that have no point, as far as they are known. One statement at most."""
    pointless = (one for one in services if one.first_point is None)
    return known({code for one in pointless for place in one.places if (code := code_of(place))})


@action("services.place_by_postcode", may=policy.may_load)
def place_by_postcode(*, by: Actor) -> int:
    """Once postcodes have come in: services of lists that stand on no map yet, and whose address ends in a postcode
    that is known now, are put near there. How many. What its holder has changed here is left as they have it."""
    links = ForeignId.objects.filter(kind=ForeignKind.SERVICE, gone=None, rev=F("record__rev"))
    here = SpotExact.objects.filter(record__in=links.values("record"), lat=None, record__spot__shown_lat=None)
    held = Record.objects.select_for_update(no_key=True).filter(pk__in=here.exclude(address="").values("record"))
    list(held.order_by("pk").values_list("pk"))  # whoever moves one at this moment goes first, or waits
    rows = here.exclude(address="").select_related("record__spot__area").order_by("pk")
    codes = {row.pk: code for row in rows if (code := _last(row.address))}
    where = known(set(codes.values()))
    placed = {
        row.pk: records.PublicPlace(
            where[code].lat, where[code].lng, row.record.spot.shown_words, row.address, row.record.spot.area, near=True
        )
        for row in rows
        if (code := codes.get(row.pk, "")) in where
    }
    pks = list(placed)
    for at in range(0, len(pks), BATCH):
        records.put_many(by=by, places={pk: placed[pk] for pk in pks[at : at + BATCH]})
        note_many("services.place_by_postcode", by, pks[at : at + BATCH])
    return len(placed)


def _last(address: str) -> str:
    return exact(address.rpartition(",")[2])
