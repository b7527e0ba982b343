"""What fits on a page that only Word will lay out: lines of full-width characters, counted beforehand."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence

from hpviewer.wording import say

_FULL_WIDTH_POINTS_PER_CM = 28.35


def columns_of(width_cm: float, points: float) -> float:
    """Full-width characters that a table cell of this width holds in a line; 0.4 cm are its inner margins."""
    return (width_cm - 0.4) * _FULL_WIDTH_POINTS_PER_CM / points


def width_of(text: str) -> float:
    """In full-width characters: Latin letters and digits count a half."""
    return sum(_width(char) for char in text)


def lines_of(text: str, columns: float) -> int:
    """At least 1; breaks inside the text count."""
    return sum(max(1, math.ceil(width_of(line) / columns)) for line in text.split("\n"))


def elided(text: str, columns: float, lines: int) -> str:
    """The text in one paragraph, cut to that many lines with an ellipsis."""
    text = " ".join(text.split())
    room = columns * lines
    if width_of(text) <= room:
        return text
    used, kept = 1.0, 0
    for char in text:
        used += _width(char)
        if used > room:
            break
        kept += 1
    return text[:kept] + "…"


def fitting(texts: Sequence[str], columns: float, lines: int) -> list[str]:
    """As many texts as fill that many lines; the last line tells how many are left out."""
    if sum(lines_of(text, columns) for text in texts) <= lines:
        return list(texts)
    kept: list[str] = []
    used = 1
    for text in texts:
        used += lines_of(text, columns)
        if used > lines:
            break
        kept.append(text)
    return [*kept, say("exporting.slip.more_lines", count=len(texts) - len(kept))]


def _width(char: str) -> float:
    if unicodedata.combining(char):
        return 0.0
    return 0.5 if unicodedata.east_asian_width(char) in ("Na", "H", "N") else 1.0
