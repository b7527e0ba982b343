"""What is said, and what can be done, when no record fits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from hpviewer.records.column import Column
from hpviewer.records.filter import Part, RecordFilter
from hpviewer.records.kind import Kind
from hpviewer.wording import say
from tests.helpers.records_window import RecordsWindow, records_window


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[RecordsWindow]:
    with records_window(tmp_path) as made:
        qtbot.waitUntil(lambda: made.loaded)
        yield made


def ask(made: RecordsWindow, qtbot: QtBot, filter: RecordFilter) -> None:
    made.session.set_filter(filter, "test")
    qtbot.waitUntil(lambda: made.loaded)


def button(made: RecordsWindow, name: str) -> QPushButton:
    found = [one for one in made.panel.empty.findChildren(QPushButton, name) if one.isVisible()]
    assert len(found) == 1, name
    return found[0]


def words(made: RecordsWindow) -> str:
    return "\n".join(label.text() for label in made.panel.empty.findChildren(QLabel) if label.isVisible())


def test_each_condition_says_how_many_it_keeps_away_and_a_click_removes_it(
    opened: RecordsWindow, qtbot: QtBot
) -> None:
    ask(opened, qtbot, RecordFilter(text="龙湖", years=(2007,)))
    assert opened.panel.currentWidget() is opened.panel.empty
    year = button(opened, "remove_year")
    assert year.text() == "去掉“年份”可见 3 条"
    qtbot.mouseClick(year, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: opened.loaded)
    assert opened.session.filter == RecordFilter(text="龙湖")
    assert opened.session.results.total == 3
    assert opened.panel.currentWidget() is opened.table


def test_the_counts_are_what_the_user_then_sees(opened: RecordsWindow, qtbot: QtBot) -> None:
    filter = RecordFilter(text="龙湖", column=Column.RENEWAL, kinds=(Kind.NOTICE,))
    ask(opened, qtbot, filter)
    removals = opened.session.results.removals
    assert removals
    for removal in removals:
        ask(opened, qtbot, filter.without(removal.part))
        assert opened.session.results.total == removal.count
        ask(opened, qtbot, filter)


def test_it_tells_how_old_the_catalogue_is(opened: RecordsWindow, qtbot: QtBot) -> None:
    ask(opened, qtbot, RecordFilter(years=(1950,)))
    assert opened.session.info.data_date in words(opened)


def test_a_similar_name_leads_there(opened: RecordsWindow, qtbot: QtBot) -> None:
    ask(opened, qtbot, RecordFilter(text="大涵邨子"))
    match = opened.session.results.nearest[0]
    near = button(opened, f"nearest_{match.code}")
    assert near.text() == "大涵村（龙湖街道）"
    qtbot.mouseClick(near, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: opened.loaded)
    assert opened.session.filter == RecordFilter().at_place(match.code)
    assert opened.session.results.total == 1


def test_clear_all_shows_everything_again(opened: RecordsWindow, qtbot: QtBot) -> None:
    ask(opened, qtbot, RecordFilter(text="xyzzy", years=(1950,)))
    assert not [one for one in opened.panel.empty.findChildren(QPushButton, "remove_year") if one.isVisible()]
    assert "其中任何一个" in words(opened)
    qtbot.mouseClick(opened.panel.empty.clear_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: opened.loaded)
    assert opened.session.filter == RecordFilter()
    assert opened.table.isVisible()


def test_the_keyboard_reaches_the_first_way_out(opened: RecordsWindow, qtbot: QtBot) -> None:
    opened.table.setFocus()
    ask(opened, qtbot, RecordFilter(text="龙湖", years=(2007,)))
    way_out = button(opened, "remove_year")
    way_out.setFocus()
    qtbot.keyClick(way_out, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: opened.loaded)
    assert Part.YEAR not in opened.session.filter.active()


def test_a_hostile_search_text_is_text(opened: RecordsWindow, qtbot: QtBot) -> None:
    ask(opened, qtbot, RecordFilter(text="<img src=x>&{x}"))
    assert opened.panel.currentWidget() is opened.panel.empty
    for label in opened.panel.empty.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText
    opened.panel.grab()


def test_every_condition_has_a_name() -> None:
    assert len({say(f"desktop_records.part.{part}") for part in Part}) == len(Part)
