"""A folded text with its lines, and the small ways every field reader looks at it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from hpviewer.importing.notice.dates import DateInText, RangeInText, find_dates, find_ranges
from hpviewer.importing.notice.folded_text import FoldedText, fold
from hpviewer.records.document_number import NumberInText, find_numbers

T = TypeVar("T")
_LONGEST_SENTENCE = 4000
_MOST_DATES = 500
"""Real notices stay far below both; without them a hostile text is read in quadratic time."""


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value and where it stands in the folded text."""

    value: T
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    start: int
    end: int
    text: str


class Sheet:
    """One notice's text, read once for what several readers need."""

    def __init__(self, shown: str) -> None:
        self.folded: FoldedText = fold(shown)
        self.text: str = self.folded.text
        self.lines: tuple[Line, ...] = tuple(_lines(self.text))
        self.dates: list[DateInText] = find_dates(self.text)[:_MOST_DATES]
        self.ranges: list[RangeInText] = list(find_ranges(self.text, self.dates))
        self.numbers: list[NumberInText] = list(islice(find_numbers(self.text), _MOST_DATES))
        self._starts = [line.start for line in self.lines]

    def line_at(self, position: int) -> Line | None:
        at = bisect_right(self._starts, position) - 1
        return self.lines[at] if at >= 0 else None

    def sentence_start(self, position: int) -> int:
        """Behind the last 。, ; or line break in front of the position."""
        low = max(0, position - _LONGEST_SENTENCE)
        return max(low - 1, *(self.text.rfind(sign, low, position) for sign in "。;\n")) + 1

    def sentence_end(self, position: int) -> int:
        high = min(len(self.text), position + _LONGEST_SENTENCE)
        ends = [at for sign in "。;\n" if (at := self.text.find(sign, position, high)) >= 0]
        return min(ends) if ends else high


def _lines(text: str) -> Iterator[Line]:
    at = 0
    for line in text.split("\n"):
        if line:
            yield Line(at, at + len(line), line)
        at += len(line) + 1


_PROSE = str.maketrans({"(": "（", ")": "）", ":": "：", ";": "；"})


def prose(folded: str) -> str:
    """A piece of folded text as Chinese prose writes it: full-width brackets and colons, no line breaks."""
    return re.sub(r"\n+", "", folded).translate(_PROSE)
