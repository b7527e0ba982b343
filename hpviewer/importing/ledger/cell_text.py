"""Cells as they come from a spreadsheet, and the text a person sees in them."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

CellValue = str | int | float | bool | dt.time | dt.date | dt.datetime | dt.timedelta
"""As calamine reads them; an empty cell and a formula's error are ""."""

BLANK = frozenset(
    (
        *(
            "",
            "/",
            "\\",
            "-",
            "--",
            "—",
            "——",
            "－",
            "–",
            "/ /",
            "无",
            "暂无",
            "不详",
            "未见",
            "未知",
            "待定",
            "待补",
        ),
        *("n/a", "N/A", "#N/A", "null", "NULL", "None", "nan", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?"),
    )
)
"""How a person leaves a cell empty."""
_SPACES = re.compile(r"[ \t\u3000\xa0\u200b\ufeff]+")
_BETWEEN_CHINESE = re.compile(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])")
_LONGEST_BLANK = 12


def shown(value: CellValue) -> str:
    """Numbers without a needless .0, dates as 2023-09-28."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        return repr(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")
    return str(value)


def is_blank(text: str) -> bool:
    return len(text) <= _LONGEST_BLANK and (text in BLANK or text.strip() in BLANK)


def one_line(text: str) -> str:
    """Line breaks and runs of spaces inside a cell are layout: none stays between Chinese characters."""
    if " " not in text and text.isprintable():  # no line break, no odd space either
        return text
    joined = _SPACES.sub(" ", " ".join(text.split()))
    return _BETWEEN_CHINESE.sub("", joined).strip()


def lines(text: str, separator: str = "；") -> str:
    """The lines of a cell as one, each kept apart."""
    if text.isprintable():
        return one_line(text)
    kept = (one_line(line) for line in text.splitlines())
    return separator.join(line for line in kept if line)


def plain(text: str) -> str:
    """Half-width, no spaces at all: what numbers, dates and words of the domain are compared in."""
    return "".join(unicodedata.normalize("NFKC", text).split())
