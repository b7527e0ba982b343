"""A record that is to be edited while the form still holds something that is not saved."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from hpviewer.records.record import Record
from hpviewer.wording import say


class WaitingRecord(QFrame):
    """A line above the form. The record waits until the form is saved, or until the button gives the draft up."""

    draft_given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("flagRow")
        self.record: Record | None = None
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.button = QPushButton(say("desktop_importing.form.give_up"))
        self.button.setObjectName("giveUpDraft")
        self.button.clicked.connect(self.draft_given_up)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, 8, 4)
        layout.setSpacing(12)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.button)
        self.hide()

    def wait(self, record: Record) -> None:
        self.record = record
        text = say("desktop_importing.form.waiting", title=record.title)
        self._text.setText(text)
        self.setAccessibleName(text)
        self.show()

    def take(self) -> Record | None:
        """The record, which waits no longer."""
        record, self.record = self.record, None
        self.hide()
        return record
