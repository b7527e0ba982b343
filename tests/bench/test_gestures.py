"""Gestures in the real window: from the mouse or key event to the picture that answers it."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QEventLoop, QModelIndex, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hpviewer.desktop.app import Desktop
from hpviewer.desktop.theme import Theme
from hpviewer.places.place import PlaceCode
from hpviewer.records.results import Suggestion
from hpviewer.session.events import FilterChanged, ResultsLoaded
from tests.bench.conftest import Figures
from tests.helpers.catalogue import bundled_catalogue
from tests.helpers.map_window import NO_GRAPHICS_CARD, evaluate

pytestmark = [pytest.mark.qt_log_ignore(NO_GRAPHICS_CARD), pytest.mark.timeout(300)]

TOWNS = ("440112018", "440112014", "440112006", "440112016", "440112013", "440112008")
WORDS = ("wenchong", "文冲街道", "何棠下村", "hengsha", "旧村改造", "穗埔府征")


@pytest.fixture
def desktop(qtbot: QtBot, tmp_path: Path) -> Iterator[Desktop]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme = Theme(app, Qt.ColorScheme.Light)
    desktop = Desktop(theme, bundled_catalogue(tmp_path))
    desktop.window.resize(1366, 768)
    desktop.open()
    qtbot.waitUntil(lambda: desktop.map_panel.is_current() and not desktop.jobs.busy, timeout=30_000)
    yield desktop
    desktop.close()
    theme.deleteLater()


def until(done: Callable[[], bool], signals: list[object]) -> None:
    """Wait in the event loop; woken by the signals, not by polling, so that the time read is the time it took."""
    if done():
        return
    loop = QEventLoop()

    def look(*_: object) -> None:
        if done():
            loop.quit()

    for signal in signals:
        signal.connect(look)  # type: ignore[attr-defined]
    guard = QTimer()
    guard.setSingleShot(True)
    guard.timeout.connect(loop.quit)
    guard.start(10_000)
    loop.exec()
    for signal in signals:
        signal.disconnect(look)  # type: ignore[attr-defined]
    assert done()


class Painted(QObject):
    """Which of table and cascade have still to paint what the last gesture changed in them: the table new rows, the
    cascade new counts, another order or another choice, if any."""

    happened = Signal()

    def __init__(self, desktop: Desktop) -> None:
        super().__init__()
        places = desktop.window.filters.places
        self.table, self.cascade, self.tree = (
            desktop.records.table.viewport(),
            places.view.viewport(),
            places.view,
        )
        self.waiting: set[QObject] = set()
        for widget in (self.table, self.cascade):
            widget.installEventFilter(self)
        desktop.session.subscribe(FilterChanged, lambda _: self.waiting.add(self.table))
        desktop.session.subscribe(ResultsLoaded, lambda _: self.waiting.add(self.table))
        places.model.dataChanged.connect(self._on_lines_changed)
        places.model.layoutChanged.connect(lambda *_: self.waiting.add(self.cascade))

    def _on_lines_changed(self, first: QModelIndex, last: QModelIndex, *_: object) -> None:
        lines = self.tree.visualRect(first).united(self.tree.visualRect(last))
        if self.cascade.visibleRegion().intersects(lines):
            self.waiting.add(self.cascade)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.waiting.discard(watched)
            QTimer.singleShot(0, self.happened.emit)
        return False


def test_click_on_a_region(desktop: Desktop, qtbot: QtBot, figures: Figures) -> None:
    panel = desktop.map_panel
    surface = panel.view.focusProxy()
    assert surface is not None
    painted = Painted(desktop)
    times = []
    for code in itertools.islice(itertools.cycle(TOWNS), 30):
        desktop.session.select_place(None, "bench")
        qtbot.waitUntil(lambda: panel.is_shown() and not desktop.jobs.busy, timeout=10_000)
        qtbot.wait(400)  # the flight back to the whole district
        x, y = evaluate(qtbot, panel.page, f"map.pixelOf('{code}')")
        began = time.perf_counter()
        QTest.mouseClick(surface, Qt.MouseButton.LeftButton, pos=QPoint(x, y))
        until(
            lambda to=code: (
                desktop.session.filter.place == PlaceCode(to) and panel.is_current() and not painted.waiting
            ),  # type: ignore[misc]
            [panel.painted, painted.happened],
        )
        times.append((time.perf_counter() - began) * 1000)
    figures.add("click on a region → map, table, facets repainted", times, "median < 50")


class Answers(QObject):
    """Listens to the suggestions on their way to the search box."""

    came = Signal(str)

    def __init__(self, desktop: Desktop) -> None:
        super().__init__()
        self.last = ""
        ask = desktop.session.suggest

        def asked(text: str, deliver: Callable[[str, tuple[Suggestion, ...]], None]) -> None:
            def passed_on(for_text: str, found: tuple[Suggestion, ...]) -> None:
                deliver(for_text, found)
                self.last = for_text
                self.came.emit(for_text)

            ask(text, passed_on)

        desktop.session.suggest = asked  # type: ignore[method-assign]


def test_keystroke_to_suggestions(desktop: Desktop, qtbot: QtBot, figures: Figures) -> None:
    search, answers = desktop.window.search, Answers(desktop)
    search.setFocus()
    times = []
    for word in WORDS:
        search.clear()
        for at, letter in enumerate(word):
            qtbot.wait(150)  # a fast typist
            qtbot.waitUntil(lambda: not desktop.jobs.busy, timeout=10_000)
            began = time.perf_counter()
            if letter.isascii():
                QTest.keyClicks(search, letter)
            else:
                QApplication.sendEvent(search, committed(letter))
            until(lambda so_far=word[: at + 1]: answers.last == so_far, [answers.came])  # type: ignore[misc]
            assert search.popup is not None
            search.popup.view.viewport().repaint()
            times.append((time.perf_counter() - began) * 1000)
    figures.add("keystroke → suggestions drawn", times, "median < 16")


def committed(text: str) -> QInputMethodEvent:
    """What an input method sends when a character is chosen."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    return event
