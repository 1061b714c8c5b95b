"""Things and maps as plain dictionaries, and back from whatever another file says: what fits is taken, the rest is
named with how to mend it. Nothing here raises, whatever it is given."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from alongside.exchange.carrying import sentences
from alongside.exchange.carrying.document import Chart, Holder, NamedArea, Reading, Thing
from alongside.exchange.carrying.taking import Take, bare, degrees, fit
from alongside.ground.people.models import Kind, Sort
from alongside.knowing.assets.models import AssetKind, Cost


def plain(one: Thing | Chart) -> dict[str, Any]:
    """As a dictionary of plain values; what is empty is left out, so that a file holds what is said."""
    return {name: value for name, value in asdict(one).items() if value is not False and value not in ("", None, ())}


def digest(thing: Thing) -> str:
    """What tells whether a thing says the same as before. Where "every Tuesday" was read from somebody's words, the
    day from which it counts is the day of reading, so it tells nothing."""
    said = plain(thing)
    for time in said.get("whens", ()):
        if time["rrule"] and time["words"]:
            time["starts"] = time["starts"][10:]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def thing_of(given: object, where: str, reading: Reading) -> Thing | None:
    """The thing that a dictionary of plain values describes; None, and accounted for, where it is none."""
    if not isinstance(given, Mapping):
        reading.leave_out(where, "", given, sentences.NOT_A_RECORD)
        return None
    take = Take(given, where, reading)
    title = take.text("title")
    if not title:
        reading.leave_out(where, "title", given.get("title", ""), sentences.NAMELESS)
        return None
    lat, lng = take.point()
    thing = Thing(
        key=take.text("key"),
        title=title,
        kind=take.choice("kind") or AssetKind.ACTIVITY.value,
        lang=take.text("lang") or "en",
        cost=take.choice("cost") or Cost.UNKNOWN.value,
        least_age=take.number("least_age", 130),
        most_age=take.number("most_age", 130),
        website=take.website(),
        paid=take.yes("paid"),
        confirmed_on=take.day("confirmed_on"),
        domains=take.domains(),
        access=take.access(),
        whens=take.whens(),
        lat=lat,
        lng=lng,
        precision=take.choice("precision"),
        area=area_of(given.get("area")),
        unit=take.choice("unit"),
        per_week=take.number("per_week", 1_000_000),
        holder=holder_of(given.get("holder")),
        **{name: take.text(name) for name in ("words", "cost_words", "open_to", "how", "place", "source", "source_id")},
    )
    return thing if thing.key else _with_key(thing)


def _with_key(thing: Thing) -> Thing:
    """A thing without a key is known again by its name, its holder and its place."""
    said = "\n".join((thing.title, thing.holder.name if thing.holder else "", thing.place)).casefold()
    values = {one.name: getattr(thing, one.name) for one in fields(thing)}
    return Thing(**(values | {"key": f"said-{hashlib.sha256(said.encode()).hexdigest()[:24]}"}))


def chart_of(given: object, where: str, reading: Reading) -> Chart | None:
    """The map that a dictionary describes, or None where it names none."""
    if not isinstance(given, Mapping):
        return None
    take = Take(given, where, reading)
    title = take.text("title")
    if not title:
        return None
    layers = given.get("layers")
    listed = layers if isinstance(layers, list | tuple) else []
    pairs = [one for one in listed if isinstance(one, list | tuple) and len(one) == 2]
    edge = given.get("edge")
    return Chart(
        key=take.text("key"),
        title=title,
        lang=take.text("lang") or "en",
        review_on=take.day("review_on"),
        holder=holder_of(given.get("holder")),
        edge=edge if isinstance(edge, Mapping) else None,
        layers=tuple((fit(name)[:60], bool(on)) for name, on in pairs[:200] if isinstance(name, str)),
        **{name: take.text(name) for name in ("words", "may_stand", "may_not", "decides", "objects_how")},
    )


def holder_of(given: object) -> Holder | None:
    """Who offers it, or None where nobody is named or what is named is no holder."""
    if not isinstance(given, Mapping):
        return None
    texts = {name: bare(given.get(name), name) for name in ("key", "name", "about", "website", "lang")}
    kind, sort = given.get("kind"), given.get("sort")
    if not texts["name"]:
        return None
    if kind not in Kind.values:
        kind = Kind.ORGANISATION.value
    if kind == Kind.PERSON:
        sort = Sort.PERSON.value
    elif sort not in Sort.values or sort == Sort.PERSON:
        sort = (Sort.GROUP if kind == Kind.COMMUNITY else Sort.VOLUNTARY).value
    texts["lang"] = texts["lang"] or "en"
    texts["key"] = texts["key"] or hashlib.sha256(f"{kind}\n{texts['name'].casefold()}".encode()).hexdigest()[:24]
    return Holder(kind=str(kind), sort=str(sort), **texts)


def area_of(given: object) -> NamedArea | None:
    if not isinstance(given, Mapping):
        return None
    texts = {name: bare(given.get(name), name) for name in ("edition", "code", "name")}
    kind = given.get("kind")
    if not all(texts.values()) or not isinstance(kind, str) or len(kind) > 10:
        return None
    lat, lng = degrees(given.get("lat"), 90), degrees(given.get("lng"), 180)
    return NamedArea(kind=fit(kind), lat=lat, lng=lng, **texts)
