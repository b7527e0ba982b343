"""The sheets of a file, whatever its format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hpviewer.importing.ledger.cell_text import CellValue
from hpviewer.importing.ledger.header_row import Spans


@dataclass(frozen=True, slots=True)
class Sheet:
    """``rows`` can be gone through once; its first row is row 1 as shown, its first cell column A."""

    name: str
    height: int
    rows: Iterator[Sequence[CellValue]]
    spans: Spans
