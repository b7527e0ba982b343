"""The views of villages, projects, deadlines, gaps and exports on a real catalogue, each shown by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from hpviewer.desktop.jobs import JobRunner
from hpviewer.desktop.theme import Theme
from hpviewer.records.record import Record
from hpviewer.session.export_desk import ExportDesk
from hpviewer.session.project_desk import ProjectDesk
from hpviewer.session.session import Session
from tests.helpers.village_desk import AUTUMN, Desks

W = TypeVar("W", bound=QWidget)


class Room:
    """Session and desks on threads, as in the window. ``today`` may be moved."""

    def __init__(self, qtbot: QtBot, folder: Path, added: Sequence[Record], scheme: Qt.ColorScheme) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.qtbot, self.today = qtbot, AUTUMN
        self.theme = Theme(app, scheme)
        self.jobs = JobRunner()
        self.queries = Desks(folder, added=added).queries
        self.session = Session(self.queries, self.jobs)
        self.desk = ProjectDesk(self.queries, self.jobs, today=self._today)
        self.desk.follow(self.session)
        self.exports = ExportDesk(self.queries, self.jobs, today=self._today)
        self.views: list[QWidget] = []

    def _today(self) -> dt.date:
        return self.today

    def show(self, make: Callable[[], W], size: tuple[int, int] = (1024, 700)) -> W:
        view = make()
        self.views.append(view)
        view.resize(*size)
        view.show()
        view.activateWindow()
        self.settle()
        return view

    def settle(self) -> None:
        """Until nothing is under way any more."""
        self.qtbot.waitUntil(lambda: not self.jobs.busy)

    def select(self, record_id: str) -> None:
        self.session.select_record(record_id, "test")
        self.qtbot.waitUntil(
            lambda: self.session.detail is not None and self.session.detail.record.id == record_id
        )
        self.settle()

    def save_as(self, owner: QWidget, file: Path) -> None:
        """Answer the file dialog that is open."""
        dialog = owner.findChild(QFileDialog)
        assert dialog is not None
        dialog.setDirectory(str(file.parent))
        line = dialog.findChild(QLineEdit, "fileNameEdit")
        assert line is not None
        line.setText(file.name)
        dialog.accept()
        self.settle()


@contextmanager
def village_room(
    qtbot: QtBot,
    folder: Path,
    added: Sequence[Record] = (),
    scheme: Qt.ColorScheme = Qt.ColorScheme.Light,
) -> Iterator[Room]:
    room = Room(qtbot, folder, added, scheme)
    room.session.open()
    qtbot.waitUntil(lambda: room.session.results is not None and not room.jobs.busy)
    try:
        yield room
    finally:
        for view in room.views:
            view.close()
        room.jobs.close()
        room.queries.close()
        for view in room.views:
            delete(view)
        delete(room.theme)
