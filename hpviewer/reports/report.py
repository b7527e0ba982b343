"""One year's report as figures: the cells of its three tables and the figures of its narrative."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from hpviewer.reports.cell import Cell, Number
from hpviewer.reports.figure import Figure
from hpviewer.reports.form import TABLES, ReportFormat, cell_names

Cells = Mapping[str, Mapping[str, Mapping[str, Cell]]]
"""table -> row -> column -> cell; what the source does not have is not in the map."""


@dataclass(frozen=True, slots=True)
class UnplacedRow:
    """A row whose numbers were read but fit more than one set of columns, so none was chosen."""

    table: str
    row: str
    label: str
    written: tuple[str, ...]


class YearFigures(Protocol):
    """What rules and comparison need of a year: a Report, or Headlines where only some figures are known."""

    @property
    def year(self) -> int | None: ...

    @property
    def body(self) -> str: ...

    @property
    def format(self) -> ReportFormat: ...

    @property
    def figures(self) -> tuple[Figure, ...]: ...

    def value(self, name: str) -> Number | None:
        """The number in a cell such as ``t3.new.natural``; None when it is not known."""


@dataclass(frozen=True, slots=True)
class Report:
    """``narrative`` is the text outside the tables, as read; the spans of ``figures`` point into it.

    ``year`` is None and ``body`` empty when neither the title nor the file name gives them.
    """

    year: int | None
    body: str
    format: ReportFormat = ReportFormat.UNIFORM
    tables: Cells = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    narrative: str = ""
    unplaced: tuple[UnplacedRow, ...] = ()

    def cell(self, name: str) -> Cell | None:
        """The cell, or None when the source does not have it."""
        table, row, column = name.split(".")
        return self.tables.get(table, {}).get(row, {}).get(column)

    def value(self, name: str) -> Number | None:
        found = self.cell(name)
        return None if found is None else found.value

    def known_cells(self) -> dict[str, Cell]:
        """All cells present, in the order of the form."""
        found = ((name, self.cell(name)) for name in cell_names(self.format))
        return {name: cell for name, cell in found if cell is not None}


@dataclass(frozen=True, slots=True)
class Headlines:
    """The figures known of a year whose full report is not at hand. ``cells`` maps cell names to numbers."""

    year: int
    body: str
    cells: Mapping[str, Number] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    format: ReportFormat = ReportFormat.UNIFORM

    def value(self, name: str) -> Number | None:
        return self.cells.get(name)


def nest(cells: Mapping[str, Cell]) -> dict[str, dict[str, dict[str, Cell]]]:
    """Cells by name as the nested map of a Report; every table is present, possibly empty."""
    tables: dict[str, dict[str, dict[str, Cell]]] = {table: {} for table in TABLES}
    for name, cell in cells.items():
        table, row, column = name.split(".")
        tables[table].setdefault(row, {})[column] = cell
    return tables
