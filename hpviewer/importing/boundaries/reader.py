"""Reading a boundary file: what a person sees before anything is saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from hpviewer.cancelling import Wanted, always
from hpviewer.errors import CancelledError
from hpviewer.importing.boundaries.areas import hectares
from hpviewer.importing.boundaries.boundary_file import read_features
from hpviewer.importing.boundaries.columns import PlaceLookup, place_columns, project_column
from hpviewer.importing.boundaries.coordinate_system import near_district, settle, to_degrees
from hpviewer.importing.boundaries.feature_table import FeatureTable
from hpviewer.importing.boundaries.level import LEVELS, suggested_level
from hpviewer.importing.boundaries.limits import MOST_VERTICES, refusal
from hpviewer.importing.boundaries.map_approval import find_map_approval, in_columns
from hpviewer.importing.boundaries.matching import KnownShapes, match_features
from hpviewer.importing.boundaries.offset import measure_offset, named_offset
from hpviewer.importing.boundaries.reading import (
    BoundaryLevel,
    BoundaryReading,
    CrsQuestion,
    FeatureProblem,
    OffsetFinding,
)
from hpviewer.importing.boundaries.repair import repaired
from hpviewer.importing.boundaries.results import feature_areas, placed_shapes, project_areas
from hpviewer.importing.boundaries.seams import seams
from hpviewer.importing.boundaries.web_system import WebSystem
from hpviewer.places.index import NameIndex
from hpviewer.places.place import PlaceCode
from hpviewer.places.resolver import Resolver
from hpviewer.records.geometry import Shape
from hpviewer.wording import say

if TYPE_CHECKING:
    import numpy as np

_STEPS = 6


def _unwatched(done: int, total: int) -> None:
    pass


def read_boundaries(
    source: Path,
    resolver: Resolver,
    index: NameIndex,
    known: Mapping[PlaceCode, Shape],
    crs: str | None = None,
    offset_confirmed: WebSystem | bool | None = None,
    as_: Literal["towns", "communities", "projects"] | None = None,
    wanted: Wanted = always,
    progress: Callable[[int, int], None] | None = None,
    *,
    layer: str | None = None,
    map_approval: str = "",
) -> BoundaryReading:
    """Features of a GeoJSON, SHP (also zipped), GPKG, KML or KMZ file as shapes of places or project areas.

    ``known`` are the shapes shown today, by code. ``crs`` (EPSG:4547) and ``offset_confirmed`` answer what an earlier
    reading asked (True is GCJ-02, False no web map's system); ``as_`` overrides the suggested level; ``layer`` chooses
    one of several. ``map_approval`` is a number a person gave, else it is looked for in the file. ``progress`` hears
    steps done and steps in all.
    InputError: not such a file, damaged, over a limit, another datum, nowhere near the district. CancelledError.
    """
    run = _Run(source, PlaceLookup(resolver, index), known, wanted, progress or _unwatched)
    import numpy as np
    import shapely

    try:
        with np.errstate(
            all="ignore"
        ):  # coordinates of damaged files overflow; what they give is rejected by row
            return run.reading(
                crs, offset_confirmed, BoundaryLevel(as_) if as_ else None, layer, map_approval
            )
    except shapely.errors.GEOSException as problem:
        raise refusal("geometry", name=source.name) from problem


@dataclass(slots=True)
class _Run:
    source: Path
    lookup: PlaceLookup
    known: Mapping[PlaceCode, Shape]
    wanted: Wanted
    progress: Callable[[int, int], None]
    steps: int = 0

    def reading(
        self,
        crs: str | None,
        offset_confirmed: WebSystem | bool | None,
        as_: BoundaryLevel | None,
        layer: str | None,
        map_approval: str,
    ) -> BoundaryReading:
        import shapely

        self._step()
        table = read_features(self.source, layer)
        if not len(table):
            raise refusal("no_features", name=self.source.name)
        if int(shapely.get_num_coordinates(table.geometry).sum()) > MOST_VERTICES:
            raise refusal("vertices", limit=MOST_VERTICES)
        self._step()
        approval = map_approval or in_columns(table.columns) or find_map_approval((table.title,))
        reading = BoundaryReading(
            self.source.name, table.kind, table.layer, len(table), notes=table.notes, map_approval=approval
        )
        settled = settle(_points(table, self.source.name), table.crs, crs)
        if isinstance(settled, CrsQuestion):
            return replace(reading, needs_crs=settled)
        notes = reading.notes
        if settled.swapped:
            notes = (*notes, say("importing_boundaries.note.swapped", crs=settled.crs))
        degrees = to_degrees(table.geometry, settled)
        if offset_confirmed:
            web = offset_confirmed if isinstance(offset_confirmed, WebSystem) else WebSystem.GCJ02
            degrees = _without_offset(degrees, web)
            notes = (*notes, say("importing_boundaries.note.converted", system=web.label))
        reading = replace(
            reading, crs=settled.crs, swapped=settled.swapped, converted=bool(offset_confirmed), notes=notes
        )
        self._step()
        mended = repaired(degrees, table.rows)
        rejections = [*mended.rejections]
        table, polygons = table.only(mended.kept), mended.polygons
        inside = _near(polygons)
        for at in (~inside).nonzero()[0].tolist():
            problem = say("importing_boundaries.row.outside")
            rejections.append(FeatureProblem(table.rows[at], "geometry", "", problem))
        table, polygons = table.only(inside.nonzero()[0]), polygons[inside]
        if not len(table):
            raise refusal("no_polygons", name=self.source.name)
        self._step()
        reading = replace(reading, repairs=mended.repairs, rejections=tuple(rejections))
        return self._understood(reading, table, polygons, offset_confirmed, as_)

    def _understood(
        self,
        reading: BoundaryReading,
        table: FeatureTable,
        polygons: np.ndarray,
        offset_confirmed: WebSystem | bool | None,
        as_: BoundaryLevel | None,
    ) -> BoundaryReading:
        chosen = {level: place_columns(table.columns, LEVELS[level], self.lookup) for level in LEVELS}
        known = {level: KnownShapes(self.known, LEVELS[level]) for level in LEVELS}
        sizes = hectares(polygons)
        self._step()
        suggested = suggested_level(table, polygons, sizes, chosen, known, self.lookup)
        level = as_ or suggested
        reading = replace(reading, level=level, suggested_level=suggested)
        if level is BoundaryLevel.PROJECTS:
            column = project_column(table.columns)
            projects, rejections, warnings = project_areas(table, polygons, sizes, column)
            reading = replace(
                reading,
                projects=projects,
                areas=feature_areas(table, sizes, column),
                rejections=_by_row(reading.rejections, rejections),
                warnings=warnings,
            )
            self._step()
            return self._with_offset(reading, table, None, offset_confirmed)
        columns = chosen[level]
        matching = match_features(
            polygons, table.columns, table.rows, columns, LEVELS[level], self.lookup, known[level]
        )
        self._step()
        shapes, merged = placed_shapes(matching.matched, table, polygons, sizes, self.lookup)
        found, total = seams(polygons, table.rows)
        notes = reading.notes
        if total > len(found):
            notes = (*notes, say("importing_boundaries.note.seams", total=total, shown=len(found)))
        reading = replace(
            reading,
            shapes=shapes,
            areas=feature_areas(table, sizes, columns.name or columns.code),
            rejections=_by_row(reading.rejections, matching.rejections),
            warnings=_by_row(matching.warnings, merged),
            seams=found,
            notes=notes,
        )
        pairs = [
            (polygons[one.at], there)
            for one in matching.matched
            if (there := known[level].of(one.code)) is not None
        ]
        finding = measure_offset([one for one, _ in pairs], [there for _, there in pairs])
        return self._with_offset(reading, table, finding, offset_confirmed)

    def _with_offset(
        self,
        reading: BoundaryReading,
        table: FeatureTable,
        finding: OffsetFinding | None,
        offset_confirmed: WebSystem | bool | None,
    ) -> BoundaryReading:
        """What was measured; without places to compare, what the file says of itself; else that nobody knows."""
        if finding is None and not reading.converted:
            finding = named_offset(self.source.name, table.layer, table.title, *table.columns)
        notes = reading.notes
        if finding is None and offset_confirmed is None:
            notes = (*notes, say("importing_boundaries.note.offset_unknown"))
        if offset_confirmed and finding is not None and finding.likely:
            notes = (*notes, say("importing_boundaries.note.still_offset"))
        asks = finding is not None and finding.likely and offset_confirmed is None
        return replace(reading, offset=finding, asks_offset=asks, notes=notes)

    def _step(self) -> None:
        if not self.wanted():
            raise CancelledError(
                say("importing_boundaries.cancelled"), say("importing_boundaries.cancelled_next")
            )
        self.progress(min(self.steps, _STEPS), _STEPS)
        self.steps += 1


def _points(table: FeatureTable, name: str) -> np.ndarray:
    """One point a feature, in the file's coordinates: the middle of its bounds."""
    import numpy as np
    import shapely

    bounds = shapely.bounds(table.geometry)
    bounds = bounds[np.isfinite(bounds).all(axis=1)]
    if not len(bounds):
        raise refusal("no_polygons", name=name)
    step = max(1, len(bounds) // 1000)
    return (bounds[::step, :2] + bounds[::step, 2:]) / 2  # type: ignore[no-any-return]


def _near(polygons: np.ndarray) -> np.ndarray:
    import shapely

    bounds = shapely.bounds(polygons)
    return near_district((bounds[:, 0] + bounds[:, 2]) / 2, (bounds[:, 1] + bounds[:, 3]) / 2)


def _without_offset(degrees: np.ndarray, web: WebSystem) -> np.ndarray:
    import numpy as np
    import shapely

    return shapely.transform(  # type: ignore[no-any-return]
        degrees, lambda xy: np.column_stack(web.restored(xy[:, 0], xy[:, 1]))
    )


def _by_row(*problems: tuple[FeatureProblem, ...]) -> tuple[FeatureProblem, ...]:
    return tuple(sorted((one for some in problems for one in some), key=lambda one: one.row))
