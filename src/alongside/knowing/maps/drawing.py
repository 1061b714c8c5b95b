"""What the map twin of the list draws: the same numbers, and the community's own edge."""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from shapely import from_geojson, set_precision, to_geojson

from alongside.ground.places.models import Area
from alongside.knowing.assets.models import Asset

SIMPLER = 0.0003  # degrees, about 30 m: finer than the line the map draws
_SAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def map_data(assets: Sequence[Asset], edge: Area | None) -> SafeString:
    """JSON for the map script. Only shown places come here, never exact ones."""
    signs = [
        {
            "n": number,
            "kind": asset.record.owner.kind,
            "lat": asset.record.spot.shown_lat,
            "lng": asset.record.spot.shown_lng,
            "title": asset.title,
            "url": reverse("assets:asset", args=[asset.record.key]),
        }
        for number, asset in enumerate(assets, 1)
        if placed(asset)
    ]
    drawn = {"here": None, "signs": signs, "boundaries": _outline(edge), "edge": edge is not None}
    return mark_safe(json.dumps(drawn).translate(_SAFE))


def placed(asset: Asset) -> bool:
    """Whether it stands on the map."""
    spot = getattr(asset.record, "spot", None)
    return spot is not None and spot.shown_lat is not None


def _outline(edge: Area | None) -> dict[str, object] | None:
    if edge is None:
        return None
    shape = set_precision(from_geojson(edge.boundary).simplify(SIMPLER), 0.00001)
    feature = {"type": "Feature", "properties": {"name": edge.name}, "geometry": json.loads(to_geojson(shape))}
    return {"type": "FeatureCollection", "features": [feature]}
