"""The values of one facet: headings and lines that can be ticked, each with its count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from hpviewer.desktop.filtering.roles import Role
from hpviewer.wording import say

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


@dataclass(frozen=True, slots=True)
class FacetLine:
    """A value with its count, or a heading (``count`` None)."""

    key: object
    label: str
    count: int | None = None
    chosen: bool = False

    @property
    def heading(self) -> bool:
        return self.count is None


class FacetModel(QAbstractListModel):
    """Lines as given; only a change of their keys resets the model, new counts leave the views where they are."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._lines: tuple[FacetLine, ...] = ()

    def set_lines(self, lines: Sequence[FacetLine]) -> bool:
        """Show these; True when keys came, went or moved."""
        new = tuple(lines)
        if [line.key for line in new] != [line.key for line in self._lines]:
            self.beginResetModel()
            self._lines = new
            self.endResetModel()
            return True
        self._lines = new
        if new:
            self.dataChanged.emit(self.index(0), self.index(len(new) - 1))
        return False

    def line(self, index: _Index) -> FacetLine:
        return self._lines[index.row()]

    def row_of(self, key: object) -> int:
        """-1 when there is no such value."""
        return next((row for row, line in enumerate(self._lines) if not line.heading and line.key == key), -1)

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid() or self.line(index).heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.line(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.label
            case Role.KEY:
                return line.key
            case Role.COUNT:
                return line.count
            case Role.CHOSEN:
                return line.chosen
            case Role.HEADING:
                return line.heading
            case Qt.ItemDataRole.CheckStateRole if not line.heading:
                return Qt.CheckState.Checked if line.chosen else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole if not line.heading:
                return say("desktop.filters.value_tip", name=line.label, count=line.count)
        return None
