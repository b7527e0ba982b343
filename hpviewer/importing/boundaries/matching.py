"""Features -> towns or communities: by code, by name, by where they lie; contradictions are listed, never decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hpviewer.importing.boundaries.areas import metres
from hpviewer.importing.boundaries.columns import LEAST_SCORE, PlaceColumns, PlaceLookup
from hpviewer.importing.boundaries.reading import FeatureProblem, MatchedBy
from hpviewer.places.place import Level, Match, PlaceCode
from hpviewer.records.geometry import Shape
from hpviewer.wording import say

if TYPE_CHECKING:
    import numpy as np

SURE_OVERLAP = 0.6
"""Intersection over union above which a feature without a name is the known shape."""
_SUGGESTED_OVERLAP = 0.3
_FAR_METRES = 4_000
"""Schematic shapes are up to 2 km off: further away the name or the known shape is wrong."""


@dataclass(frozen=True, slots=True)
class Matched:
    """``at`` is the feature's position in the table."""

    at: int
    code: PlaceCode
    by: MatchedBy
    written: str


@dataclass(frozen=True, slots=True)
class Matching:
    matched: tuple[Matched, ...]
    rejections: tuple[FeatureProblem, ...]
    warnings: tuple[FeatureProblem, ...]


class KnownShapes:
    """The known shapes of one level, indexed once."""

    def __init__(self, shapes: Mapping[PlaceCode, Shape], level: Level) -> None:
        import numpy as np
        import shapely

        digits = 9 if level is Level.TOWN else 12
        self.codes = sorted(code for code in shapes if len(code) == digits)
        self._at = {code: at for at, code in enumerate(self.codes)}
        self.geometry: np.ndarray = shapely.from_wkb(
            np.array([shapes[code].wkb for code in self.codes], dtype=object)
        )
        self._tree = shapely.STRtree(self.geometry)

    def of(self, code: PlaceCode) -> object | None:
        return self.geometry[self._at[code]] if code in self._at else None

    def best_overlap(self, polygon: object) -> tuple[PlaceCode | None, float]:
        """The shape with the largest intersection over union, and that share."""
        import shapely

        found = self._tree.query(polygon, predicate="intersects")
        if not len(found):
            return None, 0.0
        shared = shapely.area(shapely.intersection(self.geometry[found], polygon))
        share = shared / (shapely.area(self.geometry[found]) + shapely.area(polygon) - shared)
        best = int(share.argmax())
        return self.codes[int(found[best])], float(share[best])


def match_features(
    polygons: np.ndarray,
    columns: Mapping[str, tuple[str, ...]],
    rows: tuple[int, ...],
    chosen: PlaceColumns,
    level: Level,
    lookup: PlaceLookup,
    known: KnownShapes,
) -> Matching:
    matched: list[Matched] = []
    rejections: list[FeatureProblem] = []
    warnings: list[FeatureProblem] = []
    nameless: list[int] = []
    for at, row in enumerate(rows):
        code_text = columns[chosen.code][at] if chosen.code else ""
        name = columns[chosen.name][at] if chosen.name else ""
        if not code_text and not name:
            nameless.append(at)
            continue
        coded = lookup.by_code(code_text, level) if code_text else None
        town = columns[chosen.town][at] if chosen.town else ""
        named = _named(lookup, name, level, town)
        if len(named) > 1 and not coded:
            placed = _where_it_lies(named, polygons[at], known)
            if placed is not None:
                problem = say("importing_boundaries.row.by_place", name=f"{placed.town}{placed.name}")
                warnings.append(FeatureProblem(row, chosen.name, name, problem))
                named = [placed]
        codes = {match.code for match in named}
        if coded and codes and coded.code not in codes:
            problem = say("importing_boundaries.row.conflict", code_name=coded.name, name=name)
            rejections.append(FeatureProblem(row, chosen.code, code_text, problem))
        elif coded:
            matched.append(Matched(at, coded.code, MatchedBy.CODE, code_text))
        elif len(named) == 1:
            matched.append(Matched(at, named[0].code, MatchedBy.NAME, name))
            if code_text:
                problem = say("importing_boundaries.row.code_unknown", name=named[0].name)
                warnings.append(FeatureProblem(row, chosen.code, code_text, problem))
        else:
            field, value = (chosen.name, name) if name else (chosen.code, code_text)
            near, share = known.best_overlap(polygons[at])
            problem = _unmatched(lookup, name, level, named, near if share >= _SUGGESTED_OVERLAP else None)
            rejections.append(FeatureProblem(row, field, value, problem))
    taken = {one.code for one in matched}
    for at in nameless:
        near, share = known.best_overlap(polygons[at])
        if near is not None and share >= SURE_OVERLAP and near not in taken:
            place = lookup.place(near)
            matched.append(Matched(at, near, MatchedBy.OVERLAP, ""))
            problem = say("importing_boundaries.row.by_overlap", name=place.name, share=round(100 * share))
            warnings.append(FeatureProblem(rows[at], "geometry", "", problem))
        else:
            possible = near if share >= _SUGGESTED_OVERLAP else None
            problem = _unmatched(lookup, "", level, [], possible)
            rejections.append(FeatureProblem(rows[at], chosen.name or chosen.code, "", problem))
    matched.sort(key=lambda one: one.at)
    warnings.extend(_far(matched, polygons, rows, known, lookup))
    rejections.sort(key=lambda one: one.row)
    return Matching(tuple(matched), tuple(rejections), tuple(warnings))


