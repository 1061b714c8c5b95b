"""The columns of a sheet of things: what each is called, what others call it, and what may stand in it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop as _

from alongside.exchange.carrying.document import Thing
from alongside.exchange.carrying.plain import plain
from alongside.exchange.sheets.cells import folded, unfolded
from alongside.exchange.sheets.times import times_said

# Column, and what to write there; the first eight are all that most people need.
GUIDE = {
    "title": _("What is it called? Every row needs this."),
    "words": _("Say more, in your own words."),
    "kind": _("One of: %(kinds)s."),
    "place": _("Where is it? A hall, a street or an area."),
    "when": _("When is it? Like: every Tuesday 2pm to 4pm. One time on each line."),
    "cost": _("One of: %(costs)s."),
    "how": _("How does somebody get in touch?"),
    "holder": _("Which group or organisation offers it? Leave it empty for your own."),
    "open_to": _("Who is it for?"),
    "website": _("Its website, starting with https://"),
    "access": _("What makes it easy to come? Some of: %(access)s. One on each line; say more after a colon."),
    "domains": _("Parts of life it helps with, with commas between. Some of: %(domains)s."),
    "cost_words": _("Say more about the cost."),
    "least_age": _("The lowest age, as a number."),
    "most_age": _("The highest age, as a number."),
    "lat": _("Latitude, like 51.46. Only for places that anyone may know."),
    "lng": _("Longitude, like -2.58."),
    "lang": _("Language of the words: en or cy."),
}
# These come with a whole map, so that nothing is lost on the way; nobody has to fill them in.
CARRIED = (
    "key",
    "paid",
    "confirmed_on",
    "precision",
    "area",
    "unit",
    "per_week",
    "holder_kind",
    "holder_sort",
    "holder_key",
    "holder_about",
    "holder_website",
    "holder_lang",
    "source",
    "source_id",
)
COLUMNS = (*GUIDE, *CARRIED)
AREA = ("kind", "edition", "code", "name", "lat", "lng")
OTHERS = {
    "name": "title",
    "what": "title",
    "activity": "title",
    "service": "title",
    "event": "title",
    "description": "words",
    "about": "words",
    "details": "words",
    "type": "kind",
    "where": "place",
    "venue": "place",
    "address": "place",
    "location": "place",
    "time": "when",
    "times": "when",
    "day": "when",
    "days": "when",
    "date": "when",
    "price": "cost_words",
    "fee": "cost_words",
    "fees": "cost_words",
    "contact": "how",
    "phone": "how",
    "telephone": "how",
    "email": "how",
    "organisation": "holder",
    "organization": "holder",
    "group": "holder",
    "provider": "holder",
    "who_for": "open_to",
    "url": "website",
    "web": "website",
    "latitude": "lat",
    "longitude": "lng",
    "long": "lng",
    "lon": "lng",
    "language": "lang",
    "id": "key",
    "enw": "title",
    "teitl": "title",
    "disgrifiad": "words",
    "pryd": "when",
    "ble": "place",
    "cost_geiriau": "cost_words",
}
MORE = re.compile(r"^(\w+)_(\d{1,3})$")


def known(heading: str) -> str:
    """The column that a heading means, or nothing. "Title (2)" goes on from "title"."""
    name = re.sub(r"[^\w]+", "_", heading.casefold()).strip("_")
    more = MORE.match(name)
    stem = more[1] if more else name
    return stem if stem in COLUMNS else OTHERS.get(stem, "") if not more else ""


def row_of(thing: Thing) -> dict[str, str]:
    """A thing as texts by column; what is empty is left out."""
    said = plain(thing)
    holder = said.pop("holder", None) or {}
    for name, value in holder.items():
        said["holder" if name == "name" else f"holder_{name}"] = value
    if thing.whens:
        said["when"] = times_said(said.pop("whens"))
    if thing.access:
        said["access"] = "\n".join(f"{name}: {folded(words)}" if words else name for name, words in thing.access)
    if thing.domains:
        said["domains"] = ", ".join(thing.domains)
    if thing.area is not None:
        said["area"] = json.dumps([getattr(thing.area, name) for name in AREA], ensure_ascii=False)
    said["paid"] = "yes" if thing.paid else ""
    return {name: _text(said[name]) for name in COLUMNS if said.get(name) not in (None, "")}


def plain_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of texts by column as the plain dictionary that a thing is read from."""
    said: dict[str, Any] = {name: value for name, value in row.items() if value not in (None, "")}
    name = said.pop("holder", "")
    holder = {part: said.pop(f"holder_{part}", "") for part in ("kind", "sort", "key", "about", "website", "lang")}
    if name:
        said["holder"] = {**holder, "name": name}
    if isinstance(said.get("access"), str) and ":" in said["access"]:
        said["access"] = [_feature(line) for line in said["access"].split("\n") if line.strip()]
    if "area" in said:
        said["area"] = _area(said["area"])
    return said


def _feature(line: str) -> list[str]:
    name, _colon, words = line.partition(":")
    return [name.strip(), unfolded(words.removeprefix(" "))]


def _area(text: object) -> dict[str, Any] | None:
    try:
        values = json.loads(str(text))
    except (ValueError, RecursionError):
        return None
    return dict(zip(AREA, values, strict=False)) if isinstance(values, list) else None


def _text(value: object) -> str:
    return repr(value) if isinstance(value, float) else str(value)
