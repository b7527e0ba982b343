"""Whatever comes in, the answer is a notice or an InputError, and it comes soon."""

from __future__ import annotations

import io
import random
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hpviewer.errors import InputError
from hpviewer.importing.document_text.reader import document_from_bytes
from hpviewer.importing.notice.notice import Origin
from hpviewer.importing.notice.reading import (
    LONGEST_NOTICE,
    read_notice,
    read_notice_document,
    read_notice_text,
)
from tests.helpers.notice_documents import FORMATS, as_bytes, written_notices

NOTICES = written_notices(Path(__file__).parent / "fixtures")
PIECES = [
    "公顷", "（", "）", "〔", "东至", "、", "村、", "经济合作社、", "第一、", "1", "2023年1月1日至", "农用地1.0公顷（", "集体土地", "将甲村集体土地", "《", "》",  # noqa: E501
    "|", "\n", "附件：1.", "电话：", "区(qū)", "<", "&nbsp", "〔2023〕1号", "合计", "以上合计", "共计", "项目名称：\n", "地类|面积\n", "耕地|1.0\n", ",，", "村村",  # noqa: E501
    "改造范围面积", "元/公顷(合", "\u202e", "\x00", "😀", "𠮷",
]  # fmt: skip


def _read(data: bytes, name: str) -> None:
    try:
        read_notice_document(document_from_bytes(data, name), None, name)
    except InputError as error:
        refusal = error
    else:
        return
    assert refusal.message
    assert refusal.next_step


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(NOTICES), st.randoms(use_true_random=False), st.integers(1, 12))
def test_mutated_texts(notice: object, chance: random.Random, times: int) -> None:
    text = notice.text  # type: ignore[attr-defined]
    for _ in range(times):
        at, length = chance.randrange(len(text) + 1), chance.randrange(30)
        change = chance.randrange(4)
        if change == 0:
            text = text[:at] + text[at + length :]
        elif change == 1:
            text = text[:at] + chance.choice(PIECES) * chance.randrange(1, 6) + text[at:]
        elif change == 2:
            text = text[:at] + text[at : at + length] * 2 + text[at + length :]
        else:
            other = chance.choice(NOTICES).text
            text = text[:at] + other[: chance.randrange(len(other))]
    try:
        reading = read_notice_text(text, None)
    except InputError:
        return
    for read in reading.notices:
        for source in read.sources:
            if source.origin is Origin.TEXT:
                assert reading.document.text[source.start : source.end] == source.written


@pytest.mark.parametrize("form", FORMATS)
def test_mutated_files(form: str) -> None:
    chance = random.Random(form)
    originals = [as_bytes(notice.text, form) for notice in NOTICES[:4]]
    for _ in range(40):
        data = bytearray(chance.choice(originals))
        for _ in range(chance.randrange(1, 30)):
            at = chance.randrange(len(data))
            if chance.random() < 0.5:
                data[at] = chance.randrange(256)
            else:
                del data[at : at + chance.randrange(1, 40)]
            if not data:
                break
        _read(bytes(data), f"x.{form.split('_')[0]}")


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.html", "a.mht", "a.docx", "a.pdf", "a.txt", "a"]))
def test_any_bytes(data: bytes, name: str) -> None:
    _read(data, name)


@pytest.mark.parametrize("piece", PIECES)
def test_time_grows_with_length_only(piece: str) -> None:
    start = time.perf_counter()
    read_notice_text("征收土地公告\n" + piece * (12_000 // len(piece)) + "\n2023年1月1日", None)
    assert time.perf_counter() - start < 8


def test_too_long_is_refused() -> None:
    with pytest.raises(InputError, match="超过"):
        read_notice_text("征收土地公告" * (LONGEST_NOTICE // 5), None)


def test_deeply_nested_page_and_table() -> None:
    page = "<html><body>" + "<div>" * 20_000 + "征收土地公告，面积1.5公顷" + "</div>" * 20_000
    _read(page.encode(), "deep.html")
    _read(("<table><tr><td>" * 3_000 + "征收土地公告").encode(), "tables.html")
    _read(
        ("<table>" + "<tr><td rowspan=60 colspan=60>征地</td></tr>" * 800 + "</table>").encode(), "spans.html"
    )


def test_word_bomb_and_entities() -> None:
    def packed(document: bytes) -> bytes:
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr("word/document.xml", document)
        return target.getvalue()

    with pytest.raises(InputError):
        document_from_bytes(packed(b"<w>" + b" " * 90_000_000 + b"</w>"), "bomb.docx")
    with pytest.raises(InputError):
        document_from_bytes(packed(b"<!DOCTYPE w [<!ENTITY a 'aaaa'>]><w>&a;</w>"), "entities.docx")
    with pytest.raises(InputError):
        document_from_bytes(packed(b"no xml"), "broken.docx")


@pytest.mark.parametrize(
    ("name", "data", "part"),
    [
        ("empty.txt", b"", "空的"),
        ("old.doc", b"\xd0\xcf\x11\xe0" + b"x" * 100, "旧版 Word"),
        ("scan.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<<>>", "PDF"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "认不出"),
        ("novel.txt", "从前有座山，山里有座庙，庙里有个老和尚在讲故事。".encode(), "不像征地或城市更新公告"),
    ],
)
def test_refusals_say_what_was_found(name: str, data: bytes, part: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError, match=part) as refused:
        read_notice(path, None)
    assert refused.value.next_step


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="找不到"):
        read_notice(tmp_path / "no.txt", None)
    with pytest.raises(InputError, match="不是文件"):
        read_notice(tmp_path, None)
