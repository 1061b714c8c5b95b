"""What a load did, or would do: the counts and every fault, worked out without writing anything."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from alongside.exchange.services import comparing
from alongside.exchange.services.comparing import Difference, batches, compare, missing
from alongside.exchange.services.document import REJECTS
from alongside.exchange.services.faults import Fault
from alongside.exchange.services.models import Feed
from alongside.exchange.services.records import Reading
from alongside.ground.records.actions import wide_statements


@dataclass(slots=True)
class LoadReport:
    """What a load did, or would do: read = created + updated + unchanged + rejected."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    gone: int = 0
    faults: list[Fault] = field(default_factory=list)
    rejects: str = ""
    whole: bool = True  # whether the file is all of the feed

    def counts(self) -> dict[str, int]:
        names = ("read", "created", "updated", "unchanged", "rejected", "gone")
        return {name: getattr(self, name) for name in names}

    def as_dict(self) -> dict[str, Any]:
        return {**self.counts(), "faults": [fault.as_row() for fault in self.faults]}


def look(source: str, found: Reading) -> LoadReport:
    """What a load would do, without doing it."""
    report = report_of(source, found)
    feed = Feed.objects.filter(name=" ".join(source.split())[:120]).first()
    with wide_statements():
        for batch in batches(found):
            add(report, compare(feed, batch))
    new, changed = comparing.beside(feed, found)
    add_beside(report, found, new, changed)
    report.gone = len(missing(feed, found))
    return report


def report_of(source: str, found: Reading) -> LoadReport:
    rejects = {REJECTS: source, "contents": found.rejects} if found.rejects else None
    return LoadReport(
        read=found.read,
        rejected=found.rejected,
        faults=list(found.faults),
        rejects=json.dumps(rejects, indent=1) if rejects else "",
        whole=found.whole,
    )


def add(report: LoadReport, part: Difference) -> None:
    report.created += len(part.created)
    report.updated += len(part.updated)
    report.unchanged += part.unchanged
    report.faults.extend(part.faults)


def add_beside(report: LoadReport, found: Reading, new: int, changed: int) -> None:
    report.created += new
    report.updated += changed
    report.unchanged += len(found.beside) - new - changed


def done(report: LoadReport) -> int:
    return report.created + report.updated + report.unchanged + report.rejected
