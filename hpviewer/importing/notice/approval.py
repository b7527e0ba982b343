"""The approval that a notice rests on: its title, number and day."""

from __future__ import annotations

import re

from hpviewer.importing.notice.dates import DateInText
from hpviewer.importing.notice.head import Head
from hpviewer.importing.notice.labels import label_pattern, value_of
from hpviewer.importing.notice.sheet import Found, Sheet, prose
from hpviewer.records.document_number import DocumentNumber, NumberInText
from hpviewer.records.partial_date import PartialDate

_TITLE = re.compile(r"《(?P<title>[^《》\n]{6,200}?(?:批复|批准书|审批意见))》")
_DAY_LABEL = label_pattern(r"(?:用地|征地|建设用地|土地征收)?(?:批准|批复|审批|核准)(?:的)?(?:时间|日期)")
_ACT = r"(?:批准|同意|批复|核准|下达|审核|审批)"
_AGENCY = r"(?:国务院|广东省|省|自然资源部|国土资源部|广州市人民政府|市人民政府|市政府)"
_BEHIND = re.compile(rf"^[，,]?(?:业?经)?{_AGENCY}[^。\n]{{0,70}}?{_ACT}")
_BEFORE = re.compile(rf"{_AGENCY}(?:[^。;\n]{{0,40}}?(?:已)?[于在]|(?:人民政府|自然资源厅|国土资源厅)?)$")
_NOT_APPROVAL = re.compile(
    r"请示|决定|预公告|规定|办法|意见|通知|条例|细则|标准|指引|方案|规则|报告|附件下载"
)


def read_approval_number(sheet: Sheet, head: Head, *, is_approval: bool) -> Found[DocumentNumber] | None:
    """A number behind an approval's title or before 批复/批准; a notice's own number only if it approves."""
    own = head.number
    if is_approval and own:
        # A forwarding letter has a number of its own; the approval is the one it quotes.
        quoted = _quoted(sheet)
        if own.value.is_approval or not quoted:
            return own
        return quoted
    quoted = _quoted(sheet)
    if quoted:
        return quoted
    if own and own.value.is_approval:
        return own
    scored = [(score, number) for number in sheet.numbers if (score := _score(sheet, number)) > 0]
    if not scored:
        return None
    best = max(scored, key=lambda one: (one[0], -one[1].start))[1]
    return Found(best.number, best.start, best.end)


def _quoted(sheet: Sheet) -> Found[DocumentNumber] | None:
    for title in _TITLE.finditer(sheet.text):
        for number in sheet.numbers:
            between = sheet.text[title.end() : number.start]
            if 0 <= number.start - title.end() <= 4 and re.fullmatch(r"[，、(〔]*", between):
                return Found(number.number, number.start, number.end)
    return None


def _score(sheet: Sheet, number: NumberInText) -> int:
    before = sheet.text[max(0, number.start - 40) : number.start]
    after = sheet.text[number.end : number.end + 30]
    title_end = before.rfind("》")
    quoted = before[before.rfind("《") :] if title_end >= 0 and len(before) - title_end <= 4 else ""
    if quoted and _NOT_APPROVAL.search(quoted):
        return 0
    score = 0
    if number.number.is_approval:
        score += 4
    if re.match(rf"\)?(?:文件?)?(?:{_ACT}|征地批复|用地批复)", after):
        score += 3
    if re.search(r"(?:批复|批准|同意)[^。\n]{0,8}\($", before):
        score += 2
    return score if number.number.is_approval or score >= 3 else 0


def read_approval_title(sheet: Sheet) -> Found[str] | None:
    found = _TITLE.search(sheet.text)
    return Found(prose(found["title"]), found.start("title"), found.end("title")) if found else None


def read_approved(sheet: Sheet) -> Found[PartialDate] | None:
    """批准时间：…, or the day on which an authority 批准/同意/批复, never a day of publication."""
    labelled = value_of(sheet, _DAY_LABEL)
    if labelled:
        for date in sheet.dates:
            if labelled.start <= date.start < labelled.end:
                return Found(date.date, date.start, date.end)
    for date in sheet.dates:
        if date.date.month is None or date.start < 1:
            continue
        if _approves(sheet, date):
            return Found(date.date, date.start, date.end)
    return None


def _approves(sheet: Sheet, date: DateInText) -> bool:
    start = sheet.sentence_start(date.start)
    before, after = sheet.text[start : date.start], sheet.text[date.end : date.end + 120].split("。")[0]
    if re.search(r"[至\-到]$", before) or re.match(r"[至\-到起前止]", after):
        return False
    if _BEHIND.match(after) and not re.match(r"[^，。]{0,30}(?:会议|审议)", after):
        return True
    if _BEFORE.search(before) and re.match(r"(?:以[^。\n]{2,40})?(?:批准|同意|批复|核准|作出批复)", after):
        return True
    return bool(
        re.search(r"(?:业经|经|于|已于|在)$", before)
        and re.match(r"(?:经|由)?[^。，\n]{0,30}(?:批准|批复|核准)", after)
    )
