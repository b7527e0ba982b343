"""Draws a suggestion: icon of its kind, name, why it matches, number of records at the right."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QWidget

from hpviewer.desktop.icons import icon
from hpviewer.desktop.search.suggestion_model import Role
from hpviewer.desktop.theme import Theme
from hpviewer.records.results import Suggestion
from hpviewer.wording import say

_Index = QModelIndex | QPersistentModelIndex
_Option = Any  # a QStyleOptionViewItem: the stubs of PySide6 know none of its fields
_PAD = 12
_ICON = 16
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)


class SuggestionDelegate(QStyledItemDelegate):
    """The name has the first claim on the room, then the count, then the second text."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: _Option, index: _Index) -> QSize:
        heading = bool(index.data(Role.HEADING))
        height = option.fontMetrics.height()
        return QSize(200, max(26, height + 8) if heading else max(30, height + 12))

    def paint(self, painter: QPainter, option: _Option, index: _Index) -> None:
        painter.save()
        rect: QRect = option.rect
        found = index.data(Role.SUGGESTION)
        if isinstance(found, Suggestion):
            self._paint_suggestion(painter, rect, option, found)
        else:
            painter.setFont(_sized(option.font, -1.15))
            painter.setPen(self._theme.color("text_faint"))
            painter.drawText(
                rect.adjusted(_PAD, 4, -_PAD, 0), _LEFT, str(index.data(Qt.ItemDataRole.DisplayRole))
            )
        painter.restore()

    def _paint_suggestion(self, painter: QPainter, rect: QRect, option: _Option, found: Suggestion) -> None:
        theme = self._theme
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        if current:
            painter.fillRect(rect, theme.color("accent_soft"))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.color("accent"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("hover"))
        mark = icon(found.kind.value, theme.token("accent" if current else "text_faint"))
        mark.paint(painter, QRect(rect.left() + _PAD, rect.center().y() - _ICON // 2 + 1, _ICON, _ICON))

        left, right = rect.left() + _PAD + _ICON + 8, rect.right() - _PAD
        small = _sized(option.font, -1.15)
        if found.count is not None:
            count = say("desktop.search.count", count=f"{found.count:,}")
            width = QFontMetrics(small).horizontalAdvance(count)
            painter.setFont(small)
            painter.setPen(theme.color("text_muted"))
            painter.drawText(QRect(right - width, rect.top(), width + 1, rect.height()), _RIGHT, count)
            right -= width + _PAD

        detail_width = QFontMetrics(small).horizontalAdvance(found.detail)
        room = right - left
        name_room = max(room - detail_width - _PAD, int(room * 0.62)) if found.detail else room
        painter.setFont(option.font)
        painter.setPen(theme.color("text"))
        name = option.fontMetrics.elidedText(found.label, Qt.TextElideMode.ElideRight, name_room)
        painter.drawText(QRect(left, rect.top(), name_room + 1, rect.height()), _LEFT, name)
        left += option.fontMetrics.horizontalAdvance(name) + _PAD
        if found.detail and right > left:
            painter.setFont(small)
            painter.setPen(theme.color("text_muted"))
            detail = QFontMetrics(small).elidedText(found.detail, Qt.TextElideMode.ElideRight, right - left)
            painter.drawText(QRect(left, rect.top(), right - left + 1, rect.height()), _LEFT, detail)


def _sized(font: QFont, points: float) -> QFont:
    changed = QFont(font)
    changed.setPointSizeF(font.pointSizeF() + points)
    return changed
