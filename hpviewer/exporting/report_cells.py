"""A cell of a report as an exported form shows it."""

from __future__ import annotations

from hpviewer.reports.cell import Cell, in_words
from hpviewer.reports.report import Headlines, Report
from hpviewer.wording import say

Figures = Report | Headlines


def cell_of(figures: Figures, name: str) -> Cell | None:
    """None when the source does not have the cell."""
    if isinstance(figures, Report):
        return figures.cell(name)
    value = figures.value(name)
    return None if value is None else Cell(value, written=in_words(value))


def cell_text(cell: Cell | None) -> str:
    """A blank or missing cell is blank, one that is no number as it was written."""
    if cell is None or cell.blank:
        return ""
    return cell.written if cell.value is None else in_words(cell.value)


def report_title(figures: Figures) -> str:
    """What stands above the tables; reads back as the same year and body."""
    body = figures.body or say("exporting_reports.no_body")
    if figures.year is None:
        return say("exporting_reports.title_without_year", body=body)
    return say("exporting_reports.title", body=body, year=figures.year)


def table_heading(table: str, title: str) -> str:
    return say(f"exporting_reports.heading.{table}", title=title)
