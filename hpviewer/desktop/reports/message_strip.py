"""A sentence below the area: a failure, a note on what was done, or a question with a button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from hpviewer.desktop.icons import icon
from hpviewer.desktop.theme import Theme
from hpviewer.errors import HpviewerError
from hpviewer.wording import say


class MessageStrip(QFrame):
    """Blocks nothing; shows the newest message until it is dismissed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")  # looks like the main window's
        self.setAccessibleName(say("desktop_reports.message.accessible"))
        self._theme = theme
        self._icon_name = "warning"
        self._action: Callable[[], object] | None = None
        self._mark = QLabel()
        self.text = QLabel()
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.action = QPushButton()
        self.action.setObjectName("report_message_action")
        self.action.setAutoDefault(False)
        self.dismiss = QToolButton()
        self.dismiss.setProperty("role", "flat")
        self.dismiss.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.dismiss.setToolTip(say("desktop_reports.message.dismiss"))
        self.dismiss.setAccessibleName(say("desktop_reports.message.dismiss"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self._mark)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.action)
        layout.addWidget(self.dismiss)
        self.dismiss.clicked.connect(self.hide)
        self.action.clicked.connect(self._on_action)
        theme.changed.connect(self._draw)
        self._draw()
        self.hide()

    def show_error(self, error: HpviewerError) -> None:
        """What happened, and on the next line what can be done."""
        self._show("\n".join(part for part in (error.message, error.next_step) if part), "warning")

    def show_note(self, text: str) -> None:
        self._show(text, "check")

    def ask(self, text: str, answer: str, action: Callable[[], object]) -> None:
        """``action`` runs when the button ``answer`` is pressed; dismissing the strip answers no."""
        self._show(text, "help")
        self.action.setText(answer)
        self._action = action
        self.action.show()
        self.action.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, text: str, name: str) -> None:
        self._action = None
        self.action.hide()
        self.text.setText(text)
        self._icon_name = name
        self.setProperty("kind", "note" if name == "check" else "warning")
        self.style().unpolish(self)
        self.style().polish(self)
        self._draw()
        self.show()

    def _on_action(self) -> None:
        action, self._action = self._action, None
        self.hide()
        if action is not None:
            action()

    def _draw(self) -> None:
        tone = self._theme.token("ok" if self._icon_name == "check" else "warn")
        self._mark.setPixmap(icon(self._icon_name, tone).pixmap(16, 16))
        self.dismiss.setIcon(icon("close", self._theme.token("text_muted")))
