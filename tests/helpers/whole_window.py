"""The window as the program wires it, with the page rendered from the sources of now."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from hpviewer.desktop.app import Desktop
from hpviewer.desktop.map.map_page import AwaitedFetch, MapPage
from hpviewer.desktop.map.page_source import map_source
from hpviewer.desktop.theme import Theme
from tests.helpers.catalogue import bundled_catalogue
from tests.helpers.map_window import evaluate, rendered_page

SETTLED = 20_000


class WholeWindow:
    def __init__(self, qtbot: QtBot, desktop: Desktop) -> None:
        self.qtbot, self.desktop, self.session = qtbot, desktop, desktop.session

    @property
    def surface(self) -> QWidget:
        """The widget inside the map that takes the mouse and the keys."""
        widget = self.desktop.map_panel.view.focusProxy()
        assert widget is not None
        return widget

    def settle(self) -> None:
        """Map, table and queries are at rest on the same filter."""
        panel, jobs = self.desktop.map_panel, self.desktop.jobs
        self.qtbot.waitUntil(lambda: panel.is_current() and not jobs.busy, timeout=SETTLED)

    def rest(self) -> None:
        """The page has the size of its place in the window, and the map has moved to where it belongs."""
        view = self.desktop.map_panel.view
        self.qtbot.waitUntil(
            lambda: (
                self.evaluate("map.moving || map.zooming ? null : map.leaflet.getSize().y") == view.height()
            )
        )

    def evaluate(self, script: str) -> object:
        return evaluate(self.qtbot, self.desktop.map_panel.page, script)

    def click_place(self, code: str) -> None:
        """With the mouse, at the label point of a place that the map shows."""
        x, y = evaluate(self.qtbot, self.desktop.map_panel.page, f"map.pixelOf('{code}')")
        at = QPoint(x, y)
        assert self.surface.rect().contains(at), "the place is out of sight"
        self.qtbot.mouseClick(self.surface, Qt.MouseButton.LeftButton, pos=at)


@contextmanager
def whole_window(qtbot: QtBot, folder: Path, size: tuple[int, int] = (1366, 768)) -> Iterator[WholeWindow]:
    """Shown and settled. Errors of the page and requests beyond our scheme fail when it closes."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme = Theme(app, Qt.ColorScheme.Light)
    fetch = AwaitedFetch()
    page = MapPage(map_source(rendered_page(), fetch))
    desktop = Desktop(theme, bundled_catalogue(folder), page=page)
    fetch.found(desktop.session.map_layer)
    errors: list[str] = []
    blocked: list[str] = []
    desktop.map_panel.page.complained.connect(lambda text, error: errors.append(text) if error else None)
    desktop.map_panel.page.guard.blocked.connect(blocked.append)
    desktop.window.resize(*size)
    desktop.open()
    opened = WholeWindow(qtbot, desktop)
    opened.settle()
    yield opened
    desktop.close()
    theme.deleteLater()
    assert (errors, blocked) == ([], [])
