"""Item views as tall as their content: the filter column scrolls as a whole, not in five little windows."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QScrollArea,
    QSizePolicy,
    QTreeView,
    QWidget,
)

from hpviewer.desktop.filtering.roles import Role
from hpviewer.desktop.theme import Theme

_Index = QModelIndex | QPersistentModelIndex
_Option = Any  # a QStyleOptionViewItem: the stubs of PySide6 know none of its fields
_CHOOSE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


def _prepare(view: QAbstractItemView) -> None:
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    view.setMouseTracking(True)
    view.setAttribute(Qt.WidgetAttribute.WA_MacShowFocusRect, False)
    view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


def reveal(view: QAbstractItemView, index: _Index) -> None:
    """Scroll the column around the view so that the line can be seen."""
    widget: QWidget | None = view.parentWidget()
    while widget is not None and not isinstance(widget, QScrollArea):
        widget = widget.parentWidget()
    if widget is None or not index.isValid():
        return
    content = widget.widget()
    rect = view.visualRect(index)
    top_left = view.viewport().mapTo(content, rect.topLeft())
    widget.ensureVisible(0, top_left.y() + rect.height() // 2, 0, rect.height() * 2)


class ContentTree(QTreeView):
    """A tree that asks for the height of its expanded lines."""

    chosen = Signal(QModelIndex)  # Enter or Space on a line
    letters_typed = Signal(str)  # printable keys, for a search line

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._awaited = QPersistentModelIndex()
        _prepare(self)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        self.setIndentation(18)
        self._lines: int | None = None  # to be seen; None when they have to be counted
        self.expanded.connect(lambda town: self._lines_came(town, 1))
        self.collapsed.connect(lambda town: self._lines_came(town, -1))

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if model is not None:
            model.modelReset.connect(self.lines_changed)

    def lines_changed(self) -> None:
        """Lines came, went or were hidden: the height is another one. New counts only move them."""
        self._lines = None
        self.updateGeometry()

    def reveal_soon(self, index: QModelIndex) -> None:
        """Scroll to this line once the lines just expanded have got their room, which takes some layout rounds.

        Any gesture of the user in the tree ends the waiting: later changes of size must not carry him away.
        """
        self._awaited = QPersistentModelIndex(index)
        QTimer.singleShot(0, self, self._reveal_awaited)

    def _reveal_awaited(self) -> None:
        if self._awaited.isValid() and not self.visualRect(self._awaited).isEmpty():
            reveal(self, self._awaited)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._awaited.isValid():
            QTimer.singleShot(0, self, self._reveal_awaited)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._awaited = QPersistentModelIndex()
        super().mousePressEvent(event)

    def sizeHint(self) -> QSize:
        if self._lines is None:  # Qt asks several times for each change, and there may be 1,600 towns
            self._lines = self._lines_shown()
        return QSize(120, self._lines * self.sizeHintForRow(0) if self._lines else 0)

    def _lines_shown(self) -> int:
        model, top, lines = self.model(), QModelIndex(), 0
        for row in range(model.rowCount() if model is not None else 0):
            if self.isRowHidden(row, top):
                continue
            town = model.index(row, 0)
            lines += 1
            if self.isExpanded(town):
                lines += self._lines_in(town)
        return lines

    def _lines_in(self, town: QModelIndex) -> int:
        return sum(not self.isRowHidden(child, town) for child in range(self.model().rowCount(town)))

    def _lines_came(self, town: QModelIndex, sign: int) -> None:
        if self._lines is not None and not self.isRowHidden(town.row(), QModelIndex()):
            self._lines += sign * self._lines_in(town)
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._awaited = QPersistentModelIndex()
        event.ignore()

    def drawRow(self, painter: QPainter, option: _Option, index: _Index) -> None:
        if index.data(Role.CHOSEN):  # here and not in the delegate: the line begins left of the branch mark
            painter.fillRect(option.rect, self._theme.color("accent_soft"))
        super().drawRow(painter, option, index)

    def keyboardSearch(self, search: str) -> None:
        self.letters_typed.emit(search)

    def scrollTo(
        self, index: _Index, hint: QAbstractItemView.ScrollHint = QTreeView.ScrollHint.EnsureVisible
    ) -> None:
        if self.hasFocus():
            reveal(self, index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._awaited = QPersistentModelIndex()
        if event.key() in _CHOOSE and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class ContentList(QListView):
    """A list that asks for the height of its lines."""

    chosen = Signal(QModelIndex)  # Enter or Space on a line

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _prepare(self)

    def sizeHint(self) -> QSize:
        model = self.model()
        rows = 0 if model is None else model.rowCount()
        return QSize(120, sum(self.sizeHintForRow(row) for row in range(rows)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def scrollTo(
        self, index: _Index, hint: QAbstractItemView.ScrollHint = QListView.ScrollHint.EnsureVisible
    ) -> None:
        if self.hasFocus():
            reveal(self, index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _CHOOSE and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)
