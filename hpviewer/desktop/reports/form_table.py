"""A table of the report on the screen; a cell chosen by click or arrow keys is told to the area."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from hpviewer.desktop.reports.form_delegate import FormDelegate
from hpviewer.desktop.reports.form_head import FormHead
from hpviewer.desktop.reports.form_model import FormModel
from hpviewer.desktop.theme import Theme
from hpviewer.reports.form import TABLE_TITLES
from hpviewer.reports.form_layout import FormCellKind
from hpviewer.session.report_sheet import ReportSheet
from hpviewer.wording import say

# Width of each column in units of the font's height: as narrow as it can be, and its share of what is left.
_WIDTHS = {
    "t2": ((7.0, 3.0), *((5.0, 2.0),) * 3),
    "t3": ((2.1, 0.3), (3.6, 1.5), (5.9, 5.0), (3.0, 1.0), *((2.3, 1.0),) * 5, (3.0, 1.0)),
    "t4": ((1.95, 1.0),) * 15,
}

_LONG = ("t3",)
"""Tables that scroll: their head stays."""


class FormTable(QTableView):
    cell_chosen = Signal(str)  # name of a value cell; "" for a label

    def __init__(self, table: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = table
        self.setObjectName(f"form_{table}")
        self.setAccessibleName(
            say("desktop_reports.form.accessible", number=table[1], title=TABLE_TITLES[table])
        )
        self.form = FormModel(table, self)
        self.setModel(self.form)
        self._delegate = FormDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(8)
        self.verticalHeader().setMinimumSectionSize(8)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        theme.changed.connect(self.viewport().update)
        self.head = FormHead(self, self.form, theme) if table in _LONG else None
        """The rows that stay in place; None for a table that fits."""
        self._quiet = False
        self._measured = -1

    def show_sheet(self, sheet: ReportSheet) -> None:
        self.clearSpans()
        self.form.show_sheet(sheet)
        for row in self.form.layout_.rows:
            for cell in row:
                if cell.rowspan > 1 or cell.colspan > 1:
                    self.setSpan(cell.row, cell.column, cell.rowspan, cell.colspan)
        self._measured = -1
        self._measure()

    def go_to(self, name: str, choose: bool = False) -> None:
        """Scroll a cell into view; ``choose`` also makes it the current one, without telling the area."""
        index = self.form.place_of(name)
        if not index.isValid():
            return
        self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        if choose:
            self._quiet = True
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self._quiet = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self._selection_as_text())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_head()
        QTimer.singleShot(0, self, self._measure)  # not inside the view's own layout

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measured = -1
            QTimer.singleShot(0, self, self._measure)

    # -- inside ----------------------------------------------------------------------------------------

    def _measure(self) -> None:
        """Widths from the room there is, heights from the texts in them."""
        room = self.viewport().width()
        if room == self._measured or room <= 0:
            return
        self._measured = room
        unit = self.fontMetrics().height()
        least = [round(width * unit) for width, _ in _WIDTHS[self.table]]
        shares = [share for _, share in _WIDTHS[self.table]]
        columns = self.form.columnCount()
        if len(least) != columns:  # the trial form of another width
            least, shares = [least[0], *[least[1]] * (columns - 1)], [shares[0], *[shares[1]] * (columns - 1)]
        spare = max(0, min(room, round(sum(least) * 1.9)) - sum(least))
        widths = [
            width + int(spare * share / sum(shares)) for width, share in zip(least, shares, strict=True)
        ]
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
        self._measure_rows(widths)

    def _measure_rows(self, widths: list[int]) -> None:
        metrics = self.fontMetrics()
        rows = self.form.layout_.rows
        heights = [metrics.height() + 9] * len(rows)
        cells = [cell for row in rows for cell in row]
        for cell in sorted(cells, key=lambda each: each.rowspan):  # what lies in one row comes first
            if cell.kind is FormCellKind.VALUE:
                continue
            width = sum(widths[cell.column : cell.column + cell.colspan])
            needed = self._delegate.text_height(metrics, cell.text, width)
            covered = range(cell.row, cell.row + cell.rowspan)
            lacking = needed - sum(heights[row] for row in covered)
            if lacking > 0:
                heights[covered[-1]] += lacking
        for row, height in enumerate(heights):
            self.setRowHeight(row, height)
        if self.head is not None:
            # The table's own header only keeps the place free: setViewportMargins would be undone by QTableView.
            self.horizontalHeader().setFixedHeight(self.head.fit(widths, heights))
            self.horizontalHeader().show()
            self._place_head()

    def _place_head(self) -> None:
        if self.head is not None:
            edge = self.frameWidth()
            self.head.setGeometry(edge, edge, self.viewport().width(), self.horizontalHeader().height())
            self.head.raise_()

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if self._quiet:
            return
        cell = self.form.form_cell(current)
        self.cell_chosen.emit("" if cell is None else cell.name)

    def _selection_as_text(self) -> str:
        """Rows with tabs, as a spreadsheet takes them; what a span covers is empty."""
        chosen = sorted({(index.row(), index.column()) for index in self.selectedIndexes()})
        lines: dict[int, list[str]] = {}
        for row, column in chosen:
            cell = self.form.form_cell(self.form.index(row, column))
            first = cell is not None and (cell.row, cell.column) == (row, column)
            text = str(self.form.index(row, column).data() or "") if first else ""
            lines.setdefault(row, []).append(text.replace(",", ""))
        return "\n".join("\t".join(texts) for texts in lines.values())
