"""The page of the report's charts in the window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from hpviewer import paths
from hpviewer.desktop.reports.chart_bridge import ReportChartBridge
from hpviewer.desktop.web.pane import WebPane
from hpviewer.desktop.web.sources import FolderSource, Mounted, channel_script
from hpviewer.session.report_charts import ReportChart
from hpviewer.wording import say

_HOME = "hpviewer://report-charts/index.html"


class ReportChartView(WebPane):
    """Shows charts; a click on a bar or node becomes cell_clicked. Shows them again after a reload."""

    cell_clicked = Signal(str)  # name of a cell of the form
    drawn = Signal(int)  # number of charts on the page

    def __init__(self, parent: QWidget | None = None) -> None:
        web = paths.resources() / "web"
        files = Mounted(
            {
                "": FolderSource(web / "report_charts"),
                "base/": FolderSource(web / "charts"),
                "base/vendor/": FolderSource(paths.built() / "web"),
                "qwebchannel.js": channel_script,
            }
        )
        self.bridge = ReportChartBridge()
        super().__init__(
            {"report-charts": files},
            _HOME,
            {"bridge": self.bridge},
            say("desktop_reports.charts.accessible"),
            parent,
        )
        self.bridge.setParent(self.page)
        self._last: tuple[Sequence[ReportChart], Mapping[str, str]] | None = None
        self.bridge.cell_was_clicked.connect(self.cell_clicked)
        self.bridge.charts_drawn.connect(self.drawn)
        self.bridge.page_beat.connect(self.beat)
        self.reloading.connect(self._on_reloading)

    def show_charts(self, charts: Sequence[ReportChart], tokens: Mapping[str, str]) -> None:
        """Draw these, with the colours of the theme by token name."""
        self._last = charts, tokens
        self.page.setBackgroundColor(QColor(tokens["surface"]))
        self.bridge.send(charts, tokens)

    def _on_reloading(self) -> None:
        self.bridge.start_over()
        if self._last is not None:
            self.bridge.send(*self._last)
