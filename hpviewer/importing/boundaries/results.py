"""Polygons of features -> shapes by place, areas by project name, and the size of every feature."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hpviewer.importing.boundaries.areas import as_multipolygons, hectares, label_points
from hpviewer.importing.boundaries.columns import PlaceLookup
from hpviewer.importing.boundaries.feature_table import FeatureTable
from hpviewer.importing.boundaries.matching import Matched
from hpviewer.importing.boundaries.reading import FeatureArea, FeatureProblem, PlacedShape, ProjectArea
from hpviewer.places.place import PlaceCode
from hpviewer.records.geometry import Box, Shape
from hpviewer.wording import say

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, slots=True)
class _Finished:
    """One entry a group of features."""

    wkb: list[bytes]
    labels: list[tuple[float, float]]
    boxes: list[Box]
    hectares: list[float]


def placed_shapes(
    matched: Sequence[Matched],
    table: FeatureTable,
    polygons: np.ndarray,
    sizes: np.ndarray,
    lookup: PlaceLookup,
) -> tuple[tuple[PlacedShape, ...], tuple[FeatureProblem, ...]]:
    """By code; and a warning for each place that several features were united for."""
    groups: dict[PlaceCode, list[Matched]] = defaultdict(list)
    for one in matched:
        groups[one.code].append(one)
    codes = sorted(groups)
    done = _finished(polygons, sizes, [[one.at for one in groups[code]] for code in codes])
    shapes = tuple(
        PlacedShape(
            Shape(code, done.wkb[at], *done.labels[at], done.boxes[at]),
            done.hectares[at],
            tuple(table.rows[one.at] for one in groups[code]),
            groups[code][0].by,
            groups[code][0].written,
        )
        for at, code in enumerate(codes)
    )
    warnings = tuple(
        _merged(table.rows[groups[code][0].at], "", lookup.place(code).name, len(groups[code]))
        for code in codes
        if len(groups[code]) > 1
    )
    return shapes, warnings


def project_areas(
    table: FeatureTable, polygons: np.ndarray, sizes: np.ndarray, name_column: str
) -> tuple[tuple[ProjectArea, ...], tuple[FeatureProblem, ...], tuple[FeatureProblem, ...]]:
    """Areas in the order of the file, rejections (features without a name) and warnings."""
    groups: dict[str, list[int]] = defaultdict(list)
    rejections: list[FeatureProblem] = []
    for at, name in enumerate(table.columns.get(name_column, ("",) * len(table))):
        if name:
            groups[name].append(at)
        else:
            problem = say("importing_boundaries.row.project_nameless")
            rejections.append(FeatureProblem(table.rows[at], name_column, "", problem))
    done = _finished(polygons, sizes, list(groups.values()))
    areas = tuple(
        ProjectArea(
            name,
            done.wkb[at],
            *done.labels[at],
            done.boxes[at],
            done.hectares[at],
            tuple(table.rows[place] for place in places),
        )
        for at, (name, places) in enumerate(groups.items())
    )
    warnings = tuple(
        _merged(table.rows[places[0]], name_column, name, len(places))
        for name, places in groups.items()
        if len(places) > 1
    )
    return areas, tuple(rejections), warnings


def feature_areas(table: FeatureTable, sizes: np.ndarray, name_column: str) -> tuple[FeatureArea, ...]:
    names = table.columns.get(name_column, ("",) * len(table))
    return tuple(map(FeatureArea, table.rows, names, sizes.tolist()))


def _merged(row: int, field: str, name: str, count: int) -> FeatureProblem:
    return FeatureProblem(row, field, name, say("importing_boundaries.row.merged", name=name, count=count))


def _finished(polygons: np.ndarray, sizes: np.ndarray, groups: Sequence[Sequence[int]]) -> _Finished:
    import numpy as np
    import shapely

    if not groups:
        return _Finished([], [], [], [])
    united = np.array(
        [
            polygons[places[0]] if len(places) == 1 else shapely.union_all(polygons[list(places)])
            for places in groups
        ],
        dtype=object,
    )
    totals = np.array([sizes[places[0]] for places in groups])
    several = np.array([len(places) > 1 for places in groups])
    totals[several] = hectares(united[several])
    areas = as_multipolygons(united)
    return _Finished(
        shapely.to_wkb(areas, byte_order=1).tolist(),
        [(lon, lat) for lon, lat in label_points(areas).tolist()],
        [(west, south, east, north) for west, south, east, north in shapely.bounds(areas).tolist()],
        totals.tolist(),
    )
