"""Draws a cell of the records table: kind as a soft badge, source by how far it was seen."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QWidget

from hpviewer.desktop.records.record_columns import COLUMNS, PAD, RecordColumn
from hpviewer.desktop.records.record_model import ROW_ROLE
from hpviewer.desktop.theme import Theme
from hpviewer.records.column import SourceKind
from hpviewer.records.results import RecordRow, SortKey
from hpviewer.wording import say

_Index = QModelIndex | QPersistentModelIndex
_Option = Any  # a QStyleOptionViewItem; PySide's stubs leave out its fields
_BADGE_PAD = 6
_MUTED = frozenset({SortKey.DOC_NUMBER})
_INKS = ("text", "text_muted", "text_faint", "ok", "warn", "accent_soft", "hover", "border")

SOURCE_TOKEN = {
    SourceKind.GOVERNMENT: "ok",
    SourceKind.COPY: "warn",
    SourceKind.PRESS: "text_muted",
    SourceKind.OWN: "text",
    SourceKind.SIMULATED: "warn",
}
"""Colour of a source kind; the word itself always stands beside it, colour says nothing alone."""


class RecordDelegate(QStyledItemDelegate):
    """Asks the model once per cell and keeps the colours: a screen has a hundred cells."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._inks: dict[str, QColor] = {}
        self._on_theme_changed()
        theme.changed.connect(self._on_theme_changed)

    def sizeHint(self, option: _Option, index: _Index) -> QSize:
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        width = option.fontMetrics.horizontalAdvance(text) + 2 * PAD + 2 * _BADGE_PAD
        return QSize(width, option.fontMetrics.height() + 11)

    def paint(self, painter: QPainter, option: _Option, index: _Index) -> None:
        row: RecordRow | None = index.data(ROW_ROLE)
        column = COLUMNS[index.column()]
        whole: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(whole, self._inks["accent_soft"])
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(whole, self._inks["hover"])
        painter.fillRect(whole.left(), whole.bottom(), whole.width(), 1, self._inks["border"])
        painter.setFont(option.font)
        room = whole.adjusted(PAD, 0, -PAD, 0)
        if row is not None and column.key is SortKey.KIND:
            self._paint_badge(painter, room, column.text(row))
        else:
            text = column.text(row) if row is not None else say("desktop_records.under_way")
            painter.setPen(self._ink(row, column))
            align = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            painter.drawText(
                room,
                align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine,
                painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width()),
            )
        painter.restore()

    def _paint_badge(self, painter: QPainter, room: QRect, text: str) -> None:
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width() - 2 * _BADGE_PAD)
        height = min(room.height() - 4, metrics.height() + 4)
        width = metrics.horizontalAdvance(shown) + 2 * _BADGE_PAD
        box = QRectF(room.left(), room.center().y() - height / 2 + 0.5, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._inks["badge"])
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(self._inks["text"])
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, shown)

    def _ink(self, row: RecordRow | None, column: RecordColumn) -> QColor:
        key = column.key
        if row is None or key in _MUTED:
            return self._inks["text_muted"]
        if key is SortKey.SOURCE:
            return self._inks[SOURCE_TOKEN[row.source_kind]]
        absent = (key is SortKey.AREA and row.area_ha is None) or (
            key is SortKey.PUBLISHED and not row.published
        )
        return self._inks["text_faint" if absent else "text"]

    def _on_theme_changed(self) -> None:
        self._inks = {name: self._theme.color(name) for name in _INKS}
        badge = self._theme.color("text_muted")
        badge.setAlpha(36)  # shows on the plain ground and on a selected row
        self._inks["badge"] = badge
