"""A community owns its map: its edge and its rules, stewards who said yes, and things that stay their holders'."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.models import Event
from alongside.ground.notices.models import Notice
from alongside.ground.people.actions import block, join, welcome
from alongside.ground.people.models import Kind, Sort
from alongside.ground.places.actions import draw_edge
from alongside.ground.records.actions import holding_of
from alongside.knowing.assets.actions import change, offer, withdraw
from alongside.knowing.assets.models import Asset
from alongside.knowing.maps import actions, queries
from alongside.knowing.maps.models import CommunityMap, MapSteward, PinState
from tests.cast import Cast, Somebody
from tests.knowing.two_wards import two_wards

pytestmark = pytest.mark.django_db
CHARTER = {
    "may_stand": "What a neighbour shares",
    "may_not": "Only selling",
    "decides": "Two agree",
    "objects_how": "Ring us",
}


@pytest.fixture
def map(cast: Cast) -> CommunityMap:
    """The lunch club's map, with an edge round the western ward."""
    west, _east = two_wards()
    draw_edge(by=cast.connector.actor, party=cast.lunch_club, parts=[west])
    cast.lunch_club.refresh_from_db()
    return actions.start(by=cast.connector.actor, community=cast.lunch_club, title="Mill Street", **CHARTER)


def thing(who: Somebody, title: str, lng: float | None = 0.5, audience: str = "everyone", **more: object) -> Asset:
    place = {"lat": 51.5, "lng": lng} if lng is not None else {}
    return offer(by=who.actor, holder=who.party, kind="skill", title=title, audience=audience, **place, **more)


def titles(cast: Cast, map: CommunityMap, chosen: list[str] | None = None, viewer: Somebody | None = None) -> list[str]:
    actor = viewer.actor if viewer else cast.anyone
    return [asset.title for asset in queries.standing(actor, map, queries.laid(map, chosen))]


def test_whoever_looks_after_a_community_starts_its_map_and_is_its_first_steward(cast: Cast, map: CommunityMap) -> None:
    assert [row.party for row in queries.stewards(map)] == [cast.connector.party]
    assert Event.objects.filter(verb="maps.start", actor=cast.connector.party).exists()
    assert queries.map_of(cast.anyone, cast.lunch_club) == map


@pytest.mark.parametrize("who", ["resident", "outsider", "steward"])
def test_nobody_else_starts_it(cast: Cast, who: str) -> None:
    """Not a member, not a stranger, and not the steward of the place: it is the community's own."""
    with pytest.raises(Refused):
        actions.start(by=getattr(cast, who).actor, community=cast.lunch_club, title="Ours")


def test_a_household_an_organisation_and_a_page_in_waiting_have_no_map(cast: Cast) -> None:
    home = welcome(by=cast.resident.actor, name="Us", kind=Kind.COMMUNITY, sort=Sort.HOUSEHOLD)
    for party, who in ((home, cast.resident), (cast.agency, cast.supplier)):
        with pytest.raises(Refused):
            actions.start(by=who.actor, community=party, title="Ours")
    somebody, _token = cast.passer_by
    group = welcome(by=somebody.actor, name="New", kind=Kind.COMMUNITY, sort=Sort.GROUP)
    with pytest.raises(Refused):
        actions.start(by=somebody.actor, community=group, title="Ours")


def test_a_community_has_one_map_and_pressing_twice_starts_one(cast: Cast, map: CommunityMap) -> None:
    with pytest.raises(Fault):
        actions.start(by=cast.connector.actor, community=cast.lunch_club, title="Another")
    assert CommunityMap.objects.count() == 1


def test_what_lies_inside_the_edge_stands_on_the_map(cast: Cast, map: CommunityMap) -> None:
    thing(cast.neighbour, "Mending inside")
    thing(cast.neighbour, "Mending outside", lng=1.5)
    thing(cast.neighbour, "Nowhere", lng=None)
    thing(cast.neighbour, "Only mine", audience="me")
    assert titles(cast, map) == ["Mending inside"]


