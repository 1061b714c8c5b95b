"""Reads what hangs under a service in the nested form (Open Referral UK 3.0, HSDS 3, and 1.x nested)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from alongside.exchange.services import faults
from alongside.exchange.services.records import OrganisationRecord, PlaceRecord, TimeRecord
from alongside.exchange.services.values import Fields

WEEKDAYS = {name: n for n, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}
DAY_NAMES = {"mon": "MO", "tue": "TU", "wed": "WE", "thu": "TH", "fri": "FR", "sat": "SA", "sun": "SU"}
BYDAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
ADDRESS = ("address_1", "address_2", "city", "state_province")
UNITED_KINGDOM = ((49.0, 61.5), (-9.0, 2.5))


def organisation(service: Fields) -> OrganisationRecord | None:
    """Who holds the service. Without an id the name stands in for one."""
    held = service.child("organization")
    if held is None:
        service.note("organization", faults.NO_ORGANISATION)
        return None
    held.needs("id", "name", "description")
    name = held.line("name")
    foreign = held.line("id")
    if not name:
        service.note("organization", faults.NO_ORGANISATION)
        return None
    return OrganisationRecord(
        foreign=foreign or f"name:{name.casefold()}"[:200],
        name=name,
        words=held.text("description"),
        url=held.url("website") or held.url("url"),
        email=held.email("email"),
    )


def places(service: Fields, *, modern: bool) -> tuple[PlaceRecord, ...]:
    """Each place once, in the order of the file."""
    found: dict[PlaceRecord, None] = {}
    for at in service.children("service_at_locations"):
        location = at.child("location")
        if location is not None:
            found[place(location, modern=modern)] = None
    for location in service.children("locations"):
        found[place(location, modern=modern)] = None
    return tuple(found)


def place(location: Fields, *, modern: bool) -> PlaceRecord:
    if modern:
        location.needs("id", "location_type")
    latitude, longitude = _point(location)
    address, postcode = _address(location, modern=modern)
    kind = location.line("location_type").lower()
    return PlaceRecord(
        foreign=location.line("id"),
        name=location.line("name"),
        kind=kind if kind in {"postal", "virtual"} else "physical",
        latitude=latitude,
        longitude=longitude,
        address=address,
        postcode=postcode,
    )


def _point(location: Fields) -> tuple[float | None, float | None]:
    latitude, longitude = location.number("latitude"), location.number("longitude")
    if latitude is None and longitude is None:
        return None, None
    if latitude is None or longitude is None:
        location.note("longitude" if longitude is None else "latitude", faults.HALF_A_POINT)
        return None, None
    reason = _point_fault(latitude, longitude)
    if not reason:
        return round(latitude, 6), round(longitude, 6)
    off = "longitude" if -90 <= latitude <= 90 and reason == faults.OFF_THE_GLOBE else "latitude"
    location.note(off, reason)
    return None, None


def _point_fault(latitude: float, longitude: float) -> str:
    (south, north), (west, east) = UNITED_KINGDOM
    if south <= longitude <= north and west <= latitude <= east:
        return faults.SWAPPED
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return faults.OFF_THE_GLOBE
    return faults.NOWHERE if latitude == 0 == longitude else ""


def _address(location: Fields, *, modern: bool) -> tuple[str, str]:
    """The physical address on one line, without the person to ask for, who is nobody else's business."""
    found = list(location.children("addresses", "physical_addresses"))
    for address in found:
        if modern:
            address.needs("address_1", "city", "state_province", "postal_code", "country", "address_type")
    found.sort(key=lambda address: address.held.get("address_type") != "physical")
    if not found:
        return "", ""
    postcode = found[0].line("postal_code", limit=20).upper()
    parts = dict.fromkeys(part for key in ADDRESS if (part := found[0].line(key)))
    return ", ".join([*parts, *([postcode] if postcode else [])])[:400], postcode


def times(service: Fields) -> tuple[TimeRecord, ...]:
    """Each time once: those of the service, of the service at a place, and of the place."""
    holders: list[Fields] = [service]
    for at in service.children("service_at_locations"):
        holders.append(at)
        location = at.held.get("location")
        if isinstance(location, dict):
            holders.append(Fields(location, service.notes, at.path("location")))
    found: dict[TimeRecord, None] = {}
    for holder in holders:
        for schedule in holder.children("schedules", "regular_schedules"):
            record = when(schedule)
            if record is not None:
                found[record] = None
    return tuple(found)


def when(schedule: Fields) -> TimeRecord | None:
    """One schedule as an RFC 5545 rule with its hours; None where nothing at all is said."""
    starts = schedule.day("dtstart") or schedule.day("valid_from")
    ends = schedule.day("until") or schedule.day("valid_to")
    opens, closes = schedule.hour("opens_at"), schedule.hour("closes_at")
    if starts and ends and ends < starts:
        schedule.note("valid_to" if schedule.has("valid_to") else "until", faults.ENDS_FIRST)
        ends = None
    rule, weekdays = _rule(schedule)
    words = schedule.text("description", limit=1000)
    if not (rule or starts or opens or words):
        return None
    return TimeRecord(rule, starts, ends, weekdays, opens, closes, words)


def _rule(schedule: Fields) -> tuple[str, tuple[int, ...]]:
    frequency = schedule.line("freq").upper()
    days = _days(schedule, frequency)
    if frequency and frequency not in FREQUENCIES:
        schedule.note("freq", faults.BAD_RULE)
        return "", ()
    if not frequency:
        if not days:
            return "", ()
        frequency = "MONTHLY" if any(len(day) > 2 for day in days) else "WEEKLY"
    parts = [f"FREQ={frequency}"]
    interval = schedule.number("interval")
    if interval is not None and 1 < interval < 1000:
        parts.append(f"INTERVAL={int(interval)}")
    count = schedule.number("count")
    if count is not None and 0 < count < 10_000 and not schedule.has("until"):
        parts.append(f"COUNT={int(count)}")
    if days:
        parts.append("BYDAY=" + ",".join(days))
    if schedule.has("bymonthday") and frequency in {"MONTHLY", "YEARLY"}:
        parts.extend(_month_days(schedule))
    weekdays = tuple(sorted({WEEKDAYS[day[-2:]] for day in days}))
    return ";".join(parts), weekdays


def _days(schedule: Fields, frequency: str) -> list[str]:
    said = schedule.line("byday") or schedule.line("weekday")
    found: dict[str, None] = {}
    for token in re.split(r"[\s,;]+", said):
        day = DAY_NAMES.get(token.lower()[:3], "") if token.isalpha() and len(token) > 2 else token.upper()
        known = BYDAY.fullmatch(day)
        if known and not (known[1] and frequency in {"DAILY", "WEEKLY"}):
            found[day] = None
        elif token:
            schedule.note("byday" if schedule.has("byday") else "weekday", faults.BAD_RULE)
    return list(found)


def _month_days(schedule: Fields) -> Iterable[str]:
    tokens = re.split(r"[\s,;]+", schedule.line("bymonthday"))
    days = [int(token) for token in tokens if re.fullmatch(r"[+-]?\d{1,2}", token)]
    days = [day for day in days if 1 <= abs(day) <= 31]
    if len(days) != len(tokens):
        schedule.note("bymonthday", faults.BAD_RULE)
    return ["BYMONTHDAY=" + ",".join(str(day) for day in dict.fromkeys(days))] if days else []
