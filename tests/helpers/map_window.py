"""The real map panel with the real page in the real QtWebEngine, on a real catalogue."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from hpviewer.desktop.jobs import JobRunner
from hpviewer.desktop.map.map_page import MapPage
from hpviewer.desktop.map.map_panel import MapPanel
from hpviewer.desktop.map.page_source import map_source
from hpviewer.desktop.theme import Theme
from hpviewer.desktop.web.page import LocalPage
from hpviewer.desktop.web.scheme import register_scheme
from hpviewer.desktop.web.sources import Fetch
from hpviewer.mapping.page_store import build_page
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.session import Session
from tests.helpers.catalogue import bundled_catalogue

if hasattr(os, "geteuid") and os.geteuid() == 0:
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
register_scheme()  # on import: test modules are imported before the first QApplication is made

# Without a graphics card Qt says so when the first page opens; that is the test machine, not the program.
NO_GRAPHICS_CARD = r"^(QRhiGles2|This plugin does not support|QVulkanInstance|Failed to load vulkan|Unable to detect GPU vendor)"

Change = Callable[[str, bytes | None], bytes | None]


@lru_cache(maxsize=1)
def rendered_page() -> Path:
    """The page rendered from the sources of now, once for the whole run."""
    folder = Path(tempfile.mkdtemp(prefix="hpviewer-map-"))
    build_page(folder)
    return folder


def evaluate(qtbot: QtBot, page: LocalPage, script: str) -> Any:
    """Value of a script in the page; anything that JSON can carry."""
    values: list[str | None] = []
    page.runJavaScript(f"JSON.stringify({script})", values.append)
    qtbot.waitUntil(lambda: bool(values))
    return json.loads(values[0]) if values[0] else None


class MapWindow:
    """A panel in a window of its own, and all that its page did that it should not do."""

    def __init__(self, qtbot: QtBot, session: Session, panel: MapPanel, window: QMainWindow) -> None:
        self.qtbot, self.session, self.panel, self.window = qtbot, session, panel, window
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.refused: list[str] = []
        page = panel.page
        page.guard.requested.connect(self.requests.append)
        page.departure_refused.connect(self.refused.append)
        page.complained.connect(lambda text, error: self.errors.append(text) if error else None)

    def evaluate(self, script: str) -> Any:
        return evaluate(self.qtbot, self.panel.page, script)

    def wait(self) -> None:
        """Until the screen shows the session's newest results."""
        self.qtbot.waitUntil(self.panel.is_current, timeout=20_000)

    @property
    def surface(self) -> QObject:
        """The widget inside the view that takes the mouse and the keys."""
        widget = self.panel.view.focusProxy()
        assert widget is not None
        return widget

    def click(self, code: str) -> None:
        """With the mouse, at the label point of a place."""
        x, y = self.evaluate(f"map.pixelOf('{code}')")
        self.qtbot.mouseClick(self.surface, Qt.MouseButton.LeftButton, pos=QPoint(x, y))

    def hover(self, code: str) -> None:
        x, y = self.evaluate(f"map.pixelOf('{code}')")
        for at in (QPoint(x - 1, y), QPoint(x, y)):
            self.qtbot.mouseMove(self.surface, at)

    def region(self, code: str, level: str = "town") -> list[str]:
        """The classes of a region as drawn: level-2, hatched …; empty when it is not shown."""
        layer = f"map.parts.find((part) => part.options?.level === '{level}')"
        classes: list[str] = self.evaluate(
            f"{layer}.shown.has('{code}') ? [...{layer}.paths.get('{code}').classList] : []"
        )
        return classes


@contextmanager
def map_window(
    qtbot: QtBot,
    folder: Path,
    change: Change | None = None,
    size: tuple[int, int] = (435, 658),
    catalogue: Path | None = None,
) -> Iterator[MapWindow]:
    """The map, shown and painted. ``change`` may replace the layers that the page gets; the catalogue is the
    bundled one where none is given."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme = Theme(app, Qt.ColorScheme.Light)
    jobs = JobRunner()
    queries = CatalogueQueries(catalogue or bundled_catalogue(folder))
    session = Session(queries, jobs)
    fetch: Fetch = session.map_layer
    if change is not None:
        fetch = _changed(session, change)
    panel = MapPanel(session, theme, MapPage(map_source(rendered_page(), fetch)))
    window = QMainWindow()
    window.setCentralWidget(panel)
    window.resize(*size)
    opened = MapWindow(qtbot, session, panel, window)
    window.show()
    session.open()
    try:
        opened.wait()
        yield opened
    finally:
        window.close()
        window.deleteLater()
        qtbot.waitUntil(lambda: not shiboken6.isValid(window) and not jobs.busy)
        jobs.close()
        queries.close()
        theme.deleteLater()


def _changed(session: Session, change: Change) -> Fetch:
    def fetch(name: str, deliver: Callable[[bytes | None], None]) -> None:
        session.map_layer(name, lambda body: deliver(change(name, body)))

    return fetch
