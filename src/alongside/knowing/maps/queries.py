"""A community's map: what stands on it, layer by layer, its charter and who looks after it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from shapely import contains_xy, from_geojson, prepare

from alongside.ground.history.actor import Actor
from alongside.ground.people.models import Party
from alongside.ground.people.queries import kept_by
from alongside.ground.places.models import Area, AreaKind
from alongside.ground.records.models import SHOWN, Record, Spot
from alongside.ground.records.queries import findable, visible_to
from alongside.knowing.assets.models import Asset
from alongside.knowing.assets.queries import assets
from alongside.knowing.maps import layers as register
from alongside.knowing.maps import policy
from alongside.knowing.maps.layers import Layer
from alongside.knowing.maps.models import CommunityMap, MapLayer, MapPin, MapSteward, PinState

AT_ONCE = 5000
MOST = 100  # things on one page; the rest are reached by the files and by looking around


@dataclass(frozen=True)
class Laid:
    """A layer as it lies on one map: whether its stewards show it from the start, and whether it shows now."""

    layer: Layer
    from_start: bool
    on: bool
    position: int


def maps(viewer: Actor) -> QuerySet[CommunityMap]:
    """Every map this viewer may see, by title."""
    found = CommunityMap.objects.filter(record__in=visible_to(viewer))
    return found.select_related("record__owner__area").order_by("title", "pk")


def community_map(viewer: Actor, key: UUID | str) -> CommunityMap | None:
    return maps(viewer).filter(record__key=key).first()


def map_of(viewer: Actor, community: Party) -> CommunityMap | None:
    return maps(viewer).filter(record__owner=community).first()


def edge(map: CommunityMap) -> Area | None:
    """The edge that the community drew, or nothing yet."""
    area = map.record.owner.area
    return area if area is not None and area.kind == AreaKind.OWN and area.boundary else None


def laid(map: CommunityMap, chosen: Collection[str] | None = None) -> list[Laid]:
    """Every layer in the stewards' order. Ours are on and lists are off unless the stewards say otherwise;
    `chosen` is what a visitor asked to see instead."""
    lists = register.others()
    said = {row.layer: row for row in MapLayer.objects.filter(map=map)}
    found = []
    for at, layer in enumerate([*register.ours(lists), *lists]):
        row = said.get(layer.key)
        start = row.shown if row else layer.ours
        on = start if chosen is None else layer.key in chosen
        found.append(Laid(layer, start, on, row.position if row else 100 + at))
    return sorted(found, key=lambda one: one.position)


def standing(
    viewer: Actor, map: CommunityMap, shown: Iterable[Laid], within: QuerySet[Record] | None = None
) -> list[Asset]:
    """What this viewer may find of the things on the map, by title. `within` narrows what may be shown, as for a
    file that leaves."""
    return listed(viewer, standing_ids(viewer, map, shown, within))


def standing_ids(
    viewer: Actor, map: CommunityMap, shown: Iterable[Laid], within: QuerySet[Record] | None = None
) -> list[int]:
    """What stands on the map for this viewer, by title: inside the edge, or put on it with the holder's yes; but not
    what a steward left off, or what its holder said no to."""
    chosen = Q(pk__in=[])
    seen = findable(viewer) if within is None else findable(viewer).filter(pk__in=within.values("pk"))
    for one in shown:
        if one.on:
            chosen |= Q(pk__in=one.layer.records(Record.objects.filter(kind="asset")).values("pk"))
    pins = dict(MapPin.objects.filter(map=map).values_list("record", "state"))
    on = {pk for pk, state in pins.items() if state == PinState.ON}
    off = {pk for pk, state in pins.items() if state in (PinState.OFF, PinState.NO)}
    own = Q(owner=map.record.owner)
    candidates = seen.filter(chosen, kind="asset").exclude(pk__in=off)
    inside = set(candidates.filter(own | Q(pk__in=on)).values_list("pk", flat=True)) | _inside(edge(map), candidates)
    whole = sorted(inside)
    titles: list[tuple[str, int]] = []
    for start in range(0, len(whole), AT_ONCE):
        here = assets(viewer).filter(pk__in=whole[start : start + AT_ONCE], record__state__in=SHOWN)
        titles += here.values_list("title", "pk")
    return [pk for _title, pk in sorted(titles)]


def listed(viewer: Actor, records: list[int]) -> list[Asset]:
    """These things with what a list and a file say of them, by title, some thousands at a time."""
    found: list[Asset] = []
    for start in range(0, len(records), AT_ONCE):
        rows = assets(viewer).filter(pk__in=records[start : start + AT_ONCE])
        found.extend(rows.prefetch_related("whens", "access", "domains"))
    return sorted(found, key=lambda asset: (asset.title, asset.pk))


def _inside(area: Area | None, records: QuerySet[Record]) -> set[int]:
    """Ids of those whose shown point lies inside the edge, or whose area is the community's own."""
    if area is None or area.west is None:
        return set()
    near = Spot.objects.filter(
        record__in=records,
        shown_lng__gte=area.west,
        shown_lng__lte=area.east,
        shown_lat__gte=area.south,
        shown_lat__lte=area.north,
    )
    points = list(near.values_list("record_id", "shown_lng", "shown_lat"))
    if not points:
        return set()
    shape = from_geojson(area.boundary)
    prepare(shape)
    hits = contains_xy(shape, [lng or 0.0 for _pk, lng, _lat in points], [lat or 0.0 for _pk, _lng, lat in points])
    return {pk for (pk, _lng, _lat), hit in zip(points, hits, strict=True) if hit}


