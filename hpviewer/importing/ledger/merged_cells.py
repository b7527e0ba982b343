"""Vertically merged cells: the value of the first row holds for all rows of the block."""

from __future__ import annotations

from collections.abc import Sequence

from hpviewer.importing.ledger.cell_text import CellValue
from hpviewer.importing.ledger.header_row import Spans


class MergedCells:
    """Fills rows in order. Only the first column of a block is filled: the others hold nothing in the file."""

    def __init__(self, spans: Spans, first_row: int) -> None:
        """``first_row``: row (from 0) of the first data; blocks above it belong to the header."""
        self._starts: dict[int, list[tuple[int, int]]] = {}
        for (row, column), (rows, _) in spans.items():
            if rows > 1 and row >= first_row:
                self._starts.setdefault(row, []).append((column, row + rows))
        self._open: dict[int, tuple[CellValue, int]] = {}
        self._spans = spans

    @property
    def any(self) -> bool:
        return bool(self._starts)

    def fill(self, at: int, row: Sequence[CellValue]) -> Sequence[CellValue]:
        """``at`` counts from 0 and must grow. The row given is left as it is."""
        filled: list[CellValue] | None = None
        for column in list(self._open):
            value, end = self._open[column]
            if at >= end:
                del self._open[column]
            elif column < len(row) and row[column] == "":
                if filled is None:
                    filled = list(row)
                filled[column] = value
        for column, end in self._starts.get(at, ()):
            if column < len(row) and row[column] != "":
                self._open[column] = (row[column], end)
        return row if filled is None else filled

    def spanned(self, at: int, row: Sequence[CellValue]) -> int:
        """Columns that the first filled cell of the row is merged over."""
        first = next((column for column, value in enumerate(row) if value != ""), 0)
        return self._spans.get((at, first), (1, 1))[1]
