"""Above the map while its clicks choose places for a record: what a click does, what is chosen, the ways out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from hpviewer.wording import say


class PickingBar(QFrame):
    """A part of the layout and not a layer over the page: it hides nothing of the map."""

    finished = Signal()  # go back with the chosen places
    cancelled = Signal()  # go back without them

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pickingBar")
        self.setAccessibleName(say("desktop_map.picking.name"))
        self.about = _label(say("desktop_map.picking.about"), "key")
        self.chosen = _label("", "text")
        self.chosen.setObjectName("pickingChosen")
        self.done = QPushButton(say("desktop_map.picking.done"))
        self.done.setObjectName("pickingDone")
        self.done.setProperty("role", "primary")
        self.done.setToolTip(say("desktop_map.picking.done_tip"))
        self.done.clicked.connect(self.finished)
        self.cancel = QPushButton(say("desktop_map.picking.cancel"))
        self.cancel.setObjectName("pickingCancel")
        self.cancel.setToolTip(say("desktop_map.picking.cancel_tip"))
        self.cancel.clicked.connect(self.cancelled)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        hint = _label(say("desktop_map.picking.hint"), "small")
        buttons.addWidget(hint, 1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.done)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(4)
        layout.addWidget(self.about)
        layout.addWidget(self.chosen)
        layout.addLayout(buttons)

    def show_names(self, names: list[str]) -> None:
        """The chosen places."""
        if names:
            listed = say("desktop_map.picking.list_mark").join(names)
            text = say("desktop_map.picking.chosen", count=len(names), names=listed)
        else:
            text = say("desktop_map.picking.nothing")
        self.chosen.setText(text)


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label
