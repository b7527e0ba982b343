"""A choice that changes only when one is made: neither by the wheel scrolled past it nor by each arrow key."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

_STEPS = (
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
)  # fmt: skip
_OPENS = (
    Qt.Key.Key_Space,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Escape,
)
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class QuietCombo(QComboBox):
    """``choices`` are (code, label). ``activated`` is sent for choices of the user only.

    Arrow keys open the list instead of stepping: each step would take effect, and read a file anew.
    """

    def __init__(self, choices: Iterable[tuple[str, str]], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        for code, label in choices:
            self.addItem(label, code)
        self.setAccessibleName(name)
        self.setMaxVisibleItems(16)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.view().setAccessibleName(name)

    @property
    def code(self) -> str:
        return str(self.currentData() or "")

    def show_code(self, code: str) -> None:
        self.setCurrentIndex(max(0, self.findData(code)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS:
            self.showPopup()
        elif event.text() and event.key() not in _OPENS and not event.modifiers() & _COMMANDS:
            event.accept()  # a letter would jump to an entry
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
