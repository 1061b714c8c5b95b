"""Who makes an outcome happen: a place on the line from services alone to people alone.

The asset-mix continuum of Field and Miller, Asset-Based Commissioning (2017), figure 1.3. Five stops, none of them
better than another. Hours never decide: each thing that somebody does counts as one, and as two where the outcome could
not do without it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

SERVICES_ALONE, SERVICES_MOST, HALF, PEOPLE_MOST, PEOPLE_ALONE = range(1, 6)
LEAST, MOST = 0.4, 0.6  # of what is done, the share by people and communities between which it is half and half


class Piece(NamedTuple):
    """One thing that somebody does: whether an organisation does it, and whether all would fail without it."""

    by_service: bool
    critical: bool = False


def stop(pieces: Iterable[Piece]) -> int | None:
    """Where these stand on the line, 1 (services do it all) to 5 (people do it all themselves); None for nothing."""
    people = services = 0
    for piece in pieces:
        weight = 2 if piece.critical else 1
        people, services = people + weight * (not piece.by_service), services + weight * piece.by_service
    if not people and not services:
        return None
    if not people or not services:
        return PEOPLE_ALONE if people else SERVICES_ALONE
    share = people / (people + services)
    return SERVICES_MOST if share < LEAST else HALF if share <= MOST else PEOPLE_MOST
