"""All equations of a report, evaluated: failing ones become findings, those that cannot be evaluated a note."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from hpviewer.reports.candidate import candidates
from hpviewer.reports.cell import in_words, magnitude
from hpviewer.reports.equation import Balance, Equation, Term, balance, value_of
from hpviewer.reports.finding import Candidate, Finding, Severity, finding_key
from hpviewer.reports.form import ReportFormat, cell_label
from hpviewer.reports.report import Report, YearFigures
from hpviewer.reports.rules.across_years import t2_stock, t3_carry
from hpviewer.reports.rules.table3 import t3_flow, t3_result, t3_row
from hpviewer.reports.rules.table4 import t4_sum
from hpviewer.wording import say

INSIDE_RULES: tuple[Callable[[ReportFormat], tuple[Equation, ...]], ...] = (
    t3_flow,
    t3_result,
    t3_row,
    t4_sum,
)
ACROSS_RULES: tuple[Callable[[ReportFormat], tuple[Equation, ...]], ...] = (
    t2_stock,
    t3_carry,
)
LONG_SUM = 7
"""A side with more terms than this is told as "21 项相加", not term by term."""


def equations(form: ReportFormat, across_years: bool = True) -> tuple[Equation, ...]:
    """Every equation of the form, in the order T3-FLOW, T3-RESULT, T3-ROW, T4-SUM, T2-STOCK, T3-CARRY."""
    rules = INSIDE_RULES + (ACROSS_RULES if across_years else ())
    return tuple(each for rule in rules for each in rule(form))


def equations_using(cell: str, form: ReportFormat) -> tuple[Equation, ...]:
    """The equations in which this cell stands, for a click on the cell."""
    return tuple(each for each in equations(form) if cell in each.cells)


def check_equations(report: Report, previous: YearFigures | None) -> tuple[list[Finding], list[Equation]]:
    """Findings of the failing equations, and the equations that touch a cell which is not known."""
    balances: list[Balance] = []
    open_: list[Equation] = []
    for equation in equations(report.format, across_years=previous is not None):
        evaluated = balance(equation, report, previous)
        if evaluated is None:
            open_.append(equation)
        else:
            balances.append(evaluated)
    findings: list[Finding] = []
    for group in _groups(balances):
        if all(each.holds for each in group):
            continue
        explained = candidates(group, report)
        inside_fails = any(not each.holds and not each.equation.previous_cells for each in group)
        findings += [
            _finding(each, report, previous, explained, inside_fails) for each in group if not each.holds
        ]
    return findings, open_


def _groups(balances: Iterable[Balance]) -> list[list[Balance]]:
    """Equations that share cells: table 3 with what it carries, each group of table 4, each row of table 2."""
    groups: dict[str, list[Balance]] = {}
    for each in balances:
        cell = each.equation.cells[0]
        name = "t3" if cell.startswith("t3.") else cell.rsplit(".", 1)[0]
        groups.setdefault(name, []).append(each)
    return list(groups.values())


def _finding(
    failed: Balance,
    report: Report,
    previous: YearFigures | None,
    explained: Sequence[Candidate],
    inside_fails: bool,
) -> Finding:
    equation = failed.equation
    across = bool(equation.previous_cells)
    mine = [each for each in explained if equation.weight(each.cell)]
    # A break between two years alone is no proof of an error: departments merge, stocks are cleaned up.
    # It is one when the same single cell also explains what fails inside this year's form.
    proven = across and inside_fails and bool(mine)
    severity = Severity.QUESTION if across and not proven else Severity.ERROR
    parts = [
        say(
            "reports.unbalanced",
            about=equation.about,
            left=_side(equation.left, failed, report, previous),
            right=_side(equation.right, failed, report, previous),
            difference=in_words(magnitude(failed.difference)),
        )
    ]
    if across and not proven:
        parts.append(say("reports.ask_stock") if equation.rule == "T2-STOCK" else say("reports.ask_carry"))
    if mine and equation.rule != "T2-STOCK":
        parts.append(_explanation(mine))
    values = [
        (f"{'previous.' if t.previous else ''}{t.cell}", value_of(t, report, previous))
        for t in equation.terms
    ]
    return Finding(
        equation.rule,
        severity,
        "".join(parts),
        equation.cells,
        failed.left,
        failed.right,
        tuple(mine) if equation.rule != "T2-STOCK" else (),
        equation.previous_cells,
        key=finding_key(report.year, equation.rule, values),
    )


def _side(terms: Sequence[Term], failed: Balance, report: Report, previous: YearFigures | None) -> str:
    total = failed.left if terms is failed.equation.left else failed.right
    if len(terms) > LONG_SUM:
        return say("reports.long_sum", count=len(terms), total=in_words(total))
    across = bool(failed.equation.previous_cells)
    text = ""
    for place, term in enumerate(terms):
        sign = (" − " if term.sign < 0 else " + ") if place else ("−" if term.sign < 0 else "")
        year = (previous.year if previous and term.previous else report.year) if across else None
        label = cell_label(term.cell, report.format)
        label = say("reports.of_year", year=year, label=label) if year else label
        text += f"{sign}{label} {in_words(value_of(term, report, previous) or 0)}"
    return text if len(terms) == 1 else f"{text} = {in_words(total)}"


def _explanation(found: Sequence[Candidate]) -> str:
    first = found[0]
    if len(found) > 1:
        listed = say("reports.list_mark").join(
            say("reports.candidate_item", label=each.label, value=in_words(each.value)) for each in found
        )
        return say("reports.candidates", count=len(found), listed=listed)
    if first.equations == 1:
        return say(
            "reports.candidate_one",
            label=first.label,
            value=in_words(first.value),
            now=in_words(first.now),
        )
    return say(
        "reports.candidate_all",
        label=first.label,
        value=in_words(first.value),
        now=in_words(first.now),
        count=chinese_count(first.equations),
    )


_DIGITS = "零一二三四五六七八九十"


def chinese_count(count: int) -> str:
    """三 for 3 and 两 for 2 as one counts things; plain digits beyond ten."""
    return "两" if count == 2 else _DIGITS[count] if count <= 10 else f" {count} "
