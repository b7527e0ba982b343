"""The directory list: order of places, headings, contents, page numbers, and what printing needs."""

from __future__ import annotations

import itertools
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from hpviewer.errors import InputError
from hpviewer.exporting import records_docx
from hpviewer.exporting.directory_tree import directory_tree
from hpviewer.exporting.records_docx import write_directory_docx
from hpviewer.records.filter import RecordFilter
from hpviewer.records.results import RecordDetail
from tests.helpers.export_details import HOSTILE, about, detail, place, places


def made(target: Path, *details: RecordDetail, filter: RecordFilter | None = None) -> Document:
    write_directory_docx(target, details, about(filter))
    return docx.Document(str(target))


def headings(document: Document) -> list[tuple[int, str]]:
    return [
        (int(one.style.name[-1]), one.text)
        for one in document.paragraphs
        if one.style is not None and (one.style.name or "").startswith("Heading")
    ]


def test_town_community_project_record(tmp_path: Path) -> None:
    document = made(
        tmp_path / "a.docx",
        detail("文冲社区", title="二", project="乙"),
        detail("汤村村", title="一", project="甲", id="1"),
        detail("文冲社区", title="三", project="", id="3"),
        detail("文冲社区", title="四", project="乙", id="4", doc_number="", published=None),
        detail(towns=("文冲街道",), title="五", project="", id="5"),
        detail(title="六", project="甲", id="6"),
    )
    towns = sorted((place("文冲街道"), place("龙湖街道")), key=lambda one: one.code)
    assert [text for level, text in headings(document) if level == 1] == [
        f"{town.name}（{4 if town.name == '文冲街道' else 1} 条）" for town in towns
    ] + ["未注明所属街镇（1 条）"]
    below = headings(document)
    start = below.index((1, "文冲街道（4 条）"))
    assert below[start + 1 : start + 6] == [
        (2, "文冲社区"), (3, "乙"), (3, "未注明项目"), (2, "未注明社区"), (3, "未注明项目"),
    ]  # fmt: skip
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    ours = next(table for table in tables if table[1][3].startswith("二"))
    assert ours[0] == ["序号", "发布日期", "类别", "标题（文号）", "来源"]
    assert ours[1] == [
        "1", "2023-09-28", "征收土地公告", "二（穗埔府征〔2023〕33号）", "政府网站\n黄埔区人民政府网站",
    ]  # fmt: skip
    assert ours[2][:4] == ["2", "不详", "征收土地公告", "四"]


def test_a_record_of_two_communities_stands_below_both(tmp_path: Path) -> None:
    both = detail("文冲社区", "汤村村")
    (text,) = {one.text for one in made(tmp_path / "a.docx", both).paragraphs if "每个社区" in one.text}
    assert "相加" in text
    tree = directory_tree([both], RecordFilter(), places())
    assert sorted(branch.town.name for branch in tree if branch.town) == ["文冲街道", "龙湖街道"]
    assert [branch.records for branch in tree] == [1, 1]
    only = directory_tree([both], RecordFilter(communities=(place("汤村村").code,)), places())
    assert [branch.town.name for branch in only if branch.town] == ["龙湖街道"]


def test_printable_on_a4_with_page_numbers(tmp_path: Path) -> None:
    section = made(tmp_path / "a.docx", detail("文冲社区")).sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    foot = section.footer._element
    assert [one.text.strip() for one in foot.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]
    assert section.footer.paragraphs[0].text == "第 1 页，共 1 页"


def test_contents_lead_to_the_headings(tmp_path: Path) -> None:
    document = made(tmp_path / "a.docx", detail("文冲社区"), detail("汤村村", id="2"))
    body = document.element.body
    assert [one.text.strip() for one in body.iter(qn("w:instrText"))] == ['TOC \\o "1-2" \\h \\z \\u']
    kinds = [one.get(qn("w:fldCharType")) for one in body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]
    links = {
        one.get(qn("w:anchor")): "".join(text.text for text in one.iter(qn("w:t")))
        for one in body.iter(qn("w:hyperlink"))
    }
    marks = {}
    for start in body.iter(qn("w:bookmarkStart")):
        paragraph = start.getparent()
        marks[start.get(qn("w:name"))] = "".join(text.text for text in paragraph.iter(qn("w:t")))
    assert links == marks
    assert list(links.values()) == [text for level, text in headings(document) if level < 3]
    numbers = [one.get(qn("w:id")) for one in body.iter(qn("w:bookmarkStart"))]
    assert len(set(numbers)) == len(numbers) == 4


def test_head_rows_repeat_and_rows_stay_whole(tmp_path: Path) -> None:
    table = made(tmp_path / "a.docx", detail("文冲社区")).tables[0]._tbl
    rows = list(table.iter(qn("w:tr")))
    assert [row.find(f".//{qn('w:tblHeader')}") is not None for row in rows] == [True, False]
    assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in rows)
    assert sum(int(one.get(qn("w:w"))) for one in table.iter(qn("w:gridCol"))) == pytest.approx(
        17 * 567, abs=5
    )


def test_it_says_what_it_lists(tmp_path: Path) -> None:
    filter = RecordFilter(towns=(place("文冲街道").code,), years=(2023,))
    texts = [one.text for one in made(tmp_path / "a.docx", detail("文冲社区"), filter=filter).paragraphs]
    assert texts[0] == "征拆信息公开便民目录清单"
    assert "共 1 条记录，数据截至 2024-01-05。" in texts
    assert "范围：所属街镇：文冲街道；年份：2023。" in texts


def test_no_records(tmp_path: Path) -> None:
    document = made(tmp_path / "a.docx")
    assert headings(document) == []
    assert document.paragraphs[-1].text == "没有符合条件的记录。"


def test_hostile_text(tmp_path: Path) -> None:
    document = made(
        tmp_path / "a.docx",
        *(detail("文冲社区", title=f"题{text}", project=f"目{text}", id=text) for text in HOSTILE),
        detail("文冲社区", title="题\x00\ud800", project="末"),
    )
    titles = [row.cells[3].text for table in document.tables for row in table.rows[1:]]
    shown = [f"题{text}".replace("\r", "\n") for text in HOSTILE] + ["题"]
    assert titles == [f"{text}（穗埔府征〔2023〕33号）" for text in shown]
    with zipfile.ZipFile(tmp_path / "a.docx") as archive:
        names = archive.namelist()
        assert not [name for name in names if "vbaProject" in name]


def test_more_than_can_be_printed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records_docx, "MOST_ROWS", 5)
    asked = 0

    def endless() -> Iterator[RecordDetail]:
        nonlocal asked
        for asked in itertools.count(1):  # noqa: B007
            yield detail("文冲社区")

    with pytest.raises(InputError, match="5 行") as refused:
        write_directory_docx(tmp_path / "a.docx", endless(), about())
    assert asked == 6
    assert refused.value.next_step
    with pytest.raises(InputError):
        write_directory_docx(tmp_path / "a.docx", [detail("文冲社区", "汤村村")] * 3, about())
    assert list(tmp_path.iterdir()) == []
