"""Feeds, their loads, and which feed a record came from, as far as the viewer may see them."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from alongside.exchange.services import fitting, policy, reading
from alongside.exchange.services.faults import Notes
from alongside.exchange.services.models import (
    Feed,
    ForeignId,
    ForeignKind,
    KeptAt,
    KeptBeside,
    KeptDocument,
    LoadFault,
    LoadRun,
    Timer,
)
from alongside.exchange.services.naming import named
from alongside.exchange.services.values import Fields
from alongside.exchange.validating.queries import is_uuid
from alongside.ground.history.acting import demand
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party
from alongside.ground.people.queries import may_speak_for
from alongside.ground.records.models import Record
from alongside.ground.records.queries import visible_to
from alongside.knowing.assets.actions import Row


def feeds(viewer: Actor) -> QuerySet[Feed]:
    """Every feed by name, with how many services it names now. Raises Refused for all but staff."""
    demand(policy.may_see_loads, by=viewer)
    here = Q(ids__kind=ForeignKind.SERVICE, ids__gone=None)
    return Feed.objects.select_related("timer").annotate(services=Count("ids", filter=here)).order_by("name")


def feed(viewer: Actor, key: UUID | str) -> Feed | None:
    return feeds(viewer).filter(key=key).first()


def feed_named(viewer: Actor, name: str) -> Feed | None:
    return feeds(viewer).filter(name=name).first()


def is_due(feed: Feed) -> bool:
    """Whether the time has come to fetch this feed."""
    return Timer.objects.filter(feed=feed, next_at__lte=timezone.now()).exists()


def next_time(name: str) -> datetime | None:
    """When this feed is fetched next; None where it is not."""
    timer = Timer.objects.filter(feed__name=name, feed__on=True).first()
    return timer.next_at if timer else None


def own_lists(viewer: Actor, holders: Collection[Party]) -> list[Feed]:
    """The lists that these organisations point to, for those who speak for them."""
    mine = [one.pk for one in holders if may_speak_for(viewer, one)]
    here = Q(ids__kind=ForeignKind.SERVICE, ids__gone=None)
    found = Feed.objects.filter(timer__keeper__in=mine).select_related("timer")
    return list(found.annotate(services=Count("ids", filter=here)).order_by("name"))


def own_runs(viewer: Actor) -> QuerySet[LoadRun]:
    """The lists that this viewer sent in themselves, the last first."""
    mine = (
        LoadRun.objects.filter(by=viewer.person) if viewer.person and not viewer.is_helping else LoadRun.objects.none()
    )
    return mine.defer("document", "rejects").order_by("-at", "-pk")


def seen_run(viewer: Actor, key: UUID | str) -> LoadRun | None:
    """One load, for staff and for whoever sent it in."""
    found = LoadRun.objects.select_related("feed", "by").defer("document").filter(key=key).first()
    return found if found is not None and policy.may_see_run(by=viewer, run=found) else None


def runs(viewer: Actor) -> QuerySet[LoadRun]:
    """Loads and looks, the last first, without the files themselves. Raises Refused for all but staff."""
    demand(policy.may_see_loads, by=viewer)
    return LoadRun.objects.select_related("feed", "by").defer("document", "rejects").order_by("-at", "-pk")


def run(viewer: Actor, key: UUID | str) -> LoadRun | None:
    return runs(viewer).filter(key=key).first()


def faults(viewer: Actor, of: LoadRun) -> QuerySet[LoadFault]:
    """What was wrong, what stayed out first."""
    demand(policy.may_see_run, by=viewer, run=of)
    return LoadFault.objects.filter(run=of).order_by("-rejected", "position", "pk")


def faults_by_reason(viewer: Actor, of: LoadRun) -> list[tuple[str, str, int]]:
    """How often each field was wrong for each reason, the most frequent first."""
    counted = faults(viewer, of).order_by().values_list("field", "reason").annotate(n=Count("pk"))
    return [(row[0], row[1], row[2]) for row in counted.order_by("-n", "field")[:30]]


def origin(viewer: Actor, record: Record) -> ForeignId | None:
    """The feed that a record came from, for whoever may see the record."""
    links = ForeignId.objects.filter(record=record, record__in=visible_to(viewer))
    return links.select_related("feed").first()


def sources(viewer: Actor, records: list[int]) -> dict[int, str]:
    """The names of the feeds that these records came from, by record id, for exports and lists."""
    links = ForeignId.objects.filter(record__in=records).filter(record__in=visible_to(viewer))
    return dict(links.values_list("record_id", "feed__name"))


def foreign_ids(viewer: Actor, records: list[int]) -> dict[int, str]:
    """The id that each of these records has in the feed it came from, by record id."""
    links = ForeignId.objects.filter(record__in=records).filter(record__in=visible_to(viewer))
    return dict(links.values_list("record_id", "foreign"))


@dataclass(frozen=True, slots=True)
class Said:
    """What a feed says of one of our records: its whole document, and whether the record is still as it says."""

    feed: UUID
    name: str
    foreign: str
    body: str
    unchanged: bool  # nobody here has changed the record since
    first: bool  # no older feed uses the same id
    contacts: bool  # the steward passes on whom this feed names as contacts


def said(viewer: Actor, records: Collection[int]) -> dict[int, Said]:
    """The feeds' own documents of these records, by record id, as far as the viewer may see the records."""
    older = ForeignId.objects.filter(kind=OuterRef("kind"), foreign=OuterRef("foreign"), pk__lt=OuterRef("pk"))
    document = KeptDocument.objects.filter(pk=OuterRef("record")).values("body")[:1]
    links = ForeignId.objects.filter(record__in=records).filter(record__in=visible_to(viewer))
    rows = links.annotate(body=Subquery(document), twin=Exists(older)).select_related("feed__timer", "record")
    return {link.record_id: _said(link) for link in rows if link.record_id is not None}


