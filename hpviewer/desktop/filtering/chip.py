"""One condition of the filter as a removable chip."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from hpviewer.desktop.elided_label import ElidedLabel
from hpviewer.desktop.icons import icon
from hpviewer.desktop.theme import Theme
from hpviewer.records.filter import Part
from hpviewer.wording import say

_WIDEST = 320
_CHIP_MARGINS = (10, 3)
_CHIP_SPACING = 2


class Chip(QFrame):
    """One condition. Its cross, or Delete and Backspace on it, take it away."""

    remove_requested = Signal(object)  # Part

    def __init__(self, part: Part, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.part = part
        self.setProperty("role", "chip")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.label = ElidedLabel(role="chip-text")
        self.button = QToolButton()
        self.button.setProperty("role", "chip-remove")
        self.button.setIcon(icon("close", theme.token("accent")))
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button.clicked.connect(lambda: self.remove_requested.emit(self.part))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(_CHIP_MARGINS[0], 0, _CHIP_MARGINS[1], 0)
        layout.setSpacing(_CHIP_SPACING)
        layout.addWidget(self.label)
        layout.addWidget(self.button)

    def set_text(self, text: str, short: str) -> None:
        self.label.set_text(text, short=short)
        name = say("desktop.chips.remove", text=text)
        self.button.setAccessibleName(name)
        self.button.setToolTip(name)

    def wanted(self, short: bool) -> int:
        """Pixels for the whole text, or for its short form, and the cross; long texts want no more than a third

        of the smallest window.
        """
        frame = sum(_CHIP_MARGINS) + _CHIP_SPACING + self.button.sizeHint().width()
        return min(_WIDEST, self.label.width_of(short)) + frame

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_requested.emit(self.part)
        else:
            super().keyPressEvent(event)
