"""What an import would change, or changed: records, and field by field old and new."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QStyledItemDelegate, QTreeView, QWidget

from hpviewer.desktop.importing.change_text import NameOf
from hpviewer.desktop.importing.changes_model import CHANGE_ROLE, ChangesModel
from hpviewer.desktop.theme import Theme
from hpviewer.records.change import ChangeKind, RecordChange
from hpviewer.wording import say

_Index = QModelIndex | QPersistentModelIndex
_ROW_PAD = 8
_UNFOLDED = 12
"""Up to this many records are shown unfolded."""


class ChangesView(QTreeView):
    def __init__(self, name_of: NameOf, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("importChanges")
        self.setAccessibleName(say("desktop_importing.change.tree"))
        self.changes = ChangesModel(name_of, self)
        self.setModel(self.changes)
        self.setItemDelegate(_ChangeDelegate(self, theme))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        header = self.header()
        header.setSectionsMovable(False)
        header.setStretchLastSection(True)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        theme.changed.connect(self.viewport().update)

    def show_changes(self, changes: Sequence[RecordChange]) -> None:
        self.changes.show_changes(changes)
        if len(changes) <= _UNFOLDED:
            self.expandAll()
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        width = self.viewport().width()
        self.setColumnWidth(0, width * 5 // 12)
        self.setColumnWidth(1, width * 7 // 24)


class _ChangeDelegate(QStyledItemDelegate):
    """Colours what is new and what changes; the words say it, too."""

    def __init__(self, view: QTreeView, theme: Theme) -> None:
        super().__init__(view)
        self._theme = theme

    def sizeHint(self, option: Any, index: _Index) -> QSize:
        return QSize(0, option.fontMetrics.height() + _ROW_PAD)

    def initStyleOption(self, option: Any, index: _Index) -> None:
        super().initStyleOption(option, index)
        kind = index.data(CHANGE_ROLE)
        tone = {ChangeKind.ADDED: "ok", ChangeKind.UPDATED: "accent", ChangeKind.REMOVED: "warn"}.get(
            kind, "text"
        )
        if kind is ChangeKind.UNCHANGED or (kind is None and index.column() == 0):
            tone = "text_muted"
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
            option.palette.setColor(role, self._theme.color(tone))
