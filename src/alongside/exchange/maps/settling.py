"""Settles a whole map here: its community, its edge, its charter and layers, and what stood on it from outside."""

from __future__ import annotations

import json
from datetime import date

from django.db.models import F
from django.utils.translation import gettext as _

from alongside.exchange.carrying.document import Chart, Holder
from alongside.exchange.maps import holding
from alongside.exchange.maps.holding import MACHINE
from alongside.exchange.maps.models import BroughtIn, CameAs
from alongside.ground.history import acting
from alongside.ground.people.models import Kind, Party
from alongside.ground.places.actions import draw_edge, outline
from alongside.knowing.maps import actions as maps
from alongside.knowing.maps import queries as map_queries
from alongside.knowing.maps.models import CommunityMap


def community_of(chart: Chart, named: Holder) -> Party:
    """The community of a whole map: the one that came with it before, or a new one. Called inside an action."""
    row = BroughtIn.objects.filter(kind=CameAs.HOLDER, foreign=named.key, party=F("community")).first()
    if row is not None and row.party is not None:
        return row.party
    if named.kind != Kind.COMMUNITY:
        raise acting.Fault("file", _("This file holds no whole map. Use the ZIP, the GeoJSON or the spreadsheet."))
    community = holding.welcome(named)
    BroughtIn.objects.create(community=community, kind=CameAs.HOLDER, foreign=named.key, party=community)
    return community


def settle(chart: Chart, community: Party) -> CommunityMap:
    """Its edge, its charter and its layers; a map that is here already keeps its own. Called inside an action."""
    there = map_queries.map_of(MACHINE, community)
    if there is not None:
        return there
    if chart.edge:
        draw_edge(by=MACHINE, party=community, parts=[outline(json.dumps(chart.edge))])
        community.refresh_from_db()
    names = ("title", "words", "may_stand", "may_not", "decides", "objects_how")
    review = date.fromisoformat(chart.review_on) if chart.review_on else None
    texts = {name: getattr(chart, name) for name in names}
    map = maps.start(by=MACHINE, community=community, review_on=review, **texts)
    known = {one.layer.key for one in map_queries.laid(map)}
    order = [key for key, _on in chart.layers if key in known]
    if order:
        maps.lay(by=MACHINE, map=map, order=order, shown=[key for key, on in chart.layers if on and key in known])
    BroughtIn.objects.get_or_create(
        community=community, kind=CameAs.MAP, foreign=chart.key or str(map.record.key), defaults={"record": map.record}
    )
    return map


def pin(map: CommunityMap, brought: list[int]) -> None:
    """What stood on the map from outside its edge stands there again."""
    every = [one.layer.key for one in map_queries.laid(map)]
    here = {one.pk for one in map_queries.standing(MACHINE, map, map_queries.laid(map, every))}
    for asset in map_queries.brought(brought):
        if asset.pk not in here and asset.record.owner_id != map.record.owner_id:
            maps.put_on(by=MACHINE, map=map, record=asset.record)
