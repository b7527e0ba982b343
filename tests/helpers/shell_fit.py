"""Which texts of the window's frame are cut: as a function, and as a program for another screen scale.

``python -m tests.helpers.shell_fit`` prints a JSON list, for use with QT_SCALE_FACTOR, which Qt reads once.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from hpviewer.desktop.elided_label import ElidedLabel
from hpviewer.desktop.window import MainWindow
from tests.helpers.shell_window import shell


def cut_texts(window: MainWindow) -> list[str]:
    """Labels and buttons with less room than their text needs, or that stick out of the window."""
    found = []
    for widget in window.findChildren(QWidget):
        if not isinstance(widget, QAbstractButton | QLabel) or not widget.isVisible() or not widget.text():
            continue
        corner = widget.mapTo(window, QPoint(0, 0))
        inside = window.rect().contains(corner.x(), corner.y()) and (
            corner.x() + widget.width() <= window.width()
        )
        if isinstance(widget, ElidedLabel):
            fits = not widget.elided and widget.height() >= widget.fontMetrics().height()
        elif isinstance(widget, QLabel) and widget.wordWrap():
            fits = widget.height() >= widget.heightForWidth(widget.width())
        else:
            hint = widget.sizeHint()
            fits = widget.width() >= hint.width() and widget.height() >= hint.height()
        below_scroll = window.filters.isAncestorOf(widget)  # scrolled vertically, so only its width counts
        if not fits or not (inside or below_scroll):
            found.append(f"{type(widget).__name__} {widget.text()} {widget.size().toTuple()}")
    return found


def _wait_until(true: Callable[[], bool], patience_ms: int) -> None:
    """Return when it is true or the patience is over; the caller states what it then finds."""
    loop = QEventLoop()
    ticker = QTimer()
    ticker.timeout.connect(lambda: loop.quit() if true() else None)
    ticker.start(10)
    QTimer.singleShot(patience_ms, loop.quit)
    loop.exec()
    ticker.stop()


def main() -> None:
    app = QApplication(sys.argv[:1])
    with (
        tempfile.TemporaryDirectory() as folder,
        shell(Path(folder), Qt.ColorScheme.Light, (1024, 700)) as made,
    ):
        for text in ("home", "report", "import", "export"):
            made.window.add_action(text, app.quit)
        _wait_until(lambda: made.loaded, 20_000)
        made.session.select_place(made.community("龙湖街道", "何棠下村"), "test")
        _wait_until(lambda: made.loaded, 20_000)
        _wait_until(lambda: not cut_texts(made.window), 5_000)  # the last layout comes after the results
        print(json.dumps({"scale": made.window.devicePixelRatioF(), "cut": cut_texts(made.window)}))


if __name__ == "__main__":
    main()
