"""Wires the window: the only place where the objects of the desktop are put together."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from hpviewer import __version__, paths
from hpviewer.desktop.crash import CrashReports
from hpviewer.desktop.icons import application_icon
from hpviewer.desktop.jobs import JobRunner
from hpviewer.desktop.map.map_panel import MapPanel
from hpviewer.desktop.records.record_detail import RecordDetail
from hpviewer.desktop.records.records_panel import RecordsPanel
from hpviewer.desktop.statistics.statistics_panel import StatisticsPanel
from hpviewer.desktop.theme import Theme
from hpviewer.desktop.web.scheme import register_scheme
from hpviewer.desktop.web.sources import FetchedSource, FolderSource, Mounted, channel_script
from hpviewer.desktop.window import MainWindow
from hpviewer.desktop.window_state import FileWindowState, WindowState
from hpviewer.errors import InputError
from hpviewer.records.filter import RecordFilter
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.map_page import map_page_folder
from hpviewer.session.own_catalogue import find_catalogue
from hpviewer.session.session import Session
from hpviewer.wording import say


class Desktop:
    """One window on one catalogue, with the threads behind it. ``close`` before the application ends."""

    def __init__(
        self,
        theme: Theme,
        catalogue: Path,
        window_state: WindowState | None = None,
        table_state: WindowState | None = None,
    ) -> None:
        self.jobs = JobRunner()
        self.queries = CatalogueQueries(catalogue)
        self.session = Session(self.queries, self.jobs)
        self.map_panel = MapPanel(self.session, theme, self._map_source())
        self.records = RecordsPanel(self.session, theme, table_state or _Forgetful())
        self.detail = RecordDetail(self.session, theme)
        self.statistics = StatisticsPanel(self.session, theme)
        self.window = MainWindow(
            self.session,
            theme,
            self.map_panel,
            self.records,
            [
                (say("desktop_app.tabs.detail"), self.detail),
                (say("desktop_app.tabs.statistics"), self.statistics),
            ],
            window_state,
        )
        self.records.detail_requested.connect(self._on_detail_requested)

    def open(self, first: RecordFilter | None = None) -> None:
        """Show the window and read the catalogue; everything else arrives as events."""
        self.window.show()
        self.session.open(first)

    def close(self) -> None:
        """Window, page and threads end in this order; nothing is delivered after it."""
        self.window.close()
        self.jobs.close()
        self.queries.close()
        # at once and not with deleteLater: no event loop runs any more, and Qt must delete the pages
        # before their profiles, which the interpreter's own end would not care about
        delete(self.window)

    def _on_detail_requested(self) -> None:
        self.window.tabs.setCurrentWidget(self.detail)
        self.detail.focus_text()

    def _map_source(self) -> Mounted:
        return Mounted(
            {
                "": FolderSource(map_page_folder()),
                "vendor/": FolderSource(paths.built() / "web" / "leaflet"),
                "fonts/": FolderSource(paths.built() / "web" / "fonts"),
                "layer/": FetchedSource(self.session.map_layer),
                "qwebchannel.js": channel_script,
            }
        )


class _Forgetful:
    """A state that is not kept: snapshots and tests start from the same window each time."""

    def load(self) -> bytes | None:
        return None

    def save(self, state: bytes) -> None:
        return


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
    app.setWindowIcon(application_icon())
    return app


def run_window(catalogue: Path | None, opened: Callable[[Desktop], None] | None = None) -> int:
    """Open the window and stay until it is closed. The exit code of the program.

    ``opened`` is called once the window is on its way, before anything is drawn: benchmarks listen from there.
    """
    logging.basicConfig(level=logging.WARNING)
    CrashReports().install()
    path = find_catalogue(catalogue)
    app = make_application()
    folder = paths.user_config()
    desktop = Desktop(
        Theme(app), path, FileWindowState(folder / "window.state"), FileWindowState(folder / "table.state")
    )
    desktop.open()
    if opened is not None:
        opened(desktop)
    code = app.exec()
    desktop.close()
    return code