def brought(records: Collection[int]) -> list[Asset]:
    """These things, for the machine that has just brought them in."""
    return list(assets(Actor.system("maps.import")).filter(pk__in=records))


def stewards(map: CommunityMap) -> list[MapSteward]:
    """Those who said yes and belong here still, in the order in which they came."""
    rows = policy.in_place().filter(map=map)
    return list(rows.select_related("party").order_by("since", "pk"))


def asked(map: CommunityMap) -> list[MapSteward]:
    """Those who have been asked and not answered yet, for the stewards."""
    return list(MapSteward.objects.filter(map=map, until=None, since=None).select_related("party").order_by("pk"))


def stewardship(viewer: Actor, key: UUID | str) -> MapSteward | None:
    """A place as steward, for whoever was asked and for the stewards of that map."""
    me = viewer.person
    if me is None or viewer.is_helping:
        return None
    mine = Q(party=me) | Q(map__in=tended(viewer).values("pk"))
    rows = MapSteward.objects.filter(mine, until=None).select_related("map__record__owner", "party")
    return rows.filter(key=key).first()


def tended(viewer: Actor) -> QuerySet[CommunityMap]:
    """The maps that this viewer is a steward of."""
    if viewer.person is None or viewer.is_helping:
        return CommunityMap.objects.none()
    places = policy.in_place().filter(party=viewer.person)
    return CommunityMap.objects.filter(pk__in=places.values("map")).select_related("record__owner")


def pin(viewer: Actor, key: UUID | str) -> MapPin | None:
    """A thing asked for on a map, for its holder to answer."""
    if viewer.party is None:
        return None
    mine = Q(record__owner=viewer.party) | Q(record__owner__in=kept_by(viewer))
    return MapPin.objects.filter(mine, key=key).select_related("map__record__owner", "record__owner").first()


def overdue(map: CommunityMap, today: date | None = None) -> bool:
    return map.review_on is not None and map.review_on < (today or timezone.localdate())


def to_remind(today: date) -> list[CommunityMap]:
    """Maps whose charter is due for another look, and whose stewards were not told of this date yet."""
    told = Q(reminded_on__isnull=False, reminded_on__gte=F("review_on"))
    due = CommunityMap.objects.filter(review_on__lte=today, record__state="live").exclude(told)
    return list(due.select_related("record__owner"))
