"""Somebody without an account tries to get words shown that no steward has looked at."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.ground.people.actions import rename
from alongside.ground.people.doors import DEVICE_COOKIE
from alongside.ground.records.actions import let_through
from alongside.ground.records.models import Record, State
from alongside.ground.records.queries import words_of
from alongside.knowing.assets.actions import change, offer
from alongside.knowing.assets.models import Asset
from tests.cast import Cast

pytestmark = pytest.mark.django_db
NASTY = "Something nobody should read"


@pytest.fixture
def held(cast: Cast) -> Asset:
    """What a passer-by offers to everyone, before a steward has looked."""
    assert cast.place.name
    somebody, _token = cast.passer_by
    rename(by=somebody.actor, party=somebody.party, name="Ann")
    return offer(
        by=somebody.actor,
        holder=somebody.party,
        kind="skill",
        title="Mending gates",
        audience="everyone",
        place_words="Behind the mill",
        whens=[(None, "", None, "Tuesdays at noon")],
        access=[("level", "Ring the bell")],
    )


def again(asset: Asset) -> Asset:
    return Asset.objects.select_related("record__owner", "record__community").get(pk=asset.pk)


def shown() -> str:
    return Client().get("/look-around/").content.decode()


def test_a_break_is_no_way_round_the_look(cast: Cast, held: Asset) -> None:
    somebody, token = cast.passer_by
    device = Client()
    device.cookies[DEVICE_COOKIE] = token
    let_through(by=cast.steward.actor, record=held.record)
    assert "Mending gates" in shown()
    device.post("/me/pause/", {"on": "yes"})
    change(by=somebody.actor, asset=again(held), title=NASTY)
    device.post("/me/pause/", {"on": "no"})
    assert NASTY not in shown()
    assert again(held).record.state == State.HELD


def test_what_was_changed_after_the_steward_read_it_waits_again(cast: Cast, held: Asset) -> None:
    somebody, _token = cast.passer_by
    steward = cast.steward.client()
    desk = steward.get("/desk/").content.decode()
    rev = Record.objects.get(pk=held.pk).rev
    assert f'name="seen" value="{rev}"' in desk
    change(by=somebody.actor, asset=again(held), title=NASTY)
    steward.post(f"/desk/{held.record.key}/let-through/", {"seen": rev})
    assert again(held).record.state == State.HELD and NASTY not in shown()
    steward.post(f"/desk/{held.record.key}/let-through/", {"seen": rev + 1})
    assert again(held).record.state == State.LIVE


def test_the_steward_reads_all_that_will_be_shown(cast: Cast, held: Asset) -> None:
    read = " ".join(words for _name, words in words_of(held.record))
    for words in ("Mending gates", "Behind the mill", "Tuesdays at noon", "Ring the bell"):
        assert words in read, f"a steward would let {words!r} through unseen"


def test_the_desk_asks_no_more_the_more_waits(cast: Cast, held: Asset) -> None:
    somebody, _token = cast.passer_by
    steward = cast.steward.client()
    asked = []
    for many in (1, 4):
        for n in range(many):
            offer(
                by=somebody.actor, holder=somebody.party, kind="skill", title=f"Gate {many} {n}", audience="everyone",
                access=[("level", "Ring the bell")], place_words="Behind the mill",
            )  # fmt: skip
        with CaptureQueriesContext(connection) as seen:
            page = steward.get("/desk/").content.decode()
        assert page.count("Ring the bell") == page.count("Behind the mill") == held.record.owner.records.count()
        asked.append(len(seen))
    assert asked[1] <= asked[0]
