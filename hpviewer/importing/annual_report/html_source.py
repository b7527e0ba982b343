"""A web page or a page saved by Word as lines and rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from hpviewer.errors import InputError
from hpviewer.importing.annual_report.document import GridCell, GridRow, Item, SourceDocument, TextLine
from hpviewer.wording import say

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MOST_TAGS = 400_000
"""A parsed element costs about 100 bytes, however short it is written; a report's page has a few thousand."""
DEEPEST = 200
_SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "head", "svg", "select", "option", "-comment"}
)
_BLOCKS = frozenset(
    [
        *("p", "div", "br", "hr", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("section", "article", "header", "footer", "main", "body", "form", "center", "blockquote", "pre"),
        *("table", "tr", "td", "th", "caption", "title"),
    ]
)
_SPACE = re.compile(r"[ \t\r\n\u00a0]+")


def html_document(html: str) -> SourceDocument:
    """InputError when the page holds more tags than any report."""
    from selectolax.lexbor import LexborHTMLParser

    if html.count("<") > MOST_TAGS:
        raise InputError(
            say("importing_annual_report.too_many_tags"), say("importing_annual_report.expected")
        )
    tree = LexborHTMLParser(html)
    title = tree.css_first("title")
    items: list[Item] = []
    if tree.body is not None:
        items = list(_Walk().block(tree.body))
    if title is not None and title.text(strip=True):
        # The title may be the only place that names body and year; it stands last so that the page's own goes first.
        items.append(TextLine(title.text(strip=True)))
    return SourceDocument("html", tuple(items))


class _Walk:
    """One pass over the page; tables inside cells of a layout table become tables of their own."""

    def __init__(self) -> None:
        self.grids = 0

    def block(self, root: LexborNode, depth: int = 0) -> Iterator[Item]:
        line: list[str] = []

        def flush() -> Iterator[Item]:
            text = _SPACE.sub(" ", "".join(line)).strip()
            line.clear()
            if text:
                yield TextLine(text)

        def walk(node: LexborNode, level: int) -> Iterator[Item]:
            child = node.child
            while child is not None:
                if child.is_text_node:
                    line.append(child.text_content or "")
                elif child.tag == "table":
                    yield from flush()
                    yield from self.table(child, level + 1)
                elif child.tag not in _SKIPPED and level < DEEPEST:
                    if child.tag in _BLOCKS:
                        yield from flush()
                    yield from walk(child, level + 1)
                    if child.tag in _BLOCKS:
                        yield from flush()
                child = child.next

        yield from walk(root, depth)
        yield from flush()

    def table(self, table: LexborNode, depth: int) -> Iterator[Item]:
        self.grids += 1
        grid = self.grids
        taken: dict[int, int] = {}  # column -> rows below that a cell above still covers
        for row in _rows(table):
            cells: list[GridCell] = []
            inner: list[Item] = []
            column = 0
            covered = {place: left - 1 for place, left in taken.items() if left > 1}
            for cell in _children(row, ("td", "th")):
                while taken.get(column, 0) > 0:
                    column += 1
                wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
                if cell.css_first("table") is not None and depth < DEEPEST:
                    inner += self.block(cell, depth + 1)
                else:
                    cells.append(GridCell(_cell_text(cell), column))
                if high > 1:
                    covered.update(dict.fromkeys(range(column, column + wide), high - 1))
                column += wide
            taken = covered
            if cells and not inner:
                yield GridRow(tuple(cells), grid)
            else:
                for each in cells:
                    if each.text:
                        yield TextLine(each.text)
                yield from inner


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    child = table.child
    while child is not None:
        if child.tag == "tr":
            yield child
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from _children(child, ("tr",))
        child = child.next


def _children(node: LexborNode, tags: tuple[str, ...]) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        if child.tag in tags:
            yield child
        child = child.next


def _cell_text(cell: LexborNode) -> str:
    return _SPACE.sub(" ", cell.text(deep=True, separator="")).strip()


def _span(cell: LexborNode, name: str) -> int:
    text = (cell.attributes.get(name) or "1").strip()
    return min(max(int(text), 1), 100) if text.isdecimal() else 1
