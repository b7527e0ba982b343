"""数据包: a pack is chosen, looked at, taken in and taken back; one is made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from hpviewer.desktop.packs.packs_view import PacksView
from hpviewer.session.events import CatalogueOpened
from hpviewer.session.pack_desk import PackDesk
from hpviewer.session.pack_session import PackSession
from hpviewer.session.settings import Settings
from tests.helpers.catalogue import bundled_catalogue
from tests.helpers.newer_catalogue import DATE, edit, make_newer, record_ids
from tests.helpers.village_window import Room, village_room


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    with village_room(qtbot, tmp_path) as made:
        yield made


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    (tmp_path / "theirs").mkdir()
    theirs = bundled_catalogue(tmp_path / "theirs")
    make_newer(theirs)
    return PackDesk(theirs, Settings, cache=tmp_path / "cache").pack(tmp_path / "new.hppack", "给南岗").path


def shown(room: Room, tmp_path: Path) -> PacksView:
    desk = PackDesk(room.queries.path, Settings, cache=tmp_path / "cache")
    packs = PackSession(desk, room.jobs, room.session.reload)
    return room.show(lambda: PacksView(packs, room.session, room.theme))


def press(room: Room, button: QPushButton) -> None:
    assert button.isVisible()
    assert button.isEnabled()
    room.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    room.settle()


def type_in(room: Room, line: QLineEdit, text: str) -> None:
    line.setFocus()
    line.selectAll()
    room.qtbot.keyClicks(line, text)


def choose(room: Room, view: PacksView, pack: Path) -> None:
    type_in(room, view.incoming.file, str(pack))
    room.qtbot.keyClick(view.incoming.file, Qt.Key.Key_Return)
    room.settle()


def test_before_a_pack_is_chosen_it_says_what_to_do(room: Room, tmp_path: Path) -> None:
    view = shown(room, tmp_path)
    assert ".hppack" in view.incoming.empty.text()
    assert not view.incoming.keep.isVisible()
    assert not view.incoming.undo.isVisible()


def test_it_is_looked_at_before_anything_changes(room: Room, tmp_path: Path, pack: Path) -> None:
    edit(room.queries.path, record_ids(room.queries.path)[3], note="我的说明")
    before = record_ids(room.queries.path)
    view = shown(room, tmp_path)
    choose(room, view, pack)
    page = view.incoming
    assert DATE in page.what.text()
    assert "给南岗" in page.what.text()
    assert "没有签名" in page.trust.text()
    assert page.changes.topLevelItemCount() >= 3
    assert "1 批" in page.own.text()
    assert page.keep.property("role") == "primary"
    assert record_ids(room.queries.path) == before


def test_it_replaces_and_the_former_comes_back(room: Room, tmp_path: Path, pack: Path) -> None:
    before = record_ids(room.queries.path)
    opened: list[str] = []
    room.session.subscribe(CatalogueOpened, lambda event: opened.append(event.info.data_date))
    view = shown(room, tmp_path)
    choose(room, view, pack)
    assert view.incoming.replace.property("role") == "primary"
    press(room, view.incoming.replace)
    room.qtbot.waitUntil(lambda: opened == [DATE])
    assert record_ids(room.queries.path) != before
    assert "backups" in view.incoming.strip.text.text()
    room.settle()

    again = shown(room, tmp_path)  # as after a restart
    press(room, again.incoming.undo)
    assert record_ids(room.queries.path) != before  # asked for first
    press(room, again.incoming.strip.action)
    room.qtbot.waitUntil(lambda: len(opened) == 2)
    assert record_ids(room.queries.path) == before
    room.settle()
    assert not again.incoming.undo.isVisible()


def test_it_is_merged_as_a_batch(room: Room, tmp_path: Path, pack: Path) -> None:
    view = shown(room, tmp_path)
    choose(room, view, pack)
    press(room, view.incoming.keep)
    assert "第 1 批" in view.incoming.strip.text.text()
    assert "brand-new" in record_ids(room.queries.path)
    assert not view.incoming.undo.isVisible()


def test_a_damaged_pack_is_a_sentence(room: Room, tmp_path: Path, pack: Path) -> None:
    pack.write_bytes(pack.read_bytes()[:-500])
    view = shown(room, tmp_path)
    choose(room, view, pack)
    assert "没有装入" in view.incoming.strip.text.text()
    assert not view.incoming.replace.isVisible()


def test_a_pack_can_be_dropped(room: Room, tmp_path: Path, pack: Path) -> None:
    view = shown(room, tmp_path)
    view.tabs.setCurrentWidget(view.outgoing)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(pack))])
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, data, button, keys)
    QApplication.sendEvent(view, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(view, QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, button, keys))
    room.settle()
    assert view.tabs.currentWidget() is view.incoming
    assert DATE in view.incoming.what.text()


def test_one_is_made(room: Room, tmp_path: Path) -> None:
    view = shown(room, tmp_path)
    view.tabs.setCurrentWidget(view.outgoing)
    page = view.outgoing
    assert not page.start.isEnabled()
    room.save_as(page.ask_target().parentWidget(), tmp_path / "out.hppack")
    assert page.file.text() == str(tmp_path / "out.hppack")
    type_in(room, page.note, "note")
    press(room, page.start)
    assert "out.hppack" in page.strip.text.text()
    assert (
        PackDesk(room.queries.path, Settings, cache=tmp_path / "c")
        .preview(tmp_path / "out.hppack")
        .manifest.note
        == "note"
    )
    press(room, page.start)
    assert "已经存在" in page.strip.text.text()


def test_every_control_has_a_name_and_a_place_in_the_tab_order(room: Room, tmp_path: Path) -> None:
    view = shown(room, tmp_path)
    for page in (view.incoming, view.outgoing):
        for button in page.findChildren(QPushButton):
            # the strip's button gets its words with the question
            assert button.text() or button is page.strip.action
            assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
        for line in page.findChildren(QLineEdit):
            assert line.accessibleName()
