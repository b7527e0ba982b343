"""Columns that together make one value: land classes by column, four bounds; and whether sums agree."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import repeat
from operator import add
from typing import Any

from hpviewer.importing.ledger.field import LedgerField
from hpviewer.importing.ledger.mapping import SheetMapping
from hpviewer.records.land_classes import total
from hpviewer.records.record import LandClass
from hpviewer.wording import say

_FARM = "农用地"
_FARM_PARTS = frozenset(
    [
        "耕地",
        "水田",
        "水浇地",
        "旱地",
        "园地",
        "林地",
        "草地",
        "其他农用地",
        "养殖水面",
        "坑塘水面",
        "可调整地类",
    ]
)
_TILLED = "耕地"
_TILLED_PARTS = frozenset(["水田", "水浇地", "旱地"])
_SIDES = "东南西北"
_SET = tuple(getattr(LandClass, each.name).__set__ for each in fields(LandClass))
_ROUNDING = 0.00005
"""Half of the fourth decimal of a hectare, which sources round to: each figure may be off by that."""
_ROUNDING_IN_MU = 0.005 / 15
"""亩 are given with two decimals."""


@dataclass(frozen=True, slots=True)
class ClassColumn:
    """A land class, the slot of its area in the row's values, and the classes that are part of it."""

    name: str
    slot: int
    parts: tuple[ClassColumn, ...] = ()


@dataclass(frozen=True, slots=True)
class LandColumns:
    """``bounds``: sides of the four bounds that have a column, with their slots. ``rounding`` in hectares."""

    tree: tuple[ClassColumn, ...]
    bounds: tuple[tuple[str, int], ...]
    rounding: float

    @classmethod
    def of(cls, mapping: SheetMapping, slots: Mapping[tuple[LedgerField, str], int]) -> LandColumns:
        """``slots``: place of each field and detail in the values of a row."""
        names = [
            ClassColumn(detail, at)
            for (field, detail), at in slots.items()
            if field is LedgerField.LAND_CLASS
        ]
        sides = {detail: at for (field, detail), at in slots.items() if field is LedgerField.BOUND}
        bounds = tuple((side, sides[side]) for side in _SIDES if side in sides)
        in_mu = any("亩" in use.unit for use in mapping.columns)
        tree = _nested(_nested(names, _TILLED, _TILLED_PARTS), _FARM, _FARM_PARTS)
        return cls(tuple(tree), bounds, _ROUNDING_IN_MU if in_mu else _ROUNDING)

    def whole_columns(self, slots: Sequence[Sequence[Any]], count: int) -> list[tuple[LandClass, ...]] | None:
        """``classes_of`` of many rows, ``slots[at]`` being the values of a slot; None when a row has a class without
        an area."""
        return _whole(self.tree, slots, count)

    def disagreeing(self, slots: Sequence[Sequence[Any]], areas: Sequence[float | None]) -> set[int]:
        """Rows for which `check_sums` has something to say, when `whole_columns` took them."""
        found: set[int] = set()
        for whole, parts in (*_divided(self.tree, slots), (areas, self.tree)):
            added = list(slots[parts[0].slot])
            for part in parts[1:]:
                added = list(map(add, added, slots[part.slot]))
            most = self.rounding * (len(parts) + 1) + 1e-9
            found.update(
                row
                for row, (stated, sum_) in enumerate(zip(whole, added, strict=True))
                if stated is not None and abs(sum_ - stated) > most
            )
        return found

    def location(self, location: str, values: Sequence[Any]) -> str:
        """东至…，南至…; a location column of its own stands before them."""
        sides = [
            text if text.startswith(side) else f"{side}至{text.removeprefix('至')}"
            for side, at in self.bounds
            if (text := values[at])
        ]
        return "；".join(part for part in (location, "，".join(sides)) if part)


def _whole(
    tree: Sequence[ClassColumn], slots: Sequence[Sequence[Any]], count: int
) -> list[tuple[LandClass, ...]] | None:
    columns: list[list[LandClass]] = []
    for one in tree:
        areas = slots[one.slot]
        if not all(areas):
            return None
        parts = _whole(one.parts, slots, count) if one.parts else [()] * count
        if parts is None:
            return None
        columns.append(made_classes(one.name, areas, parts))
    return list(zip(*columns, strict=True))


def _divided(
    tree: Sequence[ClassColumn], slots: Sequence[Sequence[Any]]
) -> Iterator[tuple[Sequence[Any], tuple[ClassColumn, ...]]]:
    for one in tree:
        if one.parts:
            yield slots[one.slot], one.parts
            yield from _divided(one.parts, slots)


def made_classes(
    name: str, areas: Sequence[float], parts: Sequence[tuple[LandClass, ...]]
) -> list[LandClass]:
    """As ``LandClass(name, area, parts)`` of each, at a fifth of the cost."""
    made = [new(LandClass) for new in repeat(object.__new__, len(areas))]
    for put, values in zip(_SET, (repeat(name), areas, parts), strict=True):
        deque(map(put, made, values), maxlen=0)
    return made


def classes_of(tree: Sequence[ClassColumn], values: Sequence[Any]) -> tuple[LandClass, ...]:
    """Classes with an area, each with its parts; parts stand alone where their whole has none. A zero only fills
    its cell."""
    found: list[LandClass] = []
    for one in tree:
        parts = classes_of(one.parts, values) if one.parts else ()
        area = values[one.slot]
        if area:
            found.append(LandClass(one.name, area, parts))
        elif parts:
            found.extend(parts)
    return tuple(found)


def _nested(columns: list[ClassColumn], whole: str, parts: frozenset[str]) -> list[ClassColumn]:
    """``parts`` moved inside the class ``whole``, where it is among the columns."""
    if not any(one.name == whole for one in columns):
        return columns
    inside = tuple(one for one in columns if one.name in parts)
    return [
        ClassColumn(whole, one.slot, inside) if one.name == whole else one
        for one in columns
        if one.name not in parts
    ]


def check_sums(area: float | None, classes: Sequence[LandClass], rounding: float) -> list[str]:
    """Sentences for sums that do not agree within rounding: oddities of the source, kept and shown."""
    flags = []
    for one in classes:
        if one.parts:
            if not _agrees(one.hectares, one.parts, rounding):
                flags.append(
                    say(
                        "importing_ledger.flag.parts",
                        name=one.name,
                        stated=one.hectares,
                        added=total(one.parts),
                    )
                )
            flags.extend(check_sums(None, one.parts, rounding))
    if area is not None and classes and not _agrees(area, classes, rounding):
        flags.append(say("importing_ledger.flag.area", stated=area, added=total(classes)))
    return flags


def _agrees(stated: float, parts: Sequence[LandClass], rounding: float) -> bool:
    added = 0.0
    for part in parts:
        added += part.hectares
    if len(parts) == 1 and added < stated:
        return True  # 其中：耕地 beside the total, and no other class: a part, not a division
    return abs(added - stated) <= rounding * (len(parts) + 1) + 1e-9
