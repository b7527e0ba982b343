"""What of the boundaries the page draws and keeps: the detail that the zoom shows, and the towns that are near."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.helpers.map_window import NO_GRAPHICS_CARD, MapWindow, map_window

pytestmark = pytest.mark.qt_log_ignore(NO_GRAPHICS_CARD)

TOWN = "440112006"


def zoom(opened: MapWindow, level: float) -> None:
    opened.evaluate(f"void map.leaflet.setZoom({level}, {{animate: false}})")
    opened.qtbot.waitUntil(lambda: opened.evaluate("map.leaflet.getZoom()") == level)


def corners(opened: MapWindow) -> int:
    """Of all towns as drawn."""
    towns = "map.parts.find((part) => part.options?.level === 'town').paths"
    return int(
        opened.evaluate(
            f"[...{towns}.values()].map((path) => path.getAttribute('d')).join('').split('L').length"
        )
    )


def test_a_near_view_has_more_detail_and_a_far_one_has_less_again(qtbot: QtBot, tmp_path: Path) -> None:
    with map_window(qtbot, tmp_path) as opened:
        qtbot.waitUntil(lambda: bool(opened.evaluate("map.geography.complete")))
        far = corners(opened)
        zoom(opened, 13.5)
        qtbot.waitUntil(lambda: corners(opened) > far * 1.2)
        lines = opened.evaluate("document.querySelectorAll('path.town-line').length")
        assert lines == 17
        zoom(opened, 11)
        qtbot.waitUntil(lambda: corners(opened) == far)
        assert opened.errors == []


def test_zooming_moves_the_areas_and_writes_none_of_them_again(qtbot: QtBot, tmp_path: Path) -> None:
    with map_window(qtbot, tmp_path) as opened:
        path = f"map.parts.find((part) => part.options?.level === 'town').paths.get('{TOWN}')"
        observer = "new MutationObserver(() => { window.written += 1; })"
        opened.evaluate(f"void (window.written = 0, {observer}.observe({path}, {{attributeFilter: ['d']}}))")
        before = opened.evaluate(f"{path}.getBoundingClientRect().width")
        zoom(opened, opened.evaluate("map.leaflet.getZoom()") + 1)
        qtbot.waitUntil(lambda: opened.evaluate(f"{path}.getBoundingClientRect().width") > before * 1.8)
        assert opened.evaluate("window.written") == 0
        inside = f"""(() => {{ const box = {path}.getBoundingClientRect(); const [x, y] = map.pixelOf('{TOWN}');
            return box.left < x && x < box.right && box.top < y && y < box.bottom; }})()"""
        assert opened.evaluate(inside), "the area is where its name is"


def test_of_many_towns_the_page_keeps_the_communities_that_are_near(qtbot: QtBot, tmp_path: Path) -> None:
    with map_window(qtbot, tmp_path) as opened:
        opened.evaluate(
            "void (hp.FEW_TOWNS = 5, hp.FEW_REGIONS = 5, hp.MOST_FETCHED = 4, map.loadGeography())"
        )
        qtbot.waitUntil(lambda: bool(opened.evaluate("map.start !== null")))
        assert opened.evaluate("map.geography.communities.size") == 0
        codes = opened.evaluate("[...map.geography.towns.keys()]")
        for code in codes:
            opened.evaluate(
                f"void map.leaflet.setView(hp.latLng(map.region('{code}').at), 15, {{animate: false}})"
            )
            qtbot.waitUntil(lambda code=code: bool(opened.evaluate(f"map.geography.fetched.has('{code}')")))  # type: ignore[misc]
        layer = "map.parts.find((part) => part.options?.level === 'community')"
        seen = f"[...map.inView(map.geography.communities).keys()].every((code) => {layer}.shown.has(code))"
        qtbot.waitUntil(lambda: bool(opened.evaluate(seen)))
        assert opened.evaluate("map.geography.fetched.size") <= 9
        assert opened.evaluate("map.geography.communities.size") < 139
        assert opened.evaluate(f"{layer}.paths.size === {layer}.shown.size")
        assert opened.evaluate(f"{layer}.shown.size") < 60
        assert opened.errors == []
