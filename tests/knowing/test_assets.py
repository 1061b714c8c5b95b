"""People, groups and organisations put what they have in one register, change it and take it back."""

from datetime import UTC, datetime, time

import pytest
from django.utils import timezone

from alongside.ground.history.acting import Fault, Refused
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event
from alongside.ground.people.actions import begin, block, join, welcome
from alongside.ground.people.models import Party
from alongside.ground.places.models import Area
from alongside.ground.records.actions import let_through
from alongside.ground.records.models import Record, SpotExact, State
from alongside.knowing.assets import actions, queries
from alongside.knowing.assets.models import Asset, AssetAccess, AssetDay, AssetDomain, Offer

pytestmark = pytest.mark.django_db
ANYONE = Actor.anyone()
SYSTEM = Actor.system("test")
HOME = (51.4521, -2.5987)


@pytest.fixture
def table(joyce: Party) -> Party:
    return welcome(by=Actor(joyce), name="The Tuesday Table", kind="community", sort="group")


def piano(holder: Party, by: Actor | None = None, **more: object) -> Asset:
    given = {"kind": "activity", "title": "Singing at the kitchen table", "audience": "everyone"} | more
    return actions.offer(by=by or Actor(holder), holder=holder, **given)  # type: ignore[arg-type]


def seen(asset: Asset, viewer: Actor = ANYONE) -> bool:
    return queries.asset(viewer, asset.record.key) is not None


def test_a_person_offers_something_with_all_there_is_to_say(joyce: Party) -> None:
    asset = piano(
        joyce,
        words="I still know all the songs.",
        cost="free",
        domains=["people", "fun", "fun"],
        access=["level", ("toilet", "Small, with a rail")],
        whens=[(datetime(2026, 11, 25, 14, tzinfo=UTC), "FREQ=WEEKLY;BYDAY=WE", 120, "")],
        per_week=120,
        place_words="Old Quay",
    )
    found = queries.asset(ANYONE, asset.record.key)
    assert found is not None
    assert found.confirmed_on == timezone.localdate()
    assert [day.weekday for day in found.days.all()] == [2]
    assert {one.domain for one in found.domains.all()} == {"people", "fun"}
    assert {one.feature: one.words for one in found.access.all()} == {"level": "", "toilet": "Small, with a rail"}
    assert (found.offer.per_week, found.offer.unit) == (120, "minutes")
    assert found.record.level == "individual"


def test_offering_leaves_its_trace_without_the_words(joyce: Party) -> None:
    asset = piano(joyce, words="I live at number nine")
    event = Event.objects.get(record=asset.record)
    assert event.verb == "assets.offer"
    assert event.actor == joyce
    assert "words" in event.fields.split()
    assert "nine" not in event.fields


def test_a_home_is_shown_as_a_few_streets_and_the_exact_place_stays_apart(joyce: Party) -> None:
    asset = piano(joyce, lat=HOME[0], lng=HOME[1], address="9 Quay Street")
    spot = asset.record.spot
    assert (spot.shown_lat, spot.shown_lng) != HOME
    assert abs(spot.shown_lat - HOME[0]) < 0.01
    assert SpotExact.objects.get(record=asset.record).address == "9 Quay Street"
    assert "9 Quay Street" not in str([vars(one) for one in queries.assets(ANYONE)])


def test_two_offers_from_one_home_show_the_same_point(joyce: Party) -> None:
    one = piano(joyce, lat=HOME[0], lng=HOME[1])
    two = piano(joyce, lat=HOME[0] + 0.00001, lng=HOME[1])
    assert one.record.spot.shown_lat == two.record.spot.shown_lat


def test_a_holder_may_show_only_the_name_of_the_area(joyce: Party) -> None:
    quay = Area.objects.create(kind="ward", edition="2025", code="W1", name="Old Quay", lat=51.4, lng=-2.6)
    spot = piano(joyce, lat=HOME[0], lng=HOME[1], area=quay, precision="area").record.spot
    assert (spot.shown_lat, spot.shown_lng) == (51.4, -2.6)


def test_pressing_twice_makes_one(joyce: Party) -> None:
    first = piano(joyce, key="abc")
    again = piano(joyce, key="abc")
    assert first == again
    assert Asset.objects.count() == 1


def test_nobody_offers_in_another_name(joyce: Party, samir: Party) -> None:
    with pytest.raises(Refused, match="belongs to"):
        piano(joyce, by=Actor(samir))
    assert not Asset.objects.exists()


