"""Which single cell would explain the failing equations."""

from __future__ import annotations

from collections.abc import Sequence

from hpviewer.reports.cell import Number
from hpviewer.reports.equation import Balance
from hpviewer.reports.finding import Candidate
from hpviewer.reports.form import cell_label
from hpviewer.reports.report import Report


def candidates(balances: Sequence[Balance], report: Report) -> tuple[Candidate, ...]:
    """Cells that, changed to one value, make all these equations hold at once.

    ``balances`` are the equations of one table or group, holding and failing alike: a change that mends one
    equation and breaks another is no explanation. Only whole numbers from 0 are proposed. When last year's
    carried-over figures do not fit either way, the equations inside the form are tried alone.
    """
    inside = [each for each in balances if not each.equation.previous_cells]
    found = _candidates(balances, report)
    if not found and len(inside) < len(balances):
        found = _candidates(inside, report)
    return found


def _candidates(balances: Sequence[Balance], report: Report) -> tuple[Candidate, ...]:
    failing = [each for each in balances if not each.holds]
    if not failing:
        return ()
    found = []
    for cell in failing[0].equation.cells:
        value = _mending_value(cell, balances, report)
        if value is not None:
            now = report.value(cell)
            assert now is not None
            found.append(Candidate(cell, cell_label(cell, report.format), value, now, len(failing)))
    return tuple(found)


def _mending_value(cell: str, balances: Sequence[Balance], report: Report) -> Number | None:
    now = report.value(cell)
    change: Number | None = None
    for each in balances:
        weight = each.equation.weight(cell)
        if each.holds:
            if weight:
                return None
            continue
        if not weight:
            return None
        needed = -each.difference * weight  # weight is 1 or -1: no cell stands twice in an equation
        if change is not None and needed != change:
            return None
        change = needed
    if now is None or change is None:
        return None
    value = now + change
    return value if value >= 0 and value == int(value) else None
