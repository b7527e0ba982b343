"""What a layer looks like: the towns, the communities, or project areas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from hpviewer.importing.boundaries.columns import LEAST_SCORE, PlaceColumns, PlaceLookup, names_projects
from hpviewer.importing.boundaries.feature_table import FeatureTable
from hpviewer.importing.boundaries.matching import SURE_OVERLAP, KnownShapes
from hpviewer.importing.boundaries.reading import BoundaryLevel
from hpviewer.places.place import Level, PlaceCode

if TYPE_CHECKING:
    import numpy as np

LEVELS = {BoundaryLevel.TOWNS: Level.TOWN, BoundaryLevel.COMMUNITIES: Level.COMMUNITY}
_TOWN_HECTARES = 550
"""Between the medians of the communities (about 210) and of the towns (about 1,440), as the bundled shapes have them."""
_MOST_NAMES = 2_000
_MOST_COMPARED = 500


def suggested_level(
    table: FeatureTable,
    polygons: np.ndarray,
    hectares: np.ndarray,
    chosen: Mapping[BoundaryLevel, PlaceColumns],
    known: Mapping[BoundaryLevel, KnownShapes],
    lookup: PlaceLookup,
) -> BoundaryLevel:
    """The level on which most features are different places; project areas when on neither half of them are."""
    import numpy as np

    named = {one.name for one in chosen.values() if one.name}
    if (
        named
        and not any(one.code for one in chosen.values())
        and all(_is_of_projects(table, one) for one in named)
    ):
        return BoundaryLevel.PROJECTS
    shares: dict[BoundaryLevel, float] = {}
    for level, columns in chosen.items():
        codes = _codes(table, columns, LEVELS[level], lookup)
        if not columns.code and not columns.name and len(table) <= _MOST_COMPARED:
            best = (known[level].best_overlap(polygon) for polygon in polygons)
            codes = {code for code, share in best if code is not None and share >= SURE_OVERLAP}
        shares[level] = len(codes) / len(table)
    towns, communities = shares[BoundaryLevel.TOWNS], shares[BoundaryLevel.COMMUNITIES]
    if max(towns, communities) < 0.5:
        return BoundaryLevel.PROJECTS
    if abs(towns - communities) < 0.05:
        is_large = float(np.median(hectares)) > _TOWN_HECTARES
        return BoundaryLevel.TOWNS if is_large else BoundaryLevel.COMMUNITIES
    return BoundaryLevel.TOWNS if towns > communities else BoundaryLevel.COMMUNITIES


def _is_of_projects(table: FeatureTable, column: str) -> bool:
    return names_projects(column, table.columns[column])


def _codes(table: FeatureTable, columns: PlaceColumns, level: Level, lookup: PlaceLookup) -> set[PlaceCode]:
    """Different places that code or name lead to; a column of thousands of names is no list of places."""
    found: set[PlaceCode] = set()
    for value in dict.fromkeys(table.columns[columns.code]) if columns.code else ():
        place = lookup.by_code(value, level)
        if place is not None:
            found.add(place.code)
    names = list(dict.fromkeys(table.columns[columns.name])) if columns.name else []
    for value in names[:_MOST_NAMES]:
        best = lookup.by_name(value, level)[:1]
        found.update(match.code for match in best if match.score >= LEAST_SCORE)
    return found
