"""What a person sees and says when correcting how a ledger was read: its first rows, its columns' meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from hpviewer.errors import InputError
from hpviewer.importing.ledger.cell_text import CellValue, shown
from hpviewer.importing.ledger.csv_file import read_csv
from hpviewer.importing.ledger.field import REPEATABLE, WITH_UNIT, LedgerField
from hpviewer.importing.ledger.header_words import Meaning, meaning, unit_alone
from hpviewer.importing.ledger.mapping import (
    ColumnUse as ColumnUse,
)  # so that desktop need not know importing
from hpviewer.importing.ledger.mapping import LedgerMapping, SheetMapping
from hpviewer.importing.ledger.sheet import Sheet
from hpviewer.importing.ledger.workbook_file import WorkbookFile, is_workbook
from hpviewer.records.area import AreaUnit
from hpviewer.wording import say

HEAD_ROWS = 40
_COLUMNS = 200
_SHOWN = 60

UNITS = tuple(unit.value for unit in AreaUnit)


@dataclass(frozen=True, slots=True)
class SheetHead:
    """The first rows of a sheet as text, from row 1 and column A on; all rows have the same length."""

    name: str
    rows: tuple[tuple[str, ...], ...]

    def sample(self, column: int, first_row: int) -> str:
        """The first filled cells of a column from ``first_row`` (as shown) on."""
        cells = [row[column] for row in self.rows[first_row - 1 :] if column < len(row) and row[column]]
        return say("session_importing.item_mark").join(cells[:3])


def field_choices() -> tuple[tuple[str, str], ...]:
    """(code, label) of what a column can hold, in the order of the list."""
    return tuple((field.value, field.label) for field in LedgerField)


def takes_unit(field: str) -> bool:
    return field in WITH_UNIT


def takes_detail(field: str) -> bool:
    """Whether a name says which land class or which side the column stands for."""
    return field in REPEATABLE and field != LedgerField.IGNORED


def read_heads(source: Path) -> tuple[SheetHead, ...]:
    """The visible sheets' first rows. InputError as the ledger reader's."""
    try:
        with source.open("rb") as file:
            beginning = file.read(8)
    except OSError as problem:
        raise InputError(
            say("session.import_missing", file=source), say("session.import_missing_next")
        ) from problem
    if is_workbook(beginning):
        with WorkbookFile(source) as book:
            return tuple(_head(sheet) for sheet in book.sheets())
    return (_head(read_csv(source)),)


def corrected_column(
    mapping: LedgerMapping, sheet: str, column: int, field: str | None, unit: str, detail: str
) -> LedgerMapping:
    """``field`` is a code of ``field_choices``, None for a column that is not read."""
    chosen = None if field is None else LedgerField(field)
    sheets = tuple(
        each.corrected(column, chosen, unit, detail) if each.sheet == sheet else each
        for each in mapping.sheets
    )
    return LedgerMapping(sheets)


def with_header(mapping: LedgerMapping, head: SheetHead, row: int, rows: int) -> LedgerMapping:
    """The sheet read anew with its header at this row (as shown), ``rows`` lines deep; other sheets stay."""
    fresh = _mapped(head, row, rows)
    others = [each for each in mapping.sheets if each.sheet != head.name]
    at = next((at for at, each in enumerate(mapping.sheets) if each.sheet == head.name), len(others))
    return LedgerMapping((*others[:at], fresh, *others[at:]))


def _mapped(head: SheetHead, row: int, rows: int) -> SheetMapping:
    lines = head.rows[row - 1 : row - 1 + rows]
    below = head.rows[row - 1 + rows :]
    uses: list[ColumnUse] = []
    taken: set[tuple[LedgerField, str]] = set()
    for column in range(max(map(len, head.rows), default=0)):
        parts = tuple(dict.fromkeys(line[column] for line in lines if line[column]))
        if not parts and not any(cells[column] for cells in below):
            continue
        label, said = "/".join(parts), meaning(parts) if parts else None
        if said is None and (unit := unit_alone(parts)):
            said = Meaning(LedgerField.AREA, 0.8, unit)
        key = (said.field, said.detail) if said else None
        if said is None or key in taken:
            uses.append(ColumnUse(column, label, None, 0.0, say("importing_ledger.why.unknown")))
            continue
        if said.field is not LedgerField.IGNORED:
            taken.add((said.field, said.detail))
        why = say("importing_ledger.why.header", header=label)
        uses.append(ColumnUse(column, label, said.field, said.confidence, why, said.unit, said.detail))
    return SheetMapping(head.name, row, rows, tuple(uses))


def _head(sheet: Sheet) -> SheetHead:
    rows = [_texts(row) for row in islice(sheet.rows, HEAD_ROWS)]
    width = max(map(len, rows), default=0)
    return SheetHead(sheet.name, tuple((*row, *[""] * (width - len(row))) for row in rows))


def _texts(row: Sequence[CellValue]) -> tuple[str, ...]:
    return tuple(" ".join(shown(cell).split())[:_SHOWN] for cell in row[:_COLUMNS])
