"""Findings as xlsx and csv: every finding once, dismissed ones with their reason, nothing a sheet would calculate."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from hpviewer.exporting.findings_csv import write_findings_csv
from hpviewer.exporting.findings_xlsx import write_findings_xlsx
from hpviewer.reports.check import check
from hpviewer.reports.finding import Dismissal, Finding, Severity
from hpviewer.reports.report import Report
from hpviewer.reports.shipped import shipped_year


@pytest.fixture
def report() -> Report:
    found = shipped_year(2023)
    assert isinstance(found, Report)
    return found


def csv_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def xlsx_rows(path: Path) -> list[dict[str, object]]:
    with CalamineWorkbook.from_path(str(path)) as book:
        heads, *rows = book.get_sheet_by_index(0).to_python()
    return [dict(zip(map(str, heads), row, strict=True)) for row in rows]


def test_the_finding_of_2023_in_both_formats(report: Report, tmp_path: Path) -> None:
    findings = check(report, shipped_year(2022))
    stock = findings[0]
    written = write_findings_csv(
        tmp_path / "f.csv", report, findings[1:], [(stock, Dismissal(stock.key, "清理"))]
    )
    write_findings_xlsx(tmp_path / "f.xlsx", report, findings[1:], [(stock, Dismissal(stock.key, "清理"))])
    row = csv_rows(tmp_path / "f.csv")[-1]
    assert (row["规则"], row["左边"], row["右边"], row["差"], row["理由"]) == (
        "T2-STOCK",
        "219",
        "151",
        "68",
        "清理",
    )
    assert row["单元格代号"].split() == list(stock.cells)
    assert written.records == len(findings)
    same = xlsx_rows(tmp_path / "f.xlsx")[len(findings) - 1]
    assert (same["左边"], same["右边"], same["说明"], same["理由"]) == (219, 151, stock.message, "清理")
    assert (tmp_path / "f.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_formulas_stay_text(report: Report, tmp_path: Path) -> None:
    finding = Finding("FORM", Severity.ERROR, '=HYPERLINK("x")', ("t3.new.natural",), key="k")
    dismissed = [(finding, Dismissal("k", "@SUM(A1)"))]
    write_findings_csv(tmp_path / "f.csv", report, [], dismissed)
    write_findings_xlsx(tmp_path / "f.xlsx", report, [], dismissed)
    (row,) = csv_rows(tmp_path / "f.csv")
    assert (row["说明"], row["理由"]) == ('\'=HYPERLINK("x")', "'@SUM(A1)")
    assert xlsx_rows(tmp_path / "f.xlsx")[0]["说明"] == '=HYPERLINK("x")'


def test_no_finding_is_said(report: Report, tmp_path: Path) -> None:
    assert write_findings_xlsx(tmp_path / "f.xlsx", report, []).records == 0
    assert "没有发现问题" in str(xlsx_rows(tmp_path / "f.xlsx")[0])
    assert write_findings_csv(tmp_path / "f.csv", report, []).records == 0
    assert csv_rows(tmp_path / "f.csv") == []
