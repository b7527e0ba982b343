"""The real main window on a real catalogue, with plain widgets where the map and the lower tabs stand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit

from hpviewer.desktop.jobs import JobRunner
from hpviewer.desktop.theme import Theme
from hpviewer.desktop.window import MainWindow
from hpviewer.desktop.window_state import WindowState
from hpviewer.places.place import PlaceCode
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.session import Session
from tests.helpers.catalogue import bundled_catalogue


class Shell:
    """Session and window of one test."""

    def __init__(self, session: Session, jobs: JobRunner, theme: Theme, window: MainWindow) -> None:
        self.session, self.jobs, self.theme, self.window = session, jobs, theme, window

    @property
    def loaded(self) -> bool:
        """The results shown are those of the present filter."""
        results = self.session.results
        return results is not None and results.filter == self.session.filter and not self.jobs.busy

    def town(self, name: str) -> PlaceCode:
        return next(town.code for town in self.session.towns() if town.name == name)

    def community(self, town: str, name: str) -> PlaceCode:
        inside = self.session.communities_of(self.town(town))
        return next(place.code for place in inside if place.name == name)


def _area(name: str) -> QLabel:
    area = QLabel(name)
    area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    area.setAccessibleName(name)
    return area


@contextmanager
def shell(
    folder: Path,
    scheme: Qt.ColorScheme = Qt.ColorScheme.Light,
    size: tuple[int, int] = (1366, 768),
    state: WindowState | None = None,
) -> Iterator[Shell]:
    """The window, shown and with its catalogue being opened; wait until ``loaded``."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme = Theme(app, scheme)
    jobs = JobRunner()
    queries = CatalogueQueries(bundled_catalogue(folder))
    session = Session(queries, jobs)
    editor = QPlainTextEdit()
    editor.setAccessibleName("table")
    window = MainWindow(
        session,
        theme,
        _area("map"),
        editor,
        [("detail", _area("detail")), ("charts", _area("charts"))],
        state,
    )
    _ = window.filters  # made late, by whoever puts the window together
    window.resize(*size)
    window.show()
    window.activateWindow()
    session.open()
    try:
        yield Shell(session, jobs, theme, window)
    finally:
        window.close()
        jobs.close()
        queries.close()
        window.deleteLater()
        theme.deleteLater()
