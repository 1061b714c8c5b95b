"""Passes on what a feed said of a service: its own document as it came, with what was changed here laid over it.

Asked for by the machine itself (an export, a move to another house) it is whole. For the public it holds what the
standard knows and says nothing of the people named as contacts, unless the steward passes that feed's contacts on.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from alongside.exchange.openreferral import shapes
from alongside.exchange.openreferral.shapes import Document
from alongside.exchange.services import queries as feeds
from alongside.exchange.services.queries import Said
from alongside.exchange.validating import queries as validating
from alongside.ground.records.models import Spot
from alongside.knowing.assets.models import Asset

# Who to ask for, and who wrote what when: people, who said so to the feed and not to us.
PERSONAL = {
    "contact": {"name", "email", "phones"},
    "address": {"attention"},
    "service": {"assurer_email", "metadata"},
}
NOBODY_ELSES = {"metadata"}
# Where something was changed here: the field of the row, and the fields of the standard that say it.
LAID_OVER = {
    "title": ("name",),
    "words": ("description",),
    "website": ("url",),
    "how": ("application_process", "phones", "email", "contacts"),
    "cost": ("fees", "fees_description", "cost_options"),
    "cost_words": ("fees", "fees_description", "cost_options"),
    "open_to": ("eligibility_description",),
    "least_age": ("minimum_age",),
    "most_age": ("maximum_age",),
    "confirmed_on": ("assured_date",),
    "place": ("service_at_locations",),
    "whens": ("schedules",),
}


def passed_on(
    asset: Asset, said: Said, ids: Mapping[str, str], holder: Document, concepts: Collection[str], *, whole: bool
) -> Document | None:
    """The feed's document of this service; None where it cannot be mended into one of the standard.

    `ids` are the ids under which the service and its organisation go out, by what the feed calls them.
    """
    entry = opened(said.body)
    if entry is None:
        return None
    original = entry
    organisation = entry.get("organization")
    if isinstance(organisation, dict) and organisation.get("id"):
        ids = {**ids, str(organisation["id"]): holder["id"]}
    entry = feeds.renamed(entry, said.feed, ids)
    entry["id"] = ids.get(said.foreign, entry.get("id"))
    if not said.unchanged:
        entry = laid_over(entry, original, asset, holder)
    if not whole and not said.contacts:
        entry = without_people(entry, "service")
    mended = validating.mended(entry, "service")
    if mended is None:
        return None
    _hold(mended, holder)
    if not whole:
        mended["attributes"] = [*_listed(mended.get("attributes")), *shapes.life(asset, concepts)]
        mended = shapes.without_blanks(mended)
    return mended


def opened(body: str) -> Document | None:
    """A kept document as it was; None where it is none, so that one that was spoilt spoils no page."""
    try:
        found = json.loads(body)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _hold(entry: Document, holder: Document) -> None:
    """Name the organisation where the feed's own words on it cannot stand, or are blank."""
    organisation = entry.get("organization")
    if not isinstance(organisation, dict):
        entry["organization"] = holder
    elif not str(organisation.get("description", "")).strip():
        entry["organization"] = {**organisation, "description": holder["description"]}


def laid_over(entry: Document, original: Document, asset: Asset, holder: Document) -> Document:
    """The document with what the holder changed here in place of what the feed says."""
    ours = shapes.service(asset, holder)
    for name in changed(original, asset):
        for field in LAID_OVER[name]:
            entry.pop(field, None)
            if field in ours:
                entry[field] = ours[field]
    entry["last_modified"] = ours["last_modified"]
    return entry


def changed(original: Document, asset: Asset) -> list[str]:
    """What of the asset differs from what the feed's document would have made of it."""
    row = feeds.as_row(original, asset.record.owner.sort)
    found = [
        name for name in LAID_OVER if name not in ("place", "whens") and getattr(asset, name) != getattr(row, name)
    ]
    spot = getattr(asset.record, "spot", None)
    here = (spot.shown_words, *_own_point(spot)) if spot else None
    there = (row.place.words[:200], row.place.lat, row.place.lng) if row.place else None
    if here != there:
        found.append("place")
    kept = sorted((when.rrule, when.minutes or 0, when.words) for when in asset.whens.all())
    if kept != sorted((rule, minutes or 0, words) for _starts, rule, minutes, words in row.whens):
        found.append("whens")
    return found


def _own_point(spot: Spot) -> tuple[float | None, float | None]:
    """The point that the list itself gave: none where we have put it near its postcode."""
    return (None, None) if spot.from_postcode else (spot.shown_lat, spot.shown_lng)


def without_people(thing: Any, kind: str) -> Any:
    """A document with the fields of the standard alone, and nobody's name, number or address of a contact."""
    kept: Document = {}
    for name, value in thing.items():
        below = validating.kind_below(kind, name)
        if name in NOBODY_ELSES or name in PERSONAL.get(kind, ()) or name not in validating.known(kind):
            continue
        if below and isinstance(value, list):
            found = [without_people(one, below) for one in value if isinstance(one, dict)]
            kept[name] = [one for one in found if below != "contact" or one.keys() - {"id"}]
        elif below and isinstance(value, dict):
            kept[name] = without_people(value, below)
        else:
            kept[name] = value
    return kept


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
