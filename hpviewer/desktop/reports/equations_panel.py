"""The equations in which a cell stands, with both sides; one that is chosen lights its cells up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractItemView, QLabel, QListView, QStackedWidget, QVBoxLayout, QWidget

from hpviewer.desktop.reports.wrapped_delegate import WrappedDelegate, WrappedLine
from hpviewer.desktop.theme import Theme
from hpviewer.session.report_equations import EquationLine
from hpviewer.wording import say

_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_ROLE = Qt.ItemDataRole
_STATE = {
    True: ("check", "ok", "holds"),
    False: ("warning", "warn", "fails"),
    None: ("help", "text_muted", "open"),
}


class EquationsModel(QAbstractListModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[EquationLine, ...] = ()

    def show_lines(self, lines: Sequence[EquationLine]) -> None:
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def line(self, index: _Index) -> EquationLine | None:
        return self._lines[index.row()] if index.isValid() else None

    def rowCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: _Index, role: int = _ROLE.DisplayRole) -> object:
        line = self.line(index)
        if line is None:
            return None
        if role == _ROLE.DisplayRole:
            return line.sentence
        if role == _ROLE.AccessibleTextRole:
            return f"{line.about} {line.sentence}"
        return None


class EquationsPanel(QWidget):
    equation_chosen = Signal(object)  # tuple of cell names

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self.title = QLabel(say("desktop_reports.equations.title"))
        self.title.setProperty("role", "section")
        self.title.setContentsMargins(0, 8, 0, 4)
        self.title.setWordWrap(True)
        self.equations = EquationsModel(self)
        self.list = QListView()
        self.list.setObjectName("report_equations")
        self.list.setAccessibleName(say("desktop_reports.equations.accessible"))
        self.list.setModel(self.equations)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setItemDelegate(WrappedDelegate(self.list, theme, self._line))
        theme.changed.connect(self.list.viewport().update)
        self.empty = QLabel(say("desktop_reports.equations.empty"))
        self.empty.setProperty("role", "empty")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.title)
        layout.addWidget(self._stack, 1)
        self.list.selectionModel().currentChanged.connect(lambda current, _: self._tell(current))
        self.list.clicked.connect(self._tell)

    def show_lines(self, label: str, lines: Sequence[EquationLine]) -> None:
        """``label`` names the cell; empty when none is chosen."""
        self.equations.show_lines(lines)
        self.title.setText(
            say("desktop_reports.equations.of_cell", cell=label, count=len(lines))
            if label
            else say("desktop_reports.equations.title")
        )
        self.empty.setText(
            say("desktop_reports.equations.none" if label else "desktop_reports.equations.empty")
        )
        self._stack.setCurrentWidget(self.list if lines else self.empty)

    def _tell(self, index: QModelIndex) -> None:
        line = self.equations.line(index)
        if line is not None:
            self.equation_chosen.emit(line.cells)

    def _line(self, index: _Index) -> WrappedLine:
        line: Any = self.equations.line(index)
        name, tone, key = _STATE[line.holds]
        state = say(f"desktop_reports.equations.{key}")
        head = say("desktop_reports.equations.head", about=line.about, rule=line.rule, state=state)
        return WrappedLine(line.sentence, head, name, tone)
