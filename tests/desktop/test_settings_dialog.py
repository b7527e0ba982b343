"""The settings dialog on the real file: every gesture is saved and, where it can be, seen at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from hpviewer.desktop.jobs import JobRunner
from hpviewer.desktop.settings.settings_dialog import SettingsDialog
from hpviewer.desktop.theme import Theme
from hpviewer.session.settings import load_settings, machine_file, settings_file


class Room:
    def __init__(self, qtbot: QtBot) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.qtbot, self.app = qtbot, app
        self.theme = Theme(app, Qt.ColorScheme.Light)
        self.jobs = JobRunner()
        self.dialog = SettingsDialog(self.theme, self.jobs)
        self.dialog.show()
        self.dialog.activateWindow()
        qtbot.waitUntil(self.dialog.isActiveWindow)

    def saved(self, key: str, value: object) -> None:
        self.qtbot.waitUntil(lambda: getattr(load_settings().settings, key) == value and not self.jobs.busy)


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    monkeypatch.setenv("HPVIEWER_HOME", str(tmp_path))
    made = Room(qtbot)
    yield made
    made.dialog.close()
    made.jobs.close()
    delete(made.dialog)
    made.theme.follow_settings("light", "normal")
    delete(made.theme)


def test_looking_writes_nothing(room: Room) -> None:
    assert not settings_file().exists()
    assert not room.dialog.isModal()
    assert not room.dialog.machine.isVisible()


def test_theme_and_text_size_are_seen_at_once(room: Room) -> None:
    points = room.app.font().pointSizeF()
    room.qtbot.keyClick(room.dialog.theme_choice, Qt.Key.Key_End)
    room.saved("theme", "dark")
    room.qtbot.waitUntil(lambda: room.theme.dark)
    room.qtbot.keyClick(room.dialog.text_size, Qt.Key.Key_Down)
    room.saved("text_size", "large")
    room.qtbot.waitUntil(lambda: room.app.font().pointSizeF() > points * 1.1)
    assert room.dialog.message.isVisible()


def test_a_catalogue_that_is_not_there_is_saved_and_said(room: Room) -> None:
    room.qtbot.keyClicks(room.dialog.catalogue, "/nowhere/a.gpkg")
    room.qtbot.keyClick(room.dialog.catalogue, Qt.Key.Key_Return)
    room.saved("catalogue", "/nowhere/a.gpkg")
    room.qtbot.waitUntil(lambda: "/nowhere/a.gpkg" in room.dialog.message.text())
    room.dialog.catalogue.clear()
    room.qtbot.keyClick(room.dialog.catalogue, Qt.Key.Key_Return)
    room.saved("catalogue", "")


def test_backups_by_keyboard(room: Room) -> None:
    room.qtbot.keyClick(room.dialog.backups, Qt.Key.Key_Up)
    room.saved("backups", 6)


def test_what_comes_from_the_administrator_is_named(room: Room) -> None:
    machine_file().parent.mkdir(parents=True)
    machine_file().write_text("backups = 9\n", encoding="utf-8")
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text("theme = 'blue'\n", encoding="utf-8")
    room.dialog.show_again()
    assert room.dialog.backups.value() == 9
    assert room.dialog.machine.isVisible()
    assert "theme" in room.dialog.message.text()
    assert not room.jobs.busy  # showing is not changing


def test_every_field_has_a_name_and_the_file_is_named(room: Room) -> None:
    fields = [room.dialog.theme_choice, room.dialog.catalogue, room.dialog.backups, room.dialog.pack_key]
    assert all(field.accessibleName() and field.toolTip() for field in fields)
    assert any(str(settings_file()) in label.text() for label in room.dialog.findChildren(QLabel))
