"""Draws a line of the figures: a chart's own line as a heading, a bar's line with room around its text."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QWidget

from hpviewer.desktop.theme import Theme

_Index = QModelIndex | QPersistentModelIndex
_Option = Any  # a QStyleOptionViewItem; PySide's stubs leave out its fields
_PAD = 10
_LEADING = 9


class FiguresDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: _Option, index: _Index) -> QSize:
        width = option.fontMetrics.horizontalAdvance(str(index.data() or "")) + 2 * _PAD
        return QSize(max(120, width) if index.column() else width, option.fontMetrics.height() + _LEADING)

    def paint(self, painter: QPainter, option: _Option, index: _Index) -> None:
        rect, state, color = option.rect, option.state, self._theme.color
        heading = not index.parent().isValid()
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, color("accent_soft"))
        elif state & QStyle.StateFlag.State_MouseOver and not heading:
            painter.fillRect(rect, color("hover"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, color("border"))
        font = option.font
        font.setBold(heading and index.column() == 0)
        painter.setFont(font)
        painter.setPen(color("text_muted" if heading and index.column() else "text"))
        room = rect.adjusted(2 if index.column() == 0 else _PAD, 0, -_PAD, 0)
        align = Qt.AlignmentFlag.AlignRight if index.column() else Qt.AlignmentFlag.AlignLeft
        text = painter.fontMetrics().elidedText(
            str(index.data() or ""), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)
        painter.restore()
