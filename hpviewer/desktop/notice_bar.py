"""A calm note above the status line: something to know or to decide, when the user likes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from hpviewer.desktop.icons import icon
from hpviewer.desktop.records.value_label import ValueLabel
from hpviewer.desktop.theme import Theme
from hpviewer.wording import say


class NoticeBar(QFrame):
    """Blocks nothing and stays until it is dismissed. ``action`` is its button: text and what it does."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        action: tuple[str, Callable[[], object]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("noticeBar")
        self.setAccessibleName(say("desktop.message.name"))
        self.text = ValueLabel()
        self.text.setText(text)
        self.dismiss = QToolButton()
        self.dismiss.setProperty("role", "flat")
        self.dismiss.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.dismiss.setToolTip(say("desktop.message.dismiss"))
        self.dismiss.setAccessibleName(say("desktop.message.dismiss"))
        self.dismiss.clicked.connect(self.hide)
        self.button: QPushButton | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 8, 4)
        layout.setSpacing(8)
        layout.addWidget(self.text, 1)
        if action is not None:
            label, slot = action
            self.button = QPushButton(label)
            self.button.setAutoDefault(False)
            self.button.clicked.connect(lambda: slot())
            layout.addWidget(self.button)
        layout.addWidget(self.dismiss)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        self.dismiss.setIcon(icon("close", self._theme.token("text_muted")))
