"""Texts that every file format can hold, and texts that a spreadsheet would take for a formula."""

from __future__ import annotations

import re

from hpviewer.wording import say

LONGEST_CELL = 32_767
"""UTF-16 units that a cell of Excel holds."""

_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Control characters, halves of surrogate pairs and non-characters cannot stand in XML. Direction overrides
could, but they make a text read differently from what it says. 0x0D is here because line ends become \\n."""
_FORMULA = re.compile(r"[\t\n\r]|\s*[=+\-@＝＋－＠]")


class TextCleaner:
    """Cleans the texts of one export and counts what it changed."""

    def __init__(self, longest: int | None = LONGEST_CELL) -> None:
        """``longest`` in UTF-16 units; None for formats without a limit."""
        self._longest = longest
        self.removed = 0
        self.shortened = 0

    def __call__(self, text: str) -> str:
        """Line ends as \\n, no characters that XML or a reader's eye cannot take, no longer than a cell."""
        if _ODD.search(text):
            lines = text.replace("\r\n", "\n").replace("\r", "\n")
            text = _ODD.sub("", lines)
            self.removed += text != lines
        if self._longest and len(text) > self._longest // 2 and _units(text) > self._longest:
            text = self._shorten(text, self._longest)
            self.shortened += 1
        return text

    @property
    def notes(self) -> tuple[str, ...]:
        notes = []
        if self.removed:
            notes.append(say("exporting.note.removed", count=self.removed))
        if self.shortened:
            notes.append(say("exporting.note.shortened", count=self.shortened, longest=self._longest))
        return tuple(notes)

    @staticmethod
    def _shorten(text: str, longest: int) -> str:
        mark = say("exporting.shortened_mark")
        kept = text.encode("utf-16-le")[: (longest - _units(mark)) * 2]
        return kept.decode("utf-16-le", errors="ignore") + mark


def formula_like(text: str) -> bool:
    """Whether Excel, LibreOffice or WPS may calculate this text when it is typed or read from csv.

    = + - @, their full-width forms (East Asian versions accept them), and tab, carriage return and line feed,
    which programs strip before they look (list of OWASP, "CSV Injection"); also behind spaces.
    """
    return bool(_FORMULA.match(text))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
