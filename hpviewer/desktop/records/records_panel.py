"""The place of the records table: the table, or why there is nothing to show in it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from hpviewer.desktop.records.empty_result import EmptyResult
from hpviewer.desktop.records.header_state import HeaderState
from hpviewer.desktop.records.record_table import RecordTable
from hpviewer.desktop.theme import Theme
from hpviewer.session.events import ResultsLoaded, WorkFailed
from hpviewer.session.session import Session
from hpviewer.wording import say


class RecordsPanel(QStackedWidget):
    """Says "loading" only until the first results: later ones replace the earlier in a few milliseconds."""

    detail_requested = Signal()  # go on reading in the detail

    def __init__(
        self, session: Session, theme: Theme, header_state: HeaderState, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("records_panel")
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self.table = RecordTable(session, theme, header_state)
        self.empty = EmptyResult(session)
        self._loading = QLabel(say("desktop_records.loading"))
        self._loading.setObjectName("records_loading")
        self._loading.setTextFormat(Qt.TextFormat.PlainText)
        self._loading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._loading.setWordWrap(True)
        self._loading.setProperty("role", "muted")
        for widget in (self._loading, self.table, self.empty):
            self.addWidget(widget)
        self.setFocusProxy(self.table)
        self.table.detail_requested.connect(self.detail_requested)
        session.subscribe(ResultsLoaded, self._on_results_loaded)
        session.subscribe(WorkFailed, self._on_work_failed)
        if session.results is not None:
            self._on_results_loaded(ResultsLoaded(session.results, "start"))
        elif session.failure is not None:
            self._loading.setText(str(session.failure))

    def _on_results_loaded(self, event: ResultsLoaded) -> None:
        if event.results.total == 0:
            self.empty.show_results(event.results)
            self.setFocusProxy(self.empty)
            self.setCurrentWidget(self.empty)
        else:
            self.setFocusProxy(self.table)
            self.setCurrentWidget(self.table)

    def _on_work_failed(self, event: WorkFailed) -> None:
        if self.currentWidget() is self._loading:
            self._loading.setText(str(event.error))
