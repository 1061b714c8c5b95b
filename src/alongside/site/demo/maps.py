"""The maps that communities of the invented town own, made by the people who look after them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import timedelta
from random import Random
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from alongside.ground.history.actor import Actor
from alongside.ground.places.actions import draw_edge
from alongside.ground.places.models import Area, AreaKind
from alongside.knowing.assets.models import Asset
from alongside.knowing.maps import actions
from alongside.knowing.maps.models import CommunityMap
from alongside.site.demo.bank import load
from alongside.site.demo.geography import Town
from alongside.site.demo.inhabitants import Folk
from alongside.site.demo.writing import rekey

CHARTER = ("title", "words", "may_stand", "may_not", "decides", "objects_how")


def own(rng: Random, town: Town, folk: Folk, theirs: Mapping[str, Asset]) -> int:
    """Each community starts its map, draws its edge, asks others to help and settles what shows. How many maps."""
    specs = load("maps")["map"]
    for spec in specs:
        community, first = folk.cast[spec["community"]], Actor(person=folk.cast[spec["starts"]])
        draw_edge(by=first, party=community, parts=_parts(town, spec, theirs))
        texts = {name: spec[name] for name in CHARTER}
        day = timezone.localdate() + timedelta(days=spec["review_on"])
        with override(community.lang):  # it is written on a page in their language
            map = actions.start(by=first, community=community, review_on=day, **texts)
        rekey(rng, map.record)
        for who in spec.get("yes", []):
            row = actions.vouch(by=first, map=map, party=folk.cast[who])
            actions.say_yes(by=Actor(person=folk.cast[who]), stewardship=row)
        for who in spec.get("asked", []):
            actions.vouch(by=first, map=map, party=folk.cast[who])
        actions.lay(by=first, map=map, order=spec["order"], shown=spec["shown"])
        _put_on(first, map, spec, theirs)
    return len(specs)


def _parts(town: Town, spec: dict[str, Any], theirs: Mapping[str, Asset]) -> list[Area]:
    """Whole wards; or the small areas round about something that everybody knows."""
    if "wards" in spec:
        return [town.wards[ward] for ward in spec["wards"]]
    middle = theirs[spec["round"]].record.spot
    here = (middle.shown_lat or 0.0, middle.shown_lng or 0.0)
    small = Area.objects.filter(kind=AreaKind.LSOA)
    return sorted(small, key=lambda one: (math.dist(here, (one.lat or 0.0, one.lng or 0.0)), one.pk))[: spec["areas"]]


def _put_on(by: Actor, map: CommunityMap, spec: dict[str, Any], theirs: Mapping[str, Asset]) -> None:
    """Things from beyond the edge, which their holders are asked about; some have said yes."""
    for title in spec.get("put_on", []):
        pin = actions.put_on(by=by, map=map, record=theirs[title].record)
        if title in spec.get("says_yes", []):
            actions.answer(by=Actor.system("demo"), pin=pin, yes=True)
