"""A report written in any format and layout reads back the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings

from hpviewer.importing.annual_report import ReadReport, read_report, read_report_text
from hpviewer.reports.cell import in_words
from hpviewer.reports.form import MONEY_CELLS, ReportFormat
from hpviewer.reports.shipped import shipped_reports
from tests.helpers.report_documents import (
    Written,
    as_cells,
    as_dropped_cells,
    as_html,
    as_pipes,
    as_stripped_cells,
    as_tabs,
    consistent_reports,
    write_docx,
    write_xlsx,
)

TEXT_LAYOUTS: dict[str, Callable[[Written], str]] = {
    "one cell a line": as_cells,
    "pipes": as_pipes,
    "pipes, merged repeated": lambda report: as_pipes(report, "repeated"),
    "pipes, merged missing": lambda report: as_pipes(report, "missing", ruler=False),
    "tabs": as_tabs,
    "tabs, merged repeated": lambda report: as_tabs(report, "repeated"),
    "html": as_html,
    "html, merged repeated": lambda report: as_html(report, "repeated"),
    "html in a layout table": lambda report: as_html(report, nested=True),
}
FILE_LAYOUTS: dict[str, Callable[[Written, Path], Path]] = {
    "docx": lambda report, folder: write_docx(report, folder / "report.docx"),
    "xlsx": lambda report, folder: write_xlsx(report, folder / "report.xlsx"),
    "xlsx, one sheet, text": lambda report, folder: write_xlsx(
        report, folder / "one.xlsx", numbers=False, one_sheet=True
    ),
    "xlsx, no merges": lambda report, folder: write_xlsx(report, folder / "flat.xlsx", merged=False),
    "html file": lambda report, folder: _saved(folder / "report.html", as_html(report), "utf-8"),
    "html in GB 18030": lambda report, folder: _saved(
        folder / "g.htm", as_html(report, charset="gbk"), "gb18030"
    ),
    "txt in UTF-16": lambda report, folder: _saved(folder / "u.txt", as_cells(report), "utf-16"),
}


def _saved(path: Path, text: str, encoding: str) -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def of_2023() -> Written:
    (report,) = shipped_reports()
    return Written({name: in_words(cell.value or 0) for name, cell in report.known_cells().items()})


def _same(read: ReadReport, written: Written) -> None:
    report = read.report
    assert report.year == written.year
    assert report.body == written.body
    assert report.format is written.form
    assert report.unplaced == ()
    got = {}
    for name, cell in report.known_cells().items():
        assert cell.value is not None
        got[name] = "" if cell.blank else f"{cell.value:.2f}" if name in MONEY_CELLS else str(cell.value)
    wanted = {
        name: f"{float(text):.2f}" if name in MONEY_CELLS and text else text
        for name, text in written.texts.items()
    }
    assert got == wanted


@pytest.mark.parametrize("layout", TEXT_LAYOUTS)
def test_the_figures_of_2023_in_text(layout: str) -> None:
    _same(read_report_text(TEXT_LAYOUTS[layout](of_2023())), of_2023())


@pytest.mark.parametrize("layout", FILE_LAYOUTS)
def test_the_figures_of_2023_in_a_file(layout: str, tmp_path: Path) -> None:
    _same(read_report(FILE_LAYOUTS[layout](of_2023(), tmp_path)), of_2023())


@pytest.mark.parametrize("write", [as_stripped_cells, as_dropped_cells])
def test_without_the_marks_of_blank_cells_a_table_full_of_numbers_reads_whole(
    write: Callable[[Written], str],
) -> None:
    _same(read_report_text(write(of_2023())), of_2023())


@pytest.mark.parametrize("layout", TEXT_LAYOUTS)
@given(written=consistent_reports())
@settings(max_examples=12, deadline=None)
def test_any_consistent_report_in_text(layout: str, written: Written) -> None:
    _same(read_report_text(TEXT_LAYOUTS[layout](written)), written)


@pytest.mark.parametrize("layout", ["docx", "xlsx", "xlsx, no merges"])
@given(written=consistent_reports())
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_consistent_report_in_a_file(layout: str, tmp_path: Path, written: Written) -> None:
    _same(read_report(FILE_LAYOUTS[layout](written, tmp_path)), written)


@pytest.mark.parametrize("write", [as_stripped_cells, as_dropped_cells])
@given(written=consistent_reports())
@settings(max_examples=25, deadline=None)
def test_dropped_blanks_are_placed_rightly_or_not_at_all(
    write: Callable[[Written], str], written: Written
) -> None:
    report = read_report_text(write(written)).report
    assert report.format is written.form
    for name, cell in report.known_cells().items():
        assert cell.value is not None
        assert float(cell.value) == float(written.texts[name] or 0), name
    missing = {name for name in written.texts if report.cell(name) is None}
    unplaced = {(each.table, each.row) for each in report.unplaced}
    for name in missing:
        table, row, _ = name.split(".")
        if table == "t4" and not any(text for each, text in written.texts.items() if each.startswith("t4")):
            continue  # a table of fifteen blank cells leaves nothing of itself: reported as missing
        assert (table, row) in unplaced or (table, "") in unplaced, name


@pytest.mark.parametrize(
    "first_row",
    [["黄埔区2023年依申请公开情况统计表"], ["表3", "依申请公开统计", "2023年"], ["", "某某区", "2023"]],
)
def test_the_title_of_the_next_sheet_is_no_fee(tmp_path: Path, first_row: list[str]) -> None:
    rows = [
        ["二、主动公开政府信息情况"],
        ["第二十条第（六）项"],
        ["信息内容", "本年处理决定数量"],
        ["行政强制", 3],
    ]
    rows += [["第二十条第（八）项"], ["信息内容", "本年收费金额（单位：万元）"], ["行政事业性收费", 12.5]]
    path = tmp_path / "2023年年报.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name, lines in (("表2", rows), ("表3", [first_row])):
            sheet = book.add_worksheet(name)
            for at, line in enumerate(lines):
                sheet.write_row(at, 0, line)
    report = read_report(path).report
    assert (report.value("t2.fees.amount"), report.value("t2.coercion.decisions")) == (12.5, 3)
    assert report.unplaced == ()


def test_the_trial_form_keeps_its_own_columns() -> None:
    texts = {"t2.rules.new_made": "1", "t2.licences.change": "+70", "t2.procurement.amount": "184719元"}
    names = of_trial()
    written = Written({**names, **texts}, 2020, form=ReportFormat.TRIAL)
    report = read_report_text(as_tabs(written)).report
    assert report.format is ReportFormat.TRIAL
    assert report.value("t2.licences.change") == 70
    assert str(report.value("t2.procurement.amount")) == "18.4719"
    assert report.value("t3.other.total") == 0


def of_trial() -> dict[str, str]:
    from hpviewer.reports.form import cell_names

    return dict.fromkeys(cell_names(ReportFormat.TRIAL), "0")
