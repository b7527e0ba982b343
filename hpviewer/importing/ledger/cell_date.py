"""Dates in a cell: real dates, serial numbers, and the ways they are typed; ranges of two days."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from hpviewer.importing.ledger.cell_text import CellValue, is_blank, plain, shown
from hpviewer.importing.ledger.problem import CellProblem, Noted
from hpviewer.records.partial_date import PartialDate
from hpviewer.wording import say

_EPOCH = dt.date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 18264, 73415
"""1950-01-01 and 2101-01-01: a number outside is no date of a record."""
_EARLIEST, _LATEST = 1949, 2100
_SIGN = r"[-./年]"
_DAY = (
    rf"(?P<{{0}}year>(?:19|20)\d\d)(?:年|{_SIGN})(?P<{{0}}month>\d{{{{1,2}}}})(?:月|[-./])"
    r"(?P<{0}day>\d{{1,2}})(?:日|号)?"
)
_TIME = (
    r"(?:\(?(?:星期|周)[一二三四五六日天\d]\)?)?(?:T?\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?)?[秒分]?)?"
)
_FULL = re.compile(_DAY.format("") + _TIME)
_COMPACT = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)")
_MONTH = re.compile(rf"(?P<year>(?:19|20)\d\d){_SIGN}(?P<month>\d{{1,2}})月?(?:份)?")
_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)年?(?:度)?")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_LINK = r"(?:起|始)?(?:至|到|-|–|~|—|—-|--)+"
_RANGE = re.compile(
    r"(?:自|从|公告期|公示期|:)*"
    + _DAY.format("a")
    + _TIME
    + _LINK
    + r"(?:"
    + _DAY.format("b")
    + r"|(?P<cmonth>\d{1,2})(?:月|[-./])(?P<cday>\d{1,2})(?:日|号)?|(?P<dday>\d{1,2})(?:日|号))"
    + _TIME
    + r"(?:止|结束|截止)?(?P<days>[(,，]?(?:共|为期)?\d{1,3}个?(?:工作日|日|天|自然日)[)]?)?"
)
_DAY_ASCII = r"((?:19|20)[0-9]{2})年([0-9]{1,2})月([0-9]{1,2})日"
_USUAL_RANGE = re.compile(f"{_DAY_ASCII}至{_DAY_ASCII}")
"""What most cells are, and what all others are brought to first."""
_COMPACT_RANGE = re.compile(r"(?P<first>(?:19|20)\d{6})(?:至|到|-|~|—)+(?P<last>(?:19|20)\d{6})")
_LENGTH = re.compile(
    r"(?:公告期|公示期|自[^\d]{0,12}起|共|为期|不少于|:)*\d{1,3}个?(?:工作日|日历日|自然日|日|天|个月)"
)
_NUMERALS = re.compile(r"[〇○零一二三四五六七八九十廿OΟО]+")
_DIGITS = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")} | dict.fromkeys(
    "○零OΟО0", "0"
)
_DASHES = str.maketrans(dict.fromkeys("－–—―─〜～∼", "-") | {"~": "-"})


def read_date(value: CellValue) -> PartialDate | None:
    """None for an empty cell; CellProblem for anything that is no single date."""
    if isinstance(value, dt.date):
        return _checked(value.year, value.month, value.day)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _of_number(value)
    if not isinstance(value, str):
        raise CellProblem(say("importing_ledger.problem.date"))
    if is_blank(value):
        return None
    text = _digits(plain(value)).translate(_DASHES)
    for pattern in (_FULL, _COMPACT, _MONTH, _YEAR):
        found = pattern.fullmatch(text)
        if found:
            parts = found.groupdict()
            month, day = parts.get("month"), parts.get("day")
            return _checked(int(parts["year"]), int(month) if month else None, int(day) if day else None)
    if _SERIAL.fullmatch(text):
        return _of_number(float(text))
    if _RANGE.fullmatch(text):
        raise CellProblem(say("importing_ledger.problem.date_is_range"))
    raise CellProblem(say("importing_ledger.problem.date"))


def read_period(value: CellValue) -> Noted | tuple[PartialDate | None, PartialDate | None] | None:
    """First and last day. A cell that only says how long (10个工作日) gives none, with a warning; one day alone
    is the first."""
    if not isinstance(value, str):
        return (read_date(value), None)
    if is_blank(value):
        return None
    usual = _USUAL_RANGE.fullmatch(value)
    if usual:
        numbers = list(map(int, usual.groups()))
        return _ordered(_checked(*numbers[:3]), _checked(*numbers[3:]))
    text = _digits(plain(value)).translate(_DASHES)
    found = _RANGE.fullmatch(text)
    if found:
        first = _checked(int(found["ayear"]), int(found["amonth"]), int(found["aday"]))
        year = int(found["byear"] or found["ayear"])
        month = int(found["bmonth"] or found["cmonth"] or found["amonth"])
        last = _checked(year, month, int(found["bday"] or found["cday"] or found["dday"]))
        return _ordered(first, last)
    compact = _COMPACT_RANGE.fullmatch(text)
    if compact:
        return _ordered(*(read_date(compact[name]) for name in ("first", "last")))
    if _LENGTH.fullmatch(text):
        return Noted(None, warning=say("importing_ledger.warning.only_length"))
    try:
        return (read_date(re.sub(r"^(?:自|从)|起$", "", text)), None)
    except CellProblem:
        raise CellProblem(say("importing_ledger.problem.period")) from None


def looks_like_date(value: CellValue) -> bool:
    """A real date, or text that is one: a bare number could be anything."""
    if isinstance(value, dt.date):
        return True
    if not isinstance(value, str) or len(value) > 24 or value.strip().isdigit():
        return False
    try:
        return read_date(value) is not None
    except CellProblem:
        return False


def looks_like_period(value: CellValue) -> bool:
    if not isinstance(value, str) or len(value) > 60:
        return False
    try:
        found = read_period(value)
    except CellProblem:
        return False
    return isinstance(found, Noted) or (found is not None and found[1] is not None)


def _ordered(
    first: PartialDate | None, last: PartialDate | None
) -> tuple[PartialDate | None, PartialDate | None]:
    if first and last and (last.exact or dt.date.max) < (first.exact or dt.date.min):
        raise CellProblem(say("importing_ledger.problem.period_order"))
    return (first, last)


@lru_cache(maxsize=20_000)
def _checked(year: int, month: int | None, day: int | None) -> PartialDate:
    try:
        dt.date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise CellProblem(say("importing_ledger.problem.impossible_date")) from None
    if not _EARLIEST <= year <= _LATEST:
        raise CellProblem(say("importing_ledger.problem.year", first=_EARLIEST, last=_LATEST))
    return PartialDate(year, month, day)


def _of_number(value: float) -> PartialDate:
    """Serial days of a spreadsheet, 20230928, 2023; 2023.1 may be January or October, so it is refused."""
    whole = int(value) if value == value and abs(value) < 1e9 else 0
    if _FIRST_SERIAL <= whole <= _LAST_SERIAL:
        day = _EPOCH + dt.timedelta(days=whole)
        return PartialDate(day.year, day.month, day.day)
    if whole == value and 19000101 <= whole <= 21001231:
        return _checked(whole // 10000, whole // 100 % 100, whole % 100)
    if whole == value and _EARLIEST <= whole <= _LATEST:
        return PartialDate(whole)
    raise CellProblem(say("importing_ledger.problem.date_number", value=shown(value)))


def _digits(text: str) -> str:
    """二〇二三年十一月二十八日 in digits; text without Chinese numerals comes back as it is."""
    if not _NUMERALS.search(text):
        return text
    return _NUMERALS.sub(lambda found: _numeral(found[0]), text)


def _numeral(word: str) -> str:
    word = word.replace("廿", "二十")
    if "十" not in word:
        return "".join(_DIGITS[char] for char in word)
    tens, _, ones = word.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return word
    return str(int(_DIGITS.get(tens, "1")) * 10 + int(_DIGITS.get(ones, "0")))
