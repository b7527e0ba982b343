"""How far the cells of an ods reach, and which of them are merged: calamine repeats cells as often as they ask for and
knows no merged cells of this format."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from hpviewer.importing.bounded_zip import pieces
from hpviewer.importing.ledger.header_row import Spans
from hpviewer.importing.ledger.limits import CONTAINER, MOST_COLUMNS, MOST_ROWS, check_extent, refusal

_TOKEN = re.compile(
    rb"<(?:[\w.\-]+:)?(?:(?P<table>table)|(?P<row>table-row)|(?P<cell>table-cell|covered-table-cell))"
    rb"(?=[\s/>])(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>"
    rb"|</(?:[\w.\-]+:)?(?P<end>table-row)\s*>"
)
_NUMBER = re.compile(
    rb"number-(?P<what>columns-repeated|rows-repeated|columns-spanned|rows-spanned)\s*=\s*[\"']\s*(?P<value>\d{1,12})"
)
_PIECE = 1 << 20


@dataclass(slots=True)
class _Table:
    row: int = 0
    rows: int = 0
    columns: int = 0
    cells: int = 0


def read_spans(source: Path) -> list[Spans]:
    """Merged blocks of each table in order. InputError when a table reaches too far.

    ``bounded_zip.inspect`` has passed.
    """
    reader = _Reader()
    with source.open("rb") as stream, zipfile.ZipFile(stream) as archive:
        members = [member for member in archive.infolist() if member.filename == "content.xml"]
        for member in members:
            rest = b""
            block: list[bytes] = []
            size = 0
            for piece in pieces(stream, member, CONTAINER):
                block.append(piece)
                size += len(piece)
                if size < _PIECE:
                    continue
                rest = reader.add(rest + b"".join(block))
                block, size = [], 0
                if len(rest) > 4 * _PIECE:
                    raise refusal("damaged")
            reader.add(rest + b"".join(block), last=True)
    reader.close()
    return reader.spans


class _Reader:
    def __init__(self) -> None:
        self.spans: list[Spans] = []
        self._table = _Table()
        self._repeat = 1
        self._column = 0
        self._width = 0
        self._filled = 0

    def add(self, block: bytes, *, last: bool = False) -> bytes:
        """Reads whole tags and gives back what may be the beginning of one."""
        if b"<!--" in block or b"<![CDATA[" in block:
            raise refusal("damaged")  # no office program writes them; a tag inside would count as a tag
        end = len(block) if last else block.rfind(b"<")
        if end < 0:
            return b""
        at = 0
        for found in _TOKEN.finditer(block, 0, end):
            at = found.end()
            self._tag(found)
        return block[max(at, end) :]

    def close(self) -> None:
        self._end_table()

    def _tag(self, found: re.Match[bytes]) -> None:
        if found["cell"]:
            self._cell(found)
        elif found["row"]:
            self._repeat = _numbers(found["attributes"]).get(b"rows-repeated", 1)
            self._column = self._width = self._filled = 0
            if found["attributes"].endswith(b"/"):
                self._end_row()
        elif found["end"]:
            self._end_row()
        else:
            self._end_table()
            self._table = _Table()
            self.spans.append({})

    def _cell(self, found: re.Match[bytes]) -> None:
        attributes = found["attributes"]
        numbers = _numbers(attributes) if b"number-" in attributes else {}
        repeat = max(1, numbers.get(b"columns-repeated", 1))
        rows, columns = numbers.get(b"rows-spanned", 1), numbers.get(b"columns-spanned", 1)
        if (rows > 1 or columns > 1) and self.spans and repeat == 1:
            self.spans[-1][self._table.row, self._column] = (min(rows, MOST_ROWS), min(columns, MOST_COLUMNS))
        self._column += repeat
        if not attributes.endswith(b"/") or b"value-type" in attributes:
            self._width = self._column
            self._filled += repeat

    def _end_row(self) -> None:
        """Empty rows and empty cells at the end of a row count only when something follows them."""
        table = self._table
        table.row += max(1, self._repeat)
        if self._filled:
            table.rows = table.row
            table.columns = max(table.columns, self._width)
            # A cell that is repeated is one that the file holds only once.
            table.cells += 1
            check_extent(table.rows, table.columns, MOST_ROWS * MOST_COLUMNS)
        self._repeat = 1

    def _end_table(self) -> None:
        if self._table.rows:
            check_extent(self._table.rows, self._table.columns, self._table.cells * self._table.columns)


def _numbers(attributes: bytes) -> dict[bytes, int]:
    return {found["what"]: int(found["value"]) for found in _NUMBER.finditer(attributes)}
