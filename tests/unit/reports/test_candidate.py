"""A cell that would mend one equation and break another explains nothing."""

from __future__ import annotations

from hpviewer.reports.candidate import candidates
from hpviewer.reports.cell import Cell
from hpviewer.reports.equation import Equation, balance, plus
from hpviewer.reports.report import Report, nest

NATURAL, LEGAL, OTHER = "t3.new.natural", "t3.new.legal", "t3.new.other"


def test_only_cells_outside_every_holding_equation() -> None:
    report = Report(2023, "", tables=nest({NATURAL: Cell(4), LEGAL: Cell(5), OTHER: Cell(4)}))
    fails = Equation("A", "", plus(NATURAL), plus(LEGAL))
    holds = Equation("B", "", plus(NATURAL), plus(OTHER))
    balances = [found for each in (fails, holds) if (found := balance(each, report, None))]
    assert [(each.cell, each.value) for each in candidates(balances, report)] == [(LEGAL, 4)]


def test_no_candidate_below_nought() -> None:
    report = Report(2023, "", tables=nest({NATURAL: Cell(4), LEGAL: Cell(5), OTHER: Cell(0)}))
    equation = Equation("A", "", plus(NATURAL), plus(LEGAL, OTHER))
    (found,) = [each for each in [balance(equation, report, None)] if each]
    assert {each.cell: each.value for each in candidates([found], report)} == {NATURAL: 5, LEGAL: 4}
