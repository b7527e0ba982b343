"""Days and periods: notice, implementation, registration, publication."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from hpviewer.importing.notice.dates import DateInText, RangeInText, find_dates
from hpviewer.importing.notice.sheet import Found, Sheet
from hpviewer.records.partial_date import PartialDate

_NOTICE = re.compile(
    r"(?:公告|公示|预公告|征求意见|本公告|张贴|展示)(?:的)?(?:起止)?(?:期限|时间|日期|期间?|时限|起止时间)|(?:本)?《?公告》?(?:的)?期限|公示期"
)
_WORKS = re.compile(
    r"(?:征收|征地|组织)?实施(?:的)?(?:时间|安排|期限|期间|日期)|交地(?:时间|期限)|征收(?:实施)?期限|(?:征地)?补偿费?(?:申领|领取)(?:时间|期限)"
)
_REGISTER = re.compile(r"(?:补偿)?登记(?:的)?(?:时间|期限|日期|起止时间)|办理(?:征地)?补偿登记|申请登记")
_CLAIM = re.compile(
    r"^(?:期间|内|止)?(?:，)?(?:请)?(?:.{0,60}?)(?:持(?:土地)?权属|申领|领取(?:土地)?(?:征收)?补偿)"
)
_DAYS = re.compile(
    r"(?P<count>\d{1,3}|[一二三四五六七八九十]{1,3})(?:个)?(?P<kind>工作日|日历日|自然日|天|日|个月|月)"
)
_CLOSES_BEFORE = re.compile(
    r"(?:之日起|起|期限:?|时间:?)[^，。]{0,6}(?:至|到)$|截(?:至|止)(?:时间|日期)?(?:为|是|:)?$"
)
_CLOSES_AFTER = re.compile(r"(?:\([^()]{1,12}\))?(?:之|以)?(?:前|止)")
_REGISTERS = re.compile(r"[^。\n]{0,80}(?:办理[^。\n]{0,12}登记|补偿登记)")
_PUBLISHED_LABEL = re.compile(
    r"(?:发布|公布|公开|发文|成文|信息|印发|落款)(?:时间|日期)[:|\n]?$|(?:^|[\n|])(?:时间|日期)[:|]$|更新(?:时间|日期):$"
)


@dataclass(frozen=True, slots=True)
class Period:
    first: Found[PartialDate]
    last: Found[PartialDate]


@dataclass(frozen=True, slots=True)
class Periods:
    notice: Period | None
    notice_days: Found[str] | None
    implementation: Period | None
    registration: Period | None
    notice_until: Found[PartialDate] | None = None
    registration_until: Found[PartialDate] | None = None
    """The last day where the text states no first one: 自公告发布之日起至2014年11月30日, 于2022年7月10日前."""


def _period(pair: RangeInText) -> Period:
    return Period(_found(pair.first), _found(pair.last))


def _found(date: DateInText) -> Found[PartialDate]:
    return Found(date.date, date.start, date.end)


def read_periods(sheet: Sheet) -> Periods:
    notice: Period | None = None
    works: Period | None = None
    register: Period | None = None
    for pair in sheet.ranges:
        role = _role(sheet, pair)
        if role == "notice" and notice is None:
            notice = _period(pair)
        elif role == "works" and works is None:
            works = _period(pair)
        elif role == "register" and register is None:
            register = _period(pair)
    return Periods(
        notice,
        _notice_days(sheet, notice),
        works,
        register,
        None if notice else _until(sheet, "notice"),
        None if register else _until(sheet, "register"),
    )


def _until(sheet: Sheet, role: str) -> Found[PartialDate] | None:
    """The first day of its own that the text makes the last one of this period."""
    in_range = {id(date) for pair in sheet.ranges for date in (pair.first, pair.last)}
    for date in sheet.dates:
        if id(date) in in_range or date.date.day is None:
            continue
        start = max(sheet.sentence_start(date.start), date.start - 80)
        before, after = sheet.text[start : date.start], sheet.text[date.end : sheet.sentence_end(date.end)]
        if not (_CLOSES_BEFORE.search(before) or _CLOSES_AFTER.match(after)):
            continue
        labels = {"notice": _NOTICE, "works": _WORKS, "register": _REGISTER}
        places = {
            name: max((match.end() for match in label.finditer(before)), default=-1)
            for name, label in labels.items()
        }
        nearest = max(places, key=lambda name: places[name])
        if places[nearest] < 0:
            nearest = "register" if _REGISTERS.match(after) else ""
        if nearest == role:
            return _found(date)
    return None


def _role(sheet: Sheet, pair: RangeInText) -> str:
    """notice, works, register or "" by the nearest label in front, then by what follows."""
    start = max(sheet.sentence_start(pair.start), pair.start - 160)
    line_start = sheet.text.rfind("\n", 0, pair.start) + 1
    before = sheet.text[start : pair.start]
    if len(before) < 3 and start == line_start and start > 0:
        # One cell a line: the label is the line above.
        above = sheet.line_at(start - 2)
        before = (above.text if above and len(above.text) <= 30 else "") + before
    after = sheet.text[pair.end : pair.end + 90]
    if re.search(r"已|曾|原(?:征地)?预?公告", before[-40:]) and re.match(
        r"(?:期间)?(?:进行|发布|张贴|公告|预公告|完成)", after
    ):
        return ""
    places = {
        "notice": max((match.end() for match in _NOTICE.finditer(before)), default=-1),
        "works": max((match.end() for match in _WORKS.finditer(before)), default=-1),
        "register": max((match.end() for match in _REGISTER.finditer(before)), default=-1),
    }
    best = max(places, key=lambda name: places[name])
    if places[best] >= 0:
        return best
    header = _column_header(sheet, pair)
    if header:
        return header
    if _REGISTERS.match(after):
        return "register"
    if _CLAIM.match(after.split("。")[0]):
        return "works"
    if re.match(r"(?:期间)?[^。\n]{0,20}(?:予以公示|公示|公告)", after) or re.search(
        r"(?:现)?(?:予以)?(?:公示|公告)(?:，?自)$", before
    ):
        return "notice"
    return ""


def _column_header(sheet: Sheet, pair: RangeInText) -> str:
    """In a table the label heads the column."""
    line = sheet.line_at(pair.start)
    if line is None or "|" not in line.text:
        return ""
    column = line.text[: pair.start - line.start].count("|")
    at = sheet.lines.index(line)
    for above in reversed(sheet.lines[max(0, at - 12) : at]):
        cells = above.text.split("|")
        if len(cells) < 2:
            break
        if len(cells) > column:
            for name, pattern in (("register", _REGISTER), ("notice", _NOTICE), ("works", _WORKS)):
                if pattern.search(cells[column]):
                    return name
    return ""


def _notice_days(sheet: Sheet, notice: Period | None) -> Found[str] | None:
    """The stated length: behind the range in brackets, or 自发布之日起30日."""
    if notice:
        after = sheet.text[notice.last.end : notice.last.end + 24].split("\n")[0]
        match = re.match(r"[止，。]{0,2}\(?(?:共|为期|期限为?|即|计)?", after)
        days = _DAYS.match(after, match.end()) if match else None
        if days:
            return Found(days[0], notice.last.end + days.start(), notice.last.end + days.end())
        start = sheet.sentence_start(notice.first.start)
        inside = _DAYS.search(sheet.text, max(start, notice.first.start - 30), notice.first.start)
        if inside and not re.match(r"[一-鿿]{0,3}\d{4}", inside[0]):
            return Found(inside[0], inside.start(), inside.end())
        return None
    for label in _NOTICE.finditer(sheet.text):
        if re.match(r"限?(?:届满|期?满|结束)", sheet.text[label.end() : label.end() + 4]):
            continue  # 自公告期满之日起六十日内: what comes after it
        end = min(sheet.sentence_end(label.end()), label.end() + 45)
        days = _DAYS.search(sheet.text, label.end(), end)
        if days and not re.search(r"\d{4}年", sheet.text[label.end() : end]):
            return Found(days[0], days.start(), days.end())
    return None


def stated_days(text: str) -> tuple[int, bool] | None:
    """(count, whether working days) of 10个工作日 or 三十日; None for months, which have no fixed length."""
    match = _DAYS.fullmatch(text)
    if not match or match["kind"] in ("个月", "月"):
        return None
    count = match["count"]
    if not count.isdigit():
        tens, ten, ones = count.rpartition("十")
        values = {char: index for index, char in enumerate("零一二三四五六七八九")}
        number = (values.get(tens, 1) * 10 if ten else 0) + values.get(ones, 0)
    else:
        number = int(count)
    return number, match["kind"] == "工作日"


def read_signed(sheet: Sheet, body_at: int) -> Found[PartialDate] | None:
    """The date line under the text: the last line that is a date, alone or behind the issuer's name."""
    best: Found[PartialDate] | None = None
    in_range = {id(pair.first) for pair in sheet.ranges} | {id(pair.last) for pair in sheet.ranges}
    for date in sheet.dates:
        if id(date) in in_range or date.start < body_at:
            continue
        line = sheet.line_at(date.start)
        if line is None or line.end - date.end > 4 or "|" in line.text:
            continue
        before = sheet.text[line.start : date.start]
        if before and not re.search(
            r"(?:府|局|会|室|中心|厅|部|处|社|司|公章|印|盖章\)|院|村|发)[:，)]?$", before
        ):
            continue
        if len(before) > 60 or "。" in before or re.search(r"[:](?=.)|时间|日期", before):
            continue
        above = sheet.line_at(line.start - 2) if line.start > 1 else None
        if above is not None and above is not line and re.search(r"(?:时间|日期|期限)[:|]?$", above.text):
            continue
        best = _found(date)
    return best


def page_date(
    metadata: Mapping[str, str], sheet: Sheet
) -> tuple[PartialDate, Found[PartialDate] | None] | None:
    """The page's publication day: from its metadata, or from the line 来源…发布时间… in its text."""
    for date in find_dates(metadata.get("PubDate", "")):
        if date.date.day is not None:
            return date.date, None
    for date in sheet.dates:
        before = sheet.text[max(0, date.start - 8) : date.start]
        if date.date.day is not None and _PUBLISHED_LABEL.search(before):
            return date.date, _found(date)
    return None
