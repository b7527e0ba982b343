"""Geometry as it came -> valid polygons; what was changed or cannot be used is reported by row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hpviewer.importing.boundaries.areas import rough_hectares
from hpviewer.importing.boundaries.reading import FeatureProblem, Repair
from hpviewer.wording import say

if TYPE_CHECKING:
    import numpy as np

_POLYGON, _MULTIPOLYGON, _COLLECTION = 3, 6, 7
_FIELD = "geometry"
SMALLEST_HECTARES = 1e-4
"""One square metre: what is smaller after repair is a sliver, no area."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """``polygons`` has valid Polygons and MultiPolygons for the positions in ``kept``."""

    polygons: np.ndarray
    kept: np.ndarray
    repairs: tuple[Repair, ...]
    rejections: tuple[FeatureProblem, ...]


def repaired(geometry: np.ndarray, rows: tuple[int, ...]) -> Repaired:
    """``geometry`` in degrees. Collections give their polygons; points, lines and nothing are rejected."""
    import numpy as np
    import shapely

    kinds = shapely.get_type_id(geometry)
    rejections: list[FeatureProblem] = []
    usable = np.isin(kinds, (_POLYGON, _MULTIPOLYGON, _COLLECTION)) & ~shapely.is_empty(geometry)
    # Beyond the globe is as good as infinite, and arithmetic with 1e300 overflows.
    with np.errstate(invalid="ignore"):
        finite = (np.abs(shapely.bounds(geometry)) <= 360).all(axis=1)
    for at in np.flatnonzero(~(usable & finite)).tolist():
        problem = say(f"importing_boundaries.row.{_refused(int(kinds[at]), bool(usable[at]))}")
        rejections.append(FeatureProblem(rows[at], _FIELD, "", problem))
    kept = np.flatnonzero(usable & finite)
    polygons = geometry[kept].copy()
    repairs: list[Repair] = []
    broken = np.flatnonzero(~shapely.is_valid(polygons) | (kinds[kept] == _COLLECTION))
    if len(broken):
        before = polygons[broken]
        mended = _polygons_of(shapely.make_valid(before, method="structure", keep_collapsed=False))
        polygons[broken] = mended
        latitude = shapely.get_y(shapely.centroid(shapely.envelope(before)))
        change = rough_hectares(shapely.area(mended) - shapely.area(before), latitude)
        reasons = shapely.is_valid_reason(before)
        for at, reason, less in zip(broken.tolist(), reasons, change.tolist(), strict=True):
            row = rows[int(kept[at])]
            sentence = say("importing_boundaries.row.repaired", row=row, reason=_words(reason), change=less)
            repairs.append(Repair(row, str(reason), less, sentence))
    size = rough_hectares(shapely.area(polygons), 23.2)
    large = size >= SMALLEST_HECTARES
    for at in np.flatnonzero(~large).tolist():
        problem = say("importing_boundaries.row.nothing_left")
        rejections.append(FeatureProblem(rows[int(kept[at])], _FIELD, "", problem))
    return Repaired(polygons[large], kept[large], tuple(repairs), tuple(rejections))


def _refused(kind: int, usable: bool) -> str:
    """Key of the sentence for a geometry that is no polygon, or one whose coordinates lie nowhere."""
    if usable:
        return "no_place"
    return {0: "is_point", 4: "is_point", 1: "is_line", 2: "is_line", 5: "is_line"}.get(kind, "no_geometry")


def _words(reason: str) -> str:
    """GEOS's reason in the interface's language, where it is one of the usual ones."""
    for sign, key in (
        ("Self-intersection", "self_intersection"),
        ("Ring Self", "ring_touches"),
        ("Hole", "hole"),
        ("Nested", "hole"),
        ("Interior", "hole"),
        ("Too few", "too_few"),
        ("Valid", "collection"),
    ):
        if reason.startswith(sign):
            return say(f"importing_boundaries.reason.{key}")
    return say("importing_boundaries.reason.other")


def _polygons_of(geometry: np.ndarray) -> np.ndarray:
    """Polygonal part of each; an empty polygon where there is none."""
    import numpy as np
    import shapely

    found = geometry.copy()
    for at in np.flatnonzero(~np.isin(shapely.get_type_id(geometry), (_POLYGON, _MULTIPOLYGON))).tolist():
        stack, parts = [geometry[at]], []
        while stack:
            one = stack.pop()
            if one is None:
                continue
            if one.geom_type == "Polygon":
                parts.append(one)
            else:
                stack.extend(getattr(one, "geoms", ()))
        valid = [part for part in shapely.make_valid(parts) if part.geom_type in ("Polygon", "MultiPolygon")]
        merged = shapely.union_all(valid)
        found[at] = merged if merged.geom_type in ("Polygon", "MultiPolygon") else shapely.Polygon()
    return found
