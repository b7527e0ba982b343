"""Which coordinate system a file is in: what it declares, what a person says, and whether the numbers fit the district.

Only systems on the ellipsoids of CGCS2000 and WGS 84 are taken: parameters from Beijing 1954 or Xi'an 1980 are not public,
and a guess lies some 100 m off.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hpviewer.importing.boundaries.limits import refusal
from hpviewer.importing.boundaries.reading import CrsCandidate, CrsQuestion
from hpviewer.wording import say

if TYPE_CHECKING:
    import numpy as np

WEST, SOUTH, EAST, NORTH = 113.38, 23.03, 113.61, 23.44
"""The district (DOMAIN.md 6)."""
MARGIN = 0.2
"""Degrees around it that a feature may lie in: about 20 km."""

_CANDIDATES = (4490, 4547, 4526, 4326, 3857, 4546, 4548, 4525, 4527, 4497, 4498)
"""Geographic; 3 degrees, meridian 114° without and with zone; web; meridians 111° and 117°; the same with zones; 6 degrees."""
_ENOUGH = 0.5
_AXIS, _FLATTENING = 6378137.0, 298.2572


@dataclass(frozen=True, slots=True)
class Settled:
    """``crs`` in short (EPSG:4547, or the name of a system without code); ``swapped``: the file has y before x."""

    crs: str
    swapped: bool
    system: Any


def settle(points: np.ndarray, declared: str | None, given: str | None) -> Settled | CrsQuestion:
    """``points`` is an n×2 array of one point a feature, as they stand in the file.

    A system that puts less than half of them near the district is not believed, whoever named it: then the answer is
    a question with the systems that would. InputError: the given system is unknown, the datum is another one, or no
    system fits at all.
    """
    candidates = _candidates(points)
    for text, is_given in ((given, True), (declared, False)):
        if not text:
            continue
        system = _system(text)
        if system is None:
            if is_given:
                raise refusal("unknown_crs", crs=text)
            continue
        if not _same_ellipsoid(system):
            raise refusal("foreign_datum", crs=system.name)
        for swapped in (False, True):
            if _share(points, system, swapped) >= _ENOUGH:
                return Settled(_short(system), swapped, system)
        if not candidates:
            raise refusal("outside", crs=system.name)
        return CrsQuestion(say("importing_boundaries.crs.does_not_fit", crs=system.name), candidates)
    if not candidates:
        raise refusal("no_crs_fits")
    return CrsQuestion(say("importing_boundaries.crs.not_declared"), candidates)


def to_degrees(geometry: np.ndarray, settled: Settled) -> np.ndarray:
    """The same geometries in longitude, latitude; coordinates without a place become infinite."""
    import shapely

    def moved(xy: np.ndarray) -> np.ndarray:
        return _degrees(xy, settled.system, settled.swapped)

    return shapely.transform(geometry, moved)  # type: ignore[no-any-return]


def near_district(lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    return (lon > WEST - MARGIN) & (lon < EAST + MARGIN) & (lat > SOUTH - MARGIN) & (lat < NORTH + MARGIN)


def _system(text: str) -> Any:
    """A pyproj CRS with a horizontal part, or None."""
    import pyproj

    if re.fullmatch(r"\d{4,6}", text.strip()):
        text = f"EPSG:{text.strip()}"
    if not re.match(r"(?i)\s*(EPSG:|ESRI:|PROJ|GEO|BASE|COMPD|COMPOUND|BOUND|OGC:)", text):
        return None
    try:
        system = pyproj.CRS.from_user_input(text.strip())
        if system.is_compound:
            system = system.sub_crs_list[0]
        return system if system.is_geographic or system.is_projected else None
    except (pyproj.exceptions.CRSError, ValueError, IndexError):
        return None


def _same_ellipsoid(system: Any) -> bool:
    ellipsoid = system.ellipsoid
    return (
        ellipsoid is not None
        and abs(ellipsoid.semi_major_metre - _AXIS) < 0.1
        and abs(ellipsoid.inverse_flattening - _FLATTENING) < 0.001
    )


def _short(system: Any) -> str:
    code = system.to_epsg(min_confidence=70)
    return f"EPSG:{code}" if code else str(system.name)


def _degrees(xy: np.ndarray, system: Any, swapped: bool) -> np.ndarray:
    import numpy as np
    import pyproj

    x, y = (xy[:, 1], xy[:, 0]) if swapped else (xy[:, 0], xy[:, 1])
    if system.is_projected:
        # To its own degrees only: CGCS2000 and WGS 84 are equal here, a datum shift would only add noise.
        unprojected = pyproj.Transformer.from_crs(system, system.geodetic_crs, always_xy=True)
        x, y = unprojected.transform(x, y)
    return np.column_stack((x, y))


def _share(points: np.ndarray, system: Any, swapped: bool) -> float:
    import numpy as np

    if not len(points):
        return 0.0
    with np.errstate(invalid="ignore"):
        lonlat = _degrees(points, system, swapped)
        return float(near_district(lonlat[:, 0], lonlat[:, 1]).mean())


def _candidates(points: np.ndarray) -> tuple[CrsCandidate, ...]:
    """Systems that put at least half of the points near the district, best first."""
    import pyproj

    found = []
    for code in _CANDIDATES:
        system = pyproj.CRS.from_epsg(code)
        for swapped in (False, True):
            share = round(_share(points, system, swapped), 3)
            if share >= _ENOUGH:
                name = say(f"importing_boundaries.crs.name_{code}")
                found.append(CrsCandidate(f"EPSG:{code}", name, share, swapped))
                break
    return tuple(sorted(found, key=lambda one: -one.share))
