"""Somebody opens a group to speak in others' names: by a file, by a map they have left, by a pair that was merged."""

from __future__ import annotations

import json

import pytest

from alongside.exchange.geo import reading
from alongside.exchange.maps import actions
from alongside.exchange.maps.actions import Report
from alongside.ground.history.acting import Refused
from alongside.ground.people.actions import join, leave
from alongside.ground.people.models import Membership
from alongside.ground.places.models import Area
from alongside.ground.records.actions import let_through
from alongside.ground.records.models import Spot
from alongside.knowing.assets.models import Asset
from alongside.knowing.duplicates import actions as duplicates
from alongside.knowing.duplicates.models import LikelyPair
from alongside.knowing.maps import actions as maps
from alongside.knowing.maps import queries as map_queries
from tests.cast import MACHINE, Cast
from tests.knowing.test_duplicates import choir, listed

pytestmark = pytest.mark.django_db
SAID = "title,holder,words,key\nAdvice,{who},{words},advice-1\n"


def bring(cast: Cast, data: str, **more: bool) -> Report:
    """The connector brings a file in for her club."""
    by = cast.connector.actor
    row = actions.open_bringing(by=by, community=cast.lunch_club, name="offers", data=data.encode())
    report = actions.bring_in(by=by, bringing=row, **more)
    assert report is not None
    return report


def test_what_a_holder_let_stand_is_not_written_over_by_the_next_file(cast: Cast) -> None:
    """A file waits for a yes, gets it for harmless words, and comes again with others under the same key."""
    who = cast.agency.name
    assert bring(cast, SAID.format(who=who, words="Come by")).waiting == 1
    advice = Asset.objects.get()
    let_through(by=cast.steward.actor, record=advice.record)
    looked = actions.look(cast.lunch_club, SAID.format(who=who, words="Bring your bank card").encode())
    report = bring(cast, SAID.format(who=who, words="Bring your bank card"))
    advice.refresh_from_db()
    assert advice.words == "Come by" and (report.updated, report.unchanged) == (0, 1)
    assert (looked.updated, looked.unchanged, len(report.faults)) == (0, 1, 1)


def test_what_still_waits_may_be_put_right_and_goes_on_waiting(cast: Cast) -> None:
    who = cast.agency.name
    bring(cast, SAID.format(who=who, words="Come by"))
    before = Asset.objects.get().record.rev
    assert bring(cast, SAID.format(who=who, words="Come in")).updated == 1
    advice = Asset.objects.get()
    assert (advice.words, advice.record.state) == ("Come in", "held") and advice.record.rev > before


def test_nobody_speaks_for_an_organisation_that_was_here_before_them(cast: Cast) -> None:
    """An organisation from a published list has nobody here to say no: a steward looks first."""
    council = listed("Testford Baths", "Swimming").record.owner
    assert bring(cast, SAID.format(who=council.name, words="Pay me beforehand")).waiting == 1
    advice = Asset.objects.get(title="Advice")
    assert (advice.record.owner, advice.record.state) == (council, "held")


def geojson(**given: object) -> str:
    point = {"type": "Point", "coordinates": [-2.5912345, 51.4512345]}
    feature = {"type": "Feature", "id": "one", "geometry": point, "properties": {"title": "Bread", **given}}
    return json.dumps({"type": "FeatureCollection", "features": [feature]})


def test_a_file_puts_nobodys_home_on_the_map(cast: Cast) -> None:
    """A person named in a file was never asked how exactly they want to be found; nor sees a steward the point."""
    person = {"key": "p1", "kind": "person", "sort": "person", "name": "Joan Smith"}
    given = {"holder": person, "precision": "exact"}
    thing = reading.read(geojson(**given).encode()).things[0]
    assert thing.precision == "exact" and thing.holder is not None and thing.holder.kind == "person"
    bring(cast, geojson(**given))
    spot = Spot.objects.get()
    assert spot.precision == "cell" and (spot.shown_lat, spot.shown_lng) != (51.4512345, -2.5912345)


def test_a_file_invents_no_wards(cast: Cast) -> None:
    """The areas of this place stand in everybody's lists, so a group's file adds none."""
    named = {"kind": "ward", "edition": "2026", "code": "E05999999", "name": "Ring this number", "lat": 1, "lng": 1}
    assert bring(cast, geojson(area=named)).created == 1
    assert not Area.objects.filter(code="E05999999").exists()


def test_whoever_left_the_group_looks_after_its_map_no_more(cast: Cast) -> None:
    """A steward of a map speaks in the group's name, so that ends with belonging to it."""
    club, mair = cast.lunch_club, cast.resident
    map = maps.start(by=cast.connector.actor, community=club, title="Mill Street")
    asked = maps.vouch(by=cast.connector.actor, map=map, party=mair.party)
    maps.say_yes(by=mair.actor, stewardship=asked)
    leave(by=cast.connector.actor, membership=Membership.objects.get(member=mair.party, of=club, until=None))
    with pytest.raises(Refused):
        maps.write(by=mair.actor, map=map, title="Mine now")
    with pytest.raises(Refused):
        actions.open_bringing(by=mair.actor, community=club, name="offers", data=b"title\nAdvice\n")
    assert [row.party for row in map_queries.stewards(map)] == [cast.connector.party]


def test_a_map_whose_last_steward_left_the_group_falls_to_whoever_looks_after_it(cast: Cast) -> None:
    club, mair = cast.lunch_club, cast.resident
    map = maps.start(by=cast.connector.actor, community=club, title="Mill Street")
    with pytest.raises(Refused):
        maps.vouch(by=mair.actor, map=map, party=mair.party)
    join(by=cast.connector.actor, member=mair.party, of=club, role="keeper")
    with pytest.raises(Refused):
        maps.vouch(by=mair.actor, map=map, party=mair.party)
    leave(by=cast.connector.actor, membership=Membership.objects.get(member=cast.connector.party, of=club, until=None))
    assert maps.write(by=mair.actor, map=map, title="Ours").title == "Ours"


def test_a_steward_does_not_show_again_what_a_person_ended(cast: Cast) -> None:
    """She said that hers is the same as another and let hers go; only she brings it back."""
    mair = cast.resident
    own = choir(mair, mair.party)
    listed("Somebody")
    duplicates.look_for(by=MACHINE)
    pair = LikelyPair.objects.get()
    other = pair.other if pair.one_id == own.pk else pair.one
    merging = duplicates.merge(by=mair.actor, pair=pair, stays=other)
    with pytest.raises(Refused):
        duplicates.undo(by=cast.steward.actor, merging=merging)
    duplicates.undo(by=mair.actor, merging=merging)
    own.record.refresh_from_db()
    assert own.record.state == "live"
