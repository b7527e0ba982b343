"""Open deadlines: the list as of a day, its calendar file, the red count, and the gaps of the record keeper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from hpviewer.desktop.deadlines.deadline_badge import DeadlineBadge
from hpviewer.desktop.deadlines.deadlines_view import DeadlinesView
from hpviewer.places.place import PlaceCode
from tests.helpers.village_desk import HETANGXIA, plan
from tests.helpers.village_window import Room, village_room


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    place = {"towns": (PlaceCode(HETANGXIA[:9]),), "communities": (HETANGXIA,)}
    with village_room(qtbot, tmp_path, [plan(1, **place)]) as made:
        yield made


def shown(room: Room) -> DeadlinesView:
    return room.show(lambda: DeadlinesView(room.desk, room.session, room.theme, exports=room.exports))


def column(view: DeadlinesView, number: int) -> list[str]:
    return [str(view.model.index(row, number).data()) for row in range(view.model.rowCount())]


def test_as_of_today_what_closes_soonest_comes_first(room: Room) -> None:
    view = shown(room)
    assert column(view, 0) == ["2023-11-20", "2023-11-20", "2023-11-20", "2023-12-18", "2024-04-18"]
    assert column(view, 1)[0] == "还剩 19 天"
    assert column(view, 4)[0] == "何棠下村"
    assert "5 项" in view.summary.text()
    assert "4 条记录无法推算" in view.unknown_label.text()


def test_the_model_is_sound(room: Room, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(shown(room).model)


def test_as_of_another_day(room: Room, qtbot: QtBot) -> None:
    view = shown(room)
    counts: list[int] = []
    view.count_changed.connect(counts.append)
    view.date.setDate(QDate(2023, 11, 20))
    qtbot.waitUntil(lambda: not room.jobs.busy)
    assert column(view, 1)[:3] == ["今天截止"] * 3
    view.date.setDate(QDate(2030, 1, 1))
    qtbot.waitUntil(lambda: not room.jobs.busy)
    assert counts == [5, 0]
    assert not view.table.isVisible()
    assert "没有尚未届满的期限" in view.summary.text()
    qtbot.mouseClick(view.today, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not room.jobs.busy and view.model.rowCount() == 5)


def test_a_line_selects_its_record_and_tells_the_basis(room: Room, qtbot: QtBot) -> None:
    view = shown(room)
    at = view.table.visualRect(view.model.index(3, 3)).center()
    qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    room.settle()
    assert room.session.detail is not None
    assert room.session.detail.record.id == "hp-2023-33"
    assert "60 日" in view.sentence.text()
    assert "行政复议法第九条" in view.sentence.text()
    with qtbot.waitSignal(view.record_requested) as caught:
        qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert caught.args == ["hp-2023-33"]


def test_the_calendar_file_holds_what_is_listed(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    view = shown(room)
    assert not view.mask_box.isVisible()
    qtbot.mouseClick(view.ics, Qt.MouseButton.LeftButton)
    room.save_as(view.window(), tmp_path / "a.ics")
    assert (tmp_path / "a.ics").read_text(encoding="utf-8").count("BEGIN:VEVENT") == 5
    assert "5 项" in view.sentence.text()


def test_the_calendar_file_is_masked_when_ticked(qtbot: QtBot, tmp_path: Path) -> None:
    with village_room(qtbot, tmp_path, [plan(1, title="公告，联系13812345678")]) as room:
        view = shown(room)
        assert "手机号码" in view.mask_box.toolTip()
        qtbot.keyClick(view.mask_box, Qt.Key.Key_Space)
        qtbot.mouseClick(view.ics, Qt.MouseButton.LeftButton)
        room.save_as(view.window(), tmp_path / "a.ics")
        text = (tmp_path / "a.ics").read_text(encoding="utf-8")
        assert "138****5678" in text
        assert "13812345678" not in text
        assert "已隐去" in view.sentence.text()


def test_the_day_moves_on_when_it_is_shown_again(room: Room) -> None:
    view = shown(room)
    view.hide()
    room.today = dt.date(2023, 12, 19)
    view.show()
    room.settle()
    assert column(view, 0) == ["2024-04-18"]


def test_the_red_count(room: Room, qtbot: QtBot) -> None:
    badge = room.show(lambda: DeadlineBadge(room.desk, room.theme), (200, 30))
    badge.hide()
    with qtbot.waitSignal(badge.count_changed) as caught:
        badge.start()
    assert caught.args == [5]
    assert badge.isVisible()
    assert "5" in badge.text()
    assert badge.accessibleName()
    room.today = dt.date(2030, 1, 1)
    with qtbot.waitSignal(badge.count_changed) as caught:
        room.session.reload("import")
    assert caught.args == [0]
    assert not badge.isVisible()
    room.settle()


def test_badge_and_list_do_not_cancel_each_other(room: Room, qtbot: QtBot) -> None:
    badge = room.show(lambda: DeadlineBadge(room.desk, room.theme), (200, 30))
    badge.start()
    view = shown(room)
    qtbot.waitUntil(lambda: badge.count == 5 and view.model.rowCount() == 5)
