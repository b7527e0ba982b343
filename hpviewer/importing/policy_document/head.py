"""Title, number, issuer and date of a document: from its register's labels, its head and its closing lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from hpviewer.importing.policy_document.labels import first
from hpviewer.importing.policy_document.marks import Line, mark_of
from hpviewer.importing.policy_document.parts import is_attachment_line, is_authority, is_date
from hpviewer.records.document_number import find_numbers

_KINDS = (
    "办法|规定|细则|措施|方案|意见|通知|决定|通告|公告|公示|条例|规则|指引|政策|举措|标准|计划|规划|纲要|目录|清单|规程|准则|制度|流程|"
    "指南|解读|问答|批复|要点|章程|导则|若干意见|答复|说明|图解"
)
_TITLE = re.compile(rf"(?:{_KINDS})(?:[（(][^（）()]{{1,30}}[）)])*$")
_ISSUES = re.compile(
    r"(?P<verb>印发|发布|公布|颁布|转发|修订|修改)(?:《(?P<quoted>[^》]{2,80})》|(?P<plain>[^《》]{4,80}?))"
    r"(?:[（(][^）)]*[）)])?的(?:通知|公告|通告|决定|令)$"
)
_PROMULGATED = re.compile(
    r"^\((?P<date>[^()年]{4}年[^()月]{1,4}月[^()日]{1,4}日)(?P<issuer>[^,，以()]{0,40}?)(?:以(?P<number>[^,，]{4,40}?号)[文令]?)?"
    r"(?P<verb>公布|印发|发布)"
)
_UNIFIED = re.compile(r"(?<![A-Z0-9])[A-Z]{2}\d{2}(?:19|20)\d{6}(?!\d)")
_INTERPRETATION = re.compile(r"解读|图解|一图读懂|政策问答|问答$|答记者问")
_STATUS = re.compile(
    r"[（(【\[]\s*(?:本文件|此文件|全文|文件)?(?P<word>已?(?:被)?(?:废止|失效|修订|修改|宣布失效|停止执行))\s*[）)】\]]"
)
_NO_TITLE = re.compile(r"目\s*录$|[:：。；]$|^[（(【]")


def titles(lines: Sequence[Line], page_title: str) -> tuple[str, str]:
    """Title of the document and of the notice that issues it ("" without one). ``lines``: before the first clause."""
    found = _title_lines(lines)
    page = re.sub(r"\s+", " ", page_title).strip()
    cover = found[0] if found else ""
    if page and _TITLE.search(page) and len(page) > len(cover):
        cover = page
    own = found[-1] if len(found) > 1 else ""
    issued = _ISSUES.search(re.sub(r"\s+", "", cover))
    if issued:
        named = issued["quoted"] or (issued["plain"] if issued["verb"] in ("印发", "转发") else "")
        if own or named:
            return own or named, cover
    return (own if own and own != cover and _ISSUES.search(cover) else cover or page), ""


def _title_lines(lines: Sequence[Line]) -> list[str]:
    """Runs of lines that end like a title and hold no sentence."""
    found: list[str] = []
    run: list[str] = []
    for line in lines:
        text = _STATUS.sub("", line.text).strip()
        if (
            len(text) > 80
            or _NO_TITLE.search(text)
            or "|" in text
            or re.search(r"[。；：:]", text)
            or mark_of(text)
            or is_date(text)
            or is_attachment_line(text)
            or any(len(str(one.number)) >= len(text) - 4 for one in find_numbers(text))
        ):
            run = []
            continue
        if is_authority(text) and not run:
            continue
        run.append(text)
        if _TITLE.search(text):
            joined = re.sub(r"(?<=[\u4e00-\u9fff]) (?=关于)", "", "".join(run[-3:]))
            if not found or found[-1] != joined:
                found.append(joined)
            run = []
    return found


@dataclass(frozen=True, slots=True)
class Promulgation:
    """What the line in brackets below a title says: （2019年5月1日…人民政府以…号公布，…）. "" for what it does not."""

    date: str = ""
    number: str = ""
    issuer: str = ""
    is_issued: bool = False


def promulgation(lines: Sequence[Line]) -> Promulgation:
    """``is_issued``: it says 印发 rather than 公布 or 发布."""
    for at, line in enumerate(lines):
        if line.text[0] not in "（(":
            continue
        # A printed page may break it.
        joined = "".join(one.text for one in lines[at : at + 3])
        found = _PROMULGATED.match(unicodedata.normalize("NFKC", joined))
        if found:
            numbers = [str(one.number) for one in find_numbers(found["number"] or "")]
            said = found["issuer"].strip()
            return Promulgation(
                found["date"],
                numbers[0] if numbers else "",
                said if is_authority(said) else "",
                found["verb"] == "印发",
            )
    return Promulgation()


def is_interpretation(title: str) -> bool:
    return bool(_INTERPRETATION.search(title))


def interpreted(title: str, text: str) -> str:
    """The document that an interpretation is about: named in its title, else first in its text."""
    for place in (title, text[:1500]):
        found = re.search(r"《([^》]{2,80})》", place)
        if found:
            return found[1]
    return ""


def document_number(lines: Sequence[Line], labels: Mapping[str, str]) -> str:
    """Labelled, or a line (or the end of the title's line) of its own; a number quoted in a sentence is another's."""
    for place in (first(labels, "文号", "发文字号", "发文文号"),):
        for one in find_numbers(unicodedata.normalize("NFKC", place)):
            return str(one.number)
    for line in lines:
        text = unicodedata.normalize("NFKC", line.text).strip("() ")
        for one in find_numbers(text):
            alone = one.end - one.start >= len(text.strip("()〔〕 ")) - 2
            after_title = one.end >= len(text) - 1 and _TITLE.search(text[: one.start].rstrip("( "))
            if alone or after_title:
                return str(one.number)
    return ""


def unified_number(head: str, labels: Mapping[str, str]) -> str:
    labelled = first(labels, "统一编号", "规范性文件编号", "文件编号")
    found = _UNIFIED.search(unicodedata.normalize("NFKC", labelled or head).upper())
    return found[0] if found else ""


def issuer(lines: Sequence[Line], closing: Sequence[Line], cover: str, labels: Mapping[str, str]) -> str:
    """Labelled; else the signature above a date; else who the cover's title says it is from."""
    labelled = first(labels, "发布机关", "制定机关", "发文机关", "发布机构", "印发机关")
    if labelled:
        return labelled
    for part in (closing, lines):
        for before, line in pairwise(part):
            if is_date(line.text) and is_authority(before.text):
                return re.sub(r"\s+", " ", before.text)
    said = re.match(r"(.{4,40}?)关于", re.sub(r"\s+", " ", cover))
    return said[1].strip() if said and is_authority(said[1].strip()) else ""


def signed_on(lines: Sequence[Line], closing: Sequence[Line]) -> str:
    """The date below a signature, or alone at the very end; "" otherwise."""
    for part in (lines, closing):
        for before, line in pairwise(part):
            if is_date(line.text) and is_authority(before.text):
                return line.text
    dates = [line.text for line in closing if is_date(line.text)]
    return dates[0] if len(dates) == 1 else ""


def status_words(head: str, title: str, labels: Mapping[str, str]) -> tuple[str, ...]:
    """As written: what the register says, and words in brackets beside the title."""
    said = first(labels, "文件状态", "有效性", "效力状态", "状态")
    found = [said] if said else []
    found += [one["word"] for one in _STATUS.finditer(f"{title}\n{head[:1500]}")]
    if re.search(r"(?:本|此|该)(?:文件|办法|规定|政策|细则|通知|意见|措施)已(?:经)?(?:废止|失效)", head):
        found.append("已废止")
    return tuple(dict.fromkeys(found))
