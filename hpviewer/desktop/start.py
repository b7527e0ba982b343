"""From the command to the first picture, as fast as the parts allow.

The map's page comes up in processes of its own and takes longest, so it starts first; everything else is imported
and made in small steps of the event loop beside it (tests/bench/RESULTS.md). Hence the late imports here.
"""

from __future__ import annotations

import gc
import importlib
import logging
import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from hpviewer import __version__, paths
from hpviewer.desktop.map.map_page import AwaitedFetch, MapPage
from hpviewer.desktop.map.page_source import map_source
from hpviewer.desktop.web.scheme import register_scheme
from hpviewer.errors import InputError
from hpviewer.session.map_page import first_picture, map_page_folder
from hpviewer.session.own_catalogue import catalogue_for_window
from hpviewer.session.settings import LoadedSettings, load_settings
from hpviewer.wording import say

if TYPE_CHECKING:
    from hpviewer.desktop.app import Desktop

_MODULES = (
    "hpviewer.session.session",
    "hpviewer.desktop.theme",
    "hpviewer.desktop.map.map_panel",
    "hpviewer.desktop.app",
)
_ANSWER_MS = 3
"""For the page's first request to be answered before the first step holds the thread."""
_NO_PAGE_MS = 1_500
"""A page that has not asked for anything by now is broken: the window comes without it, and says so."""

_COLLECT_MS = 20_000
"""Cycles are looked for from now on, whatever may keep the window from being complete."""


def make_application() -> QApplication:
    """The QApplication with everything that must be set before it exists.

    InputError where there is no display to open a window on: Qt would end the process without a word to act on.
    """
    if sys.platform == "linux" and not any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    ):
        raise InputError(say("desktop_app.no_display"), say("desktop_app.no_display_next"))
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # QtWebEngine exits at once when root has its sandbox on; a normal user always keeps it
        os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
    register_scheme()
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("hpviewer")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("hpviewer")
    return app


def run_window(catalogue: Path | None, opened: Callable[[Desktop], None] | None = None) -> int:
    """Open the window and stay until it is closed. The exit code of the program.

    ``opened`` is called once the window's parts are wired, before anything is drawn: benchmarks listen from there.
    """
    gc.disable()  # until Desktop is complete: cycles among things that stay were looked for 15 to 95 ms long
    logging.basicConfig(level=logging.WARNING)
    loaded = load_settings()
    path = catalogue_for_window(catalogue, loaded.settings)
    app = make_application()
    start = _Start(app, path, loaded, opened)
    code = app.exec()
    start.finish()
    return code


class _Start(QObject):
    """The steps of one start, and what came of them."""

    def __init__(
        self,
        app: QApplication,
        catalogue: Path,
        loaded: LoadedSettings,
        opened: Callable[[Desktop], None] | None,
    ) -> None:
        super().__init__()
        self._loaded = loaded
        self._app = app
        self._catalogue = catalogue
        self._opened = opened
        layer, schematic, review_number = first_picture(catalogue)
        self._fetch = AwaitedFetch(layer)
        self._page = MapPage(map_source(map_page_folder(), self._fetch))
        self._page.tell_boundaries(schematic, review_number)
        self._desktop: Desktop | None = None
        self._error: BaseException | None = None
        self._steps = self._all_steps()
        self._begun = False
        asked = self._page.pane.page.guard.requested
        asked.connect(self._on_page_asked, Qt.ConnectionType.SingleShotConnection)
        QTimer.singleShot(_NO_PAGE_MS, self, self._begin)
        QTimer.singleShot(_COLLECT_MS, self, lambda: gc.enable())

    def finish(self) -> None:
        """After the event loop: close everything; what ended the start early is raised now."""
        if self._desktop is not None:
            self._desktop.close()
        if self._error is not None:
            raise self._error

    def _all_steps(self) -> Iterator[Callable[[], object]]:
        yield self._catch_crashes
        yield from (partial(importlib.import_module, name) for name in _MODULES)
        yield self._wire
        assert self._desktop is not None
        yield from self._desktop.steps()

    def _on_page_asked(self, _: str) -> None:
        QTimer.singleShot(_ANSWER_MS, self, self._begin)

    def _begin(self) -> None:
        if not self._begun:
            self._begun = True
            self._go_on()

    def _go_on(self) -> None:
        try:
            step = next(self._steps, None)
            if step is None:
                return
            step()
        except BaseException as error:  # a window that cannot be made must not leave a silent process behind
            self._error = error
            self._app.exit(1)
            return
        QTimer.singleShot(0, self, self._go_on)

    def _catch_crashes(self) -> None:
        from hpviewer.desktop.crash import CrashReports

        CrashReports().install()

    def _wire(self) -> None:
        from hpviewer.desktop.app import Desktop
        from hpviewer.desktop.theme import Theme
        from hpviewer.desktop.window_state import FileWindowState

        folder = paths.user_config()
        theme = Theme(self._app)
        theme.follow_settings(self._loaded.settings.theme, self._loaded.settings.text_size)
        self._desktop = Desktop(
            theme,
            self._catalogue,
            FileWindowState(folder / "window.state"),
            FileWindowState(folder / "table.state"),
            self._page,
            FileWindowState(folder / "map.state"),
        )
        self._desktop.greet(self._loaded.notes)
        self._fetch.found(self._desktop.session.map_layer)
        if self._opened is not None:
            self._opened(self._desktop)
