"""What the page is told of a province: the counts of towns, and of communities where it shows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from hpviewer.desktop.map import map_counts
from hpviewer.desktop.map.bridge import MapBridge
from hpviewer.places.place import PlaceCode
from hpviewer.records.kind import Kind
from hpviewer.records.results import Sort, SortKey
from tests.helpers.map_window import NO_GRAPHICS_CARD, MapWindow, map_window

pytestmark = pytest.mark.qt_log_ignore(NO_GRAPHICS_CARD)

WENCHONG_TOWN = PlaceCode("440112006")
LONGHU = PlaceCode("440112018")
KNOWN = "[map.state.inside && [...map.state.inside], Object.fromEntries(map.state.counts)]"


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MapWindow]:
    monkeypatch.setattr(map_counts, "_FEW_TOWNS", 3)  # the bundled catalogue counts as a province
    with map_window(qtbot, tmp_path) as made:
        yield made
        assert made.errors == []


def told(opened: MapWindow) -> Any:
    return opened.evaluate(KNOWN)


def counts(opened: MapWindow, *towns: PlaceCode) -> dict[PlaceCode, int]:
    """Of all towns and of the communities of these, as the session has them."""
    assert opened.session.results is not None
    facets = opened.session.results.facets
    inside = {code: count for code, count in facets.community.items() if code[:9] in towns}
    return {**facets.town, **inside}


def test_at_first_the_towns_are_counted_and_the_classes_are_those_of_all_places(opened: MapWindow) -> None:
    assert told(opened) == [[], counts(opened)]
    shown = opened.evaluate("map.classes.labels().map((entry) => entry.label)")
    assert shown == ["0", "1", "2", "3", "4+"]


def test_a_chosen_town_brings_its_communities(opened: MapWindow) -> None:
    opened.click(LONGHU)
    opened.qtbot.waitUntil(lambda: opened.session.filter.place == LONGHU)
    opened.wait()
    assert told(opened) == [[LONGHU], counts(opened, LONGHU)]
    for place in opened.session.communities_of(LONGHU):
        count = opened.session.results.facets.community.get(place.code, 0)  # type: ignore[union-attr]
        if place.code not in opened.session.unlocated_communities:
            assert f"level-{min(count, 4)}" in opened.region(place.code, "community")


def test_where_the_map_comes_near_the_page_asks_and_draws_when_it_knows(opened: MapWindow) -> None:
    opened.evaluate(
        f"void map.leaflet.setView(hp.latLng(map.region('{WENCHONG_TOWN}').at), 14, {{ animate: false }})"
    )
    opened.qtbot.waitUntil(lambda: WENCHONG_TOWN in (told(opened)[0] or ()), timeout=20_000)
    opened.wait()
    inside, known = told(opened)
    assert known == counts(opened, *inside)
    shown = opened.evaluate("map.parts.find((part) => part.options?.level === 'community').shown.size")
    assert shown == sum(
        place.code not in opened.session.unlocated_communities
        for town in inside
        for place in opened.session.communities_of(town)
    )


def test_other_counts_come_for_the_same_places(opened: MapWindow) -> None:
    opened.session.select_place(LONGHU, "test")
    opened.wait()
    opened.session.set_filter(replace(opened.session.filter, kinds=(Kind.NOTICE,)), "test")
    opened.wait()
    assert told(opened) == [[LONGHU], counts(opened, LONGHU)]


def test_the_page_draws_only_what_looks_different(opened: MapWindow) -> None:
    before = opened.panel.sent
    opened.session.set_sort(Sort(SortKey.TITLE, False), "test")
    opened.wait()
    assert opened.panel.sent == before, "a sort changes nothing on the map"
    opened.click(LONGHU)
    opened.qtbot.waitUntil(lambda: opened.session.filter.place == LONGHU)
    opened.wait()
    assert opened.panel.sent == before + 1, "the results of the click bring the counts that are there"
    opened.panel.reload()
    opened.wait()
    assert told(opened) == [[LONGHU], counts(opened, LONGHU)]


def test_what_is_no_list_of_towns_is_dropped() -> None:
    asked: list[list[str]] = []
    bridge = MapBridge()
    bridge.inside_asked.connect(asked.append)
    for content in ('{"towns": ["440112018", 3, "<b>", null]}', '{"towns": "440112018"}', "[]", "no JSON"):
        bridge.tell_inside(content)
    assert asked == [["440112018"]]
