"""The text of a cell as a number: 124宗, +70, 1,683, １６２１, 184719元."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from hpviewer.reports.cell import Cell, Number

_NUMBER = re.compile(
    r"(?P<sign>[+-]?)"
    r"(?P<digits>\d{1,3}(?:[,\u2019' ]\d{3})+|\d+)(?P<fraction>\.\d+)?"
    r"(?P<scale>万|亿|萬|億)?(?P<unit>人次|场次|場次|[件宗条條次个個场場期份篇项項起人名家部批笔筆元圆]?)"
)
_BLANK = frozenset({"", "-", "--", "—", "——", "―", "–", "/", "\\", "无", "空", "／", "一"})
_SCALES = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
YUAN_IN_FORM_UNIT = 10_000
"""The form gives money in 万元."""


def fold(text: str) -> str:
    """Half width and trimmed, with one kind of minus."""
    folded = unicodedata.normalize("NFKC", text).strip(" \t\r\n\u200b\ufeff\u3000")
    return folded.replace("−", "-").replace("﹣", "-").replace("➖", "-")


def looks_blank(text: str) -> bool:
    return fold(text) in _BLANK


def looks_numeric(text: str) -> bool:
    """A number with at most a sign and a unit, or a blank."""
    folded = fold(text)
    return folded in _BLANK or _NUMBER.fullmatch(folded) is not None


def read_cell(text: str, money: bool = False, unit: str = "万元") -> Cell:
    """``unit`` is what the table's head says of a money column (元, 万元, 亿元); a unit in the cell goes before it."""
    written = text.strip()
    folded = fold(text)
    if folded in _BLANK:
        return Cell(0, blank=True, written=written)
    found = _NUMBER.fullmatch(folded)
    if found is None:
        return Cell(None, written=written)
    digits = re.sub(r"[^\d]", "", found["digits"])
    value = Decimal(f"{found['sign']}{digits}{found['fraction'] or ''}")
    if found["scale"]:
        value *= _SCALES[found["scale"]]
    if money:
        own = found["unit"]
        in_yuan = own.startswith(("元", "圆")) or (not own and not found["scale"] and unit == "元")
        if in_yuan or found["scale"]:
            value /= YUAN_IN_FORM_UNIT
        elif not own and unit == "亿元":
            value *= YUAN_IN_FORM_UNIT
    return Cell(_plain(value), written=written)


def _plain(value: Decimal) -> Number:
    if value == value.to_integral_value():
        return int(value)
    return value.normalize()


def value_of(text: str) -> Number | None:
    """The count in a cell, None for a blank or for text."""
    cell = read_cell(text)
    return None if cell.blank else cell.value
