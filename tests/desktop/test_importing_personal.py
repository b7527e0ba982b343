"""Personal numbers in the import window, and the file of what batches changed, with mouse and keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from hpviewer.session.import_events import ChangesWritten
from tests.helpers.importing_window import NOTICE, ImportingWindow, importing_window

PERSON, MOBILE = "440112199001011232", "13812345678"
LEDGER = f"""标题,类别,发布日期,所属街镇,所属社区,权属,备注
甲地块征收土地公告,征收土地公告,2024-03-01,云埔街道,刘村社区,张三{PERSON},电话{MOBILE}
"""
LEFT = Qt.MouseButton.LeftButton
pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support grabbing the (keyboard|mouse)")


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[ImportingWindow]:
    with importing_window(tmp_path) as made:
        qtbot.waitUntil(lambda: made.idle)
        yield made


def bring(opened: ImportingWindow, qtbot: QtBot, path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    opened.drop(path)
    qtbot.waitUntil(
        lambda: (
            opened.idle
            and bool(opened.importing.list.files)
            and opened.importing.list.files[-1].preview is not None
        )
    )


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def tick(opened: ImportingWindow, qtbot: QtBot) -> None:
    box = opened.view.files.mask_box
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: opened.idle)


def in_file(opened: ImportingWindow) -> list[str]:
    content = opened.catalogue.read_bytes()
    return [secret for secret in (PERSON, MOBILE) if secret.encode() in content]


def test_a_ledger_with_numbers_says_so_and_is_masked_by_the_tick(
    opened: ImportingWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    bring(opened, qtbot, tmp_path / "l.csv", LEDGER)
    page = opened.view.files
    assert page.mask_box.isVisible()
    assert not page.mask_box.isChecked()
    notes = words(page.ledger.notes)
    assert "身份证号码 440***********1232" in notes
    assert PERSON not in notes
    tick(opened, qtbot)
    assert "保存时隐去" in words(page.ledger.notes)
    qtbot.mouseClick(page.save, LEFT)
    qtbot.waitUntil(lambda: bool(opened.importing.batches) and opened.idle)
    assert in_file(opened) == []
    assert page.mask_box.isChecked(), "it stays as it was set: the next files are masked, too"


def test_without_the_tick_it_is_saved_as_written(
    opened: ImportingWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    bring(opened, qtbot, tmp_path / "l.csv", LEDGER)
    qtbot.mouseClick(opened.view.files.save, LEFT)
    qtbot.waitUntil(lambda: bool(opened.importing.batches) and opened.idle)
    assert in_file(opened) == [PERSON, MOBILE]
    bring(opened, qtbot, tmp_path / "again.csv", LEDGER)
    tick(opened, qtbot)
    qtbot.mouseClick(opened.view.files.save, LEFT)
    qtbot.waitUntil(lambda: len(opened.importing.batches) == 2 and opened.idle)
    assert "1 项以前按原样存过" in opened.view.result.text.text()
    assert in_file(opened) == [PERSON, MOBILE], "the history has them, as it says"


def test_a_notice_shows_it_beside_its_fields(opened: ImportingWindow, qtbot: QtBot, tmp_path: Path) -> None:
    text = NOTICE.format(area="3.0000").replace("020-82110000", f"020-82110000、{MOBILE}")
    bring(opened, qtbot, tmp_path / "n.txt", text)
    said = words(opened.view.files.notice.flags)
    assert "手机号码 138****5678" in said
    assert "只在原文中" in said, "a telephone number is not kept"
    assert not opened.view.files.mask_box.isVisible(), "there is nothing to mask in what is saved"


def test_a_file_without_numbers_says_nothing(opened: ImportingWindow, qtbot: QtBot, tmp_path: Path) -> None:
    bring(opened, qtbot, tmp_path / "n.txt", NOTICE.format(area="3.0000"))
    assert not opened.view.files.mask_box.isVisible()
    assert "个人信息" not in words(opened.view.files)


def test_a_batch_shows_what_it_did_to_a_policy(opened: ImportingWindow, qtbot: QtBot, tmp_path: Path) -> None:
    policy = "广州市黄埔区旧村改造补偿指引\n穗埔府规〔2023〕5号\n第一条 为规范补偿，制定本指引。\n第二条 本指引适用于{where}。\n"
    for at, where in enumerate(("本区", "全区")):
        bring(opened, qtbot, tmp_path / f"p{at}.txt", policy.format(where=where))
        opened.importing.list.say_kind([opened.importing.list.files[-1].key], "policies", "test")
        qtbot.waitUntil(lambda: opened.idle)
        qtbot.mouseClick(opened.view.files.save, LEFT)
        qtbot.waitUntil(lambda at=at: len(opened.importing.batches) == at + 1 and opened.idle)
    opened.view.tabs.setCurrentIndex(1)
    opened.view.batches.choose(2)
    model = opened.view.batches.changes.model()
    qtbot.waitUntil(lambda: model.rowCount() == 1 and opened.idle)
    head = model.index(0, 0)
    assert head.data() == "变化  广州市黄埔区旧村改造补偿指引"
    assert model.index(0, 1).data() == "政策文件"
    told = {
        model.index(row, 0, head).data(): (
            model.index(row, 1, head).data(),
            model.index(row, 2, head).data(),
        )
        for row in range(model.rowCount(head))
    }
    assert told["条文 第二条"] == ("第二条 本指引适用于本区。", "第二条 本指引适用于全区。")


def answer(opened: ImportingWindow, qtbot: QtBot, file: Path) -> ChangesWritten:
    """Fill the file dialog in and wait for what was written."""
    told: list[ChangesWritten] = []
    end = opened.importing.subscribe(ChangesWritten, told.append)
    dialog = next(each for each in opened.view.findChildren(QFileDialog) if each.isVisible())
    dialog.setDirectory(str(file.parent))
    line = dialog.findChild(QLineEdit, "fileNameEdit")
    assert line is not None
    line.setText(file.name)
    dialog.accept()
    qtbot.waitUntil(lambda: bool(told) and opened.idle)
    end()
    return told[0]


def test_the_changes_of_batches_become_a_file(opened: ImportingWindow, qtbot: QtBot, tmp_path: Path) -> None:
    for at, text in enumerate((LEDGER, LEDGER.replace("电话", "手机"))):
        bring(opened, qtbot, tmp_path / f"l{at}.csv", text)
        qtbot.mouseClick(opened.view.files.save, LEFT)
        qtbot.waitUntil(lambda at=at: len(opened.importing.batches) == at + 1 and opened.idle)
    opened.view.tabs.setCurrentIndex(1)
    panel = opened.view.batches
    panel.choose(2)
    one, since, every = panel.export_menu.actions()[:3]
    one.trigger()
    wrote = answer(opened, qtbot, tmp_path / "one.xlsx")
    rows = CalamineWorkbook.from_path(str(wrote.path)).get_sheet_by_name("变化").to_python()
    assert wrote.rows == len(rows) - 1
    assert {row[0] for row in rows[1:]} == {2}
    assert "one.xlsx" in opened.view.result.text.text()
    assert "手机号码" in opened.view.result.text.text()
    panel.mask_action.setChecked(True)
    every.trigger()
    wrote = answer(opened, qtbot, tmp_path / "all.csv")
    text = wrote.path.read_text(encoding="utf-8-sig")
    assert (MOBILE in text, "138****5678" in text) == (False, True)
    panel.choose(1)
    since.trigger()
    dialog = next(each for each in opened.view.findChildren(QFileDialog) if each.isVisible())
    kinds = dialog.findChild(QComboBox, "fileTypeCombo")
    line = dialog.findChild(QLineEdit, "fileNameEdit")
    assert kinds is not None
    assert line is not None
    assert line.text() == "目录变化_第1批起.xlsx"
    qtbot.keyClick(kinds, Qt.Key.Key_Down)
    assert line.text() == "目录变化_第1批起.csv", "the name follows the kind of file"
    assert answer(opened, qtbot, tmp_path / "since.csv").rows == wrote.rows
