"""The export dialog, and its map file in a real browser engine."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineUrlRequestInfo, QWebEngineUrlRequestInterceptor
from PySide6.QtWebEngineWidgets import QWebEngineView
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from hpviewer.desktop.exporting.export_dialog import ExportDialog
from hpviewer.records.column import Column
from hpviewer.records.filter import RecordFilter
from hpviewer.records.results import Sort, SortKey
from hpviewer.session.export_desk import ExportRequest
from hpviewer.session.export_writers import ExportFormat
from tests.helpers.records_window import HOSTILE, hostile_record
from tests.helpers.village_window import Room, village_room


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    with village_room(qtbot, tmp_path) as made:
        yield made


def shown(room: Room, columns: tuple[str, ...] | None = None) -> ExportDialog:
    window_columns = (lambda: columns) if columns is not None else None
    return room.show(
        lambda: ExportDialog(room.exports, room.session, room.theme, window_columns=window_columns),
        (520, 600),
    )


def choose(dialog: ExportDialog, format: ExportFormat, qtbot: QtBot) -> None:
    qtbot.keyClick(dialog.formats[format], Qt.Key.Key_Space)


def export(dialog: ExportDialog, file: Path, room: Room) -> None:
    dialog.file.setText(str(file))
    room.qtbot.mouseClick(dialog.start, Qt.MouseButton.LeftButton)
    room.qtbot.waitUntil(lambda: dialog.message.isVisible() and not room.jobs.busy)


def test_it_says_what_it_will_write_and_follows_the_filter(room: Room) -> None:
    dialog = shown(room)
    assert "25 条" in dialog.what.text()
    assert "发布日期" in dialog.what.text()
    room.session.set_filter(RecordFilter(column=Column.LAND), "test")
    room.session.set_sort(Sort(SortKey.AREA, False), "test")
    room.settle()
    assert room.session.results is not None
    assert f"{room.session.results.total} 条" in dialog.what.text()
    assert "公顷由小到大" in dialog.what.text()
    assert not dialog.isModal()


def test_csv_equals_the_table(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    room.session.set_filter(RecordFilter(column=Column.LAND), "test")
    room.session.set_sort(Sort(SortKey.AREA, True), "test")
    room.settle()
    dialog = shown(room, ("published", "title", "area_ha"))
    choose(dialog, ExportFormat.CSV, qtbot)
    export(dialog, tmp_path / "a", room)
    assert dialog.file.text().endswith("a.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "a.csv").read_text(encoding="utf-8-sig"))))
    assert rows[0] == ["发布日期", "标题", "公顷", "来源名称", "来源网址"]
    assert room.session.results is not None
    assert [row[1] for row in rows[1:]] == [one.title for one in room.session.results.rows]
    assert f"共 {len(rows) - 1} 条" in dialog.message.text()


def test_columns_can_be_taken_away_and_all_be_had(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = shown(room, ("title",))
    assert dialog.chosen_columns == ("title", "source_name", "source_url")
    dialog.columns.setCurrentRow(1)
    qtbot.keyClick(dialog.columns, Qt.Key.Key_Space)
    assert dialog.chosen_columns == ("title", "source_url")
    qtbot.mouseClick(dialog.all_columns, Qt.MouseButton.LeftButton)
    assert len(dialog.chosen_columns) == 24
    assert dialog.chosen_columns[0] == "title"
    qtbot.mouseClick(dialog.only_window, Qt.MouseButton.LeftButton)
    assert dialog.chosen_columns == ("title", "source_name", "source_url")


def test_nothing_can_be_started_without_a_file_or_a_column(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = shown(room, ("title",))
    assert not dialog.start.isEnabled()
    dialog.file.setText(str(tmp_path / "a.xlsx"))
    assert dialog.start.isEnabled()
    for row in range(3):
        dialog.columns.setCurrentRow(row)
        qtbot.keyClick(dialog.columns, Qt.Key.Key_Space)
    assert not dialog.start.isEnabled()
    choose(dialog, ExportFormat.DOCX, qtbot)
    assert dialog.start.isEnabled()
    assert dialog.file.text().endswith("a.docx")
    assert not dialog.columns.isEnabled()


@pytest.mark.parametrize("format", list(ExportFormat), ids=str)
def test_every_format_is_written(room: Room, qtbot: QtBot, tmp_path: Path, format: ExportFormat) -> None:
    dialog = shown(room)
    choose(dialog, format, qtbot)
    export(dialog, tmp_path / f"a.{format.value}", room)
    assert "25 条" in dialog.message.text()
    assert (tmp_path / f"a.{format.value}").stat().st_size > 1000


def test_a_refusal_is_a_sentence_with_a_next_step(room: Room, tmp_path: Path) -> None:
    dialog = shown(room)
    export(dialog, tmp_path / "missing" / "a.xlsx", room)
    assert "文件夹" in dialog.message.text()
    assert dialog.start.isEnabled()


def test_browsing_takes_the_format_s_ending(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = shown(room)
    choose(dialog, ExportFormat.GEOJSON, qtbot)
    qtbot.mouseClick(dialog.browse, Qt.MouseButton.LeftButton)
    room.save_as(dialog, tmp_path / "b")
    assert dialog.file.text() == str(tmp_path / "b.geojson")


class _Watched(QWebEngineUrlRequestInterceptor):
    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        self.asked.append(info.requestUrl().scheme())


class _Page(QWebEnginePage):
    def __init__(self, view: QWebEngineView) -> None:
        super().__init__(view)
        self.complaints: list[str] = []

    def javaScriptConsoleMessage(self, level: Any, message: str, line: int, source: str) -> None:
        self.complaints.append(message)


def test_the_map_opens_from_disk_without_any_network(qtbot: QtBot, tmp_path: Path) -> None:
    added = replace(hostile_record(), source_url="javascript:alert(1)")
    with village_room(qtbot, tmp_path, [added]) as room:
        file = tmp_path / "map.html"
        room.exports.export(
            ExportRequest(ExportFormat.HTML, file), lambda _: None, lambda e: pytest.fail(str(e))
        )
        room.settle()
        view = QWebEngineView()
        page = _Page(view)
        watched = _Watched()
        page.setUrlRequestInterceptor(watched)
        view.setPage(page)
        view.resize(900, 600)
        view.show()

        def value(script: str) -> Any:
            found: list[str] = []
            page.runJavaScript(f"JSON.stringify({script})", found.append)
            qtbot.waitUntil(lambda: bool(found))
            return json.loads(found[0])

        try:
            with qtbot.waitSignal(page.loadFinished, timeout=20_000):
                view.load(QUrl.fromLocalFile(str(file)))
            assert value("document.documentElement.dataset.ready") == "yes"
            assert value("document.querySelectorAll('#records li').length") == 26
            titles = value("[...document.querySelectorAll('#records h3')].map((one) => one.textContent)")
            assert HOSTILE in titles
            assert value("document.querySelectorAll('#side img, #side b, script[src]').length") == 0
            assert (
                value(
                    "[...document.querySelectorAll('#side a')].filter((one) => !/^https?:/.test(one.href)).length"
                )
                == 0
            )
            select = "document.getElementById('place')"
            value(f"({select}.value = '440112006', {select}.dispatchEvent(new Event('change')), 1)")
            assert value("document.querySelectorAll('#records li').length") == 3
            value(
                "(document.querySelector('path.leaflet-interactive').dispatchEvent(new MouseEvent('click', {bubbles: true})), 1)"
            )
            assert value("document.getElementById('place').value") != "440112006"
            assert page.complaints == []
            assert set(watched.asked) <= {"file", "data"}
            assert watched.asked.count("file") == 1
        finally:
            view.close()
            delete(page)
            delete(view)
