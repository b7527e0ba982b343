"""A session as a user has it, and the longest time that each part of it keeps the window from its events."""

from __future__ import annotations

import gc
import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hpviewer.desktop.app import Desktop
from hpviewer.desktop.map.map_page import AwaitedFetch, MapPage
from hpviewer.desktop.map.page_source import map_source
from hpviewer.desktop.theme import Theme
from hpviewer.records.filter import RecordFilter
from hpviewer.records.kind import Kind
from hpviewer.records.results import Sort, SortKey
from tests.bench.conftest import Figures
from tests.bench.test_gestures import committed
from tests.helpers.loop_watch import LoopWatch
from tests.helpers.map_window import NO_GRAPHICS_CARD, evaluate, rendered_page
from tests.helpers.scale import generated_catalogue

pytestmark = [pytest.mark.qt_log_ignore(NO_GRAPHICS_CARD), pytest.mark.timeout(900)]

GOAL = "longest < 50 at 100,000"
LONGEST = 50
"""Milliseconds, those aside in which the thread found no processor free. The one timed assertion of the benchmarks: a
step that does too much at once is a fault, however fast the machine."""
SIZES = [int(size) for size in os.environ.get("HPVIEWER_BENCH_SIZES", "1000,100000").split(",")]
"""A million is for looking where the next gap comes from: HPVIEWER_BENCH_SIZES=1000000."""
LOOK = bool(os.environ.get("HPVIEWER_BENCH_LOOK"))
"""Print where the threads were in the longest gaps."""


@contextmanager
def scale_window(records: int) -> Iterator[Desktop]:
    """The window on a generated catalogue; opened by whoever asks for it. As in the program the collector of cycles
    waits until the window is complete; it leaves out what belongs to the tests."""
    gc.collect()
    gc.freeze()
    gc.disable()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme = Theme(app, Qt.ColorScheme.Light)
    fetch = AwaitedFetch()
    page = MapPage(map_source(rendered_page(), fetch))
    desktop = Desktop(theme, generated_catalogue(records), page=page)
    fetch.found(desktop.session.map_layer)
    desktop.window.resize(1366, 768)
    yield desktop
    desktop.close()
    gc.enable()
    theme.deleteLater()


class Script:
    def __init__(self, qtbot: QtBot, desktop: Desktop, watch: LoopWatch) -> None:
        self.qtbot, self.desktop, self.watch = qtbot, desktop, watch
        self.session = desktop.session

    def settle(self) -> None:
        panel, jobs = self.desktop.map_panel, self.desktop.jobs
        self.qtbot.waitUntil(lambda: panel.is_current() and not jobs.busy, timeout=60_000)
        self.qtbot.wait(60)  # what is put off until the loop is idle belongs to the gesture

    def page(self, script: str) -> object:
        return evaluate(self.qtbot, self.desktop.map_panel.page, script)

    def steps(self) -> Iterator[tuple[str, Callable[[], object]]]:
        session = self.session
        yield "start", self.open
        yield "after the start", lambda: self.qtbot.wait(1_500)
        towns = sorted(session.towns(), key=lambda town: town.code)[::5][:6]
        for town in towns:
            yield "click on a town", lambda town=town: self.click(town.code)  # type: ignore[misc]
        yield "back to all", lambda: session.clear("chips")
        for letter in "石塘村旧村改造":
            yield "typing", lambda letter=letter: self.type(letter)  # type: ignore[misc]
        for letter in "shitang":
            yield "typing", lambda letter=letter: self.type(letter)  # type: ignore[misc]
        yield "clearing the search", lambda: self.desktop.window.search.clear()
        yield "a text", lambda: session.set_filter(RecordFilter(text="旧村改造"), "search")
        for year in (2019, 2020):
            yield (
                "a facet",
                lambda year=year: session.set_filter(replace(session.filter, years=(year,)), "facet"),
            )  # type: ignore[misc]
        yield "a facet", lambda: session.set_filter(RecordFilter(kinds=(Kind.NOTICE,)), "facet")
        yield "back to all", lambda: session.clear("chips")
        for key, down in itertools.product(SortKey, (True, False)):
            yield "a sort", lambda key=key, down=down: session.set_sort(Sort(key, down), "table")  # type: ignore[misc]
        for tenth in range(1, 10):
            yield "scrolling", lambda tenth=tenth: self.scroll(tenth / 10)  # type: ignore[misc]
        yield "statistics", lambda: self.desktop.window.tabs.setCurrentIndex(1)
        yield "click on a town", lambda: self.click(towns[0].code)
        yield (
            "areas on",
            lambda: self.page("void document.querySelector('.map-button[aria-pressed]').click()"),
        )
        for zoom in (12.5, 13.2, 14.1, 12.1):
            yield "zoom", lambda zoom=zoom: self.page(f"void map.leaflet.setZoom({zoom})")  # type: ignore[misc]
        for way in (300, -200):
            yield "pan", lambda way=way: self.page(f"void map.leaflet.panBy([{way}, 120])")  # type: ignore[misc]
        yield "back to all", lambda: session.clear("chips")

    def open(self) -> None:
        for step in self.desktop.steps():  # as the program does it
            step()
            self.qtbot.wait(1)

    def click(self, code: str) -> None:
        self.page("void map.fit(null, false)")
        self.qtbot.wait(100)
        x, y = self.page(f"map.pixelOf('{code}')")  # type: ignore[misc]
        surface = self.desktop.map_panel.view.focusProxy()
        QTest.mouseClick(surface, Qt.MouseButton.LeftButton, pos=QPoint(x, y))  # type: ignore[call-overload]
        self.qtbot.wait(30)

    def type(self, letter: str) -> None:
        search = self.desktop.window.search
        search.setFocus()
        if letter.isascii():
            QTest.keyClicks(search, letter)
        else:
            QApplication.sendEvent(search, committed(letter))
        self.qtbot.wait(120)

    def scroll(self, part: float) -> None:
        bar = self.desktop.records.table.verticalScrollBar()
        bar.setValue(round(bar.maximum() * part))


@pytest.mark.parametrize("records", SIZES)
def test_longest_gap(records: int, qtbot: QtBot, figures: Figures) -> None:
    longest: dict[str, list[float]] = {}
    with scale_window(records) as desktop, LoopWatch(look=LOOK) as watch:
        script = Script(qtbot, desktop, watch)
        for number, (name, act) in enumerate(script.steps()):
            watch.step = f"{name} {number}"
            act()
            script.settle()
            longest.setdefault(name, []).append(watch.longest(watch.step))
    for name, times in longest.items():
        figures.add(f"{records:,} records · longest gap of the event loop · {name}", times, GOAL)
    for gap in sorted(watch.gaps, key=lambda gap: -gap.milliseconds)[:12]:
        if LOOK and gap.milliseconds > 40:
            print(f"\n{gap.milliseconds:.0f} ms during {gap.during}\n{shortened(gap.where)}")
    if records <= 100_000:
        busy = [
            f"{gap.milliseconds:.0f} ms ({gap.queued:.0f} queued) during {gap.during}"
            for gap in watch.kept_busy(LONGEST)
        ]
        assert not busy


def shortened(threads: str) -> str:
    """The innermost calls of each thread that does something."""
    found = []
    for thread in threads.split("\n\n"):
        lines = [line.strip().rpartition("/")[2] for line in thread.splitlines()]
        if not any("_worker" in line for line in lines[1:2]) and len(lines) > 1:
            found.append("    " + " < ".join(lines[:9]))
    return "\n".join(found)
