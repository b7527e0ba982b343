"""Towns and below them their communities, with what is counted of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt

from hpviewer.desktop.two_levels import NO_PARENT, Index, TwoLevelModel
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


class GapsModel(TwoLevelModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._towns: tuple[TownGaps, ...] = ()

    def set_towns(self, towns: Sequence[TownGaps]) -> None:
        self.beginResetModel()
        self._towns = tuple(towns)
        self.endResetModel()

    def gaps(self, index: Index) -> PlaceGaps | None:
        if not index.isValid():
            return None
        line = self.line_at(index)
        return self._towns[index.row()].own if line is None else self._towns[line[0]].communities[line[1]]

    # -- Qt's questions ----------------------------------------------------------------------------------

    def head_count(self) -> int:
        return len(self._towns)

    def line_count(self, head: int) -> int:
        return len(self._towns[head].communities)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
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

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
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

    def _value(self, index: Index, one: PlaceGaps, column: str) -> Any:
        is_town = self.line_at(index) is None
        match column:
            case "place":
                return one.place.code
            case "difference":
                return self._towns[index.row()].difference if is_town else None
            case "empty":
                return self._towns[index.row()].empty if is_town else None
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
