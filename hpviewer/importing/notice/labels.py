"""Values behind a label: 建设用地项目名称：…, also as a table cell or with the value on the next line."""

from __future__ import annotations

import re

from hpviewer.importing.notice.sheet import Found, Sheet

MARK = r"(?:[一二三四五六七八九十]{1,3}[、.．]|\([一二三四五六七八九十\d]{1,2}\)|\d{1,2}[.、．](?!\d)|[①-⑳])"
_NEXT_POINT = re.compile(rf"[。;]?\n?(?<=[。;\n]){MARK}")
_STOP = re.compile(rf"\n|(?<=[。;]){MARK}")
_MARK_LINE = re.compile(rf"{MARK}")


def label_pattern(names: str) -> re.Pattern[str]:
    """For value_of: the label at a line's, a cell's or a sentence's beginning, with or without its numbering.

    A value on the next line only follows a label that ends its own line (one cell a line).
    """
    return re.compile(
        rf"(?:^|(?<=[\n|。;，]))(?:{MARK}){{0,2}}(?:{names})(?:\([^()\n]{{1,12}}\))?(?P<link>:\n?|\||\n)"
    )


def value_of(sheet: Sheet, pattern: re.Pattern[str], *, sentence: bool = True) -> Found[str] | None:
    """The first non-empty value, up to the end of its sentence (``sentence``), line or cell."""
    for match in pattern.finditer(sheet.text):
        found = _value_at(sheet, match.end(), match["link"], sentence)
        if found:
            return found
    return None


def values_of(sheet: Sheet, pattern: re.Pattern[str], *, sentence: bool = True) -> list[Found[str]]:
    found = (_value_at(sheet, match.end(), match["link"], sentence) for match in pattern.finditer(sheet.text))
    return [one for one in found if one]


def _value_at(sheet: Sheet, start: int, link: str, sentence: bool) -> Found[str] | None:
    text = sheet.text
    if "\n" in link:
        following = text[start : start + 200]
        if _MARK_LINE.match(following):
            return None
    stop = _STOP.search(text, start)
    end = stop.start() if stop else len(text)
    if link == "|":
        cell = text.find("|", start, end)
        end = cell if cell >= 0 else end
    if sentence:
        point = text.find("。", start, end)
        end = point if point >= 0 else end
    value = text[start:end]
    trimmed = value.strip("。;，|: ")
    start += len(value) - len(value.lstrip("。;，|: "))
    return Found(trimmed, start, start + len(trimmed)) if trimmed else None
