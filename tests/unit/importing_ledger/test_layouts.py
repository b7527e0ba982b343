"""One record in the layouts that ledgers come in: the same record each time."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from hpviewer.importing.ledger.field import LedgerField
from hpviewer.importing.ledger.mapping import LedgerMapping, SheetMapping, mapping_key
from hpviewer.importing.ledger.reader import read_ledger
from hpviewer.importing.ledger.reading import LedgerReading
from hpviewer.records.column import Column
from hpviewer.records.kind import Kind
from hpviewer.records.partial_date import PartialDate
from hpviewer.records.record import LandClass, Record
from tests.helpers.gazetteer import code_of, resolver
from tests.helpers.ledger_files import FORMATS, HEADER, ROW, csv_bytes, row, write, write_sheets


def read(path: Path, **options: object) -> LedgerReading:
    return read_ledger(path, resolver(), **options)  # type: ignore[arg-type]


EXPECTED = Record(
    id="doc-穗埔府征-2023-33",
    column=Column.LAND,
    kind=Kind.NOTICE,
    title="广州市黄埔区人民政府征收土地公告",
    doc_number="穗埔府征〔2023〕33号",
    approval_number="粤府土审(23)〔2023〕25号",
    published=PartialDate(2023, 9, 29),
    notice_from=PartialDate(2023, 10, 7),
    notice_to=PartialDate(2023, 10, 18),
    project="2023年度第九批次",
    location="改革一路以东",
    area_ha=0.4976,
    land_classes=(
        LandClass("农用地", 0.0365, (LandClass("耕地", 0.0305), LandClass("园地", 0.006))),
        LandClass("建设用地", 0.4611),
    ),
    owners=("何棠下村经济联合社",),
    towns=(code_of("龙湖街道"),),
    communities=(code_of("何棠下村"),),
    place_as_written="龙湖街道何棠下村",
    source_name="",
    source_url="http://example.invalid/post_9420952.html",
    note="待核",
)


def only(reading: LedgerReading) -> Record:
    assert [str(each) for each in reading.rejections] == []
    (record,) = reading.records
    return record


def same(record: Record, path: Path) -> None:
    assert record == replace(EXPECTED, source_name=path.name)


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format(tmp_path: Path, kind: str) -> None:
    path = write(tmp_path / f"台账.{kind}", [HEADER, ROW])
    reading = read(path)
    same(only(reading), path)
    assert reading.origins == (("" if kind == "csv" else "台账", 2),)
    assert reading.warnings == ()


@pytest.mark.parametrize("kind", FORMATS)
def test_title_lines_totals_and_repeated_headers(tmp_path: Path, kind: str) -> None:
    rows = [
        ["2023年征地公告台账"],
        [],
        ["填报单位：某单位", "", "", "单位：公顷"],
        HEADER,
        ROW,
        ["", "小计", *[""] * 7, 0.4976],
        [],
        HEADER,
        row(公告标题="另一则征收土地公告标题在此", 公告文号="穗埔府征〔2023〕34号"),
        ["合  计", *[""] * 8, 0.9952],
        ["注：以上数据以公告为准。"],
        [3],
    ]
    reading = read(write(tmp_path / f"t.{kind}", rows))
    assert [row for _, row in reading.origins] == [5, 9]
    assert reading.rejections == ()
    assert any("第 6、10 行是合计" in note for note in reading.notes)
    assert any("第 8 行重复了表头" in note for note in reading.notes)
    assert any("第 11 行是表注" in note for note in reading.notes)


@pytest.mark.parametrize("kind", FORMATS)
def test_header_in_two_rows(tmp_path: Path, kind: str) -> None:
    upper = [*HEADER[:9], "征收土地面积（亩）", "", "", "", "", *HEADER[14:]]
    lower = [*[""] * 9, "合计", "农用地", "其中：耕地", "园地", "建设用地", *[""] * 5]
    cells = [*ROW[:9], 7.464, 0.5475, 0.4575, 0.09, 6.9165, *ROW[14:]]
    merges = [(0, 9, 0, 13), *[(0, at, 1, at) for at in (*range(9), *range(14, 19))]]
    path = write(tmp_path / f"t.{kind}", [upper, lower, cells], merges)
    reading = read(path)
    same(only(reading), path)
    assert (reading.mappings[0].header_row, reading.mappings[0].header_rows) == (1, 2)


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_vertical_merges_are_filled_down(tmp_path: Path, kind: str) -> None:
    town = HEADER.index("所属街镇")
    second = row(公告文号="穗埔府征〔2023〕34号", 所属街镇="", 所属社区="汤村村")
    third = row(公告文号="穗埔府征〔2023〕35号", 所属街镇="", 所属社区="文冲社区")
    path = write(tmp_path / f"t.{kind}", [HEADER, ROW, second, third], [(1, town, 2, town)])
    reading = read(path)
    assert [record.place_as_written for record in reading.records] == [
        "龙湖街道何棠下村",
        "龙湖街道汤村村",
        "文冲社区",
    ]


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("gb18030", ","), ("gb18030", "\t"), ("utf-16", "\t")],
)
def test_csv_encodings(tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(csv_bytes([HEADER, ROW], encoding, separator))
    same(only(read(path)), path)


@pytest.mark.parametrize(
    "written",
    ["2023年9月29日", "2023/9/29", "2023.09.29", "２０２３－９－２９", "20230929", 20230929, 45198, "45198",
     "二〇二三年九月二十九日", "2023-09-29 10:30", "2023年9月29日（星期五）", dt.date(2023, 9, 29)],
)  # fmt: skip
def test_dates(tmp_path: Path, written: object) -> None:
    path = write(tmp_path / "t.xlsx", [HEADER, row(发布日期=written)])  # type: ignore[arg-type]
    same(only(read(path)), path)


@pytest.mark.parametrize("written", [2023.1, "去年", "2023-02-30", 12, "29/9/2023"])
def test_dates_that_are_refused(tmp_path: Path, written: object) -> None:
    reading = read(write(tmp_path / "t.xlsx", [HEADER, row(发布日期=written)]))  # type: ignore[arg-type]
    (problem,) = reading.rejections
    assert (problem.sheet, problem.row, problem.field) == ("台账", 2, "发布日期")
    assert reading.rejected_rows[0].cells[1] == ROW[1]


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("面积（亩）", 7.464),
        ("用地面积 平方米", "4,976"),
        ("面积", "０.４９７６公顷"),
        ("面积", "7.464亩"),
        ("总面积（亩）", "0.4976 公顷"),
        ("面积（公顷）", "0.4976公顷（合7.464亩）"),
        ("面积(公顷)", 0.49760000000000004),
    ],
)
def test_areas_and_units(tmp_path: Path, header: str, cell: float | str) -> None:
    header_row = ["公告标题", "类别", header]
    path = write(tmp_path / "t.xlsx", [header_row, ["某批次征收土地公告的标题全文", "征收土地公告", cell]])
    assert only(read(path)).area_ha == 0.4976


def test_area_without_any_unit_is_left_empty_with_a_warning(tmp_path: Path) -> None:
    reading = read(
        write(
            tmp_path / "t.csv",
            [["标题", "类别", "面积"], ["某批次征收土地公告的标题全文", "征收土地公告", 3]],
        )
    )
    assert only(reading).area_ha is None
    assert [warning.field for warning in reading.warnings] == ["面积"]
    use = reading.mappings[0].columns[2]
    corrected = LedgerMapping((reading.mappings[0].corrected(use.column, LedgerField.AREA, unit="亩"),))
    again = read_ledger(tmp_path / "t.csv", resolver(), corrected)
    assert only(again).area_ha == 0.2


def test_one_class_is_a_part_of_the_total_and_no_division(tmp_path: Path) -> None:
    header = ("标题", "公告类别", "发布时间", "所在街道", "涉及村社", "征收面积（亩）", "其中：耕地（亩）")
    rows = [header, ("甲地块公告", "征收土地公告", "2023-05-06", "云埔街", "刘村社区、火村社区", 45.3, 12.5)]
    rows.append(("乙地块公告", "征收土地公告", "2023-05-06", "云埔街", "刘村社区", 12.5, 45.3))
    part, more = read_ledger(write(tmp_path / "l.csv", rows), resolver()).records
    assert part.flags == ()
    assert part.land_classes[0].name == "耕地"
    assert len(part.communities) == 2, "涉及村社 names places"
    assert len(more.flags) == 1, "a part larger than the whole"


def test_sums_that_do_not_add_up_are_flagged(tmp_path: Path) -> None:
    record = only(read(write(tmp_path / "t.xlsx", [HEADER, row(园地=0.5)])))
    assert len(record.flags) == 1
    assert "农用地" in record.flags[0]


@pytest.mark.parametrize(
    ("kind", "column", "expected"),
    [
        ("预公告", "", Kind.PRE_NOTICE),
        ("3. 征收土地公告", "", Kind.NOTICE),
        ("批复", "城市更新", Kind.SCHEME_APPROVAL),
        ("批复", "征地信息", Kind.APPROVAL),
        ("征地信息", "", Kind.OTHER_LAND),
        ("奇怪的类别", "城市更新", Kind.OTHER_RENEWAL),
        ("", "征地信息", Kind.OTHER_LAND),
    ],
)
def test_kinds(tmp_path: Path, kind: str, column: str, expected: Kind) -> None:
    path = write(
        tmp_path / "t.xlsx", [["标题", "类别", "栏目"], ["某村的一份没有说明阶段的文件", kind, column]]
    )
    reading = read(path)
    record = only(reading)
    assert (record.kind, record.column) == (expected, expected.column)
    assert bool(reading.warnings) == expected.value.startswith("其他")


def test_a_row_that_says_neither_kind_nor_column_is_rejected(tmp_path: Path) -> None:
    rows = [["标题", "类别", "栏目"], ["某村的一份没有说明阶段的文件", "", ""], ["", "预公告", ""]]
    reading = read(write(tmp_path / "t.xlsx", rows))
    assert [(each.row, each.field) for each in reading.rejections] == [(2, "类别"), (3, "标题")]


def test_places(tmp_path: Path) -> None:
    def places(town: str, community: str) -> LedgerReading:
        return read(write(tmp_path / "t.xlsx", [HEADER, row(所属街镇=town, 所属社区=community)]))

    assert only(places("鱼珠街道", "金碧社区")).towns == (code_of("鱼珠街道"),)
    several = only(places("", "何棠下村、汤村村\n文冲社区"))
    assert several.communities == tuple(code_of(name) for name in ("何棠下村", "汤村村", "文冲社区"))
    assert several.towns == (code_of("龙湖街道"), code_of("文冲街道"))
    assert only(places("九龙镇", "汤村村")).towns == (code_of("龙湖街道"),)
    split = places("九龙镇", "")
    assert len(only(split).towns) == 3
    assert len(split.warnings) == 1
    for town, community in (("", "金碧社区"), ("夏港街道", "文冲社区"), ("", "不存在村"), ("远方镇", "")):
        (problem,) = places(town, community).rejections
        assert problem.value in (town, community)
    (slip,) = places("", "何堂下村").rejections
    assert "何棠下村" in slip.problem


def test_sheets_are_mapped_one_by_one(tmp_path: Path) -> None:
    sheets = {
        "一": [HEADER, ROW],
        "空": [],
        "说明": [["本表说明"], ["甲", "乙"]],
        "二": [["标题", "阶段"], ["某村实施方案公示的全文标题", "实施方案公示"]],
    }
    path = write_sheets(tmp_path / "t.xlsx", sheets)
    reading = read(path)
    assert [mapping.sheet for mapping in reading.mappings] == ["一", "二"]
    assert [record.kind for record in reading.records] == [Kind.NOTICE, Kind.SCHEME_DRAFT]
    assert any("“空”是空的" in note for note in reading.notes)
    assert any("“说明”没有标题列" in note for note in reading.notes)


def test_columns_without_a_header_are_known_by_their_cells(tmp_path: Path) -> None:
    rows = [
        ["广州市黄埔区某处征收土地公告全文一", "2023-09-29", "穗埔府征〔2023〕33号", "龙湖街道", "汤村村"],
        ["广州市黄埔区某处征收土地公告全文二", "2023-09-30", "穗埔府征〔2023〕34号", "文冲街道", "文冲社区"],
    ]
    reading = read(write(tmp_path / "t.csv", rows))
    assert [(use.field, use.confidence <= 0.7) for use in reading.mappings[0].columns] == [
        (field, True)
        for field in (
            LedgerField.TITLE,
            LedgerField.PUBLISHED,
            LedgerField.DOC_NUMBER,
            LedgerField.TOWN,
            LedgerField.COMMUNITY,
        )
    ]
    assert [row for _, row in reading.origins] == [1, 2]


def test_a_mapping_is_remembered_by_its_header(tmp_path: Path) -> None:
    path = write(
        tmp_path / "t.xlsx",
        [["标题", "类别", "怪列"], ["某批次征收土地公告的标题全文", "征收土地公告", "某项目"]],
    )
    first = read(path)
    assert any("怪列" in note for note in first.notes)
    corrected = first.mappings[0].corrected(2, LedgerField.PROJECT)
    kept = {corrected.key: corrected.to_dict()}
    title_line, header = ["题头"], ["标题", "类别", "怪 列"]
    moved = write(
        tmp_path / "u.xlsx", [title_line, header, ["某批次征收土地公告的标题全文", "征收土地公告", "某项目"]]
    )
    again = read(moved, remembered=lambda key: SheetMapping.from_dict(kept[key]) if key in kept else None)
    assert only(again).project == "某项目"
    assert mapping_key(["面积（公顷）", ""]) == mapping_key(["面积 (公顷)"]) != mapping_key(["面积（亩）"])


def test_records_that_come_twice(tmp_path: Path) -> None:
    rows = [HEADER, ROW, ROW, row(公告标题="同一文号下另一则征收土地公告")]
    reading = read(write(tmp_path / "t.xlsx", rows))
    first, second = reading.records
    assert first.id == "doc-穗埔府征-2023-33"
    assert second.id.startswith(first.id + "-")
    assert any("完全相同" in note for note in reading.notes)


def test_ids(tmp_path: Path) -> None:
    rows = [HEADER, row(公告文号=""), row(公告文号="", 来源网址="")]
    ids = [record.id for record in read(write(tmp_path / "t.xlsx", rows)).records]
    assert ids[0] == "post_9420952"
    assert ids[1].startswith("rec-")
