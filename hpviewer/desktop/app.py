"""Wires the window: the only place where the objects of the desktop are put together."""

from __future__ import annotations

import gc
import importlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import delete

from hpviewer.desktop.areas import Areas
from hpviewer.desktop.jobs import JobRunner
from hpviewer.desktop.late_panel import LatePanel
from hpviewer.desktop.map.map_page import MapPage
from hpviewer.desktop.map.map_panel import MapPanel
from hpviewer.desktop.map.page_source import map_source
from hpviewer.desktop.theme import Theme
from hpviewer.desktop.window_state import WindowState
from hpviewer.records.filter import RecordFilter
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.events import RecordSelected
from hpviewer.session.map_page import map_page_folder
from hpviewer.session.session import Session
from hpviewer.wording import say

if TYPE_CHECKING:
    from hpviewer.desktop.projects.project_timeline import ProjectTimeline
    from hpviewer.desktop.records.record_detail import RecordDetail
    from hpviewer.desktop.records.records_panel import RecordsPanel
    from hpviewer.desktop.statistics.statistics_panel import StatisticsPanel
    from hpviewer.desktop.window import MainWindow


_WINDOW_MODULES = (
    "hpviewer.desktop.icons",
    "hpviewer.desktop.search.search_box",
    "hpviewer.desktop.filtering.chip_bar",
    "hpviewer.desktop.window",
)
_LATE_MODULES = (
    "hpviewer.desktop.search.suggestion_popup",  # for the first keystroke
    "hpviewer.desktop.records.record_detail",
    "hpviewer.desktop.statistics.statistics_panel",
)
_RECORDS_MODULES = (
    "hpviewer.desktop.records.record_model",
    "hpviewer.desktop.records.record_table",
    "hpviewer.desktop.records.records_panel",
)


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
        page: MapPage | None = None,
        map_state: WindowState | None = None,
    ) -> None:
        """``page`` is the map's page where it was started before; its layers are then read by the caller's fetch."""
        self._theme = theme
        self._window_state = window_state
        self._table_state = table_state or _Forgetful()
        self._map_state = map_state or _Forgetful()
        self.jobs = JobRunner()
        self.queries = CatalogueQueries(catalogue)
        self.session = Session(self.queries, self.jobs)
        # a failure is told by the first real question; this one only has the modules and the file at hand
        self.jobs.read("warm", lambda _: self.queries.warm(), lambda _: None)
        page = page or MapPage(map_source(map_page_folder(), self.session.map_layer))
        self.map_panel = MapPanel(self.session, theme, page)
        self._detail = LatePanel(self._make_detail, when_shown=False)
        self._statistics = LatePanel(self._make_statistics, when_shown=True)
        self._records = LatePanel(self._make_records, when_shown=False)
        self._timeline = LatePanel(self._make_timeline, when_shown=True)
        self._window: MainWindow | None = None
        self._notes: tuple[str, ...] = ()
        self._greets = False
        self.areas = Areas(
            self.session,
            theme,
            self.queries,
            self.jobs,
            self.map_panel,
            lambda: self.window,
            lambda: self.records.table.shown_columns(),
        )
        self.areas.refused.connect(lambda error: self.window.message_bar.show_error(error))
        self.areas.main_requested.connect(lambda: _raise(self.window))
        self.areas.record_requested.connect(lambda: self.window.tabs.setCurrentWidget(self._detail))
        self.areas.project_requested.connect(lambda: self.window.tabs.setCurrentWidget(self._timeline))
        self.map_panel.painted.connect(
            lambda _: QTimer.singleShot(0, self.map_panel, self._on_first_painted),
            Qt.ConnectionType.SingleShotConnection,
        )
        self.session.subscribe(RecordSelected, self._need_detail)

    def greet(self, notes: Sequence[str]) -> None:
        """For a person in front of the window, before it is made: ``notes`` to be read, and newer data are offered."""
        self._notes, self._greets = tuple(notes), True

    def open(self, first: RecordFilter | None = None) -> None:
        """Show the window and read the catalogue; everything else arrives as events."""
        for step in self.steps(first):
            step()
        _ = self.window.filters

    def steps(self, first: RecordFilter | None = None) -> tuple[Callable[[], object], ...]:
        """What ``open`` does, in pieces of about 10 ms: a start returns to the event loop between them, where the
        page of the map waits for answers. The window is shown before its table is made: a page draws no frame while it
        is hidden."""
        return (
            lambda: self.session.open(first),
            *(partial(importlib.import_module, name) for name in _WINDOW_MODULES),
            lambda: self.window,
            lambda: self.window.show(),
            *(partial(importlib.import_module, name) for name in _RECORDS_MODULES),
            lambda: self.records,
        )

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
                    (say("desktop_app.tabs.timeline"), self._timeline),
                ],
                self._window_state,
            )
            self._window.add_action(say("desktop_app.village"), self.areas.show_village)
            self._window.add_action(say("desktop_app.reports"), self.areas.show_reports)
            self._window.add_action(say("desktop_app.importing"), self.areas.show_importing)
            self._window.add_action(say("desktop_app.export"), self.areas.show_exports)
            self._window.add_action(say("desktop_app.edit"), self.areas.edit_record, menu_only=True)
            self._window.add_action(say("desktop_app.deadlines"), self.areas.show_deadlines, menu_only=True)
            self._window.add_action(say("desktop_app.policies"), self.areas.show_policies, menu_only=True)
            self._window.add_action(say("desktop_app.gaps"), self.areas.show_gaps, menu_only=True)
            self._window.add_action(say("desktop_app.packs"), self.areas.show_packs, menu_only=True)
            settings = self._window.add_action(
                say("desktop_app.settings"), self.areas.show_settings, menu_only=True
            )
            settings.setShortcut("Ctrl+,")
            if self._notes:
                from hpviewer.desktop.notice_bar import NoticeBar

                self._window.add_bar(NoticeBar(self._theme, "\n".join(self._notes)))
            self._window.closed.connect(self.areas.close)
        return self._window

    @property
    def detail(self) -> RecordDetail:
        return self._detail.content

    @property
    def statistics(self) -> StatisticsPanel:
        return self._statistics.content

    def close(self) -> None:
        """Window, page and threads end in this order; nothing is delivered after it."""
        gc.unfreeze()
        self.window.close()
        self.areas.close()
        self.jobs.close()
        self.queries.close()
        # at once and not with deleteLater: no event loop runs any more, and Qt must delete the pages
        # before their profiles, which the interpreter's own end would not care about
        self.areas.destroy()
        delete(self.window)

    def _make_records(self) -> RecordsPanel:
        from hpviewer.desktop.records.records_panel import RecordsPanel

        records = RecordsPanel(self.session, self._theme, self._table_state)
        records.detail_requested.connect(self._on_detail_requested)
        return records

    def _make_detail(self) -> RecordDetail:
        from hpviewer.desktop.records.record_detail import RecordDetail

        detail = RecordDetail(self.session, self._theme)
        detail.edit_requested.connect(self.areas.edit_record)
        return detail

    def _need_detail(self, _: object) -> None:
        _ = self._detail.content

    def _on_first_painted(self) -> None:
        """The map is there: now what can wait. Modules are loaded away from the UI thread, which would be kept from
        its events for 100 ms."""
        _ = self.window.filters
        self._bring_areas()
        self.jobs.read(
            "late modules", lambda _: list(map(importlib.import_module, _LATE_MODULES)), self._on_late_modules
        )

    def _on_late_modules(self, _: object) -> None:
        self.jobs.idle.connect(self._on_complete, Qt.ConnectionType.SingleShotConnection)
        self._need_detail(None)
        self.session.prepare()
        self.areas.bring_badge(self.window.status_line.add_badge)
        if self._greets:
            self.areas.offer_update(self.window.add_bar)

    def _on_complete(self) -> None:
        """What is there now stays: Python need not search it for cycles, which kept all threads waiting, the window's
        among them, 50 to 120 ms each time."""
        gc.freeze()
        gc.enable()

    def _bring_areas(self) -> None:
        from hpviewer.desktop.map.area_switch import AreaSwitch

        panel = self.map_panel
        AreaSwitch(self.session, panel.bridge, panel.pane, self._map_state, panel)

    def _make_statistics(self) -> StatisticsPanel:
        from hpviewer.desktop.statistics.statistics_panel import StatisticsPanel

        return StatisticsPanel(self.session, self._theme)

    def _make_timeline(self) -> ProjectTimeline:
        return self.areas.make_timeline()

    def _on_detail_requested(self) -> None:
        self.window.tabs.setCurrentWidget(self._detail)
        self.detail.focus_text()


def _raise(window: QWidget) -> None:
    window.show()
    window.raise_()
    window.activateWindow()


class _Forgetful:
    """A state that is not kept: snapshots and tests start from the same window each time."""

    def load(self) -> bytes | None:
        return None

    def save(self, state: bytes) -> None:
        return
