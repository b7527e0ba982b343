"""A failure in a sentence with its next step, above the status line; it blocks nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from hpviewer.desktop.icons import icon
from hpviewer.desktop.theme import Theme
from hpviewer.errors import HpviewerError
from hpviewer.session.events import CatalogueOpened, WorkFailed
from hpviewer.session.session import Session
from hpviewer.wording import say


class MessageBar(QFrame):
    """Shows the newest failure until it is dismissed or a catalogue opens."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("messageBar")
        self.setAccessibleName(say("desktop.message.name"))
        self._mark = QLabel()
        self.text = QLabel()
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.dismiss = QToolButton()
        self.dismiss.setProperty("role", "flat")
        self.dismiss.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.dismiss.setToolTip(say("desktop.message.dismiss"))
        self.dismiss.setAccessibleName(say("desktop.message.dismiss"))
        self.dismiss.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self._mark)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.dismiss)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.hide()
        session.subscribe(WorkFailed, lambda event: self.show_error(event.error))
        session.subscribe(CatalogueOpened, lambda _: self.hide())
        if session.failure is not None:
            self.show_error(session.failure)

    def show_error(self, error: HpviewerError) -> None:
        """What happened, and on the next line what can be done."""
        self.text.setText("\n".join(part for part in (error.message, error.next_step) if part))
        self.show()

    def _on_theme_changed(self) -> None:
        self._mark.setPixmap(icon("warning", self._theme.token("warn")).pixmap(16, 16))
        self.dismiss.setIcon(icon("close", self._theme.token("warn")))
