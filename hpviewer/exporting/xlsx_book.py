"""A workbook that holds text as text, whatever the text is, written without keeping its rows in memory."""

from __future__ import annotations

import datetime as dt
import math
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from hpviewer.exporting.atomic_file import replacing
from hpviewer.exporting.clean_text import TextCleaner, formula_like
from hpviewer.wording import say

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

MOST_LINKS = 65_530
"""Hyperlinks of one sheet, by Excel's specification."""
_LONGEST_LINK = 2_079
_LINK = re.compile(r"https?://[^\s\"<>\\^`{|}\x00-\x20]+", re.IGNORECASE)
_EARLIEST = dt.date(1900, 3, 1)
"""Excel takes 1900 for a leap year: serial numbers are the same everywhere only from here on."""
_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_SHEET_NAME = 31


class Book:
    """Cells go in row by row, from top to bottom (constant_memory of xlsxwriter).

    How formulas are kept out: each text is written as an inline string cell, a type that no program calculates;
    a text that looks like a formula also gets the quote prefix and the text format, so that it stays text when
    a person edits the cell.
    """

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._links: dict[str, int] = {}
        self.clean = TextCleaner()
        self.unlinked = 0
        """Addresses that stand as text only."""

    @property
    def notes(self) -> tuple[str, ...]:
        links = (say("exporting.note.unlinked", count=self.unlinked),) if self.unlinked else ()
        return self.clean.notes + links

    def format(self, **properties: Any) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._workbook.add_format(properties)
        return self._formats[key]

    def sheet(self, name: str) -> Worksheet:
        """A new sheet named as near to ``name`` as Excel and the other sheets allow."""
        plain = _IN_SHEET_NAME.sub(" ", self.clean(name)).strip("' ") or say("exporting.sheet")
        taken = {sheet.get_name().lower() for sheet in self._workbook.worksheets()} | {"history"}
        candidate, number = plain[:_LONGEST_SHEET_NAME].rstrip("' "), 1
        while candidate.lower() in taken:
            number += 1
            end = f" {number}"
            candidate = plain[: _LONGEST_SHEET_NAME - len(end)] + end
        return self._workbook.add_worksheet(candidate)

    def headings(self, sheet: Worksheet, headings: list[str], widths: list[int]) -> None:
        """Row 1, frozen; printed on every page of an A4 sheet in landscape that is one page wide."""
        for at, (heading, width) in enumerate(zip(headings, widths, strict=True)):
            sheet.set_column(at, at, width)
            self.text(sheet, 0, at, heading, bold=True, bg_color="#E4F0F6", bottom=1)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)

    def text(self, sheet: Worksheet, row: int, column: int, text: str, **look: Any) -> None:
        text = self.clean(text)
        if formula_like(text):
            look = look | {"quote_prefix": True, "num_format": "@"}
        format = self.format(**look) if look else None
        if text.startswith("<r>") and text.endswith("</r>"):
            # WORKAROUND xlsxwriter 3.3 writes such a text as markup, unescaped. A rich string of two runs is escaped.
            sheet.write_rich_string(row, column, self.format(), text[:3], text[3:], format or self.format())
        elif text:
            sheet.write_string(row, column, text, format)
        elif format:
            sheet.write_blank(row, column, None, format)

    def number(self, sheet: Worksheet, row: int, column: int, number: float, **look: Any) -> None:
        """A number that a cell cannot hold exactly is written as text."""
        if not math.isfinite(number) or abs(number) >= 1e15:
            self.text(sheet, row, column, str(number), **look)
        else:
            sheet.write_number(row, column, number, self.format(**look) if look else None)

    def day(self, sheet: Worksheet, row: int, column: int, day: dt.date, **look: Any) -> None:
        """Also with a time of day. Days before March 1900 are text: a cell holds none of them reliably."""
        has_time = isinstance(day, dt.datetime)
        if (day.date() if isinstance(day, dt.datetime) else day) < _EARLIEST:
            self.text(sheet, row, column, day.isoformat(), **look)
            return
        pattern = "yyyy-mm-dd hh:mm:ss" if has_time else "yyyy-mm-dd"
        sheet.write_datetime(row, column, day, self.format(num_format=pattern, align="left", **look))

    def link(self, sheet: Worksheet, row: int, column: int, address: str) -> None:
        """A hyperlink for an http or https address within Excel's limits, else the address as text."""
        address = self.clean(address)
        used = self._links.get(sheet.get_name(), 0)
        if linkable(address) and used < MOST_LINKS:
            self._links[sheet.get_name()] = used + 1
            sheet.write_url(row, column, address, string=address)
        elif address:
            self.unlinked += 1
            self.text(sheet, row, column, address)


def linkable(address: str) -> bool:
    """Plain web addresses only; none with a user name before the host, which hides where it leads."""
    if len(address.encode("utf-16-le", "surrogatepass")) // 2 > _LONGEST_LINK or not _LINK.fullmatch(address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.hostname) and "@" not in parts.netloc


@contextmanager
def new_book(target: Path) -> Iterator[Book]:
    """A book that becomes ``target`` when the block ends well; see `replacing` for what happens otherwise."""
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    with (
        replacing(target) as file,
        tempfile.TemporaryDirectory(prefix="hpviewer-", ignore_cleanup_errors=True) as folder,
    ):
        workbook = Workbook(
            file,
            {
                "constant_memory": True,
                "tmpdir": folder,
                "strings_to_formulas": False,
                "strings_to_numbers": False,
                "strings_to_urls": False,
            },
        )
        try:
            yield Book(workbook)
            workbook.close()
        except FileCreateError as problem:
            raise OSError(str(problem)) from problem
        finally:
            for sheet in workbook.worksheets():
                # Left open when the block fails; Windows then keeps the folder.
                if not sheet.row_data_fh_closed:
                    sheet.row_data_fh.close()