def _named(lookup: PlaceLookup, name: str, level: Level, town: str) -> list[Match]:
    """The best readings of equal score; the town column decides between places of one name."""
    found = [match for match in lookup.by_name(name, level) if match.score >= LEAST_SCORE]
    if not found:
        return []
    best = [match for match in found if match.score >= found[0].score - 0.02]
    if len(best) > 1 and town:
        towns = {match.code for match in lookup.by_name(town, Level.TOWN) if match.score >= LEAST_SCORE}
        inside = [match for match in best if match.code[:9] in towns]
        return inside or best
    return best


def _where_it_lies(named: list[Match], polygon: object, known: KnownShapes) -> Match | None:
    """Of places with one name (金碧社区 in 鱼珠 and in 夏港) the only one whose known shape the feature meets."""
    import shapely

    met = [match for match in named if shapely.intersects(known.of(match.code), polygon)]
    located = all(known.of(match.code) is not None for match in named)
    return met[0] if len(met) == 1 and located else None


def _unmatched(
    lookup: PlaceLookup, name: str, level: Level, named: list[Match], near: PlaceCode | None
) -> str:
    if named:
        choices = "、".join(f"{match.town}{match.name}" for match in named[:4])
        return say("importing_boundaries.row.ambiguous", choices=choices)
    weak = lookup.by_name(name, level)[:1] if name else []
    if weak:
        return say("importing_boundaries.row.perhaps", name=f"{weak[0].town}{weak[0].name}")
    if near is not None:
        return say("importing_boundaries.row.lies_where", name=lookup.place(near).name)
    return say("importing_boundaries.row.unmatched" if name else "importing_boundaries.row.nameless")


def _far(
    matched: list[Matched],
    polygons: np.ndarray,
    rows: tuple[int, ...],
    known: KnownShapes,
    lookup: PlaceLookup,
) -> list[FeatureProblem]:
    """Features that lie far from the known shape of the place they are named after."""
    import shapely

    found = []
    for one in matched:
        there = known.of(one.code)
        if there is None or shapely.intersects(polygons[one.at], there):
            continue
        here, other = shapely.centroid(polygons[one.at]), shapely.centroid(there)
        east, north = metres(here.x - other.x, here.y - other.y, other.y)
        distance = float((east**2 + north**2) ** 0.5)
        if distance >= _FAR_METRES:
            problem = say(
                "importing_boundaries.row.far", name=lookup.place(one.code).name, km=round(distance / 1000)
            )
            found.append(FeatureProblem(rows[one.at], "geometry", one.written, problem))
    return found
