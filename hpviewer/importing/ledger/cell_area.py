"""Areas in a cell: a bare number in the column's unit, or a figure with a unit of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from math import isfinite

from hpviewer.importing.ledger.cell_text import CellValue, is_blank, plain
from hpviewer.importing.ledger.problem import CellProblem, Noted
from hpviewer.records.area import NUMBER, UNIT, Area, AreaUnit
from hpviewer.records.land_classes import LandClassError, parse_land_classes
from hpviewer.records.record import LandClass
from hpviewer.wording import say

DECIMALS = 8
"""A formula's 20.394900000000003 is 20.3949; the eighth decimal of a hectare is a square centimetre."""
_BARE = re.compile(NUMBER)
_WITH_UNIT = re.compile(rf"(?P<about>约)?(?P<value>{NUMBER})(?P<unit>{UNIT})", re.IGNORECASE)
_SECOND = re.compile(
    rf"[(/,;]?(?:约?合|折合?约?|折|计|即)*(?P<value>{NUMBER})(?P<unit>{UNIT})\)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class AreaReader:
    """Reads the cells of one column; ``unit`` is the column's, "" when nothing states it."""

    unit: str

    def __call__(self, value: CellValue) -> float | Noted | None:
        """Hectares, None for an empty cell. Without any unit the figure is not used, with a warning."""
        if isinstance(value, float) and self.unit == AreaUnit.HECTARE and 0 <= value < 1e9:
            return round(value, DECIMALS)
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            raise CellProblem(say("importing_ledger.problem.number"))
        if isinstance(value, (int, float)):
            if not isfinite(value) or value < 0 or value >= 1e13:
                raise CellProblem(say("importing_ledger.problem.number"))
            return self._bare(str(Decimal(repr(value)).quantize(Decimal(1).scaleb(-DECIMALS)).normalize()))
        if is_blank(value):
            return None
        text = plain(value)
        if _BARE.fullmatch(text):
            return self._bare(text)
        found = _WITH_UNIT.match(text)
        if not found:
            raise CellProblem(say("importing_ledger.problem.number"))
        area = Area.of(found["value"], found["unit"])
        flag = say("importing_ledger.flag.about", written=found[0]) if found["about"] else ""
        rest = text[found.end() :]
        if rest:
            second = _SECOND.fullmatch(rest)
            if not second:
                raise CellProblem(say("importing_ledger.problem.number"))
            other = Area.of(second["value"], second["unit"])
            if not area.agrees_with(other):
                flag = say("importing_ledger.flag.units", first=str(area), second=str(other))
        hectares = round(area.hectares, DECIMALS)
        return Noted(hectares, flag=flag) if flag else hectares

    def _bare(self, text: str) -> float | Noted:
        if not self.unit:
            return Noted(None, warning=say("importing_ledger.warning.no_unit"))
        try:
            amount = f"{Decimal(text.replace(',', '')):f}"
            return round(Area.of(amount, self.unit).hectares, DECIMALS)
        except (InvalidOperation, ValueError):
            raise CellProblem(say("importing_ledger.problem.unit", unit=self.unit)) from None


def read_land_classes(value: CellValue) -> tuple[LandClass, ...]:
    """All classes in one cell, in hectares."""
    if not isinstance(value, str):
        raise CellProblem(say("importing_ledger.problem.land_classes"))
    if is_blank(value):
        return ()
    try:
        return parse_land_classes("；".join(value.split()).replace("：", ""))
    except LandClassError as error:
        raise CellProblem(say("importing_ledger.problem.land_class_at", at=error.at[:30])) from None
