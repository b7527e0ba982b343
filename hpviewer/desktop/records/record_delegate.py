"""Draws a cell of the records table: kind as a soft badge, source by how far it was seen."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QWidget

from hpviewer.desktop.records.record_columns import COLUMNS, PAD
from hpviewer.desktop.records.record_model import ROW_ROLE
from hpviewer.desktop.theme import Theme
from hpviewer.records.column import SourceKind
from hpviewer.records.results import RecordRow, SortKey

_Index = QModelIndex | QPersistentModelIndex
_Option = Any  # a QStyleOptionViewItem; PySide's stubs leave out its fields
_BADGE_PAD = 6
_MUTED = frozenset({SortKey.DOC_NUMBER})

SOURCE_TOKEN = {
    SourceKind.GOVERNMENT: "ok",
    SourceKind.COPY: "warn",
    SourceKind.PRESS: "text_muted",
    SourceKind.OWN: "text",
    SourceKind.SIMULATED: "warn",
}
"""Colour of a source kind; the word itself always stands beside it, colour says nothing alone."""


class RecordDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: _Option, index: _Index) -> QSize:
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        return QSize(option.fontMetrics.horizontalAdvance(text) + 2 * PAD + 2 * _BADGE_PAD, 30)

    def paint(self, painter: QPainter, option: _Option, index: _Index) -> None:
        row: RecordRow | None = index.data(ROW_ROLE)
        key = COLUMNS[index.column()].key
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option)
        painter.setFont(option.font)
        rect: QRect = option.rect.adjusted(PAD, 0, -PAD, 0)
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        if row is not None and key is SortKey.KIND:
            self._paint_badge(painter, rect, text)
        else:
            painter.setPen(self._ink(row, key))
            align = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
            painter.drawText(
                rect, align | Qt.TextFlag.TextSingleLine, self._elided(painter, text, rect.width())
            )
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: _Option) -> None:
        """Whole rows: selected, under the mouse, or plain with a hairline below."""
        rect, state, color = option.rect, option.state, self._theme.color
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, color("accent_soft"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, color("hover"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, color("border"))

    def _paint_badge(self, painter: QPainter, rect: QRect, text: str) -> None:
        metrics = painter.fontMetrics()
        shown = self._elided(painter, text, rect.width() - 2 * _BADGE_PAD)
        height = min(rect.height() - 4, metrics.height() + 4)
        width = metrics.horizontalAdvance(shown) + 2 * _BADGE_PAD
        box = QRectF(rect.left(), rect.center().y() - height / 2 + 0.5, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(badge_ground(self._theme))
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(self._theme.color("text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, shown)

    def _ink(self, row: RecordRow | None, key: SortKey) -> QColor:
        if row is None or key in _MUTED:
            return self._theme.color("text_muted")
        if key is SortKey.SOURCE:
            return self._theme.color(SOURCE_TOKEN[row.source_kind])
        if (key is SortKey.AREA and row.area_ha is None) or (key is SortKey.PUBLISHED and not row.published):
            return self._theme.color("text_faint")
        return self._theme.color("text")

    @staticmethod
    def _elided(painter: QPainter, text: str, width: int) -> str:
        return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)


def badge_ground(theme: Theme) -> QColor:
    """A grey between the row's ground and its text, so that the badge shows on any row."""
    ground = theme.color("text_muted")
    ground.setAlpha(36)
    return ground
