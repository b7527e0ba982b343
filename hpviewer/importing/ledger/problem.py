"""What is wrong with a cell, and the rows that could not become records."""

from __future__ import annotations

from dataclasses import dataclass

from hpviewer.importing.ledger.cell_text import CellValue
from hpviewer.wording import say


@dataclass(frozen=True, slots=True)
class RowProblem:
    """``row`` as the spreadsheet shows it; ``sheet`` is "" for csv; ``field`` is the header as written, or the
    field's name when the sheet has no such column; ``problem`` says what to do."""

    file: str
    sheet: str
    row: int
    field: str
    value: str
    problem: str

    def __str__(self) -> str:
        place = say("importing_ledger.on_sheet", sheet=self.sheet) if self.sheet else ""
        return say(
            "importing_ledger.row_problem",
            place=place,
            row=self.row,
            field=self.field,
            value=self.value,
            problem=self.problem,
        )


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """The cells as read, from column A on, so that they can be written out, corrected and brought in again."""

    sheet: str
    row: int
    cells: tuple[CellValue, ...]


class CellProblem(Exception):  # noqa: N818 - a problem of the cell, not of the program
    """One cell cannot be used: its row is rejected."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Noted:
    """A value that can be used, with what a person should know: about the row (``warning``), or about the
    source and kept with the record (``flag``)."""

    value: object
    warning: str = ""
    flag: str = ""
