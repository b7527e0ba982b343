"""The web view of the charts page, and what happens when its renderer dies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWebChannel import QWebChannel
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QWidget

from hpviewer import paths
from hpviewer.charting.chart import Chart
from hpviewer.desktop.statistics.chart_bridge import ChartBridge
from hpviewer.desktop.web.page import LocalPage
from hpviewer.desktop.web.sources import FolderSource, Mounted, channel_script

_HOME = "hpviewer://charts/index.html"
_MOST_RESTARTS = 2


class ChartView(QWebEngineView):
    """Shows charts; a click on a bar becomes bar_chosen."""

    bar_chosen = Signal(str, str)  # chart id, key of the row
    drawn = Signal(int)  # number of charts on the page
    died = Signal()  # the renderer ended more often than we restart it

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        charts = Mounted(
            {
                "": FolderSource(paths.resources() / "web" / "charts"),
                "vendor/": FolderSource(paths.built() / "web"),
                "qwebchannel.js": channel_script,
            }
        )
        self.local_page = LocalPage({"charts": charts}, self)
        self.bridge = ChartBridge(self.local_page)
        self._last: tuple[Sequence[Chart], Mapping[str, str]] | None = None
        self._deaths = 0
        channel = QWebChannel(self.local_page)
        channel.registerObject("bridge", self.bridge)
        self.local_page.setWebChannel(channel)
        self.setPage(self.local_page)
        self.bridge.bar_was_chosen.connect(self.bar_chosen)
        self.bridge.charts_drawn.connect(self.drawn)
        self.local_page.renderProcessTerminated.connect(self._on_render_process_terminated)
        self.local_page.go(_HOME)

    def show_charts(self, charts: Sequence[Chart], tokens: Mapping[str, str]) -> None:
        """Draw these, with the colours of the theme by token name."""
        self._last = charts, tokens
        self.local_page.setBackgroundColor(QColor(tokens["surface"]))
        self.bridge.send(charts, tokens)

    def _on_render_process_terminated(
        self, status: QWebEnginePage.RenderProcessTerminationStatus, _code: int
    ) -> None:
        if status == QWebEnginePage.RenderProcessTerminationStatus.NormalTerminationStatus:
            return
        self._deaths += 1
        if self._deaths > _MOST_RESTARTS:
            self.died.emit()
            return
        self.bridge.start_over()
        if self._last is not None:
            self.bridge.send(*self._last)
        self.local_page.go(_HOME)
