"""From the National Grid of Great Britain (eastings and northings, OSGB36) to latitude and longitude (WGS84).

Source: Ordnance Survey, "A guide to coordinate systems in Great Britain": the projection back to the ellipsoid
(annexe C.2), the ellipsoid to axes through the middle of the earth and back (annexe B), and the seven-parameter
Helmert transformation of section 6.6. It is right to about 5 metres; a postcode stands for a dozen doors.
"""

from __future__ import annotations

from math import pi, radians

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]

AIRY = (6377563.396, 6356256.909)  # half axes in metres
WGS84 = (6378137.000, 6356752.3141)
SCALE = 0.9996012717  # on the middle meridian
ORIGIN = (radians(49), radians(-2))
FALSE = (400_000.0, -100_000.0)  # easting and northing of the origin, in metres
SHIFT = (446.448, -125.157, 542.060)  # metres; the signs of the guide's WGS84 to OSGB36, turned about
TURN = tuple(seconds * pi / 648_000 for seconds in (0.1502, 0.2470, 0.8421))
GROW = -20.4894e-6
ROUNDS = 8  # each closes the gap a hundredfold and more


def to_wgs84(eastings: ArrayLike, northings: ArrayLike) -> tuple[Numbers, Numbers]:
    """Latitudes and longitudes in degrees of points given in metres of the National Grid, within about 5 m."""
    latitude, longitude = on_airy(eastings, northings)
    x, y, z = _axes(latitude, longitude, AIRY)
    turn_x, turn_y, turn_z = TURN
    grown = 1 + GROW
    moved = (
        SHIFT[0] + grown * x - turn_z * y + turn_y * z,
        SHIFT[1] + turn_z * x + grown * y - turn_x * z,
        SHIFT[2] - turn_y * x + turn_x * y + grown * z,
    )
    return _degrees(*moved, WGS84)


def on_airy(eastings: ArrayLike, northings: ArrayLike) -> tuple[Numbers, Numbers]:
    """Latitudes and longitudes in radians on the Airy ellipsoid: the projection undone, the datum still OSGB36."""
    east, north = np.asarray(eastings, float) - FALSE[0], np.asarray(northings, float) - FALSE[1]
    long, short = AIRY[0] * SCALE, AIRY[1] * SCALE
    square = 1 - (short / long) ** 2
    latitude = ORIGIN[0] + north / long
    for _round in range(ROUNDS):
        latitude = latitude + (north - _along(latitude, long, short)) / long
    sine, tan, cos = np.sin(latitude), np.tan(latitude), np.cos(latitude)
    across = long / np.sqrt(1 - square * sine**2)
    along = across * (1 - square) / (1 - square * sine**2)
    bend = across / along - 1
    seven = tan / (2 * along * across)
    eight = tan / (24 * along * across**3) * (5 + 3 * tan**2 + bend - 9 * tan**2 * bend)
    nine = tan / (720 * along * across**5) * (61 + 90 * tan**2 + 45 * tan**4)
    ten = 1 / (cos * across)
    eleven = (across / along + 2 * tan**2) / (6 * cos * across**3)
    twelve = (5 + 28 * tan**2 + 24 * tan**4) / (120 * cos * across**5)
    last = (61 + 662 * tan**2 + 1320 * tan**4 + 720 * tan**6) / (5040 * cos * across**7)
    return (
        latitude - seven * east**2 + eight * east**4 - nine * east**6,
        ORIGIN[1] + ten * east - eleven * east**3 + twelve * east**5 - last * east**7,
    )


def _along(latitude: Numbers, long: float, short: float) -> Numbers:
    """Metres of the meridian from the origin to a latitude."""
    n = (long - short) / (long + short)
    less, more = latitude - ORIGIN[0], latitude + ORIGIN[0]
    return short * (
        (1 + n + 1.25 * n**2 + 1.25 * n**3) * less
        - (3 * n + 3 * n**2 + 2.625 * n**3) * np.sin(less) * np.cos(more)
        + (1.875 * n**2 + 1.875 * n**3) * np.sin(2 * less) * np.cos(2 * more)
        - 35 / 24 * n**3 * np.sin(3 * less) * np.cos(3 * more)
    )


def _axes(latitude: Numbers, longitude: Numbers, ellipsoid: tuple[float, float]) -> tuple[Numbers, Numbers, Numbers]:
    """Metres along three axes from the middle of the earth, of points on the ellipsoid."""
    square = 1 - (ellipsoid[1] / ellipsoid[0]) ** 2
    across = ellipsoid[0] / np.sqrt(1 - square * np.sin(latitude) ** 2)
    flat = across * np.cos(latitude)
    return flat * np.cos(longitude), flat * np.sin(longitude), (1 - square) * across * np.sin(latitude)


def _degrees(x: Numbers, y: Numbers, z: Numbers, ellipsoid: tuple[float, float]) -> tuple[Numbers, Numbers]:
    square = 1 - (ellipsoid[1] / ellipsoid[0]) ** 2
    flat = np.hypot(x, y)
    latitude = np.arctan2(z, flat * (1 - square))
    for _round in range(ROUNDS):
        across = ellipsoid[0] / np.sqrt(1 - square * np.sin(latitude) ** 2)
        latitude = np.arctan2(z + square * across * np.sin(latitude), flat)
    return np.degrees(latitude), np.degrees(np.arctan2(y, x))
