"""The text of a document with the words marked that a field came from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit, QWidget

from hpviewer.desktop.theme import Theme
from hpviewer.wording import say

Span = tuple[int, int]


class SourceText(QPlainTextEdit):
    """All words that a field came from are marked softly, those of the field in focus strongly."""

    place_chosen = Signal(int)  # position in the text that was clicked, or where Enter was pressed

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._known: tuple[Span, ...] = ()
        self._lit: tuple[Span, ...] = ()
        self._units: list[int] | None = None
        self.setObjectName("sourceText")
        self.setAccessibleName(say("desktop_importing.notice.text"))
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        theme.changed.connect(self._mark)

    @property
    def lit(self) -> tuple[Span, ...]:
        """The spans marked strongly."""
        return self._lit

    def show_text(self, text: str, known: Sequence[Span]) -> None:
        """``known``: the spans of all fields. Positions count characters of ``text``."""
        if text != self.toPlainText():
            self.setPlainText(text)
            self._units = None
            if any(char > "\uffff" for char in text):
                # Qt counts UTF-16 units: each character outside the basic plane is two of them
                self._units = [0]
                for char in text:
                    self._units.append(self._units[-1] + (2 if char > "\uffff" else 1))
            self._lit = ()
        self._known = tuple(known)
        self._mark()

    def light(self, spans: Sequence[Span]) -> None:
        """Mark the words of one field and scroll to the first of them."""
        if tuple(spans) == self._lit:
            return
        self._lit = tuple(spans)
        self._mark()
        if spans:
            cursor = self.textCursor()
            cursor.setPosition(self._to_units(spans[0][0]))
            self.setTextCursor(cursor)
            self.centerCursor() if not self._visible(cursor) else self.ensureCursorVisible()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.place_chosen.emit(self._position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.place_chosen.emit(self._position())
        else:
            super().keyPressEvent(event)

    def _position(self) -> int:
        units = self.textCursor().position()
        return units if self._units is None else next(at for at, u in enumerate(self._units) if u >= units)

    def _to_units(self, position: int) -> int:
        return position if self._units is None else self._units[min(position, len(self._units) - 1)]

    def _visible(self, cursor: QTextCursor) -> bool:
        return self.viewport().rect().contains(self.cursorRect(cursor))

    def _mark(self) -> None:
        marks = []
        for spans, strong in ((self._known, False), (self._lit, True)):
            look = QTextCharFormat()
            if strong:
                look.setBackground(self._theme.color("accent"))
                look.setForeground(self._theme.color("on_accent"))
            else:
                look.setBackground(self._theme.color("accent_soft"))
            for start, end in spans:
                mark = QTextEdit.ExtraSelection()
                cursor = QTextCursor(self.document())
                cursor.setPosition(self._to_units(start))
                cursor.setPosition(self._to_units(end), QTextCursor.MoveMode.KeepAnchor)
                mark.cursor = cursor  # type: ignore[attr-defined]  # missing in PySide's stubs
                mark.format = look  # type: ignore[attr-defined]
                marks.append(mark)
        self.setExtraSelections(marks)
