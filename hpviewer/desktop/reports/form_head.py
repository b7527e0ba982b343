"""The head of a long form, which stays in place while the rows below it scroll."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView

from hpviewer.desktop.reports.form_delegate import FormDelegate
from hpviewer.desktop.reports.form_model import FormModel
from hpviewer.desktop.theme import Theme
from hpviewer.reports.form_layout import FormCellKind
from hpviewer.wording import say


class FormHead(QTableView):
    """Shows only the head's rows of the same model. The keyboard stays in the table below."""

    def __init__(self, table: QTableView, form: FormModel, theme: Theme) -> None:
        super().__init__(table)
        self._table = table
        self._form = form
        self.setAccessibleName(say("desktop_reports.form.head"))
        self.setModel(form)
        self.setItemDelegate(FormDelegate(theme, self))
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(8)
        self.verticalHeader().setMinimumSectionSize(8)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.horizontalScrollBar().valueChanged.connect(self.horizontalScrollBar().setValue)
        theme.changed.connect(self.viewport().update)

    @property
    def rows(self) -> int:
        """How many rows the head has: those above the first figure."""
        return next(
            number
            for number, row in enumerate(self._form.layout_.rows)
            if any(cell.kind is FormCellKind.VALUE for cell in row)
        )

    def fit(self, widths: list[int], heights: list[int]) -> int:
        """Take the table's measures, and say how high the head is."""
        self.clearSpans()
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
        for row, height in enumerate(heights):
            self.setRowHidden(row, row >= self.rows)
            self._table.setRowHidden(row, row < self.rows)
            self.setRowHeight(row, height)
        for row_cells in self._form.layout_.rows[: self.rows]:
            for cell in row_cells:
                if cell.rowspan > 1 or cell.colspan > 1:
                    self.setSpan(cell.row, cell.column, cell.rowspan, cell.colspan)
        return sum(heights[: self.rows])
