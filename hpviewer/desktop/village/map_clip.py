"""A picture of the map, taken once and carried inside the text that shows it."""

from __future__ import annotations

import base64

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImageWriter, QPixmap


class MapClip:
    """``width`` and ``height`` are in pixels of the layout.

    A data address goes into the text of the screen and of paper alike.
    """

    def __init__(self, picture: QPixmap) -> None:
        self.width = round(picture.width() / picture.devicePixelRatio())
        self.height = round(picture.height() / picture.devicePixelRatio())
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(picture.toImage())
        self.png = bytes(buffer.data().data())

    def width_within(self, width: float, height: float) -> int:
        """The largest width, not above its own, at which it fits into that much room."""
        return int(min(width, height * self.width / max(1, self.height), self.width))

    @property
    def address(self) -> str:
        return "data:image/png;base64," + base64.b64encode(self.png).decode("ascii")
