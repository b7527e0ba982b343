"""The figures of the charts as a tree: a chart, below it a line per bar. For keyboards and screen readers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt

from hpviewer.desktop.two_levels import NO_PARENT, Index, TwoLevelModel
from hpviewer.session.charts import Chart, ChartRow
from hpviewer.wording import say

_ROLE = Qt.ItemDataRole


class FiguresModel(TwoLevelModel):
    """Column 0 names, column 1 figures."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._charts: tuple[Chart, ...] = ()

    def show_charts(self, charts: Sequence[Chart]) -> None:
        """Charts without a bar are left out."""
        self.beginResetModel()
        self._charts = tuple(chart for chart in charts if chart.rows)
        self.endResetModel()

    def chosen(self, index: Index) -> tuple[Chart, ChartRow] | None:
        """The bar of a line; None for a chart's own line."""
        line = self.line_at(index)
        if line is None:
            return None
        chart = self._charts[line[0]]
        return chart, chart.rows[line[1]]

    def head_count(self) -> int:
        return len(self._charts)

    def line_count(self, head: int) -> int:
        return len(self._charts[head].rows)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 2

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if index.isValid() else Qt.ItemFlag(0)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == _ROLE.DisplayRole and 0 <= section < 2:
            return say("desktop_statistics.table.name" if section == 0 else "desktop_statistics.table.figure")
        if role == _ROLE.TextAlignmentRole and section == 1:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> object:
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
