"""How much of each area lies in each other, worked out from their boundaries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import shapely

LEAST, NEARLY = 0.005, 0.995  # slivers along shared edges are drawing, not ground

Share = tuple[int, int, float]


def shares(parts: Mapping[int, str], wholes: Mapping[int, str]) -> list[Share]:
    """(part id, whole id, share of the part's surface in the whole), from boundaries as GeoJSON text.

    A share under half a per cent is left out and one above 99.5% counts as all. Surfaces are compared in
    degrees: a part is small enough that its own scale hardly changes across it.
    """
    if not parts or not wholes:
        return []
    part_ids, part_edges = _edges(parts)
    whole_ids, whole_edges = _edges(wholes)
    left, right = shapely.STRtree(whole_edges).query(part_edges, predicate="intersects")
    both = shapely.area(shapely.intersection(part_edges[left], whole_edges[right]))
    found = both / shapely.area(part_edges[left])
    return [
        (part_ids[one], whole_ids[other], 1.0 if share >= NEARLY else round(float(share), 4))
        for one, other, share in zip(left, right, found, strict=True)
        if share >= LEAST
    ]


def _edges(boundaries: Mapping[int, str]) -> tuple[Sequence[int], np.ndarray]:
    return list(boundaries), shapely.from_geojson(list(boundaries.values()))
