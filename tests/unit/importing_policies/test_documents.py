"""Own policy documents in every format: metadata and clauses as the fixtures say, and nothing that they do not say."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from hpviewer.errors import InputError
from hpviewer.importing.policy_document.reader import policy_of, read_policy
from hpviewer.importing.policy_document.reading import PolicyReading
from tests.helpers.notice_documents import as_bytes

FACTS = ("title", "doc_number", "unified_number", "issuer", "issued", "effective", "expires", "kind")
LISTS = ("status_words", "repeals")
SUFFIX = {"gb18030": "txt", "html_gbk": "html"}


@dataclass(frozen=True)
class Written:
    name: str
    text: str
    expected: dict[str, Any]


def documents() -> list[Written]:
    file = Path(__file__).parent / "fixtures" / "measures.toml"
    found = tomllib.loads(file.read_text(encoding="utf-8"))["document"]
    return [Written(one["name"], one["text"].strip("\n"), one["expected"]) for one in found]


def read(folder: Path, text: str, kind: str) -> PolicyReading:
    path = folder / f"a.{SUFFIX.get(kind, kind)}"
    path.write_bytes(as_bytes(text, kind))
    return read_policy(path)


def bare(text: str) -> str:
    """Blanks and line breaks are the format's own."""
    return "".join(text.split())


@pytest.mark.parametrize("kind", ["txt", "gb18030", "html", "html_gbk", "mht", "docx", "pdf"])
@pytest.mark.parametrize("document", documents(), ids=lambda one: one.name)
def test_document(document: Written, kind: str, tmp_path: Path) -> None:
    reading = read(tmp_path, document.text, kind)
    expected = document.expected
    for fact in FACTS:
        value = getattr(reading.policy, fact)
        assert bare(str(value) if value else "") == bare(expected.get(fact, "")), fact
    for fact in LISTS:
        assert list(getattr(reading, fact)) == expected.get(fact, []), fact
    assert bare(reading.text.cover_title) == bare(expected.get("cover_title", ""))
    assert reading.text.is_interpretation is expected.get("is_interpretation", False)
    assert reading.text.interprets == expected.get("interprets", "")
    found = [(one.number, bare(one.heading), bare(one.chapter)) for one in reading.clauses]
    assert found == [
        (number, bare(heading), bare(chapter)) for number, heading, chapter, _ in expected["clauses"]
    ]
    for clause, (*_, begins) in zip(reading.clauses, expected["clauses"], strict=True):
        assert bare(clause.text).startswith(bare(begins))
    attachments = [[one.title, [clause.number for clause in one.clauses]] for one in reading.attachments]
    assert attachments == expected.get("attachments", [])
    said = [one for one in reading.warnings if "PDF" not in one and "编码" not in one]
    wanted = expected.get("warnings", [])
    assert len(said) == len(wanted), said
    assert all(part in one for part, one in zip(wanted, said, strict=True))
    check_positions(reading)


def check_positions(reading: PolicyReading) -> None:
    parts = [(one.start, one.end, one.text) for one in (*reading.clauses, *reading.attachments)]
    for start, end, text in parts:
        assert reading.text.text[start:end] == text
        assert text == text.strip()
        assert text
    ordered = sorted(parts)
    assert all(one[1] <= other[0] for one, other in pairwise(ordered))


def test_the_last_clause_ends_before_the_closing_lines(tmp_path: Path) -> None:
    reading = read(tmp_path, documents()[1].text, "txt")
    assert reading.clauses[-1].text.endswith("有效期3年。")


def test_the_same_document_has_the_same_id_in_every_format(tmp_path: Path) -> None:
    for document in documents():
        ids = {read(tmp_path, document.text, kind).policy.id for kind in ("txt", "html", "docx", "pdf")}
        assert len(ids) == 1


def test_a_register_that_contradicts_the_text_is_said(tmp_path: Path) -> None:
    text = documents()[0].text.replace("文件状态：现行有效", "失效日期：2028-02-28 文件状态：失效")
    reading = read(tmp_path, text, "txt")
    assert str(reading.policy.expires) == "2028-02-28"
    assert reading.status_words == ("失效",)
    assert "失效" in reading.policy.note
    assert any("2029-02-28" in warning for warning in reading.warnings)


@pytest.mark.parametrize(
    ("sentence", "effective", "expires"),
    [
        ("本办法自2022年1月1日起施行，有效期5年。", "2022-01-01", "2026-12-31"),
        ("本办法自二〇二二年一月一日起实施，有效期为五年。", "2022-01-01", "2026-12-31"),
        ("本办法自2020年2月29日起施行，有效期5年。", "2020-02-29", "2025-02-28"),
        ("本办法自 2022 年 1 月 1 日起施行。有效期五年。", "2022-01-01", None),
        ("本办法有效期自2022年1月1日至2024年12月31日。", None, None),
        ("本办法自公布之日起施行，有效期5年。", None, None),
        ("《旧办法》自2022年1月1日起施行。", None, None),
        ("许可证有效期5年。", None, None),
        ("本办法有效期5年。", None, None),
        ("本办法于2022年1月起施行，有效期5年。", "2022-01", None),
    ],
)
def test_time_in_force(sentence: str, effective: str | None, expires: str | None) -> None:
    from hpviewer.importing.document_text.reader import pasted_text

    text = f"测试管理办法\n第一条 本办法适用于测试。\n第二条 测试应当认真。\n第三条 {sentence}"
    policy = policy_of(pasted_text(text), "a").policy
    assert (str(policy.effective) if policy.effective else None) == effective
    assert (str(policy.expires) if policy.expires else None) == expires


def test_a_page_saved_from_a_government_site(tmp_path: Path) -> None:
    from tests.helpers.notice_documents import as_page

    for address, kind in (
        ("https://www.hp.example.gov.cn/a/post_123456.html", "政府网站"),
        ("https://x.cn/gov.cn", "自行录入"),
    ):
        path = tmp_path / "a.html"
        path.write_text(as_page(documents()[4].text, "utf-8", address), encoding="utf-8")
        policy = read_policy(path).policy
        assert (policy.source_kind, policy.source_url) == (kind, address)
    assert policy.id.startswith("policy-")


def test_a_file_without_a_sentence_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("目录\n名称\n", encoding="utf-8")
    with pytest.raises(InputError, match="没有找到政策条文"):
        read_policy(tmp_path / "a.txt")
