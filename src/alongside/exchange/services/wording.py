"""Reads what a service says about itself in words: cost, access, audience, topics, how to join.

Covers the nested form and the older list form with its `pc_` extensions (`pc_targetAudience` and so on).
Contact people's names and their own addresses are never brought in: they did not give them to us.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from alongside.exchange.services import faults
from alongside.exchange.services.values import Fields

NO_CHARGE = re.compile(r"(it'?s |is )?(free|free of charge|no charge|no cost|none|nil|£?0(\.00)?)\.?", re.I)
PHONE = re.compile(r"[^\d+()/x -]")


def cost(service: Fields) -> tuple[str, bool | None]:
    """What it costs in words, and whether it is free, is not, or is not said."""
    said: list[str] = []
    amounts: list[float] = []
    for option in service.children("cost_options"):
        amount = option.number("amount")
        if amount is not None:
            amounts.append(amount)
        words = _price(option, amount)
        if words:
            said.append(words)
    fees = service.text("fees", limit=500) or service.text("fees_description", limit=500)
    if fees:
        said.append(fees)
    free = None
    if amounts or NO_CHARGE.fullmatch(fees):
        free = not any(amounts)
    return "; ".join(dict.fromkeys(said))[:500], free


def _price(option: Fields, amount: float | None) -> str:
    name, note = option.line("option"), option.line("amount_description")
    currency = option.line("currency", limit=3).upper()
    if amount is None:
        price = note
    elif amount == 0:
        price = f"free {note}".strip()
    else:
        sign = "£" if currency in {"", "GBP"} else f"{currency} "
        price = f"{sign}{amount:.2f} {note}".replace(".00 ", " ").strip().removesuffix(".00")
    return ": ".join(part for part in (name, price) if part)


def access(service: Fields) -> tuple[str, ...]:
    """What is said about access at each place."""
    said: list[str] = []
    for at in service.children("service_at_locations"):
        location = at.child("location")
        if location is None:
            continue
        for entry in location.children("accessibility", "accessibility_for_disabilities"):
            said.append(entry.text("accessibility", limit=500))
            said.append(entry.text("description", limit=500))
            said.append(entry.text("details", limit=500))
    return _once(said)


def audience(service: Fields) -> tuple[str, ...]:
    """Who it is for, in the feed's words: `Parents>Grandparents` says both."""
    said: list[str] = []
    for entry in service.children("pc_targetAudience"):
        said.extend(entry.line("audienceType").split(">"))
    for entry in service.children("eligibilitys", "eligibility"):
        said.append(entry.line("eligibility"))
        for taxonomy in entry.children("taxonomys"):
            said.append(taxonomy.line("name"))
    said.append(service.line("eligibility_description", limit=500))
    return _once(said)


def ages(service: Fields) -> tuple[int | None, int | None]:
    lowest, highest = service.age("minimum_age"), service.age("maximum_age")
    for entry in service.children("eligibilitys"):
        lowest = entry.age("minimum_age") if lowest is None else lowest
        highest = entry.age("maximum_age") if highest is None else highest
    if lowest is not None and highest is not None and lowest > highest:
        service.note("minimum_age", faults.AGES_CROSSED)
        return None, None
    return lowest, highest


def topics(service: Fields, *, modern: bool) -> tuple[str, ...]:
    said: list[str] = []
    for term in _terms(service):
        if modern:
            term.needs("name")
        said.append(term.line("name") or term.line("term"))
    said.append(service.line("deliverable_type"))
    return _once(said)


def _terms(service: Fields) -> Iterator[Fields]:
    for key, inside in (("attributes", "taxonomy_term"), ("service_taxonomys", "taxonomy")):
        for entry in service.children(key):
            term = entry.child(inside)
            if term is not None:
                yield term


def joining(service: Fields) -> str:
    """How to come to it: by dropping in, by asking, by being sent."""
    keys = ("attending_type", "attending_access", "pc_attendingAccess_additionalInfo", "application_process")
    return "\n".join(_once(service.text(key, limit=1000) for key in keys))


def languages(service: Fields) -> tuple[str, ...]:
    return _once(
        entry.line("name") or entry.line("language") or entry.line("code") for entry in service.children("languages")
    )


def areas(service: Fields) -> tuple[str, ...]:
    return _once(
        entry.line("name", limit=500) or entry.line("service_area", limit=500)
        for entry in service.children("service_areas")
    )


def phone(service: Fields) -> str:
    """The first number given for the service; of a contact person only the number."""
    holders = [service, *service.children("contacts"), *service.children("service_at_locations")]
    for holder in holders:
        for entry in holder.children("phones"):
            number = " ".join(PHONE.sub("", entry.line("number")).split())[:40]
            if sum(c.isdigit() for c in number) >= 3:
                return number
    return ""


def _once(said: Iterator[str] | list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words.strip() for words in said if words.strip()))
