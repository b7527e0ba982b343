"""What came out of a ledger: records, and everything that did not become one."""

from __future__ import annotations

from dataclasses import dataclass

from hpviewer.importing.ledger.mapping import LedgerMapping, SheetMapping
from hpviewer.importing.ledger.problem import RejectedRow, RowProblem
from hpviewer.records.record import Record


@dataclass(frozen=True, slots=True)
class LedgerReading:
    """Nothing is saved yet.

    ``origins[i]`` is sheet and row of ``records[i]``. A rejected row may have several ``rejections`` and stands
    once in ``rejected_rows`` with its cells. ``warnings`` belong to rows that were read. ``notes`` are sentences
    about sheets and skipped rows. ``read`` counts rows that were records or should have been.
    """

    records: tuple[Record, ...]
    origins: tuple[tuple[str, int], ...]
    rejections: tuple[RowProblem, ...]
    rejected_rows: tuple[RejectedRow, ...]
    warnings: tuple[RowProblem, ...]
    mappings: tuple[SheetMapping, ...]
    notes: tuple[str, ...]

    @property
    def read(self) -> int:
        return len(self.records) + len(self.rejected_rows)

    @property
    def mapping(self) -> LedgerMapping:
        """All mappings as one value, to correct and to give to ``read_ledger`` again."""
        return LedgerMapping(self.mappings)
