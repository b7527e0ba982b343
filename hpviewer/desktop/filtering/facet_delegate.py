"""Draws a line of the cascade or of a facet: name, remark, and the count at the right."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QWidget

from hpviewer.desktop.filtering.roles import Role
from hpviewer.desktop.theme import Theme

_Index = QModelIndex | QPersistentModelIndex
_Option = Any  # a QStyleOptionViewItem: the stubs of PySide6 know none of its fields
_PAD = 8
_BOX = 14


class FacetDelegate(QStyledItemDelegate):
    """Names are elided before counts are: a count that is cut would be a wrong number."""

    def __init__(self, theme: Theme, checks: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._checks = checks

    def sizeHint(self, option: _Option, index: _Index) -> QSize:
        return QSize(120, max(24, option.fontMetrics.height() + 7))

    def paint(self, painter: QPainter, option: _Option, index: _Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        if index.data(Role.HEADING):
            self._paint_heading(painter, rect, option, index)
        else:
            self._paint_value(painter, rect, option, index)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, option: _Option, index: _Index) -> None:
        painter.setFont(self._font(option.font, -1.15))
        painter.setPen(self._theme.color("text_faint"))
        text_rect = rect.adjusted(_PAD, 2, -_PAD, 0)
        painter.drawText(text_rect, _LEFT, str(index.data(Qt.ItemDataRole.DisplayRole)))

    def _paint_value(self, painter: QPainter, rect: QRect, option: _Option, index: _Index) -> None:
        color = self._theme.color
        chosen, count = bool(index.data(Role.CHOSEN)), int(index.data(Role.COUNT) or 0)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if hovered and (self._checks or not chosen):
            painter.fillRect(rect, color("hover"))
        if (
            option.state & QStyle.StateFlag.State_HasFocus
            and option.state & QStyle.StateFlag.State_KeyboardFocusChange
        ):
            painter.setPen(QPen(color("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), 3, 3)
        left = rect.left() + (_PAD if self._checks else 2)
        if self._checks:
            self._paint_box(painter, QRectF(left, rect.center().y() - _BOX / 2 + 0.5, _BOX, _BOX), chosen)
            left += _BOX + 7

        number = f"{count:,}"
        metrics = option.fontMetrics
        number_width = metrics.horizontalAdvance(number)
        right = rect.right() - _PAD
        painter.setFont(option.font)
        painter.setPen(color("text_muted" if count else "text_faint"))
        painter.drawText(
            QRect(right - number_width, rect.top(), number_width + 1, rect.height()), _RIGHT, number
        )

        note = str(index.data(Role.NOTE) or "")
        small = self._font(option.font, -1.15)
        room = right - number_width - _PAD - left
        painter.setFont(small)
        note_width = painter.fontMetrics().horizontalAdvance(note) + 6 if note else 0
        name_font = self._font(option.font, 0, bold=chosen)
        painter.setFont(name_font)
        name = painter.fontMetrics().elidedText(
            str(index.data(Qt.ItemDataRole.DisplayRole)),
            Qt.TextElideMode.ElideRight,
            max(24, room - note_width),
        )
        name_width = painter.fontMetrics().horizontalAdvance(name)
        painter.setPen(color("text" if count or chosen else "text_faint"))
        painter.drawText(QRect(left, rect.top(), max(room, name_width), rect.height()), _LEFT, name)
        if note:
            painter.setFont(small)
            painter.setPen(color("warn"))
            painter.drawText(QRect(left + name_width + 6, rect.top(), note_width, rect.height()), _LEFT, note)

    def _paint_box(self, painter: QPainter, box: QRectF, chosen: bool) -> None:
        color = self._theme.color
        painter.setPen(QPen(color("accent" if chosen else "border_strong"), 1.2))
        painter.setBrush(color("accent" if chosen else "surface"))
        painter.drawRoundedRect(box, 3, 3)
        if chosen:
            tick = QPainterPath(box.topLeft() + QPointF(3.4, 7.2))
            tick.lineTo(box.topLeft() + QPointF(6, 9.8))
            tick.lineTo(box.topLeft() + QPointF(10.8, 4.6))
            painter.setPen(QPen(color("on_accent"), 1.8))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(tick)

    def editorEvent(self, *_: object) -> bool:
        return False  # the view toggles on the whole line, not on the little box

    @staticmethod
    def _font(font: QFont, points: float, bold: bool = False) -> QFont:
        changed = QFont(font)
        changed.setPointSizeF(font.pointSizeF() + points)
        changed.setBold(bold)
        return changed


_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
