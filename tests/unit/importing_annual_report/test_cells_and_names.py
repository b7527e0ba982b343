"""Numbers, row names and titles as people write them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hpviewer.importing.annual_report import read_report, read_report_text
from hpviewer.importing.annual_report.labels import LabelKind, t2_label, t3_label, t4_label
from hpviewer.importing.annual_report.number_cell import read_cell
from hpviewer.importing.annual_report.title import read_title
from hpviewer.reports.cell import Number
from hpviewer.reports.check import check
from hpviewer.reports.form import ReportFormat, cell_names, table_rows
from tests.helpers.report_documents import (
    Written,
    as_cells,
    as_dropped_cells,
    as_pipes,
    as_tabs,
    consistent_reports,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("124宗", 124),
        ("+70", 70),
        ("－5", -5),
        ("1,683", 1683),
        ("1，683", 1683),
        ("１６２１", 1621),
        ("1 683", 1683),
        (" 26974 条", None),
        ("1.2万件", 12000),
        ("0.00", 0),
        ("12.5", Decimal("12.5")),
        ("十二", None),
        ("12a", None),
        ("1/2", None),
    ],
)
def test_counts(text: str, value: Number | None) -> None:
    cell = read_cell(text)
    assert cell.value == value
    assert not cell.blank
    assert cell.written == text.strip()


@pytest.mark.parametrize("text", ["", "　", "-", "—", "——", "/", "／", "无"])
def test_blanks_count_as_nought_and_are_shown_as_blank(text: str) -> None:
    cell = read_cell(text)
    assert (cell.value, cell.blank) == (0, True)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("15148.77", "万元", "15148.77"),
        ("15148.77万元", "元", "15148.77"),
        ("184719元", "万元", "18.4719"),
        ("184719", "元", "18.4719"),
        ("1.5亿元", "万元", "15000"),
        ("2", "亿元", "20000"),
        ("151,487,700元", "万元", "15148.77"),
    ],
)
def test_money_is_kept_in_wan_yuan(text: str, unit: str, value: str) -> None:
    assert read_cell(text, money=True, unit=unit).value == Decimal(value)


@given(st.integers(0, 10**9), st.sampled_from(["{}", "{}件", "{:,}", "+{}", " {}　", "{}宗"]))
@settings(max_examples=60)
def test_any_count_in_any_dress(number: int, dress: str) -> None:
    assert read_cell(dress.format(number)).value == number


@given(st.text(max_size=8))
@settings(max_examples=150)
def test_any_text_is_a_number_a_blank_or_kept_as_written(text: str) -> None:
    cell = read_cell(text)
    assert cell.written == text.strip()
    assert cell.blank or cell.value is None or any(char.isdigit() for char in text)


TRADITIONAL = opencc.OpenCC("s2t")
HONG_KONG = opencc.OpenCC("s2hk")
NUMBERINGS: list[Callable[[str], str]] = [
    lambda text: text,
    lambda text: text.replace("（", "(").replace("）", ")"),
    lambda text: text.replace("（一）", "㈠").replace("（二）", "㈡").replace("（七）", "㈦"),
    lambda text: text.replace(".", "、", 1),
    lambda text: text.replace(".", "．", 1),
    lambda text: " ".join(text),
    lambda text: str(TRADITIONAL.convert(text)),
    lambda text: str(HONG_KONG.convert(text)),
]


@pytest.mark.parametrize("form", list(ReportFormat))
@pytest.mark.parametrize("change", NUMBERINGS)
def test_row_names_in_every_numbering(form: ReportFormat, change: Callable[[str], str]) -> None:
    for row, _ in table_rows("t3", form):
        label = t3_label(change(row.label))
        assert label is not None, row.label
        if row.key == "other":  # the trial form's row has the name of the uniform form's group
            assert label.kind is LabelKind.GROUP
        else:
            assert (label.kind, label.key) == (LabelKind.ROW, row.key)
    for row, _ in table_rows("t2", form):
        label = t2_label(change(row.label))
        assert label is not None
        assert label.key == row.key
    for row, _ in table_rows("t4", form):
        label = t4_label(change(row.label))
        assert label is not None
        assert label.key == row.key


@pytest.mark.parametrize("text", ["", "全区17个街镇。", "1683", "（一）主动公开情况。", "召开会议", "2023年"])
def test_other_text_is_no_row(text: str) -> None:
    assert t2_label(text) is None
    assert t3_label(text) is None


def test_a_damaged_row_name_is_read_with_a_note() -> None:
    written = _zeros(relabel=lambda text: text.replace("行政事业性收费", "行政事业性收弗"))
    read = read_report_text(as_tabs(written))
    assert read.report.value("t2.fees.amount") == 0
    assert any("行政事业性收弗" in note.message for note in read.notes)


def _zeros(**changes: object) -> Written:
    texts = dict.fromkeys(cell_names(ReportFormat.UNIFORM), "0")
    return Written(texts, **changes)  # type: ignore[arg-type]


@given(consistent_reports(form=ReportFormat.UNIFORM, blanks=False))
@settings(max_examples=8, deadline=None)
def test_traditional_characters_units_and_full_width_digits(written: Written) -> None:
    def dress(name: str, text: str) -> str:
        if name.startswith("t2.fees"):
            return text + "万元"
        return {0: f"{text}件", 1: "".join(chr(ord(char) + 0xFEE0) for char in text), 2: f"{int(text):,}"}[
            len(text) % 3
        ]

    text = as_pipes(written.with_texts(dress))
    traditional = str(TRADITIONAL.convert(text))
    for each in (text, traditional):
        report = read_report_text(each).report
        assert (report.year, report.body) == (written.year, written.body)
        for name, plain in written.texts.items():
            assert report.value(name) == Decimal(plain), name


def test_headers_repeated_on_every_page() -> None:
    written = _zeros().with_texts(lambda name, _: "1" if name == "t3.other_3.natural" else "0")
    lines = as_dropped_cells(written).split("\n")
    head = [
        "申请人情况",
        "自然人",
        "法人或其他组织",
        "总计",
        "商业",
        "企业",
        "科研机构",
        "社会公益组织",
        "法律服务机构",
        "其他",
    ]
    place = lines.index("3.其他")
    lines[place:place] = head
    report = read_report_text("\n".join(lines)).report
    assert report.value("t3.other_3.natural") == 1
    assert len(report.known_cells()) == 200


def test_tables_without_headings() -> None:
    for table in ("t2", "t3", "t4"):
        text = as_pipes(_zeros(tables=(table,)))
        body = "\n".join(line for line in text.split("\n") if line.startswith("|"))
        report = read_report_text(body).report
        assert set(report.known_cells()) == set(cell_names(ReportFormat.UNIFORM, table))
        assert report.year is None
        assert any(each.rule == "FORM-TITLE" for each in check(report))


def test_a_missing_column_is_told_and_shifts_nothing() -> None:
    written = _zeros().with_texts(lambda name, _: "7" if name.endswith(".legal") else "0")
    lines = []
    for line in as_pipes(written, "blank").split("\n"):
        cells = line.split("|")
        lines.append("|".join(cells[:6] + cells[7:]) if len(cells) == 12 and "---" not in line else line)
    text = "\n".join(lines)
    assert "科研机构" not in text
    report = read_report_text(text).report
    assert report.value("t3.new.research") is None
    assert report.value("t3.new.legal") == 7
    found = [each for each in check(report) if each.rule == "FORM-COLUMN"]
    assert len(found) == 1
    assert "科研机构" in found[0].message


def test_a_damaged_column_head_shifts_nothing() -> None:
    """The head of a full table lost a character: six names for seven numbers."""
    written = _zeros(relabel=lambda text: text.replace("科研机构", "科石开机木勾"))
    report = read_report_text(as_pipes(written)).report
    assert len(report.known_cells()) == 200


@pytest.mark.parametrize("write", [as_cells, as_pipes, as_tabs])
@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_a_text_cut_off_anywhere_keeps_what_is_there(
    write: Callable[[Written], str], data: st.DataObject
) -> None:
    written = _zeros().with_texts(lambda name, _: str(len(name)))
    text = write(written)
    start = text.index("本年新收") + 40
    cut = data.draw(st.integers(start, len(text)))
    cut = text.rfind("\n", 0, cut)
    report = read_report_text(text[:cut]).report
    cells = report.known_cells()
    for name, cell in cells.items():
        assert cell.value == int(written.texts[name])
    missing = set(written.texts) - set(cells)
    told = {name for each in check(report) if each.rule.startswith("FORM-") for name in each.cells}
    assert missing == told


def test_what_touches_missing_cells_is_not_evaluated_and_said() -> None:
    text = as_pipes(_zeros())
    findings = check(read_report_text(text[: text.index("（七）总计") - 4]).report)
    assert not [each for each in findings if each.rule.startswith("T3")]
    note = next(each for each in findings if each.rule == "NOT-CHECKED")
    assert "T3-FLOW" in note.message
    assert "T3-RESULT" in note.message


@pytest.mark.parametrize(
    ("lines", "year", "body"),
    [
        (["甲区人民政府2023年政府信息公开工作年度报告"], 2023, "甲区人民政府"),
        (["甲区管委会　甲区人民政府", "2022年政府信息公开工作年度报告"], 2022, "甲区管委会 甲区人民政府"),
        (["甲区人民政府", "2021 年", "政府信息公开工作年度报告"], 2021, "甲区人民政府"),
        (["甲區人民政府二〇二〇年政府信息公開工作年度報告"], 2020, "甲区人民政府"),
        (["甲区人民政府政府信息公开工作年度报告（2019年度）"], 2019, "甲区人民政府"),
        (["首页 > 公开", "甲镇２０２４年政府信息公开年度报告"], 2024, "甲镇"),
    ],
)
def test_titles(lines: list[str], year: int, body: str) -> None:
    title = read_title(lines)
    assert (title.year, title.body, title.notes) == (year, body, ())


def test_year_and_body_from_the_file_name_as_a_last_resort(tmp_path: Path) -> None:
    text = as_tabs(_zeros())
    path = tmp_path / "乙区人民政府2021年政府信息公开工作年度报告.txt"
    path.write_text("\n".join(text.split("\n")[2:]), encoding="utf-8")
    read = read_report(path)
    assert (read.report.year, read.report.body) == (2021, "乙区人民政府")
    assert len(read.notes) == 2
    assert all("文件名" in note.message for note in read.notes)


@given(consistent_reports())
@settings(max_examples=15, deadline=None)
def test_double_spaced_cells_are_placed_rightly_or_not_at_all(written: Written) -> None:
    text = "\n\n".join(line.strip() for line in as_cells(written).split("\n"))
    report = read_report_text(text).report
    for name, cell in report.known_cells().items():
        assert float(cell.value or 0) == float(written.texts[name] or 0), name
    if "" not in written.texts.values():
        assert set(report.known_cells()) == set(written.texts)
