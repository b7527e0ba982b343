"""The report's charts: the real page in the real QtWebEngine, and the same figures as lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from hpviewer.desktop.charts.chart_view import ChartView
from hpviewer.desktop.reports.charts_panel import ChartsPanel
from hpviewer.session.report_charts import ReportChartId
from tests.helpers.reports_window import ReportsWindow, reports_window


class Watched:
    """The page under test; complaints and foreign requests are collected and have to stay away."""

    def __init__(self, made: ReportsWindow, qtbot: QtBot) -> None:
        self.made, self.qtbot = made, qtbot
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.panel: ChartsPanel = made.view.charts
        made.view.tabs.setCurrentWidget(self.panel)
        qtbot.waitUntil(lambda: self.panel.views.chart_view is not None)
        self.view.page.complained.connect(lambda text, _error: self.complaints.append(text))
        self.view.page.guard.requested.connect(self.requests.append)
        with qtbot.waitSignal(self.view.drawn, timeout=20_000) as caught:
            pass
        self.drawn = caught.args

    @property
    def view(self) -> ChartView:
        assert self.panel.views.chart_view is not None
        return self.panel.views.chart_view

    def ask(self, script: str) -> object:
        with self.qtbot.waitCallback() as callback:
            self.view.page.runJavaScript(f"JSON.stringify({script})", 0, callback)
        return json.loads(str(callback.args[0]))

    def click(self, chart: ReportChartId, cell: str) -> None:
        where = f"window.centreOf({json.dumps(chart.value)}, {json.dumps(cell)})"
        self.ask(where)
        x, y = self.ask(where)  # type: ignore[misc]  # after scrolling
        target = self.view.view.focusProxy()
        self.qtbot.mouseMove(target, QPoint(round(x), round(y)))
        self.qtbot.mouseClick(target, Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path) -> Iterator[Watched]:
    with reports_window(tmp_path) as made:
        qtbot.waitUntil(lambda: made.loaded)
        assert made.view.charts.views.chart_view is None  # made when it is first shown
        watched = Watched(made, qtbot)
        yield watched
        assert watched.complaints == []
        assert all(address.startswith("hpviewer:") for address in watched.requests)


def test_every_chart_is_drawn(page: Watched) -> None:
    assert page.drawn == [len(ReportChartId)]
    titles = page.ask("[...document.querySelectorAll('section:not([hidden]) h2')].map(h => h.textContent)")
    assert titles[0] == "申请从哪里来，结果如何"  # type: ignore[index]
    assert (
        page.ask("[...document.querySelectorAll('canvas')].every(c => c.width > 100 && c.height > 50)")
        is True
    )


def test_a_click_on_a_bar_or_node_leads_to_its_cell(page: Watched, qtbot: QtBot) -> None:
    view = page.made.view
    for chart, cell, label in (
        (ReportChartId.APPLICANTS, "t3.new.natural", "本年新收·自然人"),
        (ReportChartId.FLOW, "t3.granted.total", "予以公开·总计"),
        (ReportChartId.DISPUTES, "t4.review.maintained", "行政复议·结果维持"),
    ):
        view.tabs.setCurrentWidget(view.charts)
        page.click(chart, cell)
        table = view.tables[cell[:2]]
        qtbot.waitUntil(lambda table=table: view.tabs.currentWidget() is table)
        assert label in view.equations.title.text()
        assert table.currentIndex() == table.form.place_of(cell)


def test_the_page_follows_the_report_and_the_theme(page: Watched, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.view.drawn):
        page.made.theme.follow(Qt.ColorScheme.Dark)
    surface = page.ask("getComputedStyle(document.documentElement).getPropertyValue('--surface')")
    assert surface == page.made.theme.token("surface")
    with qtbot.waitSignal(page.view.drawn):
        page.made.desk.open_year(2022, "test")
    hidden = page.ask("[...document.querySelectorAll('section')].filter(s => s.hidden).length")
    assert hidden > 0  # type: ignore[operator]  # headlines of 2022 know no flow of requests


def test_the_same_figures_as_lines(page: Watched, qtbot: QtBot) -> None:
    panel = page.panel
    qtbot.mouseClick(panel.views.as_figures, Qt.MouseButton.LeftButton)
    tree = panel.table
    assert tree.isVisible()
    assert tree.topLevelItemCount() == len(ReportChartId)
    line = tree.topLevelItem(1).child(0)
    assert (line.text(0), line.text(1)) == ("自然人", "1,621")
    tree.setCurrentItem(line)
    qtbot.keyClick(tree, Qt.Key.Key_Return)
    assert page.made.view.tabs.currentWidget() is page.made.view.tables["t3"]


def test_a_foreign_cell_name_is_dropped(page: Watched) -> None:
    got: list[str] = []
    page.panel.cell_clicked.connect(got.append)
    page.ask("1")
    for name in ("t9.x.y", "", 't3.new.natural"><script>', "t3.new.natural"):
        page.view.bridge.mark_chosen(json.dumps({"chart": ReportChartId.APPLICANTS, "key": name}))
    assert got == ["t3.new.natural"]
