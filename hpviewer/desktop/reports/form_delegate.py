"""Paints a cell of the form: wrapped labels, right-aligned figures, marks by colour and icon."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QWidget

from hpviewer.desktop.icons import icon
from hpviewer.desktop.reports.form_model import CellMark, FormRole
from hpviewer.desktop.theme import Theme
from hpviewer.reports.finding import Severity
from hpviewer.reports.form_layout import FormCell, FormCellKind

_Index = QModelIndex | QPersistentModelIndex
_Option = Any  # a QStyleOptionViewItem; PySide's stubs leave out its fields
_PAD = 4
_ICON = 12
_EDGE = 2
_WRAP = Qt.TextFlag.TextWordWrap

_ALIGN = {
    FormCellKind.HEADER: Qt.AlignmentFlag.AlignHCenter,
    FormCellKind.LABEL: Qt.AlignmentFlag.AlignLeft,
    FormCellKind.VALUE: Qt.AlignmentFlag.AlignRight,
}


class FormDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: _Option, index: _Index) -> QSize:
        return QSize(0, option.fontMetrics.height() + 2 * _PAD + 1)

    def text_height(self, metrics: Any, text: str, width: int) -> int:
        """Pixels that a wrapped text needs in a cell of this width."""
        room = QRect(0, 0, max(8, width - 2 * _PAD - 1), 10_000)
        return int(metrics.boundingRect(room, int(_WRAP), text).height()) + 2 * _PAD + 1

    def paint(self, painter: QPainter, option: _Option, index: _Index) -> None:
        cell: FormCell = index.data(FormRole.CELL)
        if cell is None:
            return
        rect: QRect = option.rect
        mark: CellMark = index.data(FormRole.MARK)
        lit = bool(index.data(FormRole.LIT))
        color = self._theme.color
        painter.save()
        painter.fillRect(rect, color(_ground(cell, mark, lit)))
        if not index.data(FormRole.KNOWN):
            painter.fillRect(rect, QBrush(color("border"), Qt.BrushStyle.BDiagPattern))
        self._text(painter, option, cell, mark, lit, str(index.data() or ""))
        self._edges(painter, option, mark, lit)
        painter.restore()

    def _text(
        self, painter: QPainter, option: _Option, cell: FormCell, mark: CellMark, lit: bool, text: str
    ) -> None:
        color = self._theme.color
        room = option.rect.adjusted(_PAD, 0, -_PAD - 1, 0)
        font = option.font
        if cell.kind is FormCellKind.VALUE:
            font.setBold(mark.severity is Severity.ERROR)
            painter.setPen(color("warn" if mark.severity is not None else "text"))
            if mark.icon_name:
                where = QRect(room.left() - 1, room.center().y() - _ICON // 2 + 1, _ICON, _ICON)
                icon(mark.icon_name, self._theme.token("warn")).paint(painter, where)
        else:
            painter.setPen(color("text_muted" if cell.kind is FormCellKind.HEADER else "text"))
        painter.setFont(font)
        if cell.kind is FormCellKind.HEADER:
            room = balanced(painter.fontMetrics(), text, room)
        align = _ALIGN[cell.kind]
        if cell.kind is FormCellKind.VALUE and cell.colspan > 1:
            align = Qt.AlignmentFlag.AlignHCenter
        painter.drawText(room, int(align | Qt.AlignmentFlag.AlignVCenter | _WRAP), text)

    def _edges(self, painter: QPainter, option: _Option, mark: CellMark, lit: bool) -> None:
        rect, color = option.rect, self._theme.color
        painter.setPen(QPen(color("border"), 1))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        if not (current or lit or mark.explained or mark.severity is not None):
            return
        name = "select" if current else "accent" if lit else "warn"
        pen = QPen(color(name), _EDGE if current or lit else 1)
        if not (current or lit) and mark.explained:
            pen.setStyle(Qt.PenStyle.DotLine)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.drawRect(rect.adjusted(1, 1, -2, -2))


def balanced(metrics: QFontMetrics, text: str, room: QRect) -> QRect:
    """As narrow as the text may be without needing more lines: two and two characters, not three and one."""
    wrapped = metrics.boundingRect(QRect(0, 0, room.width(), 10_000), int(_WRAP), text).height()
    lines = max(1, round(wrapped / metrics.lineSpacing()))
    if lines == 1:
        return room
    width = metrics.horizontalAdvance(text[: math.ceil(len(text) / lines)]) + 2
    spare = room.width() - width
    return room if spare <= 0 else room.adjusted(spare // 2, 0, spare // 2 - spare, 0)


def _ground(cell: FormCell, mark: CellMark, lit: bool) -> str:
    if mark.severity is not None:
        return "warn_soft"
    if lit:
        return "accent_soft"
    return "surface" if cell.kind is FormCellKind.VALUE else "surface_alt"
