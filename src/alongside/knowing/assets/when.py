"""When an asset happens: checks RFC 5545 rules and works out the weekdays for quick filters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.ground.history.acting import Fault

ZONE = "Europe/London"
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY_WORD = re.compile(rf"\b({'|'.join(NAMES)})s?\b")
BY_DAY = re.compile(r"^[+-]?\d{0,2}(MO|TU|WE|TH|FR|SA|SU)$")
OFTEN = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
WEEK = 7 * 24 * 60


class When(NamedTuple):
    """One time: its first start, how it comes again, how long it lasts, and the holder's own words."""

    starts: datetime | None = None
    rrule: str = ""
    minutes: int | None = None
    words: str = ""


class Day(NamedTuple):
    """A weekday on which it happens, 0 for Monday, with the local hours where they are known."""

    weekday: int
    starts: time | None
    ends: time | None


def checked(whens: Iterable[tuple[object, ...]]) -> list[When]:
    """Times as they can be kept. Raises Fault for a rule that is not RFC 5545, or comes more than daily."""
    kept = []
    for given in whens:
        when = When(*given)  # type: ignore[arg-type]
        starts = when.starts
        if starts is not None and timezone.is_naive(starts):
            starts = starts.replace(tzinfo=ZoneInfo(ZONE))
        rule = (when.rrule or "").strip().removeprefix("RRULE:")
        if rule:
            _check_rule(rule)
        if when.minutes is not None and not 0 < when.minutes <= WEEK:
            raise Fault("whens", _("Enter how long it lasts, from 1 minute to a week"))
        kept.append(When(starts, rule, when.minutes, " ".join((when.words or "").split())[:200]))
    return [when for when in kept if when.starts or when.rrule or when.words]


def _check_rule(rule: str) -> None:
    parts = _parts(rule)
    # Whoever counts the days of what comes each 0 weeks comes to no end.
    if len(rule) > 300 or parts.get("FREQ") not in OFTEN or not parts.get("INTERVAL", "1").strip("0").isdecimal():
        raise Fault("whens", _("Say which days, like every Tuesday"))
    try:
        # A start in UTC suits an end in UTC; a start without a zone suits the rest.
        start = datetime(2026, 1, 5, 12, tzinfo=ZoneInfo("UTC") if parts.get("UNTIL", "").endswith("Z") else None)
        rrulestr(rule, dtstart=start)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise Fault("whens", _("Say which days, like every Tuesday")) from error


def days(when: When) -> set[Day]:
    """The weekdays of one time: from its rule, from its start, or from the names of days in its words."""
    local = when.starts.astimezone(ZoneInfo(ZONE)) if when.starts else None
    starts = local.time().replace(second=0, microsecond=0, tzinfo=None) if local else None
    ends = _end(local, when.minutes) if local else None
    return {Day(weekday, starts, ends) for weekday in _weekdays(when, local)}


def _weekdays(when: When, local: datetime | None) -> set[int]:
    if not when.rrule:
        named = {NAMES.index(name) for name in DAY_WORD.findall(when.words.lower())}
        return {local.weekday()} if local else named
    parts = _parts(when.rrule)
    listed = [match.group(1) for match in map(BY_DAY.match, parts.get("BYDAY", "").split(",")) if match]
    if listed:
        return {DAYS.index(day) for day in listed}
    if parts["FREQ"] == "DAILY" and parts.get("INTERVAL", "1") == "1":
        return set(range(7))
    return {local.weekday()} if local and parts["FREQ"] == "WEEKLY" else set()


def _end(start: datetime, minutes: int | None) -> time | None:
    """The hour it ends, where that is the same day."""
    if not minutes:
        return None
    end = start + timedelta(minutes=minutes)
    return end.time().replace(second=0, microsecond=0, tzinfo=None) if end.date() == start.date() else None


def _parts(rule: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in rule.upper().split(";"))
    return {name.strip(): value.strip() for name, _equals, value in pairs}
