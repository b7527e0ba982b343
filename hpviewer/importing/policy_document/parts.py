"""Where the parts of a document lie: before the first clause, the attachments, and the closing lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hpviewer.importing.notice.dates import find_dates
from hpviewer.importing.notice.folded_text import fold
from hpviewer.importing.policy_document.marks import Line, lines_of, mark_of

_BARE_ATTACHMENT = re.compile(r"附[件录表]\s*[\d一二三四五六七八九十]{0,3}\s*[:：]?")
_TITLED_ATTACHMENT = re.compile(
    r"附[件录表]\s*[\d一二三四五六七八九十]{0,3}(?:\s*[:：.．、]\s*|\s+)(?P<title>\S.{0,60})"
)
_LISTED = re.compile(r"附[件录表]?\s*[\d一二三四五六七八九十]{0,3}\s*[:：]")
_AUTHORITY = re.compile(
    r"(?:人民政府|委员会|管委会|管理局|资源局|[\u4e00-\u9fff]局|办公室|指挥部|中心|办事处|联合社|公司|部|厅|委|院|组)$"
)
_CLOSING = re.compile(
    r"(?:公开方式|公开属性|主动公开|抄送|抄报|主送|主题词|联系人|联系电话|咨询电话|责任编辑|来源|打印|关闭|扫一扫|相关(?:附件|链接|解读|文件))|"
    r"[（(](?:此件|联系|公开|主动)|.{2,40}(?:办公室|局|处|科)\s*(?:\d{4}|[二２]).{4,20}印发$|相关.{0,10}[:：]?$|政策解读[:：]"
)


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of the text with a heading of its own: the document, or one attachment."""

    title: str
    start: int
    end: int


def is_date(line: str) -> bool:
    """The line is a date and nothing else (blanks inside it do not count)."""
    if len(line) > 24:
        return False
    plain = fold(line).text
    dates = find_dates(plain)
    return len(dates) == 1 and dates[0].end - dates[0].start == len(plain)


def is_authority(line: str) -> bool:
    return len(line) <= 60 and bool(_AUTHORITY.search(line)) and not re.search(r"[。，；：、,;:《》]", line)


def is_attachment_line(line: str) -> bool:
    return bool(_BARE_ATTACHMENT.fullmatch(line) or _TITLED_ATTACHMENT.fullmatch(line))


def regions(text: str) -> tuple[Region, tuple[Region, ...]]:
    """The document itself, cover included, and its attachments.

    A list of attachments (附件：1. … 2. …) stands before the closing lines and begins none; an attachment begins with
    a line of its own (附件1), or with its title once such a list, a closing date or a first attachment stood before.
    """
    starts: list[tuple[int, int, str]] = []
    lines = lines_of(text)
    listed: set[str] = set()
    closed = False
    for at, line in enumerate(lines):
        closed = closed or (is_date(line.text) and at > 2)
        if _BARE_ATTACHMENT.fullmatch(line.text):
            if at + 1 < len(lines) and not _is_list(lines, at):
                starts.append((line.start, line.end, line.text.rstrip(":： ")))
            continue
        titled = _TITLED_ATTACHMENT.fullmatch(line.text)
        if titled is None:
            continue
        title = _plain(titled["title"])
        if title in listed or starts or (closed and not line.text.startswith("附件：1")):
            starts.append((line.start, line.end, line.text))
        listed.add(title)
        for other in lines[at + 1 : at + 30]:
            mark = mark_of(other.text)
            if mark is None:
                break
            listed.add(_plain(mark.rest))
    bounds = [start for start, _, _ in starts] + [len(text)]
    document = Region("", 0, bounds[0])
    found = tuple(
        Region(title, end, bounds[at + 1])
        for at, (_, end, title) in enumerate(starts)
        if text[end : bounds[at + 1]].strip()
    )
    return document, found


def _is_list(lines: list[Line], at: int) -> bool:
    """附件： alone, then 1. … 2. … and the closing lines: a list, no attachment."""
    if not re.search(r"[:：]$", lines[at].text):
        return False
    following = lines[at + 1 :]
    end = next((i for i, line in enumerate(following) if mark_of(line.text) is None), len(following))
    return 0 < end <= 30 and (
        end == len(following) or is_date(following[end].text) or is_authority(following[end].text)
    )


def _plain(title: str) -> str:
    return re.sub(r"^\d{1,2}[.．、]\s*|[\s。；;]", "", title)


def end_of_clauses(text: str, start: int, end: int) -> int:
    """Where the last clause ends: closing lines (attachment list, issuer, date, 公开方式) are no part of it.

    ``start`` is where the last clause's first line ends."""
    lines = lines_of(text, start, end)
    cut = end
    seen = False
    pending: list[Line] = []
    for line in reversed(lines):
        if is_date(line.text) or _CLOSING.match(line.text) or _LISTED.match(line.text):
            cut, seen = line.start, True
            pending.clear()
        elif is_authority(line.text):
            if seen:
                cut = line.start
            pending.append(line)
        elif mark_of(line.text) is not None and len(line.text) <= 60 and line.text[-1] not in "。；;":
            pending.append(line)  # an entry of an attachment list, if such a list begins above
        else:
            break
    return cut
