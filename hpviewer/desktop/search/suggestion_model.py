"""Suggestions in groups: places, projects, records, document numbers."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from hpviewer.records.results import Suggestion, SuggestionKind
from hpviewer.wording import say

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_ORDER = (SuggestionKind.PLACE, SuggestionKind.PROJECT, SuggestionKind.RECORD, SuggestionKind.NUMBER)


class Role(IntEnum):
    SUGGESTION = Qt.ItemDataRole.UserRole.value + 1
    """The Suggestion of a line; None for a heading."""
    HEADING = Qt.ItemDataRole.UserRole.value + 2


class SuggestionModel(QAbstractListModel):
    """A heading before each group; headings can be neither chosen nor reached."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._lines: list[Suggestion | str] = []

    def set_suggestions(self, found: Sequence[Suggestion]) -> None:
        """Show these, in the order of the groups and, inside a group, in the order given (best first)."""
        self.beginResetModel()
        self._lines = []
        for kind in _ORDER:
            group = [item for item in found if item.kind is kind]
            if group:
                self._lines += [say(f"desktop.search.group_{kind.value}"), *group]
        self.endResetModel()

    def suggestion(self, index: _Index) -> Suggestion | None:
        line = self._lines[index.row()] if index.isValid() else None
        return line if isinstance(line, Suggestion) else None

    def step(self, row: int, by: int) -> int:
        """The next line that can be chosen from ``row`` on, up (-1) or down (+1); -1 past either end."""
        row += by
        while 0 <= row < len(self._lines):
            if isinstance(self._lines[row], Suggestion):
                return row
            row += by
        return -1

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if self.suggestion(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        heading = isinstance(line, str)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line if isinstance(line, str) else line.label
            case Role.SUGGESTION:
                return None if heading else line
            case Role.HEADING:
                return heading
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole if isinstance(
                line, Suggestion
            ):
                count = "" if line.count is None else say("desktop.search.count", count=line.count)
                return "\n".join(part for part in (line.label, line.detail, count) if part)
        return None
