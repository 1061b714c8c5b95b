"""Writes one batch of a feed: organisations, services, what they are called there. Called inside an action."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.utils import timezone

from alongside.exchange.services import fitting
from alongside.exchange.services.comparing import Difference, standing, state_after
from alongside.exchange.services.models import Feed, ForeignId, ForeignKind, KeptAt, KeptBeside, KeptDocument
from alongside.exchange.services.naming import places_of
from alongside.exchange.services.near import points
from alongside.exchange.services.records import BesideRecord, OrganisationRecord, ServiceRecord
from alongside.ground.history.acting import note_many
from alongside.ground.history.actor import Actor
from alongside.ground.history.models import Event
from alongside.ground.people import actions as people
from alongside.ground.people.models import Party
from alongside.ground.records import actions as records
from alongside.ground.records.models import Record, State
from alongside.knowing.assets import actions as assets


def write(*, by: Actor, feed: Feed, difference: Difference, named: Mapping[str, OrganisationRecord]) -> None:
    """Bring in what is new and write what has changed."""
    changing = [*difference.created, *(service for service, _link in difference.updated)]
    holders = _holders(by, feed, named, changing)
    _create(by, feed, difference.created, holders)
    _update(by, feed, difference.updated, holders)
    _come_back(by, feed, difference.returned)


def _holders(
    by: Actor, feed: Feed, named: Mapping[str, OrganisationRecord], services: Sequence[ServiceRecord]
) -> dict[str, Party]:
    """The party behind each organisation these services name: known, brought up to date, or welcomed."""
    asked = {one.organisation.foreign: named[one.organisation.foreign] for one in services if one.organisation}
    links = ForeignId.objects.filter(feed=feed, kind=ForeignKind.ORGANISATION, foreign__in=asked)
    known = {link.foreign: link for link in links.select_related("party")}
    _rename(by, [link for link in known.values() if link.digest != asked[link.foreign].digest], asked)
    fresh = [one for foreign, one in asked.items() if foreign not in known]
    welcomed = people.welcome_many(by=by, newcomers=[fitting.newcomer(one) for one in fresh])
    ForeignId.objects.bulk_create(
        ForeignId(feed=feed, kind=ForeignKind.ORGANISATION, foreign=one.foreign, party=party, digest=one.digest)
        for one, party in zip(fresh, welcomed, strict=True)
    )
    holders = {foreign: link.party for foreign, link in known.items() if link.party is not None}
    return holders | {one.foreign: party for one, party in zip(fresh, welcomed, strict=True)}


def _rename(by: Actor, links: Sequence[ForeignId], asked: Mapping[str, OrganisationRecord]) -> None:
    if not links:
        return
    changes = {link.party_id: fitting.newcomer(asked[link.foreign]) for link in links if link.party_id}
    people.rename_many(by=by, changes=changes)
    for link in links:
        link.digest = asked[link.foreign].digest
    ForeignId.objects.bulk_update(links, ["digest"])


def _holder(feed: Feed, service: ServiceRecord, holders: Mapping[str, Party]) -> Party:
    return holders[service.organisation.foreign] if service.organisation else feed.party


def _create(by: Actor, feed: Feed, services: Sequence[ServiceRecord], holders: Mapping[str, Party]) -> None:
    if not services:
        return
    rows, where = [], points(services)
    for service in services:
        holder = _holder(feed, service, holders)
        state = standing(on=feed.on, closed=service.closed, gone=False)
        rows.append((holder, fitting.row(service, holder.sort, where), state))
    made = assets.bring_in(by=by, rows=rows)
    ForeignId.objects.bulk_create(
        ForeignId(
            feed=feed,
            kind=ForeignKind.SERVICE,
            foreign=service.foreign,
            record=record,
            digest=service.digest,
            rev=record.rev,
            closed=service.closed,
        )
        for service, record in zip(services, made, strict=True)
    )
    _keep(feed, {record.pk: service for service, record in zip(services, made, strict=True)})
    note_many("services.create", by, [record.pk for record in made])


def _update(
    by: Actor, feed: Feed, changes: Sequence[tuple[ServiceRecord, ForeignId]], holders: Mapping[str, Party]
) -> None:
    if not changes:
        return
    states: dict[str, list[int]] = defaultdict(list)
    moved: dict[Party, list[int]] = defaultdict(list)
    rows, where = {}, points([service for service, _link in changes])
    again = [link.record_id for _service, link in changes if link.gone is not None and link.record_id]
    taken_back = withdrawn(again) if again else set()
    for service, link in changes:
        assert link.record is not None
        holder = _holder(feed, service, holders)
        state = state_after(link, on=feed.on, closed=service.closed, gone=False)
        states[link.record.state if link.record_id in taken_back else state].append(link.record.pk)
        if link.record.owner_id != holder.pk:
            moved[holder].append(link.record.pk)
        rows[link.record.pk] = fitting.row(service, holder.sort, where)
        link.digest, link.closed, link.gone, link.rev = service.digest, service.closed, None, link.record.rev + 1
    assets.renew(by=by, rows=rows)
    for state, pks in states.items():
        records.move_many(by=by, records=pks, state=state)
    for holder, pks in moved.items():
        records.hand_over_many(by=by, records=pks, owner=holder)
    _remember([link for _service, link in changes])
    _keep(feed, {link.record.pk: service for service, link in changes if link.record is not None})
    note_many("services.update", by, rows)


def _keep(feed: Feed, services: Mapping[int, ServiceRecord]) -> None:
    """Keep what the feed says of each service, whole, by record id."""
    KeptDocument.objects.bulk_create(
        (KeptDocument(record_id=pk, body=service.body) for pk, service in services.items()),
        update_conflicts=True,
        unique_fields=["record"],
        update_fields=["body"],
    )
    KeptAt.objects.filter(document__in=services).delete()
    KeptAt.objects.bulk_create(
        KeptAt(document_id=pk, public=public)
        for pk, service in services.items()
        for public in dict.fromkeys(places_of(service.held, feed.key))
    )


def _come_back(by: Actor, feed: Feed, links: Sequence[ForeignId]) -> None:
    """Show again what left the feed and is in it again, in its holder's own words; not what they took back."""
    if not links:
        return
    states: dict[str, list[int]] = defaultdict(list)
    taken_back = withdrawn([_pk(link) for link in links])
    for link in links:
        if link.record_id not in taken_back:
            states[state_after(link, on=feed.on, closed=link.closed, gone=False)].append(_pk(link))
    for state, pks in states.items():
        records.move_many(by=by, records=pks, state=state)
    ForeignId.objects.filter(pk__in=[link.pk for link in links]).update(gone=None)
    note_many("services.come_back", by, [_pk(link) for link in links])


