"""Rows of a ledger that are no records: totals, the header again, headings between groups, footnotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from hpviewer.importing.ledger.cell_text import CellValue, is_blank, plain, shown
from hpviewer.importing.ledger.field import LedgerField
from hpviewer.importing.ledger.mapping import SheetMapping

LONGEST_MARK = 12
"""A title longer than this is a title."""


class Skipped(StrEnum):
    EMPTY = "empty"
    TOTAL = "total"
    HEADER = "header"
    HEADING = "heading"
    FOOTNOTE = "footnote"


_TOTAL = re.compile(r"(?:.{0,12}?)(?:合计|小计|总计|共计|累计)(?:[:：(].*|\d.*)?")
_FOOTNOTE = re.compile(
    r"(?:注|备注|说明|填表|填报|制表|审核|复核|单位负责人|负责人|联系人|统计|打印)[^:]{0,6}:.*"
)


class RowFilter:
    """Judges rows of one sheet whose title is missing or short."""

    def __init__(self, mapping: SheetMapping, header: Sequence[Sequence[CellValue]]) -> None:
        """``header``: the rows of the header as they are in the sheet."""
        self._used = [use.column for use in mapping.columns if use.field not in (None, LedgerField.IGNORED)]
        self._title = next((u.column for u in mapping.columns if u.field is LedgerField.TITLE), -1)
        self._headers = [self._words(row) for row in header]
        self._width = max((use.column for use in mapping.columns), default=0) + 1

    def judge(self, row: Sequence[CellValue], spanned: int) -> Skipped | None:
        """None for a row that may be a record. ``spanned``: columns that the row's first filled cell is merged
        over, 1 when it is not."""
        filled = [at for at, value in enumerate(row) if value != ""]
        if not any(at < len(row) and row[at] != "" for at in self._used) and not any(
            isinstance(row[at], str) and _TOTAL.fullmatch(plain(shown(row[at]))) for at in filled[:3]
        ):
            return Skipped.FOOTNOTE if self._is_footnote(row, filled) else Skipped.EMPTY
        words = [(at, value) for at in filled if isinstance(value := row[at], str) and not is_blank(value)]
        first = next(((at, plain(value)) for at, value in words), None)
        title = plain(shown(row[self._title])) if 0 <= self._title < len(row) else ""
        if first and _TOTAL.fullmatch(first[1]) and (not title or _TOTAL.fullmatch(title)):
            return Skipped.TOTAL
        if len(words) >= 2 and any(set(self._words(row)) == set(each) for each in self._headers):
            return Skipped.HEADER
        if len(filled) == 1 and spanned * 2 > self._width and spanned > 2:
            return Skipped.HEADING
        if self._is_footnote(row, filled):
            return Skipped.FOOTNOTE
        return None

    def _is_footnote(self, row: Sequence[CellValue], filled: Sequence[int]) -> bool:
        return bool(filled) and len(filled) <= 3 and bool(_FOOTNOTE.fullmatch(plain(shown(row[filled[0]]))))

    @staticmethod
    def _words(row: Sequence[CellValue]) -> list[str]:
        return [plain(shown(value)) for value in row if value != ""]
