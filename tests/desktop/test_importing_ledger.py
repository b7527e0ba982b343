"""A ledger's preview: changes field by field, rejected rows, the columns' meaning corrected and remembered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from hpviewer.desktop.importing.quiet_combo import QuietCombo
from hpviewer.session.import_events import ImportSaved, RejectedWritten
from tests.helpers.importing_window import LEDGER, ImportingWindow, importing_window, pick

# a list that opens; the offscreen platform says so each time
pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard")
LEFT, KEY = Qt.MouseButton.LeftButton, Qt.Key
BUNDLED = 25


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[ImportingWindow]:
    with importing_window(tmp_path) as made:
        qtbot.waitUntil(lambda: made.idle)
        yield made


def bring(opened: ImportingWindow, qtbot: QtBot, folder: Path, text: str, name: str = "l.csv") -> None:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    before = len(opened.importing.list.files)
    opened.drop(path)
    qtbot.waitUntil(lambda: len(opened.importing.list.files) > before and opened.idle)


def tab(opened: ImportingWindow, qtbot: QtBot, number: int) -> None:
    bar = opened.view.files.ledger.tabs.tabBar()
    qtbot.mouseClick(bar, LEFT, pos=bar.tabRect(number).center())


def cell(opened: ImportingWindow, row: int, column: int, parent: int | None = None) -> str:
    model = opened.view.files.ledger.changes.changes
    above = model.index(parent, 0) if parent is not None else model.index(-1, -1)
    return str(model.index(row, column, above).data())


def test_rejected_rows_are_shown_saved_and_the_rest_brought_in(
    opened: ImportingWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    bring(opened, qtbot, tmp_path, LEDGER)
    ledger = opened.view.files.ledger
    assert ledger.rejected.isVisible(), "what needs attention is what one sees"
    texts = [
        [str(ledger.rejected.rejected.index(row, column).data()) for column in range(4)]
        for row in range(ledger.rejected.rejected.rowCount())
    ]
    assert {(row, value) for row, _, value, _ in texts} == {
        ("4", "2024-13-02"),
        ("4", "无此街道"),
        ("4", "abc"),
    }
    assert all(problem for *_, problem in texts)
    assert not opened.view.files.save.isEnabled()
    opened.target = tmp_path / "bad.xlsx"
    told: list[RejectedWritten] = []
    opened.importing.subscribe(RejectedWritten, told.append)
    qtbot.mouseClick(ledger.save_rejected, LEFT)
    qtbot.waitUntil(lambda: bool(told))
    assert opened.target.exists()
    assert "bad.xlsx" in opened.view.result.text.text()
    ledger.only_good.setFocus()
    qtbot.keyClick(ledger.only_good, KEY.Key_Space)
    assert opened.view.files.save.isEnabled()
    saved: list[ImportSaved] = []
    opened.importing.subscribe(ImportSaved, saved.append)
    qtbot.mouseClick(opened.view.files.save, LEFT)
    qtbot.waitUntil(lambda: bool(saved) and opened.idle)
    assert (saved[0].added, opened.records) == (2, BUNDLED + 2)


def test_a_second_import_shows_old_and_new(opened: ImportingWindow, qtbot: QtBot, tmp_path: Path) -> None:
    good = "".join(LEDGER.splitlines(keepends=True)[:3])
    bring(opened, qtbot, tmp_path, good)
    qtbot.mouseClick(opened.view.files.save, LEFT)
    qtbot.waitUntil(lambda: opened.records == BUNDLED + 2 and opened.idle)
    bring(opened, qtbot, tmp_path, good.replace("0.8", "0.9"))
    changes = opened.view.files.ledger.changes.changes
    assert changes.rowCount() == 2
    assert not changes.hasChildren(changes.index(0, 0)), "unchanged"
    assert changes.rowCount(changes.index(1, 0)) == 1
    assert cell(opened, 0, 1, 1).startswith("0.8 ")
    assert cell(opened, 0, 2, 1).startswith("0.9 ")


def test_a_column_is_given_another_meaning_and_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    text = "".join(LEDGER.splitlines(keepends=True)[:3]).replace("发布日期", "甲栏")

    def published(opened: ImportingWindow) -> str:
        preview = opened.importing.list.files[0].preview
        assert preview is not None
        return str(preview.records[0].published)

    with importing_window(tmp_path) as opened:
        qtbot.waitUntil(lambda: opened.idle)
        bring(opened, qtbot, tmp_path, text)
        assert published(opened) == "None"
        tab(opened, qtbot, 2)
        mapping = opened.view.files.ledger.mapping
        qtbot.waitUntil(
            lambda: mapping.table.item(2, 3) is not None and mapping.table.item(2, 3).text() != ""
        )
        combo = mapping.findChild(QuietCombo, "use_2")
        assert combo is not None
        assert combo.code == ""
        pick(qtbot, combo, "published")
        qtbot.waitUntil(lambda: opened.idle)
        assert published(opened) == "2024-03-01"
    with importing_window(tmp_path, catalogue=opened.catalogue) as again:
        qtbot.waitUntil(lambda: again.idle)
        bring(again, qtbot, tmp_path, text, "next.csv")
        assert published(again) == "2024-03-01"


def test_a_ledger_that_was_not_understood_can_be_explained(
    opened: ImportingWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    text = "甲,乙,丙\n云埔街道甲地块,征收土地公告,2024-03-01\n云埔街道乙地块,征收土地公告,2024-03-02\n"
    bring(opened, qtbot, tmp_path, text)
    file = opened.importing.list.files[0]
    assert file.preview is not None
    assert file.preview.error is not None or not file.preview.changes
    qtbot.waitUntil(
        lambda: opened.view.files.previews.currentWidget() is opened.view.files.ledger
    )  # to be corrected
    mapping = opened.view.files.ledger.mapping
    assert mapping.isVisible()
    qtbot.waitUntil(lambda: mapping.row.isEnabled())
    pick(qtbot, mapping.row, "2")
    qtbot.waitUntil(lambda: opened.idle and mapping.table.rowCount() == 3)
    pick(qtbot, mapping.row, "1")
    qtbot.waitUntil(lambda: opened.idle)
    for column, field in ((0, "title"), (1, "kind"), (2, "published")):
        combo = mapping.findChild(QuietCombo, f"use_{column}")
        assert combo is not None
        if combo.code != field:
            pick(qtbot, combo, field)
            qtbot.waitUntil(lambda: opened.idle)
    file = opened.importing.list.files[0]
    assert file.savable
    assert file.preview is not None
    assert [record.title for record in file.preview.records] == ["云埔街道甲地块", "云埔街道乙地块"]
