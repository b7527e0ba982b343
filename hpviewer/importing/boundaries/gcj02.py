"""GCJ-02, the shifted coordinates of Chinese web maps, and back.

The shift is a published sum of sines around 105° E, 35° N on the Krasovsky ellipsoid; in the district it is about 620 m
to the south-east. The way back has no formula: it is found by repeating the way out; each round
leaves 0.3 % of the error, six of them nothing.
Arrays of degrees in, arrays of degrees out. Outside the rectangle around China nothing is shifted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

_AXIS = 6378245.0
_ECCENTRICITY = 0.00669342162296594323
_ROUNDS = 6


def shifted(lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """WGS 84 -> GCJ-02."""
    import numpy as np

    x, y = lon - 105.0, lat - 35.0
    root = np.sqrt(np.abs(x))
    shared = (20 * np.sin(6 * np.pi * x) + 20 * np.sin(2 * np.pi * x)) * 2 / 3
    north = (
        -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + shared
        + (20 * np.sin(np.pi * y) + 40 * np.sin(np.pi / 3 * y)) * 2 / 3
        + (160 * np.sin(np.pi / 12 * y) + 320 * np.sin(np.pi / 30 * y)) * 2 / 3
    )  # fmt: skip
    east = (
        300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + shared
        + (20 * np.sin(np.pi * x) + 40 * np.sin(np.pi / 3 * x)) * 2 / 3
        + (150 * np.sin(np.pi / 12 * x) + 300 * np.sin(np.pi / 30 * x)) * 2 / 3
    )  # fmt: skip
    phi = np.radians(lat)
    bulge = 1 - _ECCENTRICITY * np.sin(phi) ** 2
    meridian = np.radians(_AXIS * (1 - _ECCENTRICITY) / bulge**1.5)
    parallel = np.radians(_AXIS / np.sqrt(bulge) * np.cos(phi))
    inside = (lon >= 72.004) & (lon <= 137.8347) & (lat >= 0.8293) & (lat <= 55.8271)
    return lon + np.where(inside, east / parallel, 0.0), lat + np.where(inside, north / meridian, 0.0)


def restored(lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """GCJ-02 -> WGS 84, to less than a millimetre in the district."""
    found_lon, found_lat = lon, lat
    for _ in range(_ROUNDS):
        there_lon, there_lat = shifted(found_lon, found_lat)
        found_lon, found_lat = found_lon + (lon - there_lon), found_lat + (lat - there_lat)
    return found_lon, found_lat
