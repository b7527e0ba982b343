"""Findings of a report as csv: UTF-8 with a mark, CRLF, all quoted, nothing a spreadsheet would calculate."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from hpviewer.exporting.atomic_file import replacing
from hpviewer.exporting.clean_text import TextCleaner
from hpviewer.exporting.findings_rows import Value, finding_rows, headings
from hpviewer.exporting.records_csv import protected
from hpviewer.exporting.report_cells import Figures
from hpviewer.exporting.written import Written
from hpviewer.reports.cell import in_words
from hpviewer.reports.finding import Dismissal, Finding


def write_findings_csv(
    target: Path,
    figures: Figures,
    open_: Sequence[Finding],
    dismissed: Sequence[tuple[Finding, Dismissal]] = (),
) -> Written:
    """A line per finding below the headings. InputError when the file cannot be written."""
    clean = TextCleaner()
    count = 0
    with replacing(target) as file:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
        rows = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        rows.writerow(headings())
        for row in finding_rows(open_, dismissed, figures.format):
            rows.writerow([_cell(value, clean) for value in row])
            count += 1
        text.flush()
        text.detach()
    return Written(target, count, clean.notes)


def _cell(value: Value, clean: TextCleaner) -> str:
    if isinstance(value, str):
        return protected(clean(value))
    return "" if value is None else in_words(value)
