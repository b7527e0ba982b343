"""The statistics tab: the real page in the real QtWebEngine, and the same figures as a table."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from hpviewer.catalogue.connection import open_writer
from hpviewer.charting.chart import ChartId
from hpviewer.desktop.charts.chart_view import ChartView
from hpviewer.desktop.statistics.figures_model import FiguresModel
from hpviewer.desktop.statistics.statistics_panel import narrowed
from hpviewer.desktop.web.page import LocalPage
from hpviewer.places.place import PlaceCode
from hpviewer.records.column import Column
from hpviewer.records.filter import Part, RecordFilter
from hpviewer.records.kind import Kind
from hpviewer.records.results import Sort, SortKey
from tests.helpers.records_window import HOSTILE, RecordsWindow, records_window

LONGHU = PlaceCode("440112018")
_CORNER = 3


class Watched:
    """The page under test; complaints and foreign requests are collected and have to stay away."""

    def __init__(self, made: RecordsWindow, qtbot: QtBot) -> None:
        self.made, self.qtbot = made, qtbot
        self.complaints: list[str] = []
        self.requests: list[str] = []
        made.tabs.setCurrentWidget(made.statistics)
        qtbot.waitUntil(lambda: made.statistics.views.chart_view is not None)
        self.page.complained.connect(lambda text, _error: self.complaints.append(text))
        self.page.guard.requested.connect(self.requests.append)
        with qtbot.waitSignal(self.view.drawn, timeout=20_000):
            pass

    @property
    def view(self) -> ChartView:
        view = self.made.statistics.views.chart_view
        assert view is not None
        return view

    @property
    def page(self) -> LocalPage:
        return self.view.page

    def ask(self, script: str) -> object:
        """What a script of the page gives; JSON is parsed."""
        with self.qtbot.waitCallback() as callback:
            self.page.runJavaScript(f"JSON.stringify({script})", 0, callback)
        return json.loads(str(callback.args[0]))

    def click(self, chart: ChartId, key: str) -> None:
        """A mouse click on the middle of a bar, which is scrolled into view first."""
        where = f"window.centreOf({json.dumps(chart.value)}, {json.dumps(key)})"
        self.ask(where)
        x, y = self.ask(where)  # type: ignore[misc]  # after scrolling
        target = self.view.view.focusProxy()
        self.qtbot.mouseClick(target, Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[RecordsWindow]:
    with records_window(tmp_path) as made:
        qtbot.waitUntil(lambda: made.loaded)
        yield made


@pytest.fixture
def page(opened: RecordsWindow, qtbot: QtBot) -> Iterator[Watched]:
    watched = Watched(opened, qtbot)
    yield watched
    assert watched.complaints == []
    assert all(address.startswith("hpviewer:") for address in watched.requests)


def test_the_page_is_made_only_when_the_tab_is_shown(opened: RecordsWindow, qtbot: QtBot) -> None:
    opened.session.set_filter(RecordFilter(column=Column.LAND), "test")
    qtbot.waitUntil(lambda: opened.loaded)
    assert opened.statistics.views.chart_view is None
    opened.tabs.setCurrentWidget(opened.statistics)
    qtbot.waitUntil(lambda: opened.statistics.views.chart_view is not None)


def test_a_click_on_a_town_filters_by_it(page: Watched, qtbot: QtBot) -> None:
    session = page.made.session
    page.click(ChartId.RECORDS_BY_TOWN, LONGHU)
    qtbot.waitUntil(lambda: session.filter == RecordFilter(towns=(LONGHU,)))
    with qtbot.waitSignal(page.view.drawn):
        pass
    titles = page.ask("[...document.querySelectorAll('section:not([hidden]) h2')].map(h => h.textContent)")
    assert titles == ["各街镇记录数", "各街镇面积", "各类别记录数", "各年份记录数"]


def test_a_click_on_kind_year_and_hectares_filters(page: Watched, qtbot: QtBot) -> None:
    session = page.made.session
    for chart, key, wanted in (
        (ChartId.RECORDS_BY_KIND, Kind.NOTICE.value, RecordFilter(kinds=(Kind.NOTICE,))),
        (ChartId.RECORDS_BY_YEAR, "2023", RecordFilter(years=(2023,))),
        (ChartId.RECORDS_BY_YEAR, "", RecordFilter(years=(None,))),
        (ChartId.HECTARES_BY_TOWN, LONGHU, RecordFilter(towns=(LONGHU,))),
    ):
        page.click(chart, key)
        qtbot.waitUntil(lambda wanted=wanted: session.filter == wanted)
        with qtbot.waitSignal(page.view.drawn):
            pass
        with qtbot.waitSignal(page.view.drawn):
            session.clear("test")


def test_a_click_beside_the_bars_filters_nothing(page: Watched, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.view.view.focusProxy(), Qt.MouseButton.LeftButton, pos=QPoint(_CORNER, _CORNER))
    page.ask("1")  # the page has had its turn
    assert page.made.session.filter == RecordFilter()


def test_the_page_follows_the_filter_only_while_it_is_to_be_seen(page: Watched, qtbot: QtBot) -> None:
    made = page.made
    drawn: list[int] = []
    page.view.drawn.connect(drawn.append)
    made.tabs.setCurrentWidget(made.detail)
    made.session.set_filter(RecordFilter(column=Column.LAND), "test")
    qtbot.waitUntil(lambda: made.loaded)
    assert drawn == []
    with qtbot.waitSignal(page.view.drawn):
        made.tabs.setCurrentWidget(made.statistics)
    keys = page.ask("echarts.getInstanceByDom(document.querySelector('.chart')).getOption().yAxis[0].data")
    assert "联和街道" in keys  # type: ignore[operator]
    assert "7" in made.statistics.findChild(type(made.statistics._summary)).text()


def test_sorting_the_table_draws_nothing_anew(page: Watched, qtbot: QtBot) -> None:
    drawn: list[int] = []
    page.view.drawn.connect(drawn.append)
    page.made.session.set_sort(Sort(SortKey.TITLE), "test")
    qtbot.waitUntil(lambda: page.made.loaded)
    page.ask("1")
    assert drawn == []


def test_dark_and_light_reach_the_page(page: Watched, qtbot: QtBot) -> None:
    made = page.made
    with qtbot.waitSignal(page.view.drawn):
        made.theme.follow(Qt.ColorScheme.Dark)
    ground = page.ask("getComputedStyle(document.documentElement).backgroundColor")
    surface = made.theme.color("surface")
    assert ground == f"rgb({surface.red()}, {surface.green()}, {surface.blue()})"


def test_charts_fit_their_boxes_after_the_window_changed(page: Watched, qtbot: QtBot) -> None:
    script = (
        "[...document.querySelectorAll('.chart')].map(b => "
        "[b.clientWidth, echarts.getInstanceByDom(b).getWidth()])"
    )
    for width in (420, 1100):
        page.made.window.resize(width, 900)

        def fits(width: int = width) -> bool:
            sizes = page.ask(script)
            inner = page.ask("window.innerWidth")
            return inner == page.view.width() and all(box == drawn for box, drawn in sizes)  # type: ignore[attr-defined]

        qtbot.waitUntil(fits)


def test_a_hostile_name_is_drawn_as_text_and_runs_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    with records_window(tmp_path) as made:
        qtbot.waitUntil(lambda: made.loaded)
        with open_writer(tmp_path / "catalogue.gpkg") as connection:
            connection.execute("DROP TRIGGER IF EXISTS rtree_towns_geom_update6")
            connection.execute("UPDATE towns SET name = ? WHERE code = ?", (HOSTILE, LONGHU))
        made.session.open(cause="test")
        qtbot.waitUntil(lambda: made.loaded)
        watched = Watched(made, qtbot)
        labels = watched.ask(
            "echarts.getInstanceByDom(document.querySelector('.chart')).getOption().yAxis[0].data"
        )
        assert HOSTILE in labels  # type: ignore[operator]
        assert watched.ask("document.images.length") == 0
        assert watched.ask("document.querySelectorAll('script').length") == 3
        watched.click(ChartId.RECORDS_BY_TOWN, LONGHU)
        qtbot.waitUntil(lambda: made.session.filter.towns == (LONGHU,))
        assert watched.complaints == []


def test_a_message_that_is_none_is_dropped(page: Watched, qtbot: QtBot) -> None:
    bridge = page.view.bridge
    for message in (
        "",
        "[]",
        '{"chart":"records_by_town"}',
        '{"chart":"none","key":"1"}',
        '{"chart":"records_by_kind","key":"no kind"}',
        '{"chart":"records_by_year","key":"soon"}',
        '{"chart":"records_by_town","key":"44"}',
        '{"chart":"records_by_town","key":"440112018","more":1}',
    ):
        bridge.mark_chosen(message)
    assert page.made.session.filter == RecordFilter()


def test_a_dead_renderer_is_noticed_and_the_charts_come_back(page: Watched, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.view.lost, timeout=20_000):
        os.kill(page.page.renderProcessPid(), signal.SIGKILL)
    button = page.view.findChild(QPushButton, "reloadPage")
    with qtbot.waitSignal(page.view.drawn, timeout=20_000):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not page.view.is_lost
    page.click(ChartId.RECORDS_BY_TOWN, LONGHU)
    qtbot.waitUntil(lambda: page.made.session.filter == RecordFilter(towns=(LONGHU,)))


def test_the_page_gives_signs_of_life(page: Watched, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.view.bridge.page_beat):
        pass


def test_the_table_says_the_same_and_filters_by_key(opened: RecordsWindow, qtbot: QtBot) -> None:
    made, panel = opened, opened.statistics
    made.tabs.setCurrentWidget(panel)
    qtbot.mouseClick(panel.views.as_figures, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.table.isVisible())
    table, model = panel.table, panel.table.model()
    kinds = next(
        index
        for index in (model.index(row, 0) for row in range(model.rowCount()))
        if index.data() == "各类别记录数"
    )
    lines = {
        model.index(row, 0, kinds).data(): model.index(row, 1, kinds) for row in range(model.rowCount(kinds))
    }
    assert lines["征收土地公告"].data() == "5"
    table.setCurrentIndex(lines["征收土地公告"].siblingAtColumn(0))
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "征收土地公告\t5"
    qtbot.keyClick(table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: made.loaded)
    assert made.session.filter == RecordFilter(kinds=(Kind.NOTICE,))


def test_no_record_gives_a_sentence(opened: RecordsWindow, qtbot: QtBot) -> None:
    opened.tabs.setCurrentWidget(opened.statistics)
    opened.session.set_filter(RecordFilter(text="xyzzy"), "test")
    qtbot.waitUntil(lambda: opened.loaded)
    assert opened.statistics.views.empty.isVisible()


def test_the_figures_keep_qts_rules(opened: RecordsWindow, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    opened.tabs.setCurrentWidget(opened.statistics)
    model = opened.statistics.table.model()
    assert isinstance(model, FiguresModel)
    qtmodeltester.check(model)
    qtbot.waitUntil(lambda: model.rowCount() == 4)
    assert model.rowCount(model.index(0, 0)) > 10


@pytest.mark.parametrize(
    ("part", "key", "wanted"),
    [
        (Part.KIND, "动工", RecordFilter(text="a", kinds=(Kind.START,))),
        (Part.YEAR, "", RecordFilter(text="a", years=(None,))),
        (Part.TOWN, "440112018", RecordFilter(text="a", towns=(LONGHU,))),
    ],
)
def test_a_bar_narrows_its_part_and_keeps_the_others(part: Part, key: str, wanted: RecordFilter) -> None:
    assert narrowed(RecordFilter(text="a"), part, key) == wanted
