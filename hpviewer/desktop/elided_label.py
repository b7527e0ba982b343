"""A label that ends in … where room is short, and then tells its whole text as a tooltip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from hpviewer.desktop.plain_tip import plain_tip


class ElidedLabel(QLabel):
    """One line of plain text. ``tip`` is shown instead of the text when it says more than the text does."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._tip = ""
        self._short = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        if role:
            self.setProperty("role", role)

    def set_text(self, text: str, tip: str = "", short: str = "") -> None:
        """``short`` says the same in fewer words and is shown, if need be elided, where the text does not fit."""
        self._tip, self._short = tip, short
        self.setText(text)
        self._update_tooltip()

    def width_of(self, short: bool) -> int:
        """Pixels that the whole text, or its short form, needs."""
        text = self._short if short and self._short else self.text()
        return self.fontMetrics().horizontalAdvance(text) + 2

    @property
    def elided(self) -> bool:
        return self._shown() != self.text()

    def minimumSizeHint(self) -> QSize:
        two_characters = self.fontMetrics().height() * 2
        return QSize(min(two_characters, self.sizeHint().width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._update_tooltip()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), self.alignment(), self._shown())

    def _shown(self) -> str:
        room = self.contentsRect().width()
        text = self.text()
        if self._short and self.fontMetrics().horizontalAdvance(text) > room:
            text = self._short
        return self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)

    def _update_tooltip(self) -> None:
        self.setToolTip(plain_tip(self._tip or (self.text() if self.elided else "")))
