"""Boundaries with less detail, neighbours still sharing theirs: no gaps between them and no overlaps.

What neighbours share is simplified once (Visvalingam and Whyatt, shapely.coverage_simplify); a town simplified by
itself would leave slivers along every border.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hpviewer.records.geometry import Shape

FAR_METRES = 20.0
"""For zooms that show towns only: half a pixel where communities begin to show (hp.COMMUNITY_ZOOM)."""
NEAR_METRES = 2.0
"""For all others: a pixel of the last zoom."""
_METRES_PER_DEGREE = 111_000


def simplified(shapes: Sequence[Shape], metres: float) -> list[Shape]:
    """In the same order. A corner goes when the triangle that it makes with its neighbours is smaller than a square of
    ``metres``; a shape never vanishes. Borders that do not match exactly in the source are each simplified alone.

    Boundaries that cross themselves cannot be simplified together: then all come back as they were.
    """
    import shapely  # here: the window never needs it, only building a catalogue does

    before = shapely.from_wkb([shape.wkb for shape in shapes])
    if not len(shapes) or not shapely.is_valid(before).all():
        return list(shapes)
    after = shapely.coverage_simplify(before, metres / _METRES_PER_DEGREE)
    if not shapely.is_valid(after).all() or shapely.is_empty(after).any():
        return list(shapes)
    many = [shapely.multipolygons([one]) if one.geom_type == "Polygon" else one for one in after]
    return [
        replace(shape, wkb=shapely.to_wkb(one, flavor="iso")) for shape, one in zip(shapes, many, strict=True)
    ]
