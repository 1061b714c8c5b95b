"""Compares what a feed says now with what it said before, a few hundred services at a time. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from alongside.exchange.services import faults
from alongside.exchange.services.faults import Fault
from alongside.exchange.services.models import Feed, ForeignId, ForeignKind
from alongside.exchange.services.records import OrganisationRecord, Reading, ServiceRecord
from alongside.ground.records.models import State
from alongside.methods.shorten import shorten

BATCH = 500


@dataclass(slots=True)
class Difference:
    """What one batch of services would change. `updated` come with what we know of them; `returned` were gone from
    the feed and changed here by their holder: they are here again in the holder's words."""

    created: list[ServiceRecord] = field(default_factory=list)
    updated: list[tuple[ServiceRecord, ForeignId]] = field(default_factory=list)
    returned: list[ForeignId] = field(default_factory=list)
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)


def batches(reading: Reading) -> Iterator[Sequence[ServiceRecord]]:
    for start in range(0, len(reading.services), BATCH):
        yield reading.services[start : start + BATCH]


def organisations(reading: Reading) -> dict[str, OrganisationRecord]:
    """Each organisation of the file once: as it is first written with some words, else as first written."""
    found: dict[str, OrganisationRecord] = {}
    for service in reading.services:
        one = service.organisation
        if one is not None and (one.foreign not in found or (one.words and not found[one.foreign].words)):
            found[one.foreign] = one
    return found


def compare(feed: Feed | None, services: Sequence[ServiceRecord]) -> Difference:
    known = _known(feed, services)
    found = Difference()
    for service in services:
        link = known.get(service.foreign)
        if link is None:
            found.created.append(service)
        elif _stays(service, link, found):
            found.unchanged += 1
            if link.gone is not None and link.record is not None and link.record.state != State.ERASED:
                found.returned.append(link)
        else:
            found.updated.append((service, link))
    return found


def _known(feed: Feed | None, services: Sequence[ServiceRecord]) -> dict[str, ForeignId]:
    if feed is None:
        return {}
    asked = [service.foreign for service in services]
    links = ForeignId.objects.filter(feed=feed, kind=ForeignKind.SERVICE, foreign__in=asked)
    return {link.foreign: link for link in links.select_related("record")}


def _stays(service: ServiceRecord, link: ForeignId, found: Difference) -> bool:
    """Whether a known service is left as it is: nothing new, erased here, or changed here by its holder."""
    assert link.record is not None
    if link.record.state == State.ERASED or (link.digest == service.digest and link.gone is None):
        return True
    if link.record.rev == link.rev:
        return False
    found.faults.append(
        Fault(service.position, service.foreign, "record", "", faults.HOLDERS_WORDS, title=shorten(service.name))
    )
    return True


def beside(feed: Feed | None, reading: Reading) -> tuple[int, int]:
    """Of what stands beside the services, how many are new and how many have changed."""
    known = {(row.kind, row.foreign): row.digest for row in feed.beside.all()} if feed else {}
    new = sum((one.kind, one.foreign) not in known for one in reading.beside)
    changed = sum(known.get((one.kind, one.foreign), one.digest) != one.digest for one in reading.beside)
    return new, changed


def missing(feed: Feed | None, reading: Reading) -> list[ForeignId]:
    """Services that the feed used to name and no longer does; none where the file may be only a part."""
    if feed is None or not reading.whole:
        return []
    links = ForeignId.objects.filter(feed=feed, kind=ForeignKind.SERVICE, gone=None).select_related("record")
    return [link for link in links.iterator(chunk_size=2000) if link.foreign not in reading.seen]


def standing(*, on: bool, closed: bool, gone: bool) -> str:
    """The state that a record has by the feed's word alone."""
    if gone or closed:
        return State.ENDED
    return State.LIVE if on else State.RESTING


def state_after(link: ForeignId, *, on: bool, closed: bool, gone: bool) -> str:
    """The record's next state: the feed's word, unless somebody here has decided otherwise in between."""
    assert link.record is not None
    before = standing(on=on, closed=link.closed, gone=link.gone is not None)
    here = State.LIVE if link.record.state == State.STALE else link.record.state
    return standing(on=on, closed=closed, gone=gone) if here == before else link.record.state
