"""What imports changed, field by field, as a workbook or as csv: one line for each field, with its old and new value."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hpviewer.exporting.atomic_file import replacing
from hpviewer.exporting.clean_text import TextCleaner
from hpviewer.exporting.record_fields import FieldValue, text_of
from hpviewer.exporting.records_csv import protected
from hpviewer.exporting.written import Written
from hpviewer.exporting.xlsx_book import Book, new_book
from hpviewer.records.partial_date import PartialDate
from hpviewer.wording import say

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_WIDTHS = {
    "batch": 6, "saved": 19, "undone": 19, "file": 28, "kind": 12, "item": 48, "key": 24, "change": 8, "field": 18,
    "old": 40, "new": 40,
}  # fmt: skip
ROWS_PER_SHEET = 1_000_000


@dataclass(frozen=True, slots=True)
class ChangedField:
    """One line. ``saved`` and ``undone`` are moments as the catalogue keeps them, ``undone`` "" for a batch in force.

    ``file`` names the batch's files. ``kind``, ``change`` and ``field`` are words, ``key`` is the item's id. ``old`` of
    an item that is new, and ``new`` of one that is gone, are empty.
    """

    batch: int
    saved: str
    undone: str
    file: str
    kind: str
    item: str
    key: str
    change: str
    field: str
    old: FieldValue
    new: FieldValue

    def cells(self) -> tuple[FieldValue, ...]:
        """In the order of the columns."""
        return (
            self.batch, self.saved, self.undone, self.file, self.kind, self.item, self.key, self.change, self.field,
            self.old, self.new,
        )  # fmt: skip


def write_changes_xlsx(
    target: Path,
    rows: Iterable[ChangedField],
    about: Sequence[tuple[str, str]],
    *,
    rows_per_sheet: int = ROWS_PER_SHEET,
) -> Written:
    """Numbers and full dates are typed. ``about`` are label and value lines of the second sheet. No more than a line is
    held; InputError when the file cannot be written."""
    count = 0
    with new_book(target) as book:
        sheets = [_new_sheet(book)]
        row = 0
        for one in rows:
            if row >= rows_per_sheet:
                sheets[-1].autofilter(0, 0, row, len(_WIDTHS) - 1)
                sheets.append(_new_sheet(book))
                row = 0
            row += 1
            count += 1
            for at, value in enumerate(one.cells()):
                _write(book, sheets[-1], row, at, value)
        sheets[-1].autofilter(0, 0, row, len(_WIDTHS) - 1)
        sheet = book.sheet(say("exporting.about.sheet"))
        sheet.set_column(0, 0, 22)
        sheet.set_column(1, 1, 90)
        for at, (label, text) in enumerate(about):
            book.text(sheet, at, 0, label, bold=True, valign="top")
            book.text(sheet, at, 1, text, text_wrap=True, valign="top")
        return Written(target, count, book.notes)


def write_changes_csv(target: Path, rows: Iterable[ChangedField]) -> Written:
    """UTF-8 with a mark, CRLF, all quoted, formulas neutralised as in records_csv."""
    clean = TextCleaner()
    count = 0
    with replacing(target) as file:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
        lines = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        lines.writerow(_headings())
        for one in rows:
            lines.writerow([_cell(value, clean) for value in one.cells()])
            count += 1
        text.flush()
        text.detach()
    return Written(target, count, clean.notes)


def _headings() -> list[str]:
    return [say(f"exporting_changes.column.{key}") for key in _WIDTHS]


def _new_sheet(book: Book) -> Worksheet:
    sheet = book.sheet(say("exporting_changes.sheet"))
    book.headings(sheet, _headings(), list(_WIDTHS.values()))
    return sheet


def _write(book: Book, sheet: Worksheet, row: int, column: int, value: FieldValue) -> None:
    if value is None or value == "" or value == ():
        return
    if isinstance(value, PartialDate) and (day := value.exact):
        book.day(sheet, row, column, day)
    elif isinstance(value, float | int):
        book.number(sheet, row, column, value)
    else:
        book.text(sheet, row, column, text_of(value))


def _cell(value: FieldValue, clean: TextCleaner) -> str:
    text = text_of(value)
    return text if isinstance(value, float | int) else protected(clean(text))
