"""What changed between two years, a line per cell or figure."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from hpviewer.desktop.plain_tip import plain_tip
from hpviewer.reports.cell import Number, magnitude
from hpviewer.reports.comparison import Change, Comparison
from hpviewer.session.report_equations import figure
from hpviewer.wording import say

_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_ROLE = Qt.ItemDataRole


class Col(IntEnum):
    LABEL = 0
    BEFORE = 1
    AFTER = 2
    DIFFERENCE = 3
    PERCENT = 4
    SENTENCE = 5


_KEYS: dict[Col, Callable[[Change], Number | str]] = {
    Col.LABEL: lambda change: change.label,
    Col.BEFORE: lambda change: change.before,
    Col.AFTER: lambda change: change.after,
    Col.DIFFERENCE: lambda change: magnitude(change.difference),
    Col.PERCENT: lambda change: -1 if change.percent is None else magnitude(change.percent),
    Col.SENTENCE: lambda change: change.sentence,
}


class ComparisonModel(QAbstractTableModel):
    """In the order of the comparison, biggest difference first, until it is sorted otherwise."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._comparison: Comparison | None = None
        self._changes: list[Change] = []

    def show_comparison(self, comparison: Comparison) -> None:
        self.beginResetModel()
        self._comparison = comparison
        self._changes = list(comparison.changes)
        self.endResetModel()

    def change(self, index: _Index) -> Change | None:
        return self._changes[index.row()] if index.isValid() else None

    def sentences(self) -> str:
        return "\n".join(change.sentence for change in self._changes)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.DescendingOrder) -> None:
        self.beginResetModel()
        self._changes.sort(key=_KEYS[Col(column)], reverse=order == Qt.SortOrder.DescendingOrder)
        self.endResetModel()

    def rowCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self._changes)

    def columnCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(Col)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(Col):
            return None
        if role == _ROLE.TextAlignmentRole:
            return _align(section)
        if role != _ROLE.DisplayRole:
            return None
        if self._comparison is not None and section in (Col.BEFORE, Col.AFTER):
            years = (self._comparison.before_year, self._comparison.after_year)
            year = years[section - Col.BEFORE]
            if year is not None:
                return say("desktop_reports.year", year=year)
        return say(f"desktop_reports.comparison.column.{Col(section).name.lower()}")

    def data(self, index: _Index, role: int = _ROLE.DisplayRole) -> object:
        change = self.change(index)
        if change is None:
            return None
        column = Col(index.column())
        if role == _ROLE.DisplayRole:
            return _text(change, column)
        if role == _ROLE.AccessibleTextRole:
            return change.sentence if column in (Col.LABEL, Col.SENTENCE) else _text(change, column)
        if role == _ROLE.ToolTipRole:
            return plain_tip(change.sentence)
        if role == _ROLE.TextAlignmentRole:
            return _align(column)
        return None


def _text(change: Change, column: Col) -> str:
    if column is Col.LABEL:
        return change.label
    if column is Col.SENTENCE:
        return change.sentence
    if column is Col.PERCENT:
        return "" if change.percent is None else f"{_signed(change.percent)}%"
    if column is Col.DIFFERENCE:
        return _signed(change.difference)
    return figure(change.before if column is Col.BEFORE else change.after)


def _signed(value: Number) -> str:
    return ("+" if value > 0 else "−") + figure(magnitude(value))


def _align(column: int) -> int:
    left = column in (Col.LABEL, Col.SENTENCE)
    side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
    return int(side | Qt.AlignmentFlag.AlignVCenter)
