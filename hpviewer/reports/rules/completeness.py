"""FORM rules: every row and column of the form is there, counts are whole and not negative, fees have two decimals.

Source: the form (国办公开办函〔2021〕30号, 〔2019〕60号) for rows and columns and for 单位：万元; that a count is a whole
number from 0 lies in the word.
"""

from __future__ import annotations

from decimal import Decimal

from hpviewer.reports.cell import in_words
from hpviewer.reports.finding import Finding, Severity, finding_key
from hpviewer.reports.form import (
    MONEY_CELLS,
    SIGNED_COLUMNS,
    T3_COLUMNS,
    TABLE_TITLES,
    TABLES,
    cell_label,
    cell_names,
    table_rows,
)
from hpviewer.reports.report import Report
from hpviewer.wording import say

FEE_DECIMALS = 2


def form_title(report: Report) -> list[Finding]:
    """FORM-TITLE: the report says which year and which body it is about (条例 art. 50)."""
    found = []
    if report.year is None:
        found.append(
            _finding(
                report,
                "FORM-TITLE",
                Severity.QUESTION,
                say("reports.form.no_year"),
                (),
                "year",
            )
        )
    if not report.body:
        found.append(
            _finding(
                report,
                "FORM-TITLE",
                Severity.QUESTION,
                say("reports.form.no_body"),
                (),
                "body",
            )
        )
    return found


def form_tables(report: Report) -> list[Finding]:
    """FORM-TABLE, FORM-COLUMN, FORM-ROW, FORM-CELL, FORM-UNPLACED: what the form has and the report has not.

    Told once, as coarsely as is true: a table that is wholly missing is one finding, not one for each row.
    """
    findings: list[Finding] = []
    for table in TABLES:
        names = cell_names(report.format, table)
        missing = {name for name in names if report.cell(name) is None}
        unplaced = {each.row: each for each in report.unplaced if each.table == table}
        for row, each in unplaced.items():
            cells = tuple(name for name in names if name.split(".")[1] == row or table == "t4")
            missing -= set(cells)
            message = say("reports.form.unplaced", table=_number_of(table), row=each.label)
            message += say(
                "reports.form.unplaced_values",
                values=say("reports.list_mark").join(each.written),
            )
            findings.append(
                _finding(
                    report,
                    "FORM-UNPLACED",
                    Severity.ERROR,
                    message,
                    cells,
                    *each.written,
                )
            )
        if missing == set(names):
            message = say(
                "reports.form.no_table",
                table=_number_of(table),
                title=TABLE_TITLES[table],
            )
            findings.append(_finding(report, "FORM-TABLE", Severity.ERROR, message, names))
        else:
            findings += _missing_parts(report, table, missing)
    return findings


def _missing_parts(report: Report, table: str, missing: set[str]) -> list[Finding]:
    findings: list[Finding] = []
    rows = [(row, [f"{table}.{row.key}.{column.key}" for column in columns])
            for row, columns in table_rows(table, report.format)]  # fmt: skip
    if table == "t3":
        present = [row for row, cells in rows if not set(cells) <= missing]
        for column in T3_COLUMNS:
            cells = tuple(f"t3.{row.key}.{column.key}" for row in present)
            if set(cells) <= missing:
                message = say(
                    "reports.form.no_column",
                    table=_number_of(table),
                    column=column.short,
                )
                findings.append(_finding(report, "FORM-COLUMN", Severity.ERROR, message, cells))
                missing = missing - set(cells)
    gone = [(row, cells) for row, cells in rows if set(cells) <= missing]
    if gone:
        listed = say("reports.list_mark").join(row.short for row, _ in gone)
        message = say(
            "reports.form.no_rows",
            table=_number_of(table),
            count=len(gone),
            rows=listed,
        )
        names = tuple(name for _, cells in gone for name in cells)
        findings.append(_finding(report, "FORM-ROW", Severity.ERROR, message, names))
        missing = missing - set(names)
    if missing:
        single = tuple(name for name in cell_names(report.format, table) if name in missing)
        listed = say("reports.list_mark").join(cell_label(name, report.format) for name in single)
        message = say("reports.form.no_cells", table=_number_of(table), cells=listed)
        findings.append(_finding(report, "FORM-CELL", Severity.ERROR, message, single))
    return findings


def form_values(report: Report) -> list[Finding]:
    """FORM-UNREADABLE, FORM-WHOLE, FORM-NEGATIVE, FORM-DECIMALS: what a cell may hold."""
    findings: list[Finding] = []
    for name, cell in report.known_cells().items():
        label, written = cell_label(name, report.format), cell.written
        rule, severity, sentence = "", Severity.ERROR, ""
        value = cell.value
        if value is None:
            rule, sentence = (
                "FORM-UNREADABLE",
                say("reports.form.unreadable", label=label, written=written),
            )
        elif value < 0 and name.rsplit(".", 1)[1] not in SIGNED_COLUMNS:
            rule, sentence = (
                "FORM-NEGATIVE",
                say("reports.form.negative", label=label, value=in_words(value)),
            )
        elif name in MONEY_CELLS:
            if isinstance(value, Decimal) and -int(value.normalize().as_tuple().exponent) > FEE_DECIMALS:
                rule, sentence = (
                    "FORM-DECIMALS",
                    say("reports.form.decimals", label=label, value=in_words(value)),
                )
                if "元" in written and "万元" not in written:
                    # Exact in yuan: the form asks for another unit, but the amount is no mistake.
                    severity = Severity.QUESTION
                    sentence = say(
                        "reports.form.in_yuan",
                        label=label,
                        written=written,
                        value=in_words(value),
                    )
        elif value != int(value):
            rule, sentence = (
                "FORM-WHOLE",
                say("reports.form.not_whole", label=label, value=in_words(value)),
            )
        if rule:
            findings.append(_finding(report, rule, severity, sentence, (name,), written))
    return findings


def _number_of(table: str) -> str:
    return {"t2": "表二", "t3": "表三", "t4": "表四"}[table]


def _finding(
    report: Report,
    rule: str,
    severity: Severity,
    message: str,
    cells: tuple[str, ...],
    *values: str,
) -> Finding:
    parts = [(name, "") for name in cells] + [("written", value) for value in values]
    return Finding(rule, severity, message, cells, key=finding_key(report.year, rule, parts))
