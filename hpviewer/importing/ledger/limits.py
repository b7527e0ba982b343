"""What is too large to be a ledger, and refusals with a next step."""

from __future__ import annotations

from hpviewer.errors import InputError
from hpviewer.importing.bounded_zip import Limits
from hpviewer.wording import say

_MB = 1024 * 1024
LARGEST_FILE = 200 * _MB
MOST_ROWS = 1_000_000
MOST_COLUMNS = 256
MOST_SHEETS = 200
MOST_CELLS = 40_000_000
"""Of the rectangle around all cells of a sheet: calamine keeps it whole, at 24 bytes a cell."""
FREE_CELLS = 3_000_000
CELLS_PER_CELL = 8
"""Above FREE_CELLS the rectangle may be this many times the cells that hold something: one cell in the last row of
a sheet of 2 KB would otherwise take gigabytes."""
LONGEST_CELL = 32_767
"""Characters, as spreadsheets have it."""
CONTAINER = Limits(
    file_size=LARGEST_FILE,
    member_size=512 * _MB,
    total_size=768 * _MB,
    ratio=1000,
    ratio_from=16 * _MB,
    xml_tags=100_000_000,
    xml_attributes=200_000_000,
)
"""A ledger of 100,000 rows and 20 columns is 14 MB packed and 108 MB unpacked, one part of it 71 MB."""


def refusal(key: str, **values: object) -> InputError:
    """``key`` of importing_ledger.file and of importing_ledger.file_next, or its ``default``."""
    return InputError(
        say(f"importing_ledger.file.{key}", **values),
        say(f"importing_ledger.file_next.{_NEXT.get(key, 'save_again')}"),
    )


_NEXT = {
    "missing": "check_path",
    "not_a_file": "check_path",
    "unreadable": "close_elsewhere",
    "encrypted": "remove_password",
    "file_size": "split",
    "too_many_rows": "split",
    "too_many_columns": "trim",
    "too_sparse": "trim",
    "too_many_sheets": "split",
    "web_page": "save_as_xlsx",
    "binary_workbook": "save_as_xlsx",
    "not_a_table": "choose_another",
    "other_office": "choose_another",
    "empty": "choose_another",
    "no_records": "choose_another",
}


def check_extent(rows: int, columns: int, cells: int) -> None:
    """InputError when a sheet of these bounds is too large to be held in memory."""
    if rows > MOST_ROWS:
        raise refusal("too_many_rows", limit=MOST_ROWS)
    if columns > MOST_COLUMNS:
        raise refusal("too_many_columns", limit=MOST_COLUMNS)
    whole = rows * columns
    if whole > MOST_CELLS:
        raise refusal("too_many_rows", limit=MOST_ROWS)
    if whole > FREE_CELLS and whole > CELLS_PER_CELL * cells:
        raise refusal("too_sparse")
