"""Fits what a feed says to what our register holds: sorts of holder, parts of life, access, cost, times.

Only what is said outright becomes something people filter by: a wrong "level way in" leaves somebody
outside the door. Everything else stays in the words.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime, time
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from zoneinfo import ZoneInfo

from alongside import frameworks
from alongside.exchange.services.near import Points, code_of
from alongside.exchange.services.records import OrganisationRecord, ServiceRecord, TimeRecord
from alongside.ground.people.actions import GROUPS, Newcomer
from alongside.ground.people.models import Group, Sort
from alongside.ground.records.actions import PublicPlace
from alongside.knowing.assets.actions import Row

NO_POINTS: Points = MappingProxyType({})
ZONE = "Europe/London"
FIRST_MONDAY = date(2024, 1, 1)  # where a feed gives days and hours but no first day
DOMAINS_KEPT, DOMAIN_WEIGHT = 3, 3

# From the name alone, the first that fits. A guess that the organisation can correct when it takes its page over.
SORTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (sort, re.compile(rf"\b({words})\b", re.IGNORECASE))
    for sort, words in (
        (
            Sort.PUBLIC,
            "council|nhs|librar(?:y|ies)|hospital|police|fire (?:and|&) rescue|university|college|school"
            "|(?:health|leisure|sports) centre|surgery|jobcentre|museum|parish|job ?centre",
        ),
        (Sort.BUSINESS, "ltd|limited|plc|llp|caf[eé]|shop|gym|pharmacy|cinema|hotel|pub"),
        (Sort.SPECIALIST, "care home|home ?care|care agency|nursing|domiciliary|residential|clinic"),
        (Sort.USER_LED, "user[- ]led|self[- ]help|survivors"),
        (Sort.VENTURE, "cic|c\\.i\\.c\\.?|community interest company|co-?operative|social enterprise"),
        (Sort.GROUP, "group|club|choir|society|circle|friends of|residents|association|band|u3a"),
    )
)
PAID = {Sort.PUBLIC, Sort.BUSINESS, Sort.SPECIALIST, Sort.VENTURE}

ACCESS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (feature, re.compile(words, re.IGNORECASE))
    for feature, words in (
        ("level", r"step[- ]?free|level access|wheelchair (?:access|user|friendly)|wheelchairs?\b|\bramp(?:s|ed)?\b"),
        ("toilet", r"(?:accessible|disabled|adapted) (?:wc|loo|toilet)"),
        ("loop", r"(?:hearing|induction) loop"),
        ("sign", r"sign language|\bbsl\b"),
        ("quiet", r"quiet (?:room|space|area|hour|session)"),
        (
            "companion",
            r"\b(?:carers?|companions?|friends?) (?:are )?welcome|bring (?:a|your) (?:carer|friend|companion)",
        ),
        ("home", r"home visit|visit(?:s|ed)? (?:you )?at home|in your (?:own )?home|comes? to you"),
        ("online", r"\bonline\b|\bzoom\b|by (?:tele)?phone|\btelephone\b|\bphone\b|virtual|video call"),
        ("transport", r"transport (?:is |can be )?(?:provided|arranged|available)|door[- ]to[- ]door|minibus"),
        ("welsh", r"\bwelsh\b|\bcymraeg\b|\bcy\b"),
    )
)
DENIED = re.compile(r"\b(?:no|not|without|isn['’]t|aren['’]t|cannot|can['’]t|limited|unsuitable)\b[^.;,]{0,30}$", re.I)


def newcomer(organisation: OrganisationRecord) -> Newcomer:
    """An organisation of the feed as one of ours."""
    sort = sort_of(organisation.name)
    return Newcomer(
        name=organisation.name,
        sort=sort,
        group=GROUPS.get(Sort(sort), Group.PEOPLE),
        about=organisation.words,
        website=organisation.url,
    )


def sort_of(name: str) -> str:
    return next((sort for sort, words in SORTS if words.search(name)), Sort.VOLUNTARY)


def row(service: ServiceRecord, sort: str, points: Points = NO_POINTS) -> Row:
    """A service of the feed as an asset of its holder, whose sort says whether people are paid to do it. `points` are
    those of postcodes, for a place that has no other."""
    organisation = service.organisation
    return Row(
        title=service.name,
        words=words(service),
        cost="unknown" if service.free is None else "free" if service.free else "paid",
        cost_words=service.cost[:200],
        open_to=", ".join(service.audience)[:300],
        least_age=service.lowest_age,
        most_age=service.highest_age,
        how=how(service),
        website=service.url or (organisation.url if organisation else ""),
        paid=sort in PAID,
        confirmed_on=service.checked_on,
        domains=domains(service),
        access=access(service),
        whens=tuple(when for entry in service.times for when in [_when(entry)] if any(when)),
        place=place(service, points),
    )


def words(service: ServiceRecord) -> str:
    """What it is, in the feed's own words, with a warning first and what has no place of its own after."""
    parts = [service.alert]
    if service.status == "temporarily closed":
        parts.insert(0, "Closed for now.")
    parts.append(service.words)
    parts.extend(service.access)
    parts.extend(service.areas)
    parts.append(", ".join(service.languages))
    return "\n\n".join(dict.fromkeys(part for part in parts if part))[:10_000]


