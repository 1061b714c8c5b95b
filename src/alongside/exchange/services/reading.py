"""Reads a service feed: bytes in, typed records and every fault out. Knows no database and never raises.

Serves the book's chapter 7: what organisations offer is one part of knowing what a place has.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from alongside.exchange.services import faults, nested, wording
from alongside.exchange.services.document import Document, Unreadable, open_document, plain
from alongside.exchange.services.faults import Fault, Notes
from alongside.exchange.services.records import BesideRecord, Reading, ServiceRecord
from alongside.exchange.services.values import Fields
from alongside.methods.loose_json import too_deep
from alongside.methods.shorten import shorten

STATUSES = {"active", "inactive", "defunct", "temporarily closed"}
OLDER = {"regular_schedules", "service_taxonomys", "eligibilitys", "pc_targetAudience", "pc_metadata"}
OLDER |= {"deliverable_type", "attending_type", "attending_access", "holiday_schedules", "fundings"}
KNOWN = OLDER | {
    *("id", "organization_id", "program_id", "name", "alternate_name", "description", "url", "email"),
    *("additional_urls", "status", "fees", "fees_description", "accreditations", "licenses", "alert"),
    *("minimum_age", "maximum_age", "assured_date", "assurer_email", "last_modified", "schedules"),
    *("service_areas", "service_at_locations", "languages", "organization", "funding", "cost_options"),
    *("contacts", "phones", "attributes", "metadata", "program", "required_documents", "capacities"),
    *("interpretation_services", "application_process", "wait_time", "eligibility_description"),
    *("pc_attendingAccess_additionalInfo", "locations", "reviews", "service_id", "wait_times"),
}
SERVICE_MARKS = {"status", "organization", "organization_id", "service_at_locations"} | OLDER
OTHER_MARKS = {"website", "organization_identifiers", "legal_status", "parent_id", "taxonomy", "term_uri"}
OTHER_MARKS |= {"location_type", "latitude", "address_1", "taxonomy_terms", "uri", "version", "taxonomy_id"}
OTHER_MARKS |= {"taxonomy_detail", "parent_organization_id", "logo", "tax_status", "year_incorporated"}
OTHER_KINDS = (
    ("location", {"location_type", "latitude"}),
    ("taxonomy_term", {"taxonomy", "term_uri", "taxonomy_id", "taxonomy_detail"}),
    ("organization", {"website", "organization_identifiers", "legal_status", "parent_organization_id", "logo"}),
    ("taxonomy", {"version", "uri", "taxonomy_terms"}),
)
UNKNOWN_SHOWN = 50


class _Reader:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.faults: list[Fault] = list(document.faults)
        self.services: list[ServiceRecord] = []
        self.rejects: list[Any] = []
        self.seen: set[str] = set()
        self.unknown: Counter[str] = Counter()
        self.nameless_ids = False
        self.beside: dict[tuple[str, str], BesideRecord] = {}

    def read(self) -> Reading:
        for position, entry in enumerate(self.document.entries, start=1):
            self._entry(position, entry)
        for position, (kind, row) in enumerate(self.document.lost, start=len(self.document.entries) + 1):
            notes = Notes(position, _label(position, row), _title(row))
            notes.reject(kind, row, faults.BELONGS_NOWHERE)
            self.faults.extend(notes.faults)
            self.rejects.append(row)
        return Reading(
            services=tuple(self.services),
            faults=tuple(self.faults),
            rejects=tuple(self.rejects),
            seen=frozenset(self.seen),
            read=len(self.document.entries) + len(self.document.lost),
            whole=self.document.whole and not self.nameless_ids and bool(self.services),
            beside=tuple(self.beside.values()),
        )

    def _entry(self, position: int, entry: Any) -> None:
        label = _label(position, entry)
        notes = Notes(position, label, _title(entry))
        if self._stands_beside(entry, notes):
            pass
        elif not self._is_service(entry, notes):
            self.nameless_ids = True
            self.rejects.append(entry)
        else:
            fields = Fields(entry, notes)
            if self._keeps(fields):
                self.services.append(service(fields))
                self._unknown(fields)
            else:
                self.rejects.append(entry)
        self.faults.extend(notes.faults)

    def _stands_beside(self, entry: Any, notes: Notes) -> bool:
        """Whether an entry is something else of the standard, which is kept as it is; a second use of an id is not."""
        if not isinstance(entry, dict) or not _is_another_thing(entry) or too_deep(entry):
            return False
        kind, foreign = _other_kind(entry), identifier(entry.get("id"))
        if not kind or not foreign or (kind, foreign) in self.beside:
            return False
        self.beside[kind, foreign] = BesideRecord(kind, foreign, plain(entry))
        return True

    def _is_service(self, entry: Any, notes: Notes) -> bool:
        if isinstance(entry, Unreadable):
            notes.reject("line", str(entry), faults.LINE_UNREADABLE)
        elif not isinstance(entry, dict) or _is_another_thing(entry):
            notes.reject("record", entry, faults.NOT_A_SERVICE)
        elif too_deep(entry):
            notes.reject("record", "", faults.TOO_DEEP)
        else:
            return True
        return False

    def _keeps(self, fields: Fields) -> bool:
        """Whether the service may come in; notes the faults of one that may not all the same."""
        foreign = identifier(fields.held.get("id"))
        again = foreign in self.seen
        if foreign:
            self.seen.add(foreign)
        else:
            self.nameless_ids = True
            fields.notes.reject("id", fields.held.get("id"), faults.WITHOUT_ID)
        named = bool(Fields(fields.held, Notes(0, "")).line("name"))
        if not named:
            fields.note("name", faults.REQUIRED)
            fields.notes.reject("name", fields.held.get("name"), faults.NAMELESS)
        if again:
            fields.notes.reject("id", foreign, faults.TWICE)
        if named and foreign and not again:
            return True
        nested.organisation(fields)
        return False

    def _unknown(self, fields: Fields) -> None:
        for key in fields.held.keys() - KNOWN:
            if key not in self.unknown and len(self.unknown) < UNKNOWN_SHOWN:
                fields.notes.note(shorten(key) or '""', fields.held[key], faults.UNKNOWN_FIELD)
            self.unknown[key] += 1


def read(data: bytes) -> Reading:
    """Every record of the file, each either a service or a reject, and every fault by name."""
    return _Reader(open_document(data)).read()


def identifier(value: object) -> str:
    """An id as text. Ids are whatever the feed says they are: never assume a uuid."""
    if isinstance(value, str):
        return Fields({"id": value}, Notes(0, "")).line("id")
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def service(fields: Fields) -> ServiceRecord:
    """One service that has an id and a name, in whatever form it came."""
    fields.note_doubles()
    modern = not OLDER & fields.held.keys()
    if modern:
        fields.needs("status")
    cost, free = wording.cost(fields)
    lowest, highest = wording.ages(fields)
    return ServiceRecord(
        position=fields.notes.position,
        foreign=identifier(fields.held["id"]),
        name=fields.line("name"),
        words=fields.text("description"),
        organisation=nested.organisation(fields),
        places=nested.places(fields, modern=modern),
        times=nested.times(fields),
        areas=wording.areas(fields),
        cost=cost,
        free=free,
        access=wording.access(fields),
        joining=wording.joining(fields),
        topics=wording.topics(fields, modern=modern),
        audience=wording.audience(fields),
        lowest_age=lowest,
        highest_age=highest,
        languages=wording.languages(fields),
        status=_status(fields),
        alert=fields.text("alert", limit=1000),
        url=fields.url("url"),
        email=fields.email("email"),
        phone=wording.phone(fields),
        checked_on=_checked(fields),
        body=plain(fields.held),
        held=fields.held,
    )


def _is_another_thing(entry: dict[str, Any]) -> bool:
    """An organisation, a place or a term of a list is not a service, though it has an id and a name."""
    return not SERVICE_MARKS & entry.keys() and bool(OTHER_MARKS & entry.keys())


def _other_kind(entry: dict[str, Any]) -> str:
    return next((kind for kind, marks in OTHER_KINDS if marks & entry.keys()), "")


def _status(fields: Fields) -> str:
    said = fields.line("status").lower()
    if said and said not in STATUSES:
        fields.note("status", faults.BAD_STATUS)
    return said if said in STATUSES else "active"


def _checked(fields: Fields) -> Any:
    if fields.has("assured_date"):
        return fields.day("assured_date")
    metadata = fields.held.get("pc_metadata")
    if isinstance(metadata, dict):
        return Fields(metadata, fields.notes, "pc_metadata").day("date_assured")
    return None


def _label(position: int, entry: Any) -> str:
    if isinstance(entry, dict):
        return identifier(entry.get("id")) or f"record {position}"
    return f"record {position}"


def _title(entry: Any) -> str:
    name = entry.get("name") if isinstance(entry, dict) else ""
    return shorten(name) if isinstance(name, str) else ""
