"""A notice's preview: fields beside their words, corrected with the keyboard, places picked from a list."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from hpviewer.desktop.importing.quiet_combo import QuietCombo
from hpviewer.records.kind import Kind
from hpviewer.session.import_events import ImportSaved
from tests.helpers.importing_window import NOTICE, ImportingWindow, importing_window, pick

# a list that opens; the offscreen platform says so each time
pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard")
LEFT, KEY = Qt.MouseButton.LeftButton, Qt.Key


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[ImportingWindow]:
    """One notice whose land classes do not add up is on the list."""
    path = tmp_path / "n.txt"
    path.write_text(NOTICE.format(area="3.2000"), encoding="utf-8")
    with importing_window(tmp_path) as made:
        qtbot.waitUntil(lambda: made.idle)
        made.drop(path)
        qtbot.waitUntil(lambda: len(made.importing.list.files) == 1 and made.idle)
        qtbot.waitUntil(lambda: made.view.isActiveWindow())
        yield made


def line(opened: ImportingWindow, field: str) -> QLineEdit:
    editor = opened.view.files.notice.fields.editors[field].editor
    assert isinstance(editor, QLineEdit)
    return editor


def retype(qtbot: QtBot, editor: QLineEdit, text: str) -> None:
    """By keys: mark all, type, leave with Tab."""
    editor.setFocus()
    qtbot.keyClick(editor, KEY.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(editor, KEY.Key_Delete)
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, KEY.Key_Tab)


def lit(opened: ImportingWindow) -> list[str]:
    text = opened.view.files.notice.text
    return [text.toPlainText()[start:end] for start, end in text.lit]


def record(opened: ImportingWindow):  # type: ignore[no-untyped-def]
    notices = opened.importing.list.files[0].notices
    assert notices
    return notices[0]


def test_focus_and_mouse_mark_the_words_of_a_field(opened: ImportingWindow, qtbot: QtBot) -> None:
    line(opened, "area_ha").setFocus()
    assert lit(opened) == ["3.2000 公顷"]
    qtbot.keyClick(line(opened, "area_ha"), KEY.Key_Tab)
    assert "农用地2.0000公顷" in "".join(lit(opened))
    editor = opened.view.files.notice.fields.editors["approved"]
    opened.view.files.notice.area.ensureWidgetVisible(editor)
    qtbot.mouseMove(opened.view, QPoint(5, 5))
    qtbot.mouseMove(editor, editor.rect().center())
    qtbot.waitUntil(lambda: lit(opened) == ["2024年5月6日"])


def test_a_click_in_the_text_finds_the_field(opened: ImportingWindow, qtbot: QtBot) -> None:
    text = opened.view.files.notice.text
    cursor = QTextCursor(text.document())
    cursor.setPosition(text.toPlainText().index("粤府土审") + 2)
    qtbot.mouseClick(text.viewport(), LEFT, pos=text.cursorRect(cursor).center())
    assert line(opened, "approval_number").hasFocus()
    assert opened.view.files.notice.fields.labels["approval_number"].property("role") == "key"


def test_a_corrected_field_is_what_is_saved(opened: ImportingWindow, qtbot: QtBot) -> None:
    retype(qtbot, line(opened, "area_ha"), "45")
    assert record(opened).area_ha == 45
    retype(qtbot, line(opened, "published"), "2024.5.21")
    assert line(opened, "published").text() == "2024-05-21", "shown as it is understood"
    retype(qtbot, line(opened, "approval_number"), "")
    assert record(opened).approval_number == ""
    told: list[ImportSaved] = []
    opened.importing.subscribe(ImportSaved, told.append)
    qtbot.waitUntil(lambda: opened.idle)
    qtbot.mouseClick(opened.view.files.save, LEFT)
    qtbot.waitUntil(lambda: bool(told) and opened.idle)
    stored = opened.queries.detail("穗埔府征〔2024〕12号").record
    assert (stored.area_ha, str(stored.published), stored.approval_number) == (45, "2024-05-21", "")


def test_what_is_typed_counts_without_leaving_the_field(opened: ImportingWindow, qtbot: QtBot) -> None:
    editor = line(opened, "project")
    editor.setFocus()
    qtbot.keyClicks(editor, "project 7")
    told: list[ImportSaved] = []
    opened.importing.subscribe(ImportSaved, told.append)
    qtbot.keyClick(editor, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(told) and opened.idle)
    assert opened.queries.detail("穗埔府征〔2024〕12号").record.project == "project 7"


def test_a_wrong_value_is_explained_and_holds_the_file_back(opened: ImportingWindow, qtbot: QtBot) -> None:
    retype(qtbot, line(opened, "notice_to"), "2024-02-30")
    message = opened.view.files.notice.fields.editors["notice_to"].message
    assert message.isVisible()
    assert message.text()
    assert not opened.view.files.save.isEnabled()
    retype(qtbot, line(opened, "issuer"), "other")
    assert line(opened, "notice_to").text() == "2024-02-30", "it stays to be corrected"
    retype(qtbot, line(opened, "notice_to"), "2024-06-04")
    assert not message.isVisible()
    assert opened.view.files.save.isEnabled()


def test_kind_is_chosen_with_the_keyboard(opened: ImportingWindow, qtbot: QtBot) -> None:
    combo = opened.view.files.notice.fields.editors["kind"].editor
    assert isinstance(combo, QuietCombo)
    assert combo.code == Kind.NOTICE.value
    qtbot.keyClicks(combo, "x")
    assert combo.code == Kind.NOTICE.value, "a letter typed beside a field changes nothing"
    pick(qtbot, combo, Kind.APPROVAL.value)
    assert record(opened).kind is Kind.APPROVAL


def test_places_are_picked_and_taken_away(opened: ImportingWindow, qtbot: QtBot) -> None:
    places = opened.view.files.notice.fields.places
    before = record(opened)
    assert before.communities
    places.box.setFocus()
    qtbot.keyClicks(places.box, "wenchong")
    qtbot.waitUntil(lambda: places.found.isVisible())
    area = opened.view.files.notice.area
    qtbot.waitUntil(
        lambda: (
            area.viewport()
            .rect()
            .contains(places.found.mapTo(area.viewport(), places.found.rect().bottomLeft()))
        )
    )
    names = [places.found.item(row).text() for row in range(places.found.count())]
    wanted = next(row for row, name in enumerate(names) if name.startswith("文冲社区"))
    for _ in range(wanted):
        qtbot.keyClick(places.box, KEY.Key_Down)
    qtbot.keyClick(places.box, KEY.Key_Return)
    assert not places.found.isVisible()
    added = record(opened)
    assert len(added.communities) == len(before.communities) + 1
    assert len(added.towns) == len(before.towns) + 1, "its town comes along"
    new = next(code for code in added.towns if code not in before.towns)
    cross = places.findChild(QToolButton, f"remove_{new}")
    assert cross is not None
    opened.view.files.notice.area.ensureWidgetVisible(cross)
    qtbot.mouseClick(cross, LEFT)
    assert record(opened).communities == before.communities, "a town takes its communities along"
    qtbot.keyClicks(places.box, "qqqq")
    qtbot.waitUntil(lambda: places.none.isVisible())


def test_a_flag_stays_until_it_was_looked_into(opened: ImportingWindow, qtbot: QtBot) -> None:
    flags = record(opened).flags
    assert flags
    button = opened.view.files.notice.flags.findChild(QToolButton, "dismissFlag")
    assert button is not None
    qtbot.mouseClick(button, LEFT)
    assert record(opened).flags == flags[1:]


def test_the_wheel_does_not_change_a_choice(opened: ImportingWindow, qtbot: QtBot) -> None:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    combo = opened.view.files.notice.fields.editors["kind"].editor
    assert isinstance(combo, QWidget)
    at = QPointF(combo.rect().center())
    wheel = QWheelEvent(
        at, combo.mapToGlobal(at), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(combo, wheel)
    assert record(opened).kind is Kind.NOTICE


def test_two_notices_of_one_file(opened: ImportingWindow, qtbot: QtBot, tmp_path: Path) -> None:
    one = NOTICE.format(area="3.0000")
    other = one.replace("12号", "13号").replace("20日", "22日")
    path = tmp_path / "two.txt"
    path.write_text(one + "\n==========\n" + other, encoding="utf-8")
    opened.drop(path)
    qtbot.waitUntil(lambda: len(opened.importing.list.files) == 2 and opened.idle)
    view = opened.view
    view.files.list.choose(opened.importing.list.files[1].key)
    assert view.files.notice.which.isVisible()
    view.files.notice.which.setFocus()
    qtbot.keyClick(view.files.notice.which, KEY.Key_Down)
    qtbot.waitUntil(view.files.notice.which.view().isVisible)
    qtbot.keyClick(view.files.notice.which.view(), KEY.Key_Down)
    qtbot.keyClick(view.files.notice.which.view(), KEY.Key_Return)
    assert line(opened, "doc_number").text() == "穗埔府征〔2024〕13号"
    line(opened, "doc_number").setFocus()
    assert lit(opened) == ["穗埔府征〔2024〕13号"]
    retype(qtbot, line(opened, "area_ha"), "9")
    notices = opened.importing.list.files[1].notices
    assert notices is not None
    assert [each.area_ha for each in notices] == [3, 9]
