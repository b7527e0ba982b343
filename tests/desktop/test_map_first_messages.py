"""The messages that wait while the map page comes up: fetched before its channel is there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from hpviewer.desktop.map.bridge import MapBridge
from hpviewer.mapping.page import render_page
from hpviewer.session.map_page import first_picture
from tests.helpers.catalogue import bundled_catalogue
from tests.helpers.map_window import map_window


class Page:
    """Takes what the bridge delivers, as the page would."""

    def __init__(self, bridge: MapBridge) -> None:
        self.bridge = bridge
        self.fetched: list[list[dict[str, Any]]] = []
        self.told: list[dict[str, Any]] = []
        bridge.message.connect(lambda text: self.told.append(json.loads(text)))

    def fetch(self) -> None:
        self.bridge.give_waiting(lambda body: self.fetched.append(json.loads(body)))


@pytest.fixture
def page(qapp: object) -> Page:
    return Page(MapBridge())


def kinds(messages: list[dict[str, Any]]) -> list[str]:
    return [message["type"] for message in messages]


def test_the_answer_waits_for_something_to_draw(page: Page) -> None:
    page.bridge.send("look", dark=False)
    page.fetch()
    assert page.fetched == []
    page.bridge.send("state", seq=1)
    assert [kinds(each) for each in page.fetched] == [["look", "state"]]
    page.bridge.tell_ready("{}")
    assert page.told == []  # nothing is told twice


def test_what_waits_already_is_delivered_at_once(page: Page) -> None:
    page.bridge.send("state", seq=1)
    page.bridge.send("state", seq=2)
    page.fetch()
    assert [message["seq"] for message in page.fetched[0]] == [2]


def test_what_comes_later_goes_over_the_channel_with_a_higher_number(page: Page) -> None:
    page.bridge.send("state", seq=1)
    page.fetch()
    page.bridge.send("state", seq=2)
    page.bridge.tell_ready("{}")
    assert [message["seq"] for message in page.told] == [2]
    assert page.told[0]["number"] > page.fetched[0][0]["number"]


def test_a_page_that_is_ready_first_is_not_left_waiting(page: Page) -> None:
    page.bridge.send("look", dark=True)
    page.fetch()
    page.bridge.tell_ready("{}")
    assert kinds(page.fetched[0]) + kinds(page.told) == ["look"]


def test_a_page_that_loads_anew_gets_everything_again(page: Page) -> None:
    page.bridge.send("state", seq=1)
    page.fetch()
    page.bridge.reset()
    page.fetch()
    page.bridge.send("look", dark=True)
    page.bridge.send("state", seq=2)
    assert [kinds(each) for each in page.fetched] == [["state"], ["look", "state"]]


def test_the_page_ignores_a_message_that_a_newer_one_has_passed(qtbot: QtBot, tmp_path: Path) -> None:
    with map_window(qtbot, tmp_path) as made:
        seq = made.panel.sent
        late = {"type": "state", "number": 0, "seq": seq - 1, "counts": {}, "geography": 0, "move": "stay"}
        assert made.evaluate(f"(map.received({json.dumps(late)}), map.state.seq)") == seq


def test_the_font_of_the_names_is_asked_for_before_it_is_needed() -> None:
    assert '<link rel="preload" href="names.ttf" as="font"' in render_page("names.ttf").html
    assert 'as="font"' not in render_page().html


def test_the_notice_about_boundaries_is_there_before_the_session(qapp: object, tmp_path: Path) -> None:
    catalogue = bundled_catalogue(tmp_path)
    layer, schematic, review_number = first_picture(catalogue)
    assert layer is not None
    assert json.loads(layer)["towns"]
    assert (schematic, review_number) == (True, "")
    assert first_picture(tmp_path / "none.gpkg") == (None, False, "")
