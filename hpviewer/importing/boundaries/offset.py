"""Is a layer in GCJ-02 or BD-09? Told by how far its places lie from the known shapes of the same places.

GCJ-02 moves everything here by about 620 m to the south-east, BD-09 by about 1.3 km to the east-north-east; errors of
schematic shapes point everywhere. So the median of many differences tells them apart, and its standard error says how surely.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from hpviewer.importing.boundaries.areas import metres
from hpviewer.importing.boundaries.reading import OffsetFinding, Sureness
from hpviewer.importing.boundaries.web_system import WebSystem
from hpviewer.wording import say

if TYPE_CHECKING:
    import numpy as np

_SIMILAR = 2.0
"""Pairs count when their areas differ by less than this factor: others are not the same outline."""
_NEAR_METRES = 150.0
_LEAST_METRES = 300.0
_SURE_METRES = 80.0


def measure_offset(features: Sequence[object], known: Sequence[object]) -> OffsetFinding | None:
    """``features[i]`` and ``known[i]`` are the same place, in degrees. None when no pair can be compared."""
    import numpy as np
    import shapely

    if not features:
        return None
    here, there = np.array(features, dtype=object), np.array(known, dtype=object)
    ratio = shapely.area(here) / shapely.area(there)
    similar = (ratio < _SIMILAR) & (ratio > 1 / _SIMILAR)
    here, there = here[similar], there[similar]
    if not len(here):
        return None
    lon, lat = shapely.get_x(shapely.centroid(there)), shapely.get_y(shapely.centroid(there))
    east, north = metres(
        shapely.get_x(shapely.centroid(here)) - lon, shapely.get_y(shapely.centroid(here)) - lat, lat
    )
    findings = [_compared(system, here, there, lon, lat, east, north) for system in WebSystem]
    return max(findings, key=lambda one: (one.sureness.rank, -_miss(one)))


def _compared(
    system: WebSystem,
    here: np.ndarray,
    there: np.ndarray,
    lon: np.ndarray,
    lat: np.ndarray,
    east: np.ndarray,
    north: np.ndarray,
) -> OffsetFinding:
    """``here`` lies ``east`` and ``north`` metres from ``there``, whose centroids are ``lon``, ``lat``."""
    import numpy as np

    web_lon, web_lat = system.shifted(lon, lat)
    web_east, web_north = metres(web_lon - lon, web_lat - lat, lat)
    shift = (float(np.median(east)), float(np.median(north)))
    expected = (float(np.median(web_east)), float(np.median(web_north)))
    error = _standard_error(east - web_east, north - web_north)
    sureness = _judged(shift, expected, error, here, there)
    likely = sureness is not Sureness.NONE
    values = {
        "east": round(shift[0]), "north": round(shift[1]), "pairs": len(here), "error": round(error),
        "web_east": round(expected[0]), "web_north": round(expected[1]), "system": system.label,
    }  # fmt: skip
    sentence = say(f"importing_boundaries.offset.{sureness}", **values)
    return OffsetFinding(likely, sureness, *shift, *expected, error, len(here), sentence, system)


def _miss(one: OffsetFinding) -> float:
    return math.hypot(one.east_m - one.expected_east_m, one.north_m - one.expected_north_m)


_NAMED = {
    WebSystem.BD09: re.compile(r"BD-?09|百度", re.IGNORECASE),
    WebSystem.GCJ02: re.compile(r"GCJ|火星坐标|国测局坐标|高德|腾讯地图|谷歌中国", re.IGNORECASE),
}
_METRES = {WebSystem.GCJ02: 620, WebSystem.BD09: 1300}


def named_offset(*texts: str) -> OffsetFinding | None:
    """A file that says itself that it comes from a web map; nothing was measured (no pairs)."""
    for text in texts:
        for system, pattern in _NAMED.items():
            found = pattern.search(text)
            if found:
                sentence = say(
                    "importing_boundaries.offset.named",
                    word=found[0],
                    system=system.label,
                    metres=_METRES[system],
                )
                return OffsetFinding(True, Sureness.LOW, 0.0, 0.0, 0.0, 0.0, 0.0, 0, sentence, system)
    return None


def _standard_error(east: np.ndarray, north: np.ndarray) -> float:
    """Of a median, from the median deviation; 0 for a single pair, which says nothing about itself."""
    import numpy as np

    if len(east) < 2:
        return 0.0
    spread = max(float(np.median(np.abs(part - np.median(part)))) for part in (east, north)) * 1.4826
    return 1.2533 * spread / math.sqrt(len(east))


def _judged(
    shift: tuple[float, float],
    expected: tuple[float, float],
    error: float,
    here: np.ndarray,
    there: np.ndarray,
) -> Sureness:
    size, miss = math.hypot(*shift), math.dist(shift, expected)
    if size < max(_LEAST_METRES, 2 * error) or miss > max(_NEAR_METRES, 2 * error) or miss >= size / 2:
        return Sureness.NONE
    as_is, moved = _fit(here, there, None), _fit(here, there, expected)
    if moved <= as_is:
        return Sureness.NONE
    if len(here) >= 3:
        return Sureness.HIGH if error <= _SURE_METRES and miss <= _SURE_METRES else Sureness.LOW
    return Sureness.HIGH if moved > 0.95 else Sureness.LOW


def _fit(here: np.ndarray, there: np.ndarray, back: tuple[float, float] | None) -> float:
    """Mean intersection over union, as is or with the features moved back by that many metres."""
    import shapely

    if back is not None:
        latitude = float(shapely.get_y(shapely.centroid(there[0])))
        east, north = metres(1.0, 1.0, latitude)
        here = shapely.transform(here, lambda xy: xy - (back[0] / east, back[1] / north))
    shared = shapely.area(shapely.intersection(here, there))
    return float((shared / (shapely.area(here) + shapely.area(there) - shared)).mean())
