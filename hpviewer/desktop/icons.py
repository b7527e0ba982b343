"""Our drawn icons in a colour of the theme."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from hpviewer import paths

_SIDE = 16
_SCALES = (1, 2, 3)  # 100, 200 and 300 %; sizes between are scaled down from the next larger one


@cache
def icon(name: str, colour: str) -> QIcon:
    """resources/icons/<name>.svg with currentColor set to ``colour`` (#rrggbb), 16 px at each screen scale."""
    source = (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))
    result = QIcon()
    for scale in _SCALES:
        pixmap = QPixmap(_SIDE * scale, _SIDE * scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter)
        painter.end()
        result.addPixmap(pixmap)
    return result


def application_icon() -> QIcon:
    """The icon of the window and the task bar."""
    result = QIcon()
    renderer = QSvgRenderer(str(paths.resources() / "icons" / "hpviewer.svg"))
    for side in (16, 24, 32, 48, 64, 128, 256):
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter)
        painter.end()
        result.addPixmap(pixmap)
    return result
