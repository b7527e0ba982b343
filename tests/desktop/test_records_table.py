"""The records table with mouse and keys, on a real catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from hpviewer.desktop.records.record_columns import COLUMNS
from hpviewer.desktop.records.record_model import RecordModel
from hpviewer.records.column import Column
from hpviewer.records.filter import RecordFilter
from hpviewer.records.results import Sort, SortKey
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.events import RecordSelected, ResultsLoaded
from hpviewer.session.executor import Cancel, ImmediateExecutor, Outcome
from hpviewer.session.session import Session
from tests.helpers.catalogue import bundled_catalogue
from tests.helpers.records_window import (
    HOSTILE,
    TOWN,
    HeaderDrawer,
    RecordsWindow,
    add_records,
    hostile_record,
    records_window,
    simulated,
)

Key = Qt.Key
T = TypeVar("T")
NUMBER = {column.key: place for place, column in enumerate(COLUMNS)}


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[RecordsWindow]:
    with records_window(tmp_path) as made:
        qtbot.waitUntil(lambda: made.loaded)
        yield made


@pytest.fixture
def long(qtbot: QtBot, tmp_path: Path) -> Iterator[RecordsWindow]:
    """Nothing but 1,000 simulated records."""
    with records_window(tmp_path, simulated(1_000), RecordFilter(towns=(TOWN,))) as made:
        qtbot.waitUntil(lambda: made.loaded)
        made.session.set_sort(Sort(SortKey.TITLE, descending=False), "test")
        qtbot.waitUntil(lambda: made.loaded)
        yield made


def click_header(made: RecordsWindow, qtbot: QtBot, key: SortKey) -> None:
    header = made.table.horizontalHeader()
    where = QPoint(header.sectionViewportPosition(NUMBER[key]) + 30, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.waitUntil(lambda: made.loaded)


def click_row(made: RecordsWindow, qtbot: QtBot, row: int) -> None:
    table = made.table
    where = table.visualRect(table.records.index(row, NUMBER[SortKey.TITLE])).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)


def shown_id(made: RecordsWindow) -> str | None:
    return made.session.detail.record.id if made.session.detail else None


def test_the_model_keeps_qts_rules(opened: RecordsWindow, qtmodeltester: ModelTester, qtbot: QtBot) -> None:
    qtmodeltester.check(opened.table.records)
    opened.session.set_filter(RecordFilter(column=Column.LAND), "test")
    qtbot.waitUntil(lambda: opened.loaded)
    assert opened.table.records.rowCount() == 7


def test_all_records_show_with_areas_dates_and_sources_as_people_read_them(opened: RecordsWindow) -> None:
    assert opened.table.records.rowCount() == 25
    areas = opened.column(NUMBER[SortKey.AREA])
    assert {"0.4976", "207.69", "34", "—"} <= set(areas)
    assert {"2025", "2017-08", "2023-09-29", "—"} <= set(opened.column(NUMBER[SortKey.PUBLISHED]))
    assert set(opened.column(NUMBER[SortKey.SOURCE])) == {"政府网站", "转载待核", "媒体报道"}


def test_a_click_on_a_header_sorts_the_whole_result_in_the_catalogue(
    opened: RecordsWindow, qtbot: QtBot
) -> None:
    click_header(opened, qtbot, SortKey.AREA)
    assert opened.session.sort == Sort(SortKey.AREA, descending=True)
    assert opened.column(NUMBER[SortKey.AREA])[:3] == ["207.69", "158", "68"]
    click_header(opened, qtbot, SortKey.AREA)
    assert opened.session.sort == Sort(SortKey.AREA, descending=False)
    areas = opened.column(NUMBER[SortKey.AREA])
    assert areas[0] == "0.4976"
    assert areas[-1] == "—"  # empty values come last either way


def test_a_sort_from_elsewhere_moves_the_arrow_and_asks_nothing(opened: RecordsWindow, qtbot: QtBot) -> None:
    opened.session.set_sort(Sort(SortKey.TITLE, descending=False), "test")
    qtbot.waitUntil(lambda: opened.loaded)
    header = opened.table.horizontalHeader()
    assert header.sortIndicatorSection() == NUMBER[SortKey.TITLE]
    assert header.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder


def test_sorting_keeps_the_selected_record(opened: RecordsWindow, qtbot: QtBot) -> None:
    click_row(opened, qtbot, 1)
    qtbot.waitUntil(lambda: shown_id(opened) == "gz-2025-xiasha-2")
    click_header(opened, qtbot, SortKey.AREA)
    assert shown_id(opened) == "gz-2025-xiasha-2"
    row = opened.table.currentIndex().row()
    assert opened.table.records.record(row).id == "gz-2025-xiasha-2"
    assert opened.table.selectionModel().isRowSelected(row)


def test_a_click_and_the_arrows_select_records(opened: RecordsWindow, qtbot: QtBot) -> None:
    click_row(opened, qtbot, 0)
    qtbot.waitUntil(lambda: shown_id(opened) == "news-shuangsha-2025-11")
    for key, row in ((Key.Key_Down, 1), (Key.Key_End, 24), (Key.Key_Up, 23), (Key.Key_Home, 0)):
        qtbot.keyClick(opened.table, key)
        assert opened.table.currentIndex().row() == row
        wanted = opened.table.records.record(row)
        assert wanted is not None
        qtbot.waitUntil(lambda id=wanted.id: shown_id(opened) == id)
    qtbot.keyClick(opened.table, Key.Key_PageDown)
    assert opened.table.currentIndex().row() > 3


def test_enter_leads_to_the_detail(opened: RecordsWindow, qtbot: QtBot) -> None:
    click_row(opened, qtbot, 0)
    qtbot.waitUntil(lambda: opened.session.detail is not None)
    qtbot.keyClick(opened.table, Key.Key_Return)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert opened.detail.isAncestorOf(focused)


def test_copy_takes_the_marked_rows_as_tab_separated_text(opened: RecordsWindow, qtbot: QtBot) -> None:
    click_row(opened, qtbot, 0)
    qtbot.keyClick(opened.table, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(opened.table, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert [line.split("\t") for line in lines] == [
        ["发布日期", "类别", "标题", "所属社区", "公顷", "来源"],
        ["2025-11-22", "复建安置", "双沙城市更新项目复建区摇珠分房", "双沙社区", "—", "媒体报道"],
        [
            "2025-09-28",
            "征地批复",
            "黄埔街下沙股份经济联合社旧村庄集体建设用地征为国有建设用地（第二批）的批复转发函",
            "下沙社区",
            "6.8357",
            "转载待核",
        ],
    ]


def test_a_record_chosen_elsewhere_is_marked_without_being_read_again(
    opened: RecordsWindow, qtbot: QtBot
) -> None:
    seen: list[tuple[str, bool]] = []
    opened.session.subscribe(RecordSelected, lambda event: seen.append((event.cause, opened.jobs.busy)))
    opened.session.select_record("hp-2023-33", "search")
    qtbot.waitUntil(lambda: shown_id(opened) == "hp-2023-33")
    row = opened.table.currentIndex().row()
    assert opened.table.records.record(row).id == "hp-2023-33"
    assert seen == [("search", False)]


def test_a_filter_that_keeps_the_record_keeps_its_detail_and_one_that_does_not_lets_go(
    opened: RecordsWindow, qtbot: QtBot
) -> None:
    opened.session.select_record("hp-2023-33", "test")
    qtbot.waitUntil(lambda: shown_id(opened) == "hp-2023-33")
    opened.session.set_filter(RecordFilter(column=Column.LAND), "test")
    qtbot.waitUntil(lambda: opened.loaded)
    assert shown_id(opened) == "hp-2023-33"
    assert opened.table.selectionModel().isRowSelected(opened.table.records.row_of("hp-2023-33"))
    opened.session.set_filter(RecordFilter(column=Column.RENEWAL), "test")
    qtbot.waitUntil(lambda: opened.loaded)
    assert shown_id(opened) is None
    assert not opened.table.selectionModel().hasSelection()


def test_a_single_record_shows_at_once(opened: RecordsWindow, qtbot: QtBot) -> None:
    opened.session.set_filter(RecordFilter(text="穗埔府征〔2023〕33号"), "test")
    qtbot.waitUntil(lambda: shown_id(opened) == "hp-2023-33")


def test_scrolling_leaves_no_gap(long: RecordsWindow, qtbot: QtBot) -> None:
    table = long.table
    assert table.records.rowCount() == 1_000
    bar = table.verticalScrollBar()
    while bar.value() < bar.maximum():
        bar.setValue(bar.value() + table.viewport().height() * 3)
        first = table.rowAt(0)
        last = table.rowAt(table.viewport().height() - 1)
        assert first >= 0
        wanted = range(first, (last if last >= 0 else 999) + 1)
        qtbot.waitUntil(lambda rows=wanted: all(table.records.record(row) for row in rows))
        for row in wanted:
            text = table.records.index(row, NUMBER[SortKey.TITLE]).data()
            assert text == f"simulated {row:06d}"


def test_a_jump_to_the_end_shows_a_mark_until_its_page_has_come(long: RecordsWindow, qtbot: QtBot) -> None:
    table = long.table
    table.setFocus()
    qtbot.keyClick(table, Key.Key_End)
    last = table.records.index(999, NUMBER[SortKey.TITLE])
    assert last.data() == "…"
    qtbot.waitUntil(lambda: last.data() == "simulated 000999")
    qtbot.waitUntil(lambda: shown_id(long) == "sim-000999")  # selected once it is known what it is
    assert table.selectionModel().isRowSelected(999)


class HeldExecutor:
    """Keeps all work until it is told to do it."""

    def __init__(self) -> None:
        self.held: list[tuple[str, Callable[[], None]]] = []

    def read(self, lane: str, work: Callable[[Cancel], T], done: Callable[[Outcome[T]], None]) -> None:
        self.held.append((lane, lambda: ImmediateExecutor().read(lane, work, done)))

    def write(self, work: Callable[[Cancel], T], done: Callable[[Outcome[T]], None]) -> None:
        self.read("write", work, done)

    def go_on(self) -> None:
        while self.held:
            self.held.pop(0)[1]()


def test_nothing_is_read_for_the_old_rows_while_new_results_are_on_their_way(
    qtbot: QtBot, tmp_path: Path
) -> None:
    catalogue = bundled_catalogue(tmp_path)
    add_records(catalogue, simulated(1_000))
    executor, queries = HeldExecutor(), CatalogueQueries(catalogue)
    session = Session(queries, executor)
    model = RecordModel(session)
    session.open(RecordFilter(towns=(TOWN,)))
    executor.go_on()
    session.set_sort(Sort(SortKey.AREA, descending=False), "test")
    model.need(500, 520)
    assert [lane for lane, _ in executor.held] == ["results"]
    executor.go_on()
    model.need(500, 520)
    executor.go_on()
    row = model.record(500)
    assert row is not None
    assert row.title == "simulated 000499"  # the smallest areas have the highest numbers
    queries.close()


def test_order_width_and_visibility_of_columns_are_kept(qtbot: QtBot, tmp_path: Path) -> None:
    drawer = HeaderDrawer()
    for first in (True, False):
        folder = tmp_path / str(first)
        folder.mkdir()
        with records_window(folder, drawer=drawer) as made:
            qtbot.waitUntil(lambda made=made: made.loaded)
            header = made.table.horizontalHeader()
            if first:
                assert header.isSectionHidden(NUMBER[SortKey.DOC_NUMBER])
                header.moveSection(header.visualIndex(NUMBER[SortKey.AREA]), 0)
                header.resizeSection(NUMBER[SortKey.COMMUNITIES], 171)
                menu = made.table._header.menu()
                shows = {action.objectName(): action for action in menu.actions()}
                shows["show_column_doc_number"].trigger()
                menu.deleteLater()
                qtbot.waitUntil(lambda: drawer.state is not None)
            else:
                assert header.visualIndex(NUMBER[SortKey.AREA]) == 0
                assert header.sectionSize(NUMBER[SortKey.COMMUNITIES]) == 171
                assert not header.isSectionHidden(NUMBER[SortKey.DOC_NUMBER])
                assert header.sortIndicatorSection() == NUMBER[SortKey.PUBLISHED]


@pytest.mark.parametrize("state", [b"", b"1:", b"1:broken", b"0:\x00\x01", b"\xff" * 50], ids=repr)
def test_a_saved_layout_that_does_not_fit_is_ignored(qtbot: QtBot, tmp_path: Path, state: bytes) -> None:
    drawer = HeaderDrawer()
    drawer.state = state
    with records_window(tmp_path, drawer=drawer) as made:
        qtbot.waitUntil(lambda: made.loaded)
        header = made.table.horizontalHeader()
        assert header.visualIndex(NUMBER[SortKey.PUBLISHED]) == 0
        assert header.isSectionHidden(NUMBER[SortKey.DOC_NUMBER])
        assert header.sectionSize(NUMBER[SortKey.AREA]) == 82


@pytest.mark.parametrize(("width", "title"), [(520, 90), (760, 200), (1200, 600)])
def test_the_title_has_room_at_every_size_of_the_window(
    opened: RecordsWindow, qtbot: QtBot, width: int, title: int
) -> None:
    opened.window.resize(width, 900)
    qtbot.waitUntil(lambda: opened.window.width() == width)
    header = opened.table.horizontalHeader()
    assert header.length() == opened.table.viewport().width()  # no scrolling sideways
    assert header.sectionSize(NUMBER[SortKey.TITLE]) >= title


def test_a_width_set_by_the_user_stays_when_the_window_changes(opened: RecordsWindow, qtbot: QtBot) -> None:
    header = opened.table.horizontalHeader()
    header.resizeSection(NUMBER[SortKey.COMMUNITIES], 222)
    opened.window.resize(600, 900)
    qtbot.waitUntil(lambda: opened.window.width() == 600)
    assert header.sectionSize(NUMBER[SortKey.COMMUNITIES]) == 222


def test_a_hostile_title_is_text_in_cell_and_tooltip(qtbot: QtBot, tmp_path: Path) -> None:
    with records_window(tmp_path, [hostile_record()], RecordFilter(towns=(TOWN,))) as made:
        qtbot.waitUntil(lambda: made.loaded)
        index = made.table.records.index(0, NUMBER[SortKey.TITLE])
        assert index.data() == HOSTILE
        tip = index.data(Qt.ItemDataRole.ToolTipRole)
        assert "<img" not in tip
        assert "&lt;img" in tip
        made.table.grab()
        qtbot.waitUntil(lambda: made.session.detail is not None)


def test_sources_are_told_apart_by_colour_and_by_word(opened: RecordsWindow, qtbot: QtBot) -> None:
    column = NUMBER[SortKey.SOURCE]
    words = opened.column(column)
    table = opened.table
    table.clearFocus()
    for word, token in (("政府网站", "ok"), ("转载待核", "warn")):
        rect = table.visualRect(table.records.index(words.index(word), column))
        picture = table.viewport().grab(rect).toImage()
        ink = opened.theme.color(token)
        assert any(
            picture.pixelColor(x, y) == ink for x in range(picture.width()) for y in range(picture.height())
        )


def test_results_without_a_change_of_filter_keep_the_event_order(opened: RecordsWindow, qtbot: QtBot) -> None:
    seen: list[str] = []
    opened.session.subscribe(ResultsLoaded, lambda event: seen.append(event.cause))
    click_header(opened, qtbot, SortKey.SOURCE)
    assert seen == ["table"]
