"""What of a map may leave, as it travels; and what stands behind the pages of bringing in."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet

from alongside.exchange.carrying.document import Chart, Holder, NamedArea, Thing, Time
from alongside.exchange.maps.models import Bringing, BroughtIn, CameAs
from alongside.exchange.services.queries import foreign_ids, sources
from alongside.ground.consent.queries import going_out
from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party
from alongside.ground.people.queries import may_speak_for
from alongside.ground.records.models import Record
from alongside.knowing.assets.models import Asset
from alongside.knowing.assets.queries import assets
from alongside.knowing.maps import queries as maps
from alongside.knowing.maps.models import CommunityMap

ANYONE = Actor.anyone()
AT_ONCE = 5000


def leaving(map: CommunityMap, layers: Sequence[str] | None = None) -> list[Asset]:
    """What of the map may leave: seen by everyone, and let go out in open lists by its holder."""
    return maps.standing(ANYONE, map, maps.laid(map, layers), within=going_out(ANYONE))


def carried(map: CommunityMap, layers: Sequence[str] | None = None) -> tuple[Chart, list[Thing]]:
    """The whole map as it travels."""
    community = map.record.owner
    return chart_of(map), things_of(leaving(map, layers), community)


def chart_of(map: CommunityMap) -> Chart:
    community = map.record.owner
    edge = maps.edge(map)
    laid = [(one.layer.key, one.from_start) for one in maps.laid(map) if one.layer.ours]
    return Chart(
        key=_key(community, CameAs.MAP, record=map.record),
        title=map.title,
        words=map.words,
        lang=map.record.lang,
        may_stand=map.may_stand,
        may_not=map.may_not,
        decides=map.decides,
        objects_how=map.objects_how,
        review_on=map.review_on.isoformat() if map.review_on else "",
        holder=holder_of(community, community),
        edge=json.loads(edge.boundary) if edge else None,
        layers=tuple(laid),
    )


def things_of(found: Iterable[Asset], community: Party | None = None) -> list[Thing]:
    """Things as they travel, in this order. A thing brought in for this community keeps the key it came under."""
    listed = list(found)
    named: dict[int, str] = {}
    foreign: dict[int, str] = {}
    for start in range(0, len(listed), AT_ONCE):
        pks = [asset.pk for asset in listed[start : start + AT_ONCE]]
        named |= sources(ANYONE, pks)
        foreign |= foreign_ids(ANYONE, pks)
    came = _came(community, CameAs.THING)
    holders = {asset.record.owner_id: holder_of(asset.record.owner, community) for asset in listed}
    return [
        _thing(asset, holders[asset.record.owner_id], came, named.get(asset.pk, ""), foreign.get(asset.pk, ""))
        for asset in listed
    ]


def holder_of(party: Party, community: Party | None = None) -> Holder:
    """Who offers it. A person stands under the name they show, and a key that leads nowhere else."""
    key = _key(community, CameAs.HOLDER, party=party) if community else ""
    if party.is_person:
        return Holder(key or _alias(party, community), party.kind, party.sort, party.shown_name, lang=party.lang)
    key, about = key or str(party.key), party.about.strip()
    return Holder(key, party.kind, party.sort, party.name, about, party.website, party.lang)


def _alias(party: Party, community: Party | None) -> str:
    """A name for a person in this one list, which nobody can turn back into their page's address."""
    said = f"{community.key if community else ''}|{party.key}"
    return hmac.new(settings.TOKEN_PEPPER.encode(), said.encode(), hashlib.sha256).hexdigest()[:32]


def _key(community: Party | None, kind: str, record: Record | None = None, party: Party | None = None) -> str:
    """The key under which it came, or its own; for a holder that came from nowhere, nothing."""
    row = BroughtIn.objects.filter(community=community, kind=kind, record=record, party=party).first()
    return row.foreign if row else str(record.key) if record else ""


def _came(community: Party | None, kind: str) -> dict[int, str]:
    rows = BroughtIn.objects.filter(community=community, kind=kind) if community else BroughtIn.objects.none()
    return dict(rows.values_list("record_id", "foreign"))


def _thing(asset: Asset, holder: Holder, came: dict[int, str], source: str, source_id: str) -> Thing:
    record, offer = asset.record, getattr(asset, "offer", None)
    spot = getattr(record, "spot", None)
    area = spot.area if spot else None
    return Thing(
        key=came.get(asset.pk, str(record.key)),
        title=asset.title,
        kind=asset.kind,
        words=asset.words,
        lang=record.lang,
        cost=asset.cost,
        cost_words=asset.cost_words,
        open_to=asset.open_to,
        least_age=asset.least_age,
        most_age=asset.most_age,
        how=asset.how,
        website=asset.website,
        paid=asset.paid,
        confirmed_on=asset.confirmed_on.isoformat() if asset.confirmed_on else "",
        domains=tuple(sorted(one.domain for one in asset.domains.all())),
        access=tuple(sorted((one.feature, one.words) for one in asset.access.all())),
        whens=tuple(_times(asset)),
        lat=spot.shown_lat if spot else None,
        lng=spot.shown_lng if spot else None,
        precision=spot.precision if spot else "",
        place=spot.shown_words if spot else "",
        area=NamedArea(area.kind, area.edition, area.code, area.name, area.lat, area.lng) if area else None,
        unit=offer.unit if offer else "",
        per_week=offer.per_week if offer else None,
        holder=holder,
        source=source,
        source_id=source_id,
    )


def _times(asset: Asset) -> list[Time]:
    """Its times in the order in which its holder wrote them, so that their names in a calendar are stable."""
    return [
        Time(
            when.starts.astimezone(ZoneInfo(when.tz)).isoformat() if when.starts else "",
            when.rrule,
            when.tz,
            when.minutes,
            when.words,
        )
        for when in sorted(asset.whens.all(), key=lambda one: one.pk)
    ]


def on_calendar(viewer: Actor, found: QuerySet[Asset] | None = None, most: int = 2000) -> list[Asset]:
    """What may leave and has a start, for a calendar, newest first."""
    out = (assets(viewer) if found is None else found).filter(record__in=going_out(ANYONE))
    dated = out.filter(whens__starts__isnull=False, record__state="live").distinct()
    return list(dated.prefetch_related("whens", "domains", "access").order_by("-pk")[:most])


def bringing(viewer: Actor, key: UUID | str) -> Bringing | None:
    """A file that waits or was brought in, for those who look after its community or its map."""
    row = Bringing.objects.select_related("community", "by").filter(key=key).first()
    return row if row is not None and may_bring(viewer, row.community) else None


def may_bring(viewer: Actor, community: Party) -> bool:
    """Whether this viewer may bring things in for a community: who speaks for it, and stewards of its map."""
    return may_speak_for(viewer, community) or maps.tended(viewer).filter(record__owner=community).exists()
