"""The session on a real catalogue, its work done in place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from hpviewer.places.place import PlaceCode
from hpviewer.records.column import Column
from hpviewer.records.filter import RecordFilter
from hpviewer.records.results import Sort, SortKey
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.events import (
    CatalogueOpened,
    Event,
    FilterChanged,
    PlaceSelected,
    RecordSelected,
    ResultsLoaded,
    WorkFailed,
)
from hpviewer.session.executor import Cancel, ImmediateExecutor, Outcome
from hpviewer.session.session import Session
from tests.helpers.catalogue import bundled_catalogue

T = TypeVar("T")
LONGHU = PlaceCode("440112018")
TANGCUN = PlaceCode("440112018224")


@pytest.fixture
def queries(tmp_path: Path) -> Iterator[CatalogueQueries]:
    queries = CatalogueQueries(bundled_catalogue(tmp_path))
    yield queries
    queries.close()


@pytest.fixture
def session(queries: CatalogueQueries) -> Session:
    return Session(queries, ImmediateExecutor())


@pytest.fixture
def log(session: Session) -> list[Event]:
    events: list[Event] = []
    for kind in (FilterChanged, ResultsLoaded, RecordSelected, PlaceSelected, CatalogueOpened, WorkFailed):
        session.subscribe(kind, events.append)
    session.open()
    events.clear()
    return events


def test_opening_reads_the_catalogue_and_shows_everything(session: Session) -> None:
    order: list[str] = []
    session.subscribe(CatalogueOpened, lambda event: order.append(event.info.data_date))
    session.subscribe(ResultsLoaded, lambda event: order.append(str(event.results.total)))
    session.open()
    assert order == ["25", "2026-11-24"], "what the first picture shows comes first"
    assert len(session.towns()) == 17
    assert len(session.communities_of(LONGHU)) == 15
    assert len(session.unlocated_communities) == 28


def test_one_gesture_one_announcement(session: Session, log: list[Event]) -> None:
    session.select_place(TANGCUN, "map")
    assert [type(event) for event in log] == [FilterChanged, PlaceSelected, ResultsLoaded]
    assert {event.cause for event in log} == {"map"}  # type: ignore[union-attr]
    log.clear()
    session.select_place(TANGCUN, "cascade")
    assert log == [], "nothing changed, nothing is said"


def test_going_up_leaves_the_community_then_the_town(session: Session, log: list[Event]) -> None:
    session.select_place(TANGCUN, "map")
    session.go_up("map")
    assert session.filter.place == LONGHU
    session.go_up("map")
    assert session.filter == RecordFilter()
    session.go_up("map")
    assert session.filter == RecordFilter()


def test_back_and_forward(session: Session, log: list[Event]) -> None:
    steps = [RecordFilter(column=Column.LAND), RecordFilter(column=Column.LAND, towns=(LONGHU,))]
    for step in steps:
        session.set_filter(step, "test")
    session.back()
    assert (session.filter, session.can_go_back, session.can_go_forward) == (steps[0], True, True)
    session.back()
    session.back()
    assert (session.filter, session.can_go_back) == (RecordFilter(), False)
    session.forward()
    session.clear("chips")
    assert not session.can_go_forward, "a new step cuts off what lay ahead"


def test_letters_typed_one_by_one_are_one_step_back(session: Session, log: list[Event]) -> None:
    session.set_filter(RecordFilter(column=Column.LAND), "columns")
    for text in ("文", "文冲", "文冲街"):
        session.set_filter(replace(session.filter, text=text), "typing")
    session.back()
    assert session.filter == RecordFilter(column=Column.LAND)


def test_sorting_keeps_the_filter(session: Session, log: list[Event]) -> None:
    session.set_sort(Sort(SortKey.AREA, descending=True), "table")
    results = session.results
    assert results is not None
    assert results.rows[0].id == "gz-2006-1"
    assert not session.can_go_back


def test_selecting_a_record(session: Session, log: list[Event]) -> None:
    session.select_record("gd-2019-02-7", "table")
    (selected,) = log
    assert isinstance(selected, RecordSelected)
    assert selected.detail is not None
    assert [place.name for place in selected.detail.towns] == ["龙湖街道"]
    session.select_record("nowhere", "table")
    assert isinstance(log[-1], WorkFailed)
    session.select_record(None, "table")
    assert session.detail is None


class Later:
    """An executor whose work is done when the test says so, in the order that the test wants."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def read(self, lane: str, work: Callable[[Cancel], T], done: Callable[[Outcome[T]], None]) -> None:
        self.waiting.append(lambda: ImmediateExecutor().write(work, done))

    def write(self, work: Callable[[Cancel], T], done: Callable[[Outcome[T]], None]) -> None:
        self.read("", work, done)


def test_results_that_come_late_are_dropped(queries: CatalogueQueries) -> None:
    later = Later()
    session = Session(queries, later)
    loaded: list[int] = []
    session.subscribe(ResultsLoaded, lambda event: loaded.append(event.results.total))
    session.set_filter(RecordFilter(column=Column.LAND), "test")
    session.set_filter(RecordFilter(column=Column.RENEWAL), "test")
    older, newer = later.waiting
    newer()
    older()
    assert loaded == [18]


def test_a_page_asked_for_an_earlier_filter_is_dropped(queries: CatalogueQueries) -> None:
    later = Later()
    session = Session(queries, later)
    pages: list[object] = []
    session.page(0, 10, pages.append)
    session.set_filter(RecordFilter(column=Column.LAND), "test")
    for work in later.waiting:
        work()
    assert pages == []


def test_a_record_cleared_while_it_is_read_stays_cleared(queries: CatalogueQueries) -> None:
    later = Later()
    session = Session(queries, later)
    session.select_record("gd-2019-02-7", "table")
    session.select_record(None, "table")
    later.waiting[-1]()
    assert session.detail is None


def test_reloading_shows_what_another_hand_changed(session: Session, queries: CatalogueQueries) -> None:
    import apsw

    session.open()
    session.select_record("gd-2019-02-7", "table")
    connection = apsw.Connection(str(queries.path))
    connection.execute("UPDATE records SET title = '改过的标题' WHERE id = 'gd-2019-02-7'")
    connection.close()
    session.reload("import")
    assert session.detail is not None
    assert session.detail.record.title == "改过的标题"
    connection = apsw.Connection(str(queries.path))
    connection.execute("DELETE FROM record_places")
    connection.execute("DELETE FROM records")
    connection.close()
    session.reload("import")
    assert session.detail is None
    assert session.results is not None
    assert session.results.total == 0