def test_what_the_community_offers_itself_stands_there_wherever_it_is(cast: Cast, map: CommunityMap) -> None:
    offer(by=cast.connector.actor, holder=cast.lunch_club, kind="activity", title="Lunch", audience="everyone")
    assert titles(cast, map) == ["Lunch"]


def test_what_is_taken_back_or_withdrawn_from_view_goes_at_once(cast: Cast, map: CommunityMap) -> None:
    one, two = thing(cast.neighbour, "One"), thing(cast.neighbour, "Two")
    withdraw(by=cast.neighbour.actor, asset=one)
    change(by=cast.neighbour.actor, asset=two, audience="me")
    assert titles(cast, map) == []


def test_blocked_people_see_nothing_of_each_other_here_either(cast: Cast, map: CommunityMap) -> None:
    thing(cast.neighbour, "Mending")
    block(by=cast.neighbour.actor, other=cast.outsider.party)
    assert titles(cast, map, viewer=cast.outsider) == []
    assert titles(cast, map, viewer=cast.resident) == ["Mending"]


def test_layers_are_switched_by_visitors_and_ordered_by_stewards(cast: Cast, map: CommunityMap) -> None:
    thing(cast.neighbour, "Mending")
    offer(by=cast.connector.actor, holder=cast.lunch_club, kind="activity", title="Lunch", audience="everyone")
    assert titles(cast, map, ["groups"]) == ["Lunch"]
    actions.lay(by=cast.connector.actor, map=map, order=["groups", "people"], shown=["groups"])
    assert [one.layer.key for one in queries.laid(map)][:2] == ["groups", "people"]
    assert titles(cast, map) == ["Lunch"]
    assert titles(cast, map, ["people", "nonsense"]) == ["Mending"]
    with pytest.raises(Fault):
        actions.lay(by=cast.connector.actor, map=map, order=[], shown=["nonsense"])


def test_stewards_change_the_map_and_nobody_else_does(cast: Cast, map: CommunityMap) -> None:
    for who in (cast.resident, cast.outsider, cast.steward):
        for write in (
            lambda by: actions.write(by=by, map=map, title="Mine"),
            lambda by: actions.lay(by=by, map=map, order=[], shown=[]),
            lambda by: actions.vouch(by=by, map=map, party=cast.resident.party),
        ):
            with pytest.raises(Refused):
                write(who.actor)
    actions.write(by=cast.connector.actor, map=map, title="Ours", review_on=timezone.localdate() + timedelta(days=9))
    map.refresh_from_db()
    assert map.title == "Ours" and not queries.overdue(map)


@pytest.mark.parametrize(
    ("texts", "field"),
    [({"title": "  "}, "title"), ({"title": "A" * 201}, "title"), ({"title": "A", "may_not": "x" * 4001}, "may_not")],
)
def test_texts_that_do_not_fit_are_refused_by_name(cast: Cast, map: CommunityMap, texts: dict, field: str) -> None:
    with pytest.raises(Fault) as fault:
        actions.write(by=cast.connector.actor, map=map, **texts)
    assert fault.value.field == field


def test_a_steward_is_vouched_for_and_named_once_they_said_yes(cast: Cast, map: CommunityMap) -> None:
    asked = actions.vouch(by=cast.connector.actor, map=map, party=cast.resident.party)
    assert len(queries.stewards(map)) == 1
    assert Notice.objects.filter(to=cast.resident.party, link=f"/m/steward/{asked.key}/").exists()
    with pytest.raises(Refused):
        actions.write(by=cast.resident.actor, map=map, title="Too early")
    with pytest.raises(Refused):
        actions.say_yes(by=cast.connector.actor, stewardship=asked)
    actions.say_yes(by=cast.resident.actor, stewardship=asked)
    assert [row.party for row in queries.stewards(map)] == [cast.connector.party, cast.resident.party]
    actions.write(by=cast.resident.actor, map=map, title="Ours")


def test_only_members_are_vouched_for_and_nobody_who_wants_nothing_from_the_steward(
    cast: Cast, map: CommunityMap
) -> None:
    with pytest.raises(Fault):
        actions.vouch(by=cast.connector.actor, map=map, party=cast.outsider.party)
    block(by=cast.resident.actor, other=cast.connector.party)
    with pytest.raises(Fault):
        actions.vouch(by=cast.connector.actor, map=map, party=cast.resident.party)


