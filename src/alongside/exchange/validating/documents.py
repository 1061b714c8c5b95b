"""Opens what somebody wants judged: which records it holds, of which kind, and how its pages describe themselves."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from alongside.methods.loose_json import parse

# How a record is told from another, the first that fits: the fields only it has.
MARKS: tuple[tuple[str, frozenset[str]], ...] = (
    ("taxonomy_term", frozenset({"taxonomy_detail", "taxonomy_id", "term_uri", "parent_id"})),
    ("service_at_location", frozenset({"service", "location", "service_id", "location_id"})),
    (
        "service",
        frozenset(
            {"status", "organization", "organization_id", "service_at_locations", "cost_options", "assured_date"}
            | {"url", "fees", "minimum_age", "maximum_age", "alert", "accreditations", "last_modified", "schedules"}
        ),
    ),
    (
        "organization",
        frozenset({"website", "legal_status", "organization_identifiers", "logo", "services", "year_incorporated"}),
    ),
    ("location", frozenset({"location_type", "latitude", "addresses"})),
    ("taxonomy", frozenset({"version", "uri", "taxonomy_terms"})),
)
# The tables of the tabular form, by file name; a row of each is judged as the object it is.
TABLES = {
    "accessibility": "accessibility",
    "address": "address",
    "addresses": "address",
    "attribute": "attribute",
    "attributes": "attribute",
    "contacts": "contact",
    "cost_options": "cost_option",
    "funding": "funding",
    "languages": "language",
    "locations": "location",
    "meta_table_descriptions": "meta_table_description",
    "metadata": "metadata",
    "organization_identifiers": "organization_identifier",
    "organizations": "organization",
    "phones": "phone",
    "programs": "program",
    "required_documents": "required_document",
    "schedule": "schedule",
    "schedules": "schedule",
    "service_areas": "service_area",
    "service_at_location": "service_at_location",
    "service_at_locations": "service_at_location",
    "service_capacity": "service_capacity",
    "services": "service",
    "taxonomies": "taxonomy",
    "taxonomy": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
    "units": "unit",
    "url": "url",
}
API = frozenset({"version", "profile", "openapi_url"})
PAGE = ("total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty")


@dataclass(slots=True)
class Opened:
    """What a file holds: records with the page they stand on, pages, a front page, or the reason why nothing."""

    records: list[Any] = field(default_factory=list)
    rows: list[tuple[str, Any]] = field(default_factory=list)  # of tables, with the object each one is
    on_pages: set[int] = field(default_factory=set)  # which of the records stand on a page, by place
    pages: list[dict[str, Any]] = field(default_factory=list)
    fronts: list[dict[str, Any]] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    judged: bool = False  # what its pages say of themselves has been looked at already
    whole: bool = False  # these records stand on a list already, so their ids come twice


def open_bytes(data: bytes) -> Opened:
    """One document, a page, a row of either, or one record a line. Never raises."""
    opened = Opened()
    try:
        text = data.decode(json.detect_encoding(data))
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    try:
        _take(parse(text), opened)
    except RecursionError:
        opened.broken.append("nested too deeply")
    except ValueError as problem:
        _lines(text, problem, opened)
    return opened


def kind_of(entry: dict[str, Any]) -> str:
    """Which object of the standard an entry is, by the fields it has; nothing where it has none of any."""
    found = {kind: len(marks & entry.keys()) for kind, marks in MARKS}
    if isinstance(entry.get("service"), dict):
        return "service_at_location"
    best = max(found, key=lambda kind: (found[kind], -list(found).index(kind)))
    if found[best]:
        return best
    if {"id", "name", "description"} <= entry.keys():
        return "organization"  # all that one needs; a service would say more
    return "service" if {"id", "name"} & entry.keys() else ""


def _take(found: Any, opened: Opened, depth: int = 0) -> None:
    if isinstance(found, list) and depth < 4:
        for entry in found:
            _take(entry, opened, depth + 1) if _is_page(entry) else opened.records.append(entry)
    elif isinstance(found, dict) and _is_page(found):
        opened.pages.append(found)
        before = len(opened.records)
        held = _contents(found)
        _take(held if isinstance(held, list) else [], opened, depth + 1)
        opened.on_pages.update(range(before, len(opened.records)))
    elif isinstance(found, dict) and found and all(str(name).endswith(".csv") for name in found):
        for name, rows in found.items():
            kind = TABLES.get(name.removesuffix(".csv"), "")
            opened.rows.extend((kind, row) for row in (rows if isinstance(rows, list) else [rows]))
    elif isinstance(found, dict) and API & found.keys() and not {"id", "name"} & found.keys():
        opened.fronts.append(found)
    else:
        opened.records.append(found)


def _is_page(entry: Any) -> bool:
    return isinstance(entry, dict) and (isinstance(_contents(entry), list) or "total_items" in entry)


def _contents(page: dict[str, Any]) -> Any:
    if "contents" in page or "content" in page:
        return page.get("contents", page.get("content"))
    return page.get("services") if not {"id", "name"} & page.keys() else None


def _lines(text: str, problem: ValueError, opened: Opened) -> None:
    lines = [line for line in text.splitlines() if line.strip()]
    where = f"line {problem.lineno}, column {problem.colno}" if isinstance(problem, json.JSONDecodeError) else ""
    if len(lines) < 2 or not lines[0].lstrip().startswith("{"):
        opened.broken.append(where)
        return
    taken = Opened()
    for n, line in enumerate(lines, start=1):
        try:
            taken.records.append(parse(line))
        except (ValueError, RecursionError):
            taken.broken.append(f"line {n}")
    if not taken.records:
        opened.broken.append(where)
        return
    opened.records, opened.broken = taken.records, taken.broken
