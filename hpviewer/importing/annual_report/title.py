"""Year and body of the report, from its title, its text or, last, its file name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hpviewer.importing.annual_report.plain_text import bare, compact, half_width, simplified
from hpviewer.wording import say

_YEAR = r"(?P<year>20\d\d|[二2][〇○零OΟ0][一二三四五六七八九〇○零OΟ\d]{2})\s*年?\s*度?"
_TITLE = re.compile(
    rf"(?P<body>[^\n]*?)(?:关于)?{_YEAR}\s*政[府务]信息\s*公开\s*(?:工作)?\s*(?:情况)?\s*的?(?:年度|年)?\s*报告"
)
_LATE_YEAR = re.compile(
    r"(?P<body>[^\n]*?)政府信息公开(?:工作)?年度报告\s*[（(]?\s*(?P<year>20\d\d)\s*年?度?\s*[)）]?"
)
_TEXT_YEAR = re.compile(r"(20\d\d)年")
_CHINESE = {
    "〇": "0",
    "○": "0",
    "零": "0",
    "O": "0",
    "Ο": "0",
    **dict(zip("一二三四五六七八九", "123456789", strict=True)),
}
_NO_BODY = re.compile(r"^[\s\d.\-—_:：]*$|年度报告|信息公开年报$|当前位置|首页")


_LONGEST_LINE = 400


@dataclass(frozen=True, slots=True)
class Title:
    """``notes`` say where a year or body came from when it was not the title."""

    year: int | None
    body: str
    notes: tuple[str, ...] = ()


def read_title(lines: Sequence[str], file_stem: str = "") -> Title:
    """``lines`` are the lines before the first table, without empty ones; the title may run over several."""
    notes: list[str] = []
    year, body = _from_title([_plain(line) for line in lines])
    if year is None:
        years = _TEXT_YEAR.findall(_plain("".join(lines)))
        if years:
            year = int(max(set(years), key=years.count))
            notes.append(say("importing_annual_report.year_from_text", year=year))
    if file_stem and (year is None or not body):
        name_year, name_body = _from_title([_plain(file_stem)])
        loose = re.search(r"(?<!\d)(20\d\d)(?!\d)", _plain(file_stem))
        if year is None and (name_year or loose):
            year = name_year or (int(loose[1]) if loose else None)
            notes.append(say("importing_annual_report.year_from_name", year=year))
        if not body and name_body:
            body = name_body
            notes.append(say("importing_annual_report.body_from_name", body=body))
    return Title(year, body, tuple(notes))


def _plain(text: str) -> str:
    return half_width(simplified(text))


def _from_title(lines: Sequence[str]) -> tuple[int | None, str]:
    """A title in one line goes before one that runs over two or three."""
    for count in (1, 2, 3):
        for place, line in enumerate(lines):
            if not _may_be_title(line):
                continue
            joined = _joined(lines, place, count)
            found = _TITLE.search(joined) or _LATE_YEAR.search(joined)
            if found is not None:
                above = (_body(each) for each in reversed(lines[max(0, place - 2) : place]))
                return _number(found["year"]), _body(found["body"]) or next(filter(None, above), "")
    return None, ""


def _joined(lines: Sequence[str], place: int, count: int) -> str:
    return " ".join(filter(_may_be_title, lines[place : place + count]))


def _may_be_title(line: str) -> bool:
    """The search for a body before the year takes the square of the length: 9 s for 10 KB of coordinates in a line."""
    return "。" not in line and len(line) <= _LONGEST_LINE


def _body(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip(" 　:：—-_《")
    return "" if _NO_BODY.search(text) or len(bare(text)) < 2 or len(compact(text)) > 60 else text


def _number(text: str) -> int:
    return int("".join(_CHINESE.get(char, char) for char in text))