def how(service: ServiceRecord) -> str:
    """How to get in touch: the telephone and the address always, the way to join as far as it fits."""
    reach = [part for part in (service.phone, service.email) if part]
    room = 300 - sum(len(part) + 1 for part in reach)
    joining = service.joining if len(service.joining) <= room else service.joining[: max(room - 1, 0)] + "…"
    return "\n".join(part for part in (*reach, joining) if part)[:300]


def access(service: ServiceRecord) -> tuple[tuple[str, str], ...]:
    """Access features that the feed states, never what it denies. Its sentences stand in the words."""
    said = [*service.access, service.joining, *service.languages]
    said += ["online" for place in service.places if place.kind == "virtual"]
    found: dict[str, str] = {}
    for sentence in said:
        for feature, pattern in ACCESS:
            match = pattern.search(sentence)
            if match and not DENIED.search(sentence[: match.start()]):
                found[feature] = ""
    return tuple(found.items())


def place(service: ServiceRecord, points: Points = NO_POINTS) -> PublicPlace | None:
    """The first place with a point, shown exactly, for it is public; else the first whose postcode is known, near
    there; else the first with an address."""
    by_postcode = (one for one in service.places if code_of(one) in points)
    found = service.first_point or next(by_postcode, None) or next((one for one in service.places if one.address), None)
    if found is None or found.kind == "virtual":
        return None
    shown = ", ".join(part for part in (found.name, found.address) if part)
    near = None if found.on_the_map else points.get(code_of(found))
    lat, lng = (near.lat, near.lng) if near else (found.latitude, found.longitude)
    return PublicPlace(lat=lat, lng=lng, words=shown[:200], address=found.address, near=near is not None)


def domains(service: ServiceRecord) -> tuple[str, ...]:
    """The parts of life it most plainly serves, at most three: everyday words in its title count most."""
    score: Counter[str] = Counter()
    title = _plain_words(" ".join((service.name, *service.topics, *service.audience)))
    text = _plain_words(service.words[:600])
    for domain, listed in _lexicon():
        score[domain] = 3 * len(listed & title) + len(listed & text)
    best = [domain for domain, weight in score.most_common(DOMAINS_KEPT) if weight >= DOMAIN_WEIGHT]
    return tuple(best)


@cache
def _lexicon() -> tuple[tuple[str, frozenset[str]], ...]:
    listed = frameworks.load("life_domains")["domain"]
    return tuple((domain["key"], frozenset(_fold(word.lower()) for word in domain["words"])) for domain in listed)


def _plain_words(text: str) -> set[str]:
    found = [_fold(word) for word in re.findall(r"[a-zà-ÿ]+", text.lower())]
    return {*found, *(f"{one} {two}" for one, two in pairwise(found))}


def _fold(word: str) -> str:
    """One form for walk, walks and walking."""
    for ending in ("ing", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            return word.removesuffix(ending)
    return word


def _when(entry: TimeRecord) -> tuple[datetime | None, str, int | None, str]:
    """A time as the register takes it. The end of a rule is told in UTC, as RFC 5545 wants it."""
    starts = _first_start(entry)
    rule = entry.rule
    if rule and entry.ends and "COUNT=" not in rule:
        end = datetime.combine(entry.ends, time(23, 59, 59), ZoneInfo(ZONE)).astimezone(UTC)
        rule += f";UNTIL={end:%Y%m%dT%H%M%SZ}"
    said = entry.words or _hours(entry)
    return starts, rule, entry.minutes, " ".join(said.split())[:200]


def _first_start(entry: TimeRecord) -> datetime | None:
    day = entry.starts or (FIRST_MONDAY if entry.rule and entry.opens else None)
    if day is None:
        return None
    return datetime.combine(day, entry.opens or time(), ZoneInfo(ZONE))


def _hours(entry: TimeRecord) -> str:
    hours = [f"{hour:%H:%M}" for hour in (entry.opens, entry.closes) if hour]
    return "–".join(hours) if not entry.rule else ""
