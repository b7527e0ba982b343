"""The head of a notice: title and document number, before, behind or inside each other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from hpviewer.importing.notice.sheet import Found, Line, Sheet, prose
from hpviewer.records.document_number import DocumentNumber, NumberInText

TITLE_WORD = (
    r"(?:预公告|公告|公示|批复|通告|通知|告知书|通知书|复函|转发函|函|批准书|公开|决定|结果|情况|公布|名单|计划|方案|"
    r"意见书?|报告|征询|启事|审批意见|征求意见|说明)"
)
_TITLE_END = re.compile(rf"{TITLE_WORD}(?:\([^()\n]{{1,60}}\))*(?:稿|表|书)?$")
_FURNITURE = re.compile(
    r"^[•·●■]?(?:当前位置|您的位置|首页[>》/-]|首页$|(?:信息|稿件|文章)?来源:|发布(?:时间|日期|机构|单位|人)|(?:时间|日期|文号|索引号|分类|主题词?|作者|名称|发布日期|成文日期|"
    r"浏览|访问量|点击|字号|字体|分享|打印|分享|附件下载|有效性|生成日期|公开方式|统一编号|实施日期|失效日期|文件状态|听全文|基本信息|信息时间|编辑|责任编辑|稿源)[:|]?|"
    r"〔?字[号体]|〔打印|征地(?:公告|批准|补偿|预公告|前期)?[^。:]{0,14}信息(?:公开)?$|政务公开$|.{0,12}专栏$|-$|网站导航|无障碍|长者)"
)
_BODY = re.compile(
    r"^(?:根据|依据|按照|经|因|为(?!何)|鉴于|由于|现将|现就|兹|我[区局市]|本[区局]|你[区市]|《关于|《广|拟征收土地|受|自|一、|\(一\)|各有关|为了|遵照|"
    r"依照|[^。\n]{2,40}:$|[一-鿿]{2,30}以[^。]{0,30}号文)"
)
_ADDRESSEE = re.compile(r"^[^。\n:]{2,80}:$")
_AUTHORITY = re.compile(
    r"(?:人民政府|委员会|管理局|资源局|[一-鿿]局|办公室|管委会|指挥部|中心|办事处|联合社)(?:办公室|[一-鿿]{2,12}分局)?$"
)


@dataclass(frozen=True, slots=True)
class Head:
    """``body_at`` is where the running text begins. Title and number may be absent."""

    title: Found[str] | None
    page_title: str
    number: Found[DocumentNumber] | None
    body_at: int
    addressee: str = ""

    @property
    def all_titles(self) -> tuple[str, ...]:
        """What the stage is told by, best first."""
        found = [self.page_title] if _TITLE_END.search(_squeezed(self.page_title)) else []
        if self.title:
            found.append(self.title.value)
        if self.page_title and self.page_title not in found:
            found.append(self.page_title)
        return tuple(found)


def _squeezed(title: str) -> str:
    return re.sub(r"\s+", "", title).replace("（", "(").replace("）", ")")


def read_head(sheet: Sheet, title: str, metadata: Mapping[str, str]) -> Head:
    """``title`` is what the page or file calls itself, already simplified; it may be only a number."""
    lines = _head_lines(sheet)
    body_at = lines[-1].end if lines else 0
    for line in sheet.lines:
        if line.start >= body_at:
            body_at = line.start
            break
    own = _title(lines, sheet)
    page_title = _without_number(_squeezed(title))
    addressee = ""
    at_body = sheet.line_at(body_at)
    if at_body and _ADDRESSEE.match(at_body.text):
        addressee = at_body.text[:-1]
    if own is None and page_title and _TITLE_END.search(page_title):
        at = sheet.text.find(page_title)
        if at >= 0:
            own = Found(prose(page_title), at, at + len(page_title))
    number = _number(sheet, body_at, title, metadata)
    return Head(own, prose(page_title), number, body_at, addressee)


def _head_lines(sheet: Sheet) -> list[Line]:
    """Lines in front of the running text, the page's own furniture included."""
    head: list[Line] = []
    for line in sheet.lines[:60]:
        is_title = (
            _TITLE_END.search(_without_number(line.text)) and len(line.text) <= 120 and "。" not in line.text
        )
        if _FURNITURE.match(line.text) or (is_title and not line.text.startswith(("附件", "一、"))):
            head.append(line)
            continue
        if _BODY.match(line.text) or "。" in line.text or len(line.text) > 90 or "|" in line.text:
            break
        head.append(line)
    return head


