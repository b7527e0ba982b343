"""A label for text from the catalogue: never markup, wraps, can be selected and copied."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class ValueLabel(QLabel):
    def __init__(self, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        policy = self.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        self.setSizePolicy(policy)
        if role:
            self.setProperty("role", role)

    def sizeHint(self) -> QSize:
        """As wide as the text in one line: the layout narrows it where there is no room."""
        width = self.fontMetrics().size(Qt.TextFlag.TextExpandTabs, self.text()).width() + 2
        return QSize(width, max(super().heightForWidth(width), self.fontMetrics().height()))

    def minimumSizeHint(self) -> QSize:
        """A word without a break may be cut: it must not widen the whole detail."""
        return QSize(40, self.fontMetrics().height())
