"""A service of a list with a postcode and no point is put near its postcode, and says so wherever it is shown."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from alongside.exchange.openreferral.passing import changed
from alongside.exchange.openreferral.shapes import places
from alongside.exchange.services import actions
from alongside.exchange.services.models import ForeignId
from alongside.ground.history.acting import Refused
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event
from alongside.ground.postcodes.models import Postcode, PostcodeFile
from alongside.ground.records.models import Spot, SpotExact
from alongside.knowing.assets.models import Asset
from alongside.knowing.assets.wording import place_said
from tests.cast import Cast
from tests.exchange.feeds import as_bytes, nested

pytestmark = pytest.mark.django_db
MACHINE = Actor.system("tests")
HALL = (51.4712, -2.6011)


def load(*services: Any) -> Any:
    return actions.load(by=MACHINE, source="The Alderbrook directory", data=as_bytes(list(services)))


def pointless(n: int, **location: Any) -> Any:
    """A service whose place has an address and no point."""
    service = nested(n)
    place = service["service_at_locations"][0]["location"] | location
    service["service_at_locations"][0]["location"] = {
        name: value for name, value in place.items() if name not in ("latitude", "longitude")
    }
    return service


def know(code: str = "ZZ11AA", point: tuple[float, float] = HALL) -> None:
    file = PostcodeFile.objects.create(publisher="own", name="Ours", dated="2026-01-01")
    Postcode.objects.create(code=code, lat=point[0], lng=point[1], file=file)


def asset(n: int) -> Asset:
    link = ForeignId.objects.get(foreign=f"nested-{n}", kind="service")
    return Asset.objects.select_related("record__owner", "record__spot").get(pk=link.record_id)


def test_it_is_put_near_when_it_comes_in_and_says_so_in_both_languages() -> None:
    know()
    load(pointless(1), nested(2))
    near, exact = asset(1), asset(2)
    spot = near.record.spot
    assert (spot.shown_lat, spot.shown_lng, spot.precision, spot.from_postcode) == (*HALL, "cell", True)
    assert spot.cell7 and spot.cell9
    assert SpotExact.objects.get(pk=near.pk).lat is None, "the exact point is not known"
    assert place_said(near.record).endswith("ZZ1 1AA (on the map: near, from the postcode)")
    with translation.override("cy"):
        assert place_said(near.record).endswith("(ar y map: gerllaw, o'r cod post)")
    other = exact.record.spot
    assert (other.shown_lat, other.precision, other.from_postcode) == (51.452, "exact", False), "its own point wins"
    assert "postcode" not in place_said(exact.record)


def test_our_feed_says_near_and_the_list_s_own_words_pass_unchanged() -> None:
    know()
    given = pointless(1)
    load(given)
    assert places(asset(1))[0]["location"]["description"] == "The point is near, from the postcode."
    assert changed(given, asset(1)) == [], "that we know the postcode changes nothing of what the list said"


def test_without_the_postcode_it_waits_and_comes_on_the_map_with_it() -> None:
    load(pointless(1), pointless(3), nested(2))
    assert asset(1).record.spot.shown_lat is None
    assert actions.place_by_postcode(by=MACHINE) == 0, "nothing is known yet"
    know()
    rev = asset(1).record.rev
    Asset.objects.filter(pk=asset(3).pk).update(title="Said anew by its holder")
    record = asset(3).record
    type(record).objects.filter(pk=record.pk).update(rev=record.rev + 1)
    assert actions.place_by_postcode(by=MACHINE) == 1
    spot = asset(1).record.spot
    assert (spot.shown_lat, spot.shown_lng, spot.from_postcode) == (*HALL, True)
    assert spot.shown_words.startswith("Village hall") and asset(1).record.rev == rev, "its words are as they were"
    assert asset(3).record.spot.shown_lat is None, "what its holder has changed here is theirs"
    assert Event.objects.filter(verb="services.place_by_postcode", record_id=asset(1).pk).count() == 1
    assert actions.place_by_postcode(by=MACHINE) == 0, "once is enough"
    report = load(pointless(1), pointless(3), nested(2))
    assert (report.unchanged, report.updated) == (3, 0)


def test_a_point_that_the_list_gives_later_takes_its_place() -> None:
    know()
    load(pointless(1))
    load(nested(1))
    spot = Spot.objects.get(pk=asset(1).pk)
    assert (spot.shown_lat, spot.precision, spot.from_postcode) == (51.451, "exact", False)
    assert SpotExact.objects.get(pk=spot.pk).lat == 51.451


@pytest.mark.parametrize("location", [{"location_type": "virtual"}, {"addresses": []}])
def test_what_happens_nowhere_stands_nowhere(location: dict[str, Any]) -> None:
    know()
    load(pointless(1, **location))
    assert not Spot.objects.exclude(shown_lat=None).exists()


def test_only_a_steward_and_the_machine_place_them(cast: Cast) -> None:
    for by in (cast.resident.actor, cast.supplier.actor, Actor.anyone()):
        with pytest.raises(Refused):
            actions.place_by_postcode(by=by)
