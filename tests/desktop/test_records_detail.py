"""The detail of a record: its fields, its links, what it copies, and hostile text as text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from hpviewer.desktop.records import record_text
from hpviewer.desktop.records.links import Link
from hpviewer.places.place import PlaceCode
from hpviewer.records.column import Column, SourceKind
from hpviewer.records.filter import RecordFilter
from hpviewer.records.kind import Kind
from hpviewer.records.partial_date import PartialDate
from hpviewer.records.record import LandClass, Record
from hpviewer.wording import say
from tests.helpers.records_window import (
    HOSTILE,
    TOWN,
    RecordsWindow,
    hostile_record,
    records_window,
)


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[RecordsWindow]:
    with records_window(tmp_path) as made:
        qtbot.waitUntil(lambda: made.loaded)
        yield made


def show(made: RecordsWindow, qtbot: QtBot, record: str) -> None:
    made.session.select_record(record, "test")
    qtbot.waitUntil(lambda: made.session.detail is not None and made.session.detail.record.id == record)


def texts(widget: QWidget) -> list[str]:
    """All words on the screen."""
    labels = [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
    lines = [line.text() for line in widget.findChildren(QLineEdit) if line.isVisible()]
    return [*labels, *lines, *(link.words for link in widget.findChildren(Link) if link.isVisible())]


def link(made: RecordsWindow, words: str) -> Link:
    return next(one for one in made.detail.findChildren(Link) if one.words == words and one.isVisible())


def test_without_a_record_it_says_how_to_get_one(opened: RecordsWindow, qtbot: QtBot) -> None:
    hint = opened.detail.findChild(QLabel, "record_detail_hint")
    assert hint.isVisible()
    assert "↑↓" in hint.text()
    opened.session.set_filter(RecordFilter(text="文冲", years=(1999,)), "test")
    qtbot.waitUntil(lambda: opened.loaded)
    assert hint.isVisible()
    assert "去掉" in hint.text()


def test_every_field_of_a_notice_shows(opened: RecordsWindow, qtbot: QtBot) -> None:
    show(opened, qtbot, "hp-2023-33")
    shown = texts(opened.detail)
    for text in (
        "广州市黄埔区人民政府征收土地公告",
        "穗埔府征〔2023〕33号",
        "征地信息 · 征收土地公告",
        "2023-09-29",
        "广州市黄埔区（中新广州知识城）2023年度第九批次城镇建设用地",
        "粤府土审(23)〔2023〕25号 · 2023-09-14",
        "2023-10-07 至 2023-10-18（共 12 天）",
        "改革一路以东、美玉三路以南",
        "龙湖街道",
        "何棠下村",
        "原文“黄埔区龙湖街道何棠下村”",
        "0.4976 公顷（7.464 亩）",
        "建设用地 0.4611",
        "林地 0.0026",
        "何棠下村经济联合社",
        "转载待核",
    ):
        assert text in shown, text


def test_a_field_that_the_source_does_not_give_is_not_there(opened: RecordsWindow, qtbot: QtBot) -> None:
    show(opened, qtbot, "hp-2023-33")
    assert "批准文号" in texts(opened.detail)
    show(opened, qtbot, "news-hengsha-2020-05")
    shown = texts(opened.detail)
    assert "批准文号" not in shown
    assert "面积" not in shown
    assert "2020-05-30" in shown


def test_a_community_without_a_position_is_marked(opened: RecordsWindow, qtbot: QtBot) -> None:
    show(opened, qtbot, "gd-2019-02-7")
    assert texts(opened.detail).count("位置待补") == len(opened.session.detail.unlocated) > 0


def test_long_owner_lists_are_folded(opened: RecordsWindow, qtbot: QtBot) -> None:
    show(opened, qtbot, "gd-2019-02-7")
    owners = opened.session.detail.record.owners
    assert not any(owners[-1] in text for text in texts(opened.detail))
    more = opened.detail.findChild(Link, "owners_more")
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert any(owners[-1] in text for text in texts(opened.detail))
    qtbot.keyClick(more, Qt.Key.Key_Space)
    assert not any(owners[-1] in text for text in texts(opened.detail))


def test_a_click_on_the_project_filters_by_it(opened: RecordsWindow, qtbot: QtBot) -> None:
    show(opened, qtbot, "news-shabu-plan")
    qtbot.mouseClick(link(opened, "沙步旧村改造项目"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: opened.loaded)
    assert opened.session.filter == RecordFilter(project="沙步旧村改造项目")
    assert opened.session.results.total == 2


def test_a_click_on_a_place_selects_it(opened: RecordsWindow, qtbot: QtBot) -> None:
    show(opened, qtbot, "gz-2015-499")
    qtbot.mouseClick(link(opened, "黄陂社区"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: opened.loaded)
    place = opened.session.filter.place
    assert place is not None
    assert opened.session.place(place).name == "黄陂社区"
    assert opened.session.results.total == 2


def test_behind_another_tab_it_waits_and_then_shows_the_newest_record(
    opened: RecordsWindow, qtbot: QtBot
) -> None:
    show(opened, qtbot, "gz-2007-41")
    title = opened.detail.findChild(QLabel, "record_title")
    before = title.text()
    opened.detail.hide()
    show(opened, qtbot, "hp-2023-33")
    assert title.text() == before
    opened.detail.show()
    assert title.text() == "广州市黄埔区人民政府征收土地公告"


def test_copy_takes_the_whole_record_as_text(opened: RecordsWindow, qtbot: QtBot) -> None:
    show(opened, qtbot, "hp-2023-33")
    button = opened.detail.findChild(QPushButton, "copy_record")
    before = button.text()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    lines = dict(line.split("：", 1) for line in QGuiApplication.clipboard().text().split("\n"))
    assert lines["标题"] == "广州市黄埔区人民政府征收土地公告"
    assert lines["文号"] == "穗埔府征〔2023〕33号"
    assert lines["所属"] == "龙湖街道 · 何棠下村"
    assert lines["原文地名"] == "黄埔区龙湖街道何棠下村"
    assert (
        lines["地类（公顷）"]
        == "农用地 0.0365（林地 0.0026、草地 0.0132、其他农用地 0.0207）、建设用地 0.4611"
    )
    assert lines["来源性质"] == "转载待核"
    assert lines["数据截至"] == opened.session.info.data_date
    assert button.text() == "已复制"
    qtbot.waitUntil(lambda: button.text() == before, timeout=4000)


def test_the_address_is_copied_and_never_opened(opened: RecordsWindow, qtbot: QtBot) -> None:
    show(opened, qtbot, "gz-2007-41")
    address = opened.detail.findChild(QLineEdit, "source_address")
    url = opened.session.detail.record.source_url
    assert address.isReadOnly()
    assert address.text() == url != ""
    qtbot.mouseClick(opened.detail.findChild(QPushButton, "copy_address"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == url
    show(opened, qtbot, "hp-2023-33")
    assert not address.isVisible()


def test_hostile_text_is_text_everywhere(qtbot: QtBot, tmp_path: Path) -> None:
    with records_window(tmp_path, [hostile_record()], RecordFilter(towns=(TOWN,))) as made:
        qtbot.waitUntil(lambda: made.session.detail is not None)
        made.detail.grab()
        shown = texts(made.detail)
        assert shown.count(HOSTILE) >= 6  # title, number, project, location, owner, source, note, flag
        assert f"原文“{HOSTILE}”" in shown
        for label in made.detail.findChildren(QLabel):
            if label.isVisible():
                assert label.textFormat() == Qt.TextFormat.PlainText or HOSTILE not in label.text()
        for widget in made.detail.findChildren(QWidget):
            assert "<img" not in widget.toolTip()
        qtbot.mouseClick(made.detail.findChild(QPushButton, "copy_record"), Qt.MouseButton.LeftButton)
        assert HOSTILE in QGuiApplication.clipboard().text()


def test_words_without_a_break_do_not_widen_the_detail(qtbot: QtBot, tmp_path: Path) -> None:
    endless = "W" * 400
    record = Record(
        "wide", Column.LAND, Kind.NOTICE, endless, project=endless, towns=(TOWN,), source_url=endless
    )
    with records_window(tmp_path, [record], RecordFilter(towns=(TOWN,))) as made:
        qtbot.waitUntil(lambda: made.session.detail is not None)
        made.window.resize(400, 700)
        qtbot.waitUntil(lambda: made.window.width() == 400)
        body = made.detail.findChild(QWidget, "record_detail_body")
        qtbot.waitUntil(lambda: body.width() <= 400)


def test_texts_can_be_selected_with_mouse_and_keys(opened: RecordsWindow, qtbot: QtBot) -> None:
    show(opened, qtbot, "hp-2023-33")
    title = opened.detail.findChild(QLabel, "record_title")
    qtbot.mouseDClick(title, Qt.MouseButton.LeftButton, pos=title.rect().center() / 2)
    qtbot.keyClick(title, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert title.selectedText() == title.text()


def test_every_control_has_a_name(opened: RecordsWindow, qtbot: QtBot) -> None:
    show(opened, qtbot, "gd-2019-02-7")
    for button in (*opened.detail.findChildren(QPushButton), *opened.detail.findChildren(Link)):
        if button.isVisible():
            assert button.accessibleName()


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (None, None, ""),
        (PartialDate(2023, 10, 7), PartialDate(2023, 10, 7), "2023-10-07 至 2023-10-07（共 1 天）"),
        (PartialDate(2023, 10), PartialDate(2023, 11), "2023-10 至 2023-11"),
        (PartialDate(2023, 10, 7), None, "2023-10-07 至 —"),
        (PartialDate(2023, 10, 8), PartialDate(2023, 10, 7), "2023-10-08 至 2023-10-07"),
    ],
)
def test_the_notice_period_counts_days_only_when_both_are_known(
    first: PartialDate | None, last: PartialDate | None, text: str
) -> None:
    record = Record("r", Column.LAND, Kind.NOTICE, "t", notice_from=first, notice_to=last)
    assert record_text.notice_period(record) == text


def test_areas_have_separators_and_no_idle_zeros() -> None:
    record = Record("r", Column.LAND, Kind.NOTICE, "t", area_ha=1234.5)
    assert record_text.area(record) == "1,234.5 公顷（18,517.5 亩）"


def test_sub_classes_stand_in_brackets_at_every_depth() -> None:
    inner = LandClass("b", 1, (LandClass("c", 0.5),))
    assert (
        record_text.land_classes((LandClass("a", 2, (inner,)), LandClass("d", 3)))
        == "a 2（b 1（c 0.5））、d 3"
    )


@pytest.mark.parametrize("classes", [(LandClass("a", 0.0),), (LandClass("a", 1, (LandClass("b", 5.0),)),)])
def test_land_that_does_not_add_up_is_still_drawn(
    qtbot: QtBot, tmp_path: Path, classes: tuple[LandClass, ...]
) -> None:
    record = Record(
        "odd", Column.LAND, Kind.NOTICE, "t", towns=(TOWN,), land_classes=classes, source_kind=SourceKind.OWN
    )
    with records_window(tmp_path, [record], RecordFilter(towns=(PlaceCode(TOWN),))) as made:
        qtbot.waitUntil(lambda: made.session.detail is not None)
        made.detail.grab()
        assert made.detail.isVisible()


def test_every_source_kind_explains_itself() -> None:
    sentences = {say(f"desktop_records.source.{kind.name.lower()}") for kind in SourceKind}
    assert len(sentences) == len(SourceKind)
