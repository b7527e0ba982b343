"""The answer slip: what it says, what does not fit, hostile values, and templates of a user's own."""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from hpviewer.errors import InputError
from hpviewer.exporting.answer_slip import AnswerSlip, own_template, write_answer_slip
from hpviewer.exporting.answer_slip_template import bundled_template, write_answer_slip_template
from hpviewer.exporting.page_budget import elided, fitting, lines_of, width_of
from hpviewer.exporting.written import Written
from tests.helpers.export_details import HOSTILE, detail


def png(width: int, height: int) -> bytes:
    """A grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    lines = zlib.compress((b"\x00" + b"\x80" * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def slip(**values: Any) -> AnswerSlip:
    settings: dict[str, Any] = {
        "question": "文冲社区是否被征收",
        "records": (detail("文冲社区"),),
        "total": 1,
        "stages": ("征收土地公告：见 2023-09-28 公告（土地管理法第四十七条）",),
        "deadlines": ("行政复议：2023-12-26 止",),
        "data_date": "2024-01-05",
        "notice": "示意边界，不作为划界依据。",
        "asked_on": dt.date(2024, 3, 1),
        "office": "文冲街道办事处",
        "map_png": png(600, 500),
    }
    return AnswerSlip(**(settings | values))


def texts(path: Path) -> list[str]:
    body = docx.Document(str(path)).element.body
    found = []
    for paragraph in body.iter(qn("w:p")):
        parts = (
            "\n" if node.tag == qn("w:br") else "\t" if node.tag == qn("w:tab") else node.text or ""
            for node in paragraph.iter(qn("w:t"), qn("w:br"), qn("w:tab"))
        )
        found.append("".join(parts))
    return found


def made(tmp_path: Path, **values: Any) -> tuple[Written, list[str]]:
    written = write_answer_slip(tmp_path / "答复单.docx", slip(**values))
    return written, texts(tmp_path / "答复单.docx")


def test_everything_is_on_it(tmp_path: Path) -> None:
    written, said = made(tmp_path)
    for expected in (
        "征地信息公开查询答复单", "2024-03-01", "文冲街道办事处", "文冲社区是否被征收", "共 1 条，本页列出 1 条。",
        "1", "2023-09-28", "征收土地公告", "征收土地公告\n穗埔府征〔2023〕33号", "政府网站\n黄埔区人民政府网站",
        "征收土地公告：见 2023-09-28 公告（土地管理法第四十七条）", "行政复议：2023-12-26 止", "查询人签名", "经办人签名",
        "年　　月　　日",
    ):  # fmt: skip
        assert expected in said
    (statement,) = (text for text in said if "数据截至" in text)
    assert "2024-01-05" in statement
    assert statement.endswith("示意边界，不作为划界依据。")
    assert (written.records, written.notes) == (1, ())
    assert not [text for text in said if "{" in text]


@pytest.mark.parametrize("size", [(600, 500), (1600, 300), (200, 1400)])
def test_the_map_fits_its_cell(tmp_path: Path, size: tuple[int, int]) -> None:
    made(tmp_path, map_png=png(*size))
    document = docx.Document(str(tmp_path / "答复单.docx"))
    (picture,) = document.inline_shapes
    assert picture.width.cm <= 6.91
    assert picture.height.cm <= 6.41
    assert picture.width / picture.height == pytest.approx(size[0] / size[1], rel=0.01)
    assert picture._inline.docPr.get("descr") == "所涉社区的位置示意图"


def test_without_map_records_stages(tmp_path: Path) -> None:
    written, said = made(tmp_path, map_png=b"", records=(), total=0, stages=(), deadlines=())
    assert written.records == 0
    assert "公开记录中未见与此相符的记录；不表示没有公开。" in said
    assert "所见记录不足以判断进展。" in said
    assert "所见记录中没有可以推算的期限。" in said
    assert len(docx.Document(str(tmp_path / "答复单.docx")).inline_shapes) == 0


def test_what_does_not_fit_is_counted(tmp_path: Path) -> None:
    many = tuple(detail("文冲社区", title="很长的标题" * 40, id=str(number)) for number in range(60))
    written, said = made(
        tmp_path,
        question="问" * 900,
        records=many,
        total=75,
        stages=tuple(f"第{number}项" * 5 for number in range(50)),
        deadlines=tuple(f"期限{number}" for number in range(50)),
    )
    assert 5 <= written.records < 12
    assert f"共 75 条，本页列出前 {written.records} 条，其余见查询系统。" in said
    assert [text for text in said if text.startswith("……另有")] == ["……另有 43 项", "……另有 46 项"]
    assert sum(len(text) for text in said) < 1_500


@pytest.mark.parametrize("text", [*HOSTILE, "}}{{ map.__class__ }}", "{_{x}_}", "a\x07b\x0cc"])
def test_hostile_values_show_as_text(tmp_path: Path, text: str) -> None:
    _, said = made(
        tmp_path,
        question=f"问{text}",
        records=(detail("文冲社区", title=f"题{text}", doc_number=""),),
        stages=(f"段{text}",),
        office=f"处{text}"[:14],
        notice=f"注{text}",
    )
    plain = (
        " ".join(text.replace("\x07", "").replace("\x0c", "").split())
        .replace("{_{", "{{")
        .replace("}_}", "}}")
    )
    for mark in ("问", "题", "段"):
        shown = next(one for one in said if one.startswith(mark) and one != "题")
        assert shown.removeprefix(mark).strip() == plain


def test_a_user_puts_an_own_template_in_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HPVIEWER_HOME", str(tmp_path / "home"))
    own = docx.Document()
    own.add_paragraph("自制：{{ question }}（{{ records[0].places }}，{{ records[0].area_ha }} 公顷）")
    own_template().parent.mkdir(parents=True)
    own.save(str(own_template()))
    made(tmp_path)
    assert texts(tmp_path / "答复单.docx") == ["自制：文冲社区是否被征收（文冲社区，0.4976 公顷）"]
    write_answer_slip(tmp_path / "b.docx", slip(), bundled_template())
    assert "征地信息公开查询答复单" in texts(tmp_path / "b.docx")


@pytest.mark.parametrize(
    ("mark", "word"),
    [
        ("{{ qestion }}", "qestion"),
        ("{{ question", "t.docx"),
        ("{% for a in records %}", "t.docx"),
        ("{{ question.__class__.__mro__ }}", "unsafe"),
        ("{{ ''.__class__.__base__.__subclasses__() }}", "unsafe"),
    ],
)
def test_a_wrong_template_is_refused(tmp_path: Path, mark: str, word: str) -> None:
    own = docx.Document()
    own.add_paragraph(mark)
    own.save(str(tmp_path / "t.docx"))
    with pytest.raises(InputError, match=word) as refused:
        write_answer_slip(tmp_path / "a.docx", slip(), tmp_path / "t.docx")
    assert "t.docx" in refused.value.message
    assert not (tmp_path / "a.docx").exists()


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 broken", b"plain text"])
def test_a_template_that_is_no_document_is_refused(tmp_path: Path, content: bytes | None) -> None:
    template = tmp_path / "t.docx"
    if content is not None:
        template.write_bytes(content)
    with pytest.raises(InputError):
        write_answer_slip(tmp_path / "a.docx", slip(), template)


def test_a_map_that_is_no_picture_is_a_defect(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="PNG"):
        write_answer_slip(tmp_path / "a.docx", slip(map_png=b"GIF89a"))


def test_the_template_kept_is_the_one_that_the_code_makes(tmp_path: Path) -> None:
    """Fails after a change of the builder or of a word: run the module again."""
    write_answer_slip_template(tmp_path / "t.docx")

    def parts(path: Path) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
            return {name: archive.read(name) for name in ("word/document.xml", "word/styles.xml")}

    assert parts(tmp_path / "t.docx") == parts(bundled_template())


@given(st.text(max_size=60), st.integers(4, 20), st.integers(1, 4))
def test_cut_text_fits_its_lines(text: str, columns: int, lines: int) -> None:
    cut = elided(text, columns, lines)
    assert width_of(cut) <= columns * lines
    assert lines_of(cut, columns) <= lines
    if width_of(" ".join(text.split())) <= columns * lines:
        assert cut == " ".join(text.split())


@given(st.lists(st.text(max_size=30), max_size=12), st.integers(1, 20))
def test_lists_fit_their_lines(items: list[str], lines: int) -> None:
    kept = fitting(items, 15, lines)
    assert sum(lines_of(one, 15) for one in kept) <= max(lines, 1)
    if kept != items:
        assert str(len(items) - len(kept) + 1) in kept[-1]
        assert kept[:-1] == items[: len(kept) - 1]
