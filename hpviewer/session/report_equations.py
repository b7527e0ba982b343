"""The equations that a cell takes part in, in plain Chinese with the figures of both sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hpviewer.reports.cell import Number, magnitude
from hpviewer.reports.equation import Equation, Term, balance, value_of
from hpviewer.reports.equation_check import LONG_SUM, equations_using
from hpviewer.reports.form import cell_label
from hpviewer.session.report_sheet import ReportSheet
from hpviewer.wording import say


@dataclass(frozen=True, slots=True)
class EquationLine:
    """``holds`` is None when a cell of the equation is not known. ``cells`` are cells of this year's report."""

    rule: str
    about: str
    sentence: str
    holds: bool | None
    cells: tuple[str, ...]


def equations_of(sheet: ReportSheet, cell: str) -> tuple[EquationLine, ...]:
    """In the order of the rules; nothing for headlines, of which no equation can be told."""
    if sheet.report is None:
        return ()
    return tuple(_line(each, sheet) for each in equations_using(cell, sheet.format))


def _line(equation: Equation, sheet: ReportSheet) -> EquationLine:
    assert sheet.report is not None
    found = balance(equation, sheet.report, sheet.previous)
    if found is None:
        left, right = (
            _side(equation.left, None, sheet, equation),
            _side(equation.right, None, sheet, equation),
        )
        sentence = say("session_reports.equation.unknown", left=left, right=right)
        return EquationLine(equation.rule, equation.about, sentence, None, equation.cells)
    left = _side(equation.left, found.left, sheet, equation)
    right = _side(equation.right, found.right, sheet, equation)
    if found.holds:
        sentence = say("session_reports.equation.holds", left=left, right=right)
    else:
        difference = figure(magnitude(found.difference))
        sentence = say("session_reports.equation.fails", left=left, right=right, difference=difference)
    return EquationLine(equation.rule, equation.about, sentence, found.holds, equation.cells)


def _side(terms: Sequence[Term], total: Number | None, sheet: ReportSheet, equation: Equation) -> str:
    if len(terms) > LONG_SUM:
        if total is None:
            return say("session_reports.equation.long_unknown", count=len(terms))
        return say("session_reports.equation.long", count=len(terms), total=figure(total))
    across = bool(equation.previous_cells)
    text = ""
    for place, term in enumerate(terms):
        sign = (" − " if term.sign < 0 else " + ") if place else ("−" if term.sign < 0 else "")
        text += f"{sign}{_term(term, sheet, across)}"
    return text if len(terms) == 1 or total is None else f"{text} = {figure(total)}"


def _term(term: Term, sheet: ReportSheet, across: bool) -> str:
    assert sheet.report is not None
    label = cell_label(term.cell, sheet.format)
    year = sheet.year
    if across and year is not None:
        label = say("session_reports.equation.of_year", year=year - term.previous, label=label)
    value = value_of(term, sheet.report, sheet.previous)
    shown = say("session_reports.equation.not_known") if value is None else figure(value)
    return f"{label} {shown}"


def figure(value: Number) -> str:
    """As people read it: thousands separators, no trailing zeros behind the point."""
    text = f"{value:,f}" if not isinstance(value, int) else f"{value:,}"
    return text.rstrip("0").rstrip(".") if "." in text else text
