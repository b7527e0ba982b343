"""Schematic shapes: towns from the sampled grid, communities from the points inside their town.

One topology for both levels. The smoothed town edges and the lines between neighbouring communities are
noded together on a grid of 1e-6 degrees and cut into faces; a town, a community and the district are unions
of faces. So towns tile the district and communities tile their town without gap or overlap.
Building twice gives the same bytes.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hpviewer.importing.bundled.town_edges import DECIMALS, grid_edges, smooth_edges
from hpviewer.importing.bundled.town_grid import PER_DEGREE, Cell, Grid, tidy
from hpviewer.places.place import PlaceCode
from hpviewer.records.geometry import CommunityPoint, GuessedEdge, GuessReason, Position, Shape

if TYPE_CHECKING:
    from shapely import MultiPolygon, Polygon
    from shapely.geometry.base import BaseGeometry

_STEP = 10.0**-DECIMALS
_TWIN_STEP = 0.0002
"""Degrees, about 20 m: how far the second, third … of communities with one and the same point are moved."""
_LABEL_TOLERANCE = 0.0002


@dataclass(frozen=True, slots=True)
class SchematicShapes:
    """Sorted by code. ``communities`` holds those with a point; the others are 位置待补."""

    district: Shape
    towns: tuple[Shape, ...]
    communities: tuple[Shape, ...]
    guessed_edges: tuple[GuessedEdge, ...]


def build_shapes(
    grid: Grid,
    points: Sequence[CommunityPoint],
    guesses: Mapping[tuple[PlaceCode, PlaceCode], GuessReason],
    district_code: PlaceCode,
) -> SchematicShapes:
    """Shapes of the sampled grid (see the module text); a point belongs to the town its code starts with."""
    import shapely

    tidied = tidy(grid)
    edges = smooth_edges(grid_edges(tidied))
    rough = _towns(edges, tidied)
    sites = _sites(points, rough, tidied)
    borders = [
        line for town in sorted(rough) for line in _community_borders(sites.get(town, {}), rough[town])
    ]
    noded = shapely.unary_union([*edges, *borders], grid_size=_STEP)
    faces: dict[PlaceCode, list[Polygon]] = defaultdict(list)
    for face in _faces([noded]):
        town = _holding(rough, face.representative_point())
        if town is not None:
            faces[town].append(face)
    towns = {town: _union(found) for town, found in sorted(faces.items())}
    communities = {
        code: _union(found)
        for town in towns
        if town in sites
        for code, found in _community_faces(faces[town], sites[town]).items()
    }
    return SchematicShapes(
        district=_shape(district_code, _union([face for found in faces.values() for face in found])),
        towns=tuple(_shape(code, area) for code, area in towns.items()),
        communities=tuple(_shape(code, area) for code, area in sorted(communities.items())),
        guessed_edges=tuple(_guessed_edges(towns, guesses)),
    )


def _faces(lines: Iterable[BaseGeometry]) -> list[Polygon]:
    import shapely

    return list(shapely.polygonize(list(lines)).geoms)


def _towns(edges: Sequence[BaseGeometry], grid: Mapping[Cell, PlaceCode]) -> dict[PlaceCode, MultiPolygon]:
    """Town areas before communities are cut in. A face belongs to the town most of its cells belong to."""
    import shapely

    cells = sorted(grid)
    centres = shapely.points([((x + 0.5) / PER_DEGREE, (y + 0.5) / PER_DEGREE) for x, y in cells])
    tree = shapely.STRtree(centres)
    faces: dict[PlaceCode, list[Polygon]] = defaultdict(list)
    for face in _faces(edges):
        votes: dict[PlaceCode, int] = defaultdict(int)
        for at in tree.query(face, predicate="contains").tolist():
            votes[grid[cells[at]]] += 1
        if votes:  # none: a bay of the outline that closed itself, outside the district
            faces[min(votes, key=lambda town: (-votes[town], town))].append(face)
    return {town: _union(found) for town, found in sorted(faces.items())}


def _sites(
    points: Sequence[CommunityPoint], towns: Mapping[PlaceCode, BaseGeometry], grid: Mapping[Cell, PlaceCode]
) -> dict[PlaceCode, dict[PlaceCode, Position]]:
    """Points by town, where the cells are built around.

    An estimate that lies across its town's edge counts as the nearest cell of the town, as it would have no
    cell of its own otherwise. A repeated point moves east by _TWIN_STEP until it is alone, by order of code.
    """
    import shapely

    sites: dict[PlaceCode, dict[PlaceCode, Position]] = defaultdict(dict)
    for point in sorted(points, key=lambda one: one.code):
        town = PlaceCode(point.code[:9])
        if point.at is None or town not in towns:
            continue
        there = sites[town]
        lon, lat = point.at
        if not towns[town].contains(shapely.Point(lon, lat)):
            lon, lat = _nearest_inside((lon, lat), towns[town], [cell for cell in grid if grid[cell] == town])
        while (lon, lat) in there.values():
            lon = round(lon + _TWIN_STEP, DECIMALS)
        there[point.code] = (lon, lat)
    return sites


def _nearest_inside(at: Position, town: BaseGeometry, cells: Sequence[Cell]) -> Position:
    """Centre of the nearest cell that the smoothed town still contains."""
    import shapely

    centres = [((x + 0.5) / PER_DEGREE, (y + 0.5) / PER_DEGREE) for x, y in cells]
    nearest = sorted(centres, key=lambda centre: (math.dist(_flat(centre), _flat(at)), centre))
    return next(centre for centre in nearest if town.contains(shapely.Point(centre)))


def _flat(at: Position) -> Position:
    """Degrees of equal length in both directions: at 23° a degree of longitude is 8 % shorter."""
    return at[0] * math.cos(math.radians(23.2)), at[1]


def _community_borders(sites: Mapping[PlaceCode, Position], town: BaseGeometry) -> list[BaseGeometry]:
    """Lines half-way between neighbouring points, inside the town. None for a single community."""
    import shapely
    from shapely import affinity

    if len(sites) < 2:
        return []
    shrink = _flat((1.0, 0.0))[0]
    extent = affinity.scale(town, xfact=shrink, yfact=1, origin=(0, 0))
    points = shapely.MultiPoint([_flat(at) for _, at in sorted(sites.items())])
    between = shapely.voronoi_polygons(points, extend_to=extent, only_edges=True)
    inside = affinity.scale(between, xfact=1 / shrink, yfact=1, origin=(0, 0)).intersection(town)
    return [inside.normalize()]


def _community_faces(
    faces: Sequence[Polygon], sites: Mapping[PlaceCode, Position]
) -> dict[PlaceCode, list[Polygon]]:
    """The faces of one town by community. Each community is one connected area around its point.

    A bend of the town's edge can cut a cell in two; the part without the point goes to the neighbour with
    which it has the longest common edge.
    """
    import shapely

    cells: dict[PlaceCode, list[Polygon]] = defaultdict(list)
    for face in faces:
        here = face.representative_point()
        cells[_nearest(sites, (here.x, here.y))].append(face)
    loose: list[Polygon] = []
    for code, found in cells.items():
        found.sort(key=shapely.Point(sites[code]).distance)
        loose += found[1:]
        del found[1:]
    while loose:
        _, at, code = max(
            (face.boundary.intersection(part.boundary).length, -at, code)
            for at, face in enumerate(loose)
            for code, found in cells.items()
            for part in found
        )
        cells[code].append(loose.pop(-at))
    return cells


def _nearest(sites: Mapping[PlaceCode, Position], at: Position) -> PlaceCode:
    return min(sorted(sites), key=lambda code: math.dist(_flat(sites[code]), _flat(at)))


def _holding(towns: Mapping[PlaceCode, BaseGeometry], point: BaseGeometry) -> PlaceCode | None:
    return next((code for code, area in towns.items() if area.contains(point)), None)


def _union(faces: Sequence[Polygon]) -> MultiPolygon:
    """Faces share their corners exactly, so their union adds none; normalised for equal bytes."""
    import shapely

    merged = shapely.coverage_union_all(faces)
    parts = [part for part in getattr(merged, "geoms", [merged]) if part.geom_type == "Polygon"]
    return shapely.MultiPolygon(parts).normalize()


def _shape(code: PlaceCode, area: MultiPolygon) -> Shape:
    import shapely

    largest = max(area.geoms, key=lambda part: part.area)
    centre = shapely.get_point(shapely.maximum_inscribed_circle(largest, _LABEL_TOLERANCE), 0)
    lon, lat = round(centre.x, DECIMALS), round(centre.y, DECIMALS)
    west, south, east, north = area.bounds
    return Shape(code, shapely.to_wkb(area, byte_order=1), lon, lat, (west, south, east, north))


def _guessed_edges(
    towns: Mapping[PlaceCode, MultiPolygon], guesses: Mapping[tuple[PlaceCode, PlaceCode], GuessReason]
) -> Iterable[GuessedEdge]:
    import shapely

    for (town, other), reason in sorted(guesses.items()):
        shared = shapely.shared_paths(towns[town].boundary, towns[other].boundary)
        merged = shapely.line_merge(shapely.MultiLineString([
            line for way in shared.geoms for line in getattr(way, "geoms", [way])
        ]))  # fmt: skip
        lines = shapely.MultiLineString(list(getattr(merged, "geoms", [merged])))
        if not lines.is_empty:
            yield GuessedEdge(town, other, reason, shapely.to_wkb(lines.normalize(), byte_order=1))
