"""How far the cells of an xlsx reach, before calamine lays out the rectangle around them.

calamine 0.3x (python-calamine 0.9) allocates every cell between the first and the last: two cells in A1 and
XFD1048576 abort the process. Positions are read from the XML by pattern, in pieces; a usual file (every cell says where
it is) takes one pass at about 300 MB a second.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from hpviewer.errors import InputError
from hpviewer.importing.ledger.limits import MOST_COLUMNS, MOST_ROWS, check_extent, refusal

_UNUSUAL = re.compile(
    rb'<c(?! r="[A-Z][0-9]{1,5}")(?:(?P<other>[\w:.\-])| r="(?P<letters>[A-Za-z]{1,4})(?P<digits>[0-9]{1,9})")?'
)
"""Cells beyond column Z or row 99,999, cells that do not say where they are, and tags that begin with the same
letter (cols, cfRule)."""
_TOKEN = re.compile(rb"<(?:[\w.\-]+:)?(?:(row)|c)(?=[\s/>])([^>]*)>")
_REFERENCE = re.compile(rb"\br\s*=\s*[\"']\s*([A-Za-z]{0,4})([0-9]{0,9})")
_USUAL_ROWS, _USUAL_COLUMNS = 99_999, 26
_LONGEST_TAG = 64 * 1024


class XlsxExtent:
    """Watches the members of a container while `bounded_zip.inspect` unpacks them; ``check`` when that has passed."""

    def __init__(self) -> None:
        self._members: list[_Member] = []

    def watch(self, name: str) -> Callable[[bytes], None] | None:
        """Sheets can have any name, so all but a few kinds of member are looked through."""
        if name.lower().endswith((".rels", ".png", ".jpeg", ".jpg", ".emf", ".bin", ".vml")):
            return None
        self._members.append(_Member())
        return self._members[-1].take

    def check(self) -> None:
        """InputError when a sheet reaches too far."""
        for member in self._members:
            member.check()


class _Member:
    """One member, which may be a sheet, cut into blocks of whole tags."""

    def __init__(self) -> None:
        self._extent = _Extent()
        self._rest = b""
        self._refusal: InputError | None = None

    def take(self, piece: bytes) -> None:
        if self._refusal is not None:
            return
        block = self._rest + piece
        end = block.rfind(b">") + 1
        if end == 0 and len(block) < _LONGEST_TAG:
            self._rest = block
            return
        self._rest = block[end:] if end else b""
        self._add(block[:end] if end else block)

    def check(self) -> None:
        self._add(self._rest)
        self._rest = b""
        if self._refusal is not None:
            raise self._refusal
        check_extent(self._extent.rows, self._extent.columns, self._extent.cells)

    def _add(self, block: bytes) -> None:
        try:
            self._extent.add(block)
        except InputError as refusal:
            self._refusal = refusal


class _Extent:
    """Upper bounds over the tags seen so far: 99,999 rows and 26 columns for a sheet with nothing beyond."""

    def __init__(self) -> None:
        self.rows = self.columns = self.cells = 0
        self._row = self._column = 0
        self._exact = False

    def add(self, block: bytes) -> None:
        if not self._exact:
            # A prefix before the names is rare, and so is a colon: looking for it first costs nothing.
            prefixed = b":" in block and (b":c" in block or b":row" in block)
            if not prefixed and self._add_usual(block):
                return
            self._exact = True
            self._row, self._column = self.rows, 0
        self._add_any(block)

    def _add_usual(self, block: bytes) -> bool:
        """False when a cell does not say where it is. Rows need not: a cell's own place counts."""
        reached: list[tuple[int, int]] = []
        for found in _UNUSUAL.finditer(block):
            if found["other"]:
                continue
            if not found["letters"]:
                return False
            closing = block.find(b">", found.end())
            if block[closing - 1 : closing] != b"/":  # <c …/> is only formatted
                reached.append((int(found["digits"]), _letters(found["letters"])))
        cells = block.count(b'<c r="')
        if cells:
            self.cells += cells
            self.rows = max(self.rows, _USUAL_ROWS)
            self.columns = max(self.columns, _USUAL_COLUMNS)
        for row, column in reached:
            self._reach(row, column)
        return True

    def _add_any(self, block: bytes) -> None:
        """Cells and rows that do not say where they are stand behind the one before them."""
        if b"<!--" in block or b"<![CDATA[" in block:
            raise refusal("damaged")  # no office program writes them; a tag inside would count as a tag
        for found in _TOKEN.finditer(block):
            said = _REFERENCE.search(found[2])
            if found[1]:
                self._row = int(said[2] or b"0") if said else self._row + 1
                self._column = 0
                continue
            if said:
                self._column = _letters(said[1])
                row = int(said[2] or b"0")
            else:
                self._column += 1
                row = self._row + 1
            if not found[2].endswith(b"/"):
                self.cells += 1
                self._reach(row, self._column)

    def _reach(self, row: int, column: int) -> None:
        self.rows = max(self.rows, min(row, MOST_ROWS + 1))
        self.columns = max(self.columns, min(column, MOST_COLUMNS + 1))


def _letters(text: bytes) -> int:
    number = 0
    for code in text.upper():
        number = number * 26 + code - 64
    return number
