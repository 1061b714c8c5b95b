"""iCalendar (RFC 5545): what is on goes out as any calendar reads it; calendars come in, each event accounted for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from alongside.exchange.calendar.reading import read
from alongside.exchange.calendar.writing import Dated, write
from alongside.exchange.carrying import sentences
from alongside.exchange.carrying.document import Holder, Thing, Time
from tests.exchange.travelling import many_things, mutations

CHANGED = datetime(2026, 3, 1, 9, tzinfo=UTC)
YOGA = Thing(
    "k",
    "Chair yoga, for all",
    words="Bring a mat; or not.\nTea after.",
    whens=(
        Time("2026-01-06T14:00:00+00:00", "FREQ=WEEKLY;BYDAY=TU", "Europe/London", 90),
        Time("2026-07-02T19:30:00+01:00", words="the summer party"),
        Time(words="other days: ask"),
    ),
    lat=51.5,
    lng=-2.5,
    place="Mill Street Hall",
    holder=Holder("h", "community", "group", "Lunch club"),
)


def calendar(*things: Thing, rev: int = 1) -> bytes:
    return write(
        "What is on", [Dated(one, f"https://x.example/a/{one.key}/", CHANGED, rev) for one in things], "x.example"
    )


def events(data: bytes) -> list:
    return list(Calendar.from_ical(data).walk("VEVENT"))


def test_each_time_is_an_event_with_its_zone_and_its_rule() -> None:
    weekly, once = events(calendar(YOGA))
    assert weekly.decoded("DTSTART").isoformat() == "2026-01-06T14:00:00+00:00"
    assert weekly["DTSTART"].params["TZID"] == "Europe/London"
    assert weekly.decoded("DTEND").hour == 15
    assert weekly["RRULE"].to_ical() == b"FREQ=WEEKLY;BYDAY=TU"
    assert "DTEND" not in once
    assert once.decoded("DTSTART").utcoffset().total_seconds() == 3600
    assert weekly["LOCATION"] == "Mill Street Hall" and weekly["URL"] == "https://x.example/a/k/"


def test_the_zone_is_spelt_out_and_agrees_with_the_clock() -> None:
    [zone] = Calendar.from_ical(calendar(YOGA)).walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/London"
    clock = zone.to_tz()
    for month, hours in ((1, 0), (7, 1)):
        assert datetime(2026, month, 2, 12, tzinfo=clock).utcoffset().total_seconds() == hours * 3600


def test_names_are_stable_and_changes_are_counted() -> None:
    before, after = events(calendar(YOGA)), events(calendar(replace(YOGA, title="Yoga"), rev=4))
    assert [one["UID"] for one in before] == [one["UID"] for one in after] == ["k-1@x.example", "k-2@x.example"]
    assert (before[0]["SEQUENCE"], after[0]["SEQUENCE"]) == (0, 3)
    assert before[0].decoded("LAST-MODIFIED") == CHANGED


def test_a_day_without_an_hour_is_a_whole_day() -> None:
    [event] = events(calendar(replace(YOGA, whens=(Time("2026-07-02T00:00:00+01:00"),))))
    assert event.decoded("DTSTART") == date(2026, 7, 2)


def test_lines_are_folded_at_75_octets_and_end_as_they_should() -> None:
    data = calendar(replace(YOGA, title="Llŷn 😀 " * 40))
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")


@settings(deadline=None, max_examples=40)
@given(many_things)
def test_what_a_calendar_can_hold_comes_back(things: list[Thing]) -> None:
    """A calendar has no word for access, ages or areas, and none for signs that cannot be printed."""
    dated = [one for one in things if any(time.starts for time in one.whens)]
    back = {one.key: one for one in read(calendar(*things)).things}
    assert back.keys() == {one.key for one in dated}
    for one in dated:
        other = back[one.key]
        times = [time for time in one.whens if time.starts]
        assert [(time.starts, time.rrule, time.minutes) for time in other.whens] == [
            (time.starts, time.rrule, time.minutes) for time in times
        ]
        assert (other.kind, other.cost, other.domains, other.website) == (one.kind, one.cost, one.domains, one.website)
        if one.title.isascii() and one.title.isprintable():
            assert other.title == one.title
        assert (other.lat, other.lng) == (one.lat, one.lng)


def test_our_own_calendar_reads_as_one_thing_with_its_times() -> None:
    reading = read(calendar(YOGA))
    assert (reading.read, reading.rejected, reading.faults) == (1, 0, [])
    [thing] = reading.things
    assert (thing.title, thing.words, thing.place) == (YOGA.title, YOGA.words, YOGA.place)
    assert thing.whens == YOGA.whens[:2]
    assert thing.holder == YOGA.holder


OTHERS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Somebody//EN
BEGIN:VEVENT
UID:1@there
SUMMARY:Quiz\\, with cake
DTSTART:20260105T190000Z
DURATION:PT2H
RRULE:FREQ=MONTHLY;BYDAY=1MO
URL:https://there.example/quiz
END:VEVENT
BEGIN:VEVENT
UID:2@there
SUMMARY:Called off
STATUS:CANCELLED
DTSTART;VALUE=DATE:20260110
END:VEVENT
BEGIN:VEVENT
UID:1@there
RECURRENCE-ID:20260202T190000Z
SUMMARY:Quiz in another room
DTSTART:20260202T200000Z
END:VEVENT
BEGIN:VEVENT
UID:3@there
DTSTART;VALUE=DATE:20260110
END:VEVENT
BEGIN:VEVENT
UID:4@there
SUMMARY:Fair
DTSTART;TZID=America/New_York:20260704T090000
DTEND;TZID=America/New_York:20260704T100000
END:VEVENT
BEGIN:VEVENT
UID:4@there
SUMMARY:Fair again
DTSTART:20260704T090000
END:VEVENT
END:VCALENDAR
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_other_peoples_calendars_come_in(end: str) -> None:
    reading = read(OTHERS.replace("\n", end).encode())
    assert (reading.read, len(reading.things), reading.rejected) == (6, 2, 4)
    quiz, fair = reading.things
    assert quiz.title == "Quiz, with cake" and quiz.website == "https://there.example/quiz"
    assert quiz.whens == (Time("2026-01-05T19:00:00+00:00", "FREQ=MONTHLY;BYDAY=1MO", "Europe/London", 120),)
    assert fair.whens[0].starts == "2026-07-04T14:00:00+01:00" and fair.whens[0].minutes == 60
    assert {fault.reason for fault in reading.faults} == {sentences.CANCELLED, sentences.NAMELESS, sentences.TWICE}


def test_a_broken_event_breaks_no_other() -> None:
    broken = OTHERS.replace("DTSTART:20260105T190000Z", "DTSTART:soon\nnonsense without a colon")
    reading = read(broken.encode())
    assert reading.read == 6 == len(reading.things) + reading.rejected
    assert "Fair" in [thing.title for thing in reading.things]


@pytest.mark.parametrize(
    ("data", "reason"), [(b"", sentences.FILE_EMPTY), (b"BEGIN:VCALENDAR\nEND:VCALENDAR", sentences.FILE_NO_THINGS)]
)
def test_what_holds_no_event_says_so(data: bytes, reason: str) -> None:
    assert [fault.reason for fault in read(data).faults] == [reason]


def test_nothing_breaks_it() -> None:
    """A tenth of what `make prove` does."""
    for whole in (calendar(YOGA), OTHERS.encode()):
        for data in mutations(whole, 100):
            reading = read(data)
            assert reading.read == len(reading.things) + reading.rejected
            assert reading.read or reading.faults


@settings(deadline=None, max_examples=50)
@given(st.binary(max_size=300))
def test_no_bytes_at_all_break_it(data: bytes) -> None:
    reading = read(b"BEGIN:VEVENT\n" + data)
    assert reading.read == len(reading.things) + reading.rejected
