"""Where a record is: the exact place in a table of its own, and the place that is shown, blurred once and for all."""

from __future__ import annotations

import h3

from alongside.ground.places.models import Area
from alongside.ground.records.models import Precision, Record, Spot, SpotExact

BLUR = 8  # H3 resolution of a blurred place: cells of about 0.7 km², several hundred homes in a town


def put(
    *,
    record: Record,
    lat: float | None,
    lng: float | None,
    precision: str = Precision.CELL,
    words: str = "",
    address: str = "",
    area: Area | None = None,
) -> Spot:
    """Fix the place of a record: the exact point in its own table, the shown point blurred once.

    Called inside an action. A cell shows the middle of its hexagon; an area shows a point inside the area.
    """
    SpotExact.objects.update_or_create(record=record, defaults={"lat": lat, "lng": lng, "address": address})
    shown = shown_point(lat, lng, precision, area)
    cells = (h3.latlng_to_cell(*shown, 7), h3.latlng_to_cell(*shown, 9)) if shown else ("", "")
    spot, _made = Spot.objects.update_or_create(
        record=record,
        defaults={
            "precision": precision,
            "shown_lat": shown[0] if shown else None,
            "shown_lng": shown[1] if shown else None,
            "shown_words": words,
            "cell7": cells[0],
            "cell9": cells[1],
            "area": area,
            "from_postcode": False,
        },
    )
    return spot


def shown_point(lat: float | None, lng: float | None, precision: str, area: Area | None) -> tuple[float, float] | None:
    """The point that may be shown for an exact one, in degrees."""
    if precision == Precision.AREA:
        return (area.lat, area.lng) if area and area.lat is not None and area.lng is not None else None
    if lat is None or lng is None:
        return None
    if precision == Precision.EXACT:
        return lat, lng
    lat, lng = h3.cell_to_latlng(h3.latlng_to_cell(lat, lng, BLUR))
    return lat, lng
