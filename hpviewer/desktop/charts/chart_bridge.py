"""Messages between the window and the charts page: one typed slot or signal each, values as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import msgspec
from PySide6.QtCore import QObject, Signal, Slot

from hpviewer.desktop.charts.page_chart import PageChart


class _Choice(msgspec.Struct, forbid_unknown_fields=True):
    chart: str
    key: str


class ChartBridge(QObject):
    """Registered as ``bridge``. What is sent before the page is ready waits; only the newest counts."""

    charts_sent = Signal(str)  # to the page: {"tokens": {name: colour}, "charts": [PageChart.as_json(), …]}
    mark_was_chosen = Signal(str, str)  # chart id and key of a bar or node, as the page gave them
    charts_drawn = Signal(int)  # number of charts now on the page
    page_beat = Signal()  # the page lives

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ready = False
        self._waiting: str | None = None

    def send(self, charts: Sequence[PageChart], tokens: Mapping[str, str]) -> None:
        parts = ",".join(chart.as_json() for chart in charts)
        message = f'{{"tokens":{json.dumps(dict(tokens))},"charts":[{parts}]}}'
        if self._ready:
            self.charts_sent.emit(message)
        else:
            self._waiting = message

    def start_over(self) -> None:
        """The page is being loaded anew: wait for it again."""
        self._ready = False

    @Slot()
    def ready(self) -> None:
        """From the page: it listens now."""
        self._ready = True
        message, self._waiting = self._waiting, None
        if message is not None:
            self.charts_sent.emit(message)

    @Slot()
    def beat(self) -> None:
        """From the page, every two seconds: it lives."""
        self.page_beat.emit()

    @Slot(int)
    def drawn(self, count: int) -> None:
        """From the page: it has drawn this many charts."""
        self.charts_drawn.emit(count)

    @Slot(str)
    def mark_chosen(self, message: str) -> None:
        """From the page: {"chart": id, "key": key of a bar or node}. Anything else is dropped."""
        try:
            choice = msgspec.json.decode(message, type=_Choice)
        except msgspec.DecodeError:
            return
        self.mark_was_chosen.emit(choice.chart, choice.key)
