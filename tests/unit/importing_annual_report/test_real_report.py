"""The real report for 2023, where it is at hand: the document itself is not part of the project."""

from __future__ import annotations

import time
from pathlib import Path

import opencc
import pytest

from hpviewer.importing.annual_report import read_report, read_report_text
from hpviewer.reports.check import check
from hpviewer.reports.shipped import shipped_reports, shipped_year

REAL = Path(__file__).parents[4] / "shared" / "data" / "annual_report_2023.txt"
pytestmark = pytest.mark.skipif(not REAL.exists(), reason="needs ../shared/data/annual_report_2023.txt")


def test_every_cell_and_every_counted_figure() -> None:
    read = read_report(REAL)
    report = read.report
    (shipped,) = shipped_reports()
    assert (read.kind, read.notes, report.unplaced) == ("txt", (), ())
    assert (report.year, report.body) == (2023, "广州开发区管委会 广州市黄埔区人民政府")
    assert report.known_cells() == shipped.known_cells()
    assert len(report.known_cells()) == 200
    assert [(each.written, each.value, each.counts) for each in report.figures] == [
        (each.written, each.value, each.counts) for each in shipped.figures
    ]
    for figure in report.figures:
        assert figure.place is not None
        assert report.narrative[figure.place.start : figure.place.end] == figure.written


def test_the_one_question_it_raises() -> None:
    findings = check(read_report(REAL).report, shipped_year(2022))
    assert [each.rule for each in findings] == ["T2-STOCK", "NOT-CHECKED"]


@pytest.mark.parametrize("layout", ["stripped", "dropped", "traditional"])
def test_the_same_text_as_it_is_passed_on(layout: str) -> None:
    text = REAL.read_text(encoding="utf-8")
    if layout == "stripped":
        text = "\n".join(line.strip() for line in text.split("\n"))
    elif layout == "dropped":
        text = "\r\n".join(line.strip() for line in text.split("\n") if line.strip())
    else:
        text = str(opencc.OpenCC("s2t").convert(text))
    (shipped,) = shipped_reports()
    assert read_report_text(text).report.known_cells() == shipped.known_cells()


def test_reading_and_checking_takes_no_time_that_one_notices() -> None:
    read_report(REAL)  # imports and the conversion tables
    start = time.perf_counter()
    check(read_report(REAL).report, shipped_year(2022))
    assert time.perf_counter() - start < 2, "measured: 0.02 s; the limit only catches a search gone wild"
