"""The owners that a record names; a long list is folded."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hpviewer.desktop.records.links import INSET, Link
from hpviewer.desktop.records.value_label import ValueLabel
from hpviewer.wording import say

_FOLDED = 4


class OwnersField(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._owners: tuple[str, ...] = ()
        self._open = False
        self._list = ValueLabel()
        self._list.setContentsMargins(INSET, 0, 0, 0)
        self._more = Link("", "")
        self._more.setObjectName("owners_more")
        self._more.clicked.connect(self._on_more_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._list)
        layout.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)

    def show_owners(self, owners: tuple[str, ...]) -> None:
        self._owners, self._open = owners, False
        self._draw()

    def _on_more_clicked(self) -> None:
        self._open = not self._open
        self._draw()

    def _draw(self) -> None:
        long = len(self._owners) > _FOLDED + 1
        shown = self._owners if self._open or not long else self._owners[:_FOLDED]
        self._list.setText(say("desktop_records.list_mark").join(shown))
        key = "fold" if self._open else "unfold"
        self._more.show_text(say(f"desktop_records.owners.{key}", count=len(self._owners)), "")
        self._more.setVisible(long)
