"""Findings as rows for a sheet or csv: headings, and a line per finding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hpviewer.reports.cell import Number
from hpviewer.reports.finding import Dismissal, Finding
from hpviewer.reports.form import ReportFormat, cell_label
from hpviewer.wording import say

COLUMNS = ("severity", "rule", "message", "left", "right", "difference", "cells", "names", "state", "reason")
WIDTHS = (8, 14, 70, 12, 12, 12, 40, 40, 10, 40)

Value = str | Number | None


def headings() -> list[str]:
    return [say(f"exporting_reports.column.{column}") for column in COLUMNS]


def finding_rows(
    open_: Sequence[Finding], dismissed: Sequence[tuple[Finding, Dismissal]], form: ReportFormat
) -> Iterator[tuple[Value, ...]]:
    """Open findings in their order, then the dismissed ones with their reason. Numbers stay numbers."""
    for finding in open_:
        yield (*_row(finding, form), say("exporting_reports.state.open"), "")
    for finding, dismissal in dismissed:
        yield (*_row(finding, form), say("exporting_reports.state.dismissed"), dismissal.reason)


def _row(finding: Finding, form: ReportFormat) -> tuple[Value, ...]:
    mark = say("exporting.list_mark")
    return (
        say(f"exporting_reports.severity.{finding.severity}"),
        finding.rule,
        finding.message,
        finding.left,
        finding.right,
        finding.difference,
        mark.join(cell_label(name, form) for name in finding.cells),
        " ".join(finding.cells),
    )
