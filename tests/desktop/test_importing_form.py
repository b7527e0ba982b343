"""A record by hand: the same checks, places from the list, a batch of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from hpviewer.desktop.importing.quiet_combo import QuietCombo
from hpviewer.desktop.importing.record_form import RecordForm
from hpviewer.records.kind import Kind
from hpviewer.session.import_events import ImportSaved
from tests.helpers.importing_window import ImportingWindow, importing_window, pick

# a list that opens; the offscreen platform says so each time
pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard")
LEFT, KEY = Qt.MouseButton.LeftButton, Qt.Key
BUNDLED = 25


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[ImportingWindow]:
    with importing_window(tmp_path) as made:
        qtbot.waitUntil(lambda: made.idle and made.view.isActiveWindow())
        bar = made.view.tabs.tabBar()
        qtbot.mouseClick(bar, LEFT, pos=bar.tabRect(2).center())
        yield made


def type_into(qtbot: QtBot, form: RecordForm, field: str, text: str) -> None:
    editor = form.fields.editors[field].editor
    editor.setFocus()
    qtbot.keyClick(editor, KEY.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, KEY.Key_Tab)


def choose_kind(qtbot: QtBot, form: RecordForm, kind: Kind) -> None:
    combo = form.fields.editors["kind"].editor
    assert isinstance(combo, QuietCombo)
    pick(qtbot, combo, kind.value)


def test_an_empty_form_says_what_is_needed(opened: ImportingWindow, qtbot: QtBot) -> None:
    form = opened.view.form
    qtbot.mouseClick(form.save, LEFT)
    assert form.fields.editors["title"].message.text()
    assert form.fields.editors["kind"].message.text()
    assert form.problem.text()
    title = form.fields.editors["title"].editor
    assert isinstance(title, QPlainTextEdit)
    assert title.hasFocus(), "the first field to be corrected"
    assert opened.records == BUNDLED


def test_a_record_is_entered_saved_and_taken_back(opened: ImportingWindow, qtbot: QtBot) -> None:
    form = opened.view.form
    type_into(qtbot, form, "title", "hand made notice")
    choose_kind(qtbot, form, Kind.NOTICE)
    type_into(qtbot, form, "published", "2024-13-1")
    assert form.fields.editors["published"].message.isVisible()
    type_into(qtbot, form, "published", "2024.3.1")
    assert not form.fields.editors["published"].message.isVisible()
    type_into(qtbot, form, "area_ha", "1.5")
    places = form.fields.places
    places.box.setFocus()
    qtbot.keyClicks(places.box, "wenchong")
    qtbot.waitUntil(lambda: places.found.isVisible())
    qtbot.keyClick(places.box, KEY.Key_Return)
    assert places.towns
    told: list[ImportSaved] = []
    opened.importing.subscribe(ImportSaved, told.append)
    opened.view.activateWindow()
    qtbot.waitUntil(opened.view.isActiveWindow)
    qtbot.keyClick(places.box, KEY.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(told) and opened.idle)
    assert (told[0].added, opened.records) == (1, BUNDLED + 1)
    assert form.fields.editors["title"].text == "", "ready for the next one"
    assert places.towns == ()
    qtbot.mouseClick(opened.view.result.undo, LEFT)
    qtbot.waitUntil(lambda: opened.records == BUNDLED and opened.idle)


def test_a_typed_phone_number_is_pointed_out_and_masked_on_request(
    opened: ImportingWindow, qtbot: QtBot
) -> None:
    form = opened.view.form
    assert not form.mask_box.isVisible()
    type_into(qtbot, form, "title", "call 13812345678 for more")
    assert form.fields.editors["title"].message.isVisible()
    choose_kind(qtbot, form, Kind.NOTICE)
    qtbot.mouseClick(form.mask_box, LEFT)
    told: list[ImportSaved] = []
    opened.importing.subscribe(ImportSaved, told.append)
    qtbot.mouseClick(form.save, LEFT)
    qtbot.waitUntil(lambda: bool(told) and opened.idle)
    found = opened.queries.suggest("call", lambda: True)
    assert [one.label for one in found] == ["call 138****5678 for more"]
    assert not form.mask_box.isVisible(), "the next record starts without it"


def test_a_record_of_the_catalogue_is_edited(opened: ImportingWindow, qtbot: QtBot) -> None:
    record = opened.queries.detail("gd-2019-02-7").record
    opened.view.edit_record(record)
    form = opened.view.form
    assert form.fields.editors["title"].text == record.title
    assert form.fields.places.communities == record.communities
    note = form.fields.editors["project"].editor
    assert isinstance(note, QLineEdit)
    type_into(qtbot, form, "project", "another project")
    told: list[ImportSaved] = []
    opened.importing.subscribe(ImportSaved, told.append)
    qtbot.mouseClick(form.save, LEFT)
    qtbot.waitUntil(lambda: bool(told) and opened.idle)
    assert (told[0].added, told[0].updated, opened.records) == (0, 1, BUNDLED)
    assert opened.queries.detail("gd-2019-02-7").record.project == "another project"