def test_the_last_steward_stays_until_another_has_come(cast: Cast, map: CommunityMap) -> None:
    [first] = queries.stewards(map)
    with pytest.raises(Fault):
        actions.step_down(by=cast.connector.actor, stewardship=first)
    other = actions.vouch(by=cast.connector.actor, map=map, party=cast.resident.party)
    actions.say_yes(by=cast.resident.actor, stewardship=other)
    actions.step_down(by=cast.connector.actor, stewardship=first)
    assert [row.party for row in queries.stewards(map)] == [cast.resident.party]
    assert MapSteward.objects.get(pk=first.pk).until is not None


def test_something_from_outside_stands_there_once_its_holder_said_yes(cast: Cast, map: CommunityMap) -> None:
    away = thing(cast.neighbour, "Away", lng=1.5)
    pin = actions.put_on(by=cast.connector.actor, map=map, record=away.record)
    assert (pin.state, titles(cast, map)) == (PinState.ASKED, [])
    with pytest.raises(Refused):
        actions.answer(by=cast.outsider.actor, pin=pin, yes=True)
    actions.answer(by=cast.neighbour.actor, pin=pin, yes=True)
    assert titles(cast, map) == ["Away"]
    actions.answer(by=cast.neighbour.actor, pin=pin, yes=False)
    assert titles(cast, map) == []
    assert actions.put_on(by=cast.connector.actor, map=map, record=away.record).state == PinState.NO
    assert Notice.objects.filter(to=cast.neighbour.party).count() == 1


def test_a_no_holds_inside_the_edge_too(cast: Cast, map: CommunityMap) -> None:
    inside = thing(cast.neighbour, "Inside")
    pin = actions.put_on(by=cast.connector.actor, map=map, record=inside.record)
    actions.answer(by=cast.neighbour.actor, pin=pin, yes=False)
    assert titles(cast, map) == []


def test_what_is_left_off_stays_its_holder_s_who_is_told_why(cast: Cast, map: CommunityMap) -> None:
    shop = thing(cast.neighbour, "Loans")
    before = Asset.objects.filter(pk=shop.pk).values().get()
    with pytest.raises(Fault):
        actions.leave_off(by=cast.connector.actor, map=map, record=shop.record, reason="  ")
    pin = actions.leave_off(by=cast.connector.actor, map=map, record=shop.record, reason="It only sells.")
    assert titles(cast, map) == []
    assert Asset.objects.filter(pk=shop.pk).values().get() == before
    assert "It only sells." in Notice.objects.get(to=cast.neighbour.party).body
    actions.answer(by=cast.neighbour.actor, pin=pin, yes=True)
    assert titles(cast, map) == [], "a holder does not undo what the stewards decided"


def test_stewards_are_reminded_once_when_the_charter_is_due(cast: Cast, map: CommunityMap) -> None:
    today = timezone.localdate()
    CommunityMap.objects.update(review_on=today - timedelta(days=1))
    map.refresh_from_db()
    assert queries.overdue(map)
    with pytest.raises(Refused):
        actions.remind(by=cast.connector.actor)
    assert actions.remind(by=cast.anyone.system("nightly")) == 1
    assert actions.remind(by=cast.anyone.system("nightly")) == 0
    assert Notice.objects.filter(to=cast.connector.party, title__startswith="Time to look").count() == 1


def test_the_page_shows_map_list_charter_and_stewards_to_anyone(cast: Cast, map: CommunityMap, client) -> None:
    thing(cast.neighbour, "Mending <b>bikes</b>")
    page = client.get(f"/m/{map.record.key}/").content.decode()
    assert "Mending &lt;b&gt;" in page and "What a neighbour shares" in page and "Denise C" in page
    assert "Okafor" not in page
    data = json.loads(page.split('id="map-data"')[1].split(">", 1)[1].split("</script>")[0])
    assert [sign["n"] for sign in data["signs"]] == [1]
    assert data["boundaries"]["features"][0]["geometry"]["type"] == "Polygon"


