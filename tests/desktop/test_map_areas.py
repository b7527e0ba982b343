"""Areas of projects on the map, in the real page: asked for only when wanted, shown, hovered, clicked."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from hpviewer.catalogue.connection import open_writer, transaction
from hpviewer.catalogue.shape_rows import StoredArea, encoded, write_project_area
from hpviewer.desktop.map.area_switch import AreaSwitch
from hpviewer.desktop.window_state import FileWindowState
from hpviewer.places.place import PlaceCode
from tests.helpers.catalogue import bundled_catalogue
from tests.helpers.map_window import NO_GRAPHICS_CARD, MapWindow, map_window

pytestmark = pytest.mark.qt_log_ignore(NO_GRAPHICS_CARD)

HOSTILE = "<img src=x onerror=alert(1)>{count}</script>"
WENCHONG = PlaceCode("440112006003")
AREAS = "hpviewer://map/areas/"


@dataclass(frozen=True, slots=True)
class Drawn:
    catalogue: Path
    name: str
    at: tuple[float, float]


@pytest.fixture
def drawn(tmp_path: Path) -> Drawn:
    """One project with a hostile name and an area around the label point of a community, with a hole beside it."""
    path = bundled_catalogue(tmp_path)
    connection = open_writer(path)
    with transaction(connection):
        lon, lat = connection.execute(
            "SELECT label_lon, label_lat FROM communities WHERE code = ?", (WENCHONG,)
        ).fetchone()
        (name,) = connection.execute("SELECT name FROM projects ORDER BY fid LIMIT 1").fetchone()
        connection.execute("UPDATE projects SET name = ? WHERE name = ?", (HOSTILE, name))
        connection.execute("UPDATE records SET project = ? WHERE project = ?", (HOSTILE, name))
        turns = [math.tau * step / 40 for step in range(41)]
        ring = [(lon + 0.004 * math.cos(turn), lat + 0.004 * math.sin(turn)) for turn in turns]
        wkb = struct.pack("<BIII", 1, 3, 1, len(ring)) + b"".join(struct.pack("<2d", *at) for at in ring)
        box = (lon - 0.004, lat - 0.004, lon + 0.004, lat + 0.004)
        write_project_area(connection, HOSTILE, encoded(StoredArea(wkb, box, "area", None)))
    connection.close()
    return Drawn(path, HOSTILE, (lon, lat))


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path, drawn: Drawn) -> Iterator[MapWindow]:
    with map_window(qtbot, tmp_path, catalogue=drawn.catalogue) as made:
        switch_of(made, tmp_path)
        yield made
        assert made.errors == []
        assert [url for url in made.requests if not url.startswith("hpviewer:")] == []


def switch_of(opened: MapWindow, folder: Path) -> AreaSwitch:
    panel = opened.panel
    state = FileWindowState(folder / "map.state")
    return AreaSwitch(opened.session, panel.bridge, panel.pane, state, panel)


def tiles(opened: MapWindow) -> list[str]:
    return [url for url in opened.requests if url.startswith(AREAS)]


def press_switch(opened: MapWindow) -> None:
    """With the mouse, in the map's buttons."""
    box = opened.evaluate("document.querySelector('.map-button[aria-pressed]').getBoundingClientRect()")
    at = QPoint(round(box["x"] + box["width"] / 2), round(box["y"] + box["height"] / 2))
    before = opened.evaluate("map.areas.on")
    opened.qtbot.mouseClick(opened.surface, Qt.MouseButton.LeftButton, pos=at)
    opened.qtbot.waitUntil(lambda: opened.evaluate("map.areas.on") is not before)


def go(opened: MapWindow, at: tuple[float, float], zoom: float) -> None:
    opened.evaluate(f"void map.leaflet.setView([{at[1]}, {at[0]}], {zoom}, {{animate: false}})")
    opened.qtbot.waitUntil(lambda: opened.evaluate("map.areas.settled"))


def inked(opened: MapWindow, canvas: int = 0) -> int:
    """Pixels that a canvas of the areas has drawn."""
    return int(
        opened.evaluate(
            f"""(() => {{ const canvas = document.querySelectorAll('canvas.areas')[{canvas}];
            const {{ data }} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
            let found = 0; for (let at = 3; at < data.length; at += 4) found += data[at] > 0; return found; }})()"""
        )
    )


def pixel(opened: MapWindow, at: tuple[float, float]) -> QPoint:
    x, y = opened.evaluate(
        f"[map.leaflet.latLngToContainerPoint([{at[1]}, {at[0]}])].map((p) => [p.x, p.y])[0]"
    )
    return QPoint(round(x), round(y))


def test_nothing_is_asked_for_before_it_is_wanted(opened: MapWindow, drawn: Drawn) -> None:
    go(opened, drawn.at, 14)
    assert tiles(opened) == []
    assert opened.evaluate("document.querySelectorAll('canvas.areas').length") == 0
    go(opened, drawn.at, 11)
    press_switch(opened)
    assert tiles(opened) == []
    assert opened.evaluate("document.querySelector('.areas-note').textContent") == "放大地图后显示项目范围"


