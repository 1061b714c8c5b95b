"""When, how far, how much and who, as people say it; nothing here asks a database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from alongside.ground.history.acting import Fault
from alongside.ground.people.models import Party
from alongside.ground.places.models import Area
from alongside.ground.records.models import Record, Spot
from alongside.knowing.assets import wording
from alongside.knowing.assets.models import Asset, AssetWhen, Offer
from alongside.knowing.assets.when import checked
from alongside.methods.scoring import Why

TUESDAY = datetime(2026, 3, 3, 14, tzinfo=UTC)  # in winter, so that the clock is ours


def when(rrule: str = "", starts: datetime | None = None, minutes: int | None = None, words: str = "") -> AssetWhen:
    return AssetWhen(rrule=rrule, starts=starts, minutes=minutes, words=words)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (when(words="Ask at the bar"), "Ask at the bar"),
        (when("FREQ=WEEKLY;BYDAY=TU"), "Tuesdays"),
        (when("FREQ=WEEKLY;BYDAY=TU,TU,FR"), "Tuesdays and Fridays"),
        (when("freq=weekly;byday=mo,we,su"), "Mondays, Wednesdays and Sundays"),
        (when("FREQ=MONTHLY;BYDAY=1TU"), "Some Tuesdays"),
        (when("FREQ=MONTHLY;BYDAY=1TU,-1FR"), "Some Tuesdays and Fridays"),
        (when("FREQ=DAILY", TUESDAY, 60), "Every day, 2pm to 3pm"),
        (when("FREQ=WEEKLY", TUESDAY, 90), "Tuesdays, 2pm to 3.30pm"),
        (when("FREQ=WEEKLY", TUESDAY), "Tuesdays, 2pm"),
        (when("", TUESDAY), "3 March 2026, 2pm"),
        (when("", TUESDAY.replace(hour=0)), "3 March 2026"),
        (when("", TUESDAY.replace(hour=0), 30), "3 March 2026, 12am to 12.30am"),
        (when("", TUESDAY.replace(hour=11), 60), "3 March 2026, 11am to noon"),
        (when("FREQ=WEEKLY"), ""),
        (when(), ""),
    ],
)
def test_times_are_said_as_people_say_them(given: AssetWhen, said: str) -> None:
    assert wording.when_said(given) == said


def test_a_time_in_summer_is_said_by_the_clock_on_the_wall() -> None:
    assert wording.when_said(when("FREQ=WEEKLY", datetime(2026, 7, 7, 13, tzinfo=UTC))) == "Tuesdays, 2pm"


@pytest.mark.parametrize(
    ("km", "said"),
    [
        (None, ""),
        (0.0, "about 5 minutes’ walk"),
        (0.38, "about 5 minutes’ walk"),
        (1.5, "about 20 minutes’ walk"),
        (2.5, "about 35 minutes’ walk"),
        (2.6, "about 2 miles away"),
        (16.1, "about 10 miles away"),
    ],
)
def test_how_far_is_a_walk_where_one_would_walk_and_never_exact(km: float | None, said: str) -> None:
    assert wording.far_said(km) == said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["bread"], "its name says “bread”."),
        (["bread", "tea"], "its name says “bread” and “tea”."),
        (["bread", "tea", "songs"], "its name says “bread”, “tea” and “songs”."),
        ([], ""),
    ],
)
def test_several_stand_in_a_row(words: list[str], said: str) -> None:
    assert wording.why_said([Why("title", word) for word in words], "", None) == said


def test_why_it_was_found_in_a_sentence_or_two() -> None:
    all_of_it = [Why("title", "sing"), Why("holder", "Mill"), Why("words", "songs"), Why("means", "company")]
    assert wording.why_said(all_of_it, "Ashley", 1.5) == (
        "its name says “sing”. Who offers it is called “Mill”. It speaks of “songs”. It may help with “company”. "
        "It is about 20 minutes’ walk from Ashley."
    )
    assert wording.why_said([Why("like", "")], "", 1.0) == "it means much the same as your words."
    assert wording.why_said([Why("like", ""), Why("title", "sing")], "", None) == "its name says “sing”."
    assert wording.why_said([], "Ashley", 1.0) == "", "where nothing is the reason, distance is none"


@pytest.mark.parametrize(
    ("cost", "words", "said"),
    [
        ("unknown", "", ""),
        ("unknown", "Ask Ann", "Ask Ann"),
        ("free", "Bring cake", "Free"),
        ("paid", "£2 with tea", "£2 with tea"),
    ],
)
def test_what_it_costs(cost: str, words: str, said: str) -> None:
    assert wording.cost_said(Asset(cost=cost, cost_words=words)) == said


@pytest.mark.parametrize(
    ("per_week", "unit", "said"),
    [
        (0, "minutes", ""),
        (60, "minutes", "Up to 1 hour a week"),
        (90, "minutes", "Up to 1.5 hours a week"),
        (120, "minutes", "Up to 2 hours a week"),
    ],
)
def test_how_much_of_it_there_is(per_week: int, unit: str, said: str) -> None:
    asset = Asset()
    asset.offer = Offer(per_week=per_week, unit=unit)  # type: ignore[misc]
    assert wording.amount_said(asset) == said
    assert wording.amount_said(Asset()) == ""


def test_places_are_counted_in_places() -> None:
    asset = Asset()
    asset.offer = Offer(per_week=4, unit="places")  # type: ignore[misc]
    assert wording.amount_said(asset).startswith("4 ") and wording.amount_said(asset).endswith(" a week")


def test_room_is_told_until_its_day_and_no_longer() -> None:
    today = timezone.localdate()
    assert wording.room_said(Asset(room_for=None)) == ""
    assert wording.room_said(Asset(room_for=1)) == "Room for 1 newcomer"
    assert wording.room_said(Asset(room_for=0)) == "No room for newcomers just now"
    assert wording.room_said(Asset(room_for=3, room_until=today)).startswith("Room for 3 newcomers, until ")
    assert wording.room_said(Asset(room_for=3, room_until=today - timedelta(days=1))) == ""


def test_a_break_tells_its_end_where_it_has_one() -> None:
    assert wording.break_said(Asset(paused=False, back_on=date(2026, 6, 1))) == ""
    assert wording.break_said(Asset(paused=True)) == "Taking a break"
    assert wording.break_said(Asset(paused=True, back_on=date(2026, 6, 1))) == "Taking a break until 1 June"


def placed(kind: str, precision: str, words: str, area: str = "") -> Record:
    record = Record(owner=Party(kind=kind, name="Somebody"))
    record.spot = Spot(precision=precision, shown_words=words, area=Area(name=area) if area else None)
    return record


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (Record(owner=Party(kind="person")), ""),
        (placed("person", "area", "", "Ashley"), "Ashley"),
        (placed("person", "cell", "Mill Street."), "Near Mill Street. You hear the exact place when you both say yes."),
        (placed("community", "cell", "Mill Hall"), "Mill Hall"),
        (placed("person", "exact", "12 Mill Street"), "12 Mill Street"),
        (placed("person", "cell", ""), ""),
    ],
)
def test_where_it_is_and_that_a_door_is_told_later(record: Record, said: str) -> None:
    assert wording.where_said(record) == said


@pytest.mark.parametrize(
    ("audience", "mine", "said"),
    [
        ("me", True, "Only you can see this. You choose later if you want to share it."),
        ("circle", False, "people in the circle. Joseph chose that."),
        ("everyone", False, "anyone. Joseph chose that."),
    ],
)
def test_who_can_see_it_and_who_chose_that(audience: str, mine: bool, said: str) -> None:
    record = Record(owner=Party(kind="person", name="Joseph Okafor"), audience=audience, state="live")
    assert said in wording.seen_said(record, mine)


def test_an_organisation_s_thing_in_a_public_list_is_said_to_be_nobody_s_choice() -> None:
    record = Record(owner=Party(kind="organisation", name="The council"), audience="everyone", state="live")
    assert "It is open to all" in wording.seen_said(record, mine=False)


def test_what_waits_for_a_look_is_seen_by_nobody_yet() -> None:
    record = Record(owner=Party(kind="person", name="Joseph Okafor"), audience="everyone", state="held")
    assert "nobody yet" in wording.seen_said(record, mine=False)
    assert "only you" in wording.seen_said(record, mine=True)


def test_in_welsh_days_and_reasons_are_welsh() -> None:
    with override("cy"):
        assert "Tuesday" not in wording.when_said(when("FREQ=WEEKLY;BYDAY=TU"))
        assert "its name says" not in wording.why_said([Why("title", "canu")], "", None)


@pytest.mark.parametrize(
    "rule", ["nonsense", "FREQ=HOURLY", "FREQ=WEEKLY;BYDAY=XX", "FREQ=WEEKLY;INTERVAL=0", "FREQ=WEEKLY;INTERVAL=-1"]
)
def test_a_rule_that_none_can_follow_is_not_kept(rule: str) -> None:
    with pytest.raises(Fault):
        checked([(None, rule, None, "")])


def test_a_clock_time_without_a_zone_is_that_of_this_country() -> None:
    [kept] = checked([(datetime(2026, 7, 7, 14), "FREQ=WEEKLY", 60, "")])
    assert kept.starts is not None and kept.starts.utcoffset() == timedelta(hours=1)
