"""Which town each place lies in: cells of 0.002 degrees, read from rows of equal latitude and tidied.

A cell (x, y) covers longitude 0.002x to 0.002(x+1) and latitude 0.002y to 0.002(y+1).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from hpviewer.importing.bundled.rows import CellError, Row, read_rows
from hpviewer.places.place import PlaceCode
from hpviewer.wording import say

PER_DEGREE = 500
COLUMNS = ("lat", "west", "east", "town_code")

Cell = tuple[int, int]
Grid = dict[Cell, PlaceCode]

_SPIKE_PASSES = 3
"""Each pass takes one cell off the end of a spike; more would eat into the narrow tip of 夏港."""


def read_town_grid(path: Path) -> Grid:
    """Cells as sampled, not tidied. InputError names every row off the grid or over another row."""
    grid: Grid = {}

    def build(row: Row) -> None:
        y = _index(row, "lat", centre=True)
        west, east = _index(row, "west"), _index(row, "east")
        if west >= east:
            raise CellError("east", row.text("east"), say("importing_bundled.empty_row"))
        cells = [(x, y) for x in range(west, east)]
        if any(cell in grid for cell in cells):
            raise CellError("west", row.text("west"), say("importing_bundled.overlapping_row"))
        town = PlaceCode(row.required("town_code"))
        grid.update((cell, town) for cell in cells)

    read_rows(path, COLUMNS, build)
    return grid


def _index(row: Row, field: str, centre: bool = False) -> int:
    """Number of the grid line; a row's latitude is the centre of its cells, half a cell above the line."""
    steps = row.required_number(field) * PER_DEGREE - (0.5 if centre else 0)
    if abs(steps - round(steps)) > 1e-6:
        raise CellError(field, row.text(field), say("importing_bundled.not_on_grid"))
    return round(steps)


def tidy(grid: Mapping[Cell, PlaceCode]) -> Grid:
    """The grid with one connected area for each town, no islands, no holes and no one-cell spikes.

    What is cut off from its town goes to the neighbour with the longest common edge, or out of the district
    where there is no neighbour.
    """
    tidied = _without_strays(_without_holes(dict(grid)))
    for _ in range(_SPIKE_PASSES):
        tidied = _without_spikes(tidied)
    return _without_strays(_without_holes(tidied))


def neighbours(cell: Cell) -> tuple[Cell, Cell, Cell, Cell]:
    x, y = cell
    return (x + 1, y), (x, y + 1), (x - 1, y), (x, y - 1)


def _areas(labels: Mapping[Cell, PlaceCode | None]) -> list[list[Cell]]:
    """Connected areas of equal label, each found from its lowest cell."""
    seen: set[Cell] = set()
    areas = []
    for start in sorted(labels):
        if start in seen:
            continue
        seen.add(start)
        area, waiting = [], [start]
        while waiting:
            cell = waiting.pop()
            area.append(cell)
            for near in neighbours(cell):
                if near not in seen and near in labels and labels[near] == labels[start]:
                    seen.add(near)
                    waiting.append(near)
        areas.append(area)
    return areas


def _without_strays(grid: Grid) -> Grid:
    """Only the largest area of each town is kept. Smaller ones go first, so that nested strays settle."""
    largest: dict[PlaceCode, list[Cell]] = {}
    areas = sorted(_areas(grid), key=lambda area: (-len(area), min(area)))
    for area in areas:
        largest.setdefault(grid[area[0]], area)
    tidied = dict(grid)
    for area in reversed(areas):
        if area is largest[grid[area[0]]]:
            continue
        new = _usual(
            tidied[near] for cell in area for near in neighbours(cell) if _differs(tidied, cell, near)
        )
        for cell in area:
            if new is None:
                del tidied[cell]
            else:
                tidied[cell] = new
    return tidied


def _differs(grid: Grid, cell: Cell, near: Cell) -> bool:
    return near in grid and grid[near] != grid[cell]


def _without_holes(grid: Grid) -> Grid:
    """Outside cells that the district encloses are filled from around."""
    xs, ys = [x for x, _ in grid], [y for _, y in grid]
    framed = {
        (x, y): grid.get((x, y))
        for x in range(min(xs) - 1, max(xs) + 2)
        for y in range(min(ys) - 1, max(ys) + 2)
    }
    filled = dict(grid)
    outside = (min(xs) - 1, min(ys) - 1)
    for area in _areas(framed):
        if framed[area[0]] is None and outside not in area:
            new = _usual(grid[near] for cell in area for near in neighbours(cell) if near in grid)
            assert new is not None
            filled.update((cell, new) for cell in area)
    return filled


def _without_spikes(grid: Grid) -> Grid:
    """A cell with at most one neighbour of its own town goes to the label around it, possibly outside."""
    tidied = dict(grid)
    for cell in sorted(grid):
        around = [tidied.get(near) for near in neighbours(cell)]
        if around.count(grid[cell]) > 1:
            continue
        label, count = max(Counter(around).items(), key=lambda item: (item[1], item[0] or ""))
        if count < 2 or label == grid[cell]:
            continue
        if label is None:
            del tidied[cell]
        else:
            tidied[cell] = label
    return tidied


def _usual(towns: Iterable[PlaceCode]) -> PlaceCode | None:
    """The most frequent town; of equally frequent ones the lowest code, so that every build is the same."""
    counts = Counter(towns)
    return min(counts, key=lambda town: (-counts[town], town)) if counts else None
