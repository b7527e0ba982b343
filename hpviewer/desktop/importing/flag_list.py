"""Oddities of a source, each with a button that says one has looked into it; warnings without."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from hpviewer.desktop.icons import icon
from hpviewer.desktop.theme import Theme
from hpviewer.wording import say

_MOST = 30


class FlagList(QWidget):
    """Hidden while there is nothing to say."""

    dismissed = Signal(str)  # the flag

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(4)
        theme.changed.connect(self._draw)
        self.hide()

    def show_flags(self, flags: tuple[str, ...], warnings: tuple[str, ...]) -> None:
        if (flags, warnings) != self._shown:
            self._shown = (flags, warnings)
            self._draw()
        self.setVisible(bool(flags or warnings))

    def _draw(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        flags, warnings = self._shown
        for flag in flags:
            self._rows.addWidget(self._row(flag, dismissable=True))
        for warning in warnings[:_MOST]:
            self._rows.addWidget(self._row(warning, dismissable=False))
        if len(warnings) > _MOST:
            more = say("desktop_importing.file.more_warnings", count=len(warnings) - _MOST)
            self._rows.addWidget(self._row(more, dismissable=False))

    def _row(self, text: str, *, dismissable: bool) -> QWidget:
        row = QFrame()
        row.setObjectName("flagRow")
        mark = QLabel()
        mark.setPixmap(icon("warning", self._theme.token("warn")).pixmap(QSize(16, 16)))
        words = QLabel(text)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(8, 4, 4, 4)
        layout.setSpacing(8)
        layout.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(words, 1)
        if dismissable:
            button = QToolButton()
            button.setObjectName("dismissFlag")
            button.setProperty("role", "link")
            button.setText(say("desktop_importing.notice.checked"))
            button.setToolTip(say("desktop_importing.notice.checked_tip"))
            button.setAccessibleName(say("desktop_importing.notice.checked_name", flag=text))
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(lambda: self.dismissed.emit(text))
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row
