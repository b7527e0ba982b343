"""The report desk on a real catalogue: open, check, dismiss, compare, save; nothing is saved before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hpviewer.catalogue.report_store import ReportStore
from hpviewer.errors import NotFoundError
from hpviewer.records.filter import RecordFilter
from hpviewer.reports.finding import Severity
from hpviewer.reports.report import Headlines, Report
from hpviewer.reports.shipped import shipped_year
from hpviewer.session.executor import ImmediateExecutor
from hpviewer.session.report_charts import ReportChart, ReportChartId
from hpviewer.session.report_desk import ReportDesk
from hpviewer.session.report_events import (
    DeskFailed,
    FileWritten,
    FindingsChanged,
    ReportOpened,
    ReportSaved,
    YearsCompared,
    YearsListed,
)
from hpviewer.session.report_sheet import Origin, sheet_of_year
from tests.helpers.catalogue import bundled_catalogue
from tests.helpers.report_documents import Written, as_tabs, write_docx

KINDS = (YearsListed, ReportOpened, FindingsChanged, ReportSaved, YearsCompared, FileWritten, DeskFailed)


class Watched:
    def __init__(self, folder: Path) -> None:
        self.store = ReportStore(bundled_catalogue(folder))
        self.desk = ReportDesk(self.store, ImmediateExecutor())
        self.events: list[object] = []
        for kind in KINDS:
            self.desk.subscribe(kind, self.events.append)

    @property
    def seen(self) -> list[str]:
        names = [type(event).__name__ for event in self.events]
        self.events.clear()
        return names


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    return Watched(tmp_path)


def real() -> Report:
    report = shipped_year(2023)
    assert isinstance(report, Report)
    return report


def texts(change: Callable[[str, str], str] = lambda name, text: text) -> Written:
    """The figures of 2023 as a document of ours."""
    cells = {name: cell.written for name, cell in real().known_cells().items()}
    return Written({name: change(name, text) for name, text in cells.items()})


def wrong() -> Written:
    """One applicant too many among those granted."""
    return texts(lambda name, text: "459" if name == "t3.granted.natural" else text)


def test_the_newest_complete_year_is_opened_at_the_start(watched: Watched) -> None:
    watched.desk.start()
    assert watched.seen == ["YearsListed", "ReportOpened"]
    assert [each.year for each in watched.desk.years] == [2023, 2022, 2021, 2020]
    sheet = watched.desk.sheet
    assert sheet is not None
    assert (sheet.year, sheet.saved, sheet.source) == (2023, True, "")
    grave = [each for each in sheet.unproven if each.severity is not Severity.NOTE]
    assert [(each.rule, each.left, each.right) for each in grave] == [("T2-STOCK", 219, 151)]
    assert sheet.failing_cells() == dict.fromkeys(
        ("t2.documents.made", "t2.documents.abolished", "t2.documents.in_force"), Severity.QUESTION
    )
    watched.desk.start()
    assert watched.seen == []


def test_headlines_are_shown_but_not_checked(watched: Watched) -> None:
    watched.desk.open_year(2022, "test")
    sheet = watched.desk.sheet
    assert sheet is not None
    assert isinstance(sheet.figures, Headlines)
    assert (sheet.report, sheet.unproven) == (None, ())
    cell = sheet.cell("t2.documents.in_force")
    assert cell is not None
    assert cell.value == 181
    assert sheet.cell("t3.new.total") is None
    assert watched.desk.equations("t2.documents.in_force") == ()


def test_a_file_is_checked_against_the_year_before_and_not_saved(watched: Watched, tmp_path: Path) -> None:
    watched.desk.open_file(write_docx(wrong(), tmp_path / "wrong.docx"), "test")
    assert watched.seen == ["ReportOpened"]
    sheet = watched.desk.sheet
    assert sheet is not None
    assert (sheet.origin, sheet.source, sheet.saved) == (Origin.FILE, "wrong.docx", False)
    rules = {each.rule: each for each in sheet.unproven}
    assert {"T3-RESULT", "T3-ROW", "T2-STOCK"} <= set(rules)
    assert [each.value for each in rules["T3-ROW"].candidates] == [449]
    assert sheet.failing_cells()["t3.granted.natural"] is Severity.ERROR
    assert "t3.granted.total" not in sheet.failing_cells()
    assert "t3.granted.total" in sheet.explained_cells()
    stored = watched.store.year(2023)
    assert isinstance(stored, Report)
    assert stored.value("t3.granted.natural") == 449


def test_equations_of_a_cell_tell_both_sides(watched: Watched) -> None:
    watched.desk.open_text(as_tabs(wrong()), "test")
    lines = {line.rule: line for line in watched.desk.equations("t3.granted.natural")}
    assert set(lines) == {"T3-RESULT", "T3-ROW"}
    assert lines["T3-ROW"].holds is False
    assert "467" in lines["T3-ROW"].sentence
    assert "457" in lines["T3-ROW"].sentence
    assert "10" in lines["T3-ROW"].sentence
    assert len(lines["T3-RESULT"].cells) == 22
    flow = {line.rule: line for line in watched.desk.equations("t3.new.total")}
    assert flow["T3-FLOW"].holds is True
    (stock,) = watched.desk.equations("t2.documents.in_force")
    assert (stock.rule, stock.holds) == ("T2-STOCK", False)
    assert "181" in stock.sentence
    carried = {line.rule: line for line in watched.desk.equations("t3.carried_in.natural")}
    assert carried["T3-CARRY"].holds is None


def test_a_dismissal_needs_a_reason_and_survives_reading_again(watched: Watched, tmp_path: Path) -> None:
    desk = watched.desk
    file = write_docx(texts(), tmp_path / "report.docx")
    desk.open_file(file, "test")
    sheet = desk.sheet
    assert sheet is not None
    key = next(each.key for each in sheet.unproven if each.rule == "T2-STOCK")
    watched.events.clear()
    desk.dismiss(key, "  ", "test")
    assert watched.seen == ["DeskFailed"]
    desk.dismiss(key, " 存量清理 ", "test")
    assert watched.seen == ["FindingsChanged"]
    desk.open_text(as_tabs(texts()), "test")
    assert desk.sheet is not None
    ((finding, dismissal),) = desk.sheet.dismissed
    assert (finding.rule, dismissal.reason) == ("T2-STOCK", "存量清理")
    assert desk.sheet.failing_cells() == {}
    watched.events.clear()
    desk.take_back(key, "test")
    assert watched.seen == ["FindingsChanged"]
    assert desk.sheet.dismissed == ()
    desk.take_back(key, "test")
    assert watched.seen == []


def test_saving_puts_the_year_in_place(watched: Watched) -> None:
    desk = watched.desk
    desk.start()
    desk.open_text(as_tabs(wrong()), "test")
    watched.events.clear()
    desk.save("test")
    assert watched.seen == ["FindingsChanged", "YearsListed", "ReportSaved"]
    assert desk.sheet is not None
    assert desk.sheet.saved
    assert sheet_of_year(watched.store, 2023).source == desk.years[0].source != ""
    desk.save("test")
    assert watched.seen == []


def test_years_are_compared_with_what_lies_on_the_desk(watched: Watched) -> None:
    watched.desk.open_text(as_tabs(wrong()), "test")
    watched.desk.compare(2023, 2022, "test")
    comparison = watched.desk.comparison
    assert comparison is not None
    assert (comparison.before_year, comparison.after_year) == (2022, 2023)
    by_cell = {each.cell: each for each in comparison.changes}
    assert by_cell["t2.documents.in_force"].difference == -30
    sizes = [abs(each.difference) for each in comparison.changes]
    assert sizes == sorted(sizes, reverse=True)


def test_html_without_a_report_gives_way_to_the_plain_text(watched: Watched) -> None:
    watched.desk.open_text("<p>nothing</p>", "test", as_tabs(texts()))
    assert watched.seen == ["ReportOpened"]
    watched.desk.open_text("<p>nothing</p>", "test")
    assert watched.seen == ["DeskFailed"]
    assert watched.desk.sheet is not None  # what lay on the desk still lies there


def test_charts_follow_the_figures(watched: Watched) -> None:
    got: list[tuple[ReportChart, ...]] = []
    watched.desk.charts(False, got.append)
    assert got == [()]
    watched.desk.start()
    watched.desk.charts(True, got.append)
    charts = {chart.id: chart for chart in got[-1]}
    assert set(charts) == set(ReportChartId)
    flow = {row.key: row.value for row in charts[ReportChartId.FLOW].rows}
    assert flow["t3.new.total"] + flow["t3.carried_in.total"] == 1706
    outcomes = sum(value for key, value in flow.items() if key not in ("t3.new.total", "t3.carried_in.total"))
    assert outcomes == 1706


def test_an_unknown_year_names_the_known_ones(watched: Watched) -> None:
    with pytest.raises(NotFoundError, match=r"1999.*2023、2022"):
        sheet_of_year(watched.store, 1999)
    watched.desk.open_year(1999, "test")
    assert watched.seen == ["DeskFailed"]


def test_requisition_points_to_the_records_of_the_year(watched: Watched) -> None:
    assert watched.desk.requisition_filter() == RecordFilter()
    watched.desk.start()
    assert watched.desk.requisition_filter() == RecordFilter(years=(2023,))


def test_the_ending_decides_the_format(watched: Watched, tmp_path: Path) -> None:
    watched.desk.export_tables(tmp_path / "a.xlsx", "test")
    assert watched.seen == []  # nothing lies on the desk
    watched.desk.start()
    watched.events.clear()
    for name in ("a.xlsx", "a.docx"):
        watched.desk.export_tables(tmp_path / name, "test")
    for name in ("f.xlsx", "f.csv"):
        watched.desk.export_findings(tmp_path / name, "test")
    assert watched.seen == ["FileWritten"] * 4
    watched.desk.export_tables(tmp_path / "a.odt", "test")
    assert watched.seen == ["DeskFailed"]
    assert sorted(path.name for path in tmp_path.glob("[af].*")) == ["a.docx", "a.xlsx", "f.csv", "f.xlsx"]
