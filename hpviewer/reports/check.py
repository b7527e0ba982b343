"""All rules on one report."""

from __future__ import annotations

from collections.abc import Sequence

from hpviewer.reports.equation import Equation
from hpviewer.reports.equation_check import check_equations
from hpviewer.reports.figure import Figure
from hpviewer.reports.finding import Finding, Severity, finding_key
from hpviewer.reports.report import Report, YearFigures
from hpviewer.reports.rules.completeness import form_tables, form_title, form_values
from hpviewer.reports.rules.narrative import text_growth, text_matches_tables
from hpviewer.wording import say

NOT_CHECKED = "NOT-CHECKED"
"""The rule name of notes that say which equations were not evaluated, and why."""


def check(report: Report, previous: YearFigures | None = None) -> list[Finding]:
    """Every finding: FORM, then T3, T4, T2-STOCK, T3-CARRY, then TEXT, then notes on what was not checked.

    ``previous`` is the report of the year before, or the headlines known of it; of another year it is not used.
    """
    usable = previous
    if previous is not None and report.year is not None and previous.year != report.year - 1:
        usable = None
    unbalanced, open_ = check_equations(report, usable)
    growth, unchecked = text_growth(report, usable)
    return [
        *form_title(report),
        *form_tables(report),
        *form_values(report),
        *unbalanced,
        *text_matches_tables(report),
        *growth,
        *_not_checked(report, previous, usable, open_, unchecked),
    ]


def _not_checked(
    report: Report,
    previous: YearFigures | None,
    usable: YearFigures | None,
    open_: Sequence[Equation],
    unchecked: Sequence[Figure],
) -> list[Finding]:
    notes: list[str] = []
    here: list[Equation] = []
    before: list[Equation] = []
    for equation in open_:
        unknown_here = any(report.value(cell) is None for cell in equation.cells)
        (here if unknown_here else before).append(equation)
    if here:
        notes.append(
            say(
                "reports.not_checked.missing_here",
                count=len(here),
                listed=_by_rule(here),
            )
        )
    if usable is None and previous is not None:
        notes.append(
            say(
                "reports.not_checked.other_year",
                given=previous.year,
                needed=(report.year or 0) - 1,
            )
        )
    elif usable is None:
        year = say("reports.not_checked.year", year=report.year - 1) if report.year else ""
        notes.append(say("reports.not_checked.no_previous", year=year))
    else:
        if before:
            listed = _by_rule(before)
            notes.append(
                say(
                    "reports.not_checked.missing_before",
                    year=usable.year,
                    count=len(before),
                    listed=listed,
                )
            )
        if unchecked:
            listed = say("reports.list_mark").join(figure.label for figure in unchecked)
            notes.append(say("reports.not_checked.growth", year=usable.year, listed=listed))
    return [
        Finding(
            NOT_CHECKED,
            Severity.NOTE,
            note,
            key=finding_key(report.year, NOT_CHECKED, [("note", note)]),
        )
        for note in notes
    ]


def _by_rule(equations: Sequence[Equation]) -> str:
    places: dict[str, list[str]] = {}
    for equation in equations:
        places.setdefault(equation.rule, []).append(equation.about)
    mark = say("reports.list_mark")
    return say("reports.clause_mark").join(
        say("reports.not_checked.rule", rule=rule, places=mark.join(abouts))
        for rule, abouts in places.items()
    )
