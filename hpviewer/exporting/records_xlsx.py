"""Records as a workbook: one row each with typed cells, and a sheet that says what they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hpviewer.exporting.about import ExportAbout
from hpviewer.exporting.record_fields import FIELDS, RecordField, text_of
from hpviewer.exporting.written import Written
from hpviewer.exporting.xlsx_book import Book, new_book
from hpviewer.records.column import SourceKind
from hpviewer.records.partial_date import PartialDate
from hpviewer.records.results import RecordDetail
from hpviewer.wording import say

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

ROWS_PER_SHEET = 1_000_000
"""Records; Excel ends at row 1,048,576. Further ones go to a second sheet."""


def write_records_xlsx(
    target: Path,
    details: Iterable[RecordDetail],
    about: ExportAbout,
    fields: Sequence[RecordField] = FIELDS,
    *,
    rows_per_sheet: int = ROWS_PER_SHEET,
) -> Written:
    """Records in the order given. ``details`` may be a generator: no more than a row is held.

    Full dates are dates, partial ones text (2017-08); areas are numbers; addresses are links as far as Excel
    allows. Whatever ``details`` raises (CancelledError) leaves no file. InputError when it cannot be written.
    """
    with new_book(target) as book:
        sheets: list[tuple[Worksheet, int]] = []
        sources: Counter[SourceKind] = Counter()
        row = rows_per_sheet
        for detail in details:
            if row >= rows_per_sheet:
                sheets.append((_new_sheet(book, fields), 0))
                row = 0
            row += 1
            sheet = sheets[-1][0]
            sheets[-1] = (sheet, row)
            _write_row(book, sheet, row, detail, fields)
            sources[detail.record.source_kind] += 1
        if not sheets:
            sheets.append((_new_sheet(book, fields), 0))
        for sheet, last in sheets:
            sheet.autofilter(0, 0, last, len(fields) - 1)
        _write_about(book, about, sources)
        return Written(target, sources.total(), book.notes)


def _new_sheet(book: Book, fields: Sequence[RecordField]) -> Worksheet:
    sheet = book.sheet(say("exporting.sheet"))
    book.headings(sheet, [field.heading for field in fields], [field.width for field in fields])
    return sheet


def _write_row(
    book: Book, sheet: Worksheet, row: int, detail: RecordDetail, fields: Sequence[RecordField]
) -> None:
    for at, field in enumerate(fields):
        value = field.value(detail)
        if value is None or value == "" or value == ():
            continue
        if field.key == "source_url":
            book.link(sheet, row, at, text_of(value))
        elif isinstance(value, PartialDate) and (day := value.exact):
            book.day(sheet, row, at, day)
        elif isinstance(value, float | int):
            book.number(sheet, row, at, value, num_format="#,##0.0000")
        else:
            book.text(sheet, row, at, text_of(value))


def _write_about(book: Book, about: ExportAbout, sources: Counter[SourceKind]) -> None:
    sheet = book.sheet(say("exporting.about.sheet"))
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 90)
    lines = list(about.lines(sources.total(), sources))
    lines += [(say("exporting.about.note"), note) for note in book.notes]
    for row, (label, value) in enumerate(lines):
        book.text(sheet, row, 0, label, bold=True, valign="top")
        book.text(sheet, row, 1, value, text_wrap=True, valign="top")
