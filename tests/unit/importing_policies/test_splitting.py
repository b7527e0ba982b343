"""A document put together from parts is taken apart into the same ones; any text at all is taken without harm."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hpviewer.errors import InputError
from hpviewer.importing.document_text.reader import pasted_text
from hpviewer.importing.policy_document.marks import number_of
from hpviewer.importing.policy_document.reader import policy_of, read_policy
from tests.helpers.notice_documents import as_bytes

DIGITS = "零一二三四五六七八九"
SENTENCES = (
    "应当如实申报。", "依照第二条规定执行。", "每亩补贴一百元；逾期不补。", "包括：\n（一）水面；\n（二）堤岸。",
    "材料如下：\n1.申请表；\n2.证明。", "符合本办法第十条第二款的，\n由街道办理。", "有关部门自收到之日起10日内答复。",
)  # fmt: skip
HEADINGS = ("", "【目的】", "【适用范围】", "（监督）")
CHAPTERS = ("总则", "管理职责", "监督检查", "附则")


def han(number: int) -> str:
    """1..999 as documents write it."""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    text = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (DIGITS[ones] if ones else "")


@given(st.integers(1, 999))
def test_numbers(number: int) -> None:
    assert number_of(han(number)) == number
    assert number_of(str(number)) == number


articles = st.tuples(st.sampled_from(HEADINGS), st.sampled_from(SENTENCES))


@settings(max_examples=60)
@given(
    chapters=st.lists(
        st.tuples(st.sampled_from(CHAPTERS), st.lists(articles, min_size=1, max_size=6)),
        min_size=1,
        max_size=5,
    ),
    with_chapters=st.booleans(),
    blank=st.sampled_from(("　", " ", "  ")),
    indent=st.sampled_from(("", "　　", "    ")),
    contents=st.booleans(),
    closing=st.sampled_from(
        ("", "\n广州市黄埔区人民政府\n2024年2月8日", "\n附件：1.申请表\n2.承诺书\n公开方式：主动公开")
    ),
)
def test_articles(
    chapters: list[tuple[str, list[tuple[str, str]]]],
    with_chapters: bool,
    blank: str,
    indent: str,
    contents: bool,
    closing: str,
) -> None:
    if sum(len(inside) for _, inside in chapters) < 2:
        return
    lines = ["河涌管养办法"]
    names = [f"第{han(at)}章{blank}{name}" for at, (name, _) in enumerate(chapters, 1)]
    if contents and with_chapters:
        lines += ["目录", *names]
    expected: list[tuple[str, str, str, str]] = []
    for name, (_, inside) in zip(names, chapters, strict=True):
        if with_chapters:
            lines.append(indent + name)
        for heading, sentence in inside:
            number = f"第{han(len(expected) + 1)}条"
            text = f"{number}{blank}{heading}{sentence}"
            lines.append(indent + text)
            chapter = " ".join(name.split()) if with_chapters else ""
            expected.append((number, heading.strip("【】（）"), chapter, text))
    reading = policy_of(pasted_text("\n".join(lines) + closing), "a")
    assert [(one.number, one.heading, one.chapter, one.text) for one in reading.clauses] == expected
    assert reading.policy.title == "河涌管养办法"


def test_a_reference_at_the_beginning_of_a_line_is_no_article() -> None:
    text = "管养办法\n第一条 补贴按照\n第二条规定的标准、\n第二条第一款的范围发放。\n第二条 标准另行公布。"
    first, second = policy_of(pasted_text(text), "a").clauses
    assert first.text.endswith("第二条第一款的范围发放。")
    assert second.text == "第二条 标准另行公布。"


@settings(max_examples=60)
@given(
    sections=st.lists(
        st.tuples(
            st.sampled_from(("总体要求", "支持内容", "组织保障")),
            st.lists(
                st.sampled_from(("资金支持。给予补助。", "用地支持。优先安排。", "加强宣传。")), max_size=4
            ),
        ),
        min_size=2,
        max_size=6,
    )
)
def test_sections(sections: list[tuple[str, list[str]]]) -> None:
    lines = ["关于支持测试的若干措施"]
    expected: list[tuple[str, str, str]] = []
    for at, (name, parts) in enumerate(sections, 1):
        lines.append(f"{han(at)}、{name}")
        if len(parts) < 2:
            body = parts[0] if parts else "坚持先行。"
            lines.append(body)
            expected.append((han(at), "", f"{han(at)}、{name}\n{body}"))
        for number, part in enumerate(parts if len(parts) > 1 else [], 1):
            lines.append(f"（{han(number)}）{part}")
            expected.append((f"（{han(number)}）", f"{han(at)}、{name}", lines[-1]))
    reading = policy_of(pasted_text("\n".join(lines)), "a")
    assert [(one.number, one.chapter, one.text) for one in reading.clauses] == expected


PIECES = st.sampled_from((
    "第一条", "第二条", "第九百条", "第一章", "一、", "（一）", "1.", "问：", "附件", "附件1：", "：", "。", "\n", "　", " ",
    "《办法》", "关于印发", "的通知", "2024年2月8日", "广州市黄埔区人民政府", "有效期", "五年", "自", "起施行", "|",
    "统一编号：", "〔2024〕", "号",
))  # fmt: skip


@settings(max_examples=150)
@given(st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=60))
def test_any_text(parts: list[str]) -> None:
    try:
        reading = policy_of(pasted_text("".join(parts)), "a")
    except InputError:
        return
    inside = sorted((one.start, one.end) for one in (*reading.clauses, *reading.attachments))
    assert all(reading.text.text[one.start : one.end] == one.text for one in reading.clauses)
    assert all(one[1] <= other[0] for one, other in pairwise(inside))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from(("docx", "html", "pdf", "txt")),
    edits=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=6)), max_size=6),
)
def test_damaged_files(kind: str, edits: list[tuple[float, bytes]], tmp_path: Path) -> None:
    data = bytearray(as_bytes("测试管理办法\n第一条 本办法适用于测试。\n第二条 测试应当认真。", kind))
    for where, piece in edits:
        at = int(where * (len(data) - 1))
        data[at : at + len(piece)] = piece
    path = tmp_path / f"a.{kind}"
    path.write_bytes(bytes(data))
    try:
        reading = read_policy(path)
    except InputError:
        return
    assert reading.clauses


def test_a_long_document_does_not_hang() -> None:
    """As long as a document may be (600,000 characters); the run's time limit is what fails here."""
    article = "　应当如实申报，有效期另行规定；" * 2
    text = "测试管理办法\n" + "\n".join(f"第{han(at % 999 + 1)}条{article}" for at in range(14_000))
    assert len(policy_of(pasted_text(text), "a").clauses) > 10_000
    unnumbered = "有效期、" * 140_000 + "。"
    assert len(policy_of(pasted_text(unnumbered), "a").clauses) == 1
    assert policy_of(pasted_text("附件：1.申请表\n一、" * 30_000 + "。"), "a").clauses
