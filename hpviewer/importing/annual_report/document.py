"""A source document reduced to what the report reader needs: lines of text and rows of cells, in order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line or paragraph. ``marked`` lines are table cells (one cell a line after a tab), even when blank."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell where it begins; ``column`` counts the columns of the grid, spans included."""

    text: str
    column: int


@dataclass(frozen=True, slots=True)
class GridRow:
    """A table row. Cells covered by a merge from above or from the left are not listed. ``grid`` numbers the table."""

    cells: tuple[GridCell, ...]
    grid: int

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(cell.text for cell in self.cells)


Item = TextLine | GridRow


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """``kind`` is docx, html, xlsx or txt."""

    kind: str
    items: tuple[Item, ...]