def test_a_keeper_offers_for_the_group_and_a_member_does_not(joyce: Party, samir: Party, table: Party) -> None:
    join(by=Actor(samir), member=samir, of=table)
    assert piano(table, by=Actor(joyce)).record.owner == table
    with pytest.raises(Refused):
        piano(table, by=Actor(samir))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"words": "x" * 10_001}, "words"),
        ({"kind": "elephant"}, "kind"),
        ({"cost": "lots"}, "cost"),
        ({"access": ["wings"]}, "access"),
        ({"domains": ["sky"]}, "domains"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"precision": "door"}, "precision"),
        ({"lat": 51.0}, "place_words"),
        ({"lat": 91.0, "lng": 0.0}, "place_words"),
        ({"per_week": -1}, "per_week"),
        ({"unit": "ages", "per_week": 1}, "unit"),
        ({"audience": "community"}, "audience"),
        ({"whens": [(None, "FREQ=HOURLY", None, "")]}, "whens"),
        ({"whens": [(None, "FREQ=WEEKLY;BYDAY=XX", None, "")]}, "whens"),
        ({"whens": [(None, "every Tuesday", None, "")]}, "whens"),
        ({"whens": [(None, "", 0, "Tuesdays")]}, "whens"),
    ],
)
def test_what_cannot_be_taken_says_which_field_and_keeps_nothing(joyce: Party, given: dict, field: str) -> None:
    with pytest.raises(Fault) as fault:
        piano(joyce, **given)
    assert fault.value.field == field
    assert fault.value.message
    assert not Record.objects.exists()


def test_ten_thousand_letters_right_to_left_with_signs_are_kept_whole(joyce: Party) -> None:
    words = ("שלום 🎹👩🏽‍🦽 مرحبا " * 1000)[:9_999] + "!"
    asset = piano(joyce, title="מוזיקה 🎶", words=words + "\x00")
    asset.refresh_from_db()
    assert asset.words == words


@pytest.mark.parametrize(
    ("when", "weekdays"),
    [
        ((None, "FREQ=WEEKLY;BYDAY=MO,TH", None, ""), {0, 3}),
        ((None, "RRULE:FREQ=MONTHLY;BYDAY=2SA", None, ""), {5}),
        ((None, "FREQ=DAILY", None, ""), set(range(7))),
        ((datetime(2026, 11, 24, 12, tzinfo=UTC), "FREQ=WEEKLY", 60, ""), {1}),
        ((datetime(2026, 11, 28, 12, tzinfo=UTC), "", 60, ""), {5}),
        ((None, "", None, "Tuesdays at noon, and Friday evening"), {1, 4}),
        ((None, "", None, "Most afternoons"), set()),
        ((None, "FREQ=MONTHLY;BYMONTHDAY=1", None, ""), set()),
        ((None, "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", None, ""), set(range(7))),
        ((None, "FREQ=WEEKLY;BYDAY=FR;UNTIL=20271231T000000Z", None, ""), {4}),
    ],
)
def test_weekdays_are_worked_out_from_rules_starts_and_words(joyce: Party, when: tuple, weekdays: set[int]) -> None:
    asset = piano(joyce, whens=[when])
    assert {day.weekday for day in asset.days.all()} == weekdays


def test_hours_are_local_summer_and_winter(joyce: Party) -> None:
    asset = piano(joyce, whens=[(datetime(2026, 7, 1, 13, tzinfo=UTC), "FREQ=WEEKLY;BYDAY=WE", 90, "")])
    day = asset.days.get()
    assert (day.starts, day.ends) == (time(14), time(15, 30))


def test_what_runs_past_midnight_has_no_end_that_day(joyce: Party) -> None:
    asset = piano(joyce, whens=[(datetime(2026, 12, 4, 23, tzinfo=UTC), "", 180, "")])
    assert (asset.days.get().starts, asset.days.get().ends) == (time(23), None)


def test_only_me_is_where_everything_starts(joyce: Party, samir: Party) -> None:
    asset = actions.offer(by=Actor(joyce), holder=joyce, kind="skill", title="Piano")
    assert seen(asset, Actor(joyce))
    assert not seen(asset)
    assert not seen(asset, Actor(samir))


def test_a_community_sees_what_was_shared_with_it_and_nobody_else_does(
    joyce: Party, samir: Party, table: Party
) -> None:
    asset = piano(joyce, audience="community", community=table)
    assert not seen(asset, Actor(samir))
    join(by=Actor(samir), member=samir, of=table)
    assert seen(asset, Actor(samir))


def test_withdrawing_takes_effect_on_the_next_request(joyce: Party) -> None:
    asset = piano(joyce)
    assert seen(asset)
    actions.withdraw(by=Actor(joyce), asset=asset)
    assert not seen(asset)
    assert seen(asset, Actor(joyce))
    assert not queries.held_by(Actor(joyce), joyce).exists()


def test_closing_it_to_others_takes_effect_on_the_next_request(joyce: Party) -> None:
    asset = piano(joyce)
    actions.change(by=Actor(joyce), asset=asset, audience="me")
    assert not seen(asset)


