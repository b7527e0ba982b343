"""Messages between the window and the page of the report's charts: one typed slot or signal each."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal, Slot

from hpviewer.reports.form import ReportFormat, cell_names
from hpviewer.session.report_charts import ReportChart

_CELLS = frozenset(cell_names(ReportFormat.UNIFORM)) | frozenset(cell_names(ReportFormat.TRIAL))


class ReportChartBridge(QObject):
    """Registered as ``bridge``. What is sent before the page is ready waits; only the newest counts."""

    charts_sent = Signal(str)  # to the page: {"tokens": {name: colour}, "charts": [{id, title, …, option}]}
    cell_was_clicked = Signal(str)  # name of a cell of the form
    charts_drawn = Signal(int)  # number of charts now on the page
    page_beat = Signal()  # the page lives

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ready = False
        self._waiting: str | None = None

    def send(self, charts: Sequence[ReportChart], tokens: Mapping[str, str]) -> None:
        parts = ",".join(_part(chart) for chart in charts)
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
    def cell_clicked(self, cell: str) -> None:
        """From the page: the cell of a bar or node. A name that no form has is dropped."""
        if cell in _CELLS:
            self.cell_was_clicked.emit(cell)


def _part(chart: ReportChart) -> str:
    facts = {
        "id": chart.id.value,
        "title": chart.title,
        "subtitle": chart.subtitle,
        "height": chart.height,
        "wide": chart.wide,
    }
    return f'{json.dumps(facts)[:-1]},"option":{chart.option_json}}}'
