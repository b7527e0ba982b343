"""Dates in folded text: 2025年9月28日, 二〇〇七年八月九日, 2023.9.28, 2023-9-28, and ranges of them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from hpviewer.records.partial_date import PartialDate

_ZERO = "〇零OoОоΟο0"
_NUMERAL = rf"[一二三四五六七八九{_ZERO}\d]"
_DAY = r"(?:\d{1,2}|[一二三四五六七八九十廿]{1,3})"
_FULL = re.compile(
    rf"(?:(?P<cyear>{_NUMERAL}{{4}})年(?:(?P<cmonth>{_DAY})月(?:(?P<cday>{_DAY})[日号])?)?"
    rf"|(?<![\d.])(?P<nyear>(?:19|20)\d{{2}})(?P<sign>[./\-])(?P<nmonth>\d{{1,2}})(?P=sign)(?P<nday>\d{{1,2}})(?![\d.]*\d))"
)
_LINK = re.compile(
    r"\s?(?:起|开始|上午|下午|\d{1,2}:\d{2}|\(?(?:星期|周)[一二三四五六日天]\)?)*(?:至|到|-{1,4})(?:于|截)?(?:\s|止)?"
)
_SHORT_END = re.compile(rf"(?:(?P<month>{_DAY})月)?(?P<day>{_DAY})日")
_VALUES = {char: index for index, char in enumerate("〇一二三四五六七八九")} | dict.fromkeys(_ZERO, 0)


@dataclass(frozen=True, slots=True)
class DateInText:
    date: PartialDate
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RangeInText:
    first: DateInText
    last: DateInText

    @property
    def start(self) -> int:
        return self.first.start

    @property
    def end(self) -> int:
        return self.last.end


def _year(text: str) -> int:
    return int("".join(char if char.isascii() and char.isdigit() else str(_VALUES[char]) for char in text))


def _small(text: str) -> int:
    if text.isdigit():
        return int(text)
    text = text.replace("廿", "二十")
    tens, ten, ones = text.rpartition("十")
    if ten:
        return (_VALUES.get(tens, 1)) * 10 + (_VALUES.get(ones, 0) if ones else 0)
    return _VALUES.get(text, 0)


def _date(year: int, month: int | None, day: int | None) -> PartialDate | None:
    if month == 0 or day == 0:
        return None
    try:
        dt.date(year, month or 1, day or 1)
    except ValueError:
        return None
    return PartialDate(year, month, day) if 1949 <= year <= 2100 else None


def find_dates(text: str) -> list[DateInText]:
    """All dates left to right; impossible days (2月30日) are left out. A bare year or month counts as one."""
    found: list[DateInText] = []
    for match in _FULL.finditer(text):
        if match["cyear"]:
            month = _small(match["cmonth"]) if match["cmonth"] else None
            day = _small(match["cday"]) if match["cday"] else None
            date = _date(_year(match["cyear"]), month, day)
            if month is None and text[match.end() : match.end() + 1] in ("度", "来", "内"):
                continue
        else:
            date = _date(int(match["nyear"]), int(match["nmonth"]), int(match["nday"]))
        if date:
            found.append(DateInText(date, match.start(), match.end()))
    return found


def find_ranges(text: str, dates: list[DateInText] | None = None) -> Iterator[RangeInText]:
    """Pairs joined by 至, 到 or a dash; the second may leave out its year or month (10月7日至18日)."""
    dates = find_dates(text) if dates is None else dates
    taken = -1
    for at, first in enumerate(dates):
        if first.start < taken or first.date.day is None:
            continue
        link = _LINK.match(text, first.end)
        if not link:
            continue
        following = dates[at + 1] if at + 1 < len(dates) else None
        if following and following.start == link.end() and following.date.day is not None:
            taken = following.end
            yield RangeInText(first, following)
            continue
        short = _SHORT_END.match(text, link.end())
        if short:
            month = _small(short["month"]) if short["month"] else first.date.month
            date = _date(first.date.year, month, _small(short["day"]))
            if date:
                taken = short.end()
                yield RangeInText(first, DateInText(date, short.start(), short.end()))
