"""Towns and below them their communities, with what is counted of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from hpviewer.session.gaps import PlaceGaps, TownGaps
from hpviewer.wording import say

COLUMNS = (
    "place",
    "records",
    "difference",
    "empty",
    "last",
    "unmapped",
    "town_only",
    "without_source",
    "projects",
    "incomplete",
)
SORT = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class GapsModel(QAbstractItemModel):
    """An inner index carries 0 for a town, else the town's row + 1."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._towns: tuple[TownGaps, ...] = ()

    def set_towns(self, towns: Sequence[TownGaps]) -> None:
        self.beginResetModel()
        self._towns = tuple(towns)
        self.endResetModel()

    def gaps(self, index: _Index) -> PlaceGaps | None:
        if not index.isValid():
            return None
        town = self._town(index)
        return town.own if index.internalId() == 0 else town.communities[index.row()]

    # -- QAbstractItemModel ----------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: _Index = _NO_PARENT) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: _Index = _NO_PARENT) -> QModelIndex:  # type: ignore[override]
        if not index.isValid() or index.internalId() == 0:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        if not parent.isValid():
            return len(self._towns)
        if parent.internalId() == 0 and parent.column() == 0:
            return len(self._towns[parent.row()].communities)
        return 0

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        return len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return say(f"desktop_village.gaps.column.{COLUMNS[section]}")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(COLUMNS[section])
        if role == Qt.ItemDataRole.ToolTipRole:
            return say(f"desktop_village.gaps.tip.{COLUMNS[section]}")
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        one = self.gaps(index)
        if one is None:
            return None
        column = COLUMNS[index.column()]
        if role == SORT:
            return self._value(index, one, column)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(self._value(index, one, column), column, one)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        return None

    # -- inside ----------------------------------------------------------------------------------------

    def _town(self, index: _Index) -> TownGaps:
        return self._towns[index.row() if index.internalId() == 0 else index.internalId() - 1]

    def _value(self, index: _Index, one: PlaceGaps, column: str) -> Any:
        is_town = index.internalId() == 0
        match column:
            case "place":
                return one.place.code
            case "difference":
                return self._town(index).difference if is_town else None
            case "empty":
                return self._town(index).empty if is_town else None
            case "town_only":
                return one.town_only if is_town else None
        return getattr(one, column)

    @staticmethod
    def _text(value: Any, column: str, one: PlaceGaps) -> str:
        if column == "place":
            return (
                one.place.name if one.located else say("desktop_village.gaps.unlocated", name=one.place.name)
            )
        if value is None:
            return ""
        if column == "difference":
            return f"{value:+.2f}"
        return f"{value:,}" if isinstance(value, int) else str(value)


def _alignment(column: str) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column in ("place", "last") else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter
