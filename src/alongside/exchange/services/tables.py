"""Reads the tabular form of the standard: rows of tables put together into services with all that hangs below them.

A row that names several parents is put below each of them that is there, for the standard lets it belong to all.
A row that belongs to nothing in the file is told and stays out.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from alongside.exchange.validating import queries as validating

Row = dict[str, Any]
# Which rows hang below which, by the column that names the parent: child -> ((column, parent, field), ...).
BELOW: dict[str, tuple[tuple[str, str, str], ...]] = {
    "phone": (
        ("contact_id", "contact", "phones"),
        ("service_at_location_id", "service_at_location", "phones"),
        ("service_id", "service", "phones"),
        ("location_id", "location", "phones"),
        ("organization_id", "organization", "phones"),
    ),
    "contact": (
        ("service_at_location_id", "service_at_location", "contacts"),
        ("service_id", "service", "contacts"),
        ("location_id", "location", "contacts"),
        ("organization_id", "organization", "contacts"),
    ),
    "schedule": (
        ("service_at_location_id", "service_at_location", "schedules"),
        ("service_id", "service", "schedules"),
        ("location_id", "location", "schedules"),
    ),
    "language": (
        ("phone_id", "phone", "languages"),
        ("service_id", "service", "languages"),
        ("location_id", "location", "languages"),
    ),
    "address": (("location_id", "location", "addresses"),),
    "accessibility": (("location_id", "location", "accessibility"),),
    "funding": (("service_id", "service", "funding"), ("organization_id", "organization", "funding")),
    "service_area": (
        ("service_at_location_id", "service_at_location", "service_areas"),
        ("service_id", "service", "service_areas"),
    ),
    "service_capacity": (("service_id", "service", "capacities"),),
    "cost_option": (("service_id", "service", "cost_options"),),
    "required_document": (("service_id", "service", "required_documents"),),
    "url": (("service_id", "service", "additional_urls"), ("organization_id", "organization", "additional_websites")),
    "organization_identifier": (("organization_id", "organization", "organization_identifiers"),),
    "program": (("organization_id", "organization", "programs"),),
    "service_at_location": (("service_id", "service", "service_at_locations"),),
}
# What a row holds whole, by the column that names it.
HELD = (
    ("service_at_location", "location_id", "location", "location"),
    ("service", "organization_id", "organization", "organization"),
    ("service", "program_id", "program", "program"),
    ("attribute", "taxonomy_term_id", "taxonomy_term", "taxonomy_term"),
    ("taxonomy_term", "taxonomy_id", "taxonomy", "taxonomy_detail"),
    ("service_capacity", "unit_id", "unit", "unit"),
)
ANYWHERE = (("attribute", "link_id", "attributes"), ("metadata", "resource_id", "metadata"))
ALONE = ("taxonomy", "taxonomy_term", "organization", "location")


def is_tables(found: Any) -> bool:
    """Whether this is an object of tables, each under the name of its file."""
    return isinstance(found, dict) and bool(found) and all(str(name).endswith(".csv") for name in found)


def from_files(files: Mapping[str, bytes]) -> dict[str, list[Row]]:
    """The rows of some CSV files, by file name."""
    return {name: _rows(data) for name, data in files.items()}


def joined(tables: Mapping[str, Any]) -> tuple[list[Row], list[tuple[str, Row]]]:
    """(whole services and what stands beside them, rows that belong to nothing with their kind)."""
    rows = _typed(tables)
    known = {kind: {str(row["id"]): row for row in held if row.get("id")} for kind, held in rows.items()}
    lost: list[tuple[str, Row]] = [(kind, row) for kind in rows if kind not in _KINDS for row in rows[kind]]
    anybody: dict[str, Row] = {own: row for held in known.values() for own, row in held.items()}
    for child, column, field in ANYWHERE:
        lost += [
            (child, row) for row in rows.get(child, ()) if not _hang(row, anybody.get(str(row.get(column))), field)
        ]
    for kind, column, parent, field in HELD:
        for row in rows.get(kind, ()):
            held = known.get(parent, {}).get(str(row.get(column)))
            if held is not None and held is not row:
                row[field] = held
    programs = {id(row["program"]) for row in rows.get("service", ()) if "program" in row}
    for child, parents in BELOW.items():
        for row in rows.get(child, ()):
            found = [
                _hang(row, known.get(kind, {}).get(str(row.get(column))), field) for column, kind, field in parents
            ]
            if not any(found) and id(row) not in programs:
                lost.append((child, row))
    return [*rows.get("service", ()), *_alone(rows)], lost


_KINDS = {*BELOW, *(row[0] for row in HELD), *(row[2] for row in HELD), *(row[0] for row in ANYWHERE), "service"}


def _alone(rows: Mapping[str, list[Row]]) -> Iterable[Row]:
    """Terms, and organisations and places that no service names: they stand beside the services."""
    named = {id(row.get("organization")) for row in rows.get("service", ())}
    named |= {id(row.get("location")) for row in rows.get("service_at_location", ())}
    for kind in ALONE:
        yield from (row for row in rows.get(kind, ()) if id(row) not in named)


def _hang(row: Row, parent: Row | None, field: str) -> bool:
    if parent is None or parent is row:
        return False
    parent.setdefault(field, []).append(row)
    return True


def _typed(tables: Mapping[str, Any]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for name, held in tables.items():
        kind = validating.kind_of_table(name) or name.removesuffix(".csv")
        for row in held if isinstance(held, list) else [held]:
            if isinstance(row, dict):
                found[kind].append(validating.typed(row, kind))
            else:
                found["?"].append({"row": row})
    return found


def _rows(data: bytes) -> list[Row]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    csv.field_size_limit(10_000_000)
    try:
        return [
            {str(name): value for name, value in row.items() if name is not None and isinstance(value, str)}
            for row in csv.DictReader(io.StringIO(text.replace("\x00", ""), newline=""))
        ]
    except csv.Error:
        return []
