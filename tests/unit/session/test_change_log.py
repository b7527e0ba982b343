"""What changed since: every batch field by field, as lines of a workbook or of csv, whatever kind of thing it holds."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from hpviewer.errors import CancelledError, InputError
from hpviewer.records.change import ChangeKind
from hpviewer.records.personal_data import PersonalKind
from hpviewer.reports.form import ReportFormat
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.change_log import ChangedItem, ChangeLog
from hpviewer.session.import_desk import ImportDesk
from hpviewer.session.import_preview import ImportKind
from hpviewer.session.import_readers import BoundaryAnswers
from hpviewer.session.item_words import geometry_words
from tests.helpers.catalogue import bundled_catalogue
from tests.helpers.report_documents import Written, as_pipes, consistent_cells

HEADER = "标题,类别,发布日期,所属街镇,所属社区,面积(公顷),备注\n"
FIRST = HEADER + "甲地块公告,征收土地公告,2024-03-01,云埔街道,刘村社区,1.5,初稿\n"
SECOND = HEADER + '甲地块公告,征收土地公告,2024-03-01,云埔街道,刘村社区,1.75,"=HYPERLINK(""http://x"")"\n'
POLICY = """广州市黄埔区旧村改造补偿指引
穗埔府规〔2023〕5号
第一条 为规范旧村改造补偿，制定本指引。
第二条 本指引适用于本区旧村改造项目。
第三条 本指引自2023年5月1日起施行，有效期五年。
广州市黄埔区人民政府
2023年4月20日
"""


class Bench:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.queries = CatalogueQueries(bundled_catalogue(folder))
        self.desk = ImportDesk(self.queries)
        self.log = ChangeLog(self.queries, today=lambda: dt.date(2026, 11, 24))

    def bring_in(self, name: str, text: str, kind: ImportKind | None = None) -> int:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        outcome = self.desk.save(self.desk.preview([path], kind))
        assert outcome.batch, outcome.files
        return outcome.batch

    def rows(self, name: str = "a.csv", **how: bool) -> list[dict[str, str]]:
        target = self.folder / name
        self.log.write(target, self.log.batches(), **how)
        return list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8-sig"))))


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.queries.close()


def fields(item: ChangedItem) -> dict[str, tuple[object, object]]:
    return {one.label: (one.old, one.new) for one in item.values}


def test_each_field_has_a_line_with_its_old_and_new_value(bench: Bench) -> None:
    bench.bring_in("first.csv", FIRST)
    second = bench.bring_in("second.csv", SECOND)
    rows = bench.rows()
    assert list(rows[0]) == [
        "批号", "保存时间", "撤销时间", "来自文件", "内容", "名称", "编号", "变化", "字段", "原来", "现在",
    ]  # fmt: skip
    assert {row["变化"] for row in rows if row["批号"] == "1"} == {"新增"}
    changed = {row["字段"]: (row["原来"], row["现在"]) for row in rows if row["批号"] == str(second)}
    assert changed == {
        "面积（公顷）": ("1.5", "1.75"),
        "备注": ("初稿", '\'=HYPERLINK("http://x")'),
        "来源名称": ("first.csv", "second.csv"),
    }
    assert {(row["来自文件"], row["名称"]) for row in rows[-3:]} == {("second.csv", "甲地块公告")}


def test_the_workbook_has_types_and_says_what_it_is(bench: Bench, tmp_path: Path) -> None:
    bench.bring_in("first.csv", FIRST)
    bench.bring_in("second.csv", SECOND)
    bench.desk.undo()
    target = tmp_path / "a.xlsx"
    written = bench.log.write(target, bench.log.batches())
    book = CalamineWorkbook.from_path(str(target))
    assert book.sheet_names == ["变化", "说明"]
    heading, *rows = book.get_sheet_by_name("变化").to_python()
    assert len(rows) == written.records == 15
    area = next(row for row in rows if row[heading.index("字段")] == "面积（公顷）" and row[0] == 2)
    assert area[-2:] == [1.5, 1.75]
    assert area[2] == bench.log.batches()[1].undone != "", "a batch that was taken back says so"
    day = next(row for row in rows if row[heading.index("字段")] == "发布日期")
    assert day[-1] == dt.date(2024, 3, 1)
    told = {row[0]: row[1] for row in book.get_sheet_by_name("说明").to_python()}
    assert "first.csv" in told["第 1 批"]
    assert "撤销" in told["第 2 批"]
    assert told["导出日期"] == "2026-11-24"


def test_a_formula_is_text_in_the_workbook(bench: Bench, tmp_path: Path) -> None:
    bench.bring_in("second.csv", SECOND)
    bench.log.write(tmp_path / "a.xlsx", bench.log.batches())
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert 't="inlineStr"><is><t>=HYPERLINK' in sheet


def test_a_boundary_says_what_it_was_and_is(bench: Bench) -> None:
    square = [[113.44, 23.09], [113.48, 23.09], [113.48, 23.12], [113.44, 23.12], [113.44, 23.09]]
    feature = {
        "type": "Feature",
        "properties": {"name": "文冲街道"},
        "geometry": {"type": "Polygon", "coordinates": [square]},
    }
    path = bench.folder / "b.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    outcome = bench.desk.save(bench.desk.preview([path], answers=BoundaryAnswers(is_gcj02=False)))
    (item,) = bench.log.items(outcome.batch)
    assert (item.kind, item.name, item.change) == ("shape", "文冲街道", ChangeKind.UPDATED)
    told = fields(item)
    assert told["边界性质"] == ("示意边界", "正式边界")
    assert told["边界来源"][1] == "b.geojson"
    assert str(told["图形"][1]).startswith("1 个面，5 个顶点")
    assert {row["内容"] for row in bench.rows()} == {"边界"}, "layers of the map follow it and are left out"


def test_a_report_is_told_cell_by_cell(bench: Bench) -> None:
    def report(natural: int) -> str:
        cells = consistent_cells(ReportFormat.UNIFORM, {("granted", "natural"): natural}, {}, [1] * 12)
        return as_pipes(Written({name: str(count) for name, count in cells.items()}, year=2024))

    bench.bring_in("r.txt", report(7), ImportKind.REPORT)
    later = bench.bring_in("r2.txt", report(8), ImportKind.REPORT)
    (item,) = bench.log.items(later)
    assert item.name == "2024 年政府信息公开工作年度报告"
    assert fields(item)["表3：本年新收·自然人"] == ("7", "8")
    assert fields(item)["报告文件"] == ("r.txt", "r2.txt")


@given(st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
def test_a_geometry_that_is_none_is_still_told(content: bytes) -> None:
    assert geometry_words(content)


def test_a_policy_is_told_clause_by_clause(bench: Bench) -> None:
    bench.bring_in("p.txt", POLICY, ImportKind.POLICIES)
    later = bench.bring_in("p2.txt", POLICY.replace("适用于本区", "适用于全区"), ImportKind.POLICIES)
    (item,) = bench.log.items(later)
    assert (item.kind, item.change, item.name) == (
        "policy",
        ChangeKind.UPDATED,
        "广州市黄埔区旧村改造补偿指引",
    )
    (changed,) = fields(item).items()
    assert changed[0] == "条文 第二条"
    assert ("适用于本区" in str(changed[1][0]), "适用于全区" in str(changed[1][1])) == (True, True)


def test_batches_since_a_day_and_by_number(bench: Bench) -> None:
    first = bench.bring_in("first.csv", FIRST)
    second = bench.bring_in("second.csv", SECOND)
    today = bench.log.batches()[0].started[:10]
    assert [batch.number for batch in bench.log.batches(today)] == [first, second]
    assert [batch.number for batch in bench.log.batches(today[:4])] == [first, second]
    assert bench.log.batches("2999") == []
    assert [batch.number for batch in bench.log.batches(numbers=(second,))] == [second]


def test_personal_numbers_are_counted_and_masked(bench: Bench, tmp_path: Path) -> None:
    bench.bring_in("陈工13812345678.csv", FIRST.replace("初稿", "电话13812345678"))
    target = tmp_path / "a.csv"
    assert dict(bench.log.write(target, bench.log.batches()).personal)[PersonalKind.MOBILE] >= 1
    assert "13812345678" in target.read_text(encoding="utf-8")
    for name in ("b.csv", "b.xlsx"):
        bench.log.write(tmp_path / name, bench.log.batches(), mask=True)
    assert "13812345678" not in (tmp_path / "b.csv").read_text(encoding="utf-8")
    book = CalamineWorkbook.from_path(str(tmp_path / "b.xlsx"))
    cells = [
        str(cell)
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
        for cell in row
    ]
    assert not any("13812345678" in cell for cell in cells)
    assert any("138****5678" in cell for cell in cells)


def test_a_wrong_ending_and_a_cancel_leave_no_file(bench: Bench, tmp_path: Path) -> None:
    bench.bring_in("first.csv", FIRST)
    with pytest.raises(InputError, match=r"a\.txt"):
        bench.log.write(tmp_path / "a.txt", bench.log.batches())
    with pytest.raises(CancelledError):
        bench.log.write(tmp_path / "a.xlsx", bench.log.batches(), wanted=lambda: False)
    assert not list(tmp_path.glob("*a.txt")) + list(tmp_path.glob("a.xlsx")) + list(tmp_path.glob(".*tmp"))
