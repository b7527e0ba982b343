"""Wires the window: the only place where the objects of the desktop are put together."""

from __future__ import annotations

import importlib
import logging
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from hpviewer import __version__, paths
from hpviewer.desktop.crash import CrashReports
from hpviewer.desktop.icons import application_icon
from hpviewer.desktop.jobs import JobRunner
from hpviewer.desktop.late_panel import LatePanel
from hpviewer.desktop.map.map_panel import MapPanel
from hpviewer.desktop.map.page_source import map_source
from hpviewer.desktop.theme import Theme
from hpviewer.desktop.web.scheme import register_scheme
from hpviewer.desktop.window_state import FileWindowState, WindowState
from hpviewer.errors import InputError
from hpviewer.records.filter import RecordFilter
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.events import RecordSelected
from hpviewer.session.map_page import map_page_folder
from hpviewer.session.own_catalogue import find_catalogue
from hpviewer.session.session import Session
from hpviewer.wording import say

if TYPE_CHECKING:
    from hpviewer.desktop.records.record_detail import RecordDetail
    from hpviewer.desktop.records.records_panel import RecordsPanel
    from hpviewer.desktop.statistics.statistics_panel import StatisticsPanel
    from hpviewer.desktop.window import MainWindow


_WINDOW_MODULES = (
    "hpviewer.desktop.icons",
    "hpviewer.desktop.search.search_box",
    "hpviewer.desktop.filtering.facet_list",
    "hpviewer.desktop.filtering.place_tree",
    "hpviewer.desktop.filtering.chip_bar",
    "hpviewer.desktop.window",
)
_RECORDS_MODULES = (
    "hpviewer.desktop.records.record_model",
    "hpviewer.desktop.records.record_table",
    "hpviewer.desktop.records.records_panel",
)
"""In pieces of about 10 ms, so that the page never waits long for an answer."""

_ANSWER_MS = 3
"""For the page's first request to be answered before the next step holds the thread."""


class Desktop:
    """One window on one catalogue, with the threads behind it. ``close`` before the application ends.

    The order is that of the start: the map's page first, because it loads in processes of its own while the
    rest is made; detail and statistics only when there is something to show in them.
    """

    def __init__(
        self,
        theme: Theme,
        catalogue: Path,
        window_state: WindowState | None = None,
        table_state: WindowState | None = None,
    ) -> None:
        self._theme = theme
        self._window_state = window_state
        self._table_state = table_state or _Forgetful()
        self.jobs = JobRunner()
        self.queries = CatalogueQueries(catalogue)
        self.session = Session(self.queries, self.jobs)
        # a failure is told by the first real question; this one only has the modules and the file at hand
        self.jobs.read("warm", lambda _: self.queries.warm(), lambda _: None)
        self.map_panel = MapPanel(self.session, theme, map_source(map_page_folder(), self.session.map_layer))
        self._detail = LatePanel(self._make_detail, when_shown=False)
        self._statistics = LatePanel(self._make_statistics, when_shown=True)
        self._records = LatePanel(self._make_records, when_shown=False)
        self._window: MainWindow | None = None
        self.map_panel.painted.connect(self._need_detail, Qt.ConnectionType.SingleShotConnection)
        self.session.subscribe(RecordSelected, self._need_detail)

    def open(self, first: RecordFilter | None = None) -> None:
        """Show the window and read the catalogue; everything else arrives as events."""
        for step in self._steps(first):
            step()

    def open_in_steps(self, first: RecordFilter | None = None) -> None:
        """The same, returning to the event loop between the steps, where the page of the map waits for answers.

        The first step waits for the page to be on its way: its process takes 100 ms to come up, beside ours.
        """
        steps = iter(self._steps(first))

        def go_on() -> None:
            step = next(steps, None)
            if step is not None:
                step()
                QTimer.singleShot(0, self.jobs, go_on)

        def wait_a_turn(_: str) -> None:
            QTimer.singleShot(_ANSWER_MS, self.jobs, go_on)

        self.map_panel.page.guard.requested.connect(wait_a_turn, Qt.ConnectionType.SingleShotConnection)

    @property
    def records(self) -> RecordsPanel:
        return self._records.content

    @property
    def window(self) -> MainWindow:
        if self._window is None:
            from hpviewer.desktop.window import MainWindow

            self._window = MainWindow(
                self.session,
                self._theme,
                self.map_panel,
                self._records,
                [
                    (say("desktop_app.tabs.detail"), self._detail),
                    (say("desktop_app.tabs.statistics"), self._statistics),
                ],
                self._window_state,
            )
        return self._window

    @property
    def detail(self) -> RecordDetail:
        return self._detail.content

    @property
    def statistics(self) -> StatisticsPanel:
        return self._statistics.content

    def close(self) -> None:
        """Window, page and threads end in this order; nothing is delivered after it."""
        self.window.close()
        self.jobs.close()
        self.queries.close()
        # at once and not with deleteLater: no event loop runs any more, and Qt must delete the pages
        # before their profiles, which the interpreter's own end would not care about
        delete(self.window)

    def _steps(self, first: RecordFilter | None) -> tuple[Callable[[], object], ...]:
        # the window is shown as early as can be: a page lays out nothing while it is hidden
        return (
            *(partial(importlib.import_module, name) for name in _WINDOW_MODULES),
            lambda: self.window,
            lambda: self.window.show(),
            lambda: self.session.open(first),
            *(partial(importlib.import_module, name) for name in _RECORDS_MODULES),
            lambda: self.records,
        )

    def _make_records(self) -> RecordsPanel:
        from hpviewer.desktop.records.records_panel import RecordsPanel

        records = RecordsPanel(self.session, self._theme, self._table_state)
        records.detail_requested.connect(self._on_detail_requested)
        return records

    def _make_detail(self) -> RecordDetail:
        from hpviewer.desktop.records.record_detail import RecordDetail

        return RecordDetail(self.session, self._theme)

    def _need_detail(self, _: object) -> None:
        _ = self._detail.content

    def _make_statistics(self) -> StatisticsPanel:
        from hpviewer.desktop.statistics.statistics_panel import StatisticsPanel

        return StatisticsPanel(self.session, self._theme)

    def _on_detail_requested(self) -> None:
        self.window.tabs.setCurrentWidget(self._detail)
        self.detail.focus_text()


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
    desktop.open_in_steps()
    if opened is not None:
        opened(desktop)
    code = app.exec()
    desktop.close()
    return code
