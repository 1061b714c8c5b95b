"""The note as a row of a sheet and as FHIR R4. It says that help was taken up or declined, and never for what.

The two codes are the national ones of SNOMED CT (UK edition) for social prescribing, as practices count them. The first
is of a referral, whoever made it; the second of somebody who was asked and said no to the service, not to one idea.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from alongside.exchange.sheets.cells import safe

SNOMED = "http://snomed.info/sct"
CODES = {
    "taken": ("871731000000106", "Referral to social prescribing service"),
    "declined": ("871711000000103", "Social prescribing declined"),
}
HEADINGS = ("date", "snomed_code", "term", "person", "from")


@dataclass(frozen=True)
class Note:
    """What somebody says of themselves: `what` is a key of CODES; `person` may be empty, the surgery knows them."""

    what: str
    day: date
    person: str = ""
    source: str = ""

    @property
    def code(self) -> str:
        return CODES[self.what][0]

    @property
    def term(self) -> str:
        return CODES[self.what][1]


def as_sheet(note: Note) -> str:
    """One row beneath its headings (RFC 4180); no cell is worked out as a formula."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(HEADINGS)
    rows.writerow([note.day.isoformat(), note.code, note.term, safe(note.person), safe(note.source)])
    return out.getvalue()


def as_fhir(note: Note) -> str:
    """A collection with one resource: a ServiceRequest, or an Observation where somebody declined; its subject by name
    alone, for whoever reads it in ties it to their own record."""
    given: dict[str, Any] = {
        "code": {"coding": [{"system": SNOMED, "code": note.code, "display": note.term}], "text": note.term},
        "subject": {"display": note.person or "Whoever brought this note"},
    }
    if note.what == "taken":
        one = {"resourceType": "ServiceRequest", "status": "active", "intent": "order", **given}
        one |= {"authoredOn": note.day.isoformat()} | ({"requester": {"display": note.source}} if note.source else {})
    else:
        one = {"resourceType": "Observation", "status": "final", **given, "effectiveDateTime": note.day.isoformat()}
        one |= {"performer": [{"display": note.source}]} if note.source else {}
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one}]}
    return json.dumps(bundle, ensure_ascii=False, indent=2) + "\n"
