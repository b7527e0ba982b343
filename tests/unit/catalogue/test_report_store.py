"""Annual reports in the catalogue: what ships, what is saved over it, and dismissed findings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hpviewer.catalogue.report_store import ReportStore
from hpviewer.errors import InputError
from hpviewer.reports.finding import Dismissal
from hpviewer.reports.report import Headlines, Report
from tests.helpers.catalogue import bundled_catalogue


@pytest.fixture
def store(tmp_path: Path) -> ReportStore:
    return ReportStore(bundled_catalogue(tmp_path))


def test_2023_ships_complete_and_headlines_before_it(store: ReportStore) -> None:
    assert [(y.year, y.complete) for y in store.years()] == [
        (2023, True),
        (2022, False),
        (2021, False),
        (2020, False),
    ]
    report = store.year(2023)
    assert isinstance(report, Report)
    assert report.value("t3.new.natural") == 1621
    earlier = store.year(2022)
    assert isinstance(earlier, Headlines)
    assert earlier.value("t2.documents.in_force") == 181
    assert store.year(1999) is None


def test_a_saved_report_takes_the_place_of_its_year(store: ReportStore) -> None:
    report = store.year(2023)
    assert isinstance(report, Report)
    store.save(replace(report, year=2022, body="另一机关"), "2022.docx")
    again = store.year(2022)
    assert isinstance(again, Report)
    assert (again.body, again.known_cells()) == ("另一机关", report.known_cells())
    assert store.years()[1].source == "2022.docx"


def test_a_report_without_a_year_is_not_saved(store: ReportStore) -> None:
    report = store.year(2023)
    assert isinstance(report, Report)
    with pytest.raises(InputError, match=r"x\.docx"):
        store.save(replace(report, year=None), "x.docx")


def test_dismissals_stay_until_taken_back(store: ReportStore) -> None:
    store.dismiss(Dismissal("k1", "口径调整"))
    store.dismiss(Dismissal("k1", "新的理由"))
    assert ReportStore(store.path).dismissals() == [Dismissal("k1", "新的理由")]
    store.take_back("k1")
    assert store.dismissals() == []
