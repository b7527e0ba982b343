from __future__ import annotations

import io

import docx
import pytest

from hpviewer.importing.document_text.charset import decode
from hpviewer.importing.document_text.reader import document_from_bytes, pasted_text
from hpviewer.importing.document_text.reflow import paragraphs
from hpviewer.importing.document_text.table_rows import Cell, rows_as_lines

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8">
<meta name="ArticleTitle" content="某某征收土地公告"><meta name="PubDate" content="2023-09-29 16:00">
<meta name="ContentSource" content="某某局"><meta name="Url" content="http://example.gov.cn/a/content/post_123456.html">
<title>别的标题</title><script>document.write("假")</script></head><body>
<div class="nav"><a>首页</a></div><div class="crumbs">当前位置：首页</div>
<h1>某某征收土地公告</h1>
<div class="article-content"><p>第一段<b>粗</b>体</p><p>第二段<br>换行</p>
<table><tr><td rowspan="2">甲村</td><td>耕地</td><td>1.0</td></tr><tr><td>园地</td><td>2.0</td></tr>
<tr><td colspan="2">合计</td><td>3.0</td></tr></table>
<p><ruby>区<rt>qū</rt></ruby>政府</p><p style="display:none">看不见</p>
<p>征收土地公告说明文字，长到足以被当作正文，不会被当作页面的其他部分，征地、公顷、补偿等字样都在这里。</p></div>
<div class="footer">版权所有</div></body></html>"""


def test_page_article_tables_and_facts() -> None:
    document = document_from_bytes(PAGE.encode(), "saved.html")
    assert document.title == "某某征收土地公告"
    assert document.source_id == "post_123456"
    assert document.metadata["PubDate"] == "2023-09-29 16:00"
    assert document.metadata["ContentSource"] == "某某局"
    lines = document.text.split("\n")
    assert lines[0] == "某某征收土地公告"
    assert "第一段粗体" in lines
    assert "第二段" in lines
    assert "换行" in lines
    assert [line for line in lines if "|" in line] == [
        "甲村 | 耕地 | 1.0",
        "甲村 | 园地 | 2.0",
        "合计 | 合计 | 3.0",
    ]
    assert "区政府" in lines
    for gone in ("首页", "看不见", "版权", "假", "当前位置"):
        assert gone not in document.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "big5"])
def test_encodings(encoding: str) -> None:
    text = "廣州市黃埔區人民政府徵收土地公告，經批准徵收集體土地零點五公頃，現將有關事項公告如下。"
    if encoding != "big5":
        text = text.replace("徵收", "征收")
    assert decode((text * 3).encode(encoding))[0] == text * 3


def test_wrong_declaration_is_passed_over() -> None:
    text = "<meta charset=gb2312>黄埔区征收土地公告"
    assert decode(text.encode(), "gb2312")[0] == text or "黄埔区" in decode(text.encode(), "nonsense")[0]
    assert decode("黄埔区征收土地公告".encode("gb18030"), "utf-8")[0] == "黄埔区征收土地公告"


def test_word_tables_stand_where_they_stood() -> None:
    document = docx.Document()
    document.add_paragraph("表前")
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "甲村"
    table.cell(0, 1).text, table.cell(1, 1).text = "1.0", "2.0"
    document.add_paragraph("表后")
    target = io.BytesIO()
    document.save(target)
    read = document_from_bytes(target.getvalue(), "a.docx")
    assert read.text.split("\n") == ["表前", "甲村 | 1.0", "甲村 | 2.0", "表后"]


def test_spanning_cells_fill_every_place() -> None:
    rows = [
        [Cell("a", columns=2), Cell("b", rows=2)],
        [Cell("c"), Cell("d")],
        [Cell("x|y"), Cell(""), Cell("z")],
    ]
    assert list(rows_as_lines(rows)) == ["a | a | b", "c | d | b", "x，y |  | z"]


def test_printed_lines_become_paragraphs() -> None:
    full = "一" * 30
    assert paragraphs([full, "尾。", "- 1 -", "二、" + "下" * 28, "接", "短行", full + "公告", "正文"]) == [
        full + "尾。", "二、" + "下" * 28 + "接", "短行", full + "公告", "正文",
    ]  # fmt: skip


def test_pasted_text_keeps_its_lines() -> None:
    assert pasted_text("\ufeff甲\r\n乙\r丙\t丁\x07").text == "甲\n乙\n丙 丁"
