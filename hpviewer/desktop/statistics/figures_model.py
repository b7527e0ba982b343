"""The figures of the charts as a tree: a chart, below it a line per bar. For keyboards and screen readers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from hpviewer.session.charts import Chart, ChartRow
from hpviewer.wording import say

_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_ROLE = Qt.ItemDataRole


class FiguresModel(QAbstractItemModel):
    """Column 0 names, column 1 figures. A line's internal id is its chart's position + 1, a chart's is 0."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._charts: tuple[Chart, ...] = ()

    def show_charts(self, charts: Sequence[Chart]) -> None:
        """Charts without a bar are left out."""
        self.beginResetModel()
        self._charts = tuple(chart for chart in charts if chart.rows)
        self.endResetModel()

    def chosen(self, index: _Index) -> tuple[Chart, ChartRow] | None:
        """The bar of a line; None for a chart's own line."""
        if not index.isValid() or not index.internalId():
            return None
        chart = self._charts[index.internalId() - 1]
        return chart, chart.rows[index.row()]

    def index(self, row: int, column: int, parent: _Index = _NONE) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: _Index = _NONE) -> QModelIndex:  # type: ignore[override]  # Qt overloads the name
        if not index.isValid() or not index.internalId():
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def rowCount(self, parent: _Index = _NONE) -> int:
        if not parent.isValid():
            return len(self._charts)
        if parent.internalId() or parent.column() > 0:
            return 0
        return len(self._charts[parent.row()].rows)

    def columnCount(self, parent: _Index = _NONE) -> int:
        return 2

    def flags(self, index: _Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if index.isValid() else Qt.ItemFlag(0)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == _ROLE.DisplayRole and 0 <= section < 2:
            return say("desktop_statistics.table.name" if section == 0 else "desktop_statistics.table.figure")
        if role == _ROLE.TextAlignmentRole and section == 1:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: _Index, role: int = _ROLE.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == _ROLE.TextAlignmentRole and index.column() == 1:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role not in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole):
            return None
        chosen = self.chosen(index)
        if chosen is None:
            chart = self._charts[index.row()]
            return chart.title if index.column() == 0 else chart.unit
        chart, row = chosen
        return row.label if index.column() == 0 else row.figure
