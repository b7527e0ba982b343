"""A Word document as lines and rows."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hpviewer.errors import InputError
from hpviewer.importing.annual_report.document import GridCell, GridRow, Item, SourceDocument, TextLine
from hpviewer.importing.bounded_zip import OFFICE, inspect
from hpviewer.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterable

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_WRAPPERS = frozenset(
    f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")
)
DEEPEST = 40
WORD = replace(OFFICE, xml_tags=150_000, xml_attributes=400_000)
"""Word is parsed into a tree: about 120 bytes for each tag and 200 for each attribute."""


def docx_document(source: Path) -> SourceDocument:
    """InputError when the container is over a limit of bounded_zip or no Word document."""
    inspect(source, WORD)
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml import etree

    try:
        body = docx.Document(str(source)).element.body
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile, etree.XMLSyntaxError) as problem:
        raise InputError(
            say("importing_annual_report.damaged_docx"), say("importing_annual_report.save_again")
        ) from problem
    return SourceDocument("docx", tuple(_Walk().blocks(body)))


class _Walk:
    """One pass over the body: paragraphs, tables, tables inside cells, content controls, tracked insertions."""

    def __init__(self) -> None:
        self.grids = 0

    def blocks(self, parent: Any, depth: int = 0) -> Iterator[Item]:
        for child in _unwrapped(parent):
            if child.tag == f"{_W}p":
                for line in _paragraph(child).split("\n"):
                    yield TextLine(line.strip())
            elif child.tag == f"{_W}tbl" and depth < DEEPEST:
                yield from self.table(child, depth)

    def table(self, table: Any, depth: int) -> Iterator[Item]:
        self.grids += 1
        grid = self.grids
        for row in _unwrapped(table):
            if row.tag != f"{_W}tr":
                continue
            cells: list[GridCell] = []
            inner: list[Item] = []
            column = 0
            for cell in _unwrapped(row):
                if cell.tag != f"{_W}tc":
                    continue
                wide, covered = _spans(cell)
                if any(child.tag == f"{_W}tbl" for child in _unwrapped(cell)):
                    inner += self.blocks(cell, depth + 1)
                elif not covered:
                    cells.append(GridCell(_cell_text(cell), column))
                column += wide
            if inner:
                yield from (TextLine(each.text) for each in cells if each.text)
                yield from inner
            elif cells:
                yield GridRow(tuple(cells), grid)


def _unwrapped(parent: Any) -> Iterable[Any]:
    for child in parent:
        if child.tag in _WRAPPERS:
            yield from _unwrapped(child)
        else:
            yield child


def _spans(cell: Any) -> tuple[int, bool]:
    """Columns covered, and whether the cell is covered by a merge from above (or, in old files, from the left)."""
    properties = cell.find(f"{_W}tcPr")
    if properties is None:
        return 1, False
    span = properties.find(f"{_W}gridSpan")
    wide = span.get(f"{_W}val", "1") if span is not None else "1"
    covered = False
    for name in ("vMerge", "hMerge"):
        merge = properties.find(f"{_W}{name}")
        covered = covered or (merge is not None and merge.get(f"{_W}val", "continue") == "continue")
    return (min(max(int(wide), 1), 100) if wide.isdecimal() else 1), covered


def _cell_text(cell: Any) -> str:
    lines = (_paragraph(child) for child in _unwrapped(cell) if child.tag == f"{_W}p")
    return "".join(line.replace("\n", "") for line in lines).strip()


def _paragraph(paragraph: Any) -> str:
    """Text with insertions, without deletions; a line break is a newline. Old-style duplicates of shapes are skipped."""
    parts: list[str] = []

    def walk(node: Any) -> None:
        for child in node:
            if child.tag == f"{_W}t":
                parts.append(child.text or "")
            elif child.tag == f"{_W}tab":
                parts.append(" ")
            elif child.tag in (f"{_W}br", f"{_W}cr"):
                parts.append("\n")
            elif child.tag not in (_FALLBACK, f"{_W}del", f"{_W}pPr", f"{_W}rPr", f"{_W}moveFrom"):
                walk(child)

    walk(paragraph)
    return "".join(parts)
