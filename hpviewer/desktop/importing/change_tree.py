"""A tree of what an import would change: columns for what, old and new, coloured by the kind of change."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QStyledItemDelegate, QTreeView, QWidget

from hpviewer.desktop.importing.changes_model import CHANGE_ROLE
from hpviewer.desktop.theme import Theme
from hpviewer.records.change import ChangeKind

_Index = QModelIndex | QPersistentModelIndex
_ROW_PAD = 8


class ChangeTree(QTreeView):
    """For a model of two levels with these three columns."""

    def __init__(
        self, model: QAbstractItemModel, name: str, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(_ChangeDelegate(self, theme))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        header = self.header()
        header.setSectionsMovable(False)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        theme.changed.connect(self.viewport().update)

    def share_width(self) -> None:
        width = self.viewport().width()
        self.setColumnWidth(0, width * 5 // 12)
        self.setColumnWidth(1, width * 7 // 24)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share_width()


class _ChangeDelegate(QStyledItemDelegate):
    """Colours what is new and what changes; the words say it, too."""

    def __init__(self, view: QTreeView, theme: Theme) -> None:
        super().__init__(view)
        self._theme = theme

    def sizeHint(self, option: Any, index: _Index) -> QSize:
        return QSize(0, option.fontMetrics.height() + _ROW_PAD)

    def initStyleOption(self, option: Any, index: _Index) -> None:
        super().initStyleOption(option, index)
        kind = index.data(CHANGE_ROLE)  # through Qt it comes back as a plain string
        tone = {ChangeKind.ADDED: "ok", ChangeKind.UPDATED: "accent", ChangeKind.REMOVED: "warn"}.get(
            kind, "text"
        )
        if kind == ChangeKind.UNCHANGED or (kind is None and index.column() == 0):
            tone = "text_muted"
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
            option.palette.setColor(role, self._theme.color(tone))
