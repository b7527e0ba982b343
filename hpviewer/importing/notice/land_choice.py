"""Which of a text's enumerations and tables is the notice's own division into land classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from hpviewer.importing.notice.area_words import TotalArea
from hpviewer.importing.notice.land_table import LandTable
from hpviewer.importing.notice.land_use import LandGroup, added

_TOLERANCE = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class LandChoice:
    """``other`` is a second division of the same land (报批地类 beside 现状), which the notice prints too."""

    group: LandGroup | None
    spans: tuple[tuple[int, int], ...]
    other: LandGroup | None = None


def choose(groups: Sequence[LandGroup], tables: Sequence[LandTable], total: TotalArea | None) -> LandChoice:
    """The first division that adds up to the total; owner-by-owner ones are added; else the fullest first one."""
    first = [group for group in groups if not group.again]
    again = next((group for group in groups if group.again), None)
    candidates = _distinct([*first, *(table.group for table in tables)])
    if not candidates:
        return LandChoice(again, ((again.start, again.end),) if again else ())
    whole = total.found.value.exact_hectares if total else None
    if whole is not None:
        fitting = [group for group in candidates if _fits(group, whole)]
        if fitting:
            best = max(fitting, key=lambda group: (_size(group), -group.start))
            return LandChoice(best, ((best.start, best.end),), _other(again, best))
        for parts in (first, list(candidates)):
            together = added(parts) if len(parts) > 1 else None
            if together and _fits(together, whole):
                return LandChoice(
                    together, tuple((part.start, part.end) for part in parts), _other(again, together)
                )
    elif len(first) > 1 and all(
        group.total < sum((one.total for one in first), Decimal(0)) for group in first
    ):
        largest = max(candidates, key=lambda group: group.total)
        rest = added([group for group in first if group is not largest])
        if rest is None or abs(rest.total - largest.total) > _TOLERANCE:
            largest = max(candidates, key=_size)
        return LandChoice(largest, ((largest.start, largest.end),), _other(again, largest))
    best = max(candidates, key=lambda group: (_size(group), -group.start))
    return LandChoice(best, ((best.start, best.end),), _other(again, best))


def _fits(group: LandGroup, whole: Decimal) -> bool:
    return abs(group.total - whole) <= max(_TOLERANCE, min(group.slack, whole / 200))


def _size(group: LandGroup) -> int:
    return sum(1 + len(one.parts) + sum(len(part.parts) for part in one.parts) for one in group.classes)


def _other(again: LandGroup | None, best: LandGroup) -> LandGroup | None:
    return again if again is not None and again.classes != best.classes else None


def _distinct(groups: list[LandGroup]) -> list[LandGroup]:
    kept: list[LandGroup] = []
    for group in groups:
        if group.classes and all(group.classes != other.classes for other in kept):
            kept.append(group)
    return kept
