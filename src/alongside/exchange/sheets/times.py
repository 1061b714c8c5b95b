"""Times as people write them in a cell, and as ours are written so that nothing is lost: one time on each line.

Ours: "2026-01-06T14:00+00:00 for 120 minutes, repeats FREQ=WEEKLY;BYDAY=TU | the holder's own words".
People's: "every Tuesday 2pm to 4pm", "Mondays and Fridays 10:00-12:00", "5 January 2026 at 7pm".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dateutil import parser

from alongside.exchange.sheets.cells import folded, unfolded
from alongside.knowing.assets.when import DAYS, NAMES, ZONE

EXACT = re.compile(
    r"^(?P<starts>\d{4}-\d\d-\d\dT[\d:.+Z-]+)?(?: ?for (?P<minutes>\d{1,6}) minutes)?"
    r"(?:,? ?repeats (?P<rrule>[A-Z][^|]*?))?(?: in (?P<tz>[\w/+-]+))?(?: ?\| (?P<words>.*))?$",
    re.DOTALL,
)
CLOCK = re.compile(r"\b(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?\b", re.IGNORECASE)
SPAN = re.compile(
    r"\b(\d{1,2}(?:[:.]\d{2})?\s*(?:am|pm)?)\s*(?:-|–|to|until|till)\s*(\d{1,2}(?:[:.]\d{2})?\s*(?:am|pm)?)\b",
    re.IGNORECASE,
)
SINGLE = re.compile(r"\b(\d{1,2}[:.]\d{2}\s*(?:am|pm)?|\d{1,2}\s*(?:am|pm))\b", re.IGNORECASE)
DAY = re.compile(rf"\b({'|'.join(NAMES)}|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)s?\b", re.IGNORECASE)
DATE = re.compile(
    r"\b(\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{1,2}(?:st|nd|rd|th)?\s+[A-Za-z]{3,9}\s+\d{4})\b"
)
MANY = 60  # lines of one cell


def times_said(whens: Iterable[Mapping[str, Any]]) -> str:
    """Our own times as lines that `times_of` reads back as they were."""
    return "\n".join(map(_line, whens))


def _line(when: Mapping[str, Any]) -> str:
    parts = [when["starts"]] if when.get("starts") else []
    if when.get("minutes"):
        parts.append(f" for {when['minutes']} minutes")
    if when.get("rrule"):
        parts.append(f"{',' if parts else ''} repeats {when['rrule']}")
    if parts and when.get("tz", ZONE) != ZONE:
        parts.append(f" in {when['tz']}")
    words = folded(when.get("words", ""))
    exact = "".join(parts).strip()
    # Words alone stand as they are; a bar keeps them apart from times, and from what only looks like one.
    if exact:
        return f"{exact} | {words}" if words else exact
    return f"| {words}"


def times_of(cell: object, today: date) -> list[dict[str, Any]]:
    """The times of a cell as plain dictionaries. What cannot be understood stays, as the words that were written."""
    if isinstance(cell, datetime):
        return [{"starts": _in_zone(cell)}]
    if isinstance(cell, date):
        return [{"starts": _in_zone(datetime.combine(cell, time()))}]
    lines = [line for line in str(cell).replace("\r\n", "\n").split("\n") if line.strip()]
    return [found for line in lines[:MANY] for found in [_of_line(line, today)] if found]


def _of_line(line: str, today: date) -> dict[str, Any] | None:
    exact = EXACT.match(line.strip())
    if exact and any(exact.groupdict().values()):
        given = exact.groupdict()
        said = {name: value for name, value in given.items() if value and name not in ("minutes", "words")}
        said["starts"] = (said.get("starts") or "").replace("Z", "+00:00")
        said["minutes"] = int(given["minutes"]) if given["minutes"] else None
        said["words"] = unfolded(given["words"] or "")
        return said
    return _of_people(line.strip(), today)


def _of_people(line: str, today: date) -> dict[str, Any]:
    """A line in somebody's own words: a day of the week or a date, and hours, where they are there to be found."""
    words: dict[str, Any] = {"words": line[:200]}
    dated = DATE.search(line)
    rest = line.replace(dated[0], " ") if dated else line
    first, last = _hours(rest)
    if dated:
        on = _date(dated[0])
        return (
            {**words, "starts": _in_zone(datetime.combine(on, first)), "minutes": _minutes(first, last)}
            if on and first
            else words
        )
    days = list(dict.fromkeys(_weekday(found) for found in DAY.findall(line)))
    if not days or first is None:
        return words
    start = today
    while start.weekday() not in days:
        start += timedelta(days=1)
    rule = f"FREQ=WEEKLY;BYDAY={','.join(DAYS[day] for day in sorted(days))}"
    at = _in_zone(datetime.combine(start, first))
    return {**words, "starts": at, "rrule": rule, "minutes": _minutes(first, last)} if _plainly(line) else words


def _plainly(line: str) -> bool:
    """Whether a line says every week and nothing that a weekly rule would get wrong."""
    return not re.search(
        r"\b(first|second|third|fourth|last|1st|2nd|3rd|4th|every other|fortnight|month|term|except|not|ring|ask)",
        line,
        re.I,
    )


def _weekday(name: str) -> int:
    return next(n for n, whole in enumerate(NAMES) if whole.startswith(name.casefold()[:3]))


def _hours(text: str) -> tuple[time | None, time | None]:
    span = SPAN.search(text)
    if span:
        later = _clock(span[2], "")
        half = "" if re.search("[ap]m", span[1], re.I) else (re.search("[ap]m", span[2], re.I) or [""])[0]
        first = _clock(span[1], half)
        if first and later and half and first > later:  # 10 to 2pm begins in the morning
            first = _clock(span[1], "am")
        return first, later
    single = SINGLE.search(text)
    return (_clock(single[1], ""), None) if single else (None, None)


def _clock(text: str, half: str) -> time | None:
    found = CLOCK.search(text)
    if not found:
        return None
    hour, minute, said = int(found[1]), int(found[2] or 0), (found[3] or half or "").casefold()
    if said and hour <= 12:
        hour = hour % 12 + (12 if said == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _minutes(first: time | None, last: time | None) -> int | None:
    if first is None or last is None:
        return None
    return ((last.hour - first.hour) * 60 + last.minute - first.minute) % (24 * 60) or None


def _date(text: str) -> date | None:
    try:
        return parser.parse(text, dayfirst=not re.match(r"\d{4}", text)).date()
    except (ValueError, OverflowError, TypeError):
        return None


def _in_zone(at: datetime) -> str:
    try:
        return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(ZONE))).isoformat()
    except (ValueError, OverflowError):
        return ""
