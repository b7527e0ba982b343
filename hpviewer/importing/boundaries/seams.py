"""Where neighbouring areas overlap or leave a narrow gap between them.

GEOS marks in one pass which areas do not fit their neighbours; only those are looked at pair by pair.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hpviewer.importing.boundaries.areas import rough_hectares
from hpviewer.importing.boundaries.reading import Seam, SeamKind
from hpviewer.wording import say

if TYPE_CHECKING:
    import numpy as np

_GAP_DEGREES = 0.0005
"""About 50 m: a gap that is wider is a lake or land of somebody else."""
_LEAST_HECTARES = 1e-4
_MOST_LOOKED_AT = 4_000
_MOST_PAIRS = 200_000
"""Copies of one area all overlap each other: four thousand of them in eight million pairs."""
_MOST_REPORTED = 200


def seams(polygons: np.ndarray, rows: tuple[int, ...]) -> tuple[tuple[Seam, ...], int]:
    """The largest overlaps and gaps of one square metre or more, and how many there are in all. At most
    _MOST_LOOKED_AT areas that do not fit are compared: a layer with more is no map of neighbours."""
    import numpy as np
    import shapely

    if len(polygons) < 2:
        return (), 0
    marks = shapely.coverage_invalid_edges(polygons, gap_width=_GAP_DEGREES)
    misfits = np.flatnonzero(~shapely.is_empty(marks))[:_MOST_LOOKED_AT]
    if not len(misfits):
        return (), 0
    found = [*_overlaps(polygons[misfits], misfits, rows), *_gaps(polygons[misfits], misfits, rows)]
    found.sort(key=lambda one: (-one.area_ha, one.row, one.other))
    return tuple(found[:_MOST_REPORTED]), len(found)


def _overlaps(misfits: np.ndarray, at: np.ndarray, rows: tuple[int, ...]) -> list[Seam]:
    import numpy as np
    import shapely

    tree = shapely.STRtree(misfits)
    one, other = tree.query(misfits, predicate="intersects")
    upper = one < other
    one, other = one[upper][:_MOST_PAIRS], other[upper][:_MOST_PAIRS]
    shared = shapely.intersection(misfits[one], misfits[other])
    size = rough_hectares(shapely.area(shared), 23.2)
    found = []
    for pair in np.flatnonzero(size >= _LEAST_HECTARES).tolist():
        row, neighbour = rows[int(at[one[pair]])], rows[int(at[other[pair]])]
        area = float(size[pair])
        sentence = say("importing_boundaries.seam.overlap", row=row, other=neighbour, area=area)
        found.append(Seam(SeamKind.OVERLAP, row, neighbour, area, sentence))
    return found


def _gaps(misfits: np.ndarray, at: np.ndarray, rows: tuple[int, ...]) -> list[Seam]:
    """Narrow holes of the union: a ring whose area is less than its length would hold at half the gap's width."""
    import numpy as np
    import shapely

    union = shapely.union_all(misfits)
    parts = shapely.get_parts(union)
    inner = [hole for part in parts for hole in part.interiors]
    holes = shapely.polygons(inner) if inner else np.array([], dtype=object)
    found = []
    tree = shapely.STRtree(misfits)
    for hole in holes:
        width = 2 * hole.area / hole.length if hole.length else 0.0
        area = float(rough_hectares(hole.area, 23.2))
        if width > _GAP_DEGREES or area < _LEAST_HECTARES:
            continue
        beside = tree.query(hole, predicate="intersects").tolist()
        row = min((rows[int(at[i])] for i in beside), default=0)
        found.append(
            Seam(SeamKind.GAP, row, 0, area, say("importing_boundaries.seam.gap", row=row, area=area))
        )
    return found
