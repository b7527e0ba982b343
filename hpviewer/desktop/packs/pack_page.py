"""Packing: where to, a note, a key if it is to be signed."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from hpviewer.desktop.exporting.ask_file import ask_file
from hpviewer.desktop.records.value_label import ValueLabel
from hpviewer.desktop.reports.message_strip import MessageStrip
from hpviewer.desktop.theme import Theme
from hpviewer.errors import HpviewerError
from hpviewer.session.pack_desk import SUFFIX, Packed
from hpviewer.session.pack_session import PackSession
from hpviewer.session.session import Session
from hpviewer.wording import say


class PackPage(QWidget):
    def __init__(
        self, packs: PackSession, session: Session, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._packs, self._session = packs, session
        self._stopped: threading.Event | None = None
        self.setObjectName("packPage")
        self.what = ValueLabel()
        self.file = self._line("file")
        self.note = self._line("note")
        self.key = self._line("key")
        self.key_hint = ValueLabel("muted")
        self.key_hint.setText(say("desktop_packs.pack.key_tip"))
        self.browse = _button("pack_browse", "desktop_packs.browse")
        self.browse_key = _button("pack_browse_key", "desktop_packs.browse")
        self.start = _button("pack_start", "desktop_packs.pack.start")
        self.start.setProperty("role", "primary")
        self.stop = _button("pack_stop", "desktop_packs.pack.stop")
        self.strip = MessageStrip(theme)
        self._compose()
        self.file.textChanged.connect(lambda _: self._enable())
        self.browse.clicked.connect(lambda: self.ask_target())
        self.browse_key.clicked.connect(lambda: self._ask_key())
        self.start.clicked.connect(lambda: self._on_start())
        self.stop.clicked.connect(lambda: self.cancel())
        self._enable()

    def cancel(self) -> None:
        """End the packing under way; nothing is left behind."""
        if self._stopped is not None:
            self._stopped.set()
            self._stopped = None
            self._enable()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        info = self._session.info
        if info is not None:
            self.what.setText(
                say(
                    "desktop_packs.pack.what",
                    name=info.name,
                    records=f"{info.records:,}",
                    date=info.data_date,
                )
            )

    def ask_target(self) -> QFileDialog:
        date = self._session.info.data_date if self._session.info else ""
        proposed = Path(self.file.text()).name or say("desktop_packs.pack.name", date=date)
        return ask_file(
            self,
            say("desktop_packs.pack.title"),
            proposed,
            SUFFIX.removeprefix("."),
            say("desktop_packs.filter"),
            lambda file: self.file.setText(str(file)),
        )

    def _ask_key(self) -> None:
        dialog = QFileDialog(self, say("desktop_packs.pack.key_title"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.key.setText)
        dialog.setModal(False)
        dialog.show()

    def _compose(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, (name, line, button) in enumerate(
            (("file", self.file, self.browse), ("note", self.note, None), ("key", self.key, self.browse_key))
        ):
            label = QLabel(say(f"desktop_packs.pack.{name}"))
            label.setBuddy(line)
            grid.addWidget(label, row, 0)
            grid.addWidget(line, row, 1)
            if button is not None:
                grid.addWidget(button, row, 2)
        grid.addWidget(self.key_hint, 3, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.stop)
        buttons.addWidget(self.start)
        inside = QVBoxLayout()
        inside.setContentsMargins(16, 16, 16, 16)
        inside.setSpacing(16)
        inside.addWidget(self.what)
        inside.addLayout(grid)
        inside.addLayout(buttons)
        inside.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(inside, 1)
        layout.addWidget(self.strip)

    @staticmethod
    def _line(name: str) -> QLineEdit:
        line = QLineEdit()
        line.setObjectName(f"pack_{name}")
        line.setAccessibleName(say(f"desktop_packs.pack.{name}"))
        line.setPlaceholderText(say(f"desktop_packs.pack.{name}_hint"))
        return line

    def _enable(self) -> None:
        self.start.setEnabled(bool(self.file.text().strip()) and self._stopped is None)
        self.stop.setVisible(self._stopped is not None)

    def _on_start(self) -> None:
        key = self.key.text().strip()
        stopped = self._stopped = threading.Event()
        self.strip.hide()
        self._enable()
        self._packs.pack(
            Path(self.file.text().strip()).expanduser(),
            self.note.text().strip(),
            Path(key).expanduser() if key else None,
            stopped,
            self._on_packed,
            self._on_failed,
        )

    def _on_packed(self, packed: Packed) -> None:
        self._stopped = None
        self._enable()
        signed = (
            say("desktop_packs.pack.signed", name=packed.key)
            if packed.key
            else say("session_packs.trust.unsigned")
        )
        done = say("desktop_packs.pack.done", file=packed.path, size=f"{packed.size / 1e6:.1f}")
        self.strip.show_note(f"{done}\n{signed}")

    def _on_failed(self, error: HpviewerError) -> None:
        self._stopped = None
        self._enable()
        self.strip.show_error(error)


def _button(name: str, key: str) -> QPushButton:
    button = QPushButton(say(key))
    button.setObjectName(name)
    button.setAutoDefault(False)
    return button
