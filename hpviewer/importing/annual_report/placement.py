"""Numbers of a row whose blank cells were dropped: put into columns only where one way alone is possible.

The sums printed on the form decide: the six applicants add up to 总计, the result rows to （七）, and
一 + 二 = （七） + 四. Ways that differ only in which of two cells is blank and which 0 count as the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from hpviewer.reports.cell import Number

Way = tuple[int | None, ...]
"""For each column the index of the number that stands there, None for blank."""

MOST_STEPS = 1_500
"""Search steps for one table; a table that needs more is told as not placeable (about 50 ms)."""


def ways(numbers: Sequence[Number], columns: int) -> list[Way]:
    """Every way in which the numbers fit the columns in order and the last column is the sum of the others."""
    found: dict[tuple[Number, ...], Way] = {}
    for chosen in combinations(range(columns), len(numbers)):
        way: list[int | None] = [None] * columns
        for index, column in enumerate(chosen):
            way[column] = index
        values = _values(way, numbers)
        if sum(values[:-1]) == values[-1]:
            found.setdefault(values, tuple(way))
    return list(found.values())


def ways_in_groups(numbers: Sequence[Number], groups: int, size: int) -> list[Way]:
    """As ``ways`` for one row of several groups, each ending in its own sum (table 4). Stops at two."""
    found: dict[tuple[Number, ...], Way] = {}
    for chosen in combinations(range(groups * size), len(numbers)):
        way: list[int | None] = [None] * (groups * size)
        for index, column in enumerate(chosen):
            way[column] = index
        values = _values(way, numbers)
        parts = (values[start : start + size] for start in range(0, groups * size, size))
        if all(sum(part[:-1]) == part[-1] for part in parts):
            found.setdefault(values, tuple(way))
            if len(found) > 1:
                break
    return list(found.values())


def _values(way: Sequence[int | None], numbers: Sequence[Number]) -> tuple[Number, ...]:
    return tuple(0 if index is None else numbers[index] for index in way)


@dataclass(slots=True)
class _Search:
    steps: int = 0


def place(
    known: Mapping[str, Sequence[Number]],
    open_: Mapping[str, Sequence[Number]],
    columns: int,
    results: Sequence[str],
    complete: bool,
) -> dict[str, Way]:
    """For the rows of table 3 in ``open_``, the one possible way; rows with several are left out.

    ``known`` are rows already placed, ``results`` the rows that （七） adds up. Column sums are used only when the
    table is ``complete``: with a row missing they say nothing.
    """
    choices = {row: ways(numbers, columns) for row, numbers in open_.items()}
    alone = {row: found[0] for row, found in choices.items() if len(found) == 1}
    if not complete or any(not found for found in choices.values()):
        return alone
    values = {row: [_values(way, open_[row]) for way in found] for row, found in choices.items()}
    fixed = {row: tuple(numbers) for row, numbers in known.items()}
    search = _Search()
    first = next(_solutions(values, fixed, columns, results, search), None)
    if first is None:
        return alone
    placed = {}
    for row, found in choices.items():
        others = [each for each in values[row] if each != first[row]]
        again = _solutions({**values, row: others}, fixed, columns, results, search) if others else iter(())
        if next(again, None) is None and search.steps < MOST_STEPS:
            placed[row] = found[values[row].index(first[row])]
    return placed


def _solutions(
    choices: Mapping[str, Sequence[tuple[Number, ...]]],
    fixed: Mapping[str, tuple[Number, ...]],
    columns: int,
    results: Sequence[str],
    search: _Search,
) -> Iterator[dict[str, tuple[Number, ...]]]:
    """Assignments for which every column holds both equations, by depth-first search with bounds."""
    flow = {"new": 1, "carried_in": 1, "total": -1, "carried_out": -1}
    sums = dict.fromkeys(results, 1) | {"total": -1}
    weights = [flow, sums]
    rows = sorted(choices, key=lambda row: len(choices[row]))
    state = [
        [sum(weight.get(row, 0) * numbers[c] for row, numbers in fixed.items()) for c in range(columns)]
        for weight in weights
    ]

    def bounds(start: int, weight: Mapping[str, int], c: int) -> tuple[Number, Number]:
        low: Number = 0
        high: Number = 0
        for row in rows[start:]:
            terms = [weight.get(row, 0) * each[c] for each in choices[row]]
            low, high = low + min(terms), high + max(terms)
        return low, high

    limits = [[[bounds(i, w, c) for c in range(columns)] for w in weights] for i in range(len(rows) + 1)]

    def walk(i: int, chosen: dict[str, tuple[Number, ...]]) -> Iterator[dict[str, tuple[Number, ...]]]:
        search.steps += 1
        if search.steps > MOST_STEPS:
            return
        for e in range(len(weights)):
            for c in range(columns):
                low, high = limits[i][e][c]
                if not low <= -state[e][c] <= high:
                    return
        if i == len(rows):
            yield dict(chosen)
            return
        row = rows[i]
        for each in choices[row]:
            for e, weight in enumerate(weights):
                for c in range(columns):
                    state[e][c] += weight.get(row, 0) * each[c]
            chosen[row] = each
            yield from walk(i + 1, chosen)
            for e, weight in enumerate(weights):
                for c in range(columns):
                    state[e][c] -= weight.get(row, 0) * each[c]

    if all(choices[row] for row in rows):
        yield from walk(0, {})
