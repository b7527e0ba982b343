"""The window as the program wires it: every view, the real page, the real catalogue, mouse and keys."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hpviewer.desktop.app import Desktop
from hpviewer.desktop.theme import Theme
from hpviewer.places.place import PlaceCode
from hpviewer.records.filter import Part
from tests.helpers.catalogue import bundled_catalogue
from tests.helpers.map_window import NO_GRAPHICS_CARD, evaluate

pytestmark = pytest.mark.qt_log_ignore(NO_GRAPHICS_CARD)

LONGHU = PlaceCode("440112018")
HETANGXIA = PlaceCode("440112018211")
SETTLED = 20_000


@pytest.fixture
def desktop(qtbot: QtBot, tmp_path: Path) -> Iterator[Desktop]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme = Theme(app, Qt.ColorScheme.Light)
    desktop = Desktop(theme, bundled_catalogue(tmp_path))
    errors: list[str] = []
    blocked: list[str] = []
    desktop.map_panel.page.complained.connect(lambda text, error: errors.append(text) if error else None)
    desktop.map_panel.page.guard.blocked.connect(blocked.append)
    desktop.window.resize(1366, 768)
    desktop.open()
    qtbot.waitUntil(lambda: settled(desktop), timeout=SETTLED)
    yield desktop
    desktop.close()
    theme.deleteLater()
    assert errors == []
    assert blocked == []


def settled(desktop: Desktop) -> bool:
    """Map, table and queries are at rest on the same filter."""
    return desktop.map_panel.is_current() and not desktop.jobs.busy


def click_place(qtbot: QtBot, desktop: Desktop, code: str) -> None:
    x, y = evaluate(qtbot, desktop.map_panel.page, f"map.pixelOf('{code}')")
    surface = desktop.map_panel.view.focusProxy()
    assert surface is not None
    qtbot.mouseClick(surface, Qt.MouseButton.LeftButton, pos=QPoint(x, y))


def table_ids(desktop: Desktop) -> list[str]:
    model = desktop.records.table.model()
    results = desktop.session.results
    assert results is not None
    assert model.rowCount() == results.total
    return [row.id for row in results.rows]


def test_clicking_down_the_map_to_a_community_and_up_again(desktop: Desktop, qtbot: QtBot) -> None:
    click_place(qtbot, desktop, LONGHU)
    qtbot.waitUntil(lambda: desktop.session.filter.place == LONGHU and settled(desktop), timeout=SETTLED)
    assert set(table_ids(desktop)) == {"hp-2023-33", "gd-2019-02-7", "news-plan-2018"}
    click_place(qtbot, desktop, HETANGXIA)
    qtbot.waitUntil(lambda: desktop.session.filter.place == HETANGXIA and settled(desktop), timeout=SETTLED)
    assert set(table_ids(desktop)) == {"hp-2023-33", "news-plan-2018"}
    assert set(desktop.window.chip_bar.chips) == {Part.TOWN, Part.COMMUNITY}
    for expected in (LONGHU, None):
        qtbot.keyClick(desktop.window, Qt.Key.Key_Escape)
        qtbot.waitUntil(
            lambda to=expected: desktop.session.filter.place == to and settled(desktop), timeout=SETTLED
        )  # type: ignore[misc]
    assert len(table_ids(desktop)) == 25


def test_initials_then_enter_then_the_detail(desktop: Desktop, qtbot: QtBot) -> None:
    search = desktop.window.search
    qtbot.keyClicks(search, "wcjd")
    qtbot.waitUntil(lambda: search.popup is not None and search.popup.isVisible(), timeout=SETTLED)
    qtbot.keyClick(search, Qt.Key.Key_Down)
    qtbot.keyClick(search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desktop.session.filter.place == "440112006" and settled(desktop), timeout=SETTLED)
    assert desktop.session.filter.text == ""
    table = desktop.records.table
    table.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: desktop.session.detail is not None, timeout=SETTLED)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    detail = desktop.session.detail
    assert detail is not None
    assert detail.record.id == "hp-2025-wenchong-east"
    assert desktop.detail.isVisible()


def test_map_cascade_and_chips_follow_each_other(desktop: Desktop, qtbot: QtBot) -> None:
    desktop.session.select_place(HETANGXIA, "test")
    qtbot.waitUntil(lambda: settled(desktop), timeout=SETTLED)
    outlined = evaluate(qtbot, desktop.map_panel.page, "document.querySelectorAll('.outline').length > 0")
    assert outlined is not None
    qtbot.mouseClick(desktop.window.chip_bar.chips[Part.COMMUNITY].button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desktop.session.filter.place == LONGHU and settled(desktop), timeout=SETTLED)


def test_starting_loads_no_heavy_library(tmp_path: Path) -> None:
    """The window is up and painted without pandas, geopandas, shapely, folium, pyecharts or the commands."""
    done = subprocess.run(
        [sys.executable, "tests/bench/start_probe.py", "window", str(bundled_catalogue(tmp_path))],
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
        env=_environment(tmp_path),
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["heavy"] == []


def _environment(home: Path) -> dict[str, str]:
    import os

    return {**os.environ, "PYTHONPATH": os.getcwd(), "HPVIEWER_HOME": str(home)}
