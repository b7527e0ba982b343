"""Open deadlines as a table: last day, days left, the right, the record, where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from hpviewer.desktop.plain_tip import plain_tip
from hpviewer.desktop.theme import Theme
from hpviewer.session.deadline_list import DeadlineItem
from hpviewer.session.village import days_left
from hpviewer.wording import say

COLUMNS = ("closes", "left", "right", "title", "place")
SOON_DAYS = 7
_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class DeadlineModel(QAbstractTableModel):
    """In the order of the list: what closes soonest first."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._items: tuple[DeadlineItem, ...] = ()

    def set_items(self, items: Sequence[DeadlineItem]) -> None:
        self.beginResetModel()
        self._items = tuple(items)
        self.endResetModel()

    def item(self, index: _Index) -> DeadlineItem | None:
        return self._items[index.row()] if index.isValid() else None

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._items)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return say(f"desktop_deadlines.column.{COLUMNS[section]}")
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        item = self.item(index)
        if item is None:
            return None
        column = COLUMNS[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(item, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(item.deadline.sentence)
        if role == Qt.ItemDataRole.ForegroundRole and column in ("closes", "left"):
            return self._theme.color("warn" if item.deadline.days_left <= SOON_DAYS else "text")
        return None

    @staticmethod
    def _text(item: DeadlineItem, column: str) -> str:
        match column:
            case "closes":
                return item.deadline.closes.isoformat()
            case "left":
                return days_left(item.deadline)
            case "right":
                return item.deadline.kind.value
            case "title":
                return item.deadline.title
        places = item.detail.communities or item.detail.towns
        return say("session_village.list_mark").join(place.name for place in places)
