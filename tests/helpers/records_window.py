"""Table, detail and statistics on a real catalogue, side by side in one window as in the real one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QSplitter, QTabWidget
from shiboken6 import delete

from hpviewer.catalogue.connection import open_writer
from hpviewer.catalogue.places_on_map import PlacesOnMap
from hpviewer.catalogue.record_writer import write_records
from hpviewer.desktop.jobs import JobRunner
from hpviewer.desktop.records.record_detail import RecordDetail
from hpviewer.desktop.records.records_panel import RecordsPanel
from hpviewer.desktop.statistics.statistics_panel import StatisticsPanel
from hpviewer.desktop.theme import Theme
from hpviewer.desktop.web.scheme import register_scheme
from hpviewer.places.place import PlaceCode
from hpviewer.records.column import Column, SourceKind
from hpviewer.records.filter import RecordFilter
from hpviewer.records.kind import Kind
from hpviewer.records.partial_date import PartialDate
from hpviewer.records.record import Record
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.session import Session
from tests.helpers.catalogue import bundled_catalogue

# At import, and so before pytest-qt makes the QApplication, which QtWebEngine asks for.
register_scheme()

HOSTILE = "</script><img src=x onerror=alert(1)><b>&amp; ${x} {b|c} \\ ' \" \u202eRTL\u202c"
"""A name that would be markup, a template, an escape or a turn of direction where it is not plain text."""

TOWN = PlaceCode("440112017")


class HeaderDrawer:
    """A HeaderState in memory."""

    def __init__(self) -> None:
        self.state: bytes | None = None

    def load(self) -> bytes | None:
        return self.state

    def save(self, state: bytes) -> None:
        self.state = state


class RecordsWindow:
    def __init__(self, session: Session, jobs: JobRunner, theme: Theme, drawer: HeaderDrawer) -> None:
        self.session, self.jobs, self.theme = session, jobs, theme
        self.panel = RecordsPanel(session, theme, drawer)
        self.detail = RecordDetail(session, theme)
        self.statistics = StatisticsPanel(session, theme)
        self.panel.detail_requested.connect(self.detail.focus_text)
        self.table = self.panel.table
        self.tabs = QTabWidget()
        self.tabs.addTab(self.detail, "detail")
        self.tabs.addTab(self.statistics, "statistics")
        self.window = QSplitter(Qt.Orientation.Vertical)
        self.window.addWidget(self.panel)
        self.window.addWidget(self.tabs)
        self.window.resize(760, 900)
        self.window.setSizes([300, 600])

    @property
    def loaded(self) -> bool:
        """What is shown belongs to the present filter and sort, and nothing is under way."""
        results, session = self.session.results, self.session
        return (
            results is not None
            and (results.filter, results.sort) == (session.filter, session.sort)
            and not self.jobs.busy
        )

    def column(self, number: int) -> list[str]:
        """The texts of a column, in the order of the rows."""
        model = self.table.records
        return [str(model.index(row, number).data()) for row in range(model.rowCount())]


@contextmanager
def records_window(
    folder: Path,
    added: Sequence[Record] = (),
    first: RecordFilter | None = None,
    drawer: HeaderDrawer | None = None,
) -> Iterator[RecordsWindow]:
    """Shown, and its catalogue being opened; wait until ``loaded``. ``added`` go into the catalogue first."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    file = bundled_catalogue(folder)
    if added:
        add_records(file, added)
    theme = Theme(app, Qt.ColorScheme.Light)
    jobs = JobRunner()
    queries = CatalogueQueries(file)
    session = Session(queries, jobs)
    made = RecordsWindow(session, jobs, theme, drawer or HeaderDrawer())
    made.window.show()
    made.window.activateWindow()
    session.open(first)
    try:
        yield made
    finally:
        made.window.close()
        jobs.close()
        queries.close()
        delete(made.window)  # at once: at the end of the last test no event loop is left for a deleteLater
        delete(theme)


def add_records(catalogue: Path, records: Sequence[Record]) -> None:
    """Write further records; all of them in one town without a community."""
    connection = open_writer(catalogue)
    names = dict(connection.execute("SELECT code, name FROM towns").fetchall())
    with connection:
        write_records(connection, records, PlacesOnMap(names, {}))
    connection.close()


def simulated(count: int) -> list[Record]:
    """Numbered records that sort in the order of their numbers by title, and by area backwards."""
    return [
        Record(
            id=f"sim-{number:06d}",
            column=Column.LAND,
            kind=Kind.NOTICE,
            title=f"simulated {number:06d}",
            published=PartialDate(1990, 1, 1),
            area_ha=float(count - number),
            towns=(TOWN,),
            source_kind=SourceKind.SIMULATED,
        )
        for number in range(count)
    ]


def hostile_record() -> Record:
    return Record(
        id="hostile",
        column=Column.LAND,
        kind=Kind.NOTICE,
        title=HOSTILE,
        doc_number=HOSTILE,
        project=HOSTILE,
        location=HOSTILE,
        owners=(HOSTILE,),
        towns=(TOWN,),
        place_as_written=HOSTILE,
        source_kind=SourceKind.SIMULATED,
        source_name=HOSTILE,
        source_url=f"javascript:{HOSTILE}",
        note=HOSTILE,
        flags=(HOSTILE,),
    )
