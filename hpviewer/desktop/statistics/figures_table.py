"""The table that says the same as the charts; Enter or a double click on a line filters like its bar."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from hpviewer.desktop.statistics.figures_delegate import FiguresDelegate
from hpviewer.desktop.statistics.figures_model import FiguresModel
from hpviewer.desktop.theme import Theme
from hpviewer.session.charts import Chart
from hpviewer.wording import say


class FiguresTable(QTreeView):
    row_chosen = Signal(str, str)  # chart id, key of the row

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("figures_table")
        self.setAccessibleName(say("desktop_statistics.table.accessible"))
        self._figures = FiguresModel(self)
        self.setModel(self._figures)
        self.setItemDelegate(FiguresDelegate(theme, self))
        self.setMouseTracking(True)
        theme.changed.connect(self.viewport().update)
        self.setUniformRowHeights(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setExpandsOnDoubleClick(False)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.activated.connect(self._on_activated)

    def show_charts(self, charts: Sequence[Chart]) -> None:
        self._figures.show_charts(charts)
        self.expandAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self._selection_as_text())
            return
        super().keyPressEvent(event)

    def _selection_as_text(self) -> str:
        rows = self.selectionModel().selectedRows(0)
        rows.sort(
            key=lambda index: (index.internalId() or index.row() + 1, index.internalId() > 0, index.row())
        )
        return "\n".join(f"{index.data()}\t{index.siblingAtColumn(1).data()}" for index in rows)

    def _on_activated(self, index: QModelIndex) -> None:
        chosen = self._figures.chosen(index)
        if chosen is not None:
            self.row_chosen.emit(chosen[0].id.value, chosen[1].key)
