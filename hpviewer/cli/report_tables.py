"""The three tables of a report in a terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from hpviewer.reports.finding import Severity
from hpviewer.reports.form import TABLE_TITLES, FormColumn, FormRow, table_rows
from hpviewer.session.report_equations import figure
from hpviewer.session.report_sheet import ReportSheet
from hpviewer.wording import say

_PIPED_WIDTH = 160
"""Columns where no terminal says how wide it is: nothing is cut then."""


def print_tables(sheet: ReportSheet, tables: Sequence[str]) -> None:
    """Blank cells stay blank, unknown ones are ``…``; cells of errors and questions carry ! and ?."""
    console = Console(file=sys.stdout, highlight=False, width=None if sys.stdout.isatty() else _PIPED_WIDTH)
    marks = sheet.failing_cells()
    for name in tables:
        console.print(
            Text("\n" + say("cli_reports.show.table_title", number=name[1], title=TABLE_TITLES[name]))
        )
        for columns, rows in _blocks(name, sheet):
            console.print(_table(name, columns, rows, sheet, marks))
    if marks:
        console.print(Text(say("cli_reports.show.legend")))


def _blocks(name: str, sheet: ReportSheet) -> list[tuple[tuple[FormColumn, ...], list[FormRow]]]:
    """Rows that follow each other with the same columns stand below the same head."""
    blocks: list[tuple[tuple[FormColumn, ...], list[FormRow]]] = []
    for row, columns in table_rows(name, sheet.format):
        if blocks and blocks[-1][0] == columns:
            blocks[-1][1].append(row)
        else:
            blocks.append((columns, [row]))
    return blocks


def _table(
    name: str,
    columns: Sequence[FormColumn],
    rows: Sequence[FormRow],
    sheet: ReportSheet,
    marks: dict[str, Severity],
) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("")
    for column in columns:
        table.add_column(Text(column.short), justify="right")
    for row in rows:
        cells = [_shown(f"{name}.{row.key}.{column.key}", sheet, marks) for column in columns]
        table.add_row(Text(row.short), *cells)
    return table


def _shown(cell: str, sheet: ReportSheet, marks: dict[str, Severity]) -> Text:
    found = sheet.cell(cell)
    if found is None:
        text = "…"
    elif found.blank:
        text = ""
    else:
        text = found.written if found.value is None else figure(found.value)
    mark = {Severity.ERROR: "!", Severity.QUESTION: "?"}.get(marks.get(cell, Severity.NOTE), "")
    return Text(mark + text)
