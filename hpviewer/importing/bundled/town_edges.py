"""The edges between the areas of a grid, each once for both sides, and their smoothing.

An edge runs from junction to junction (where three labels meet, or two meet crosswise); an edge without
any junction is a closed ring.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from hpviewer.importing.bundled.town_grid import PER_DEGREE, Cell
from hpviewer.places.place import PlaceCode
from hpviewer.records.geometry import Position

if TYPE_CHECKING:
    from shapely import LineString

Corner = tuple[int, int]
Edge = list[Corner]

TOLERANCE = 0.0013
"""Degrees: two thirds of a cell, what the sampling leaves open (see data/README.md)."""
ROUNDS = 3
DECIMALS = 6
"""About 0.1 m, far below what schematic shapes know; equal corners stay equal as text."""


def grid_edges(grid: Mapping[Cell, PlaceCode]) -> list[Edge]:
    """All edges of the grid as corners (grid lines x, y), in an order that depends on the grid alone."""
    links = _links(grid)
    junctions = sorted(corner for corner, ends in links.items() if len(ends) != 2)
    edges: list[Edge] = []
    for start in [*junctions, *sorted(links)]:
        while links[start]:
            edges.append(_walk(links, start, frozenset(junctions)))
    return edges


def _links(grid: Mapping[Cell, PlaceCode]) -> dict[Corner, list[Corner]]:
    found: dict[Corner, list[Corner]] = defaultdict(list)

    def link(a: Corner, b: Corner) -> None:
        found[a].append(b)
        found[b].append(a)

    for x, y in sorted(grid):
        town = grid[x, y]
        if grid.get((x + 1, y)) != town:
            link((x + 1, y), (x + 1, y + 1))
        if grid.get((x, y + 1)) != town:
            link((x, y + 1), (x + 1, y + 1))
        if (x - 1, y) not in grid:
            link((x, y), (x, y + 1))
        if (x, y - 1) not in grid:
            link((x, y), (x + 1, y))
    return found


def _walk(links: dict[Corner, list[Corner]], start: Corner, junctions: frozenset[Corner]) -> Edge:
    """One edge from ``start``; its links are taken away, so that the way back is not walked again."""
    edge = [start]
    while True:
        here = edge[-1]
        ahead = min(links[here])
        links[here].remove(ahead)
        links[ahead].remove(here)
        edge.append(ahead)
        if ahead in junctions or ahead == start:
            return edge


def smooth_edges(edges: list[Edge]) -> list[LineString]:
    """Edges as smooth lines in degrees that touch in their ends only.

    Where smoothing makes two lines cross, both are smoothed less, at last not at all.
    """
    import shapely

    tolerances = [TOLERANCE] * len(edges)
    while True:
        lines = [_smooth(edge, tolerance) for edge, tolerance in zip(edges, tolerances, strict=True)]
        crossing = _crossing(lines)
        if not crossing:
            return [shapely.LineString(line) for line in lines]
        for at in crossing:
            tolerances[at] = tolerances[at] / 2 if tolerances[at] > TOLERANCE / 8 else 0.0


def _smooth(edge: Edge, tolerance: float) -> list[Position]:
    import shapely

    line: list[Any] = [(x / PER_DEGREE, y / PER_DEGREE) for x, y in edge]
    if tolerance:
        line = _cut_steps(line)
        line = list(shapely.LineString(line).simplify(tolerance).coords)
        for _ in range(ROUNDS):
            line = _cut_corners(line)
    return [(round(lon, DECIMALS), round(lat, DECIMALS)) for lon, lat in line]


def _cut_steps(line: list[Position]) -> list[Position]:
    """The middles of the cells' sides: a staircase becomes its diagonal, which simplify then keeps straight.

    Without it every third or fourth step stays and is rounded into a bulge.
    """
    middles = [((ax + bx) / 2, (ay + by) / 2) for (ax, ay), (bx, by) in pairwise(line)]
    return [line[0], *middles, line[-1]]


def _cut_corners(line: list[Position]) -> list[Position]:
    """One round of Chaikin's corner cutting with both ends fixed."""
    cut = [line[0]]
    for (ax, ay), (bx, by) in pairwise(line):
        cut.append((0.75 * ax + 0.25 * bx, 0.75 * ay + 0.25 * by))
        cut.append((0.25 * ax + 0.75 * bx, 0.25 * ay + 0.75 * by))
    # the outer cut points of the first and last piece lie on it and would only lengthen the line
    return [line[0], *cut[2:-1], line[-1]] if len(line) > 2 else line


def _crossing(lines: list[list[Position]]) -> set[int]:
    """Numbers of lines that meet another line, or themselves, elsewhere than in an end."""
    import shapely

    shapes = [shapely.LineString(line) for line in lines]
    wrong = {at for at, shape in enumerate(shapes) if not shape.is_simple}
    tree = shapely.STRtree(shapes)
    for a, b in zip(*tree.query(shapes, predicate="intersects").tolist(), strict=True):
        if a < b and not shapely.MultiLineString([shapes[a], shapes[b]]).is_simple:
            wrong |= {a, b}
    return wrong
