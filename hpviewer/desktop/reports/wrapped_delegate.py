"""Lines of a list or tree that wrap: a small first line, then the sentence, with an icon in front."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QTreeView

from hpviewer.desktop.icons import icon
from hpviewer.desktop.theme import Theme

_Index = QModelIndex | QPersistentModelIndex
_Option = Any  # a QStyleOptionViewItem; PySide's stubs leave out its fields
_PAD = 8
_ICON = 16
_WRAP = int(Qt.TextFlag.TextWordWrap)


@dataclass(frozen=True, slots=True)
class WrappedLine:
    """``icon_name`` with ``tone`` (a colour token) in front; ``head`` small above the text; either may be empty."""

    text: str
    head: str = ""
    icon_name: str = ""
    tone: str = "text_muted"
    heading: bool = False


class WrappedDelegate(QStyledItemDelegate):
    """``line_of`` says what an index shows. Heights follow the width of the view."""

    def __init__(
        self, view: QAbstractItemView, theme: Theme, line_of: Callable[[_Index], WrappedLine]
    ) -> None:
        super().__init__(view)
        self._view = view
        self._theme = theme
        self._line_of = line_of
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._view.scheduleDelayedItemsLayout()
        return super().eventFilter(watched, event)

    def sizeHint(self, option: _Option, index: _Index) -> QSize:
        line = self._line_of(index)
        if line.heading:
            return QSize(0, option.fontMetrics.height() + _PAD + 4)
        width = self._view.viewport().width() - self._indent(index)
        room = self._room(QRect(0, 0, width, 100_000), line)
        height = option.fontMetrics.boundingRect(room, _WRAP, line.text).height()
        if line.head:
            height += QFontMetrics(self._small(option.font)).height() + 2
        return QSize(0, height + 2 * _PAD)

    def paint(self, painter: QPainter, option: _Option, index: _Index) -> None:
        line, color = self._line_of(index), self._theme.color
        rect: QRect = option.rect
        painter.save()
        if line.heading:
            painter.fillRect(rect, color("surface_alt"))
            font = QFont(option.font)
            font.setBold(True)
            painter.setFont(font)
            painter.setPen(color(line.tone))
            painter.drawText(rect.adjusted(_PAD, 0, -_PAD, 0), int(Qt.AlignmentFlag.AlignVCenter), line.text)
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, color("accent_soft"))
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), color("accent"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, color("hover"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, color("border"))
        if line.icon_name:
            where = QRect(rect.left() + _PAD, rect.top() + _PAD, _ICON, _ICON)
            icon(line.icon_name, self._theme.token(line.tone)).paint(painter, where)
        room = self._room(rect, line)
        if line.head:
            painter.setFont(self._small(option.font))
            painter.setPen(color("text_muted"))
            height = painter.fontMetrics().height()
            head = painter.fontMetrics().elidedText(line.head, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(QRect(room.left(), room.top(), room.width(), height), 0, head)
            room.setTop(room.top() + height + 2)
        painter.setFont(option.font)
        painter.setPen(color("text"))
        painter.drawText(room, _WRAP, line.text)
        painter.restore()

    def _indent(self, index: _Index) -> int:
        if not isinstance(self._view, QTreeView):
            return 0
        depth = 1 if index.parent().isValid() else 0
        return self._view.indentation() * (depth + int(self._view.rootIsDecorated()))

    @staticmethod
    def _room(rect: QRect, line: WrappedLine) -> QRect:
        left = _PAD + (_ICON + 6 if line.icon_name else 0)
        return rect.adjusted(left, _PAD, -_PAD, -_PAD)

    @staticmethod
    def _small(font: QFont) -> QFont:
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * 0.88)
        return small
