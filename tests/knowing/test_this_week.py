"""The front page shows what is on in the next days: everybody's to see, one of a holder, soonest first."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from alongside.ground.history.actor import Actor
from alongside.knowing.assets.actions import offer, withdraw
from alongside.knowing.assets.models import Asset
from alongside.knowing.assets.queries import on_in_the_week
from tests.cast import Cast, Somebody

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)


def activity(who: Somebody, title: str, days: str, audience: str = "everyone") -> Asset:
    start = timezone.make_aware(datetime(2026, 11, 2, 14, 0))
    when = (start, f"FREQ=WEEKLY;BYDAY={days}", 60, "")
    return offer(by=who.actor, holder=who.party, title=title, kind="activity", audience=audience, whens=[when])


def test_soonest_first_and_one_of_each_holder(cast: Cast) -> None:
    activity(cast.builder, "Wednesday songs", "WE")
    activity(cast.resident, "Monday walk", "MO")
    activity(cast.resident, "Tuesday walk", "TU")
    found = [(asset.title, day) for asset, day in on_in_the_week(Actor.anyone(), MONDAY)]
    assert found == [("Monday walk", MONDAY), ("Wednesday songs", MONDAY + timedelta(days=2))]


def test_what_is_not_for_all_or_over_is_not_there(cast: Cast) -> None:
    activity(cast.builder, "Private", "MO", audience="me")
    over = activity(cast.resident, "Over", "MO")
    withdraw(by=cast.resident.actor, asset=over)
    assert on_in_the_week(Actor.anyone(), MONDAY) == []


def test_the_front_page_shows_it_and_is_calm_without(client: Client, cast: Cast) -> None:
    assert "Happening this week" not in client.get("/").content.decode()
    activity(cast.builder, "Kettle on <b>", "MO,TU,WE,TH,FR,SA,SU")
    page = client.get("/").content.decode()
    assert "Happening this week" in page and "Kettle on &lt;b&gt;" in page and "Today" in page
