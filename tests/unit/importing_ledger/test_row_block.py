"""Rows read by the block are what each of them is by itself, and odd ones are left alone."""

from __future__ import annotations

import datetime as dt
import math
import tempfile
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hpviewer.importing.ledger.cell_area import DECIMALS
from hpviewer.importing.ledger.cell_places import PlaceReader
from hpviewer.importing.ledger.cell_text import CellValue
from hpviewer.importing.ledger.mapping import SheetMapping
from hpviewer.importing.ledger.reader import read_ledger
from hpviewer.importing.ledger.row_block import RowBlock, _all_rounded
from hpviewer.importing.ledger.row_record import RowBuilder
from tests.helpers.gazetteer import resolver
from tests.helpers.ledger_files import HEADER, ROW, write

SIDES = (*HEADER, "东至", "公告开始日期", "存疑", "编号", "来源类型")
PLAIN: tuple[CellValue, ...] = (*ROW, "路", "", "", "", "")
ODD: tuple[CellValue, ...] = (
    "", "无", " ", "很多", "2023-09-29", "2023年9月29日至2023年10月9日", "10个工作日", "文冲", "金碧社区", "没有的村", 1.5, -1.0,
    True, 45198.0, 7, "约2公顷", "15亩", "穗府〔2023〕1号、穗府〔2023〕2号", "没有 文号", "批复", "征收土地公告", "城市更新",
    "转载待核", "http://a.invalid/post_123", "第一\n第二", "甲，乙", dt.date(2023, 1, 2), dt.datetime(2023, 1, 2, 3, 4),
    "合计", "'=1", "𠮷",
    "何棠下村、汤村村", "龙湖街道", "2023-13-01", "农用地0.5；建设用地0.2", "甲，原文如此、乙，原文如此",
)  # fmt: skip


@lru_cache(maxsize=1)
def mapping() -> SheetMapping:
    with tempfile.TemporaryDirectory() as folder:
        rows = [SIDES, (*ROW, "路", "2023-10-07", "", "a1", "转载待核")]
        return read_ledger(write(Path(folder) / "a.csv", rows), resolver()).mappings[0]


CHANGES = st.lists(st.tuples(st.integers(0, len(PLAIN) - 1), st.sampled_from(ODD)), max_size=3)


@settings(max_examples=150, deadline=None)
@given(changes=st.lists(CHANGES, min_size=1, max_size=8), short=st.integers(0, 3))
def test_each_row_is_what_it_is_alone(changes: list[list[tuple[int, CellValue]]], short: int) -> None:
    rows = []
    for number, some in enumerate(changes):
        cells = list(PLAIN)
        for column, cell in some:
            cells[column] = cell
        rows.append(tuple(cells[: len(cells) - short] if number % 3 == 1 else cells))
    builder = RowBuilder(mapping(), PlaceReader(resolver()), "a.csv")
    builder.build(PLAIN)  # a stage is known from its first row on
    title = HEADER.index("公告标题")
    found = RowBlock(builder, title, "公告标题").records(rows)
    for cells, record in zip(rows, found, strict=True):
        fresh = RowBuilder(mapping(), PlaceReader(resolver()), "a.csv")
        if record is not None:
            assert record == fresh.build(cells)
            assert fresh.warnings == []
        if cells == PLAIN:
            assert record is not None


def test_plain_rows_of_a_file_are_what_they_are_one_by_one(tmp_path: Path) -> None:
    """1,200 rows with odd ones among them, in three blocks, beside the same rows a file each."""
    rows: list[tuple[CellValue, ...]] = []
    for number in range(1200):
        cells = list(ROW)
        cells[1], cells[3] = (
            f"广州市黄埔区人民政府征收土地公告第{number}号地块",
            f"穗埔府征〔2023〕{number}号",
        )
        if number % 400 == 7:
            cells[5] = "不是日期"
        if number % 400 == 9:
            cells[9] = 9.9  # the classes do not add up to it: a flag
        if number % 400 == 11:
            cells[3] = "穗埔府征〔2023〕1号"  # a number that was there
        rows.append(tuple(cells))
    reading = read_ledger(write(tmp_path / "a.xlsx", [HEADER, *rows]), resolver())
    assert len(reading.records) == 1197
    assert [row.row for row in reading.rejected_rows] == [9, 409, 809]
    assert [record.flags != () for record in reading.records].count(True) == 3
    assert len({record.id for record in reading.records}) == 1197
    assert [origin[1] for origin in reading.origins] == [
        at for at in range(2, 1202) if at not in (9, 409, 809)
    ]
    builder = RowBuilder(reading.mappings[0], PlaceReader(resolver()), "a.xlsx")
    alone_ = [
        builder.build([float(c) if type(c) is int else c for c in rows[at - 2]]) for _, at in reading.origins
    ]
    assert [record.title for record in alone_] == [record.title for record in reading.records]
    assert sum(one == other for one, other in zip(alone_, reading.records, strict=True)) == 1194


@given(
    st.lists(
        st.one_of(
            st.floats(0, 1e7, exclude_max=True),
            st.integers(0, 10**15 - 1).map(lambda number: number / 10**DECIMALS),
            st.tuples(st.floats(0, 1e6), st.integers(0, 10)).map(lambda pair: round(*pair)),
        ),
        min_size=1,
    )
)
def test_figures_taken_as_they_are_are_those_that_rounding_leaves(cells: list[float]) -> None:
    assert _all_rounded(cells) == (cells == [round(cell, DECIMALS) for cell in cells])


@pytest.mark.parametrize("odd", [-1.0, math.nan, math.inf, 1e300, 1, "1"])
def test_a_column_with_another_figure_is_rounded_one_by_one(odd: object) -> None:
    assert not _all_rounded([1.5, odd, 2.5])