def test_areas_of_what_is_in_view_are_drawn(opened: MapWindow, drawn: Drawn) -> None:
    press_switch(opened)
    go(opened, drawn.at, 13.4)
    assert len(tiles(opened)) in range(1, 16)
    assert all(url.startswith(f"{AREAS}13/") for url in tiles(opened))
    wide = opened.evaluate("0.008 / 360 * 256 * 2 ** 13.4")
    assert inked(opened) == pytest.approx(
        math.pi / 4 * wide**2 * 1.09, rel=0.2
    )  # a circle, a little higher than wide
    assert opened.evaluate("document.querySelector('.areas-note').hidden") is True

    asked = len(tiles(opened))
    opened.evaluate("void map.leaflet.panBy([3, 0], {animate: false})")
    go(opened, drawn.at, 13.4)
    assert len(tiles(opened)) == asked  # kept

    away = (drawn.at[0] + 0.3, drawn.at[1] - 0.1)
    go(opened, away, 14)
    assert opened.evaluate("document.querySelector('.areas-note').textContent").startswith("这里没有项目范围")
    go(opened, drawn.at, 13.4)
    press_switch(opened)
    assert opened.evaluate("document.querySelectorAll('canvas.areas').length") == 0


def test_hover_names_the_project_as_text(opened: MapWindow, drawn: Drawn) -> None:
    press_switch(opened)
    go(opened, drawn.at, 14)
    spot = pixel(opened, (drawn.at[0] + 0.001, drawn.at[1]))
    for at in (spot - QPoint(1, 0), spot):
        opened.qtbot.mouseMove(opened.surface, at)
    tip = "document.querySelector('.tip-area')"
    opened.qtbot.waitUntil(lambda: opened.evaluate(f"{tip}?.textContent ?? null") == drawn.name)
    assert opened.evaluate("document.querySelectorAll('.tip img').length") == 0
    assert inked(opened, 1) > 100
    outside = pixel(opened, (drawn.at[0] + 0.0055, drawn.at[1]))
    for at in (outside - QPoint(1, 0), outside):
        opened.qtbot.mouseMove(opened.surface, at)
    opened.qtbot.waitUntil(lambda: opened.evaluate(f"{tip}") is None)
    opened.qtbot.waitUntil(lambda: inked(opened, 1) == 0)


def test_click_filters_by_the_project_and_again_takes_it_out(opened: MapWindow, drawn: Drawn) -> None:
    press_switch(opened)
    go(opened, drawn.at, 14)
    spot = pixel(opened, (drawn.at[0] + 0.001, drawn.at[1]))
    opened.qtbot.mouseClick(opened.surface, Qt.MouseButton.LeftButton, pos=spot)
    opened.qtbot.waitUntil(lambda: opened.session.filter.project == drawn.name)
    assert opened.session.filter.place is None
    opened.wait()
    results = opened.session.results
    assert results is not None
    assert results.total > 0
    opened.qtbot.waitUntil(lambda: inked(opened, 1) > 100)  # outlined
    opened.qtbot.mouseClick(opened.surface, Qt.MouseButton.LeftButton, pos=spot)
    opened.qtbot.waitUntil(lambda: opened.session.filter.project == "")
    opened.wait()

    beside = pixel(opened, (drawn.at[0] + 0.0055, drawn.at[1]))
    opened.qtbot.mouseClick(opened.surface, Qt.MouseButton.LeftButton, pos=beside)
    opened.qtbot.waitUntil(lambda: opened.session.filter.place is not None)
    assert opened.session.filter.project == ""


def test_what_the_switch_says_is_remembered(qtbot: QtBot, tmp_path: Path, drawn: Drawn) -> None:
    with map_window(qtbot, tmp_path, catalogue=drawn.catalogue) as made:
        first = switch_of(made, tmp_path)
        assert not first.is_on
        press_switch(made)
        qtbot.waitUntil(lambda: first.is_on)
    with map_window(qtbot, tmp_path, catalogue=drawn.catalogue) as made:
        second = switch_of(made, tmp_path)
        assert second.is_on
        pressed = "document.querySelector('.map-button[aria-pressed]').getAttribute('aria-pressed')"
        qtbot.waitUntil(lambda: made.evaluate(pressed) == "true")
        go(made, drawn.at, 14)
        assert inked(made) > 1000
        made.panel.reload()
        made.wait()
        qtbot.waitUntil(lambda: made.evaluate(pressed) == "true")
        press_switch(made)
        qtbot.waitUntil(lambda: not second.is_on)


def test_a_name_that_is_no_tile_is_not_found(opened: MapWindow) -> None:
    status = (
        "void fetch('areas/9/1/1').then((r) => (window.said = r.status), () => (window.said = 'refused'))"
    )
    opened.evaluate(status)
    opened.qtbot.waitUntil(lambda: opened.evaluate("window.said ?? null") is not None)
    assert opened.evaluate("window.said") != 200
    opened.errors.clear()  # Chromium names what was not found
