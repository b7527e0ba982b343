"""A picture of the real window, off screen, taken when everything in it is drawn."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSize, Qt, QTimer

from hpviewer.desktop.app import Desktop
from hpviewer.desktop.start import make_application
from hpviewer.desktop.theme import Theme
from hpviewer.errors import HpviewerError, InputError
from hpviewer.records.filter import RecordFilter
from hpviewer.session.events import ResultsLoaded, WorkFailed
from hpviewer.wording import say

_PATIENCE_MS = 30_000
_LOOK_EVERY_MS = 20
_SETTLED_LOOKS = 5  # the widgets' own repaints follow the results by an event or two


def take_snapshot(
    catalogue: Path, filter: RecordFilter, out: Path, size: tuple[int, int], dark: bool
) -> None:
    """Save the window with this filter as PNG. ``size`` is width, height in pixels, at least 1024 × 700.

    HpviewerError when the picture cannot be written or the window is not drawn in 30 s.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = make_application()
    theme = Theme(app, Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)
    desktop = Desktop(theme, catalogue)
    desktop.window.resize(QSize(*size))
    try:
        _wait_until_drawn(desktop, filter)
        picture = desktop.window.grab()
    finally:
        desktop.close()
    out.parent.mkdir(parents=True, exist_ok=True)
    temporary = out.with_name(f".{out.name}.{os.getpid()}.png")
    if not picture.save(str(temporary), "PNG"):
        temporary.unlink(missing_ok=True)
        raise InputError(
            say("desktop_app.snapshot.unwritable", file=out), say("desktop_app.snapshot.unwritable_next")
        )
    temporary.replace(out)


def _wait_until_drawn(desktop: Desktop, filter: RecordFilter) -> None:
    loop = QEventLoop()
    failures: list[HpviewerError] = []

    def fail(error: HpviewerError) -> None:
        failures.append(error)
        loop.quit()

    settled = 0

    def show_first(event: ResultsLoaded) -> None:
        """A picture says more with a record open: the first of the table."""
        if event.results.rows and desktop.session.detail is None:
            desktop.session.select_record(event.results.rows[0].id, "snapshot")

    def look() -> None:
        nonlocal settled
        drawn = desktop.map_panel.is_shown() and not desktop.jobs.busy
        settled = settled + 1 if drawn else 0
        if settled >= _SETTLED_LOOKS:
            loop.quit()

    ticker = QTimer()
    ticker.timeout.connect(look)
    ticker.start(_LOOK_EVERY_MS)
    patience = QTimer()
    patience.setSingleShot(True)
    patience.timeout.connect(
        lambda: fail(HpviewerError(say("desktop_app.snapshot.late"), say("desktop_app.snapshot.late_next")))
    )
    patience.start(_PATIENCE_MS)
    desktop.session.subscribe(ResultsLoaded, show_first)
    desktop.session.subscribe(WorkFailed, lambda event: fail(event.error))
    desktop.open(filter)
    if not failures:
        loop.exec()
    ticker.stop()
    patience.stop()
    if failures:
        raise failures[0]
