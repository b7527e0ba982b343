"""What we export is understood again: csv and xlsx of records, and the workbook of rejected rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter

from hpviewer.catalogue.connection import open_writer, transaction
from hpviewer.catalogue.record_writer import delete_records
from hpviewer.exporting.about import ExportAbout
from hpviewer.exporting.records_csv import write_records_csv
from hpviewer.exporting.records_xlsx import write_records_xlsx
from hpviewer.importing.ledger.field import LedgerField
from hpviewer.importing.ledger.reader import read_ledger
from hpviewer.records.change import ChangeKind
from hpviewer.records.column import SourceKind
from hpviewer.records.filter import RecordFilter
from hpviewer.records.results import RecordDetail, Sort
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.import_desk import ImportDesk
from hpviewer.session.import_preview import FilePreview, ImportKind, Rejected
from hpviewer.session.import_reading import write_rejected
from hpviewer.session.mapping_memory import FILE, MappingMemory
from tests.helpers.catalogue import bundled_catalogue


@pytest.fixture
def queries(tmp_path: Path) -> Iterator[CatalogueQueries]:
    queries = CatalogueQueries(bundled_catalogue(tmp_path))
    yield queries
    queries.close()


def _details(queries: CatalogueQueries) -> list[RecordDetail]:
    reader = queries.reader()
    return [reader.detail(row.id) for row in reader.rows(RecordFilter(), Sort(), 0, 1000, lambda: True)]


def _exported(kind: str, folder: Path, details: list[RecordDetail]) -> Path:
    target = folder / f"导出.{kind}"
    if kind == "csv":
        return write_records_csv(target, details).path
    about = ExportAbout(RecordFilter(), Sort(), {}, "2026-06-30", True, dt.date(2026, 11, 24))
    return write_records_xlsx(target, details, about).path


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_brings_every_field_back(kind: str, tmp_path: Path, queries: CatalogueQueries) -> None:
    details = _details(queries)
    first, second = details[0], details[1]
    details[0] = replace(
        first,
        record=replace(
            first.record,
            note="=1+1 是原文",
            flags=("农用地为 2 公顷，其中各项之和为 1、5 公顷，原文如此", "面积为约数：约1公顷"),
        ),
    )
    details[1] = replace(second, record=replace(second.record, source_name="", note="-- 见附件"))
    path = _exported(kind, tmp_path, details)
    with closing(open_writer(queries.path)) as connection, transaction(connection):
        delete_records(connection, [detail.record.id for detail in details])
    desk = ImportDesk(queries)
    (preview,) = desk.preview([path])
    assert (preview.rejected, preview.count(ChangeKind.ADDED)) == ((), len(details))
    assert not any("未使用" in warning for warning in preview.warnings)
    assert {record.id: record for record in preview.records} == {
        detail.record.id: detail.record for detail in details
    }
    desk.save([preview])
    assert desk.preview([path])[0].count(ChangeKind.UNCHANGED) == len(details)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_towns_that_are_communities_too_come_back_as_towns(
    kind: str, tmp_path: Path, queries: CatalogueQueries
) -> None:
    """The export puts the towns where no community is named: 文冲街道 must not become 文冲社区."""
    places = queries.reader().places()
    towns = [place for place in places.values() if place.code == place.town_code]
    detail = _details(queries)[0]
    details = [
        RecordDetail(
            replace(detail.record, id=f"t{at}", towns=(town.code,), communities=(), place_as_written=town.name),
            (town,), (), (),
        )
        for at, town in enumerate(towns)
    ]  # fmt: skip
    reading = read_ledger(_exported(kind, tmp_path, details), queries.reader().resolver)
    assert reading.rejections == ()
    assert [(record.towns, record.communities) for record in reading.records] == [
        ((town.code,), ()) for town in towns
    ]


def test_source_headings_are_told_apart_by_their_cells(tmp_path: Path, queries: CatalogueQueries) -> None:
    head = "标题,类别,来源,公顷\n"
    for cell, field in (
        (SourceKind.COPY.value, LedgerField.SOURCE_KIND),
        ("南方日报", LedgerField.SOURCE_NAME),
    ):
        path = tmp_path / "a.csv"
        path.write_text(head + f"黄埔区征收土地公告一二三四五六,征收土地公告,{cell},1.5\n", encoding="utf-8")
        reading = read_ledger(path, queries.reader().resolver)
        assert [use.field for use in reading.mappings[0].columns][2:] == [field, LedgerField.AREA]
        assert reading.records[0].area_ha == 1.5


def test_the_apostrophe_of_a_csv_is_taken_off_before_a_formula_only(
    tmp_path: Path, queries: CatalogueQueries
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "标题,类别,备注\n黄埔区征收土地公告一二三四五六,征收土地公告,'=SUM(A1)\n"
        "黄埔区征收土地公告一二三四五七,征收土地公告,''-1\n黄埔区征收土地公告一二三四五八,征收土地公告,'注'\n",
        encoding="utf-8",
    )
    records = read_ledger(path, queries.reader().resolver).records
    assert [record.note for record in records] == ["=SUM(A1)", "'-1", "'注'"]


def test_a_remembered_mapping_serves_the_corrected_rejected_rows(
    tmp_path: Path, queries: CatalogueQueries
) -> None:
    """Two lines of headings with the unit above: the workbook of rejected rows has one line, and 问题 beside it."""
    source = tmp_path / "台账.xlsx"
    with xlsxwriter.Workbook(str(source)) as book:
        sheet = book.add_worksheet("台账")
        for at, cells in enumerate(
            (
                ["单位：亩"],
                ["公告标题", "何种事项", "面积", "", "甲列"],
                ["", "", "总面积", "农用地", ""],
                ["黄埔区文冲征收土地公告一二三", "征收土地公告", 15, 15, "文冲社区"],
                ["黄埔区文冲征收土地公告四五六", "征收土地公告", "很多", 15, "文冲社区"],
            )
        ):
            sheet.write_row(at, 0, cells)
    resolver = queries.reader().resolver
    mapping = read_ledger(source, resolver).mapping
    mapping = replace(
        mapping, sheets=(mapping.sheets[0].corrected(4, LedgerField.PLACE).corrected(1, LedgerField.KIND),)
    )
    memory = MappingMemory(tmp_path / FILE)
    memory.remember(mapping)
    reading = read_ledger(source, resolver, remembered=memory.get)
    assert reading.mapping == mapping
    assert any("以前为同样表头指定" in note for note in reading.notes)
    rejected = tuple(Rejected(str(r.row), r.field, r.value, r.problem) for r in reading.rejections)
    assert len(rejected) == 1
    out = write_rejected(
        FilePreview(source, ImportKind.RECORDS, reading, rejected=rejected), tmp_path / "未读入.xlsx"
    ).path
    again = read_ledger(out, resolver, remembered=memory.get)
    assert any("以前为同样表头指定" in note for note in again.notes)
    assert not any("问题" in note for note in again.notes)
    assert [use.field for use in again.mappings[0].columns] == [
        use.field for use in mapping.sheets[0].columns
    ]
    assert [row.cells[2] for row in again.rejected_rows] == ["很多"]
