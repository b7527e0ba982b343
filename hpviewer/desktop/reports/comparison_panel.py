"""Two years side by side: choose them, see what changed, biggest first, with a sentence per change."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from hpviewer.desktop.reports.cells_delegate import CellsDelegate
from hpviewer.desktop.reports.comparison_model import Col, ComparisonModel
from hpviewer.desktop.theme import Theme
from hpviewer.reports.comparison import Comparison
from hpviewer.session.report_desk import ReportDesk
from hpviewer.session.report_events import YearsCompared
from hpviewer.wording import say

_CAUSE = "comparison"


class ChangesTable(QTableView):
    """Copies the sentence of the chosen line."""

    resized = Signal()  # the room for the columns changed; sent after the layout

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self.resized.emit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            sentence = self.currentIndex().siblingAtColumn(Col.SENTENCE).data()
            QGuiApplication.clipboard().setText(str(sentence or ""))
            return
        super().keyPressEvent(event)


class ComparisonPanel(QWidget):
    """Compares while it is to be seen."""

    cell_clicked = Signal(str)  # name of the cell of a line that was activated

    def __init__(self, desk: ReportDesk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self._desk = desk
        self._years: tuple[int, ...] = ()
        self._asked: tuple[int, int, object] | None = None
        self.before = _year_box("before")
        self.after = _year_box("after")
        self.summary = QLabel()
        self.summary.setProperty("role", "muted")
        self.copy = QPushButton(say("desktop_reports.comparison.copy"))
        self.copy.setObjectName("copy_changes")
        self.copy.setToolTip(say("desktop_reports.comparison.copy_tip"))
        self.copy.setAutoDefault(False)
        self.changes = ComparisonModel(self)
        self.table = ChangesTable()
        self.table.setObjectName("report_changes")
        self.table.setAccessibleName(say("desktop_reports.comparison.accessible"))
        self.table.setModel(self.changes)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setItemDelegate(CellsDelegate(theme, self.table))
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(Col.DIFFERENCE, Qt.SortOrder.DescendingOrder)
        header.setStretchLastSection(True)
        self.table.resized.connect(self._fit_columns)
        self.sentence = QLabel()
        self.sentence.setObjectName("change_sentence")
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        self.sentence.setContentsMargins(12, 8, 12, 8)
        self.sentence.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.empty = QLabel()
        self.empty.setProperty("role", "empty")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        full = QWidget()
        inside = QVBoxLayout(full)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.table, 1)
        inside.addWidget(self.sentence)
        self._full = full
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(full)
        top = QHBoxLayout()
        top.setContentsMargins(8, 8, 8, 8)
        top.setSpacing(8)
        arrow = QLabel(say("desktop_reports.comparison.to"))
        arrow.setProperty("role", "muted")
        for widget in (self.before, arrow, self.after):
            top.addWidget(widget)
        top.addWidget(self.summary, 1)
        top.addWidget(self.copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._stack, 1)

        self.before.activated.connect(lambda _: self._ask())
        self.after.activated.connect(lambda _: self._ask())
        self.copy.clicked.connect(self._on_copy)
        header.sortIndicatorChanged.connect(self._on_sort_changed)
        self.table.selectionModel().currentRowChanged.connect(lambda current, _: self._on_chosen(current))
        self.table.activated.connect(self._on_activated)
        desk.subscribe(YearsCompared, self._on_years_compared)
        self._show_state()

    def show_years(self, years: Sequence[int]) -> None:
        """The years there are, newest first; the newest is compared with the one before it."""
        if tuple(years) == self._years:
            return
        chosen = self.before.currentData(), self.after.currentData()
        self._years = tuple(years)
        for box in (self.before, self.after):
            box.clear()
            for year in self._years:
                box.addItem(say("desktop_reports.year", year=year), year)
        for box, wanted, otherwise in ((self.before, chosen[0], 1), (self.after, chosen[1], 0)):
            at = box.findData(wanted) if wanted is not None else -1
            box.setCurrentIndex(at if at >= 0 else min(otherwise, box.count() - 1))
        self._show_state()
        self._ask_if_seen()

    def forget(self) -> None:
        """Another report lies on the desk: compare anew when it is to be seen."""
        self._asked = None
        self._ask_if_seen()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask_if_seen()

    # -- inside ----------------------------------------------------------------------------------------

    def _ask_if_seen(self) -> None:
        if self.isVisible():
            self._ask()

    def _ask(self) -> None:
        before, after = self.before.currentData(), self.after.currentData()
        if before is None or after is None or before == after:
            self._show_state()
            return
        wanted = (before, after, self._desk.sheet and self._desk.sheet.figures)
        if wanted != self._asked:
            self._asked = wanted
            self._desk.compare(before, after, _CAUSE)
        else:
            self._show_state()

    def _on_years_compared(self, event: YearsCompared) -> None:
        header = self.table.horizontalHeader()
        blocked = header.blockSignals(True)
        header.setSortIndicator(Col.DIFFERENCE, Qt.SortOrder.DescendingOrder)
        header.blockSignals(blocked)
        self.changes.show_comparison(event.comparison)
        self._fit_columns()
        self.summary.setText(_summary(event.comparison))
        self.sentence.clear()
        self._show_state()
        if self.changes.rowCount():
            self.table.selectRow(0)

    def _fit_columns(self) -> None:
        """Figures whole, names as far as there is room; the sentence, which also stands below, if much is left."""
        unit = self.table.fontMetrics().height()
        figures = (Col.BEFORE, Col.AFTER, Col.DIFFERENCE, Col.PERCENT)
        self.table.setColumnHidden(Col.SENTENCE, False)
        for column in figures:
            self.table.resizeColumnToContents(column)
        room = self.table.viewport().width() - sum(self.table.columnWidth(column) for column in figures)
        label = min(max(room, unit * 7), unit * 13)
        wide = room - label >= unit * 10
        self.table.setColumnHidden(Col.SENTENCE, not wide)
        self.table.setColumnWidth(Col.LABEL, label if wide else max(room, unit * 7))

    def _show_state(self) -> None:
        before, after = self.before.currentData(), self.after.currentData()
        if len(self._years) < 2:
            self.empty.setText(say("desktop_reports.comparison.one_year"))
        elif before == after:
            self.empty.setText(say("desktop_reports.comparison.same_year"))
        else:
            self.empty.setText(say("desktop_reports.comparison.no_change"))
        filled = before != after and self.changes.rowCount() > 0
        self._stack.setCurrentWidget(self._full if filled else self.empty)
        self.copy.setEnabled(filled)
        self.summary.setVisible(before != after)
        self.before.setEnabled(bool(self._years))
        self.after.setEnabled(bool(self._years))

    def _on_sort_changed(self, column: int, order: Qt.SortOrder) -> None:
        self.changes.sort(column, order)
        if self.changes.rowCount():
            self.table.selectRow(0)

    def _on_chosen(self, index: QModelIndex) -> None:
        change = self.changes.change(index)
        self.sentence.setText("" if change is None else change.sentence)

    def _on_activated(self, index: QModelIndex) -> None:
        change = self.changes.change(index)
        if change is not None and not change.cell.startswith("text."):
            self.cell_clicked.emit(change.cell)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.changes.sentences())


def _summary(comparison: Comparison) -> str:
    return say(
        "desktop_reports.comparison.summary",
        changed=len(comparison.changes),
        same=len(comparison.unchanged),
        single=len(comparison.only_one_year),
    )


def _year_box(name: str) -> QComboBox:
    box = QComboBox()
    box.setObjectName(f"compare_{name}")
    box.setAccessibleName(say(f"desktop_reports.comparison.{name}"))
    box.setToolTip(say(f"desktop_reports.comparison.{name}"))
    return box
