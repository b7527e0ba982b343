"""Plain or pasted text as lines and rows: one cell a line, tab rows, ``|`` rows, columns set with spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hpviewer.importing.annual_report.document import GridCell, GridRow, Item, SourceDocument, TextLine
from hpviewer.importing.annual_report.plain_text import without_bookmarks

_BARS = re.compile(r"[|｜│┃]")
_RULE = re.compile(r"^[\s|｜│┃:+\-=─━┼┤├]+$")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_NUMBER = r"[+\-]?\d[\d,]*(?:\.\d+)?[件宗条次万元]{0,2}"
_SPACED = re.compile(rf"^(?P<label>.*?\S)??(?P<numbers>(?:[ \u3000]+{_NUMBER}){{2,}})[ \u3000]*$")


def text_document(text: str) -> SourceDocument:
    """Never fails: text without tables gives lines only.

    A line that begins with a tab and has no other is one cell (``marked``), so a line of one tab is a blank cell while
    an empty line is none. Consecutive tab or ``|`` rows form one grid.
    """
    return SourceDocument("txt", tuple(_items(text)))


def _items(text: str) -> Iterator[Item]:
    grid = 0
    in_grid = False
    for raw in without_bookmarks(text).replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        cells = _cells(raw)
        if cells is None:
            if not _RULE.match(raw) or not raw.strip():
                in_grid = False
                yield TextLine(raw.strip(" \t\u3000\ufeff"), marked=raw.startswith("\t"))
            continue
        if not in_grid:
            grid, in_grid = grid + 1, True
        yield GridRow(tuple(GridCell(cell, column) for column, cell in enumerate(cells)), grid)


def _cells(raw: str) -> list[str] | None:
    """The cells of a row, or None when the line is text, a single cell or a ruler of dashes."""
    if len(_BARS.findall(raw)) >= 2 or raw.strip()[:1] in ("|", "｜"):
        if _RULE.match(raw):
            return None
        parts = _BARS.split(raw.strip())
        if not parts[0].strip():
            parts = parts[1:]
        if parts and not parts[-1].strip() and raw.strip()[-1:] in "|｜│┃":
            parts = parts[:-1]
        return [_BREAK.sub("", part).strip() for part in parts]
    if "\t" in raw[1:]:
        return [part.strip() for part in raw.split("\t")]
    spaced = _SPACED.match(raw)
    if spaced and "。" not in raw:
        numbers = re.findall(_NUMBER, spaced["numbers"])
        return [(spaced["label"] or "").strip(), *numbers]
    return None