def test_the_page_takes_any_layer_and_any_number_of_things_in_as_many_statements(
    cast: Cast, map: CommunityMap, client, django_assert_max_num_queries
) -> None:
    for number in range(12):
        thing(cast.neighbour, f"Thing {number}")
    client.get(f"/m/{map.record.key}/")
    with django_assert_max_num_queries(26):
        answer = client.get(f"/m/{map.record.key}/?layer=people&layer=%00%F0&layer=groups")
    assert answer.content.decode().count("results__body") == 12


def test_a_map_is_started_from_the_page_of_the_group(cast: Cast) -> None:
    client = cast.connector.client()
    assert "Start your own map" in client.get(f"/p/{cast.lunch_club.key}/").content.decode()
    address = f"/p/{cast.lunch_club.key}/map/"
    assert "Start the map" in client.get(address).content.decode()
    wrong = client.post(address, {"title": "", "may_not": "😀" * 10_000}).content.decode()
    assert "Enter a name for the map" in wrong and "😀" * 10_000 in wrong
    for _press in range(2):
        answer = client.post(address, {"title": "Ours", "key": "once"})
        assert answer.status_code == 302
    assert CommunityMap.objects.get().title == "Ours"
    assert client.get(address).status_code == 302
    assert "Start your own map" not in cast.outsider.client().get(f"/p/{cast.lunch_club.key}/").content.decode()
    assert cast.outsider.client().get(address).status_code == 404


def test_stewards_settle_everything_on_one_page(cast: Cast, map: CommunityMap) -> None:
    address, client = f"/m/{map.record.key}/tend/", cast.connector.client()
    away = thing(cast.neighbour, "Away", lng=1.5)
    page = client.get(address).content.decode()
    assert "Mair P." in page and "Pugh" not in page
    given = {"do": "write", "title": "Ours now", "review_on": "2020-01-01"}
    assert "still to come" in client.post(address, given).content.decode()
    for data in (
        {**given, "review_on": "2099-01-01"},
        {"do": "layers", "shown": ["groups"], "first": "groups"},
        {"do": "vouch", "who": str(cast.resident.party.key)},
        {"do": "put_on", "address": f"https://x.example/a/{away.record.key}/"},
        {"do": "leave_off", "address": f"/a/{away.record.key}/", "reason": "It only sells"},
        {"do": "hold", "days": "5"},
    ):
        answer = client.post(address, data)
        assert answer.status_code == 302, data
    map.refresh_from_db()
    assert map.title == "Ours now" and holding_of(cast.lunch_club) == 5
    wrong = client.post(address, {"do": "leave_off", "address": "nonsense"}).content.decode()
    assert "We do not know this address" in wrong
    assert "Say why" in client.post(address, {"do": "leave_off", "address": str(away.record.key)}).content.decode()
    assert client.post(address, {"do": "nonsense"}).status_code == 200
    assert cast.resident.client().get(address).status_code == 404


def test_questions_are_answered_by_whom_they_were_put_to(cast: Cast, map: CommunityMap) -> None:
    asked = actions.vouch(by=cast.connector.actor, map=map, party=cast.resident.party)
    away = thing(cast.neighbour, "Away", lng=1.5)
    pin = actions.put_on(by=cast.connector.actor, map=map, record=away.record)
    for address, who in ((f"/m/steward/{asked.key}/", cast.resident), (f"/m/pin/{pin.key}/", cast.neighbour)):
        assert cast.outsider.client().get(address).status_code == 404
        assert who.client().get(address).status_code == 200
        assert who.client().post(address, {"do": "yes"}).status_code == 302
    assert len(queries.stewards(map)) == 2
    assert titles(cast, map) == ["Away"]


def test_a_member_who_joins_later_gets_no_more_than_a_member(cast: Cast, map: CommunityMap) -> None:
    join(by=cast.outsider.actor, member=cast.outsider.party, of=cast.lunch_club)
    assert cast.outsider.client().get(f"/m/{map.record.key}/tend/").status_code == 404
