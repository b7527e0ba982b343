"""Rows of a ledger that were not understood, as a workbook to correct and to bring in again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hpviewer.exporting.written import Written
from hpviewer.exporting.xlsx_book import Book, new_book
from hpviewer.wording import say

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

CellValue = str | int | float | bool | dt.time | dt.date | dt.datetime | dt.timedelta
"""What a spreadsheet reader gives; "" for an empty cell."""


@dataclass(frozen=True, slots=True)
class RejectedColumn:
    """``heading`` has the lines of the original's header joined by / (面积/农用地).

    ``unit`` (公顷, 亩) is what held for the column; it is added to a heading that does not name it, since a line
    above the table that did is not in the new file. ``detail`` is the land class or side of a bound that the
    column stands for: its heading keeps the lowest line only, which is understood without those above.
    """

    heading: str
    unit: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class CellFault:
    """``field`` is the heading of a column, or a field's name where the ledger has no column for it."""

    field: str
    value: str
    problem: str


@dataclass(frozen=True, slots=True)
class RejectedLine:
    """``row`` as the original shows it; ``cells`` as read, from column A on."""

    row: int
    cells: tuple[CellValue, ...]
    faults: tuple[CellFault, ...]


@dataclass(frozen=True, slots=True)
class RejectedSheet:
    """``name`` is the sheet's, or the file's for csv; ``columns`` from column A on."""

    name: str
    columns: tuple[RejectedColumn, ...]
    lines: tuple[RejectedLine, ...]


def write_rejected_xlsx(target: Path, sheets: Iterable[RejectedSheet]) -> Written:
    """A sheet for each sheet with rejected rows: its headings, the cells with their types, faulty ones coloured.

    The last column, 问题, says for each row where it stood and what is wrong. InputError when the file cannot
    be written.
    """
    count = 0
    with new_book(target) as book:
        named = [sheet for sheet in sheets if sheet.lines] or [RejectedSheet("", (), ())]
        for each in named:
            _write_sheet(book, each)
            count += len(each.lines)
        return Written(target, count, book.notes)


def _write_sheet(book: Book, rejected: RejectedSheet) -> None:
    width = max([len(rejected.columns), *(len(line.cells) for line in rejected.lines)])
    headings = [heading_of(column) for column in rejected.columns]
    headings += [""] * (width - len(headings))
    sheet = book.sheet(rejected.name or say("exporting.rejected.sheet"))
    book.headings(sheet, [*headings, say("exporting.rejected.problem")], [*([18] * width), 60])
    for row, line in enumerate(rejected.lines, start=1):
        faulty = {fault.field for fault in line.faults}
        marked = {at for at, column in enumerate(rejected.columns) if column.heading in faulty}
        for at in range(width):
            value = line.cells[at] if at < len(line.cells) else ""
            _write_cell(book, sheet, row, at, value, {"bg_color": "#FDE3CF"} if at in marked else {})
        book.text(sheet, row, width, _problem(line), text_wrap=True, valign="top")
    sheet.autofilter(0, 0, len(rejected.lines), width)


def _write_cell(
    book: Book, sheet: Worksheet, row: int, column: int, value: CellValue, look: dict[str, Any]
) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value, book.format(**look) if look else None)
    elif isinstance(value, int | float):
        book.number(sheet, row, column, value, **look)
    elif isinstance(value, dt.date):
        book.day(sheet, row, column, value, **look)
    elif isinstance(value, dt.time | dt.timedelta):
        if isinstance(value, dt.timedelta) and value < dt.timedelta():
            book.text(sheet, row, column, str(value), **look)
        else:
            sheet.write_datetime(row, column, value, book.format(num_format="[h]:mm:ss", **look))
    else:
        book.text(sheet, row, column, value, **look)


def heading_of(column: RejectedColumn) -> str:
    """What stands over the column in the new file."""
    heading = column.heading.rpartition("/")[2] if column.detail else column.heading
    if not column.unit or column.unit.lower() in heading.lower():
        return heading
    return say("exporting.rejected.with_unit", heading=heading, unit=column.unit)


def _problem(line: RejectedLine) -> str:
    faults: Sequence[str] = [
        say(
            f"exporting.rejected.{'fault' if fault.value else 'fault_empty'}",
            field=fault.field,
            value=fault.value[:60],
            problem=fault.problem,
        )
        for fault in line.faults
    ]
    return say("exporting.rejected.row", row=line.row) + say("exporting.rejected.mark").join(faults)
