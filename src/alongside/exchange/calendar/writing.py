"""Writes what is on as a calendar that any program can follow: stable names, zones spelt out, changes counted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar import Calendar, Event, Timezone, vRecur, vText

from alongside.exchange.carrying.document import Thing, Time

MAKER = "-//Alongside//What is on//EN"
OURS = "X-ALONGSIDE-"
AGAIN = "PT6H"  # how often a program may look again
# The zone that our times are kept in, by its rule since 1996; the library would list every change of the clock.
LONDON = """BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
TZNAME:BST
DTSTART:19960331T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
TZNAME:GMT
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029]")


@dataclass(frozen=True)
class Dated:
    """A thing with the address of its page, when it last changed and how often it has."""

    thing: Thing
    address: str
    changed: datetime
    rev: int


def write(name: str, dated: Iterable[Dated], host: str) -> bytes:
    """One event for each time that has a start. The same time has the same UID for ever, its SEQUENCE grows with
    every change, and LAST-MODIFIED is when it changed."""
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _plain(name))
    calendar.add("refresh-interval", vText(AGAIN), parameters={"VALUE": "DURATION"})
    for one in dated:
        for number, time in enumerate(one.thing.whens, 1):
            event = _event(one, time, number, host)
            if event is not None:
                calendar.add_component(event)
    calendar.subcomponents.insert(0, Timezone.from_ical(LONDON))
    calendar.add_missing_timezones()
    whole: bytes = calendar.to_ical()
    return whole


def _event(one: Dated, time: Time, number: int, host: str) -> Event | None:
    start = _local(time)
    if start is None:
        return None
    thing = one.thing
    event = Event()
    event.add("uid", f"{thing.key}-{number}@{host}")
    event.add("dtstamp", one.changed)
    event.add("last-modified", one.changed)
    event.add("sequence", max(0, one.rev - 1))
    whole_day = not time.minutes and not (start.hour or start.minute or start.second)
    event.add("dtstart", start.date() if whole_day else start)
    if time.minutes:
        event.add("dtend", start + timedelta(minutes=time.minutes))
    _rule(event, time)
    event.add("summary", _plain(thing.title).strip() or "…")
    for name, text in (("description", thing.words), ("location", thing.place), ("contact", thing.how)):
        if text:
            event.add(name, _plain(text))
    if thing.lat is not None and thing.lng is not None:
        event.add("geo", (thing.lat, thing.lng))
    event.add("url", one.address)
    event.add("categories", [thing.kind, *thing.domains])
    event.add("class", "PUBLIC")
    event.add("transp", "TRANSPARENT")
    _ours(event, thing, time)
    return event


def _ours(event: Event, thing: Thing, time: Time) -> None:
    """What a calendar has no word for, so that our own reading loses nothing of it."""
    holder = thing.holder
    said = {
        "KEY": thing.key,
        "WHEN": time.words,
        "WEBSITE": thing.website,
        "COST": thing.cost if thing.cost != "unknown" else "",
        "COST-WORDS": thing.cost_words,
        "OPEN-TO": thing.open_to,
        "LANG": thing.lang,
        "HOLDER": holder.name if holder else "",
        "HOLDER-KIND": holder.kind if holder else "",
        "HOLDER-SORT": holder.sort if holder else "",
        "HOLDER-KEY": holder.key if holder else "",
    }
    for name, text in said.items():
        if text:
            event.add(f"{OURS}{name}", vText(_plain(text)))


def _rule(event: Event, time: Time) -> None:
    if not time.rrule:
        return
    try:
        rule = vRecur.from_ical(time.rrule)
        said = rule.to_ical().decode()
    except (ValueError, KeyError, TypeError, AttributeError):
        return
    event.add("rrule", rule)
    if said != time.rrule:
        event.add(f"{OURS}RULE", vText(time.rrule))


def _local(time: Time) -> datetime | None:
    if not time.starts:
        return None
    try:
        return datetime.fromisoformat(time.starts).astimezone(ZoneInfo(time.tz))
    except (ValueError, OverflowError, ZoneInfoNotFoundError):
        return None


def _plain(text: str) -> str:
    """Without signs that a calendar cannot hold."""
    return UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
