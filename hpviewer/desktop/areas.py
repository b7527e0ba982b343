"""The areas beside the main view: each is made when it is first asked for, and so are its imports."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget
from shiboken6 import delete

from hpviewer.desktop.jobs import JobRunner
from hpviewer.desktop.map.map_panel import MapPanel
from hpviewer.desktop.theme import Theme
from hpviewer.errors import CatalogueError
from hpviewer.records.filter import RecordFilter
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.events import PickingChanged
from hpviewer.session.executor import Cancel, settle
from hpviewer.session.session import Session
from hpviewer.wording import say

if TYPE_CHECKING:
    from hpviewer.desktop.deadlines.deadline_badge import DeadlineBadge
    from hpviewer.desktop.deadlines.deadlines_view import DeadlinesView
    from hpviewer.desktop.exporting.export_dialog import ExportDialog
    from hpviewer.desktop.gaps.gaps_view import GapsView
    from hpviewer.desktop.importing.import_view import ImportView
    from hpviewer.desktop.packs.packs_view import PacksView
    from hpviewer.desktop.policies.policy_view import PolicyView
    from hpviewer.desktop.projects.project_timeline import ProjectTimeline
    from hpviewer.desktop.reports.reports_view import ReportsView
    from hpviewer.desktop.settings.settings_dialog import SettingsDialog
    from hpviewer.desktop.village.village_view import VillageView
    from hpviewer.session.data_update import UpdateOffer
    from hpviewer.session.export_desk import ExportDesk
    from hpviewer.session.project_desk import ProjectDesk
    from hpviewer.session.report_desk import ReportDesk

W = TypeVar("W", bound=QWidget)
_SMALLEST = (1024, 640)
_PACK = ".hppack"
_IMPORTING_MODULES = (
    "hpviewer.desktop.importing.import_view",
    "hpviewer.session.import_desk",
    "hpviewer.session.import_session",
)


class Areas(QObject):
    """Windows of their own that belong to ``window``: they close with it, and go before the threads end."""

    record_requested = Signal()  # a record was selected in the session: show its detail
    project_requested = Signal()  # show the timeline of the selected record's project
    refused = Signal(object)  # HpviewerError: what was asked for cannot be done, said before any work is
    main_requested = Signal()  # the main view has what was asked for

    def __init__(
        self,
        session: Session,
        theme: Theme,
        queries: CatalogueQueries,
        jobs: JobRunner,
        map_panel: MapPanel,
        window: Callable[[], QWidget],
        window_columns: Callable[[], Sequence[str]],
    ) -> None:
        super().__init__()
        self._session, self._theme, self._jobs = session, theme, jobs
        self._queries = queries
        self._map_panel = map_panel
        self._window = window
        self._window_columns = window_columns
        self._open: list[QWidget] = []

    # -- desks ------------------------------------------------------------------------------------------

    @cached_property
    def projects(self) -> ProjectDesk:
        from hpviewer.session.project_desk import ProjectDesk

        desk = ProjectDesk(self._queries, self._jobs)
        desk.follow(self._session)
        return desk

    @cached_property
    def exports(self) -> ExportDesk:
        from hpviewer.session.export_desk import ExportDesk

        return ExportDesk(self._queries, self._jobs)

    # -- areas ------------------------------------------------------------------------------------------

    def show_village(self) -> None:
        """我的村居, at the community that the filter names."""
        place = self._session.filter.place
        if place is not None and len(place) > 9:
            self.village.show_village(place)
        self._raise(self.village)

    def show_importing(self) -> None:
        if not self._may_change():
            return
        self._session.end_picking("areas", keep=True)  # the form is asked for: with what was picked
        self._with_importing("show", lambda: self._raise(self.importing))

    def bring_files(self, paths: Sequence[Path]) -> None:
        """Dropped on the window: shown on 导入 as far as they are understood, a data pack on 数据包. Saves nothing."""
        if not self._may_change():
            return
        if len(paths) == 1 and paths[0].suffix.lower() == _PACK:
            self._raise(self.packs)
            self.packs.look(paths[0])
            return

        def show() -> None:
            self._raise(self.importing)
            self.importing.bring_files(paths)

        self._with_importing("drop", show)

    def edit_record(self) -> None:
        """The form of 手工录入 with the selected record."""
        if self._session.detail is not None and self._may_change():
            self._session.end_picking("areas", keep=True)
            self.importing.edit_record(self._session.detail.record)
            self._raise(self.importing)

    def show_reports(self) -> None:
        self._raise(self.reports)

    def show_deadlines(self) -> None:
        self._raise(self.deadlines)

    def show_policies(self, question: str = "") -> None:
        """政策问答, with the answers to a question where one is given."""
        if question:
            self.policies.ask(question)
        self._raise(self.policies)

    def show_gaps(self) -> None:
        self._raise(self.gaps)

    def show_settings(self) -> None:
        if self.settings.isHidden():
            self.settings.show_again()
        self._raise(self.settings)

    def show_packs(self) -> None:
        self._raise(self.packs)

    def show_exports(self) -> None:
        self._raise(self.export_dialog)

    @cached_property
    def village(self) -> VillageView:
        from hpviewer.desktop.village.village_view import VillageView

        view = VillageView(self.projects, self._session, self._theme, exports=self.exports, clip=self._clip)
        view.record_requested.connect(lambda _: self._to_main(self.record_requested))
        view.project_requested.connect(lambda _: self._to_main(self.project_requested))
        view.policy_requested.connect(self.show_policies)
        self._map_panel.shown.connect(lambda _: view.refresh_clip())
        return self._adopt(view)

    @cached_property
    def report_desk(self) -> ReportDesk:
        from hpviewer.session.report_desk import ReportDesk

        return ReportDesk.of_catalogue(self._queries.path, self._jobs)

    @cached_property
    def reports(self) -> ReportsView:
        from hpviewer.desktop.reports.reports_view import ReportsView

        view = ReportsView(self.report_desk, self._theme)
        view.records_requested.connect(self._on_records_requested)
        title = say(
            "desktop_app.area_title", area=say("desktop_app.reports"), window=say("desktop.window.title")
        )
        view.setWindowTitle(title)
        return self._adopt(view)

    @cached_property
    def importing(self) -> ImportView:
        from hpviewer import paths
        from hpviewer.desktop.importing.import_view import ImportView
        from hpviewer.session.import_desk import ImportDesk
        from hpviewer.session.import_session import ImportSession
        from hpviewer.session.mapping_memory import FILE, MappingMemory

        memory = MappingMemory(paths.user_config() / FILE)
        session = ImportSession(
            ImportDesk(self._queries), self._queries, self._jobs, self._session.reload, memory
        )
        view = ImportView(session, self._session, self._theme)
        title = say(
            "desktop_app.area_title", area=say("desktop_app.importing"), window=say("desktop.window.title")
        )
        view.setWindowTitle(title)
        view.report_saved.connect(self._on_report_saved)
        self._session.subscribe(PickingChanged, self._on_picking_changed)
        return self._adopt(view)

    @cached_property
    def deadlines(self) -> DeadlinesView:
        from hpviewer.desktop.deadlines.deadlines_view import DeadlinesView

        view = DeadlinesView(self.projects, self._session, self._theme, exports=self.exports)
        view.record_requested.connect(lambda _: self._to_main(self.record_requested))
        return self._adopt(view)

    @cached_property
    def policies(self) -> PolicyView:
        from hpviewer.desktop.policies.policy_view import PolicyView
        from hpviewer.session.policy_desk import PolicyDesk
        from hpviewer.session.policy_questions import PolicyQuestions

        questions = PolicyQuestions(PolicyDesk(self._queries.path), self._jobs)
        view = PolicyView(questions, self._session, self._theme)
        view.import_requested.connect(self._on_import_requested)
        return self._adopt(view)

    @cached_property
    def gaps(self) -> GapsView:
        from hpviewer.desktop.gaps.gaps_view import GapsView

        return self._adopt(GapsView(self.projects, self._session, self._theme))

    @cached_property
    def export_dialog(self) -> ExportDialog:
        from hpviewer.desktop.exporting.export_dialog import ExportDialog

        dialog = ExportDialog(
            self.exports, self._session, self._theme, self._window(), window_columns=self._window_columns
        )
        self._open.append(dialog)
        return dialog

    @cached_property
    def packs(self) -> PacksView:
        from hpviewer.desktop.packs.packs_view import PacksView
        from hpviewer.session.pack_desk import PackDesk
        from hpviewer.session.pack_session import PackSession

        packs = PackSession(PackDesk(self._queries.path), self._jobs, self._session.reload)
        return self._adopt(PacksView(packs, self._session, self._theme))

    def make_timeline(self) -> ProjectTimeline:
        """The tab 项目时间线."""
        from hpviewer.desktop.projects.project_timeline import ProjectTimeline

        return ProjectTimeline(self.projects, self._session, self._theme)

    def bring_badge(self, place: Callable[[DeadlineBadge], None]) -> None:
        """Make the red count of open deadlines once its modules are at hand; they load away from the UI thread."""

        def made(_: object) -> None:
            from hpviewer.desktop.deadlines.deadline_badge import DeadlineBadge

            badge = DeadlineBadge(self.projects, self._theme)
            badge.clicked.connect(self.show_deadlines)
            place(badge)
            badge.start()

        self._jobs.read("badge", lambda _: importlib.import_module("hpviewer.session.project_desk"), made)

    @cached_property
    def settings(self) -> SettingsDialog:
        from hpviewer.desktop.settings.settings_dialog import SettingsDialog

        dialog = SettingsDialog(self._theme, self._jobs, self._window())
        self._open.append(dialog)
        return dialog

    def offer_update(self, place: Callable[[QWidget], None]) -> None:
        """A note above the status line when newer data are bundled; compared away from the UI thread."""

        def work(cancel: Cancel) -> UpdateOffer | None:
            from hpviewer.session.data_update import offered_update
            from hpviewer.session.settings import load_settings

            return offered_update(self._queries.path, load_settings().settings, cancel.wanted)

        def found(offer: UpdateOffer | None) -> None:
            if offer is not None:
                from hpviewer.desktop.data_update.update_notice import UpdateNotice

                notice = UpdateNotice(offer, self._session, self._jobs, self._theme, self._window)
                self._open.append(notice.dialog)
                place(notice)

        # a catalogue that cannot be compared has said so where it was opened
        self._jobs.read("data-update", work, settle(found, lambda _: None))

    def close(self) -> None:
        """Close what is open; ``destroy`` takes it away for good."""
        for area in self._open:
            area.close()

    def destroy(self) -> None:
        for area in self._open:
            delete(area)
        self._open.clear()

    # -- inside -----------------------------------------------------------------------------------------

    def _adopt(self, area: W) -> W:
        area.setParent(self._window(), Qt.WindowType.Window)
        area.setMinimumSize(*_SMALLEST)
        self._open.append(area)
        return area

    def _with_importing(self, why: str, show: Callable[[], None]) -> None:
        """Once its modules are at hand: the first time they take a third of a second, away from the UI thread."""
        if "importing" in self.__dict__:
            show()
        else:
            load = lambda _: list(map(importlib.import_module, _IMPORTING_MODULES))  # noqa: E731
            self._jobs.read(f"importing modules {why}", load, lambda _: show())

    def _may_change(self) -> bool:
        info = self._session.info
        if info is None or not info.read_only:
            return True
        self.refused.emit(
            CatalogueError(say("desktop_app.read_only", file=info.path), say("desktop_app.read_only_next"))
        )
        return False

    def _raise(self, area: QWidget) -> None:
        area.show()
        area.raise_()
        area.activateWindow()

    def _to_main(self, signal: object) -> None:
        self.main_requested.emit()
        signal.emit()  # type: ignore[attr-defined]  # one of our own signals

    def _clip(self) -> QPixmap | None:
        return self._map_panel.view.grab() if self._map_panel.is_shown() else None

    def _on_picking_changed(self, event: PickingChanged) -> None:
        """The page with the form makes room for the map, and comes back."""
        if event.picking is None:
            self._raise(self.importing)
        elif self.importing.isVisible():
            self.importing.hide()
            self.main_requested.emit()

    def _on_import_requested(self) -> None:
        self.show_importing()
        if self._session.info is not None and self._session.info.read_only:
            self.main_requested.emit()  # refused: the reason stands there

    def _on_report_saved(self, _year: int) -> None:
        if "reports" in self.__dict__:  # open already: list its years again
            self.report_desk.start()

    def _on_records_requested(self, filter: RecordFilter) -> None:
        self._session.set_filter(filter, "reports")
        self.main_requested.emit()
