"""Draws the program's icon in the sizes that menus want: python draw_icons.py ICON.svg FOLDER (needs PySide6)."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 24, 32, 48, 64, 128, 256)


def draw(source: Path, folder: Path) -> None:
    """hpviewer-<size>.png for each size, and hpviewer.ico (256 pixels) for Windows."""
    renderer = QSvgRenderer(str(source))
    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        renderer.render(painter)
        painter.end()
        if not image.save(str(folder / f"hpviewer-{size}.png")):
            raise SystemExit(f"cannot write to {folder}")
    if not image.save(str(folder / "hpviewer.ico")):
        raise SystemExit("this Qt writes no .ico")


if __name__ == "__main__":
    app = QGuiApplication([])
    draw(Path(sys.argv[1]), Path(sys.argv[2]))
