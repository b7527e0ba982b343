"""A line of the list: the community, small beside it its town, and how many records name it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QWidget

from hpviewer.desktop.theme import Theme
from hpviewer.desktop.village.choice_model import COUNT, TOWN

_PAD = 8
_SMALL = 0.88


_Option = Any  # a QStyleOptionViewItem: the stubs of PySide6 know none of its fields


class ChoiceDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: _Option, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(120, option.fontMetrics.height() + 12)

    def paint(self, painter: QPainter, option: _Option, index: QModelIndex | QPersistentModelIndex) -> None:
        painter.save()
        box: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(box, self._theme.color("accent_soft"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, self._theme.color("hover"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(self._theme.color("accent"))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        inner = box.adjusted(_PAD, 0, -_PAD, 0)
        font = option.font
        small = QFont(option.font)
        small.setPointSizeF(font.pointSizeF() * _SMALL)
        count = index.data(COUNT)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font)
        if count:
            text = f"{count:,}"
            painter.setPen(self._theme.color("text_muted"))
            painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, text)
            inner.setRight(inner.right() - option.fontMetrics.horizontalAdvance(text) - _PAD)
        painter.setPen(self._theme.color("accent" if chosen else "text"))
        name = option.fontMetrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignLeft, name)
        inner.setLeft(inner.left() + option.fontMetrics.horizontalAdvance(name) + _PAD)
        small_metrics = QFontMetrics(small)
        town = small_metrics.elidedText(str(index.data(TOWN)), Qt.TextElideMode.ElideRight, inner.width())
        if inner.width() > small_metrics.height() * 2:
            painter.setFont(small)
            painter.setPen(self._theme.color("text_muted"))
            painter.drawText(inner, middle | Qt.AlignmentFlag.AlignLeft, town)
        painter.restore()
