"""Points of the National Grid against the values that Ordnance Survey publishes for them.

The worked example is from "A guide to coordinate systems in Great Britain", annexe C; Caister water tower from the
OSTN15 user guide, annexe A; the others are points of the OSTN15 test files, from Scilly to Foula.
"""

from __future__ import annotations

import numpy as np
import pytest

from alongside.methods.distance import Point, km_between
from alongside.methods.national_grid import on_airy, to_wgs84

METRES = 5  # what the guide says of its Helmert transformation
PUBLISHED = {
    "Scilly": (91492.146, 11318.804, 49.92226393730, -6.29977752014),
    "Lizard": (170370.718, 11572.405, 49.96006137820, -5.20304609998),
    "Plymouth": (250359.811, 62016.569, 50.43885825610, -4.10864563561),
    "Ventnor": (449816.371, 75335.861, 50.57563665000, -1.29782277240),
    "Southampton": (438710.920, 114792.250, 50.93127937910, -1.45051433700),
    "Nash Point": (292184.870, 168003.465, 51.40078220140, -3.55128349240),
    "North Foreland": (639821.835, 169565.858, 51.37447025550, 1.44454730409),
    "Bristol": (362269.991, 169978.690, 51.42754743020, -2.54407618349),
    "London": (530624.974, 178388.464, 51.48936564950, -0.11992557180),
    "Carmarthen": (241124.584, 220332.641, 51.85890896400, -4.30852476960),
    "Colchester": (599445.590, 225722.826, 51.89436637350, 0.89724327012),
    "Droitwich": (389544.190, 261912.153, 52.25529381630, -2.15458614387),
    "Caister water tower": (651409.804, 313177.450, 52.658007833, 1.716073973),
}


def test_the_projection_is_undone_to_the_millimetre() -> None:
    """The guide's own worked example: 52° 39′ 27.2531″ N, 1° 43′ 4.5177″ E on the Airy ellipsoid."""
    latitude, longitude = np.degrees(on_airy(651409.903, 313177.270))
    assert latitude == pytest.approx(52 + 39 / 60 + 27.2531 / 3600, abs=2e-8)
    assert longitude == pytest.approx(1 + 43 / 60 + 4.5177 / 3600, abs=2e-8)


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_point_comes_out_within_five_metres(name: str) -> None:
    east, north, *there = PUBLISHED[name]
    lat, lng = to_wgs84(east, north)
    assert km_between(Point(float(lat), float(lng)), Point(*there)) * 1000 < METRES


def test_many_points_at_once_come_out_as_each_alone() -> None:
    rows = np.array([row[:2] for row in PUBLISHED.values()])
    together = to_wgs84(rows[:, 0], rows[:, 1])
    assert np.allclose(together, np.array([to_wgs84(*row) for row in rows]).T, rtol=0, atol=1e-12)


def test_without_the_change_of_datum_it_would_be_a_street_out() -> None:
    """What the seven parameters are for: the plain Airy degrees are some 120 metres off."""
    east, north, *there = PUBLISHED["London"]
    lat, lng = np.degrees(on_airy(east, north))
    assert 100 < km_between(Point(float(lat), float(lng)), Point(*there)) * 1000 < 200
