"""Gives every street of the invented town two postcodes of an area that is nowhere in these islands: LM.

The district is the ward, the sector a third of it from west to east, and the last two letters are the street's half.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import product

import shapely

from alongside.ground.history.actor import Actor
from alongside.ground.places.models import Area
from alongside.ground.postcodes.actions import Row, begin, keep
from alongside.ground.postcodes.models import Publisher
from alongside.methods.postcode import shown

AREA = "LM"
NAME = "The postcodes of Larkmere are invented"
DATED = date(2026, 1, 1)
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"  # those that end a postcode
IN_A_SECTOR = 4  # streets
DECIMALS = 6


def give(by: Actor, wards: Mapping[str, Area], streets: Mapping[str, Sequence[Area]]) -> dict[str, list[Row]]:
    """Put the postcodes in the table as any others; those of each street, by its name."""
    made = {
        street.name: list(_of_street(int(ward.code[-2:]), number, street))
        for name, ward in wards.items()
        for number, street in enumerate(sorted(streets[name], key=lambda one: (one.lng or 0.0, one.code)))
    }
    file = begin(by=by, publisher=Publisher.OWN, name=NAME, dated=DATED)
    keep(by=by, file=file, rows=[row for rows in made.values() for row in rows])
    return made


def nearest(rows: Sequence[Row], lat: float, lng: float) -> str:
    """The postcode of a door in a street, as people write it."""
    code, _lat, _lng = min(rows, key=lambda row: (row[1] - lat) ** 2 + (row[2] - lng) ** 2)
    return shown(code)


def _of_street(district: int, number: int, street: Area) -> Iterator[Row]:
    sector, place = divmod(number, IN_A_SECTOR)
    for half, (lat, lng) in enumerate(_halves(street)):
        unit = LETTERS[place * 2 + half] + LETTERS[(district * 3 + number) % len(LETTERS)]
        yield f"{AREA}{district}{sector + 1}{unit}", round(lat, DECIMALS), round(lng, DECIMALS)


def _halves(street: Area) -> list[tuple[float, float]]:
    """The middles of the two halves of a street, from its far ends."""
    ends = shapely.get_coordinates(shapely.from_geojson(street.boundary))
    one, other = max(product(ends, ends), key=lambda pair: float(((pair[0] - pair[1]) ** 2).sum()))
    quarters = [(3 * near + far) / 4 for near, far in ((one, other), (other, one))]
    return sorted((float(lat), float(lng)) for lng, lat in quarters)
