"""Areas on the ellipsoid, in hectares, and the point that a label stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

_LABEL_TOLERANCE = 0.0002
_DECIMALS = 6
_SQUARE_METRES = 10_000.0
_KM = 111.32
"""Kilometres of a degree of latitude, and of longitude at the equator; good to 0.5 % for distances and thresholds."""


def hectares(polygons: np.ndarray) -> np.ndarray:
    """Geodesic area of Polygons and MultiPolygons in degrees (pyproj.Geod, WGS 84 = CGCS2000 to 1e-10)."""
    import numpy as np
    import pyproj
    import shapely

    geod = pyproj.Geod(ellps="WGS84")
    parts, owner = shapely.get_parts(polygons, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    total = np.zeros(len(polygons))
    if not len(rings):
        return total
    coordinates, ring_of = shapely.get_coordinates(rings, return_index=True)
    ends = np.cumsum(np.bincount(ring_of, minlength=len(rings)))[:-1]
    first = np.r_[True, part[1:] != part[:-1]]  # the shell comes before its holes
    sizes = np.array([
        abs(geod.polygon_area_perimeter(ring[:, 0], ring[:, 1])[0]) for ring in np.split(coordinates, ends)
    ])  # fmt: skip
    np.add.at(total, owner[part], np.where(first, sizes, -sizes))
    return total / _SQUARE_METRES


def rough_hectares(square_degrees: Any, latitude: Any) -> Any:
    """For thresholds and slivers: an area in square degrees as hectares, good to 1 % here."""
    import numpy as np

    return square_degrees * (_KM * 1000) ** 2 * 0.9935 * np.cos(np.radians(latitude)) / _SQUARE_METRES


def metres(east: Any, north: Any, latitude: Any) -> tuple[Any, Any]:
    """A small step in degrees as metres."""
    import numpy as np

    return east * _KM * 1000 * np.cos(np.radians(latitude)), north * (_KM - 0.57) * 1000


def label_points(areas: np.ndarray) -> np.ndarray:
    """n×2: middle of the largest circle inside the largest part, as the schematic shapes have it, to 1e-6 degrees.

    Where rounding would leave a sliver's inside, GEOS's own inner point, unrounded."""
    import numpy as np
    import shapely

    parts, owner = shapely.get_parts(areas, return_index=True)
    order = np.lexsort((shapely.area(parts), owner))
    largest = parts[order][np.r_[owner[order][1:] != owner[order][:-1], True]]
    centres = shapely.get_coordinates(
        shapely.get_point(shapely.maximum_inscribed_circle(largest, _LABEL_TOLERANCE), 0)
    ).round(_DECIMALS)
    outside = ~shapely.contains_xy(areas, centres[:, 0], centres[:, 1])
    if outside.any():
        centres[outside] = shapely.get_coordinates(shapely.point_on_surface(largest[outside]))
    return centres  # type: ignore[no-any-return]


def as_multipolygons(polygons: np.ndarray) -> np.ndarray:
    """Normalised MultiPolygons, so that equal areas have equal bytes."""
    import shapely

    parts, owner = shapely.get_parts(polygons, return_index=True)
    return shapely.normalize(shapely.multipolygons(parts, indices=owner))  # type: ignore[no-any-return]
