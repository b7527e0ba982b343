"""The main window as a whole: keys, order, size, layout that is kept, failures."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from hpviewer.desktop.plain_tip import plain_tip
from hpviewer.desktop.window_state import FileWindowState
from hpviewer.errors import CatalogueError
from hpviewer.records.filter import RecordFilter
from tests.helpers.shell_fit import cut_texts
from tests.helpers.shell_window import Shell, shell

Key, Mod = Qt.Key, Qt.KeyboardModifier
SMALLEST = (1024, 700)


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[Shell]:
    with shell(tmp_path) as made:
        qtbot.waitUntil(lambda: made.loaded)
        yield made


def place_in(window: QWidget, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


# -- room ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", [Qt.ColorScheme.Light, Qt.ColorScheme.Dark])
def test_nothing_is_cut_in_the_smallest_window(qtbot: QtBot, tmp_path: Path, scheme: Qt.ColorScheme) -> None:
    with shell(tmp_path, scheme, SMALLEST) as made:
        qtbot.waitUntil(lambda: made.loaded)
        for text in ("我的村居", "年度报告", "导入", "导出"):
            made.window.add_action(text, made.window.close)
        made.session.select_place(made.community("龙湖街道", "何棠下村"), "test")
        qtbot.waitUntil(lambda: made.loaded and made.window.chip_bar.isVisible())
        assert made.window.size().toTuple() == SMALLEST
        qtbot.waitUntil(lambda: cut_texts(made.window) == [])


def test_nothing_is_cut_at_200_percent() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.helpers.shell_fit"],
        env={**os.environ, "QT_SCALE_FACTOR": "2", "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=50,
    )
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == {"scale": 2.0, "cut": []}


def test_areas_stand_beside_each_other_as_drawn(opened: Shell) -> None:
    window = opened.window
    parts = (window.filters, window.map_panel, window.table, window.tabs)
    filters, map_panel, table, tabs = (place_in(window, part) for part in parts)
    assert filters.right() < map_panel.left() < map_panel.right() < table.left()
    assert table.bottom() < tabs.top()
    assert filters.height() == map_panel.height() >= table.height() + tabs.height()
    assert 200 <= filters.width() <= 220


def test_buttons_without_room_are_in_the_menu(qtbot: QtBot, tmp_path: Path) -> None:
    with shell(tmp_path, size=SMALLEST) as made:
        qtbot.waitUntil(lambda: made.loaded)
        done: list[str] = []
        for text in ("我的村居", "年度报告", "导入", "导出", "检查目录"):
            made.window.add_action(text, lambda text=text: done.append(text))
        made.window.add_action("关于", lambda: done.append("关于"), menu_only=True)
        bar = made.window.actions_bar
        qtbot.waitUntil(lambda: 0 < len(bar.menu.actions()) < 6)
        shown = [button.text() for button in bar.buttons if button.isVisible()]
        assert shown + [action.text() for action in bar.menu.actions()] == [
            "我的村居", "年度报告", "导入", "导出", "检查目录", "关于",
        ]  # fmt: skip
        bar.menu.actions()[-1].trigger()
        qtbot.mouseClick(bar.buttons[0], Qt.MouseButton.LeftButton)
        assert done == ["关于", "我的村居"]
        made.window.resize(1920, 1080)
        qtbot.waitUntil(lambda: [action.text() for action in bar.menu.actions()] == ["关于"])
        assert all(button.isVisible() for button in bar.buttons)


# -- keys ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("keys", [(Key.Key_F, Mod.ControlModifier), (Key.Key_Slash, Mod.NoModifier)])
def test_keys_reach_the_search_box(opened: Shell, qtbot: QtBot, keys: tuple[Qt.Key, Mod]) -> None:
    opened.window.map_panel.setFocus()
    qtbot.keyClick(opened.window.map_panel, *keys)
    assert opened.window.search.hasFocus()


def test_a_slash_can_be_typed_into_the_search_box(opened: Shell, qtbot: QtBot) -> None:
    opened.window.search.setFocus()
    qtbot.keyClicks(opened.window.search, "a/b")
    assert opened.window.search.text() == "a/b"


def test_escape_goes_up_from_community_to_town_to_district(opened: Shell, qtbot: QtBot) -> None:
    community = opened.community("龙湖街道", "何棠下村")
    opened.session.select_place(community, "test")
    opened.window.map_panel.setFocus()
    for expected in (opened.town("龙湖街道"), None, None):
        qtbot.keyClick(opened.window.map_panel, Key.Key_Escape)
        assert opened.session.filter.place == expected


def test_ctrl_l_clears_everything(opened: Shell, qtbot: QtBot) -> None:
    opened.session.set_filter(RecordFilter(text="x", unlocated=True), "test")
    qtbot.keyClick(opened.window, Key.Key_L, Mod.ControlModifier)
    assert opened.session.filter == RecordFilter()


def test_f6_goes_round_the_areas_both_ways(opened: Shell, qtbot: QtBot) -> None:
    window = opened.window
    areas = [window.search, window.filters, window.map_panel, window.table, window.tabs]

    def area_of(widget: QWidget | None) -> int:
        assert widget is not None
        return next(i for i, area in enumerate(areas) if area is widget or area.isAncestorOf(widget))

    window.search.setFocus()
    walked = []
    for modifier in [Mod.NoModifier] * 5 + [Mod.ShiftModifier] * 2:
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_F6, modifier)
        walked.append(area_of(QApplication.focusWidget()))
    assert walked == [1, 2, 3, 4, 0, 4, 3]


def test_f1_shows_the_keys_and_stops_nothing(opened: Shell, qtbot: QtBot) -> None:
    window = opened.window
    qtbot.keyClick(window, Key.Key_F1)
    sheet = window.key_sheet
    assert sheet.isVisible()
    assert window.rect().contains(sheet.geometry())
    assert QApplication.activeModalWidget() is None
    opened.session.select_place(opened.town("文冲街道"), "test")
    qtbot.keyClick(window.map_panel, Key.Key_Escape)
    assert not sheet.isVisible()
    assert opened.session.filter.towns, "Esc closed the sheet and nothing else"


def test_tab_follows_the_order_of_reading(opened: Shell, qtbot: QtBot) -> None:
    window = opened.window
    window.add_action("导出", window.close)
    opened.session.select_place(opened.town("文冲街道"), "test")
    qtbot.waitUntil(lambda: opened.loaded)
    rows = (
        window.search, window.column_switch, window.actions_bar, window.chip_bar,
        window.filters.places, window.filters.kinds, window.filters.years,
        window.map_panel, window.table, window.tabs,
    )  # fmt: skip
    window.search.setFocus()
    visited = [0]
    for _ in range(40):
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab, Mod.NoModifier)
        focused = QApplication.focusWidget()
        if focused is window.table:
            window.tabs.tabBar().setFocus()  # a text editor keeps Tab for itself
            focused = window.tabs.tabBar()
            visited.append(8)
        assert focused is not None
        visited.append(next(i for i, row in enumerate(rows) if row is focused or row.isAncestorOf(focused)))
        if visited[-1] == 0:
            break
    assert visited[:-1] == sorted(visited[:-1])
    assert set(visited) == set(range(len(rows)))


def test_everything_that_takes_the_keyboard_has_a_name(opened: Shell) -> None:
    opened.session.select_place(opened.town("文冲街道"), "test")
    nameless = [
        widget
        for widget in opened.window.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.text())
        and widget.parent() is not opened.window.tabs  # the tab bar names its tabs
    ]
    assert nameless == []


# -- failures ------------------------------------------------------------------------------------------------


def test_a_failure_is_said_without_a_dialog(opened: Shell, qtbot: QtBot) -> None:
    bar = opened.window.message_bar
    assert not bar.isVisible()
    opened.session.select_record("no such record", "test")
    qtbot.waitUntil(bar.isVisible)
    assert QApplication.activeModalWidget() is None
    bar.show_error(CatalogueError("<b>目录</b>被占用。", "稍后再试。"))
    assert bar.text.text() == "<b>目录</b>被占用。\n稍后再试。"
    assert bar.text.textFormat() is Qt.TextFormat.PlainText
    qtbot.mouseClick(bar.dismiss, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()


# -- title, status, layout -------------------------------------------------------------------------------------


def test_title_and_status_state_the_catalogue(opened: Shell) -> None:
    info, status = opened.session.info, opened.window.status_line
    assert info is not None
    assert opened.window.windowTitle().startswith(info.name)
    for number in (info.records, info.towns, info.communities):
        assert f"{number} " in status.counts.text()
    assert str(info.communities_unlocated) in status.unlocated.text()
    assert info.data_date in status.date.text()
    assert status.schematic.isVisible() is info.schematic
    assert status.read_only.isVisible() is info.read_only
    assert status.catalogue.toolTip() == plain_tip(info.path)


def test_size_and_division_are_kept(qtbot: QtBot, tmp_path: Path) -> None:
    state = FileWindowState(tmp_path / "config" / "window.state")
    with shell(tmp_path, size=(1280, 740), state=state) as made:
        made.window.main.setSizes([260, 420, 590])
        made.window.right.setSizes([160, 440])
        qtbot.waitUntil(lambda: made.loaded)
        kept = made.window.main.sizes(), made.window.right.sizes()
    with shell(tmp_path, size=(1280, 740), state=state) as made:
        qtbot.waitUntil(lambda: made.loaded)
        assert (made.window.main.sizes(), made.window.right.sizes()) == kept


@pytest.mark.parametrize("damage", [b"", b"\0" * 300, b"hpviewer-window 1 0000\nxyz"])
def test_a_damaged_layout_is_set_aside(tmp_path: Path, qtbot: QtBot, damage: bytes) -> None:
    file = tmp_path / "window.state"
    file.write_bytes(damage)
    state = FileWindowState(file)
    assert state.load() is None
    assert not file.exists()
    assert (tmp_path / "window.state.damaged").read_bytes() == damage
    state.save(b"new")
    assert state.load() == b"new"
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".new")] == []


def test_a_whole_file_that_is_no_layout_opens_the_first_layout(qtbot: QtBot, tmp_path: Path) -> None:
    state = FileWindowState(tmp_path / "window.state")
    state.save(b"written by another version")
    with shell(tmp_path, state=state) as made:
        qtbot.waitUntil(lambda: made.loaded)
        assert 200 <= made.window.filters.width() <= 220


def test_a_folder_that_cannot_be_written_disturbs_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    FileWindowState(tmp_path / "file" / "window.state").save(b"state")
    assert FileWindowState(tmp_path / "file" / "window.state").load() is None
