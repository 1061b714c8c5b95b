"""People who never asked for it are written to so often and no more: by stewards of maps, by files, by lists."""

from __future__ import annotations

import pytest

from alongside.exchange.maps import actions as bringing
from alongside.exchange.maps import holding
from alongside.exchange.services import pointing
from alongside.exchange.services.models import LoadRun
from alongside.ground.history.acting import Refused
from alongside.ground.notices.models import Notice
from alongside.ground.people.actions import join
from alongside.ground.places.actions import draw_edge
from alongside.knowing.assets.actions import offer
from alongside.knowing.assets.models import Asset
from alongside.knowing.duplicates import actions as duplicates
from alongside.knowing.duplicates.models import LikelyPair
from alongside.knowing.maps import actions as maps
from alongside.knowing.maps.models import CommunityMap, MapPin, MapSteward
from tests.cast import MACHINE, Cast, Somebody
from tests.knowing.two_wards import two_wards

pytestmark = pytest.mark.django_db


@pytest.fixture
def map(cast: Cast) -> CommunityMap:
    west, _east = two_wards()
    draw_edge(by=cast.connector.actor, party=cast.lunch_club, parts=[west])
    cast.lunch_club.refresh_from_db()
    return maps.start(by=cast.connector.actor, community=cast.lunch_club, title="Mill Street")


def bread(who: Somebody) -> Asset:
    return offer(by=who.actor, holder=who.party, kind="skill", title="Bread", audience="everyone")


def told(who: Somebody) -> int:
    return Notice.objects.filter(to=who.party).count()


def test_leaving_off_and_asking_again_does_not_pester_one_person(cast: Cast, map: CommunityMap) -> None:
    record, denise = bread(cast.neighbour).record, cast.connector.actor
    with pytest.raises(Refused, match="Go on tomorrow"):
        for _turn in range(9):
            maps.leave_off(by=denise, map=map, record=record, reason="It only sells.")
            maps.put_on(by=denise, map=map, record=record)
    assert told(cast.neighbour) == maps.MOST_TO_ONE


def test_vouching_and_taking_it_back_does_not_either(cast: Cast, map: CommunityMap) -> None:
    join(by=cast.neighbour.actor, member=cast.neighbour.party, of=cast.lunch_club)
    for _turn in range(maps.MOST_TO_ONE):
        row = maps.vouch(by=cast.connector.actor, map=map, party=cast.neighbour.party)
        maps.step_down(by=cast.connector.actor, stewardship=row)
    with pytest.raises(Refused, match="Go on tomorrow"):
        maps.vouch(by=cast.connector.actor, map=map, party=cast.neighbour.party)
    assert told(cast.neighbour) == maps.MOST_TO_ONE
    assert not MapSteward.objects.filter(party=cast.neighbour.party, until=None).exists(), "and nothing was left open"


def test_a_steward_writes_to_so_many_in_a_day_and_another_steward_to_theirs(
    cast: Cast, map: CommunityMap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maps, "MOST", 2)
    things = [bread(cast.person(f"Neighbour {n}")).record for n in range(3)]
    for record in things[:2]:
        maps.put_on(by=cast.connector.actor, map=map, record=record)
    with pytest.raises(Refused):
        maps.put_on(by=cast.connector.actor, map=map, record=things[2])
    assert MapPin.objects.count() == 2
    MapSteward.objects.create(map=map, party=cast.resident.party, since=map.record.made)
    assert maps.put_on(by=cast.resident.actor, map=map, record=things[2]).state == "asked"


def test_what_is_one_s_own_takes_nothing_of_it(cast: Cast, map: CommunityMap, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maps, "MOST", 0)
    own = offer(
        by=cast.connector.actor, holder=cast.lunch_club, kind="activity", title="Lunch", audience="everyone"
    ).record
    assert maps.put_on(by=cast.connector.actor, map=map, record=own).state == "on"
    assert maps.leave_off(by=cast.connector.actor, map=map, record=own, reason="It is full.").state == "off"


def test_the_page_says_so_and_keeps_what_was_typed(
    cast: Cast, map: CommunityMap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maps, "MOST", 0)
    assert cast.place.name
    given = {"do": "leave_off", "address": f"/a/{bread(cast.neighbour).record.key}/", "reason": "It only sells."}
    page = cast.connector.client().post(f"/m/{map.record.key}/tend/", given)
    text = page.content.decode()
    assert page.status_code == 200 and "Go on tomorrow" in text and "It only sells." in text
    assert not MapPin.objects.exists() and told(cast.neighbour) == 0


def brought(cast: Cast, holder: str, rows: int, start: int = 0) -> bringing.Report:
    lines = [f"Advice {n},{holder}" for n in range(start, start + rows)]
    row = bringing.open_bringing(
        by=cast.connector.actor,
        community=cast.lunch_club,
        name="a.csv",
        data="\n".join(["title,holder", *lines]).encode(),
    )
    report = bringing.bring_in(by=cast.connector.actor, bringing=row)
    assert report is not None
    return report


def test_a_file_of_many_rows_writes_to_one_organisation_a_few_times(cast: Cast) -> None:
    name = cast.agency.name
    assert brought(cast, name, 8).waiting == 8, "all of it waits for them nonetheless"
    assert brought(cast, name, 8, start=8).waiting == 8
    assert Notice.objects.filter(to=cast.agency).count() == holding.MOST_TO_ONE
    assert Asset.objects.filter(record__owner=cast.agency, record__state="held").count() == 16


def test_a_community_s_files_write_to_so_many_in_a_day(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding, "MOST", 1)
    assert brought(cast, cast.agency.name, 2).waiting == 2
    assert Notice.objects.filter(to=cast.agency).count() == 1


def test_the_stewards_hear_of_a_few_lists_a_day_from_one_hand(cast: Cast) -> None:
    assert cast.place.name
    for hand in (cast.supplier, cast.outsider):
        for n in range(pointing.MOST_TOLD + 2):
            run = LoadRun.objects.create(name=f"List {n}", source="x", by=hand.party, state="checked")
            pointing.say_it_waits(by=MACHINE, run=run)
    assert told(cast.steward) == 2 * pointing.MOST_TOLD


def test_a_steward_asks_about_so_many_pairs_a_day(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duplicates, "MOST_ASKED", 1)
    records = [bread(who).record for who in (cast.neighbour, cast.outsider, cast.carer)]
    pairs = [
        LikelyPair.objects.create(one=one, other=other, score=0.9, reasons="same_words")
        for one, other in ((records[0], records[1]), (records[0], records[2]))
    ]
    duplicates.ask_holders(by=cast.steward.actor, pair=pairs[0])
    with pytest.raises(Refused, match="Go on tomorrow"):
        duplicates.ask_holders(by=cast.steward.actor, pair=pairs[1])
    pairs[1].refresh_from_db()
    assert pairs[1].state == "waiting" and told(cast.carer) == 0
