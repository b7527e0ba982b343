"""The charts of the report on the desk, or the same figures as lines for keyboards and screen readers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from hpviewer.desktop.charts.charts_or_figures import ChartsOrFigures, ChartWords
from hpviewer.desktop.charts.page_chart import PageChart
from hpviewer.desktop.theme import Theme
from hpviewer.reports.form import ReportFormat, cell_names
from hpviewer.session.report_charts import ReportChart
from hpviewer.session.report_desk import ReportDesk
from hpviewer.session.report_sheet import ReportSheet
from hpviewer.wording import say

_CELL = Qt.ItemDataRole.UserRole
_CELLS = frozenset(cell_names(ReportFormat.UNIFORM)) | frozenset(cell_names(ReportFormat.TRIAL))


class ChartsPanel(QWidget):
    """Asks for charts only while it is to be seen; its web page is made when it is first shown."""

    cell_clicked = Signal(str)  # name of the cell behind a bar, node or line

    def __init__(self, desk: ReportDesk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self._desk = desk
        self._theme = theme
        self._asked: tuple[ReportSheet, bool] | None = None
        self.table = QTreeWidget()
        self.table.setObjectName("report_chart_figures")
        self.table.setAccessibleName(say("desktop_reports.charts.table_accessible"))
        self.table.setHeaderLabels(
            [say("desktop_reports.charts.column.name"), say("desktop_reports.charts.column.figure")]
        )
        self.table.header().setStretchLastSection(False)
        self.table.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.table.headerItem().setTextAlignment(
            1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        )
        self.views = ChartsOrFigures("report", _words(), self.table, theme)
        top = QHBoxLayout()
        top.setContentsMargins(8, 4, 8, 4)
        top.addStretch(1)
        top.addWidget(self.views.as_charts)
        top.addWidget(self.views.as_figures)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self.views, 1)
        self.views.mark_chosen.connect(self._on_mark_chosen)
        self.table.itemActivated.connect(self._on_item_activated)
        theme.changed.connect(self.refresh)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Ask for the charts of the report on the desk if they are to be seen and are not shown yet."""
        sheet = self._desk.sheet
        if not self.isVisible() or sheet is None:
            return
        wanted = sheet, self._theme.dark
        if (
            self._asked is not None
            and self._asked[0].figures is sheet.figures
            and self._asked[1] == wanted[1]
        ):
            return
        self._asked = wanted
        self._desk.charts(self._theme.dark, self._on_charts_delivered)

    def forget(self) -> None:
        """The years in the catalogue changed, or reading failed: the next showing asks anew."""
        self._asked = None
        self.refresh()

    def _on_charts_delivered(self, charts: tuple[ReportChart, ...]) -> None:
        self.table.clear()
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for chart in charts:
            head = QTreeWidgetItem(self.table, [chart.title, chart.unit])
            head.setTextAlignment(1, right)
            font = head.font(0)
            font.setBold(True)
            head.setFont(0, font)
            for row in chart.rows:
                line = QTreeWidgetItem(head, [row.label, row.figure])
                line.setTextAlignment(1, right)
                line.setData(0, _CELL, row.key)
        self.table.expandAll()
        self.views.show_charts(
            [
                PageChart(
                    chart.id.value,
                    chart.title,
                    chart.subtitle,
                    chart.option_json,
                    height=chart.height,
                    wide=chart.wide,
                )
                for chart in charts
            ]
        )

    def _on_mark_chosen(self, _chart: str, cell: str) -> None:
        if cell in _CELLS:  # the page is not trusted further than that
            self.cell_clicked.emit(cell)

    def _on_item_activated(self, item: QTreeWidgetItem) -> None:
        cell = item.data(0, _CELL)
        if cell:
            self.cell_clicked.emit(str(cell))


def _words() -> ChartWords:
    return ChartWords(
        page=say("desktop_reports.charts.accessible"),
        empty=say("desktop_reports.charts.empty"),
        as_charts=(say("desktop_reports.charts.charts"), say("desktop_reports.charts.charts_tip")),
        as_figures=(say("desktop_reports.charts.table"), say("desktop_reports.charts.table_tip")),
    )
