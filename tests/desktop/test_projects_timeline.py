"""The project of the selected record: its line of time, its stages, and setting its links right by hand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from hpviewer.desktop.projects.project_timeline import ProjectTimeline
from hpviewer.desktop.records.links import Link
from hpviewer.records.kind import Kind
from hpviewer.records.partial_date import PartialDate
from hpviewer.records.stage import StageState
from tests.helpers.records_window import HOSTILE, hostile_record
from tests.helpers.village_desk import HETANGXIA, plan
from tests.helpers.village_window import Room, village_room


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    with village_room(qtbot, tmp_path) as made:
        yield made


def shown(room: Room, size: tuple[int, int] = (560, 420)) -> ProjectTimeline:
    return room.show(lambda: ProjectTimeline(room.desk, room.session, room.theme), size)


def texts(view: ProjectTimeline) -> str:
    labels = [one.text() for one in view.findChildren(QLabel) if one.isVisible()]
    return "\n".join([*labels, *(one.words for one in view.findChildren(Link) if one.isVisible())])


def ids(view: ProjectTimeline) -> list[str]:
    assert view.page is not None
    return [one.record.id for one in view.page.records]


def test_without_a_record_it_says_how_to_get_one(room: Room) -> None:
    view = shown(room)
    assert "选一条" in texts(view)
    room.select("hp-2023-33")
    assert view.page is not None
    room.session.select_record(None, "test")
    room.settle()
    assert view.page is None
    assert "选一条" in texts(view)


def test_a_notice_with_its_stages_and_deadlines(room: Room) -> None:
    view = shown(room)
    room.select("hp-2023-33")
    text = texts(view)
    for words in (
        "第九批次",
        "何棠下村",
        "0.4976 公顷",
        "2023-12-18",
        "第二十六条",
        "不等于未公示",
        "只有这一条",
    ):
        assert words in text
    states = {row.stage.kind: row.stage.state for row in view.rows}
    assert states[Kind.PRE_NOTICE] is StageState.MISSING
    assert states[Kind.NOTICE] is StageState.LATE or states[Kind.NOTICE] is StageState.DONE
    assert all(row.accessibleName().startswith(row.stage.kind.value) for row in view.rows)


def test_it_asks_only_while_it_is_shown(room: Room) -> None:
    view = shown(room)
    view.hide()
    room.select("hp-2023-33")
    assert view.page is None
    view.show()
    room.settle()
    assert ids(view) == ["hp-2023-33"]


def test_a_click_on_the_line_of_time_selects_the_record(room: Room, qtbot: QtBot) -> None:
    view = shown(room)
    room.select("news-hengsha-2020-05")
    assert ids(view) == ["news-hengsha-2020-05", "news-hengsha-2020-08"]
    qtbot.mouseClick(view.axis, Qt.MouseButton.LeftButton, pos=view.axis.point_of("news-hengsha-2020-08"))
    room.settle()
    assert room.session.detail is not None
    assert room.session.detail.record.id == "news-hengsha-2020-08"


def test_arrows_and_enter_do_the_same(room: Room, qtbot: QtBot) -> None:
    view = shown(room)
    room.select("news-hengsha-2020-05")
    view.axis.setFocus()
    qtbot.keyClick(view.axis, Qt.Key.Key_Right)
    assert "2020-08-10" in view.axis.accessibleDescription()
    qtbot.keyClick(view.axis, Qt.Key.Key_Return)
    room.settle()
    assert room.session.detail is not None
    assert room.session.detail.record.id == "news-hengsha-2020-08"


def test_the_line_of_time_is_said_in_words(room: Room) -> None:
    view = shown(room)
    room.select("news-shabu-plan")
    words = view.axis.in_words()
    assert view.axis.accessibleDescription() == words
    assert words.index("2023-08-23") < words.index("日期未见")


def test_dots_never_lie_on_each_other_nor_outside(qtbot: QtBot, tmp_path: Path) -> None:
    days = [PartialDate(2001, 1, 1), *(PartialDate(2023, 10, day) for day in range(1, 9)), None]
    added = [
        plan(at, project="one project of many records", published=day, towns=(HETANGXIA[:9],))
        for at, day in enumerate(days)
    ]
    with village_room(qtbot, tmp_path, added) as room:
        view = shown(room, (420, 400))
        room.select("plan-0")
        points = [view.axis.point_of(f"plan-{at}").x() for at in range(len(days))]
        gaps = [b - a for a, b in pairwise(points)]
        assert min(gaps) >= 18
        assert points[0] > 0
        assert points[-1] < view.axis.width()


def test_a_stage_leads_to_its_record(room: Room, qtbot: QtBot) -> None:
    view = shown(room)
    room.select("news-shabu-2023-08")
    row = next(one for one in view.rows if one.stage.kind is Kind.SCHEME_APPROVAL)
    link = row.findChild(Link)
    view._scroll.ensureWidgetVisible(link)
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton, pos=QPoint(8, 5))
    room.settle()
    assert room.session.detail is not None
    assert room.session.detail.record.id == "news-shabu-plan"


def test_taking_out_joining_and_undoing(room: Room, qtbot: QtBot) -> None:
    view = shown(room)
    room.select("news-shabu-2023-08")
    assert len(ids(view)) == 2
    qtbot.mouseClick(view.links.split, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not room.jobs.busy and len(ids(view)) == 1)
    assert "人工拆分" in texts(view)
    assert not view.links.split.isEnabled()
    qtbot.mouseClick(view.links.merge, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(view.links.choice.isVisible)
    qtbot.mouseClick(view.links.join, Qt.MouseButton.LeftButton)
    assert view.links.message.isVisible()
    view.links.choice.setCurrentIndex(view.links.choice.findText("火村旧村改造项目"))
    qtbot.mouseClick(view.links.join, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not room.jobs.busy and len(ids(view)) == 2)
    assert "人工合并" in texts(view)
    for count in (1, 2):
        qtbot.mouseClick(view.links.undo, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not room.jobs.busy and len(ids(view)) == count)  # noqa: B023
    assert ids(view) == ["news-shabu-2023-08", "news-shabu-plan"]
    qtbot.mouseClick(view.links.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(view.links.message.isVisible)


def test_a_place_narrows_the_window(room: Room, qtbot: QtBot) -> None:
    view = shown(room)
    room.select("hp-2023-33")
    link = next(one for one in view.findChildren(Link) if one.words == "何棠下村")
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    room.settle()
    assert room.session.filter.place == HETANGXIA


@pytest.mark.parametrize("scheme", [Qt.ColorScheme.Light, Qt.ColorScheme.Dark])
def test_hostile_text_stays_text_and_widens_nothing(
    qtbot: QtBot, tmp_path: Path, scheme: Qt.ColorScheme
) -> None:
    with village_room(qtbot, tmp_path, [hostile_record()], scheme) as room:
        view = shown(room, (380, 300))
        room.select("hostile")
        assert HOSTILE in texts(view)
        assert view.width() == 380
        assert view._scroll.widget().width() <= 380
        view.axis.grab()
