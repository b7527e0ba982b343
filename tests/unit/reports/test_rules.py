"""Every rule on consistent figures, on one wrong cell, and on the shipped figures."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hpviewer.reports.cell import BLANK, Cell, Number
from hpviewer.reports.check import NOT_CHECKED, check
from hpviewer.reports.equation_check import equations, equations_using
from hpviewer.reports.figure import Bound, Figure, FigureKind
from hpviewer.reports.finding import Dismissal, Finding, Severity, has_errors, split_dismissed
from hpviewer.reports.form import T3_COLUMNS, ReportFormat, cell_label, cell_names
from hpviewer.reports.report import Headlines, Report, nest
from hpviewer.reports.report_json import report_json
from hpviewer.reports.shipped import shipped_headlines, shipped_reports, shipped_year
from tests.helpers.report_documents import Written, consistent_reports


def report_of(written: Written) -> Report:
    cells = {}
    for name, text in written.texts.items():
        number: Number = Decimal(text) if "." in text else int(text or 0)
        cells[name] = Cell(number, blank=not text, written=text)
    return Report(written.year, written.body, written.form, nest(cells))


def changed(report: Report, **cells: Number | None) -> Report:
    """Cells given as t3_new_natural=5 would be ambiguous: names use __ for the dot; None removes the cell."""
    known = report.known_cells()
    for key, value in cells.items():
        name = key.replace("__", ".")
        if value is None:
            del known[name]
        else:
            known[name] = Cell(value, written=str(value))
    return replace(report, tables=nest(known))


def of_2023() -> Report:
    (report,) = shipped_reports()
    return report


def of_2022() -> Headlines:
    found = shipped_year(2022)
    assert isinstance(found, Headlines)
    return found


def by_rule(findings: list[Finding], rule: str) -> list[Finding]:
    return [each for each in findings if each.rule == rule]


def test_2023_has_one_finding_against_2022() -> None:
    findings = check(of_2023(), of_2022())
    (stock,) = [each for each in findings if each.severity is not Severity.NOTE]
    assert stock.rule == "T2-STOCK"
    assert (stock.left, stock.right, stock.difference) == (219, 151, 68)
    assert stock.severity is Severity.QUESTION
    assert stock.cells == ("t2.documents.made", "t2.documents.abolished", "t2.documents.in_force")
    assert stock.previous_cells == ("t2.documents.in_force",)
    for part in ("2022 年", "181", "45", "7", "219", "151", "68"):
        assert part in stock.message
    assert not has_errors(findings)
    assert {each.rule for each in findings} == {"T2-STOCK", NOT_CHECKED}


def test_2023_alone_has_only_the_note_that_nothing_was_compared() -> None:
    (note,) = check(of_2023())
    assert note.severity is Severity.NOTE
    assert "2022" in note.message
    assert check(of_2023(), shipped_year(2021))[0].rule == NOT_CHECKED


def test_the_number_of_equations() -> None:
    uniform = [each.rule for each in equations(ReportFormat.UNIFORM)]
    assert {rule: uniform.count(rule) for rule in uniform} == {
        "T3-FLOW": 7,
        "T3-RESULT": 7,
        "T3-ROW": 25,
        "T4-SUM": 3,
        "T2-STOCK": 2,
        "T3-CARRY": 7,
    }
    result = next(each for each in equations(ReportFormat.UNIFORM) if each.rule == "T3-RESULT")
    assert len(result.left) == 21
    trial = next(each for each in equations(ReportFormat.TRIAL) if each.rule == "T3-RESULT")
    assert len(trial.left) == 19
    assert [each.rule for each in equations_using("t3.total.natural", ReportFormat.UNIFORM)] == [
        "T3-FLOW",
        "T3-RESULT",
        "T3-ROW",
    ]


def test_one_wrong_total_is_found_by_three_equations_that_name_it() -> None:
    findings = check(changed(of_2023(), t3__total__natural=1526), of_2022())
    failing = [each for each in findings if each.rule.startswith("T3")]
    assert [each.rule for each in failing] == ["T3-FLOW", "T3-RESULT", "T3-ROW"]
    for each in failing:
        assert each.severity is Severity.ERROR
        assert "若“办理结果总计·自然人”应为 1536（现为 1526），则三处等式同时成立。" in each.message
        (candidate,) = each.candidates
        assert (candidate.cell, candidate.value, candidate.equations) == ("t3.total.natural", 1536, 3)
    flow = failing[0]
    assert (flow.left, flow.right) == (1643, 1633)
    for part in ("自然人", "1621", "22", "1643", "1526", "107", "1633", "相差 10"):
        assert part in flow.message


@given(consistent_reports())
@settings(max_examples=25, deadline=None)
def test_consistent_reports_have_no_finding(written: Written) -> None:
    report = report_of(written)
    assert [each.rule for each in check(report)] == [NOT_CHECKED]
    before = replace(
        report,
        year=written.year - 1,
        tables=nest(
            {
                **report.known_cells(),
                **{
                    f"t3.carried_out.{column.key}": Cell(report.value(f"t3.carried_in.{column.key}"))
                    for column in T3_COLUMNS
                },
            }
        ),
    )
    assert not by_rule(check(report, before), "T3-CARRY")


@given(consistent_reports(), st.data())
@settings(max_examples=60, deadline=None)
def test_any_single_wrong_cell_is_named(written: Written, data: st.DataObject) -> None:
    report = report_of(written)
    name = data.draw(
        st.sampled_from([each for each in cell_names(report.format) if not each.startswith("t2")])
    )
    right = report.value(name)
    wrong = data.draw(st.integers(0, 5000).filter(lambda value: value != right))
    findings = check(changed(report, **{name.replace(".", "__"): wrong}))
    failing = [each for each in findings if each.rule != NOT_CHECKED]
    using = [
        each.rule
        for each in equations_using(name, report.format)
        if each.rule not in ("T3-CARRY", "T2-STOCK")
    ]
    assert [each.rule for each in failing] == using
    for each in failing:
        assert each.severity is Severity.ERROR
        assert name in each.cells
        assert each.left != each.right
        offered = {candidate.cell: candidate.value for candidate in each.candidates}
        assert offered[name] == right
        if name.startswith("t3"):
            assert list(offered) == [name]
            assert cell_label(name, report.format) in each.message


def test_two_wrong_cells_name_none() -> None:
    findings = check(changed(of_2023(), t3__granted__natural=450, t3__partial__legal=7))
    failing = [each for each in findings if each.rule.startswith("T3")]
    assert len(failing) == 4
    assert all(not each.candidates for each in failing)


def test_a_wrong_cell_in_table_4_does_not_hide_one_in_table_3() -> None:
    findings = check(changed(of_2023(), t3__granted__natural=450, t4__review__other=3))
    assert [each.candidates[0].cell for each in by_rule(findings, "T3-ROW")] == ["t3.granted.natural"]
    (sum_,) = by_rule(findings, "T4-SUM")
    assert {each.cell: each.value for each in sum_.candidates} == {
        "t4.review.maintained": 18,
        "t4.review.corrected": 6,
        "t4.review.other": 2,
        "t4.review.pending": 3,
        "t4.review.total": 33,
    }


def test_carried_over_figures_of_two_years() -> None:
    before = replace(of_2023(), year=2022)
    before = changed(
        before, **{f"t3__carried_out__{c.key}": of_2023().value(f"t3.carried_in.{c.key}") for c in T3_COLUMNS}
    )
    before = changed(before, t2__documents__in_force=113)
    assert [each.rule for each in check(of_2023(), before)] == ["T2-STOCK"] or not by_rule(
        check(of_2023(), before), "T3-CARRY"
    )
    moved = changed(before, t3__carried_out__legal=2)
    (carry,) = by_rule(check(of_2023(), moved), "T3-CARRY")
    assert carry.severity is Severity.QUESTION
    assert (carry.left, carry.right) == (2, 0)
    # The same cell breaks this year's form too, and one value mends all: now it is an error.
    wrong = changed(of_2023(), t3__carried_in__natural=21)
    failing = [each for each in check(wrong, before) if each.rule.startswith("T3")]
    assert {each.rule for each in failing} == {"T3-FLOW", "T3-ROW", "T3-CARRY"}
    assert all(each.severity is Severity.ERROR for each in failing)
    assert all([c.cell for c in each.candidates] == ["t3.carried_in.natural"] for each in failing)


def test_a_carry_that_cannot_fit_does_not_hide_the_cell_that_is_wrong() -> None:
    before = Headlines(2022, "", {"t3.carried_out.total": 30})
    findings = check(changed(of_2023(), t3__granted__natural=450), before)
    assert by_rule(findings, "T3-CARRY")[0].severity is Severity.QUESTION
    assert [each.cell for each in by_rule(findings, "T3-ROW")[0].candidates] == ["t3.granted.natural"]


def test_blank_cells_count_as_nought() -> None:
    report = of_2023()
    cells = report.known_cells()
    cells["t3.new.research"] = BLANK
    assert len(check(replace(report, tables=nest(cells)))) == 1


def test_form_findings_for_values() -> None:
    report = of_2023()
    cells = report.known_cells()
    cells["t3.new.research"] = Cell(None, written="若干")
    cells["t3.granted.other"] = Cell(Decimal("2.5"), written="2.5")
    cells["t4.review.other"] = Cell(-2, written="-2")
    cells["t2.fees.amount"] = Cell(Decimal("15148.775"), written="15148.775")
    findings = check(replace(report, tables=nest(cells)))
    assert by_rule(findings, "FORM-UNREADABLE")[0].cells == ("t3.new.research",)
    assert "若干" in by_rule(findings, "FORM-UNREADABLE")[0].message
    assert by_rule(findings, "FORM-WHOLE")[0].cells == ("t3.granted.other",)
    assert by_rule(findings, "FORM-NEGATIVE")[0].cells == ("t4.review.other",)
    assert by_rule(findings, "FORM-DECIMALS")[0].severity is Severity.ERROR
    cells["t2.fees.amount"] = Cell(Decimal("18.4719"), written="184719元")
    (in_yuan,) = by_rule(check(replace(report, tables=nest(cells))), "FORM-DECIMALS")
    assert in_yuan.severity is Severity.QUESTION
    note = by_rule(findings, NOT_CHECKED)[0]
    assert "T3-FLOW（表三“科研机构”列）" in note.message


def test_a_decrease_of_the_trial_form_is_no_negative_count() -> None:
    cells = {name: Cell(0, written="0") for name in cell_names(ReportFormat.TRIAL)}
    cells["t2.licences.change"] = Cell(-5, written="-5")
    report = Report(2020, "甲区", ReportFormat.TRIAL, nest(cells))
    assert not by_rule(check(report), "FORM-NEGATIVE")


def test_missing_parts_are_told_as_coarsely_as_is_true() -> None:
    whole = of_2023()
    cells = whole.known_cells()
    no_table = replace(whole, tables=nest({n: c for n, c in cells.items() if not n.startswith("t4")}))
    assert [each.rule for each in check(no_table) if each.severity is Severity.ERROR] == ["FORM-TABLE"]
    no_row = replace(whole, tables=nest({n: c for n, c in cells.items() if ".refused_3." not in n}))
    (row,) = by_rule(check(no_row), "FORM-ROW")
    assert len(row.cells) == 7
    assert not by_rule(check(no_row), "T3-RESULT")
    (cell,) = by_rule(check(changed(whole, t3__new__legal=None)), "FORM-CELL")
    assert cell.cells == ("t3.new.legal",)


def _with_figure(code: str, value: int) -> Report:
    figures = tuple(replace(each, value=value) if each.counts == code else each for each in of_2023().figures)
    return replace(of_2023(), figures=figures)


@pytest.mark.parametrize(
    ("code", "value", "rule", "left"),
    [
        ("requests_handled", 1760, "TEXT-TOTAL", 1706),
        ("requests_carried_out", 101, "TEXT-CARRIED-OUT", 110),
        ("documents_issued", 54, "TEXT-DOCUMENTS", 45),
    ],
)
def test_the_narrative_against_the_tables(code: str, value: int, rule: str, left: int) -> None:
    (found,) = [each for each in check(_with_figure(code, value), of_2022()) if each.rule.startswith("TEXT")]
    assert (found.rule, found.left, found.right, found.severity) == (rule, left, value, Severity.ERROR)
    assert str(value) in found.message
    assert found.cells


def test_a_figure_that_fits_another_sum_is_a_question() -> None:
    (found,) = [
        each for each in check(_with_figure("requests_handled", 1596)) if each.rule.startswith("TEXT")
    ]
    assert found.severity is Severity.QUESTION
    assert "办理结果总计·总计 1596" in found.message


def test_growth_follows_from_two_years() -> None:
    assert not by_rule(check(of_2023(), of_2022()), "TEXT-GROWTH")

    def grown(unit: str, value: Number) -> list[Finding]:
        figures = tuple(
            replace(each, value=value) if each.kind is not FigureKind.COUNT and each.unit == unit else each
            for each in of_2023().figures
        )
        return by_rule(check(replace(of_2023(), figures=figures), of_2022()), "TEXT-GROWTH")

    (percent,) = grown("%", Decimal("42.6"))
    assert percent.severity is Severity.QUESTION  # both visits are lower bounds
    assert (percent.left, percent.right) == (Decimal("24.6"), Decimal("42.6"))
    assert grown("%", Decimal("24.5"))[0].severity is Severity.NOTE
    (amount,) = grown("场（期）", 7)
    assert amount.severity is Severity.ERROR
    assert (amount.left, amount.right) == (8, 7)


def test_growth_of_a_table_figure_uses_last_years_table() -> None:
    growth = Figure(
        "",
        "规范性文件",
        Decimal("9.8"),
        "%",
        kind=FigureKind.GROWTH_PERCENT,
        step=Decimal("0.1"),
        of=("documents_issued",),
    )
    right = replace(of_2023(), figures=(growth,))
    assert not by_rule(check(right, of_2022()), "TEXT-GROWTH")
    wrong = replace(right, figures=(replace(growth, value=Decimal("9.7")),))
    assert by_rule(check(wrong, of_2022()), "TEXT-GROWTH")[0].severity is Severity.ERROR


def test_growth_without_last_years_figure_is_noted() -> None:
    before = replace(of_2022(), figures=())
    assert "访问量" in [each.message for each in check(of_2023(), before) if each.rule == NOT_CHECKED][-1]


def test_rough_figures_and_figures_of_other_years_are_left_alone() -> None:
    figures = (
        Figure("documents_issued", "x", 50, "件", bound=Bound.ABOUT),
        Figure("documents_issued", "x", 41, "件", year=2022),
    )
    assert len(check(replace(of_2023(), figures=figures))) == 1


def test_a_dismissal_survives_reading_again_and_not_a_change_of_figures() -> None:
    findings = check(of_2023(), of_2022())
    reason = Dismissal(findings[0].key, "2023 年清理文件")
    open_, dismissed = split_dismissed(check(of_2023(), of_2022()), [reason])
    assert [each.rule for each in open_] == [NOT_CHECKED]
    assert dismissed[0][1].reason == "2023 年清理文件"
    other = check(changed(of_2023(), t2__documents__in_force=152), of_2022())
    assert split_dismissed(other, [reason])[1] == []
    keys = [each.key for each in check(changed(of_2023(), t3__total__natural=1), of_2022())]
    assert len(set(keys)) == len(keys)


def test_the_json_document() -> None:
    document = report_json(of_2023(), check(of_2023(), of_2022()))
    assert list(document) == ["year", "body", "tables", "findings"]
    assert document["tables"]["t3"]["new"]["natural"] == 1621
    assert document["tables"]["t4"]["review"]["total"] == 32
    assert document["tables"]["t2"]["fees"] == {"amount": 15148.77}
    finding = document["findings"][0]
    assert list(finding) == ["rule", "severity", "message", "cells", "left", "right"]
    assert (finding["rule"], finding["severity"], finding["left"], finding["right"]) == (
        "T2-STOCK",
        "question",
        219,
        151,
    )


def test_the_shipped_years() -> None:
    assert [each.year for each in shipped_headlines()] == [2020, 2021, 2022]
    report = of_2023()
    assert len(report.known_cells()) == 200
    assert report.narrative == ""
    first = shipped_headlines()[0]
    outcomes = sum(each.value for each in first.figures if each.label in ("不予公开", "无法提供", "不予处理"))
    done = outcomes + sum(first.cells[f"t3.{row}.total"] for row in ("granted", "partial", "other"))
    assert done + first.cells["t3.carried_out.total"] == 1586 + 73
