"""One field of a record to type or choose in, with what is wrong with it below."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from hpviewer.desktop.importing.quiet_combo import QuietCombo

_LINES = (1, 5)
_WIDE_ENOUGH = 22
"""Characters from which on a long field takes a second line."""


class FieldEditor(QWidget):
    """``choices`` make it a list; ``long`` lets it grow to several lines (leaving it commits).

    ``committed`` is sent when the text differs from what was shown last.
    """

    committed = Signal(str, str)  # field, text
    entered = Signal(str)  # the keyboard or the mouse is at this field

    def __init__(
        self,
        field: str,
        label: str,
        *,
        long: bool = False,
        choices: Iterable[tuple[str, str]] | None = None,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.field = field
        self._shown = ""
        self.editor: QLineEdit | QPlainTextEdit | QuietCombo
        if choices is not None:
            self.editor = QuietCombo(choices, label)
            self.editor.activated.connect(self.commit)
        elif long:
            self.editor = QPlainTextEdit()
            self.editor.setTabChangesFocus(True)
            self.editor.setPlaceholderText(hint)
            self.editor.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
            self.editor.textChanged.connect(self._fit)
        else:
            self.editor = QLineEdit()
            self.editor.setPlaceholderText(hint)
            self.editor.setMaxLength(2000)
            self.editor.editingFinished.connect(self.commit)
        self.editor.setObjectName(f"field_{field}")
        self.editor.setAccessibleName(label)
        self.editor.setAcceptDrops(False)  # a file dropped here is for the list, not for the field
        self.editor.installEventFilter(self)
        self.editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.message = QLabel()
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self.message.setProperty("role", "warn")
        self.message.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.editor)
        layout.addWidget(self.message)
        self.setFocusProxy(self.editor)
        self._fit()

    @property
    def text(self) -> str:
        if isinstance(self.editor, QuietCombo):
            return self.editor.code
        if isinstance(self.editor, QPlainTextEdit):
            return self.editor.toPlainText()
        return self.editor.text()

    def show_text(self, text: str, *, force: bool = False) -> None:
        """A text that is being typed and not committed yet stays, unless ``force``."""
        if self.text != self._shown and not force:
            return
        self._shown = text
        if self.text == text:
            return
        if isinstance(self.editor, QuietCombo):
            self.editor.show_code(text)
        elif isinstance(self.editor, QPlainTextEdit):
            self.editor.setPlainText(text)
            self._fit()
        else:
            self.editor.setText(text)
            self.editor.setCursorPosition(0)

    def show_message(self, text: str) -> None:
        self.message.setText(text)
        self.message.setVisible(bool(text))
        self.editor.setAccessibleDescription(text)

    def commit(self) -> None:
        if self.text != self._shown:
            self._shown = self.text
            self.committed.emit(self.field, self.text)

    # -- inside ----------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.entered.emit(self.field)
        elif event.type() == QEvent.Type.FocusOut:
            if isinstance(self.editor, QPlainTextEdit):
                self.commit()
        elif event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self, self._fit)  # once the text is laid out in the new width
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.entered.emit(self.field)

    def _fit(self) -> None:
        """As high as the text, within limits; a few characters take one line."""
        if not isinstance(self.editor, QPlainTextEdit):
            return
        lines = max(1, round(self.editor.document().size().height()))
        if len(self.text) <= _WIDE_ENOUGH and "\n" not in self.text:
            lines = 1
        lines = min(max(lines, _LINES[0]), _LINES[1])
        frame = self.editor.contentsMargins().top() + self.editor.contentsMargins().bottom()
        height = lines * self.editor.fontMetrics().lineSpacing() + frame + 10
        if self.editor.height() != height:
            self.editor.setFixedHeight(height)
