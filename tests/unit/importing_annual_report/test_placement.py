"""Rows whose blank cells were dropped are placed by sums only where one way is possible."""

from __future__ import annotations

from hpviewer.importing.annual_report import read_report_text
from hpviewer.importing.annual_report.placement import ways, ways_in_groups
from hpviewer.reports.check import check
from hpviewer.reports.form import ReportFormat, cell_names
from hpviewer.reports.shipped import shipped_reports
from tests.helpers.report_documents import Written, as_dropped_cells


def test_ways() -> None:
    assert len(ways([5, 5], 7)) == 6
    assert ways([1, 2, 3, 4, 5, 6, 21], 7) == [tuple(range(7))]
    assert ways([3, 4, 9], 7) == []
    assert len(ways([0, 0], 7)) == 1  # which of the cells are blank and which 0 makes no difference
    assert ways_in_groups([1, 2, 3, 4, 10, 5, 5], 2, 5) != []
    assert len(ways_in_groups([1, 2, 3, 4, 10, 5, 5], 2, 5)) == 2


def _with_blank_row(row: str, columns: tuple[str, ...]) -> Written:
    (report,) = shipped_reports()
    blank = {f"t3.{row}.{column}" for column in columns}
    return Written(
        {name: "" if name in blank else str(cell.value) for name, cell in report.known_cells().items()},
    )


def test_column_sums_place_a_row_that_its_own_sum_leaves_open() -> None:
    written = _with_blank_row("carried_in", ("research", "nonprofit", "legal", "other"))
    read = read_report_text(as_dropped_cells(written))
    report = read.report
    assert [report.value(f"t3.carried_in.{c}") for c in ("natural", "commercial", "research", "total")] == [
        22,
        1,
        0,
        23,
    ]
    assert any("唯一可能" in note.message for note in read.notes)
    assert report.unplaced == ()


def test_with_a_row_missing_column_sums_prove_nothing() -> None:
    written = _with_blank_row("carried_in", ("research", "nonprofit", "legal", "other"))
    text = as_dropped_cells(written)
    start, end = text.index("3.危及"), text.index("4.保护")
    report = read_report_text(text[:start] + text[end:]).report
    (unplaced,) = report.unplaced
    assert (unplaced.row, unplaced.written) == ("carried_in", ("22", "1", "23"))
    found = next(each for each in check(report) if each.rule == "FORM-UNPLACED")
    assert "22、1、23" in found.message
    assert len(found.cells) == 7


def test_blank_lines_that_do_not_add_up_are_no_blank_cells() -> None:
    lines = as_dropped_cells(Written(dict.fromkeys(cell_names(ReportFormat.UNIFORM), "0"))).split("\n")
    place = next(i for i, line in enumerate(lines) if "予以公开" in line)
    lines[place + 1 : place + 8] = ["5", "", "5", "", "", "", "", "", ""]
    report = read_report_text("\n".join(lines)).report
    assert report.value("t3.granted.natural") is None
    assert [each.row for each in report.unplaced] == ["granted"]


def test_a_damaged_column_head_is_no_missing_column() -> None:
    """Six names and six numbers in each row, but the numbers belong to other columns than the names left."""
    texts = {name: "" if name.endswith(".research") else "1" for name in cell_names(ReportFormat.UNIFORM)}
    written = Written(texts, relabel=lambda text: text.replace("商业企业", "商亚企亚"))
    report = read_report_text(as_dropped_cells(written)).report
    for name, cell in report.known_cells().items():
        if name.startswith("t3"):
            assert cell.value == int(texts[name] or 0), name
    assert report.unplaced
