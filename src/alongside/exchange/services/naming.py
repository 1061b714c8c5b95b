"""Which id something of a feed goes out with: its own where that is a uuid, else one that is always the same."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from alongside.exchange.validating.queries import is_uuid

SPACE = uuid.UUID("6f1b5a52-7a0c-5d0e-9c55-0a8d1f0e7a11")  # the name space of ids that we make


def public_id(feed: object, foreign: object) -> str:
    """The id that a thing inside a feed's document goes out with."""
    if is_uuid(foreign):
        return str(foreign)
    return str(uuid.uuid5(SPACE, f"{feed}:{foreign}"))


def named(thing: Any, feed: object, known: Mapping[str, str]) -> Any:
    """A copy of a document with every id of it as it goes out; `known` are those that stand for rows of ours."""
    if isinstance(thing, list):
        return [named(one, feed, known) for one in thing]
    if not isinstance(thing, dict):
        return thing
    return {key: _id(value, feed, known) if _names(key) else named(value, feed, known) for key, value in thing.items()}


def places_of(entry: Mapping[str, Any], feed: object) -> Iterator[str]:
    """The ids under which a service at each of its places goes out."""
    found = entry.get("service_at_locations")
    for at in found if isinstance(found, list) else []:
        if isinstance(at, dict) and isinstance(at.get("id"), str | int) and at["id"] != "":
            yield public_id(feed, at["id"])


def _names(key: str) -> bool:
    return key == "id" or key.endswith("_id")


def _id(value: Any, feed: object, known: Mapping[str, str]) -> Any:
    if not isinstance(value, str | int) or isinstance(value, bool) or value == "":
        return named(value, feed, known)
    return known.get(str(value)) or public_id(feed, value)
