"""What somebody asked the feed for: every parameter of HSDS 3.0 and of Open Referral UK 3.0, checked and typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

PER_PAGE, MOST_A_PAGE, MINIMAL_A_PAGE = 50, 500, 10_000
TRUE, FALSE = {"true", "1", "yes"}, {"false", "0", "no", ""}
DAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
FORMATS = ("json", "ndjson")


class NotUnderstood(Exception):
    """A parameter cannot be taken as it is: which, and how to write it."""

    def __init__(self, parameter: str, reason: str) -> None:
        super().__init__(f"{parameter}: {reason}")
        self.parameter, self.reason = parameter, reason


@dataclass(frozen=True, slots=True)
class Asked:
    """All parameters together; each that is given narrows the answer further."""

    search: tuple[str, ...] = ()
    page: int = 1
    per_page: int = PER_PAGE
    ndjson: bool = False
    minimal: bool = False
    full: bool = False
    full_service: bool = False
    taxonomy_term_id: str = ""
    taxonomy_id: str = ""
    organization_id: str = ""
    modified_after: datetime | None = None
    minimum_age: float | None = None
    maximum_age: float | None = None
    start_time: time | None = None
    end_time: time | None = None
    day: int | None = None
    postcode: str = ""
    proximity: float | None = None
    top_only: bool = False
    parent_id: str = ""
    since: datetime | None = None


def read(given: Mapping[str, str]) -> Asked:
    """The parameters of a request. Raises NotUnderstood for the first that cannot be taken."""
    minimal = _flag(given, "minimal")
    postcode = " ".join(given.get("postcode", "").upper().split())[:10]
    proximity = _number(given, "proximity")
    if proximity is not None and not postcode:
        raise NotUnderstood("proximity", "Give a postcode with it: proximity is counted in metres from there.")
    return Asked(
        search=tuple(given.get("search", "").replace("\x00", "").split()[:20]),
        page=_whole(given, "page", 1, 10**9),
        per_page=_whole(given, "per_page", MINIMAL_A_PAGE if minimal else PER_PAGE, 10**9, minimal),
        ndjson=_one_of(given, "format", FORMATS) == "ndjson",
        minimal=minimal,
        full=_flag(given, "full"),
        full_service=_flag(given, "full_service"),
        taxonomy_term_id=_id(given, "taxonomy_term_id"),
        taxonomy_id=_id(given, "taxonomy_id"),
        organization_id=_id(given, "organization_id"),
        modified_after=_moment(given, "modified_after"),
        minimum_age=_number(given, "minimum_age"),
        maximum_age=_number(given, "maximum_age"),
        start_time=_time(given, "start_time"),
        end_time=_time(given, "end_time"),
        day=_day(given),
        postcode=postcode,
        proximity=proximity,
        top_only=_flag(given, "top_only"),
        parent_id=_id(given, "parent_id"),
        since=_moment(given, "since"),
    )


def _flag(given: Mapping[str, str], name: str) -> bool:
    said = given.get(name, "").strip().lower()
    if said in TRUE:
        return True
    if said in FALSE:
        return False
    raise NotUnderstood(name, "Write true or false.")


def _whole(given: Mapping[str, str], name: str, usual: int, most: int, minimal: bool = False) -> int:
    said = given.get(name, "").strip()
    if not said:
        return usual
    if not (said.isascii() and said.isdigit()) or not 1 <= int(said[:12]) <= most:
        raise NotUnderstood(name, "Write a whole number from 1.")
    if name == "per_page":
        return min(int(said), MINIMAL_A_PAGE if minimal else MOST_A_PAGE)
    return int(said)


def _number(given: Mapping[str, str], name: str) -> float | None:
    said = given.get(name, "").strip()
    if not said:
        return None
    try:
        number = float(said)
    except ValueError:
        number = -1
    if not 0 <= number <= 10_000_000:
        raise NotUnderstood(name, "Write a number from nought, such as 18.")
    return number


def _one_of(given: Mapping[str, str], name: str, known: tuple[str, ...]) -> str:
    said = given.get(name, "").strip().lower()
    if said and said not in known:
        raise NotUnderstood(name, f"Write one of {', '.join(known)}.")
    return said


def _id(given: Mapping[str, str], name: str) -> str:
    return given.get(name, "").replace("\x00", "").strip()[:200]


def _moment(given: Mapping[str, str], name: str) -> datetime | None:
    said = given.get(name, "").strip().replace(" ", "+")
    if not said:
        return None
    try:
        found = parse_datetime(said)
        day = None if found else parse_date(said)
    except ValueError:
        found = day = None
    if found is None and day is not None:
        found = datetime.combine(day, time())
    if found is None or not 1900 <= found.year <= 2200:
        raise NotUnderstood(name, "Write a date, or a date with a time, such as 2026-03-01T09:30:00Z.")
    return timezone.make_aware(found) if timezone.is_naive(found) else found


def _time(given: Mapping[str, str], name: str) -> time | None:
    said = given.get(name, "").strip()
    if not said:
        return None
    try:
        return time.fromisoformat(said).replace(tzinfo=None)
    except ValueError:
        raise NotUnderstood(name, "Write a time of day, such as 09:30.") from None


def _day(given: Mapping[str, str]) -> int | None:
    said = given.get("day", "").strip().upper()
    if not said:
        return None
    if said.isalpha() and said[:2] in DAYS:
        return DAYS[said[:2]]
    raise NotUnderstood("day", "Write a day of the week, such as MO or Monday.")
