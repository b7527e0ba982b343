"""An equation between cells: what each T rule states, before any figure is looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hpviewer.reports.cell import Number
from hpviewer.reports.report import YearFigures


@dataclass(frozen=True, slots=True)
class Term:
    """A cell with its sign; ``previous`` means the cell of the year before."""

    cell: str
    sign: int = 1
    previous: bool = False


@dataclass(frozen=True, slots=True)
class Equation:
    """Sum of ``left`` = sum of ``right``. ``about`` says in words where it stands (表三“自然人”列)."""

    rule: str
    about: str
    left: tuple[Term, ...]
    right: tuple[Term, ...]

    @property
    def terms(self) -> tuple[Term, ...]:
        return self.left + self.right

    @property
    def cells(self) -> tuple[str, ...]:
        """Cells of this year's report that the equation uses."""
        return tuple(term.cell for term in self.terms if not term.previous)

    @property
    def previous_cells(self) -> tuple[str, ...]:
        return tuple(term.cell for term in self.terms if term.previous)

    def weight(self, cell: str) -> int:
        """By how much left − right grows when this year's cell grows by one."""
        left = sum(term.sign for term in self.left if term.cell == cell and not term.previous)
        return left - sum(term.sign for term in self.right if term.cell == cell and not term.previous)


@dataclass(frozen=True, slots=True)
class Balance:
    """The two sides of an equation on real figures."""

    equation: Equation
    left: Number
    right: Number

    @property
    def holds(self) -> bool:
        return self.left == self.right

    @property
    def difference(self) -> Number:
        return self.left - self.right


def plus(*cells: str) -> tuple[Term, ...]:
    return tuple(Term(cell) for cell in cells)


def value_of(term: Term, report: YearFigures, previous: YearFigures | None) -> Number | None:
    source = previous if term.previous else report
    return None if source is None else source.value(term.cell)


def balance(equation: Equation, report: YearFigures, previous: YearFigures | None) -> Balance | None:
    """Both sides, or None when a cell of the equation is missing or not a number."""
    left = _side(equation.left, report, previous)
    right = _side(equation.right, report, previous)
    return None if left is None or right is None else Balance(equation, left, right)


def _side(terms: Iterable[Term], report: YearFigures, previous: YearFigures | None) -> Number | None:
    total: Number = 0
    for term in terms:
        value = value_of(term, report, previous)
        if value is None:
            return None
        total += term.sign * value
    return total
