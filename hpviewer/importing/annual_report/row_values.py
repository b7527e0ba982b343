"""The values that follow a row's name, and which columns they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from hpviewer.importing.annual_report.number_cell import looks_blank


@dataclass(slots=True)
class RawRow:
    """A recognised row before its values are placed.

    ``texts`` are the cells after the name, blanks as ""; ``columns`` their grid columns (empty for one-cell-a-line
    text). ``exact`` says that blanks among them are cells and not merely empty lines. ``ended`` is False when nothing
    recognisable follows the row, so that it may have been cut off. ``repeated``: merged cells are written out.
    """

    key: str
    label: str
    texts: list[str] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    exact: bool = True
    ended: bool = True
    repeated: bool = False

    @property
    def filled(self) -> list[str]:
        return [text for text in self.texts if not looks_blank(text)]


def fit(row: RawRow, count: int, grid_columns: Sequence[int] | None = None) -> list[str] | None:
    """The row's ``count`` cells in order; None when their places cannot be told from the row alone."""
    texts = row.texts
    filled = row.filled
    if row.exact and len(texts) == count:
        return list(texts)
    if len(filled) == count:
        return list(filled)
    if row.exact and grid_columns and row.columns and len(texts) > count:
        by_column = dict(zip(row.columns, texts, strict=True))
        if all(column in grid_columns for column, text in by_column.items() if not looks_blank(text)):
            return [by_column.get(column, "") for column in grid_columns]
    if len(texts) > count:
        windows = _windows(texts, count)
        if len(windows) == 1:
            return windows[0]
    if not filled and (len(texts) >= count or row.ended):
        return [""] * count
    return None


def anchored(row: RawRow, count: int, rows: Iterable[RawRow]) -> list[str] | None:
    """The first ``count`` lines after the name of a row whose blank lines are not marked as cells.

    Only in single-spaced text, which some row of ``rows`` proves by a number right after its name: where every line is
    followed by an empty one, blank cells cannot be told from spacing.
    """
    single = any(each.texts and not each.exact and not looks_blank(each.texts[0]) for each in rows)
    first = row.texts[:count]
    whole = len(first) == count and sum(not looks_blank(text) for text in first) == len(row.filled)
    return first if single and whole else None


def _windows(texts: Sequence[str], count: int) -> list[list[str]]:
    """Stretches of ``count`` cells that hold every number; the cells around them are blank."""
    total = sum(not looks_blank(text) for text in texts)
    if not total:
        return []
    stretches = (list(texts[start : start + count]) for start in range(len(texts) - count + 1))
    return [each for each in stretches if sum(not looks_blank(text) for text in each) == total]


def value_columns(rows: Sequence[RawRow], count: int) -> list[int] | None:
    """Grid columns of the values, from a row of the grid that has them all."""
    for row in rows:
        numbers = [
            column for column, text in zip(row.columns, row.texts, strict=False) if not looks_blank(text)
        ]
        if len(numbers) == count:
            return numbers
    return None
