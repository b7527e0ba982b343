"""The three tables of a report as a workbook, laid out as the official form with its merged cells."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hpviewer.exporting.atomic_file import replacing
from hpviewer.exporting.report_cells import Figures, cell_of, cell_text, report_title, table_heading
from hpviewer.exporting.written import Written
from hpviewer.exporting.xlsx_book import Book
from hpviewer.reports.cell import Number
from hpviewer.reports.finding import Severity
from hpviewer.reports.form import TABLES
from hpviewer.reports.form_layout import FormCell, FormCellKind, FormLayout, form_layout
from hpviewer.wording import say

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_TOP = 2
"""Rows above the form: the report's title and the table's heading."""
_WIDTHS = {"t2": (26, 22, 22, 22), "t3": (6, 16, 46, *(11,) * 7), "t4": (10,) * 15}
_ALIGN: dict[FormCellKind, dict[str, Any]] = {
    FormCellKind.HEADER: {"align": "center", "bold": True, "bg_color": "#EEF3F6"},
    FormCellKind.LABEL: {"align": "left"},
    FormCellKind.VALUE: {"align": "right"},
}
_MARKS: dict[Severity, dict[str, Any]] = {
    Severity.ERROR: {"bg_color": "#FBE3D6", "font_color": "#9A3412", "bold": True},
    Severity.QUESTION: {"bg_color": "#FDF3D8", "italic": True},
}


def write_report_xlsx(target: Path, figures: Figures, marks: Mapping[str, Severity] | None = None) -> Written:
    """A sheet per table; counts are numbers, blank cells blank, ``marks`` coloured, with a comment that says why.

    The file reads back as the same figures. ``records`` of the result counts cells with a figure. InputError when
    the file cannot be written.
    """
    from xlsxwriter import Workbook

    written = 0
    with replacing(target) as file:
        # In memory: a merged cell of several rows cannot be written row by row, and the form has 700 cells.
        workbook = Workbook(
            file,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_numbers": False,
                "strings_to_urls": False,
            },
        )
        book = Book(workbook)
        for table in TABLES:
            layout = form_layout(table, figures.format)
            sheet = book.sheet(say(f"exporting_reports.sheet.{table}"))
            _page(sheet, layout)
            if (
                table == TABLES[0]
            ):  # once, as in the report; on the other sheets it is in the printed page's head
                book.text(sheet, 0, 0, report_title(figures), bold=True, font_size=14)
            else:
                sheet.set_header("&C" + book.clean(report_title(figures)).replace("&", "&&")[:200])
            book.text(sheet, 1, 0, table_heading(table, layout.title), bold=True)
            for row in layout.rows:
                for cell in row:
                    written += _write(book, sheet, cell, figures, (marks or {}).get(cell.name))
        workbook.close()
    return Written(target, written, book.notes)


def _page(sheet: Worksheet, layout: FormLayout) -> None:
    for at, width in enumerate(_WIDTHS[layout.table]):
        sheet.set_column(at, at, width)
    headers = 0
    for row in layout.rows:
        if any(cell.kind is FormCellKind.VALUE for cell in row):
            break
        headers += 1
    if layout.table == "t3":
        sheet.freeze_panes(_TOP + headers, 3)
        sheet.repeat_rows(_TOP, _TOP + headers - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _write(book: Book, sheet: Worksheet, cell: FormCell, figures: Figures, mark: Severity | None) -> bool:
    row, column = _TOP + cell.row, cell.column
    look = {"border": 1, "valign": "vcenter", "text_wrap": True, **_ALIGN[cell.kind]}
    if mark is not None:
        look |= _MARKS[mark]
        sheet.write_comment(row, column, say(f"exporting_reports.mark.{mark}"))
    if cell.rowspan > 1 or cell.colspan > 1:
        last = (row + cell.rowspan - 1, column + cell.colspan - 1)
        sheet.merge_range(row, column, *last, "", book.format(**look))
    if cell.kind is not FormCellKind.VALUE:
        book.text(sheet, row, column, cell.text, **look)
        return False
    found = cell_of(figures, cell.name)
    text = cell_text(found)
    if found is not None and text and found.value is not None:
        _number(book, sheet, row, column, found.value, look)
    else:
        book.text(sheet, row, column, text, **look)
    return bool(text)


def _number(book: Book, sheet: Worksheet, row: int, column: int, value: Number, look: dict[str, Any]) -> None:
    pattern = "#,##0" if isinstance(value, int) else "#,##0.00##"
    book.number(sheet, row, column, float(value), num_format=pattern, **look)
