"""The charts page in the window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from hpviewer import paths
from hpviewer.desktop.statistics.chart_bridge import ChartBridge
from hpviewer.desktop.web.pane import WebPane
from hpviewer.desktop.web.sources import FolderSource, Mounted, channel_script
from hpviewer.session.charts import Chart
from hpviewer.wording import say

_HOME = "hpviewer://charts/index.html"


class ChartView(WebPane):
    """Shows charts; a click on a bar becomes bar_chosen. Shows them again after its page was reloaded."""

    bar_chosen = Signal(str, str)  # chart id, key of the row
    drawn = Signal(int)  # number of charts on the page

    def __init__(self, parent: QWidget | None = None) -> None:
        files = Mounted(
            {
                "": FolderSource(paths.resources() / "web" / "charts"),
                "vendor/": FolderSource(paths.built() / "web"),
                "qwebchannel.js": channel_script,
            }
        )
        self.bridge = ChartBridge()
        super().__init__(
            {"charts": files},
            _HOME,
            {"bridge": self.bridge},
            say("desktop_statistics.charts.accessible"),
            parent,
        )
        self.bridge.setParent(self.page)
        self._last: tuple[Sequence[Chart], Mapping[str, str]] | None = None
        self.bridge.bar_was_chosen.connect(self.bar_chosen)
        self.bridge.charts_drawn.connect(self.drawn)
        self.bridge.page_beat.connect(self.beat)
        self.reloading.connect(self._on_reloading)

    def show_charts(self, charts: Sequence[Chart], tokens: Mapping[str, str]) -> None:
        """Draw these, with the colours of the theme by token name."""
        self._last = charts, tokens
        self.page.setBackgroundColor(QColor(tokens["surface"]))
        self.bridge.send(charts, tokens)

    def _on_reloading(self) -> None:
        self.bridge.start_over()
        if self._last is not None:
            self.bridge.send(*self._last)
