"""The area of a shape as the catalogue holds it, to be set beside the area of a new one."""

from __future__ import annotations

from hpviewer.importing.boundaries.areas import hectares


def area_of(wkb: bytes) -> float:
    """Geodesic hectares of a Polygon or MultiPolygon in degrees."""
    import numpy as np
    import shapely

    return float(hectares(np.array([shapely.from_wkb(wkb)], dtype=object))[0])
