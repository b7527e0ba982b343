"""The end of a notice: who signed it and what is attached."""

from __future__ import annotations

import re

from hpviewer.importing.notice.head import Head
from hpviewer.importing.notice.labels import MARK
from hpviewer.importing.notice.sheet import Found, Line, Sheet, prose
from hpviewer.records.partial_date import PartialDate

_OFFICE = (
    r"(?:人民政府(?:办公[室厅])?|[一-鿿]{1,12}管理委员会|[一-鿿]{0,8}委员会|[一-鿿]{2,12}局(?:[一-鿿]{2,8}分局)?|[一-鿿]{2,12}厅|自然资源部|国土资源部|国务院|"
    r"办公室|指挥部|[一-鿿]{2,16}中心|街道办事处|街办事处|联合社|经济联社|经济社|合作社|村民委员会|村委会|居民委员会|[一-鿿]{2,20}公司|领导小组|"
    r"街道|[一-鿿]{2,6}镇政府)"
)
_SIGNATURE = re.compile(
    rf"^(?:[一-鿿]{{0,30}}(?:\([^()]{{2,24}}\))?[一-鿿]{{0,14}})?{_OFFICE}(?:\([^()\n]{{1,30}}\))?(?:\((?:盖章|公章|代章|印章|章)\))?$"
)
_TITLE_ISSUER = re.compile(
    r"^(?P<name>(?:中华人民共和国)?(?:自然资源部|国土资源部|国务院|[一-鿿]{2,24}?(?:人民政府|管理委员会|管委会|[一-鿿]{2,14}局|[一-鿿]{2,14}委员会|自然资源厅|国土资源厅|街道办事处)(?:[一-鿿]{2,6}分局)?))"
    r"(?=关于|征收|征用|征地|拟征|预|补偿|土地|公告|公示|转发|通告|批复|[\d(《])"
)
_ATTACH = re.compile(r"(?:^|\n|(?<=[。;]))附(?:件|表|图|件下载|注)?(?:\d|[一二三四五])?:(?P<rest>[^\n]*)")
_ITEM = re.compile(rf"^(?:{MARK}|附件\d{{1,2}}[:.、]?|\d{{1,2}}(?=[一-鿿]))(?P<name>.+)$")
_NO_ITEM = re.compile(
    r"^(?:相关|分享|打印|关闭|扫一扫|责任编辑|来源|当前|上一篇|下一篇|主办|版权|发布|公开|抄送|联系)"
)


def read_issuer(sheet: Sheet, head: Head, signed: Found[PartialDate] | None) -> Found[str] | None:
    """The lines right above the signature's date, or the name in front of it; else the title's first words."""
    printed = signed is not None and sheet.text.startswith("印发", signed.end)
    under = None if printed else _signature(sheet, head, signed)
    if under:
        return under
    if head.title:
        folded = head.title.value.replace("（", "(").replace("）", ")")
        match = _TITLE_ISSUER.match(folded)
        if match:
            return Found(match["name"], head.title.start, head.title.start + len(match["name"]))
    elif head.page_title:
        match = _TITLE_ISSUER.match(head.page_title)
        if match:
            return Found(match["name"], 0, 0)
    return None


def _signature(sheet: Sheet, head: Head, signed: Found[PartialDate] | None) -> Found[str] | None:
    if signed is None:
        return _last_office(sheet, head)
    line = sheet.line_at(signed.start)
    if line is None:
        return None
    before = sheet.text[line.start : signed.start].rstrip("，: ")
    if before:
        return (
            Found(prose(_bare(before)), line.start, line.start + len(before))
            if _SIGNATURE.match(before)
            else None
        )
    at = sheet.lines.index(line)
    run: list[Line] = []
    for above in reversed(sheet.lines[max(0, at - 4) : at]):
        if above.start >= head.body_at and len(above.text) <= 60 and _SIGNATURE.match(above.text):
            run.insert(0, above)
            continue
        break
    if not run and at + 1 < len(sheet.lines):
        below = sheet.lines[at + 1]
        if len(below.text) <= 40 and _SIGNATURE.match(below.text):
            run = [below]
    if not run:
        return None
    return Found("、".join(prose(_bare(one.text)) for one in run), run[0].start, run[-1].end)


def _last_office(sheet: Sheet, head: Head) -> Found[str] | None:
    """Without a date: a line of its own under 特此公告 that names an office."""
    for line in reversed(sheet.lines[-8:]):
        above = sheet.text[max(0, line.start - 60) : line.start]
        if (
            line.start > head.body_at
            and _SIGNATURE.match(line.text)
            and re.search(r"特此|专此|此函|此复|附件", above)
        ):
            return Found(prose(_bare(line.text)), line.start, line.end)
    return None


def _bare(name: str) -> str:
    return re.sub(r"\((?:盖章|公章|代章|印章|章)\)$", "", name)


def read_attachments(sheet: Sheet, body_at: int) -> list[Found[str]]:
    """Named attachments of the list at the end; a bare 附件: has none."""
    matches = [match for match in _ATTACH.finditer(sheet.text) if match.start() >= body_at]
    if not matches:
        return []
    match = matches[0]
    found: list[Found[str]] = []
    rest = match["rest"]
    if rest.strip():
        found.extend(_split_items(rest, match.start("rest")))
    at = match.end()
    for line in sheet.lines:
        if line.start <= at:
            continue
        item = _ITEM.match(line.text)
        plain_file = re.search(r"\.(?:pdf|docx?|xlsx?|jpe?g|png|zip|rar|wps|tif)$", line.text, re.IGNORECASE)
        first = (
            not found
            and len(line.text) <= 60
            and re.search(r"方案|附图|批复|文件|图|表|清单|名单|书$", line.text)
        )
        if (not item and not plain_file and not first) or _NO_ITEM.match(line.text):
            break
        if len(line.text) > 160 or any(
            line.start <= date.start and date.end >= line.end - 1 and date.end <= line.end
            for date in sheet.dates
        ):
            break
        found.extend(_split_items(line.text, line.start))
    return [one for one in found if one.value][:40]


def _split_items(text: str, offset: int) -> list[Found[str]]:
    """Items of one line: 1.… 2.… (also 1、… ；2、…); a line without numbers is one item."""
    starts = list(re.finditer(r"(?:^|(?<=[。;，、 一-鿿)》\w]))\d{1,2}[.、．](?!\d)", text))
    first = starts[0].start() if starts else len(text)
    pieces = [(0, first)] if first > 0 else []
    ends = [one.start() for one in starts[1:]] + [len(text)]
    pieces.extend((one.end(), end) for one, end in zip(starts, ends, strict=False))
    found = []
    for start, end in pieces:
        piece = text[start:end]
        name = re.sub(rf"^(?:{MARK}|附件\d{{1,2}}[:.、]?)", "", piece).strip("。;，、 :")
        at = text.find(name, start) if name else start
        found.append(Found(prose(name), offset + at, offset + at + len(name)))
    return found