def test_changing_some_things_leaves_the_rest(joyce: Party) -> None:
    asset = piano(joyce, words="Come and sing", domains=["fun"], access=["level"], whens=[(None, "", None, "Mondays")])
    actions.change(by=Actor(joyce), asset=asset, title="Singing at Joyce's", whens=[(None, "", None, "Fridays")])
    found = queries.asset(ANYONE, asset.record.key)
    assert found is not None
    assert (found.title, found.words) == ("Singing at Joyce's", "Come and sing")
    assert AssetDay.objects.get().weekday == 4
    assert AssetDomain.objects.get().domain == "fun"
    assert AssetAccess.objects.get().feature == "level"
    assert found.record.audience == "everyone"


def test_nobody_else_changes_pauses_or_takes_back(joyce: Party, samir: Party) -> None:
    asset = piano(joyce, per_week=60)
    for act in (actions.change, actions.confirm, actions.pause_offer, actions.withdraw):
        with pytest.raises(Refused):
            act(by=Actor(samir), asset=asset)
        with pytest.raises(Refused):
            act(by=ANYONE, asset=asset)


def test_confirming_brings_back_what_went_stale(joyce: Party) -> None:
    asset = piano(joyce)
    Record.objects.filter(pk=asset.pk).update(state=State.STALE)
    Asset.objects.filter(pk=asset.pk).update(confirmed_on="2025-01-01")
    asset = actions.confirm(by=Actor(joyce), asset=Asset.objects.get(pk=asset.pk))
    assert asset.confirmed_on == timezone.localdate()
    assert Record.objects.get(pk=asset.pk).state == State.LIVE


def test_an_offer_is_paused_and_taken_up_again(joyce: Party) -> None:
    asset = piano(joyce, per_week=60)
    actions.pause_offer(by=Actor(joyce), asset=asset)
    assert Asset.objects.get().paused
    actions.pause_offer(by=Actor(joyce), asset=asset, on=False)
    assert not Asset.objects.get().paused


def test_nobody_offers_less_than_they_promised(joyce: Party) -> None:
    asset = piano(joyce, per_week=100)
    Offer.objects.update(promised=60)
    with pytest.raises(Fault, match="promised"):
        actions.change(by=Actor(joyce), asset=asset, per_week=50)
    actions.change(by=Actor(joyce), asset=asset, per_week=200)
    assert Offer.objects.get().per_week == 200


def test_what_comes_without_an_account_waits_for_a_look(samir: Party) -> None:
    someone, _token = begin(by=ANYONE)
    asset = piano(someone)
    assert not seen(asset)
    assert not seen(asset, Actor(samir))
    assert seen(asset, Actor(someone))
    let_through(by=SYSTEM, record=asset.record)
    assert seen(asset)


def test_changing_what_was_let_through_waits_again() -> None:
    someone, _token = begin(by=ANYONE)
    group = welcome(by=Actor(someone), name="Bench mates", kind="community", sort="group")
    asset = piano(group, by=Actor(someone))
    let_through(by=SYSTEM, record=asset.record)
    asset = actions.change(by=Actor(someone), asset=Asset.objects.get(pk=asset.pk), words="Something rude")
    assert asset.record.state == State.HELD
    assert not seen(asset)


def test_what_was_taken_back_does_not_return_by_a_change() -> None:
    someone, _token = begin(by=ANYONE)
    asset = piano(someone)
    actions.withdraw(by=Actor(someone), asset=asset)
    asset = actions.change(by=Actor(someone), asset=Asset.objects.get(pk=asset.pk), words="Still here")
    assert asset.record.state == State.ENDED


def test_blocked_pairs_see_nothing_of_each_other(joyce: Party, samir: Party) -> None:
    asset = piano(joyce)
    block(by=Actor(joyce), other=samir)
    assert not seen(asset, Actor(samir))
    assert not queries.held_by(Actor(samir), joyce).exists()


def test_what_a_feed_left_resting_is_on_no_list(joyce: Party, table: Party) -> None:
    asset = piano(table, by=Actor(joyce))
    assert list(queries.held_by(ANYONE, table)) == [asset]
    Record.objects.filter(pk=asset.pk).update(state=State.RESTING)
    assert not queries.held_by(ANYONE, table).exists()


def test_what_was_taken_back_on_another_screen_is_not_shown_again_by_a_change(joyce: Party) -> None:
    """Joyce and whoever helps her have the same thing open; the words that one saves share nothing again."""
    asset = piano(joyce)
    shared, here = (Asset.objects.select_related("record__owner").get(pk=asset.pk) for _screen in range(2))
    actions.change(by=Actor(joyce), asset=asset, audience="me")
    actions.change(by=Actor(joyce), asset=shared, title="Singing together")
    assert not seen(asset) and seen(asset, Actor(joyce))
    actions.change(by=Actor(joyce), asset=asset, audience="everyone")
    actions.withdraw(by=Actor(joyce), asset=asset)
    actions.change(by=Actor(joyce), asset=here, title="Singing on Tuesdays")
    record = Record.objects.get(pk=asset.pk)
    assert record.state == State.ENDED and not seen(asset)
    assert record.rev == 5, "each change counts, so that nobody lets through what they did not read"
