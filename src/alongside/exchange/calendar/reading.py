"""Reads a calendar (.ics): each event accounted for; events of one thing become one thing with several times."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar.cal import Component

from alongside.exchange.carrying import sentences
from alongside.exchange.carrying.document import Reading
from alongside.exchange.carrying.plain import thing_of
from alongside.knowing.assets.models import AssetKind
from alongside.knowing.assets.when import ZONE
from alongside.knowing.outcomes.queries import domain_choices

LARGEST = 20 * 1024 * 1024
MOST = 20_000
LINES = re.MULTILINE | re.DOTALL | re.IGNORECASE
BLOCK = re.compile(r"^BEGIN:VEVENT[ \t]*$.*?(?:^END:VEVENT[ \t]*$|(?=^BEGIN:VEVENT)|\Z)", LINES)
ZONES = re.compile(r"^BEGIN:VTIMEZONE[ \t]*$.*?^END:VTIMEZONE[ \t]*$", re.MULTILINE | re.DOTALL | re.IGNORECASE)
OURS = "X-ALONGSIDE-"
ESCAPED = re.compile(r"\\(.)", re.DOTALL)  # of names that it does not know, the library gives the text as it stands
# Ours, by the name a thing gives it.
CARRIED = {"WEBSITE": "website", "COST": "cost", "COST-WORDS": "cost_words", "OPEN-TO": "open_to", "LANG": "lang"}


def read(data: bytes) -> Reading:
    """The events of a calendar as things with times. Never raises; read = things + rejected, where the events of
    one thing count once. An event that is called off, or changes one day of a row, is left out and named."""
    reading = Reading()
    if len(data) > LARGEST:
        reading.note("", "", "", sentences.FILE_LARGE)
        return reading
    text = reading.decoded(data).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    blocks = BLOCK.findall(text)
    if not blocks:
        reading.note("", "", "", sentences.FILE_NO_THINGS if text.strip() else sentences.FILE_EMPTY)
        return reading
    zones = "\r\n".join(ZONES.findall(text))
    found: dict[str, tuple[str, dict[str, Any]]] = {}
    for number, block in enumerate(blocks, 1):
        where = f"event {number}"
        if number > MOST:
            reading.read += 1
            reading.leave_out(where, "", "", sentences.FILE_TOO_MANY)
            continue
        _gather(_parsed(block, zones), where, found, reading)
    for key, (where, said) in found.items():
        reading.read += 1
        thing = thing_of({**said, "key": key}, where, reading)
        if thing is not None:
            reading.things.append(thing)
    return reading


def _gather(
    event: Component | None, where: str, found: dict[str, tuple[str, dict[str, Any]]], reading: Reading
) -> None:
    """Put what an event says with what others said of the same thing."""
    if event is None:
        reading.read += 1
        reading.leave_out(where, "", "", sentences.NOT_A_RECORD)
        return
    said = _said(event)
    title = _text(event, "SUMMARY")
    if _text(event, "STATUS").upper() == "CANCELLED" or event.get("RECURRENCE-ID") is not None:
        reading.read += 1
        reading.leave_out(where, "STATUS", title, sentences.CANCELLED)
        return
    ours = _text(event, f"{OURS}KEY")
    key = ours or _text(event, "UID")
    if key and key in found:
        if not ours:
            reading.read += 1
            reading.leave_out(where, "UID", key, sentences.TWICE)
            return
        found[key][1]["whens"].extend(said["whens"])
        return
    found[key or f"event-{len(found)}-{title}"[:190]] = (where, said)


def _parsed(block: str, zones: str) -> Component | None:
    """One event by itself, so that a broken one breaks no other."""
    whole = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{zones}\r\n{block}\r\nEND:VCALENDAR\r\n"
    try:
        calendar = Calendar.from_ical(whole)
        return next(iter(calendar.walk("VEVENT")), None)
    except Exception:  # the reader raises many kinds over broken lines
        return None


def _said(event: Component) -> dict[str, Any]:
    """An event in our own names."""
    said: dict[str, Any] = {"title": _text(event, "SUMMARY"), "words": _text(event, "DESCRIPTION")}
    said |= {"place": _text(event, "LOCATION")[:200], "how": _text(event, "CONTACT")[:300], "whens": _times(event)}
    said |= {name: text for ours, name in CARRIED.items() if (text := _text(event, f"{OURS}{ours}"))}
    if not _text(event, f"{OURS}KEY") and "website" not in said:
        said["website"] = _text(event, "URL")
    kinds = _categories(event)
    known = {key for key, _label in domain_choices()}
    said["kind"] = next((kind for kind in kinds if kind in AssetKind.values), AssetKind.ACTIVITY.value)
    if _text(event, f"{OURS}KEY"):  # ours names the kind first; a word may mean a kind and a part of life
        kinds = kinds[1:]
    said["domains"] = [kind for kind in kinds if kind in known]
    said |= _point(event)
    holder = _text(event, f"{OURS}HOLDER")
    if holder:
        parts = {name: _text(event, f"{OURS}HOLDER-{name.upper()}") for name in ("kind", "sort", "key")}
        said["holder"] = {"name": holder, **parts}
    return said


def _point(event: Component) -> dict[str, Any]:
    """Where it is, as numbers; a broken place is no place, and the library raises over one when it is asked."""
    try:
        geo = event.get("GEO")
        return {"lat": geo.latitude, "lng": geo.longitude}
    except Exception:
        return {}


def _times(event: Component) -> list[Mapping[str, Any]]:
    words = _text(event, f"{OURS}WHEN")
    try:
        start = event.decoded("DTSTART")
        minutes = _minutes(event, start)
        starts = _at(start).isoformat()
    except Exception:  # KeyError where there is none; many kinds where it is broken
        return [{"words": words}] if words else []
    rule = _text(event, f"{OURS}RULE") or _rule(event)
    return [{"starts": starts, "rrule": rule, "minutes": minutes, "words": words}]


def _at(start: date) -> datetime:
    if not isinstance(start, datetime):
        return datetime.combine(start, time(), ZoneInfo(ZONE))
    return start.replace(tzinfo=ZoneInfo(ZONE)) if start.tzinfo is None else start.astimezone(ZoneInfo(ZONE))


def _minutes(event: Component, start: date) -> int | None:
    """How long it lasts; a whole day has no length."""
    if not isinstance(start, datetime):
        return None
    if event.get("DTEND") is not None:
        end = event.decoded("DTEND")
        lasts = _at(end) - _at(start) if isinstance(end, datetime) else timedelta()
    else:
        lasts = event.decoded("DURATION") if event.get("DURATION") is not None else timedelta()
    minutes = round(lasts.total_seconds() / 60)
    return minutes if minutes > 0 else None


def _rule(event: Component) -> str:
    rule = event.get("RRULE")
    if isinstance(rule, list):
        rule = rule[0] if rule else None
    try:
        return rule.to_ical().decode() if rule is not None else ""
    except Exception:
        return ""


def _text(event: Component, name: str) -> str:
    value = event.get(name)
    if isinstance(value, list):
        value = value[0] if value else None
    text = "" if value is None else str(value)
    return ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text) if name.startswith(OURS) else text


def _categories(event: Component) -> list[str]:
    found = event.get("CATEGORIES")
    if found is None:
        return []
    many = found if isinstance(found, list) else [found]
    return [str(one) for group in many for one in getattr(group, "cats", [])]
