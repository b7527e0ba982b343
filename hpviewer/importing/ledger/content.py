"""What a column holds, judged by its cells: for columns whose header says nothing known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from hpviewer.importing.ledger.cell_date import looks_like_date, looks_like_period
from hpviewer.importing.ledger.cell_number import is_number
from hpviewer.importing.ledger.cell_places import PlaceReader
from hpviewer.importing.ledger.cell_text import CellValue, is_blank, shown
from hpviewer.importing.ledger.field import LedgerField
from hpviewer.importing.ledger.kind_words import column_of, kind_in_title, kind_of
from hpviewer.places.place import Level

SAMPLE = 40
_SHARE = 0.8
_SHORTEST_TITLE = 8


@dataclass(frozen=True, slots=True)
class Guess:
    """``hits`` of ``seen`` cells look like the field."""

    field: LedgerField
    hits: int
    seen: int

    @property
    def confidence(self) -> float:
        """Never as sure as a name: 0.7 at most, less on few cells."""
        return round(0.7 * self.hits / self.seen * min(1.0, 0.5 + self.seen / 10), 2)


def guess(cells: Iterable[CellValue], places: PlaceReader, *, named: bool) -> Guess | None:
    """``named``: the column has a header, only an unknown one. Its dates are then dates of something else."""
    values = [value for value in cells if not (isinstance(value, str) and is_blank(value))][:SAMPLE]
    if not values:
        return None
    tests = [*(() if named else _DATES), *_TESTS]
    for field, test in tests:
        hits = sum(1 for value in values if test(value))
        if hits >= _SHARE * len(values):
            return Guess(field, hits, len(values))
    return _numbers(values) or _places(values, places)


def _numbers(values: Sequence[CellValue]) -> Guess | None:
    numbers = [number for value in values if (number := is_number(value))]
    if len(numbers) < _SHARE * len(values):
        return None
    approvals = sum(1 for number in numbers if number.is_approval)
    field = LedgerField.APPROVAL_NUMBER if approvals * 2 > len(numbers) else LedgerField.DOC_NUMBER
    return Guess(field, len(numbers), len(values))


def _places(values: Sequence[CellValue], places: PlaceReader) -> Guess | None:
    levels = [level for value in values if isinstance(value, str) and (level := places.level_of(value))]
    if len(levels) < _SHARE * len(values):
        return None
    towns = sum(1 for level in levels if level is Level.TOWN)
    field = LedgerField.PLACE
    if towns == len(levels):
        field = LedgerField.TOWN
    elif towns == 0:
        field = LedgerField.COMMUNITY
    return Guess(field, len(levels), len(values))


def _is_title(value: CellValue) -> bool:
    return isinstance(value, str) and len(value) >= _SHORTEST_TITLE and kind_in_title(value) is not None


_Test = tuple[LedgerField, Callable[[CellValue], bool]]
_DATES: tuple[_Test, ...] = (
    (LedgerField.PUBLISHED, looks_like_date),
    (LedgerField.NOTICE_PERIOD, looks_like_period),
)
_TESTS: tuple[_Test, ...] = (
    (
        LedgerField.SOURCE_URL,
        lambda value: isinstance(value, str) and value.startswith(("http://", "https://")),
    ),
    (LedgerField.COLUMN, lambda value: column_of(shown(value)[:40]) is not None),
    (LedgerField.KIND, lambda value: kind_of(shown(value)[:40], None) is not None),
    (LedgerField.TITLE, _is_title),
)
