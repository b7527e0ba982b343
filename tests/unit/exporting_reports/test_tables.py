"""Tables written as xlsx and docx read back as the same report, in the layout of the form."""

from __future__ import annotations

import tempfile
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from python_calamine import CalamineWorkbook

from hpviewer.errors import InputError
from hpviewer.exporting.report_docx import write_report_docx
from hpviewer.exporting.report_xlsx import write_report_xlsx
from hpviewer.importing.annual_report import read_report, read_report_text
from hpviewer.reports.cell import BLANK, Cell
from hpviewer.reports.finding import Severity
from hpviewer.reports.form import ReportFormat, cell_names
from hpviewer.reports.form_layout import form_layout
from hpviewer.reports.report import Headlines, Report, nest
from hpviewer.reports.shipped import shipped_year
from tests.helpers.report_documents import Written, as_tabs, consistent_reports

WRITERS = (write_report_xlsx, write_report_docx)
ENDINGS = {write_report_xlsx: ".xlsx", write_report_docx: ".docx"}


def real() -> Report:
    report = shipped_year(2023)
    assert isinstance(report, Report)
    return report


def values(report: Report) -> dict[str, object]:
    return {name: (cell.value, cell.blank) for name, cell in report.known_cells().items()}


@pytest.mark.parametrize("write", WRITERS)
def test_the_real_figures_read_back(write: type, tmp_path: Path) -> None:
    marks = {"t2.documents.made": Severity.QUESTION, "t3.granted.natural": Severity.ERROR}
    target = tmp_path / f"report{ENDINGS[write]}"
    written = write(target, real(), marks)
    back = read_report(target).report
    assert (back.year, back.body) == (2023, real().body)
    assert values(back) == values(real())
    assert written.records == len(real().known_cells())


@settings(max_examples=8)
@given(consistent_reports())
def test_generated_reports_read_back(made: Written) -> None:
    report = read_report_text(as_tabs(made)).report
    with tempfile.TemporaryDirectory() as folder:
        for write in WRITERS:
            target = Path(folder) / f"report{ENDINGS[write]}"
            write(target, report)
            back = read_report(target).report
            assert back.format is report.format
            assert values(back) == values(report)


@pytest.mark.parametrize("form", list(ReportFormat))
def test_the_sheets_are_merged_like_the_form(form: ReportFormat, tmp_path: Path) -> None:
    target = tmp_path / "report.xlsx"
    write_report_xlsx(target, Report(2020, "", form, nest(dict.fromkeys(cell_names(form), BLANK))))
    with CalamineWorkbook.from_path(str(target)) as book:
        assert len(book.sheet_names) == 3
        for table, name in zip(("t2", "t3", "t4"), book.sheet_names, strict=True):
            layout = form_layout(table, form)
            wanted = {
                ((cell.row + 2, cell.column), (cell.row + cell.rowspan + 1, cell.column + cell.colspan - 1))
                for row in layout.rows
                for cell in row
                if cell.rowspan > 1 or cell.colspan > 1
            }
            assert set(book.get_sheet_by_name(name).merged_cell_ranges or []) == wanted


def test_the_document_is_merged_like_the_form(tmp_path: Path) -> None:
    target = tmp_path / "report.docx"
    write_report_docx(target, real())
    tables = docx.Document(str(target)).tables
    assert len(tables) == 3
    for table, name in zip(tables, ("t2", "t3", "t4"), strict=True):
        layout = form_layout(name)
        for row in layout.rows:
            for cell in row:
                first = table.cell(cell.row, cell.column)._tc
                last = table.cell(cell.row + cell.rowspan - 1, cell.column + cell.colspan - 1)._tc
                assert first is last


def test_blank_stays_blank_and_unreadable_stays_text(tmp_path: Path) -> None:
    cells = {name: Cell(1, written="1") for name in cell_names(ReportFormat.UNIFORM)}
    cells |= {"t3.new.natural": BLANK, "t3.new.legal": Cell(None, written="=1+1"), "t2.fees.amount": BLANK}
    report = Report(2023, "某区政府", ReportFormat.UNIFORM, nest(cells))
    write_report_xlsx(tmp_path / "a.xlsx", report)
    write_report_docx(tmp_path / "a.docx", report)
    for name in ("a.xlsx", "a.docx"):
        back = read_report(tmp_path / name).report
        blank, odd = back.cell("t3.new.natural"), back.cell("t3.new.legal")
        assert blank is not None
        assert blank.blank
        assert odd is not None
        assert (odd.value, odd.written) == (None, "=1+1")


def test_headlines_leave_unknown_cells_empty(tmp_path: Path) -> None:
    headlines = Headlines(2022, "某区政府", {"t2.documents.in_force": 181})
    assert write_report_xlsx(tmp_path / "a.xlsx", headlines).records == 1
    back = read_report(tmp_path / "a.xlsx").report
    assert back.value("t2.documents.in_force") == 181
    assert back.value("t3.new.total") == 0


@pytest.mark.parametrize("write", WRITERS)
def test_a_missing_folder_is_a_sentence(write: type, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="找不到"):
        write(tmp_path / "none" / "a", real())
