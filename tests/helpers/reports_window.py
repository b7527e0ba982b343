"""The area of the annual report on a real catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from hpviewer.catalogue.report_store import ReportStore
from hpviewer.desktop.jobs import JobRunner
from hpviewer.desktop.reports.reports_view import ReportsView
from hpviewer.desktop.theme import Theme
from hpviewer.desktop.web.scheme import register_scheme
from hpviewer.session.report_desk import ReportDesk
from tests.helpers.catalogue import bundled_catalogue

# At import, and so before pytest-qt makes the QApplication, which QtWebEngine asks for.
register_scheme()


class ReportsWindow:
    """Desk, view and threads of one test."""

    def __init__(self, store: ReportStore, desk: ReportDesk, jobs: JobRunner, theme: Theme) -> None:
        self.store, self.desk, self.jobs, self.theme = store, desk, jobs, theme
        self.view = ReportsView(desk, theme)

    @property
    def loaded(self) -> bool:
        """A report lies on the desk and nothing is under way."""
        return self.desk.sheet is not None and not self.jobs.busy


@contextmanager
def reports_window(
    folder: Path,
    scheme: Qt.ColorScheme = Qt.ColorScheme.Light,
    size: tuple[int, int] = (1366, 768),
) -> Iterator[ReportsWindow]:
    """Shown, its catalogue being read; wait until ``loaded``."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme = Theme(app, scheme)
    jobs = JobRunner()
    store = ReportStore(bundled_catalogue(folder))
    desk = ReportDesk(store, jobs)
    made = ReportsWindow(store, desk, jobs, theme)
    made.view.resize(*size)
    made.view.show()
    made.view.activateWindow()
    try:
        yield made
    finally:
        made.view.close()
        jobs.close()
        delete(made.view)  # at once: at the end of the last test no event loop is left for a deleteLater
        delete(theme)
