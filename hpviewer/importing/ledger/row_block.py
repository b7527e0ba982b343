"""Some hundred rows at once, column by column: what reading 100,000 rows in the time that it may take rests on.

A cell handled in a loop of its own costs 0.3 µs and more, in a whole column 0.05 µs. Only what is plain is done here:
rows with a problem, a warning, a flag or anything unusual are left to `RowBuilder`, which says what is the matter.
The records are the same either way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import repeat
from operator import is_
from typing import Any

from hpviewer.importing.ledger.cell_area import DECIMALS
from hpviewer.importing.ledger.cell_number import CANONICAL, read_number
from hpviewer.importing.ledger.cell_places import FoundPlaces
from hpviewer.importing.ledger.cell_text import BLANK, CellValue
from hpviewer.importing.ledger.field import LedgerField
from hpviewer.importing.ledger.land_sums import LandColumns, check_sums, classes_of
from hpviewer.importing.ledger.problem import CellProblem, Noted
from hpviewer.importing.ledger.record_id import record_id
from hpviewer.importing.ledger.record_maker import made_all
from hpviewer.importing.ledger.row_record import (
    LARGEST,
    SLOTS,
    RowBuilder,
    RowColumn,
    source_of,
    text_converters,
)
from hpviewer.importing.ledger.skipped_row import LONGEST_MARK
from hpviewer.records.record import Record

ROWS = 500
_KEPT = 20_000
_SURELY_EXACT = 1e7
"""Below, floats lie closer together than the last decimal."""
_MISSING: Any = object()
_AT = {field: at for at, field in enumerate(SLOTS)}
_WEB = ("http://", "https://")


class RowBlock:
    """Builds what is plain in blocks of one sheet's rows; ``builder`` is the sheet's own."""

    def __init__(self, builder: RowBuilder, title_column: int, heading: str) -> None:
        """``title_column`` -1: no column holds titles, so no row is plain."""
        self._builder = builder
        self._title_column = title_column
        self._heading = heading
        self._kept: list[dict[CellValue, Any]] = [
            {"": builder.blank[column.slot]} for _, _, column in builder.repeating
        ]
        self._places: dict[tuple[str, str, str], FoundPlaces | None] = {}

    def records(self, rows: Sequence[Sequence[CellValue]]) -> list[Record | None]:
        """One entry for each row, None for a row to be read by itself."""
        made: list[Record | None] = [None] * len(rows)
        if self._title_column < 0 or not rows:
            return made
        width = self._builder.width
        plain = self._plain_rows([at for at, row in enumerate(rows) if len(row) >= width], rows)
        if not plain:
            return made
        columns = list(zip(*(rows[at] for at in plain), strict=False))
        values: dict[int, Sequence[Any]] = {}
        odd: set[int] = set()
        self._repeating(columns, values, odd)
        self._areas(columns, values, odd)
        self._single(columns, values, odd)
        if odd:
            plain, values = _without(odd, plain, values)
        count = len(plain)
        known = self._places.get
        found = [
            each if (each := known(key)) is not None else self._found(key)
            for key in zip(*(self._of(f, values, count) for f in _PLACES), strict=True)
        ]
        stages = self._builder.stages
        kinds = [stages.get(key) for key in zip(*(self._of(f, values, count) for f in _STAGE), strict=True)]
        classes, odd = self._classes(values, count)
        odd |= {at for at, each in enumerate(found) if each is None}
        odd |= {at for at, each in enumerate(kinds) if each is None}
        if odd:
            classes = [each for at, each in enumerate(classes) if at not in odd]
            found = [each for at, each in enumerate(found) if at not in odd]
            kinds = [each for at, each in enumerate(kinds) if at not in odd]
            plain, values = _without(odd, plain, values)
        sure_places, sure_kinds = [each for each in found if each], [each for each in kinds if each]
        for at, record in zip(plain, self._made(values, sure_places, sure_kinds, classes), strict=True):
            made[at] = record
        return made

    # -- cells to values ---------------------------------------------------------------------------------

    def _plain_rows(self, which: list[int], rows: Sequence[Sequence[CellValue]]) -> list[int]:
        """Rows whose title is one for certain: the others may be totals, headings or footnotes."""
        column, heading = self._title_column, self._heading
        return [
            at
            for at in which
            if type(cell := rows[at][column]) is str and len(cell) > LONGEST_MARK and cell != heading
        ]

    def _repeating(
        self, columns: Sequence[Sequence[CellValue]], values: dict[int, Sequence[Any]], odd: set[int]
    ) -> None:
        for (_, at, column), kept in zip(self._builder.repeating, self._kept, strict=True):
            cells, blank = columns[at], self._builder.blank[column.slot]
            if len(kept) > _KEPT:
                kept.clear()
                kept[""] = blank
            found = list(map(kept.get, cells, repeat(_MISSING)))
            if any(map(is_, found, repeat(_MISSING))):
                odd |= self._read_new(column, cells, kept)
                found = list(map(kept.get, cells, repeat(blank)))
            values[column.slot] = found

    def _read_new(
        self, column: RowColumn, cells: Sequence[CellValue], kept: dict[CellValue, Any]
    ) -> set[int]:
        """What the column has not had before into ``kept``; the rows whose cell is not plain."""
        refused: set[int] = set()
        unusual: set[CellValue] = set()
        for cell in set(cells).difference(kept):
            value = self._converted(column, cell, 0, refused)
            if refused or type(cell) is bool:
                unusual.add(cell)
                refused.clear()
            else:
                kept[cell] = value
        return {row for row, cell in enumerate(cells) if cell in unusual} if unusual else set()

    def _areas(
        self, columns: Sequence[Sequence[CellValue]], values: dict[int, Sequence[Any]], odd: set[int]
    ) -> None:
        for at, slot, column in self._builder.areas:
            cells = columns[at]
            if len(cells) == ROWS and _all_rounded(cells):
                values[slot] = cells
            elif set(map(type, cells)) == {float} and min(cells) >= 0 and max(cells) < LARGEST:  # type: ignore[operator]
                values[slot] = list(map(round, cells, repeat(DECIMALS)))  # type: ignore[arg-type]
            else:
                values[slot] = [
                    round(cell, DECIMALS)
                    if type(cell) is float and 0 <= cell < LARGEST
                    else self._converted(column, cell, row, odd)
                    for row, cell in enumerate(cells)
                ]

    def _single(
        self, columns: Sequence[Sequence[CellValue]], values: dict[int, Sequence[Any]], odd: set[int]
    ) -> None:
        for at, slot, convert, column in self._builder.single:
            cells = columns[at]
            texts = set(map(type, cells)) == {str}
            if texts and convert in text_converters and _untouched(cells):
                blank = self._builder.blank[slot]
                none = not BLANK.isdisjoint(cells)
                values[slot] = [blank if cell in BLANK else cell for cell in cells] if none else cells
            elif texts and convert is read_number and all(map(CANONICAL.fullmatch, cells)):  # type: ignore[arg-type]
                values[slot] = cells
            elif texts and convert is read_number:
                values[slot] = [
                    cell if CANONICAL.fullmatch(cell) else self._converted(column, cell, row, odd)  # type: ignore[arg-type]
                    for row, cell in enumerate(cells)
                ]
            else:
                values[slot] = [self._converted(column, cell, row, odd) for row, cell in enumerate(cells)]

    def _converted(self, column: RowColumn, cell: CellValue, row: int, odd: set[int]) -> Any:
        blank = self._builder.blank[column.slot]
        if cell == "":
            return blank
        try:
            value = column.convert(cell)
        except CellProblem:
            odd.add(row)
            return blank
        if type(value) is Noted:
            odd.add(row)
            return blank
        return blank if value is None else value

    # -- values to records -------------------------------------------------------------------------------

    def _of(self, field: LedgerField, values: dict[int, Sequence[Any]], count: int) -> Sequence[Any]:
        at = _AT[field]
        return values[at] if at in values else [self._builder.blank[at]] * count

    def _found(self, key: tuple[str, str, str]) -> FoundPlaces | None:
        """None for places with a problem or a warning."""
        found = self._places.get(key, _MISSING)
        if found is _MISSING:
            if len(self._places) > _KEPT:
                self._places.clear()
            read = self._builder.places.read(*key)
            found = self._places[key] = None if read.problems or read.warnings else read
        return found  # type: ignore[no-any-return]

    def _classes(self, values: dict[int, Sequence[Any]], count: int) -> tuple[list[Any], set[int]]:
        """Land classes of each row, and the rows whose sums do not agree."""
        land: LandColumns = self._builder.land
        classes = list(self._of(LedgerField.LAND_CLASSES, values, count))
        areas = self._of(LedgerField.AREA, values, count)
        if land.tree:
            blank = self._builder.blank
            slots = [values[at] if at in values else [blank[at]] * count for at in range(len(blank))]
            whole = land.whole_columns(slots, count)
            if whole is not None:
                return whole, land.disagreeing(slots, areas)
            classes = [
                classes_of(land.tree, [slot[row] for slot in slots]) or classes[row] for row in range(count)
            ]
        doubtful = {
            row
            for row, (area, each) in enumerate(zip(areas, classes, strict=True))
            if each and check_sums(area, each, land.rounding)
        }
        return classes, doubtful

    def _made(
        self,
        values: dict[int, Sequence[Any]],
        found: Sequence[FoundPlaces],
        kinds: Sequence[tuple[Any, Any]],
        classes: Sequence[Any],
    ) -> list[Record]:
        count = len(found)
        get: Callable[[LedgerField], Sequence[Any]] = lambda field: self._of(field, values, count)  # noqa: E731
        firsts, lasts = get(LedgerField.NOTICE_FROM), get(LedgerField.NOTICE_TO)
        periods = get(LedgerField.NOTICE_PERIOD)
        if _AT[LedgerField.NOTICE_PERIOD] in values:
            firsts = [a or (p[0] if p else None) for a, p in zip(firsts, periods, strict=True)]
            lasts = [a or (p[1] if p else None) for a, p in zip(lasts, periods, strict=True)]
        locations = get(LedgerField.LOCATION)
        if self._builder.land.bounds:
            blanks = self._builder.blank
            slots = [values[at] if at in values else [blanks[at]] * count for at in range(len(blanks))]
            locations = [
                self._builder.land.location(text, [slot[row] for slot in slots])
                for row, text in enumerate(locations)
            ]
        addresses, names = get(LedgerField.SOURCE_URL), get(LedgerField.SOURCE_NAME)
        # lists, not generators: they take half the time
        addressed, named = [a.startswith(_WEB) for a in addresses], [name.startswith(_WEB) for name in names]
        if not all(addressed) or any(named):
            sources = list(map(source_of, addresses, names))
            addresses, names = [each[0] for each in sources], [each[1] for each in sources]
        unnamed = self._builder.unnamed_source
        written = [each.as_written for each in found]
        numbers, titles, days = (
            get(LedgerField.DOC_NUMBER),
            get(LedgerField.TITLE),
            get(LedgerField.PUBLISHED),
        )
        ids = [
            given or record_id(*rest)
            for given, *rest in zip(
                get(LedgerField.ID), numbers, addresses, titles, days, written, strict=True
            )
        ]
        return made_all(
            count,
            (
                ids, [column for _, column in kinds], [kind for kind, _ in kinds], titles, numbers,
                get(LedgerField.APPROVAL_NUMBER), get(LedgerField.ISSUER), days, get(LedgerField.APPROVED),
                firsts, lasts, get(LedgerField.PROJECT), locations, get(LedgerField.AREA), classes,
                get(LedgerField.OWNERS), [each.towns for each in found], [each.communities for each in found],
                written, get(LedgerField.SOURCE_KIND), [name or unnamed for name in names], addresses,
                get(LedgerField.NOTE), get(LedgerField.FLAGS),
            ),
        )  # fmt: skip


_PLACES = (LedgerField.TOWN, LedgerField.COMMUNITY, LedgerField.PLACE)
_STAGE = (LedgerField.KIND, LedgerField.COLUMN)


def _all_rounded(cells: Sequence[Any]) -> bool:
    """Plain figures that rounding leaves as they are: each is the float nearest to a whole number of the last decimal.

    Rounding them one by one takes three times as long.
    """
    if set(map(type, cells)) != {float}:
        return False
    import numpy as np  # here: for large ledgers alone

    figures = np.array(cells)
    if not (figures.min() >= 0 and figures.max() < _SURELY_EXACT):
        return False
    return bool((np.rint(figures * 10.0**DECIMALS) / 10.0**DECIMALS == figures).all())


def _untouched(cells: Sequence[Any]) -> bool:
    """Texts that reading leaves as they are if they do not stand for an empty cell: no space or line end in them."""
    joined = "".join(cells)
    return " " not in joined and joined.isprintable()


def _without(
    odd: set[int], rows: list[int], values: dict[int, Sequence[Any]]
) -> tuple[list[int], dict[int, Sequence[Any]]]:
    kept = [at for at in range(len(rows)) if at not in odd]
    return [rows[at] for at in kept], {slot: [column[at] for at in kept] for slot, column in values.items()}