def _said(link: ForeignId) -> Said:
    assert link.record is not None
    timer = getattr(link.feed, "timer", None)
    return Said(
        feed=link.feed.key,
        name=link.feed.name,
        foreign=link.foreign,
        body=getattr(link, "body", None) or "",
        unchanged=link.rev == link.record.rev,
        first=not getattr(link, "twin", False),
        contacts=bool(timer and timer.contacts),
    )


def organisation_ids(parties: Collection[int]) -> dict[int, str]:
    """The id that each of these parties goes out with, where a feed gave it one that can be kept."""
    older = ForeignId.objects.filter(kind=OuterRef("kind"), foreign=OuterRef("foreign"), pk__lt=OuterRef("pk"))
    links = ForeignId.objects.filter(kind=ForeignKind.ORGANISATION, party__in=parties).exclude(Exists(older))
    rows = links.order_by("-pk").values_list("party_id", "foreign")
    return {party: foreign for party, foreign in rows if party is not None and is_uuid(foreign)}


def records_of(foreign: str) -> list[int]:
    """The records that any feed calls by this id, the oldest feed first."""
    links = ForeignId.objects.filter(kind=ForeignKind.SERVICE, foreign=foreign).order_by("pk")
    return [pk for pk in links.values_list("record_id", flat=True) if pk is not None]


def parties_of(foreign: str) -> list[int]:
    """The organisations that any feed calls by this id, the oldest feed first."""
    links = ForeignId.objects.filter(kind=ForeignKind.ORGANISATION, foreign=foreign).order_by("pk")
    return [pk for pk in links.values_list("party_id", flat=True) if pk is not None]


def places_of(records: QuerySet[Any, Any]) -> dict[int, int]:
    """At how many places each of these records' documents says it is."""
    counted = KeptDocument.objects.filter(pk__in=records).annotate(n=Count("places"))
    return dict(counted.values_list("pk", "n"))


def record_at(public: str) -> list[int]:
    """The records whose documents hold a service at a place under this id."""
    return list(KeptAt.objects.filter(public=public).order_by("pk").values_list("document_id", flat=True))


def speaking_of(words: str) -> QuerySet[KeptDocument, Any]:
    """Ids of the records whose documents hold these characters, such as the id of a term."""
    return KeptDocument.objects.filter(body__contains=json.dumps(words)).values("pk")


def documented() -> QuerySet[KeptDocument, Any]:
    """Ids of the records of which a feed's own document is kept."""
    return KeptDocument.objects.values("pk")


def beside(viewer: Actor, kind: str) -> QuerySet[KeptBeside]:
    """What feeds that are on hold beside their services, of one kind. It is public in the feed, so for anyone."""
    return KeptBeside.objects.filter(kind=kind, feed__on=True).select_related("feed").order_by("pk")


def renamed(entry: Any, feed: UUID, known: Mapping[str, str]) -> Any:
    """A document with its ids as they go out; `known` says the ids of what stands for rows of ours."""
    return named(entry, feed, known)


def as_row(entry: dict[str, Any], sort: str) -> Row:
    """What the register would hold if it held what this document says."""
    return fitting.row(reading.service(Fields(entry, Notes(0, ""))), sort)


def layers() -> list[tuple[str, str, Callable[[QuerySet[Record]], QuerySet[Record]]]]:
    """Each feed that is on, as a layer over a map: its key, its name, and its records among those given. Public."""

    def of(feed: Feed) -> Callable[[QuerySet[Record]], QuerySet[Record]]:
        here = ForeignId.objects.filter(feed=feed, kind=ForeignKind.SERVICE, gone=None)
        return lambda records: records.filter(pk__in=here.values("record"))

    return [(f"list-{feed.key}", feed.name, of(feed)) for feed in Feed.objects.filter(on=True).order_by("name")]