def _title(lines: list[Line], sheet: Sheet) -> Found[str] | None:
    run: list[Line] = []
    for line in lines:
        bare = _without_number(line.text)
        if _FURNITURE.match(line.text) or not bare or _is_number(line, sheet) or _is_date(line, sheet):
            run = []
            continue
        run.append(line)
        if _TITLE_END.search(bare) and not (bare in ("公告", "公示", "通知", "通告") and len(run) == 1):
            joined = [one for one in run[-4:] if len(one.text) <= 90]
            if not joined:
                continue
            while len(joined) > 1 and not _continues(joined[0], joined[1]):
                joined.pop(0)
            text = "".join(_without_number(one.text) for one in joined)
            start, end = joined[0].start, joined[-1].end
            first = _without_number(joined[0].text)
            start += max(joined[0].text.find(first), 0)
            last = _without_number(joined[-1].text)
            end = (
                joined[-1].start + joined[-1].text.find(last) + len(last) if last in joined[-1].text else end
            )
            return Found(prose(text), start, end)
    return None


def _continues(first: Line, second: Line) -> bool:
    """Whether two lines of the head are one title set on two lines."""
    if _TITLE_END.search(_without_number(first.text)):
        return False
    if _AUTHORITY.search(first.text):
        return not _AUTHORITY.match(second.text)
    return (
        "关于" in first.text
        or second.text.startswith(("关于", "征", "的", "土地", "公告"))
        or len(first.text) >= 12
    )


def _is_number(line: Line, sheet: Sheet) -> bool:
    bare = line.text.strip("()〔〕 第")
    return any(
        number.start >= line.start and number.end <= line.end and number.end - number.start >= len(bare) - 2
        for number in sheet.numbers
    )


def _is_date(line: Line, sheet: Sheet) -> bool:
    return any(
        date.start >= line.start and date.end <= line.end and date.end - date.start >= len(line.text) - 3
        for date in sheet.dates
    )


_GLUED_NUMBER = re.compile(
    r"\(?(?:(?:穗|粤|国土资|国函|自然资|埔府|黄府|增府|花府|番府|萝府|开府)[一-鿿]{0,12}(?:[(〔][\w]{1,4}[)〕][一-鿿]{0,4}){0,2}"
    r"|(?<=告|示|复|函|知)[一-鿿]{2,12})[〔(\[【［（](?:19|20)\d{2}[〕)\]】］）]?\d{1,5} ?号\)?"
)


def _without_number(text: str) -> str:
    """A title line without the document number that stands in, before or behind it."""
    if "号" not in text:
        return text.strip()
    return _GLUED_NUMBER.sub("", text).strip(" -·|")


def _number(
    sheet: Sheet, body_at: int, title: str, metadata: Mapping[str, str]
) -> Found[DocumentNumber] | None:
    candidates: list[tuple[int, NumberInText]] = []
    for number in sheet.numbers:
        line = sheet.line_at(number.start)
        if line is None:
            continue
        alone = number.end - number.start >= len(line.text.strip("()第 ")) - 4
        labelled = re.search(
            r"(?:文号|发文字号|编号)[:|]?$", sheet.text[max(0, number.start - 8) : number.start]
        )
        quoted = sheet.text.rfind("《", line.start, number.start) > sheet.text.rfind(
            "》", line.start, number.start
        )
        if alone and number.start <= body_at + 2:
            candidates.append((0, number))
        elif labelled and not quoted:
            candidates.append((1, number))
        elif number.end <= body_at and not quoted and not _FURNITURE.match(line.text):
            candidates.append((2, number))
        elif alone and "附件" not in sheet.text[body_at : number.start][-400:]:
            candidates.append((3, number))
    if candidates:
        _rank, best = min(candidates, key=lambda one: (one[0], one[1].start))
        return Found(best.number, best.start, best.end)
    from hpviewer.records.document_number import find_numbers

    for place in (title, metadata.get("DocumentNumber", "")):
        for number in find_numbers(place):
            return Found(number.number, 0, 0)
    return None
