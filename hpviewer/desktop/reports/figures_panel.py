"""The figures of the narrative, and the text they stand in: a click on a figure shows its sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QPalette, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTableView,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from hpviewer.desktop.plain_tip import plain_tip
from hpviewer.desktop.reports.cells_delegate import CellsDelegate
from hpviewer.desktop.theme import Theme
from hpviewer.reports.figure import Figure, Span
from hpviewer.session.report_equations import figure
from hpviewer.session.report_sheet import ReportSheet
from hpviewer.wording import say

_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_ROLE = Qt.ItemDataRole
MOST_SHOWN = 300_000
"""Characters of the text that are shown: the real report has 2,000, and laying out a million takes seconds."""
_COLUMNS = ("label", "written", "value")


def about_requisition(found: Figure) -> bool:
    """Whether the figure counts what the map shows: requisition, demolition, renewal."""
    return re.search(say("desktop_reports.requisition.words"), found.label) is not None


class FiguresModel(QAbstractTableModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._figures: tuple[Figure, ...] = ()

    def show_figures(self, figures: Sequence[Figure]) -> None:
        self.beginResetModel()
        self._figures = tuple(figures)
        self.endResetModel()

    def figure(self, index: _Index) -> Figure | None:
        return self._figures[index.row()] if index.isValid() else None

    def rowCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self._figures)

    def columnCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(_COLUMNS):
            if role == _ROLE.DisplayRole:
                return say(f"desktop_reports.figures.column.{_COLUMNS[section]}")
            if role == _ROLE.TextAlignmentRole:
                return _align(section)
        return None

    def data(self, index: _Index, role: int = _ROLE.DisplayRole) -> object:
        found = self.figure(index)
        if found is None:
            return None
        text = (found.label, found.written, figure(found.value))[index.column()]
        if role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole):
            return text
        if role == _ROLE.ToolTipRole:
            return plain_tip(text)
        if role == _ROLE.TextAlignmentRole:
            return _align(index.column())
        return None


def _align(column: int) -> int:
    side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
    return int(side | Qt.AlignmentFlag.AlignVCenter)


class FiguresPanel(QWidget):
    records_requested = Signal()  # the records that a figure about requisition counts

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self._theme = theme
        self._sheet: ReportSheet | None = None
        self.figures = FiguresModel(self)
        self.table = QTableView()
        self.table.setObjectName("report_figures")
        self.table.setAccessibleName(say("desktop_reports.figures.accessible"))
        self.table.setModel(self.figures)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setItemDelegate(CellsDelegate(theme, self.table))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        self.text = QPlainTextEdit()
        self.text.setObjectName("report_narrative")
        self.text.setAccessibleName(say("desktop_reports.figures.narrative"))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.no_text = QLabel(say("desktop_reports.figures.no_text"))
        self.no_text.setProperty("role", "empty")
        self.no_text.setWordWrap(True)
        self.no_text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._texts = QStackedWidget()
        self._texts.addWidget(self.no_text)
        self._texts.addWidget(self.text)
        self.to_records = QPushButton(say("desktop_reports.requisition.show"))
        self.to_records.setObjectName("figure_records")
        self.to_records.setProperty("role", "link")
        self.to_records.setAutoDefault(False)
        self.to_records.hide()
        self.empty = QLabel(say("desktop_reports.figures.empty"))
        self.empty.setProperty("role", "empty")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        lower = QWidget()
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(self.to_records, 0, Qt.AlignmentFlag.AlignLeft)
        below.addWidget(self._texts, 1)
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.addWidget(self.table)
        self.split.addWidget(lower)
        self.split.setChildrenCollapsible(False)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.split)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self.table.selectionModel().currentRowChanged.connect(lambda current, _: self._on_chosen(current))
        self.table.clicked.connect(self._on_chosen)
        self.to_records.clicked.connect(self.records_requested)
        theme.changed.connect(self._on_theme_changed)
        self._marked: Span | None = None

    def show_sheet(self, sheet: ReportSheet | None) -> None:
        self._sheet = sheet
        self.figures.show_figures(() if sheet is None else sheet.text_figures)
        narrative = "" if sheet is None else sheet.narrative
        self.text.setPlainText(narrative[:MOST_SHOWN])
        self._texts.setCurrentWidget(self.text if narrative else self.no_text)
        self.to_records.hide()
        self._mark(None)
        known = bool(narrative) or self.figures.rowCount() > 0
        self._stack.setCurrentWidget(self.split if known else self.empty)

    def show_span(self, span: Span) -> None:
        """Mark a part of the narrative and scroll it into view."""
        self._mark(span)

    @property
    def marked_text(self) -> str:
        """The sentence that is marked now."""
        narrative = "" if self._sheet is None else self._sheet.narrative
        return "" if self._marked is None else narrative[self._marked.start : self._marked.end]

    def _on_chosen(self, index: QModelIndex) -> None:
        found = self.figures.figure(index)
        if found is None:
            return
        self.to_records.setVisible(about_requisition(found))
        narrative = bool(self._sheet and self._sheet.narrative)
        self._mark(found.sentence if narrative else None, found.place if narrative else None)

    def _on_theme_changed(self) -> None:
        self._mark(self._marked)

    def _mark(self, sentence: Span | None, place: Span | None = None) -> None:
        self._marked = sentence
        if sentence is None or sentence.end > MOST_SHOWN:
            self.text.setExtraSelections([])
            return
        marks = [self._selection(sentence, "accent_soft", bold=False)]
        if place is not None:
            marks.append(self._selection(place, "accent_soft", bold=True))
        self.text.setExtraSelections(marks)
        cursor = self._cursor(sentence)
        cursor.setPosition(cursor.selectionStart())
        self.text.setTextCursor(cursor)
        self.text.centerCursor()

    def _selection(self, span: Span, ground: str, *, bold: bool) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        look = QTextCharFormat()
        look.setBackground(self._theme.color(ground))
        look.setForeground(self._theme.color("accent" if bold else "text"))
        look.setFontUnderline(bold)
        selection.format = look  # type: ignore[attr-defined]  # missing in PySide's stubs
        selection.cursor = self._cursor(span)  # type: ignore[attr-defined]
        return selection

    def _cursor(self, span: Span) -> QTextCursor:
        """Qt counts UTF-16 units, a span characters."""
        narrative = "" if self._sheet is None else self._sheet.narrative
        cursor = QTextCursor(self.text.document())
        cursor.setPosition(_units(narrative[: span.start]))
        cursor.setPosition(_units(narrative[: span.end]), QTextCursor.MoveMode.KeepAnchor)
        return cursor


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
