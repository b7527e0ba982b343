"""The charts page in the window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from hpviewer import paths
from hpviewer.desktop.charts.chart_bridge import ChartBridge
from hpviewer.desktop.charts.page_chart import PageChart
from hpviewer.desktop.web.pane import WebPane
from hpviewer.desktop.web.sources import FolderSource, Mounted, channel_script

_HOME = "hpviewer://charts/index.html"


class ChartView(WebPane):
    """Shows charts; a click on a bar or node becomes mark_chosen. Shows them again after its page was reloaded.

    ``name`` is for readers of the screen.
    """

    mark_chosen = Signal(str, str)  # chart id and key, which the page gave and the receiver has to check
    drawn = Signal(int)  # number of charts on the page

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        files = Mounted(
            {
                "": FolderSource(paths.resources() / "web" / "charts"),
                "vendor/": FolderSource(paths.built() / "web"),
                "qwebchannel.js": channel_script,
            }
        )
        self.bridge = ChartBridge()
        super().__init__({"charts": files}, _HOME, {"bridge": self.bridge}, name, parent)
        self.bridge.setParent(self.page)
        self._last: tuple[Sequence[PageChart], Mapping[str, str]] | None = None
        self.bridge.mark_was_chosen.connect(self.mark_chosen)
        self.bridge.charts_drawn.connect(self.drawn)
        self.bridge.page_beat.connect(self.beat)
        self.reloading.connect(self._on_reloading)

    def show_charts(self, charts: Sequence[PageChart], tokens: Mapping[str, str]) -> None:
        """Draw these, with the colours of the theme by token name."""
        self._last = charts, tokens
        self.page.setBackgroundColor(QColor(tokens["surface"]))
        self.bridge.send(charts, tokens)

    def _on_reloading(self) -> None:
        self.bridge.start_over()
        if self._last is not None:
            self.bridge.send(*self._last)
