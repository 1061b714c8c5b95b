"""Where a home is shown: the middle of its few streets, always the same, however often anybody asks or saves."""

from __future__ import annotations

import math
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from alongside.ground.records.actions import shown_point
from alongside.ground.records.models import Precision, Spot, SpotExact
from alongside.knowing.assets.actions import change, offer
from alongside.knowing.assets.forms import Where
from alongside.knowing.assets.models import Asset
from alongside.knowing.search.queries import look_around
from tests.cast import Cast

HOME = (51.4512345, -2.5912345)
lats = st.floats(-60, 70, allow_nan=False)
lngs = st.floats(-179, 179, allow_nan=False)


def point(asset: Asset) -> tuple[Any, Any]:
    spot = Spot.objects.get(pk=asset.pk)
    return spot.shown_lat, spot.shown_lng


def at_home(cast: Cast, title: str = "Bread", **more: Any) -> Asset:
    lat, lng = HOME
    who = cast.resident
    given = {"kind": "skill", "audience": "everyone", "lat": lat, "lng": lng} | more
    return offer(by=who.actor, holder=who.party, title=title, **given)


@given(lats, lngs)
def test_the_same_home_shows_the_same_point_and_never_the_door(lat: float, lng: float) -> None:
    shown = {shown_point(lat, lng, Precision.CELL, None) for _turn in range(3)}
    assert len(shown) == 1 and (lat, lng) not in shown


@given(lats, lngs)
def test_what_is_shown_shows_itself_again(lat: float, lng: float) -> None:
    """Blurring the blurred tells nothing new, so that no chain of savings walks towards a home."""
    once = shown_point(lat, lng, Precision.CELL, None)
    assert once is not None
    again = shown_point(*once, Precision.CELL, None)
    assert again is not None and math.dist(once, again) < 1e-9


@pytest.mark.django_db
def test_many_things_at_one_home_stand_at_one_point(cast: Cast) -> None:
    things = [at_home(cast, f"Thing {n}") for n in range(12)]
    assert len({point(one) for one in things}) == 1 and point(things[0]) != HOME


@pytest.mark.django_db
def test_to_and_fro_between_answers_narrows_nothing(cast: Cast) -> None:
    asset = at_home(cast)
    first, seen = point(asset), set()
    lat, lng = HOME
    for precision in ("cell", "area", "cell", "area", "cell"):
        change(by=cast.resident.actor, asset=asset, lat=lat, lng=lng, precision=precision)
        seen.add(point(asset))
    assert seen == {first, (None, None)}


@pytest.mark.django_db
def test_saving_other_words_leaves_the_point(cast: Cast) -> None:
    asset = at_home(cast)
    first = point(asset)
    for title in ("Buns", "Cakes"):
        change(by=cast.resident.actor, asset=asset, title=title)
    assert point(asset) == first


@pytest.mark.django_db
def test_a_closer_blur_counts_at_once_in_every_list(cast: Cast) -> None:
    """Shown by its name for a day, then blurred: nothing that answers holds the door any more."""
    asset = at_home(cast, precision="exact", place_words="9 zqdoor Street")
    assert point(asset) == HOME
    lat, lng = HOME
    change(by=cast.resident.actor, asset=asset, lat=lat, lng=lng, precision="cell", place_words="")
    assert point(asset) == shown_point(lat, lng, Precision.CELL, None)
    [result] = look_around(cast.anyone, "bread").results
    assert (result.asset.record.spot.shown_lat, result.asset.record.spot.shown_lng) == point(asset)
    for address in ("/look-around/?words=bread", f"/a/{asset.record.key}/"):
        page = Client().get(address).content.decode()
        assert "51.4512345" not in page and "zqdoor" not in page


@pytest.mark.django_db
def test_a_persons_thing_is_blurred_unless_they_say_otherwise(cast: Cast) -> None:
    asset = at_home(cast)
    assert Spot.objects.get(pk=asset.pk).precision == Precision.CELL
    assert Where().fields["precision"].initial == Precision.CELL == Spot._meta.get_field("precision").default
    assert SpotExact.objects.get(pk=asset.pk).lat == HOME[0]


@pytest.mark.django_db
def test_the_form_says_what_each_answer_shows(cast: Cast) -> None:
    assert cast.place.name
    page = cast.resident.client().get(f"/a/{at_home(cast).record.key}/where/").content.decode()
    assert page.count('<svg width="72"') == 3 and "hundreds of homes" in page
