"""The records of the current filter as an item model. Sorting is a wish to the session, done in SQL."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from hpviewer.desktop.plain_tip import plain_tip
from hpviewer.desktop.records.record_columns import COLUMNS
from hpviewer.desktop.records.row_pages import RowPages
from hpviewer.records.results import RecordRow, Results, Sort, SortKey
from hpviewer.session.events import FilterChanged, ResultsLoaded, WorkFailed
from hpviewer.session.session import Session
from hpviewer.wording import say

_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_ROLE = Qt.ItemDataRole
_TIPS = frozenset({SortKey.TITLE, SortKey.COMMUNITIES, SortKey.KIND, SortKey.DOC_NUMBER})
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
"""The RecordRow of an index, None while it is under way."""


class RecordModel(QAbstractTableModel):
    """Has all rows at once; their content comes in pages as need() says what is to be seen."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._results: Results | None = None
        self._pages = RowPages(session.page, self._on_page_arrived)
        session.subscribe(FilterChanged, self._on_filter_changed)
        session.subscribe(ResultsLoaded, self._on_results_loaded)
        session.subscribe(WorkFailed, self._on_work_failed)
        if session.results is not None:
            self._show(session.results)

    # -- for the view -----------------------------------------------------------------------------------

    def need(self, first: int, last: int) -> None:
        """Rows first…last are to be seen. Nothing is read while newer results are on their way: the
        session would answer for the newer filter, and its rows do not belong among these."""
        results, newest = self._results, (self._session.filter, self._session.sort)
        if results is not None and (results.filter, results.sort) == newest:
            self._pages.need(first, last)

    def record(self, row: int) -> RecordRow | None:
        """The row's record; None while its page is under way."""
        return self._pages.row(row)

    def row_of(self, record_id: str) -> int | None:
        """Where a record stands, if it is on a page that is at hand."""
        return self._pages.position(record_id)

    # -- Qt's questions ---------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else self._pages.total

    def columnCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: _Index, role: int = _ROLE.DisplayRole) -> object:
        if not index.isValid():
            return None
        column = COLUMNS[index.column()]
        if role == _ROLE.TextAlignmentRole:
            return _RIGHT if column.right else _LEFT
        if role not in (_ROLE.DisplayRole, _ROLE.ToolTipRole, ROW_ROLE):
            return None
        row = self._pages.row(index.row())
        if role == ROW_ROLE:
            return row
        if role == _ROLE.ToolTipRole:
            return plain_tip(column.text(row)) if row is not None and column.key in _TIPS else None
        return column.text(row) if row is not None else say("desktop_records.under_way")

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        column = COLUMNS[section]
        if role == _ROLE.DisplayRole:
            return column.title
        if role == _ROLE.TextAlignmentRole:
            return _RIGHT if column.right else _LEFT
        if role == _ROLE.ToolTipRole:
            return say("desktop_records.sort_tip", column=column.title)
        if role == _ROLE.InitialSortOrderRole:
            return Qt.SortOrder.DescendingOrder if column.descending_first else Qt.SortOrder.AscendingOrder
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(COLUMNS):
            self._session.set_sort(Sort(COLUMNS[column].key, order == Qt.SortOrder.DescendingOrder), "table")

    # -- events -----------------------------------------------------------------------------------------

    def _on_filter_changed(self, event: FilterChanged) -> None:
        self._pages.forget_requests()

    def _on_results_loaded(self, event: ResultsLoaded) -> None:
        self._show(event.results)

    def _on_work_failed(self, event: WorkFailed) -> None:
        self._pages.forget_requests()

    def _show(self, results: Results) -> None:
        self.beginResetModel()
        self._results = results
        self._pages.start(results)
        self.endResetModel()

    def _on_page_arrived(self, first: int, count: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(first + count - 1, len(COLUMNS) - 1))
