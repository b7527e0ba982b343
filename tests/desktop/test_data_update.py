"""Newer bundled data in the real window: a note, a dialog, three answers; and settings that could not be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hpviewer.catalogue.kept_backups import kept_backups
from hpviewer.desktop.app import Desktop
from hpviewer.desktop.data_update.update_dialog import UpdateDialog
from hpviewer.desktop.data_update.update_notice import UpdateNotice
from hpviewer.desktop.notice_bar import NoticeBar
from hpviewer.desktop.theme import Theme
from hpviewer.session.own_catalogue import catalogue_for_window
from hpviewer.session.settings import Settings, load_settings, settings_file
from tests.helpers.map_window import NO_GRAPHICS_CARD
from tests.helpers.newer_catalogue import overtaken_catalogue, stored

pytestmark = pytest.mark.qt_log_ignore(NO_GRAPHICS_CARD)

SETTLED = 20_000


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's catalogue, with one edit of a record; a newer data set is bundled."""
    return overtaken_catalogue(tmp_path, monkeypatch)


@contextmanager
def window(qtbot: QtBot, catalogue: Path, notes: tuple[str, ...] = ()) -> Iterator[Desktop]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme = Theme(app, Qt.ColorScheme.Light)
    desktop = Desktop(theme, catalogue)
    desktop.greet(notes)
    desktop.window.resize(1366, 768)
    desktop.open()
    try:
        yield desktop
    finally:
        desktop.close()
        theme.deleteLater()


def notice(desktop: Desktop) -> UpdateNotice | None:
    found = desktop.window.findChildren(UpdateNotice)
    return found[0] if found else None


def dialog(qtbot: QtBot, desktop: Desktop) -> UpdateDialog:
    qtbot.waitUntil(lambda: notice(desktop) is not None, timeout=SETTLED)
    bar = notice(desktop)
    assert bar is not None
    assert bar.button is not None
    assert "2099-01-01" in bar.text.text()
    qtbot.mouseClick(bar.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bar.dialog.isVisible())
    return bar.dialog


def answer(qtbot: QtBot, desktop: Desktop, name: str) -> None:
    shown = dialog(qtbot, desktop)
    button = getattr(shown, name)
    with qtbot.waitSignal(shown.answered, timeout=SETTLED):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    bar = notice(desktop)
    assert bar is not None
    assert not bar.isVisible()
    assert shown.message.isVisible()
    assert not button.isVisible()


def total(desktop: Desktop) -> int:
    return desktop.session.results.total if desktop.session.results else 0


def test_the_dialog_says_what_changes_and_what_is_ones_own(own: Path, qtbot: QtBot) -> None:
    before = own.read_bytes()
    with window(qtbot, own) as desktop:
        shown = dialog(qtbot, desktop)
        assert not shown.isModal()
        tree = shown.changes
        texts = {
            tree.topLevelItem(row).text(0): tree.topLevelItem(row).text(1)
            for row in range(tree.topLevelItemCount())
        }
        assert texts["公开记录"] == "新增 1，改动 2，不再有 1"
        assert "手工" in shown.own.text()
        qtbot.keyClick(shown, Qt.Key.Key_Escape)
        assert not shown.isVisible()
        assert total(desktop) == 25
    assert own.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "holds"),
    [
        ("both", lambda own: stored(own, "brand-new") is not None and not kept_backups(own)),
        ("take", lambda own: stored(own, "brand-new") is not None and len(kept_backups(own)) == 1),
        ("keep", lambda own: stored(own, "brand-new") is None),
    ],
)
def test_each_answer_is_done_once(own: Path, qtbot: QtBot, name: str, holds: Callable[[Path], bool]) -> None:
    with window(qtbot, own) as desktop:
        answer(qtbot, desktop, name)
        expected = {"both": 26, "take": 25, "keep": 25}[name]
        qtbot.waitUntil(lambda: total(desktop) == expected and not desktop.jobs.busy, timeout=SETTLED)
        info = desktop.session.info
        assert info is not None
        assert (info.data_date == "2099-01-01") == (name != "keep")
    assert holds(own)
    with window(qtbot, own) as desktop:
        qtbot.waitUntil(lambda: desktop.map_panel.is_current() and not desktop.jobs.busy, timeout=SETTLED)
        assert notice(desktop) is None


def test_a_settings_file_set_aside_is_told_in_the_window(own: Path, qtbot: QtBot) -> None:
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text("theme = [", encoding="utf-8")
    with window(qtbot, own, load_settings().notes) as desktop:
        bar = next(bar for bar in desktop.window.findChildren(NoticeBar) if not isinstance(bar, UpdateNotice))
        qtbot.waitUntil(bar.isVisible)
        assert "settings.toml.damaged-" in bar.text.text()
        qtbot.mouseClick(bar.dismiss, Qt.MouseButton.LeftButton)
        assert not bar.isVisible()


def test_ctrl_comma_opens_the_settings(own: Path, qtbot: QtBot) -> None:
    with window(qtbot, own) as desktop:
        desktop.window.activateWindow()
        qtbot.waitUntil(desktop.window.isActiveWindow)
        qtbot.keyClick(desktop.window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: desktop.areas.settings.isVisible())


def test_a_catalogue_of_a_newer_program_is_refused_in_the_window(own: Path, qtbot: QtBot) -> None:
    connection = apsw.Connection(str(own))
    connection.execute("UPDATE hpviewer_meta SET value = '7' WHERE key = 'schema_version'")
    connection.close()
    with window(qtbot, catalogue_for_window(None, Settings())) as desktop:
        bar = desktop.window.message_bar
        qtbot.waitUntil(bar.isVisible, timeout=SETTLED)
        assert "第 7 版" in bar.text.text()
        assert "第 1 版" in bar.text.text()
        qtbot.waitUntil(lambda: not desktop.jobs.busy, timeout=SETTLED)
