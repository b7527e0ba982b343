"""Typing, suggestions, Enter: the search box in the real window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from hpviewer.desktop.search.suggestion_model import Role, SuggestionModel
from hpviewer.desktop.search.suggestion_popup import SuggestionPopup
from hpviewer.records.filter import RecordFilter
from hpviewer.records.results import Suggestion, SuggestionKind
from hpviewer.session.events import FilterChanged
from tests.helpers.shell_window import Shell, shell

Key = Qt.Key


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[Shell]:
    with shell(tmp_path) as made:
        qtbot.waitUntil(lambda: made.loaded)
        made.window.search.setFocus()
        yield made


def popup(opened: Shell) -> SuggestionPopup:
    found = opened.window.search.popup
    assert found is not None
    return found


def type_text(opened: Shell, qtbot: QtBot, text: str) -> None:
    """By keys, or as an input method commits it, and wait for the list."""
    search = opened.window.search
    if text.isascii():
        qtbot.keyClicks(search, text)
    else:
        commit = QInputMethodEvent()
        commit.setCommitString(text)
        QApplication.sendEvent(search, commit)
    qtbot.waitUntil(lambda: search.popup is not None and search.popup.isVisible())
    qtbot.waitUntil(lambda: opened.session.filter.text == search.text().strip() and opened.loaded)


def choose(opened: Shell, qtbot: QtBot, kind: SuggestionKind) -> Suggestion:
    """Down to the first suggestion of this kind."""
    for _ in range(popup(opened).model.rowCount()):
        qtbot.keyClick(opened.window.search, Key.Key_Down)
        current = popup(opened).current
        assert current is not None
        if current.kind is kind:
            return current
    raise AssertionError(f"no suggestion of kind {kind}")


def test_initials_then_enter_show_the_records_of_the_place(opened: Shell, qtbot: QtBot) -> None:
    type_text(opened, qtbot, "wc")
    search = opened.window.search
    assert popup(opened).current is None
    qtbot.keyClick(search, Key.Key_Down)
    current = popup(opened).current
    assert current is not None
    assert current.label == "文冲街道"
    qtbot.keyClick(search, Key.Key_Return)
    assert not popup(opened).isVisible()
    assert search.text() == ""
    assert opened.session.filter == RecordFilter(towns=(opened.town("文冲街道"),))
    qtbot.waitUntil(lambda: opened.loaded)
    results = opened.session.results
    assert results is not None
    assert results.total == results.facets.town[opened.town("文冲街道")] > 0


def test_records_follow_while_typing_and_are_one_step_back(opened: Shell, qtbot: QtBot) -> None:
    causes: list[tuple[str, str]] = []
    opened.session.subscribe(FilterChanged, lambda event: causes.append((event.filter.text, event.cause)))
    qtbot.keyClicks(opened.window.search, "wen")
    qtbot.waitUntil(lambda: opened.session.filter.text == "wen")
    qtbot.keyClicks(opened.window.search, "chong")
    qtbot.waitUntil(lambda: opened.session.filter.text == "wenchong")
    assert causes == [("wen", "typing"), ("wenchong", "typing")], "one query for letters typed in one go"
    qtbot.keyClick(opened.window.search, Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert opened.session.filter == RecordFilter()
    assert opened.window.search.text() == ""


def test_composing_in_an_input_method_asks_nothing(opened: Shell, qtbot: QtBot) -> None:
    seen: list[str] = []
    opened.session.subscribe(FilterChanged, lambda event: seen.append(event.filter.text))
    for composed in ("w", "we", "wen", "wen'chong"):
        QApplication.sendEvent(opened.window.search, QInputMethodEvent(composed, []))
        assert opened.window.search.text() == ""
    type_text(opened, qtbot, "文冲")
    assert seen == ["文冲"]


def test_keys_walk_over_every_suggestion_and_no_heading(opened: Shell, qtbot: QtBot) -> None:
    type_text(opened, qtbot, "文冲")
    model, search = popup(opened).model, opened.window.search
    rows = [row for row in range(model.rowCount()) if not model.index(row).data(Role.HEADING)]
    assert len(rows) < model.rowCount()
    walked = []
    for _ in range(len(rows) + 1):
        qtbot.keyClick(search, Key.Key_Down)
        walked.append(popup(opened).view.currentIndex().row())
    assert walked == [*rows, rows[0]]
    for key, row in ((Key.Key_Up, rows[-1]), (Key.Key_Home, rows[0]), (Key.Key_End, rows[-1])):
        qtbot.keyClick(search, key)
        assert popup(opened).view.currentIndex().row() == row
    qtbot.keyClick(search, Key.Key_PageUp)
    assert popup(opened).view.currentIndex().row() in rows[:-1]
    assert search.hasFocus()


def test_the_groups_come_in_their_order(opened: Shell, qtbot: QtBot) -> None:
    type_text(opened, qtbot, "文冲")
    model = popup(opened).model
    kinds = [model.suggestion(model.index(row)) for row in range(model.rowCount())]
    order = [found.kind for found in kinds if found is not None]
    assert order == sorted(order, key=list(SuggestionKind).index)
    assert {SuggestionKind.PLACE, SuggestionKind.PROJECT, SuggestionKind.RECORD} <= set(order)


def test_escape_closes_then_clears_then_goes_up(opened: Shell, qtbot: QtBot) -> None:
    opened.session.select_place(opened.community("文冲街道", "文冲社区"), "test")
    type_text(opened, qtbot, "wc")
    search = opened.window.search
    qtbot.keyClick(search, Key.Key_Escape)
    assert not popup(opened).isVisible()
    assert search.text() == "wc"
    qtbot.keyClick(search, Key.Key_Escape)
    assert search.text() == opened.session.filter.text == ""
    assert opened.session.filter.communities
    qtbot.keyClick(search, Key.Key_Escape)
    assert opened.session.filter.place == opened.town("文冲街道")
    qtbot.keyClick(search, Key.Key_Escape)
    assert opened.session.filter.place is None


def test_enter_without_choosing_filters_by_the_text_at_once(opened: Shell, qtbot: QtBot) -> None:
    qtbot.keyClicks(opened.window.search, "wc")
    qtbot.keyClick(opened.window.search, Key.Key_Enter)
    assert opened.session.filter.text == "wc"


def test_a_project_shows_just_that_project(opened: Shell, qtbot: QtBot) -> None:
    opened.session.select_place(opened.town("九佛街道"), "test")
    type_text(opened, qtbot, "文冲")
    project = choose(opened, qtbot, SuggestionKind.PROJECT)
    qtbot.keyClick(opened.window.search, Key.Key_Return)
    assert opened.session.filter == RecordFilter(project=project.key)
    qtbot.waitUntil(lambda: opened.loaded)
    assert opened.session.results is not None
    assert opened.session.results.total == project.count


@pytest.mark.parametrize(("text", "kind"), [("33号", SuggestionKind.NUMBER), ("文冲", SuggestionKind.RECORD)])
def test_a_record_is_shown_in_the_table_and_selected(
    opened: Shell, qtbot: QtBot, text: str, kind: SuggestionKind
) -> None:
    opened.session.select_place(opened.town("九佛街道"), "test")
    type_text(opened, qtbot, text)
    record = choose(opened, qtbot, kind)
    qtbot.keyClick(opened.window.search, Key.Key_Return)
    qtbot.waitUntil(lambda: opened.loaded)
    detail, results = opened.session.detail, opened.session.results
    assert detail is not None
    assert results is not None
    assert detail.record.id == record.key
    assert record.key in [row.id for row in results.rows]


def test_a_click_on_a_suggestion_chooses_it(opened: Shell, qtbot: QtBot) -> None:
    type_text(opened, qtbot, "wc")
    view = popup(opened).view
    qtbot.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(popup(opened).model.index(0)).center()
    )
    assert popup(opened).isVisible(), "a heading is not a suggestion"
    rect = view.visualRect(popup(opened).model.index(1))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert opened.session.filter.place == opened.town("文冲街道")
    assert opened.window.search.hasFocus()


def test_nothing_found_is_said_in_a_sentence(opened: Shell, qtbot: QtBot) -> None:
    type_text(opened, qtbot, "<b>qqqq</b>")
    assert "<b>qqqq</b>" in popup(opened).empty.text()
    assert popup(opened).empty.isVisible()
    assert popup(opened).empty.textFormat() is Qt.TextFormat.PlainText
    assert popup(opened).height() >= popup(opened).empty.heightForWidth(popup(opened).width() - 2)


def test_the_list_stays_in_the_window_and_closes_with_focus_and_size(opened: Shell, qtbot: QtBot) -> None:
    type_text(opened, qtbot, "文冲")
    window = opened.window
    assert window.rect().contains(popup(opened).geometry())
    qtbot.keyClick(window.search, Key.Key_Tab)
    assert not popup(opened).isVisible()
    assert not window.search.hasFocus()
    window.search.setFocus()
    qtbot.keyClick(window.search, Key.Key_Down)
    qtbot.waitUntil(lambda: popup(opened).isVisible())
    window.resize(1200, 720)
    qtbot.waitUntil(lambda: not popup(opened).isVisible())


def test_the_cross_clears_the_text(opened: Shell, qtbot: QtBot) -> None:
    type_text(opened, qtbot, "wc")
    button = opened.window.search.findChildren(QToolButton)[-1]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert opened.window.search.text() == opened.session.filter.text == ""
    assert not popup(opened).isVisible()


def test_the_model_keeps_to_the_rules_of_item_models(qtbot: QtBot, qtmodeltester: object) -> None:
    model = SuggestionModel()
    found = [Suggestion(kind, kind.value, kind.value, "why", 2) for kind in reversed(SuggestionKind)]
    qtmodeltester.check(model)  # type: ignore[attr-defined]
    model.set_suggestions(found)
    qtmodeltester.check(model)  # type: ignore[attr-defined]
    assert model.rowCount() == 2 * len(found)
    assert model.step(-1, 1) == 1
    assert model.step(model.rowCount() - 1, 1) == -1
