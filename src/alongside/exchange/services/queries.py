"""Feeds, their loads, and which feed a record came from, as far as the viewer may see them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Q, QuerySet

from alongside.exchange.services import policy
from alongside.exchange.services.models import Feed, ForeignId, ForeignKind, LoadFault, LoadRun
from alongside.ground.history.acting import demand
from alongside.ground.history.actor import Actor
from alongside.ground.records.models import Record
from alongside.ground.records.queries import visible_to


def feeds(viewer: Actor) -> QuerySet[Feed]:
    """Every feed by name, with how many services it names now. Raises Refused for all but staff."""
    demand(policy.may_see_loads, by=viewer)
    here = Q(ids__kind=ForeignKind.SERVICE, ids__gone=None)
    return Feed.objects.annotate(services=Count("ids", filter=here)).order_by("name")


def feed(viewer: Actor, key: UUID | str) -> Feed | None:
    return feeds(viewer).filter(key=key).first()


def runs(viewer: Actor) -> QuerySet[LoadRun]:
    """Loads and looks, the last first, without the files themselves. Raises Refused for all but staff."""
    demand(policy.may_see_loads, by=viewer)
    return LoadRun.objects.select_related("feed", "by").defer("document", "rejects").order_by("-at", "-pk")


def run(viewer: Actor, key: UUID | str) -> LoadRun | None:
    return runs(viewer).filter(key=key).first()


def faults(viewer: Actor, of: LoadRun) -> QuerySet[LoadFault]:
    """What was wrong, what stayed out first."""
    demand(policy.may_see_loads, by=viewer)
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
