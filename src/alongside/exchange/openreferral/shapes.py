"""Says an asset of ours as a service of the standard: where it is shown, when, what it costs, who holds it."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from alongside.exchange.openreferral import terms
from alongside.ground.people.models import Party
from alongside.ground.records.models import Precision
from alongside.knowing.assets.models import Access, Asset, AssetWhen, Cost
from alongside.knowing.assets.when import DAYS, ZONE

MIDDLE = "The point is in the middle of the area in which it is."
BY_POSTCODE = "The point is near, from the postcode."
Document = dict[str, Any]
AT, PLACE = 1, 2  # what hangs on a record, under ids that are its own but for these last bits
LANGUAGES = {"en": "English", "cy": "Welsh"}
FREQUENCIES = {"WEEKLY", "MONTHLY"}
FREE = {Cost.FREE: "Free", Cost.PAY_WHAT_YOU_CAN: "Pay what you can"}


def kin(key: uuid.UUID, bits: int) -> str:
    """The id of something that hangs on a record, from which the record can be found again."""
    return str(uuid.UUID(int=key.int ^ bits))


def of_kin(public: str, bits: int) -> uuid.UUID | None:
    """The record on which the thing with this id would hang."""
    try:
        return uuid.UUID(int=uuid.UUID(public).int ^ bits)
    except ValueError:
        return None


def moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def service(asset: Asset, organisation: Document, concepts: Collection[str] = ()) -> Document:
    """The whole service, with everything that hangs below it; `concepts` are what matters to people that it serves."""
    record = asset.record
    key = str(record.key)
    said = {
        "id": key,
        "name": asset.title,
        "description": asset.words,
        "url": asset.website,
        "status": "temporarily closed" if asset.paused else "active",
        "application_process": asset.how,
        **cost(asset),
        "eligibility_description": asset.open_to,
        "minimum_age": asset.least_age,
        "maximum_age": asset.most_age,
        "assured_date": asset.confirmed_on.isoformat() if asset.confirmed_on else None,
        "last_modified": moment(record.changed),
        "schedules": schedules(asset),
        "service_at_locations": places(asset),
        "languages": languages(asset),
        "organization": organisation,
        "attributes": [terms.attribute(record.key, terms.KINDS, asset.kind), *life(asset, concepts)],
    }
    return without_blanks(said)


def cost(asset: Asset) -> Document:
    """What it costs: in words, and as a price of nought where it is free."""
    words = asset.cost_words or FREE.get(Cost(asset.cost), "")
    option = {"id": terms.made_id(str(asset.record.key), "cost"), "option": words, "amount": 0, "currency": "GBP"}
    return {
        "fees": words,
        "fees_description": words,
        "cost_options": [without_blanks(option)] if asset.cost == Cost.FREE else [],
    }


def organisation(party: Party, public: str) -> Document:
    """Who holds it. The standard wants words about everybody, so those who said nothing get what they are."""
    about = party.about.strip() or f"{party.name}: {party.get_sort_display()}"
    return without_blanks({"id": public, "name": party.name, "description": about, "website": party.website})


def places(asset: Asset) -> list[Document]:
    """The shown place, and never another: with a point where one is shown, and what makes it work for somebody."""
    record = asset.record
    spot = getattr(record, "spot", None)
    if spot is None or (spot.shown_lat is None and not spot.shown_words and spot.area is None):
        return []
    area = spot.area.name if spot.area else ""
    near = spot.precision != Precision.EXACT
    location = {
        "id": kin(record.key, PLACE),
        "location_type": "physical",
        "name": spot.shown_words or area,
        "description": BY_POSTCODE if spot.from_postcode else MIDDLE if near else "",
        "latitude": spot.shown_lat,
        "longitude": spot.shown_lng,
        "accessibility": [
            {
                "id": terms.made_id(str(record.key), "access", one.feature),
                "description": one.words or str(Access(one.feature).label),
            }
            for one in sorted(asset.access.all(), key=lambda one: one.feature)
        ],
    }
    return [{"id": kin(record.key, AT), "location": without_blanks(location)}]


def schedules(asset: Asset) -> list[Document]:
    return [
        without_blanks({"id": terms.made_id(str(asset.record.key), "when", str(n)), **_schedule(when)})
        for n, when in enumerate(sorted(asset.whens.all(), key=lambda when: when.pk))
    ]


def _schedule(when: AssetWhen) -> Document:
    local = when.starts.astimezone(ZoneInfo(when.tz or ZONE)) if when.starts else None
    said: Document = {"description": when.words, "dtstart": local.date().isoformat() if local else None}
    if local and (local.hour or local.minute or when.minutes):
        said["opens_at"] = f"{local:%H:%M}"
        if when.minutes and (local + timedelta(minutes=when.minutes)).date() == local.date():
            said["closes_at"] = f"{local + timedelta(minutes=when.minutes):%H:%M}"
    return said | _rule(when.rrule, local)


def _rule(rrule: str, local: datetime | None) -> Document:
    """The rule in the standard's fields. It knows weeks and months, so every day is each day of every week."""
    parts = dict(part.partition("=")[::2] for part in rrule.upper().split(";") if part)
    frequency, interval = parts.get("FREQ", ""), parts.get("INTERVAL", "1")
    if frequency == "DAILY" and interval == "1":
        frequency, parts["BYDAY"] = "WEEKLY", parts.get("BYDAY", ",".join(DAYS))
    if frequency not in FREQUENCIES:
        one_day = local.date().isoformat() if local and not rrule else None
        return {"valid_from": one_day, "valid_to": one_day}
    byday = parts.get("BYDAY") or (DAYS[local.weekday()] if local and frequency == "WEEKLY" else "")
    until = parts.get("UNTIL", "")[:8]
    return {
        "freq": frequency,
        "interval": int(interval) if interval.isdigit() else None,
        "byday": byday,
        "bymonthday": parts.get("BYMONTHDAY"),
        "count": int(parts["COUNT"]) if parts.get("COUNT", "").isdigit() else None,
        "until": f"{until[:4]}-{until[4:6]}-{until[6:]}" if len(until) == 8 else None,
        "valid_to": f"{until[:4]}-{until[4:6]}-{until[6:]}" if len(until) == 8 else None,
    }


def languages(asset: Asset) -> list[Document]:
    code = asset.record.lang[:2]
    name = LANGUAGES.get(code)
    return [{"id": terms.made_id(str(asset.record.key), "lang", code), "name": name, "code": code}] if name else []


def life(asset: Asset, concepts: Collection[str] = ()) -> list[Document]:
    """Our own terms for it: the parts of life, and what matters to people, that it may serve."""
    key = asset.record.key
    named = [(terms.DOMAINS, one.domain) for one in asset.domains.all()]
    named += [(terms.CONCEPTS, concept) for concept in concepts]
    known = terms.terms()
    return [
        terms.attribute(key, listed, code) for listed, code in sorted(named) if terms.made_id(listed, code) in known
    ]


def without_blanks(said: Mapping[str, Any]) -> Document:
    """What is not said is left out: the standard takes a blank for a word."""
    return {name: value for name, value in said.items() if value not in (None, "", [])}
