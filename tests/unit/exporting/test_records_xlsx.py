"""Records as a workbook, read back by another library and looked at as markup."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from hpviewer.errors import CancelledError, InputError
from hpviewer.exporting import xlsx_book
from hpviewer.exporting.clean_text import TextCleaner, formula_like
from hpviewer.exporting.record_fields import FIELDS, WINDOW_FIELDS, fields_named
from hpviewer.exporting.records_xlsx import write_records_xlsx
from hpviewer.exporting.xlsx_book import linkable, new_book
from hpviewer.places.place import PlaceCode
from hpviewer.records.filter import RecordFilter
from hpviewer.records.kind import Kind
from hpviewer.records.partial_date import PartialDate
from hpviewer.records.results import RecordDetail
from tests.helpers.export_details import HOSTILE, about, detail, place

TITLE = fields_named(["title"])


def rows(path: Path, sheet: int | str = 0) -> list[list[object]]:
    book = CalamineWorkbook.from_object(io.BytesIO(path.read_bytes()))
    name = book.sheet_names[sheet] if isinstance(sheet, int) else sheet
    return [list(row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode()


def test_cells_are_typed(tmp_path: Path) -> None:
    target = tmp_path / "记录.xlsx"
    written = write_records_xlsx(
        target, [detail("文冲社区"), detail(towns=("文冲街道",), area_ha=1234.5)], about()
    )
    heading, first, second = rows(target)
    assert heading == [field.heading for field in FIELDS]
    values = dict(zip((field.key for field in FIELDS), first, strict=True))
    assert values["published"] == dt.date(2023, 9, 28)
    assert values["approved"] == "2023-09"
    assert values["area_ha"] == 0.4976
    assert values["communities"] == "文冲社区"
    assert values["source_url"] == "http://www.hp.example.cn/post_9420952.html"
    assert values["land_classes"] == "农用地0.0365（林地0.0365）；建设用地0.4611"
    assert second[4:6] == ["文冲街道", 1234.5]
    assert (written.records, written.notes) == (2, ())


def test_header_filter_and_links(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    write_records_xlsx(target, [detail("文冲社区"), detail("文冲社区")], about(), WINDOW_FIELDS)
    sheet = part(target, "xl/worksheets/sheet1.xml")
    assert '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' in sheet
    assert '<autoFilter ref="A1:G3"/>' in sheet
    assert "hyperlink" not in sheet
    write_records_xlsx(target, [detail("文冲社区")], about(), fields_named(["source_url"]))
    assert "<hyperlink " in part(target, "xl/worksheets/sheet1.xml")
    assert "post_9420952.html" in part(target, "xl/worksheets/_rels/sheet1.xml.rels")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_the_same_text(tmp_path: Path, text: str) -> None:
    target = tmp_path / "a.xlsx"
    write_records_xlsx(target, [detail("文冲社区", title=text)], about(RecordFilter(text=text)), TITLE)
    assert rows(target) == [["标题"], [TextCleaner()(text)]]
    for number in (1, 2):
        sheet = part(target, f"xl/worksheets/sheet{number}.xml")
        assert "<f>" not in sheet
        assert "hyperlink" not in sheet
    for cell, shown in re.findall(r'<c r="A2" s="(\d+)" t="(\w+)"', part(target, "xl/worksheets/sheet1.xml")):
        formats = re.findall(r"<xf [^>]*>", part(target, "xl/styles.xml").split("<cellXfs")[1])
        assert shown == "inlineStr"
        assert ('quotePrefix="1"' in formats[int(cell)]) == formula_like(text)


def test_all_that_looks_like_a_formula_gets_the_quote_prefix(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    write_records_xlsx(target, [detail(title="=1"), detail(title="平常")], about(), TITLE)
    sheet = part(target, "xl/worksheets/sheet1.xml")
    assert re.search(r'<c r="A2" s="\d+" t="inlineStr">', sheet)
    assert '<c r="A3" t="inlineStr">' in sheet
    assert part(target, "xl/styles.xml").count('quotePrefix="1"') == 1


@settings(max_examples=40)
@given(st.lists(st.text(max_size=80), min_size=1, max_size=6))
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    target = tmp_path_factory.getbasetemp() / "any.xlsx"
    write_records_xlsx(target, [detail(title=f"题{text}") for text in texts], about(), TITLE)
    clean = TextCleaner()
    assert [row[0] for row in rows(target)[1:]] == [f"题{clean(text)}" for text in texts]


def test_control_characters_and_long_texts_are_noted(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    texts = ["a\x00b\x1b\x7f\u202e\ud800c", "长" * 40_000, "🙂" * 20_000]
    written = write_records_xlsx(target, [detail(title=text) for text in texts], about(), TITLE)
    _, first, long, wide = (str(row[0]) for row in rows(target))
    assert first == "abc"
    assert long.endswith("长……（已截断）")
    assert len(long) == 32_767
    assert wide.endswith("🙂……（已截断）")
    assert len(wide.encode("utf-16-le")) // 2 in (32_766, 32_767)
    assert [re.findall(r"\d+", note) for note in written.notes] == [["1"], ["2", "32767"]]
    assert [row[1] for row in rows(target, "说明") if row[0] == "处理说明"] == list(written.notes)


def test_what_the_second_sheet_says(tmp_path: Path) -> None:
    asked = RecordFilter(
        text="文冲", towns=(place("文冲街道").code,), kinds=(Kind.NOTICE, Kind.APPROVAL), years=(2023, None)
    )
    target = tmp_path / "a.xlsx"
    write_records_xlsx(target, [detail("文冲社区")] * 3, about(asked))
    said = {str(row[0]): row[1] for row in rows(target, "说明")}
    assert said["筛选条件：文字"] == "文冲"
    assert said["筛选条件：所属街镇"] == "文冲街道"
    assert said["筛选条件：类别"] == "征收土地公告、征地批复"
    assert said["筛选条件：年份"] == "2023、不详"
    assert said["记录数"] == "3 条"
    assert said["数据截至"] == "2024-01-05"
    assert "发布日期" in str(said["排列次序"])
    assert str(said["来源：政府网站"]).startswith("3 条")
    assert said["边界说明"] == "示意边界，不作为划界依据。"
    assert str(said["导出程序"]).startswith("hpviewer ")


def test_official_boundaries_show_their_number(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    write_records_xlsx(target, [], about(schematic=False, review_number="粤AS(2024)001号"))
    said = {str(row[0]): row[1] for row in rows(target, "说明")}
    assert said["边界说明"] == "审图号：粤AS(2024)001号。"
    assert said["筛选条件"] == "无，包含目录中的全部记录"


def test_no_records_is_a_table_with_headings(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    assert write_records_xlsx(target, [], about()).records == 0
    assert rows(target) == [[field.heading for field in FIELDS]]


def test_further_records_go_to_further_sheets(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    many = (detail(title=f"第{number}条") for number in range(7))
    assert write_records_xlsx(target, many, about(), TITLE, rows_per_sheet=3).records == 7
    book = CalamineWorkbook.from_path(str(target))
    assert book.sheet_names == ["记录", "记录 2", "记录 3", "说明"]
    titles = [row[0] for sheet in range(3) for row in rows(target, sheet)[1:]]
    assert titles == [f"第{number}条" for number in range(7)]


def test_days_a_cell_cannot_hold_are_text(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    days = [PartialDate(1899, 12, 31), PartialDate(1900, 2, 28), PartialDate(1900, 3, 1), PartialDate(2006)]
    write_records_xlsx(target, [detail(published=day) for day in days], about(), fields_named(["published"]))
    assert [row[0] for row in rows(target)[1:]] == ["1899-12-31", "1900-02-28", dt.date(1900, 3, 1), "2006"]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://www.gz.example/a?b=1#c", True),
        ("HTTPS://gz.example/文冲", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("internal:记录!A1", False),
        ("mailto:a@b.cn", False),
        ("http://gov.example@evil.example/", False),
        ("http://", False),
        ("http://[::1", False),
        ("http://a b.cn", False),
        ("http://a.cn/" + "x" * 2_067, True),
        ("http://a.cn/" + "x" * 2_068, False),
    ],
)
def test_only_plain_web_addresses_become_links(tmp_path: Path, address: str, expected: bool) -> None:
    assert linkable(address) is expected
    target = tmp_path / "a.xlsx"
    written = write_records_xlsx(target, [detail(source_url=address)], about(), fields_named(["source_url"]))
    assert ("<hyperlink " in part(target, "xl/worksheets/sheet1.xml")) is expected
    assert bool(written.notes) is not expected
    assert rows(target)[1] == [address]


def test_links_end_at_the_limit_of_a_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_book, "MOST_LINKS", 2)
    target = tmp_path / "a.xlsx"
    written = write_records_xlsx(
        target, [detail()] * 5, about(), fields_named(["source_url"]), rows_per_sheet=4
    )
    assert part(target, "xl/worksheets/sheet1.xml").count("<hyperlink ") == 2
    assert part(target, "xl/worksheets/sheet2.xml").count("<hyperlink ") == 1
    assert re.findall(r"\d+", written.notes[0]) == ["2"]


def test_sheet_names_are_made_possible(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    with new_book(target) as book:
        for name in ("'a:b/c'", "A b c", "", "长" * 40, "长" * 40, "History"):
            book.sheet(name)
    names = CalamineWorkbook.from_path(str(target)).sheet_names
    assert names == ["a b c", "A b c 2", "记录", "长" * 31, "长" * 29 + " 2", "History 2"]


def test_a_stopped_export_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    target.write_bytes(b"old")

    def stopping() -> Iterator[RecordDetail]:
        yield detail()
        raise CancelledError("停")

    with pytest.raises(CancelledError):
        write_records_xlsx(target, stopping(), about())
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    for target, word in ((tmp_path / "missing" / "a.xlsx", "文件夹"), (tmp_path, "文件夹")):
        with pytest.raises(InputError, match=word) as refused:
            write_records_xlsx(target, [detail()], about())
        assert refused.value.next_step
    assert list(tmp_path.iterdir()) == []


def test_a_filter_on_an_unknown_place_is_a_defect(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        write_records_xlsx(tmp_path / "a.xlsx", [], about(RecordFilter(towns=(PlaceCode("1"),))))
    assert list(tmp_path.iterdir()) == []
