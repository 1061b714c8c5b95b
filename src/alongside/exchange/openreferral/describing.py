"""Describes the feed to programs: what it is, and every address and parameter, as OpenAPI 3.1."""

from __future__ import annotations

import hashlib
from typing import Any

VERSION = "HSDS-UK-3.0"
PROFILE = "https://github.com/OpenReferralUK/uk-profile/blob/main/docs/index.md"
PAGED = ("search", "page", "per_page", "format")
NARROWING = ("taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after", "full")
TIMES = ("minimum_age", "maximum_age", "start_time", "end_time", "day", "postcode", "proximity")
ADDRESSES: dict[str, tuple[str, ...]] = {
    "/": (),
    "/services": (*PAGED, *NARROWING, "minimal", *TIMES),
    "/services/{id}": (),
    "/service_at_locations": (*PAGED, *NARROWING, *TIMES),
    "/service_at_locations/{id}": (),
    "/organizations": (*PAGED, "full", "full_service"),
    "/organizations/{id}": ("full_service",),
    "/taxonomies": PAGED,
    "/taxonomies/{id}": (),
    "/taxonomy_terms": (*PAGED, "taxonomy_id", "top_only", "parent_id"),
    "/taxonomy_terms/{id}": (),
    "/gone": ("since", "page", "per_page"),
}
PARAMETERS: dict[str, tuple[str, str]] = {
    "search": ("string", "Words that must all stand in the name, the description or the organisation's name."),
    "page": ("integer", "Which page, from 1."),
    "per_page": ("integer", "How many on a page, at most 500."),
    "format": ("string", "json, or ndjson for everything at once, one record a line."),
    "taxonomy_term_id": ("string", "Only what has this term."),
    "taxonomy_id": ("string", "Only what has any term of this list, or terms of it."),
    "organization_id": ("string", "Only what this organisation holds."),
    "modified_after": ("string", "Only what was changed at or after this time."),
    "minimal": ("boolean", "Only ids and dates, up to 10,000 on a page."),
    "full": ("boolean", "Whole records, with everything below them."),
    "full_service": ("boolean", "Organisations with their whole services."),
    "top_only": ("boolean", "Only terms that have no parent."),
    "parent_id": ("string", "Only terms below this one."),
    "minimum_age": ("number", "Only what has a lowest age of at least this."),
    "maximum_age": ("number", "Only what has a highest age of at most this."),
    "start_time": ("string", "Only what starts at or after this time of day."),
    "end_time": ("string", "Only what ends at or before this time of day."),
    "day": ("string", "Only what happens on this day of the week: MO, TU, WE, TH, FR, SA or SU."),
    "postcode": ("string", "Only what is near this postcode or half of one, where it is known here; else 400 says so."),
    "proximity": ("number", "How near, in metres; 1,000 if nothing is said."),
    "since": ("string", "Only what went at or after this time."),
}


def about(openapi_url: str) -> dict[str, str]:
    """The front page of the feed."""
    return {"version": VERSION, "profile": PROFILE, "openapi_url": openapi_url}


def openapi(server: str) -> dict[str, Any]:
    """Every address with its parameters. All of them are for reading, and for anyone."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Open Referral UK feed of this place",
            "version": VERSION,
            "description": "What communities and organisations here offer. Nothing that a person has is in it.",
        },
        "servers": [{"url": server}],
        "paths": {path: {"get": _operation(path, names)} for path, names in ADDRESSES.items()},
        "components": {"parameters": {name: _parameter(name) for name in PARAMETERS}},
    }


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]


def _operation(path: str, names: tuple[str, ...]) -> dict[str, Any]:
    given: list[dict[str, Any]] = [{"$ref": f"#/components/parameters/{name}"} for name in names]
    if "{id}" in path:
        given.insert(0, {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}})
    answers: dict[str, Any] = {"200": {"description": "What was asked for."}, "304": {"description": "As before."}}
    answers["400"] = {"description": "A parameter cannot be taken; the answer says which and why."}
    if "{id}" in path:
        answers["404"] = {"description": "Nothing in this feed has that id."}
    return {
        "operationId": path.strip("/").replace("/{id}", "_one") or "about",
        "parameters": given,
        "responses": answers,
    }


def _parameter(name: str) -> dict[str, Any]:
    kind, words = PARAMETERS[name]
    return {"name": name, "in": "query", "required": False, "description": words, "schema": {"type": kind}}
