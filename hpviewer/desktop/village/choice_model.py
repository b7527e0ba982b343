"""The communities to choose from, as an item model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from hpviewer.places.place import PlaceCode
from hpviewer.session.village import VillageChoice
from hpviewer.wording import say

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
CODE = Qt.ItemDataRole.UserRole
COUNT = Qt.ItemDataRole.UserRole + 1
TOWN = Qt.ItemDataRole.UserRole + 2


class ChoiceModel(QAbstractListModel):
    """All of them, or those that are wanted; always in the order of their codes."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[VillageChoice, ...] = ()
        self._shown: list[VillageChoice] = []
        self._wanted: frozenset[PlaceCode] | None = None

    def set_choices(self, choices: Sequence[VillageChoice]) -> None:
        self._all = tuple(choices)
        self._fill()

    def set_wanted(self, wanted: frozenset[PlaceCode] | None) -> None:
        """None: all."""
        self._wanted = wanted
        self._fill()

    def row_of(self, code: PlaceCode) -> int:
        """-1 when it is not shown."""
        return next((row for row, one in enumerate(self._shown) if one.place.code == code), -1)

    def knows(self, code: PlaceCode) -> bool:
        return any(one.place.code == code for one in self._all)

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        one = self._shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return one.place.name
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                key = "choice" if one.located else "choice_unlocated"
                return say(f"desktop_village.{key}", name=one.place.name, town=one.town, count=one.records)
        if role == CODE:
            return one.place.code
        if role == COUNT:
            return one.records
        if role == TOWN:
            return one.town
        return None

    def _fill(self) -> None:
        self.beginResetModel()
        self._shown = [one for one in self._all if self._wanted is None or one.place.code in self._wanted]
        self.endResetModel()
