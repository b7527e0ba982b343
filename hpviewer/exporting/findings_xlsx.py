"""Findings of a report as a workbook: a line per finding, dismissed ones with their reason."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hpviewer.exporting.findings_rows import WIDTHS, finding_rows, headings
from hpviewer.exporting.report_cells import Figures, report_title
from hpviewer.exporting.written import Written
from hpviewer.exporting.xlsx_book import new_book
from hpviewer.reports.finding import Dismissal, Finding
from hpviewer.wording import say


def write_findings_xlsx(
    target: Path,
    figures: Figures,
    open_: Sequence[Finding],
    dismissed: Sequence[tuple[Finding, Dismissal]] = (),
) -> Written:
    """A sheet of findings; none gives the headings and a line that says so. InputError when it cannot be written."""
    count = 0
    with new_book(target) as book:
        sheet = book.sheet(say("exporting_reports.sheet.findings"))
        book.headings(sheet, headings(), list(WIDTHS))
        for count, row in enumerate(finding_rows(open_, dismissed, figures.format), start=1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    book.text(sheet, count, column, value, text_wrap=True, valign="top")
                elif value is not None:
                    book.number(sheet, count, column, float(value), num_format="#,##0.####", valign="top")
        line = count + 2
        if not count:
            book.text(sheet, 1, 2, say("exporting_reports.no_findings"))
        book.text(sheet, line, 2, report_title(figures))
    return Written(target, count, book.notes)
