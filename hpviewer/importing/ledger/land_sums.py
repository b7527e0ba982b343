"""Columns that together make one value: land classes by column, four bounds; and whether sums agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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

    def location(self, location: str, values: Sequence[Any]) -> str:
        """东至…，南至…; a location column of its own stands before them."""
        sides = [
            text if text.startswith(side) else f"{side}至{text.removeprefix('至')}"
            for side, at in self.bounds
            if (text := values[at])
        ]
        return "；".join(part for part in (location, "，".join(sides)) if part)


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
    return abs(added - stated) <= rounding * (len(parts) + 1) + 1e-9