def withdrawn(pks: Sequence[int]) -> set[int]:
    """Of these records, those whose holder took them back: the last that was done with them by a person."""
    events = Event.objects.filter(record__in=pks, verb__in=("assets.withdraw", "records.end"))
    return {pk for pk in events.values_list("record_id", flat=True) if pk is not None}


def _remember(links: Sequence[ForeignId]) -> None:
    """Write known ids anew: one insert that meets its own kind is far cheaper than Django's long CASE."""
    for link in links:
        link.pk = None
    ForeignId.objects.bulk_create(
        links,
        update_conflicts=True,
        unique_fields=["feed", "kind", "foreign"],
        update_fields=["digest", "closed", "gone", "rev"],
    )


def end_missing(*, by: Actor, feed: Feed, links: Iterable[ForeignId]) -> int:
    """Mark as gone what the feed no longer names. It comes back by itself when the feed names it again."""
    found = list(links)
    ends = [link for link in found if _ends(feed, link)]
    records.move_many(by=by, records=[_pk(link) for link in ends], state=State.ENDED)
    ForeignId.objects.filter(pk__in=[link.pk for link in found]).update(gone=timezone.localdate())
    note_many("services.gone", by, [_pk(link) for link in found])
    return len(found)


def _ends(feed: Feed, link: ForeignId) -> bool:
    after = state_after(link, on=feed.on, closed=link.closed, gone=True)
    return link.record is not None and after == State.ENDED != link.record.state


def _pk(link: ForeignId) -> int:
    assert link.record_id is not None
    return link.record_id


def turn(*, by: Actor, feed: Feed, on: bool) -> int:
    """Let all that a feed brought rest, or come back; what ended or was erased stays so."""
    here = (State.RESTING,) if on else (State.LIVE, State.STALE)
    services = ForeignId.objects.filter(feed=feed, kind=ForeignKind.SERVICE, gone=None, closed=False)
    pks = list(Record.objects.filter(pk__in=services.values("record"), state__in=here).values_list("pk", flat=True))
    records.move_many(by=by, records=pks, state=State.LIVE if on else State.RESTING)
    return len(pks)


def keep_beside(*, feed: Feed, beside: Sequence[BesideRecord], whole: bool) -> tuple[int, int]:
    """Keep what a feed holds beside its services; (how many are new, how many changed). What the whole of a feed
    no longer holds of it is forgotten. Called inside the action that loads it."""
    known = {(row.kind, row.foreign): row.digest for row in feed.beside.all()}
    fresh = [one for one in beside if known.get((one.kind, one.foreign)) != one.digest]
    KeptBeside.objects.bulk_create(
        (KeptBeside(feed=feed, kind=one.kind, foreign=one.foreign, body=one.body, digest=one.digest) for one in fresh),
        update_conflicts=True,
        unique_fields=["feed", "kind", "foreign"],
        update_fields=["body", "digest", "changed"],
    )
    here = {(one.kind, one.foreign) for one in beside}
    if whole and beside:
        for kind, foreign in known.keys() - here:
            feed.beside.filter(kind=kind, foreign=foreign).delete()
    new = sum((one.kind, one.foreign) not in known for one in fresh)
    return new, len(fresh) - new
