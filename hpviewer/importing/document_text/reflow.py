"""Lines as a page sets them -> paragraphs: a line that is full and ends inside a sentence goes on in the next."""

from __future__ import annotations

import re

_ENDS = "。；;：:！!？?】》|"
_NEW = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．](?!\d)|附件|附[:：]|第[一二三四五六七八九十]{1,3}[条章]"
    r"|[〇○零一二三四五六七八九\d]{4}\s*年.{1,6}月.{1,5}日\s*$)"
)
_NARROWEST = 26
"""Official paper sets 28 characters a line (GB/T 9704); a list of cells is narrower and never goes on."""
_TITLE_ENDS = ("公告", "公示", "批复", "通告", "通知", "告知书", "函")
_PAGE_NUMBER = re.compile(
    r"^\s*(?:[-—–]\s*)?(?:第\s*)?\d{1,3}(?:\s*页)?(?:\s*[/／]\s*\d{1,3}|\s*共\s*\d{1,3}\s*页)?(?:\s*[-—–])?\s*$"
)


def width(line: str) -> float:
    """In characters of Chinese type; letters and digits take half of one."""
    return sum(0.5 if char.isascii() else 1.0 for char in line)


def paragraphs(lines: list[str]) -> list[str]:
    """For text whose lines are known to be those of a printed page (PDF). Page numbers are left out."""
    kept = [line for line in lines if line.strip() and not _PAGE_NUMBER.match(line)]
    if not kept:
        return []
    plain = [line for line in kept if "|" not in line]
    longest = max((width(line) for line in plain), default=0.0)
    if longest < _NARROWEST:
        return kept
    found: list[str] = []
    open_end = False
    for line in kept:
        if open_end and "|" not in line and not _NEW.match(line):
            found[-1] += line
        else:
            found.append(line)
        open_end = "|" not in line and width(line) >= longest - 2 and line.rstrip()[-1:] not in _ENDS
        open_end = open_end and not line.rstrip().endswith(_TITLE_ENDS)
    return found
