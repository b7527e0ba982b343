"""Rejected rows: typed cells, headings, problems; corrected, they can be brought in again."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from hpviewer.exporting.rejected_xlsx import (
    CellFault,
    CellValue,
    RejectedColumn,
    RejectedLine,
    RejectedSheet,
    write_rejected_xlsx,
)
from hpviewer.exporting.xlsx_book import new_book
from hpviewer.importing.ledger.reader import read_ledger
from hpviewer.importing.ledger.reading import LedgerReading
from tests.helpers.export_details import HOSTILE
from tests.helpers.gazetteer import resolver


def rows(path: Path, sheet: int = 0) -> list[list[object]]:
    return [list(row) for row in CalamineWorkbook.from_path(str(path)).get_sheet_by_index(sheet).to_python()]


def one_sheet(*cells: CellValue, headings: tuple[str, ...] = ("标题", "发布日期")) -> RejectedSheet:
    fault = CellFault("发布日期", "九月", "不是日期")
    columns = tuple(map(RejectedColumn, headings))
    return RejectedSheet("台账", columns, (RejectedLine(12, cells, (fault,)),))


def rejected_sheets(reading: LedgerReading) -> list[RejectedSheet]:
    """As a caller above both rooms builds them from what a ledger's reading left over."""
    sheets = []
    for mapping in reading.mappings:
        columns = tuple(RejectedColumn(use.header, use.unit, use.detail) for use in mapping.columns)
        lines = tuple(
            RejectedLine(
                row.row,
                row.cells,
                tuple(
                    CellFault(one.field, one.value, one.problem)
                    for one in reading.rejections
                    if (one.sheet, one.row) == (row.sheet, row.row)
                ),
            )
            for row in reading.rejected_rows
            if row.sheet == mapping.sheet
        )
        sheets.append(RejectedSheet(mapping.sheet, columns, lines))
    return sheets


def test_cells_keep_their_types(tmp_path: Path) -> None:
    values: tuple[CellValue, ...] = (
        "文", 7, 20.5, True, dt.date(2023, 9, 28), dt.datetime(2023, 9, 28, 15, 30), dt.time(8, 5),
        dt.timedelta(hours=30), "", 10**17, float("inf"), dt.date(1850, 1, 1), dt.timedelta(-1),
    )  # fmt: skip
    target = tmp_path / "a.xlsx"
    written = write_rejected_xlsx(target, [one_sheet(*values)])
    heading, line = rows(target)
    assert heading == ["标题", "发布日期", *[""] * 11, "问题"]
    assert line[:6] == ["文", 7, 20.5, True, dt.date(2023, 9, 28), dt.datetime(2023, 9, 28, 15, 30)]
    assert line[6] in (dt.time(8, 5), dt.timedelta(hours=8, minutes=5))
    assert line[7:13] == [dt.timedelta(hours=30), "", str(10**17), "inf", "1850-01-01", "-1 day, 0:00:00"]
    assert line[13] == "原第 12 行　发布日期“九月”：不是日期"
    assert written.records == 1


def test_nothing_rejected_is_still_a_file(tmp_path: Path) -> None:
    assert write_rejected_xlsx(tmp_path / "a.xlsx", [RejectedSheet("空", (), ())]).records == 0
    assert rows(tmp_path / "a.xlsx") == [["问题"]]


def test_sheets_of_one_name(tmp_path: Path) -> None:
    write_rejected_xlsx(tmp_path / "a.xlsx", [one_sheet("甲"), one_sheet("乙")])
    assert CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).sheet_names == ["台账", "台账 2"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_cells_headings_and_names(tmp_path: Path, text: str) -> None:
    fault = CellFault(text, text, text)
    sheet = RejectedSheet(text, (RejectedColumn(text),), (RejectedLine(2, (text,), (fault,)),))
    write_rejected_xlsx(tmp_path / "a.xlsx", [sheet])
    heading, line = rows(tmp_path / "a.xlsx")
    expected = text.replace("\r", "\n")
    assert heading[0] == line[0] == expected
    assert expected in str(line[1])


@pytest.mark.parametrize("two_lines", [False, True])
def test_corrected_rows_can_be_brought_in_again(tmp_path: Path, two_lines: bool) -> None:
    ledger = tmp_path / "台账.xlsx"
    head = [["征地台账（单位：亩）"], ["标题", "公告日期", "用地面积", "街道", "社区"]]
    widths = 5
    if two_lines:
        head = [["征地台账（单位：亩）"], ["标题", "公告日期", "面积", "", "街道", "社区"]]
        head.append(["", "", "农用地", "建设用地", "", ""])
        widths = 6
    good: list[CellValue] = ["征收土地公告甲", dt.date(2023, 9, 28), 15.0, "文冲街道", "文冲社区"]
    bad: list[CellValue] = ["征收土地公告乙", "九月底", 30.0, "文冲街道", "文冲社区"]
    if two_lines:
        good.insert(3, 3.0)
        bad.insert(3, 3.0)
    with new_book(ledger) as book:
        sheet = book.sheet("2023年")
        for number, row in enumerate([*head, good, bad]):
            for at, value in enumerate(row):
                if isinstance(value, dt.date):
                    book.day(sheet, number, at, value)
                elif isinstance(value, float):
                    book.number(sheet, number, at, value)
                else:
                    book.text(sheet, number, at, str(value))
    first = read_ledger(ledger, resolver())
    assert [one.field for one in first.rejections] == ["公告日期"]

    rejected = tmp_path / "未读入.xlsx"
    assert write_rejected_xlsx(rejected, rejected_sheets(first)).records == 1
    heading, line = rows(rejected)
    assert line[:widths] == bad
    assert heading[widths] == "问题"

    still_wrong = read_ledger(rejected, resolver())
    assert [one.value for one in still_wrong.rejections] == ["九月底"]
    corrected = tmp_path / "已改.xlsx"
    with new_book(corrected) as book:
        sheet = book.sheet("2023年")
        for at, text in enumerate(heading):
            book.text(sheet, 0, at, str(text))
        for at, value in enumerate(line):
            if at == 1:
                book.day(sheet, 1, at, dt.date(2023, 9, 30))
            elif isinstance(value, float):
                book.number(sheet, 1, at, value)
            else:
                book.text(sheet, 1, at, str(value))
    second = read_ledger(corrected, resolver())
    (record,) = second.records
    assert str(record.published) == "2023-09-30"
    if two_lines:
        areas = {one.name: one.hectares for one in record.land_classes}
        assert areas == {"农用地": 2.0, "建设用地": 0.2}
    else:
        assert record.area_ha == 2.0
