"""The charts of the report on the desk, or the same figures as lines for keyboards and screen readers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QStackedWidget,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from hpviewer.desktop.reports.chart_view import ReportChartView
from hpviewer.desktop.theme import Theme
from hpviewer.session.report_charts import ReportChart
from hpviewer.session.report_desk import ReportDesk
from hpviewer.session.report_sheet import ReportSheet
from hpviewer.wording import say

_CELL = Qt.ItemDataRole.UserRole


class ChartsPanel(QWidget):
    """Asks for charts only while it is to be seen; its web page is made when it is first shown."""

    cell_clicked = Signal(str)  # name of the cell behind a bar, node or line

    def __init__(self, desk: ReportDesk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self._desk = desk
        self._theme = theme
        self._charts: tuple[ReportChart, ...] = ()
        self._asked: tuple[ReportSheet, bool] | None = None
        self.chart_view: ReportChartView | None = None
        """None until the charts are shown for the first time."""
        self._as_charts, self._as_table = _switch("charts"), _switch("table")
        self._modes = QButtonGroup(self)
        self._modes.addButton(self._as_charts)
        self._modes.addButton(self._as_table)
        self._as_charts.setChecked(True)
        self._empty = QLabel(say("desktop_reports.charts.empty"))
        self._empty.setProperty("role", "empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
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
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.table)
        top = QHBoxLayout()
        top.setContentsMargins(8, 4, 8, 4)
        top.addStretch(1)
        top.addWidget(self._as_charts)
        top.addWidget(self._as_table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._stack, 1)
        self._modes.buttonToggled.connect(self._on_mode_toggled)
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
        self._charts = charts
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
        self._show()

    def _show(self) -> None:
        if not self._charts:
            self._stack.setCurrentWidget(self._empty)
        elif self._as_table.isChecked():
            self._stack.setCurrentWidget(self.table)
        else:
            view = self._view()
            view.show_charts(self._charts, self._theme.tokens())
            self._stack.setCurrentWidget(view)

    def _view(self) -> ReportChartView:
        if self.chart_view is None:
            self.chart_view = ReportChartView(self._stack)
            self.chart_view.cell_clicked.connect(self.cell_clicked)
            self._stack.addWidget(self.chart_view)
        return self.chart_view

    def _on_mode_toggled(self, _button: object, checked: bool) -> None:
        if checked and self._charts:
            self._show()

    def _on_item_activated(self, item: QTreeWidgetItem) -> None:
        cell = item.data(0, _CELL)
        if cell:
            self.cell_clicked.emit(str(cell))


def _switch(mode: str) -> QToolButton:
    button = QToolButton()
    button.setText(say(f"desktop_reports.charts.{mode}"))
    button.setAccessibleName(say(f"desktop_reports.charts.{mode}_tip"))
    button.setToolTip(say(f"desktop_reports.charts.{mode}_tip"))
    button.setObjectName(f"report_as_{mode}")
    button.setProperty("role", "segment")
    button.setCheckable(True)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
