"""How a line of a document begins: 第一章, 第一条, 一、, （一）, 1. — the kinds of numbers that divide a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

HAN = "一二三四五六七八九十百千零〇两"
_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}


class Style(StrEnum):
    PART = "编"
    CHAPTER = "章"
    SECTION = "节"
    ARTICLE = "条"
    HAN = "一、"
    PAREN = "（一）"
    ARABIC = "1."
    QUESTION = "问："


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the blanks around it; ``text`` is the document's from ``start`` to ``end``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """``written`` is the number as clauses carry it, ``rest`` what follows it on the line."""

    style: Style
    number: int
    written: str
    rest: str
    spaced: bool


_MARK = re.compile(
    rf"第(?P<nth>[{HAN}]{{1,7}}|\d{{1,3}})(?P<kind>[编章节条])(?P<added>之[{HAN}]{{1,2}})?"
    rf"|(?P<han>[{HAN}]{{1,4}})[、．.]"
    rf"|[（(](?P<paren>[{HAN}]{{1,4}})[）)]"
    r"|(?P<arabic>\d{1,3})(?:[、．]|\.(?!\d))"
    r"|(?P<question>问\d{0,2}[:：]|Q\d{1,2}[:：.、])"
)
_REFERENCE = re.compile(r"的|规定|所|[、，,；;。)）]|[和至到及或与]第?|第|中的|以及|之")
"""What follows a number that is only spoken of: 第三条规定的…, 第三条第二款."""


def lines_of(text: str, start: int = 0, end: int | None = None) -> list[Line]:
    found = []
    at = start
    for piece in text[start : len(text) if end is None else end].split("\n"):
        bare = piece.strip(" \u3000\t\r\xa0\ufeff")
        if bare:
            begin = at + piece.index(bare)
            found.append(Line(begin, begin + len(bare), bare))
        at += len(piece) + 1
    return found


def mark_of(text: str) -> Mark | None:
    """The mark that a line begins with; a reference to an article at the beginning of a line is none."""
    found = _MARK.match(text)
    if not found:
        return None
    rest = text[found.end() :]
    bare = rest.lstrip(" \u3000\t\xa0")
    spaced = len(bare) < len(rest) or not rest
    if found["nth"]:
        style = Style(found["kind"])
        if not spaced and _REFERENCE.match(rest):
            return None
        return Mark(style, number_of(found["nth"]), found[0], bare, spaced)
    if found["han"]:
        return Mark(Style.HAN, number_of(found["han"]), found["han"], bare, spaced)
    if found["paren"]:
        return Mark(Style.PAREN, number_of(found["paren"]), f"（{found['paren']}）", bare, spaced)
    if found["arabic"]:
        return Mark(Style.ARABIC, int(found["arabic"]), found["arabic"], bare, spaced)
    return Mark(Style.QUESTION, 0, "", bare, spaced)


def number_of(text: str) -> int:
    """一百零三 -> 103; 12 -> 12; digits alone (二〇) count as places."""
    if text.isascii() and text.isdigit():
        return int(text)
    if not any(char in _UNITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total = digit = 0
    for char in text:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit


def heading_like(text: str) -> bool:
    """A line that names what follows: short, and no sentence."""
    return 0 < len(text) <= 40 and text[-1] not in "。；;：:，," and not re.search(r"[。；;]", text)
