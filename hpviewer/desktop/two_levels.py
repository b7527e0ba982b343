"""A tree of two levels for item views: heads, below each its lines."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()


class TwoLevelModel(QAbstractItemModel):
    """A line's internal id is its head's row + 1, a head's is 0. The rest is for the model of a kind to say."""

    def head_count(self) -> int:
        raise NotImplementedError

    def line_count(self, head: int) -> int:
        """Of the head in this row."""
        raise NotImplementedError

    def line_index(self, head: int, line: int) -> QModelIndex:
        return self.createIndex(line, 0, head + 1)

    @staticmethod
    def line_at(index: Index) -> tuple[int, int] | None:
        """Row of the head and row of the line below it; None for a head's own row and for no row."""
        if not index.isValid() or not index.internalId():
            return None
        return index.internalId() - 1, index.row()

    def index(self, row: int, column: int, parent: Index = NO_PARENT) -> QModelIndex:
        # hasIndex asks the same, three times as long
        if not 0 <= row < self.rowCount(parent) or not 0 <= column < self.columnCount(parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = NO_PARENT) -> QModelIndex:  # type: ignore[override]  # Qt overloads the name
        line = self.line_at(index)
        return QModelIndex() if line is None else self.createIndex(line[0], 0, 0)

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        if not parent.isValid():
            return self.head_count()
        if parent.internalId() or parent.column() > 0:
            return 0
        return self.line_count(parent.row())
