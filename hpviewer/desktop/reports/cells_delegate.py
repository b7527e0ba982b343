"""Paints a plain table's cells with the same room left and right as its headers have."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QWidget

from hpviewer.desktop.theme import Theme

_Index = QModelIndex | QPersistentModelIndex
_Option = Any  # a QStyleOptionViewItem; PySide's stubs leave out its fields
_PAD = 8
_LEADING = 10


class CellsDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: _Option, index: _Index) -> QSize:
        width = option.fontMetrics.horizontalAdvance(str(index.data() or ""))
        return QSize(width + 2 * _PAD + 2, option.fontMetrics.height() + _LEADING)

    def paint(self, painter: QPainter, option: _Option, index: _Index) -> None:
        rect, color = option.rect, self._theme.color
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, color("accent_soft"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, color("border"))
        align = index.data(Qt.ItemDataRole.TextAlignmentRole)
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter if align is None else align
        room = rect.adjusted(_PAD, 0, -_PAD, 0)
        text = painter.fontMetrics().elidedText(
            str(index.data() or ""), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.setFont(option.font)
        painter.setPen(color("text"))
        painter.drawText(room, int(align) | int(Qt.TextFlag.TextSingleLine), text)
        painter.restore()
