"""The keys of the window on one sheet (F1), laid over it without stopping anything."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from hpviewer.wording import say

_ROWS = ("search", "choose", "toggle", "up", "history", "clear", "areas", "tab", "settings", "help")


class KeySheet(QFrame):
    """A child of the window in its middle; Esc, F1 or a click closes it (the window sees to the keys)."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("keySheet")
        self.setAccessibleName(say("desktop.keys.name"))
        title = QLabel(say("desktop.keys.title"))
        title.setProperty("role", "title")
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        for row, name in enumerate(_ROWS):
            keys, _, meaning = say(f"desktop.keys.row.{name}").partition("|")
            key_label = QLabel(keys)
            key_label.setProperty("role", "key")
            grid.addWidget(key_label, row, 0)
            grid.addWidget(QLabel(meaning), row, 1)
        close = QLabel(say("desktop.keys.close"))
        close.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(16)
        layout.addWidget(title)
        layout.addLayout(grid)
        layout.addWidget(close)
        window.installEventFilter(self)
        self.hide()

    def toggle(self) -> None:
        """Show in the middle of the window, or hide."""
        if self.isVisible():
            self.hide()
            return
        self._centre()
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._centre()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QEvent) -> None:
        self.hide()

    def _centre(self) -> None:
        window = self.parentWidget()
        assert window is not None
        self.resize(self.sizeHint())
        self.move((window.width() - self.width()) // 2, (window.height() - self.height()) // 2)
