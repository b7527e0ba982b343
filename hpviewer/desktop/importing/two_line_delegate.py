"""Rows of a list in two lines: a name, and below it smaller what is to be said of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate

from hpviewer.desktop.theme import Theme

_Index = QModelIndex | QPersistentModelIndex
_Option = Any  # a QStyleOptionViewItem; PySide's stubs leave out its fields
_PAD = 8
_MIDDLE = Qt.TextElideMode.ElideMiddle
_RIGHT = Qt.TextElideMode.ElideRight


class TwoLineDelegate(QStyledItemDelegate):
    """``lines_of`` gives name, second line and its colour token."""

    def __init__(
        self, view: QListView, theme: Theme, lines_of: Callable[[_Index], tuple[str, str, str]]
    ) -> None:
        super().__init__(view)
        self._theme = theme
        self._lines_of = lines_of
        theme.changed.connect(view.viewport().update)

    def sizeHint(self, option: _Option, index: _Index) -> QSize:
        small = QFontMetrics(_small(option.font))
        return QSize(0, option.fontMetrics.height() + small.height() + 2 + 2 * _PAD)

    def paint(self, painter: QPainter, option: _Option, index: _Index) -> None:
        name, below, tone = self._lines_of(index)
        color = self._theme.color
        rect: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, color("accent_soft"))
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), color("accent"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, color("hover"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, color("border"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(color("accent"))
            painter.drawRect(rect.adjusted(0, 0, -1, -2))
        room = rect.adjusted(_PAD + 4, _PAD, -_PAD, -_PAD)
        metrics = option.fontMetrics
        painter.setFont(option.font)
        painter.setPen(color("text"))
        painter.drawText(room, 0, metrics.elidedText(name, _MIDDLE, room.width()))
        small = _small(option.font)
        painter.setFont(small)
        painter.setPen(color(tone))
        room.setTop(room.top() + metrics.height() + 2)
        painter.drawText(room, 0, QFontMetrics(small).elidedText(below, _RIGHT, room.width()))
        painter.restore()


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * 0.88)
    return small
