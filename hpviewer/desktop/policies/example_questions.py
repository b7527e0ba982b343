"""What can be asked, as long as nothing was: questions that this catalogue answers, as buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from hpviewer.wording import say

_KEYS = ("assets", "compensation", "biomedicine", "headquarters", "finance", "companies")


def example_questions() -> tuple[str, ...]:
    """Those that are offered where the catalogue answers them."""
    return tuple(say(f"desktop_policies.example.{key}") for key in _KEYS)


class ExampleQuestions(QWidget):
    chosen = Signal(str)  # the question

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: list[QPushButton] = []
        start = QLabel(say("desktop_policies.start"))
        start.setTextFormat(Qt.TextFormat.PlainText)
        start.setWordWrap(True)
        self.label = QLabel()
        self.label.setProperty("role", "muted")
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(16, 16, 16, 16)
        self._layout.setSpacing(8)
        self._layout.addWidget(start)
        self._layout.addWidget(self.label)
        self._layout.addStretch(1)

    def show_examples(self, questions: Sequence[str]) -> None:
        if [button.text() for button in self.buttons] == list(questions) and questions:
            return
        for button in self.buttons:
            self._layout.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        self.label.setText(
            say("desktop_policies.examples") if questions else say("desktop_policies.no_examples")
        )
        for question in questions:
            button = QPushButton(question)
            button.setProperty("role", "suggestion")
            button.setAccessibleName(question)
            button.setAutoDefault(False)
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _=False, asked=question: self.chosen.emit(asked))
            self._layout.insertWidget(self._layout.count() - 1, button, 0, Qt.AlignmentFlag.AlignLeft)
            self.buttons.append(button)
