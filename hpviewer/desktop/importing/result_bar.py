"""What came of the last gesture: saved, taken back, failed. Blocks nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from hpviewer.desktop.icons import icon
from hpviewer.desktop.theme import Theme
from hpviewer.wording import say


class ResultBar(QFrame):
    undo_requested = Signal(int)  # number of the batch that the shown result is about

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._batch = 0
        self.setObjectName("resultBar")
        self.setAccessibleName(say("desktop_importing.result.name"))
        self.text = QLabel()
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.undo = QPushButton(say("desktop_importing.result.undo"))
        self.undo.setObjectName("undoResult")
        self.undo.clicked.connect(lambda: self.undo_requested.emit(self._batch))
        self.dismiss = QToolButton()
        self.dismiss.setProperty("role", "flat")
        self.dismiss.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.dismiss.setToolTip(say("desktop_importing.result.dismiss"))
        self.dismiss.setAccessibleName(say("desktop_importing.result.dismiss"))
        self.dismiss.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 8, 6)
        layout.setSpacing(12)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.undo)
        layout.addWidget(self.dismiss)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.hide()

    def show_result(self, text: str, *, warn: bool = False, batch: int = 0) -> None:
        """``batch`` other than 0 can be taken back from here."""
        self._batch = batch
        self.text.setText(text)
        self.undo.setVisible(bool(batch))
        self.undo.setAccessibleName(say("desktop_importing.result.undo_name", batch=batch))
        self.setProperty("tone", "warn" if warn else "ok")
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()

    def _on_theme_changed(self) -> None:
        self.dismiss.setIcon(icon("close", self._theme.token("text_muted")))
