"""The export dialog says what personal numbers it would write, before it does, and masks them when ticked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from hpviewer.desktop.exporting.export_dialog import ExportDialog
from hpviewer.records.filter import RecordFilter
from hpviewer.session.export_writers import ExportFormat
from tests.helpers.village_desk import HETANGXIA, plan
from tests.helpers.village_window import Room, village_room

PERSON, MOBILE = "440112199001011232", "13812345678"


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    private = plan(1, title=f"张三{PERSON}公告", note=f"电话{MOBILE}", communities=(HETANGXIA,))
    with village_room(qtbot, tmp_path, added=(private,)) as made:
        yield made


def shown(room: Room) -> ExportDialog:
    return room.show(lambda: ExportDialog(room.exports, room.session, room.theme), (520, 640))


def test_it_is_said_for_what_would_be_written(room: Room, qtbot: QtBot) -> None:
    dialog = shown(room)
    qtbot.waitUntil(dialog.personal.isVisible)
    assert dialog.personal.text.text() == "将导出的内容中有身份证号码 1 处。"
    qtbot.mouseClick(dialog.all_columns, Qt.MouseButton.LeftButton)
    assert "手机号码 1 处" in dialog.personal.text.text()
    qtbot.keyClick(dialog.formats[ExportFormat.DOCX], Qt.Key.Key_Space)
    assert "手机号码" not in dialog.personal.text.text(), "the list shows no notes"
    room.session.set_filter(RecordFilter(text="文冲"), "test")
    room.settle()
    qtbot.waitUntil(lambda: not dialog.personal.isVisible())


@pytest.mark.parametrize("mask", [False, True])
def test_the_tick_masks(room: Room, qtbot: QtBot, tmp_path: Path, mask: bool) -> None:
    dialog = shown(room)
    qtbot.waitUntil(dialog.personal.isVisible)
    assert not dialog.personal.mask_box.isChecked()
    if mask:
        qtbot.keyClick(dialog.personal.mask_box, Qt.Key.Key_Space)
    qtbot.keyClick(dialog.formats[ExportFormat.CSV], Qt.Key.Key_Space)
    dialog.file.setText(str(tmp_path / "a.csv"))
    qtbot.mouseClick(dialog.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.message.isVisible() and not room.jobs.busy)
    text = (tmp_path / "a.csv").read_text(encoding="utf-8")
    assert (PERSON in text, "440***********1232" in text) == (not mask, mask)
    assert ("已隐去" if mask else "按原样写入") in dialog.message.text()
