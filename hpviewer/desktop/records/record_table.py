"""The records table: scrolls through any number of rows, sorts by header, selects, copies."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QHeaderView, QTableView, QWidget

from hpviewer.desktop.records.header_state import HeaderState
from hpviewer.desktop.records.record_columns import COLUMNS
from hpviewer.desktop.records.record_delegate import RecordDelegate
from hpviewer.desktop.records.record_header import RecordHeader
from hpviewer.desktop.records.record_model import RecordModel
from hpviewer.desktop.theme import Theme
from hpviewer.session.events import FilterChanged, RecordSelected, ResultsLoaded
from hpviewer.session.session import Session
from hpviewer.wording import say

_CAUSE = "table"
_Index = QModelIndex | QPersistentModelIndex
_ROW_PAD = 11  # px above and below a line of text together: 30 px rows at 100 %


class RecordTable(QTableView):
    """One line per record. The current line is the selected record; more lines can be marked to be copied."""

    detail_requested = Signal()  # Enter or a double click: go on reading in the detail

    def __init__(
        self, session: Session, theme: Theme, header_state: HeaderState, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("records_table")
        self.setAccessibleName(say("desktop_records.table.accessible"))
        self._session = session
        self._chosen_since_filter = False
        self._filter_shown = session.filter
        self._pointing = False
        self._records = RecordModel(session, self)
        self._header = RecordHeader(header_state, theme, self)
        self.setHorizontalHeader(self._header)
        self.setModel(self._records)
        self.setItemDelegate(RecordDelegate(theme, self))
        self._header.prepare()
        self._header.show_sort(session.sort)
        self._set_up()
        self._header.sort_requested.connect(self._records.sort)
        self.verticalScrollBar().valueChanged.connect(self._ask_for_visible)
        self.doubleClicked.connect(self._on_double_clicked)
        theme.changed.connect(self.viewport().update)
        session.subscribe(FilterChanged, self._on_filter_changed)
        session.subscribe(ResultsLoaded, self._on_results_loaded)
        session.subscribe(RecordSelected, self._on_record_selected)

    def shown_columns(self) -> tuple[str, ...]:
        """Keys of the columns as the user sees them."""
        return self._header.shown_columns()

    @property
    def records(self) -> RecordModel:
        return self._records

    def _set_up(self) -> None:
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)  # Tab leads on to the detail, arrows move in the table
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(20)
        rows.setDefaultSectionSize(self.fontMetrics().height() + _ROW_PAD)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Reached by key, the first line becomes current, so that it shows where one is. A window that is
        merely activated, or a click on the empty ground, chooses nothing."""
        if event.reason() in _BY_KEY:
            super().focusInEvent(event)
        else:
            QAbstractScrollArea.focusInEvent(self, event)
            self.viewport().update()

    # -- what is to be seen -----------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._header.fit(self.viewport().width())
        self._ask_for_visible()

    def _ask_for_visible(self) -> None:
        first = self.rowAt(0)
        if first < 0:
            return
        last = self.rowAt(self.viewport().height() - 1)
        self._records.need(first, last if last >= 0 else self._records.rowCount() - 1)

    # -- gestures ---------------------------------------------------------------------------------------

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        if self._pointing or current.row() == previous.row() or not current.isValid():
            return
        self._ask_for_visible()
        row = self._records.record(current.row())
        if row is not None:
            self._session.select_record(row.id, _CAUSE)

    def dataChanged(self, first: _Index, last: _Index, roles: Sequence[int] = ()) -> None:
        super().dataChanged(first, last, roles)
        row = self.currentIndex().row()
        if first.row() <= row <= last.row():  # the page of the current line has come: now it has a record
            record = self._records.record(row)
            if record is not None:
                self._session.select_record(record.id, _CAUSE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), event.modifiers() in (_PLAIN, Qt.KeyboardModifier.KeypadModifier)
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.selection_as_text())
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.detail_requested.emit()
        elif plain and key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._records.rowCount():
            # Qt would go to the first or last cell of the line; lines are what one moves along here.
            row = 0 if key == Qt.Key.Key_Home else self._records.rowCount() - 1
            self.setCurrentIndex(self._records.index(row, max(0, self.currentIndex().column())))
        else:
            super().keyPressEvent(event)

    def selection_as_text(self) -> str:
        """The marked lines as tab-separated text, columns as shown, with their titles. Empty when none is."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        order = [self._header.logicalIndex(place) for place in range(len(COLUMNS))]
        shown = [COLUMNS[place] for place in order if not self._header.isSectionHidden(place)]
        marked = [record for record in map(self._records.record, rows) if record is not None]
        if not marked:
            return ""
        lines = ["\t".join(" ".join(column.text(record).split()) for column in shown) for record in marked]
        return "\n".join(["\t".join(column.title for column in shown), *lines])

    def _on_double_clicked(self, _index: QModelIndex) -> None:
        self.detail_requested.emit()

    # -- events -----------------------------------------------------------------------------------------

    def _on_filter_changed(self, event: FilterChanged) -> None:
        self._header.show_sort(event.sort)
        if event.filter != self._filter_shown:
            self._filter_shown = event.filter
            self._chosen_since_filter = False

    def _on_results_loaded(self, event: ResultsLoaded) -> None:
        """Keep the selected record if it is still there; show a single one at once; else let go of it.

        A record chosen after the filter (a suggestion of the search box) stays, wherever it stands.
        """
        rows, detail = event.results.rows, self._session.detail
        self.scrollToTop()
        if event.results.total == 1 and rows:
            self._session.select_record(rows[0].id, _CAUSE)
        elif detail is not None and not self._chosen_since_filter and event.cause != _CAUSE:
            gone = all(row.id != detail.record.id for row in rows)
            if gone:
                self._session.select_record(None, _CAUSE)
        self._point_at(self._session.detail.record.id if self._session.detail else None)
        self._ask_for_visible()

    def _on_record_selected(self, event: RecordSelected) -> None:
        self._chosen_since_filter = event.detail is not None
        self._point_at(event.detail.record.id if event.detail else None)

    def _point_at(self, record_id: str | None) -> None:
        """Mark the record's line without choosing it anew; no line when it is not at hand."""
        row = self._records.row_of(record_id) if record_id is not None else None
        selection = self.selectionModel()
        if row is None:
            if record_id is None or not self._current_is_under_way():
                selection.clear()
            return
        if row == self.currentIndex().row() and selection.isRowSelected(row):
            return
        index = self._records.index(row, max(0, self.currentIndex().column()))
        flag = QItemSelectionModel.SelectionFlag
        self._pointing = True
        try:
            selection.setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)
        finally:
            self._pointing = False

    def _current_is_under_way(self) -> bool:
        row = self.currentIndex().row()
        return row >= 0 and self._records.record(row) is None


_BY_KEY = frozenset(
    {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}
)
_PLAIN = Qt.KeyboardModifier.NoModifier
