"""The record keeper's table of what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from hpviewer.desktop.gaps.gaps_model import COLUMNS
from hpviewer.desktop.gaps.gaps_view import GapsView
from tests.helpers.village_desk import plan
from tests.helpers.village_window import Room, village_room


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    with village_room(qtbot, tmp_path, [plan(1, place_as_written="nowhere")]) as made:
        yield made


def shown(room: Room) -> GapsView:
    return room.show(lambda: GapsView(room.desk, room.session, room.theme))


def names(view: GapsView) -> list[str]:
    return [str(view.sorted.index(row, 0).data()) for row in range(view.sorted.rowCount())]


def test_the_largest_shortfall_comes_first(room: Room) -> None:
    view = shown(room)
    assert len(names(view)) == 17
    assert names(view)[:3] == ["夏港街道", "永和街道", "九佛街道"]
    assert view.sorted.rowCount(view.sorted.index(0, 0)) == 6
    assert "3 个没有记录" in view.summary.text()
    assert "1 条" in view.unresolved_label.text()
    assert "nowhere" in view.unresolved.toPlainText()


def test_the_model_is_sound(room: Room, qtmodeltester: ModelTester) -> None:
    view = shown(room)
    qtmodeltester.check(view.model)


def test_a_click_on_a_heading_sorts(room: Room, qtbot: QtBot) -> None:
    view = shown(room)
    header = view.tree.header()
    at = COLUMNS.index("records")
    place = header.sectionViewportPosition(at) + header.sectionSize(at) // 2
    for _ in range(2):
        qtbot.mouseClick(
            header.viewport(),
            Qt.MouseButton.LeftButton,
            pos=header.viewport().rect().topLeft().__class__(place, 10),
        )
    assert names(view)[0] == "联和街道"


def test_a_line_tells_stages_and_years_and_enter_goes_there(room: Room, qtbot: QtBot) -> None:
    view = shown(room)
    row = names(view).index("龙湖街道")
    at = view.tree.visualRect(view.sorted.index(row, 0)).center()
    qtbot.mouseClick(view.tree.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert "征收土地公告 1" in view.detail.text()
    assert "2019 1" in view.detail.text()
    qtbot.keyClick(view.tree, Qt.Key.Key_Return)
    room.settle()
    assert room.session.filter.place == "440112018"
