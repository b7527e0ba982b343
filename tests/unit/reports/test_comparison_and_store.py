"""Comparison of two years; storing and reading back."""

from __future__ import annotations

import json
from decimal import Decimal

from hypothesis import given, settings

from hpviewer.reports.cell import BLANK, Cell
from hpviewer.reports.comparison import compare
from hpviewer.reports.figure import Figure, Span
from hpviewer.reports.report import Headlines, Report, UnplacedRow, nest
from hpviewer.reports.shipped import shipped_reports, shipped_year
from hpviewer.reports.stored import report_from_store, report_to_store
from tests.helpers.report_documents import Written, consistent_reports


def test_two_years_biggest_change_first_whichever_is_given_first() -> None:
    (report,) = shipped_reports()
    headlines = shipped_year(2022)
    assert headlines is not None
    found = compare(report, headlines)
    assert found == compare(headlines, report)
    assert (found.before_year, found.after_year) == (2022, 2023)
    sizes = [abs(each.difference) for each in found.changes]
    assert sizes == sorted(sizes, reverse=True)
    licences = next(each for each in found.changes if each.cell == "t2.licences.decisions")
    assert (licences.before, licences.after, licences.difference) == (222793, 350224, 127431)
    assert licences.percent == Decimal("57.2")
    for part in ("行政许可", "2022 年", "222793", "2023 年", "350224", "增加 127431", "57.2%"):
        assert part in licences.sentence
    coercion = next(each for each in found.changes if each.cell == "t2.coercion.decisions")
    assert coercion.percent == Decimal("-60.4")
    assert "减少 30298（60.4%）" in coercion.sentence
    visits = next(each for each in found.changes if each.cell == "text.visits")
    assert visits.rough
    assert "t3.new.natural" in found.only_one_year


def test_from_nought_and_without_change() -> None:
    before = Headlines(2021, "", {"t3.new.total": 0, "t3.total.total": 5})
    after = Headlines(2022, "", {"t3.new.total": 4, "t3.total.total": 5})
    found = compare(before, after)
    (change,) = found.changes
    assert change.percent is None
    assert "%" not in change.sentence
    assert "增加 4" in change.sentence
    assert [each.cell for each in found.unchanged] == ["t3.total.total"]


@given(consistent_reports())
@settings(max_examples=15, deadline=None)
def test_stored_and_read_back(written: Written) -> None:
    cells = {
        name: BLANK if not text else Cell(Decimal(text) if "." in text else int(text), written=text)
        for name, text in written.texts.items()
    }
    cells["t3.new.natural"] = Cell(None, written="若干")
    cells["t3.new.legal"] = Cell(5, written="5件")
    report = Report(
        written.year,
        written.body,
        written.form,
        nest(cells),
        (
            Figure(
                "visits",
                "访问量",
                Decimal("24.6"),
                "%",
                "24.6%",
                place=Span(1, 3),
                sentence=Span(0, 9),
                of=("a",),
            ),
        ),
        "正文。",
        (UnplacedRow("t3", "other_1", "1.", ("5", "5")),),
    )
    assert report_from_store(json.loads(json.dumps(report_to_store(report)))) == report
