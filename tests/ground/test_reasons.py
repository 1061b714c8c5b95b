"""A steward sees what members see, and more only of one thing, for a reason that its holder reads at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alongside.ground.consent.actions import look_with_reason
from alongside.ground.consent.models import Look
from alongside.ground.consent.queries import looks_told
from alongside.ground.history.acting import Fault, Refused
from alongside.ground.notices.models import Notice
from alongside.ground.people.actions import note_facts
from alongside.ground.records.models import Record, State
from alongside.knowing.assets.actions import offer
from alongside.knowing.assets.models import Asset
from tests.cast import Cast

pytestmark = pytest.mark.django_db
WHY = "A neighbour rang: water comes through her wall."


@pytest.fixture
def bread(cast: Cast) -> Asset:
    assert cast.place.name
    note_facts(by=cast.resident.actor, party=cast.resident.party, phone="07700zqphone")
    return offer(
        by=cast.resident.actor,
        holder=cast.resident.party,
        kind="skill",
        title="Bread baking",
        audience="everyone",
        lat=51.4512345,
        lng=-2.5912345,
        address="9 zqdoor Street",
    )


def see_more(asset: Asset) -> str:
    return f"/desk/see-more/{asset.record.key}/"


def test_without_a_reason_a_steward_sees_what_members_see(cast: Cast, bread: Asset) -> None:
    client = cast.steward.client()
    for address in (f"/a/{bread.record.key}/", see_more(bread), f"/p/{cast.resident.party.key}/"):
        page = client.get(address).content.decode()
        assert "zqdoor" not in page and "zqphone" not in page and "Mair Pugh" not in page
    assert "See more, for a reason" in client.get(f"/a/{bread.record.key}/").content.decode()
    assert not Look.objects.exists()


def test_with_a_reason_it_opens_once_and_the_holder_is_told(cast: Cast, bread: Asset) -> None:
    client = cast.steward.client()
    page = client.post(see_more(bread), {"reason": WHY}).content.decode()
    assert "9 zqdoor Street" in page and "07700zqphone" in page and "Mair Pugh" in page and "51.45123" in page
    assert "zqdoor" not in client.get(see_more(bread)).content.decode(), "nothing stays open"
    assert {(look.part, look.reader, look.purpose) for look in Look.objects.all()} == {
        ("place", cast.steward.party, WHY),
        ("holder", cast.steward.party, WHY),
    }
    told = Notice.objects.get(to=cast.resident.party)
    assert WHY in told.body and "Pauline Webb" in told.body
    mine = cast.resident.client().get("/me/who-looked/").content.decode()
    assert "Pauline Webb" in mine and "Bread baking" in mine and mine.count(WHY.partition(":")[0]) == 1


def test_pressing_twice_looks_once(cast: Cast, bread: Asset) -> None:
    client = cast.steward.client()
    assert "zqdoor" in client.post(see_more(bread), {"reason": WHY, "key": "a"}).content.decode()
    again = client.post(see_more(bread), {"reason": WHY, "key": "a"}).content.decode()
    assert "zqdoor" not in again and "Give a reason again." in again
    assert Look.objects.count() == 2 and Notice.objects.count() == 1


def test_the_answer_is_kept_by_no_cache(cast: Cast, bread: Asset) -> None:
    assert "no-store" in cast.steward.client().post(see_more(bread), {"reason": WHY})["Cache-Control"]


@pytest.mark.parametrize("reason", ["", "  ", "because", "x" * 201, "\x00" * 30])
def test_a_reason_is_words(cast: Cast, bread: Asset, reason: str) -> None:
    page = cast.steward.client().post(see_more(bread), {"reason": reason}).content.decode()
    assert "zqdoor" not in page and not Look.objects.exists()
    with pytest.raises(Fault):
        look_with_reason(by=cast.steward.actor, record=bread.record, reason=reason)


def test_the_second_factor_comes_first(cast: Cast, bread: Asset) -> None:
    client = cast.steward.client(second_factor=False)
    answer = client.post(see_more(bread), {"reason": WHY})
    assert answer.status_code == 302 and "/app/" in answer["Location"]
    assert not Look.objects.exists()


def test_nobody_else_gives_a_reason(cast: Cast, bread: Asset) -> None:
    for somebody in (cast.outsider, cast.connector, cast.commissioner, cast.councillor):
        assert somebody.client().post(see_more(bread), {"reason": WHY}).status_code in (403, 404)
        with pytest.raises(Refused):
            look_with_reason(by=somebody.actor, record=bread.record, reason=WHY)
    with pytest.raises(Refused):
        look_with_reason(by=cast.outsider.helps(cast.steward), record=bread.record, reason=WHY)
    assert not Look.objects.exists()


def test_what_somebody_keeps_to_themselves_opens_for_no_reason(cast: Cast, bread: Asset) -> None:
    client = cast.steward.client()
    for change in ({"audience": "me"}, {"audience": "everyone", "state": State.ENDED}, {"state": State.ERASED}):
        Record.objects.filter(pk=bread.pk).update(**change)
        assert client.post(see_more(bread), {"reason": WHY}).status_code == 404
    assert not Look.objects.exists()


def test_a_steward_without_the_second_factor_opens_nothing_that_waits(cast: Cast, bread: Asset) -> None:
    """What waits stands on the desk alone, and its own page is closed to stewards as to all others."""
    Record.objects.filter(pk=bread.pk).update(state=State.HELD)
    for factor in (False, True):
        assert cast.steward.client(second_factor=factor).get(f"/a/{bread.record.key}/").status_code == 404
    assert cast.steward.client(second_factor=False).get("/desk/").status_code == 302
    assert "Bread baking" in cast.steward.client().get("/desk/").content.decode()


def test_who_looked_is_read_by_the_holder_alone(cast: Cast, bread: Asset) -> None:
    look_with_reason(by=cast.steward.actor, record=bread.record, reason=WHY)
    assert len(looks_told(cast.resident.actor)) == 1
    assert looks_told(cast.outsider.actor) == [] == looks_told(cast.anyone)
    assert WHY not in cast.outsider.client().get("/me/who-looked/").content.decode()


def test_who_looked_asks_no_more_the_more_was_looked_at(cast: Cast, bread: Asset) -> None:
    asked, mair = [], cast.resident
    for title in ("", "Songs", "Jam"):
        seen = offer(by=mair.actor, holder=mair.party, kind="skill", title=title).record if title else bread.record
        Look.objects.create(record=seen, reader=cast.steward.party, part="all", purpose=WHY)
        with CaptureQueriesContext(connection) as statements:
            told = looks_told(mair.actor)
        asked.append(len(statements))
    assert {one.thing for one in told} == {"Bread baking", "Songs", "Jam"} and asked[2] == asked[0]


def test_an_ended_audience_is_the_holders_alone_for_stewards_too(cast: Cast, bread: Asset) -> None:
    Record.objects.filter(pk=bread.pk).update(audience_until=timezone.now() - timedelta(minutes=1))
    assert cast.steward.client().get(f"/a/{bread.record.key}/").status_code == 404
    assert cast.steward.client().post(see_more(bread), {"reason": WHY}).status_code == 404
