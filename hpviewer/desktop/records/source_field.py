"""Where a record comes from: how far the source was seen, its name, its address to copy. Opens nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from hpviewer.desktop.plain_tip import plain_tip
from hpviewer.desktop.records.links import INSET
from hpviewer.desktop.records.record_delegate import SOURCE_TOKEN
from hpviewer.desktop.records.value_label import ValueLabel
from hpviewer.desktop.theme import Theme
from hpviewer.records.column import SourceKind
from hpviewer.records.record import Record
from hpviewer.wording import say

_SAID_MS = 2000


class SourceField(QWidget):
    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: SourceKind | None = None
        self._kind = ValueLabel()
        self._name = ValueLabel()
        self._address = QLineEdit()
        self._address.setObjectName("source_address")
        self._address.setReadOnly(True)
        self._address.setFrame(False)
        self._address.setProperty("role", "address")
        self._address.setAccessibleName(say("desktop_records.source.address"))
        self.copy_button = CopyButton(
            say("desktop_records.source.copy_button"), say("desktop_records.source.copy_tip")
        )
        self.copy_button.setObjectName("copy_address")
        self.copy_button.clicked.connect(self._on_copy_clicked)

        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self._kind, 0, Qt.AlignmentFlag.AlignTop)
        first.addWidget(self._name, 1, Qt.AlignmentFlag.AlignTop)
        second = QHBoxLayout()
        second.setSpacing(8)
        second.addWidget(self._address, 1)
        second.addWidget(self.copy_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(INSET, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(first)
        layout.addLayout(second)
        theme.changed.connect(self._on_theme_changed)

    def show_source(self, record: Record) -> None:
        self._shown = record.source_kind
        self._kind.setText(record.source_kind.value)
        self._kind.setToolTip(plain_tip(say(f"desktop_records.source.{record.source_kind.name.lower()}")))
        self._name.setText(record.source_name)
        self._address.setText(record.source_url)
        self._address.setCursorPosition(0)
        self._address.setToolTip(plain_tip(record.source_url))
        for widget in (self._address, self.copy_button):
            widget.setVisible(bool(record.source_url))
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        if self._shown is not None:
            colour = self._theme.token(SOURCE_TOKEN[self._shown])
            self._kind.setStyleSheet(f"color: {colour}; font-weight: 600;")

    def _on_copy_clicked(self) -> None:
        self.copy_button.copy(self._address.text())


class CopyButton(QPushButton):
    """Copies a text and says for two seconds that it has."""

    def __init__(self, text: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._text = text
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self.setProperty("role", "link")
        self.setFlat(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._said = QTimer(self, singleShot=True, interval=_SAID_MS)
        self._said.timeout.connect(self._on_said)

    def copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.setText(say("desktop_records.copied"))
        self._said.start()

    def _on_said(self) -> None:
        self.setText(self._text)
