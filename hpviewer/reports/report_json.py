"""The JSON document of ``hpviewer report check`` (DESIGN.md, table of commands)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from hpviewer.reports.cell import Number
from hpviewer.reports.finding import Finding
from hpviewer.reports.form import TABLES, table_rows
from hpviewer.reports.report import Report


def report_json(report: Report, findings: Sequence[Finding]) -> dict[str, Any]:
    """A plain dict of ints, floats, strings, lists and None.

    A blank cell is 0, a cell whose text is no number is null, a cell that the source does not have is left out.
    """
    tables: dict[str, dict[str, dict[str, int | float | None]]] = {}
    for table in TABLES:
        tables[table] = {}
        for row, columns in table_rows(table, report.format):
            cells = report.tables.get(table, {}).get(row.key, {})
            present = {
                column.key: plain(cells[column.key].value) for column in columns if column.key in cells
            }
            if present:
                tables[table][row.key] = present
    return {
        "year": report.year,
        "body": report.body,
        "tables": tables,
        "findings": [
            {
                "rule": each.rule,
                "severity": each.severity.value,
                "message": each.message,
                "cells": list(each.cells),
                "left": plain(each.left),
                "right": plain(each.right),
            }
            for each in findings
        ],
    }


def plain(value: Number | None) -> int | float | None:
    """A number that JSON knows."""
    return float(value) if isinstance(value, Decimal) else value
