"""Gestures on the map and what the map shows, in the real page."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QFrame, QPushButton
from pytestqt.qtbot import QtBot

from hpviewer.places.place import PlaceCode
from hpviewer.records.filter import RecordFilter
from hpviewer.records.place_counts import spread
from tests.helpers.map_window import NO_GRAPHICS_CARD, MapWindow, map_window

pytestmark = pytest.mark.qt_log_ignore(NO_GRAPHICS_CARD)

WENCHONG_TOWN = PlaceCode("440112006")
WENCHONG = PlaceCode("440112006003")
LONGHU = PlaceCode("440112018")
JIUFO = PlaceCode("440112017")


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[MapWindow]:
    with map_window(qtbot, tmp_path) as made:
        yield made
        assert made.errors == []
        assert made.refused == []
        assert [url for url in made.requests if not url.startswith("hpviewer:")] == []


def test_towns_are_filled_by_their_counts(opened: MapWindow) -> None:
    results = opened.session.results
    assert results is not None
    for town in opened.session.towns():
        count = results.facets.town.get(town.code, 0)
        assert f"level-{min(count, 4)}" in opened.region(town.code)


def test_everything_comes_from_our_scheme(opened: MapWindow) -> None:
    assert "hpviewer://map/index.html" in opened.requests
    assert "hpviewer://map/layer/start" in opened.requests
    assert all(url.startswith("hpviewer://map/") for url in opened.requests)


def test_click_on_a_town_then_on_a_community_then_again(opened: MapWindow) -> None:
    opened.click(WENCHONG_TOWN)
    opened.qtbot.waitUntil(lambda: opened.session.filter.place == WENCHONG_TOWN)
    opened.wait()
    assert opened.region(WENCHONG, "community") != []
    assert opened.evaluate("map.region(map.state.selected).name") == "文冲街道"

    opened.click(WENCHONG)
    opened.qtbot.waitUntil(lambda: opened.session.filter.place == WENCHONG)
    opened.wait()
    results = opened.session.results
    assert results is not None
    assert results.total == results.facets.community[WENCHONG] > 0

    opened.click(WENCHONG)
    opened.qtbot.waitUntil(lambda: opened.session.filter.place == WENCHONG_TOWN)


def test_a_click_leaves_the_map_where_it_is(opened: MapWindow) -> None:
    before = opened.evaluate("map.leaflet.getBounds().toBBoxString()")
    opened.click(LONGHU)
    opened.qtbot.waitUntil(lambda: opened.session.filter.place == LONGHU)
    opened.wait()
    assert opened.evaluate("map.leaflet.getBounds().toBBoxString()") == before


def test_escape_goes_up_once_and_not_to_the_window_as_well(opened: MapWindow) -> None:
    escapes: list[int] = []
    opened.window.keyPressEvent = lambda event: escapes.append(event.key())  # type: ignore[method-assign]
    opened.click(WENCHONG_TOWN)
    opened.qtbot.waitUntil(lambda: opened.session.filter.place == WENCHONG_TOWN)
    opened.wait()
    opened.click(WENCHONG)
    opened.qtbot.waitUntil(lambda: opened.session.filter.place == WENCHONG)
    opened.wait()
    opened.qtbot.keyClick(opened.surface, Qt.Key.Key_Escape)
    opened.qtbot.waitUntil(lambda: opened.session.filter.place == WENCHONG_TOWN)
    opened.wait()
    opened.qtbot.keyClick(opened.surface, Qt.Key.Key_Escape)
    opened.qtbot.waitUntil(lambda: opened.session.filter.place is None)
    opened.wait()
    assert escapes == []


def test_escape_shows_the_larger_place(opened: MapWindow) -> None:
    opened.session.select_place(WENCHONG, "cascade")
    opened.wait()
    near = opened.evaluate("map.leaflet.getZoom()")
    opened.window.activateWindow()
    opened.panel.setFocus()
    opened.evaluate("void document.getElementById('map').focus()")
    opened.qtbot.waitUntil(lambda: opened.evaluate("document.hasFocus()"))
    opened.qtbot.keyClick(opened.surface, Qt.Key.Key_Escape)
    opened.qtbot.waitUntil(lambda: opened.session.filter.place == WENCHONG_TOWN)
    opened.wait()
    assert opened.evaluate("map.leaflet.getZoom()") < near


def test_a_place_chosen_elsewhere_is_outlined_and_zoomed_to(opened: MapWindow) -> None:
    opened.session.select_place(WENCHONG, "cascade")
    opened.wait()
    opened.qtbot.waitUntil(lambda: not opened.evaluate("Boolean(map.moving)"))
    box = "hp.bounds(map.region(map.state.selected).bbox)"
    assert opened.evaluate(f"map.leaflet.getBounds().contains({box})")
    assert opened.evaluate("map.leaflet.getZoom()") > 12
    assert opened.evaluate("document.querySelector('path.outline.selected').getBBox().width") > 20

    opened.session.select_place(None, "chips")
    opened.wait()
    opened.qtbot.waitUntil(lambda: not opened.evaluate("Boolean(map.moving)"))
    assert opened.evaluate("map.leaflet.getBounds().contains(hp.bounds(map.start.district.bbox))")
    assert opened.evaluate("document.querySelector('path.outline.selected').getBBox().width") == 0


def test_a_second_choice_during_the_flight_to_the_first_is_not_lost(opened: MapWindow) -> None:
    opened.session.select_place(LONGHU, "cascade")
    opened.qtbot.waitUntil(lambda: opened.evaluate("Boolean(map.zooming)"))
    opened.session.select_place(WENCHONG_TOWN, "cascade")
    opened.wait()
    opened.qtbot.waitUntil(lambda: not opened.evaluate("Boolean(map.zooming || map.nextFit)"))
    box = "hp.bounds(map.region(map.state.selected).bbox)"
    assert opened.evaluate(f"map.leaflet.getBounds().contains({box})")
    assert opened.evaluate("map.state.selected") == WENCHONG_TOWN


def test_a_community_without_a_position_shows_its_town(opened: MapWindow) -> None:
    code = min(opened.session.unlocated_communities)
    opened.session.select_place(code, "cascade")
    opened.wait()
    opened.qtbot.waitUntil(lambda: not opened.evaluate("Boolean(map.moving)"))
    assert opened.evaluate("map.placeShown()") == code[:9]
    assert opened.evaluate(f"map.leaflet.getBounds().contains(hp.bounds(map.region('{code[:9]}').bbox))")
    assert opened.evaluate("document.querySelector('path.outline.selected').getBBox().width") > 20


def test_fill_follows_the_filter(opened: MapWindow) -> None:
    opened.session.set_filter(RecordFilter(years=(2023,)), "chips")
    opened.wait()
    results = opened.session.results
    assert results is not None
    shown = {town.code: opened.region(town.code) for town in opened.session.towns()}
    for code, classes in shown.items():
        assert f"level-{results.facets.town.get(code, 0)}" in classes
    assert any("level-1" in classes for classes in shown.values())


def test_hover_shows_name_and_count(opened: MapWindow) -> None:
    with opened.qtbot.waitSignal(opened.panel.hovered, check_params_cb=lambda code: code == LONGHU):
        opened.hover(LONGHU)
    opened.qtbot.waitUntil(lambda: opened.evaluate("document.querySelectorAll('.tip').length") == 1)
    results = opened.session.results
    assert results is not None
    assert opened.evaluate("document.querySelector('.tip-name').textContent") == "龙湖街道"
    text = opened.evaluate("document.querySelector('.tip-count').textContent")
    assert text.startswith(f"{results.facets.town[LONGHU]} ")


def test_labels_do_not_overlap_and_the_selected_one_is_there(opened: MapWindow) -> None:
    opened.session.select_place(WENCHONG, "cascade")
    opened.wait()
    boxes = opened.evaluate(
        "[...document.querySelectorAll('.label:not(.count)')].map((label) => label.getBoundingClientRect())"
    )
    assert len(boxes) > 5
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            apart = (
                a["right"] - 3 <= b["left"]
                or b["right"] - 3 <= a["left"]
                or a["bottom"] - 6 <= b["top"]
                or b["bottom"] - 6 <= a["top"]
            )
            assert apart, (a, b)
    assert "文冲" in opened.evaluate("[...document.querySelectorAll('.label')].map((one) => one.textContent)")


def test_records_that_cannot_be_placed_hatch_their_town_only_when_it_is_open(opened: MapWindow) -> None:
    assert not any("hatched" in opened.region(town.code) for town in opened.session.towns())
    opened.session.select_place(LONGHU, "cascade")
    opened.wait()
    assert opened.evaluate(f"map.unplacedCount('{LONGHU}')") > 0
    inside = [place.code for place in opened.session.communities_of(LONGHU)]
    hatched = [code for code in inside if "hatched" in opened.region(code, "community")]
    results = opened.session.results
    assert results is not None
    assert hatched
    assert all(results.facets.community.get(code, 0) == 0 for code in hatched)


def test_all_communities_show_when_zoomed_in(opened: MapWindow) -> None:
    opened.evaluate("void map.leaflet.setZoom(13, {animate: false})")
    shown = "map.parts.find((part) => part.options?.level === 'community').shown.size"
    opened.qtbot.waitUntil(lambda: opened.evaluate(shown) > 100)


def test_the_count_of_records_without_a_position_is_one_click_away(opened: MapWindow) -> None:
    button = opened.panel.unlocated_button
    results = opened.session.results
    assert results is not None
    unlocated = results.unlocated
    assert unlocated > 0
    assert button.isVisible()
    assert str(unlocated) in button.text()
    opened.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert opened.session.filter.unlocated
    opened.wait()
    results = opened.session.results
    assert results is not None
    assert results.total == unlocated
    opened.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not opened.session.filter.unlocated


@pytest.mark.parametrize(
    ("counts", "labels"),
    [
        ([], ["0", "1", "2", "3", "4+"]),
        ([1, 1, 2, 7], ["0", "1", "2", "3", "4+"]),
        ([3, 8, 12, 14, 19, 23, 31, 37, 55, 210], ["0", "1–9", "10–14", "15–29", "30–49", "50+"]),
        ([5000] * 20, ["0", "1–4,999", "5,000+"]),
    ],
)
def test_classes_of_the_legend(opened: MapWindow, counts: list[int], labels: list[str]) -> None:
    classes = f"new hp.CountClasses({list(spread(counts))})"
    made = opened.evaluate(f"{classes}.labels()")
    assert [entry["label"] for entry in made] == labels
    of = opened.evaluate(f"((classes) => {[0, *counts]}.map((n) => classes.of(n)))({classes})")
    assert of[0] == 0
    assert all(1 <= level < len(labels) for level in of[1:])
    assert of[1:] == sorted(of[1:])


def test_legend_shows_the_classes_and_what_is_not_located(opened: MapWindow) -> None:
    shown = opened.evaluate("[...document.querySelectorAll('.legend-label')].map((one) => one.textContent)")
    assert shown == ["或有未定位记录", "0", "1", "2", "3", "4+"]


def test_keys_zoom_and_go_home(opened: MapWindow) -> None:
    opened.window.activateWindow()
    opened.panel.setFocus()
    opened.evaluate("void document.getElementById('map').focus()")
    opened.qtbot.waitUntil(lambda: opened.evaluate("document.hasFocus()"))
    home = opened.evaluate("map.leaflet.getZoom()")
    opened.qtbot.keyClick(opened.surface, Qt.Key.Key_Plus)
    opened.qtbot.waitUntil(lambda: opened.evaluate("map.leaflet.getZoom()") > home)
    opened.qtbot.keyClick(opened.surface, Qt.Key.Key_Home)
    opened.qtbot.waitUntil(lambda: opened.evaluate("map.leaflet.getZoom()") == home)


def test_buttons_have_names_and_work(opened: MapWindow) -> None:
    names = opened.evaluate(
        "[...document.querySelectorAll('button')].map((one) => one.getAttribute('aria-label'))"
    )
    assert names == ["放大", "缩小", "全区", "项目范围"]
    home = opened.evaluate("map.leaflet.getZoom()")
    box = opened.evaluate("document.querySelector('button').getBoundingClientRect()")
    at = QPoint(int(box["x"] + box["width"] / 2), int(box["y"] + box["height"] / 2))
    opened.qtbot.mouseClick(opened.surface, Qt.MouseButton.LeftButton, pos=at)
    opened.qtbot.waitUntil(lambda: opened.evaluate("map.leaflet.getZoom()") > home)
    assert opened.session.filter == RecordFilter()


def test_the_view_has_a_name_that_says_what_is_chosen(opened: MapWindow) -> None:
    assert opened.panel.view.accessibleName() == "地图：各街镇与社区的记录数"
    opened.session.select_place(LONGHU, "cascade")
    opened.wait()
    results = opened.session.results
    assert results is not None
    expected = f"地图：龙湖街道，{results.facets.town[LONGHU]} 条记录"
    assert opened.panel.view.accessibleName() == expected


def test_notice_about_the_boundaries(opened: MapWindow) -> None:
    assert opened.evaluate("document.querySelector('.notice').textContent") == "示意边界，不作为划界依据"


def test_dark_and_light(opened: MapWindow) -> None:
    theme = opened.panel._theme
    at = opened.evaluate(f"map.pixelOf('{JIUFO}')")

    def colour() -> QColor:
        return opened.panel.grab().toImage().pixelColor(at[0] - 40, at[1])

    opened.qtbot.waitUntil(lambda: colour() == theme.color("map_0"))
    theme.follow(Qt.ColorScheme.Dark)
    opened.qtbot.waitUntil(lambda: colour() == theme.color("map_0"))
    assert colour().lightness() < 80


def test_a_new_catalogue_fetches_the_layers_anew(opened: MapWindow) -> None:
    before = opened.requests.count("hpviewer://map/layer/start")
    opened.session.open(cause="import")
    opened.qtbot.waitUntil(lambda: opened.requests.count("hpviewer://map/layer/start") == before + 1)
    opened.wait()
    assert opened.region(LONGHU) != []


def test_a_dead_renderer_is_noticed_and_reload_brings_all_back(opened: MapWindow, tmp_path: Path) -> None:
    opened.session.select_place(WENCHONG_TOWN, "cascade")
    opened.wait()
    fill = opened.region(LONGHU)
    lost = QSignalSpy(opened.panel.pane.lost)
    os.kill(opened.panel.page.renderProcessPid(), signal.SIGKILL)
    opened.qtbot.waitUntil(lambda: lost.count() == 1)
    banner = opened.panel.findChild(QFrame, "lostBanner")
    assert banner is not None
    assert banner.isVisible()
    assert not opened.panel.is_current()

    button = opened.panel.findChild(QPushButton, "reloadPage")
    assert button is not None
    opened.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not banner.isVisible()
    opened.wait()
    assert opened.region(LONGHU) == fill
    assert opened.evaluate("map.state.selected") == WENCHONG_TOWN
    assert opened.evaluate("document.querySelector('path.outline.selected').getBBox().width") > 20


def test_filter_set_while_the_page_is_still_loading_is_what_it_shows_first(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with map_window(qtbot, tmp_path) as opened:
        opened.panel.reload()
        opened.session.set_filter(replace(RecordFilter(), towns=(LONGHU,)), "search")
        opened.wait()
        assert opened.evaluate("map.state.selected") == LONGHU
        assert opened.errors == []
