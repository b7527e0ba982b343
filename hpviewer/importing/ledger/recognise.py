"""The first rows of a sheet -> what each column holds, and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from hpviewer.importing.ledger.cell_date import looks_like_period
from hpviewer.importing.ledger.cell_places import PlaceReader
from hpviewer.importing.ledger.cell_text import CellValue, is_blank, plain
from hpviewer.importing.ledger.content import Guess, guess
from hpviewer.importing.ledger.field import REPEATABLE, WITH_UNIT, LedgerField
from hpviewer.importing.ledger.header_row import SEARCHED_ROWS, Header, Spans, find_header
from hpviewer.importing.ledger.header_words import Meaning, unit_alone
from hpviewer.importing.ledger.mapping import ColumnUse, SheetMapping
from hpviewer.records.area import AreaUnit
from hpviewer.records.column import SourceKind
from hpviewer.wording import say

SAMPLED_ROWS = SEARCHED_ROWS + 60
_BY_UNIT = 0.8
_SOURCE_KINDS = frozenset(kind.value for kind in SourceKind)
_PROBLEM_HEADING = "问题"
_PROBLEM = re.compile(r"原第 ?\d+ ?行.*", re.DOTALL)
Remembered = Callable[[str], SheetMapping | None]


def recognise(
    sheet: str, rows: Sequence[Sequence[CellValue]], spans: Spans, places: PlaceReader, remembered: Remembered
) -> SheetMapping | None:
    """``rows`` are the first SAMPLED_ROWS of the sheet from row 1 and column A on. None when the sheet shows no
    column of titles: it is no ledger of records."""
    header = find_header(rows, spans)
    if header is None:
        return _without_header(sheet, rows, places)
    mapping = SheetMapping(
        sheet, header.row + 1, header.rows, _columns(header, rows[header.row + header.rows :], places)
    )
    known = remembered(mapping.key)
    if known is not None:
        return known.placed(sheet, mapping.header_row, mapping.header_rows)
    return mapping if LedgerField.TITLE in mapping.fields else None


def _columns(
    header: Header, rows: Sequence[Sequence[CellValue]], places: PlaceReader
) -> tuple[ColumnUse, ...]:
    columns = [_cells(rows, at) for at in range(len(header.meanings))]
    if columns and header.labels[-1] == _PROBLEM_HEADING and all(map(_is_problem, columns[-1])):
        columns.pop()  # written by rejected_xlsx beside the rows: the file is the one before, corrected
    uses: list[ColumnUse | None] = [None] * len(columns)
    taken: dict[tuple[LedgerField, str], int] = {}
    order = sorted(range(len(columns)), key=lambda at: (-_sureness(header.meanings[at]), at))
    for at in order:
        said = header.meanings[at]
        if said is None:
            continue
        said = _by_cells(said, columns[at])
        key = (said.field, said.detail if said.field in REPEATABLE else "")
        if key in taken and said.field is not LedgerField.IGNORED:
            why = say("importing_ledger.why.repeated", column=header.labels[taken[key]] or taken[key] + 1)
            uses[at] = ColumnUse(at, header.labels[at], None, 0.0, why)
            continue
        taken[key] = at
        unit = _unit(said, header.unit)
        why = say("importing_ledger.why.header", header=header.labels[at])
        uses[at] = ColumnUse(at, header.labels[at], said.field, said.confidence, why, unit, said.detail)
    _area_by_unit(uses, header, taken)
    _share_units(uses)
    have = {field for field, _ in taken}
    for at, use in enumerate(uses):
        if use is None:
            uses[at] = _by_content(at, header.labels[at], columns[at], places, have)
    return tuple(use for use in uses if use is not None)


def _is_problem(cell: CellValue) -> bool:
    return isinstance(cell, str) and bool(_PROBLEM.fullmatch(cell.strip()))


def _area_by_unit(
    uses: list[ColumnUse | None], header: Header, taken: dict[tuple[LedgerField, str], int]
) -> None:
    """A column headed 公顷 alone is the area where no other column is."""
    for at, parts in enumerate(header.parts[: len(uses)]):
        unit = unit_alone(parts)
        if uses[at] is None and unit and (LedgerField.AREA, "") not in taken:
            taken[LedgerField.AREA, ""] = at
            why = say("importing_ledger.why.header", header=header.labels[at])
            uses[at] = ColumnUse(at, header.labels[at], LedgerField.AREA, _BY_UNIT, why, unit)


def _share_units(uses: list[ColumnUse | None]) -> None:
    """总面积（公顷）, 农用地, 耕地: a unit holds for the columns to its right that state none."""
    unit = ""
    for at, use in enumerate(uses):
        if use is None or use.field not in WITH_UNIT:
            continue
        if not use.unit and unit:
            why = say("importing_ledger.why.unit_shared", why=use.why, unit=unit)
            uses[at] = replace(use, unit=unit, why=why)
        unit = use.unit or unit


def _sureness(said: Meaning | None) -> float:
    """Of two columns that name one field, the one in hectares is taken."""
    if said is None:
        return 0.0
    return said.confidence + (0.01 if said.unit == AreaUnit.HECTARE else 0.0)


def _by_cells(said: Meaning, cells: Sequence[CellValue]) -> Meaning:
    """公示时间 can head one day or first and last, 来源 a name or the kind of source: the cells tell."""
    if said.field is LedgerField.SOURCE_NAME:
        words = {plain(value) for value in cells if isinstance(value, str) and not is_blank(value)}
        if words and words <= _SOURCE_KINDS:
            return Meaning(LedgerField.SOURCE_KIND, said.confidence)
    if said.field is LedgerField.PUBLISHED:
        filled = [value for value in cells if not (isinstance(value, str) and is_blank(value))]
        ranges = sum(1 for value in filled if looks_like_period(value))
        if ranges * 2 > len(filled):
            return Meaning(LedgerField.NOTICE_PERIOD, said.confidence)
    return said


def _unit(said: Meaning, stated: str) -> str:
    if said.field is LedgerField.LAND_CLASSES:
        return said.unit or stated or AreaUnit.HECTARE
    return (said.unit or stated) if said.field in WITH_UNIT else ""


def _by_content(
    at: int, header: str, cells: Sequence[CellValue], places: PlaceReader, have: set[LedgerField]
) -> ColumnUse | None:
    found: Guess | None = guess(cells, places, named=bool(header))
    if found is None or found.field in have:
        if not header and not any(cell != "" for cell in cells):
            return None
        return ColumnUse(at, header, None, 0.0, say("importing_ledger.why.unknown"))
    have.add(found.field)
    why = say("importing_ledger.why.content", label=found.field.label, hits=found.hits, seen=found.seen)
    return ColumnUse(at, header, found.field, found.confidence, why)


def _without_header(
    sheet: str, rows: Sequence[Sequence[CellValue]], places: PlaceReader
) -> SheetMapping | None:
    width = max((len(row) for row in rows), default=0)
    have: set[LedgerField] = set()
    uses = [_by_content(at, "", _cells(rows, at), places, have) for at in range(width)]
    if LedgerField.TITLE not in have or len(have) < 2:
        return None
    return SheetMapping(sheet, 0, 0, tuple(use for use in uses if use is not None))


def _cells(rows: Sequence[Sequence[CellValue]], at: int) -> list[CellValue]:
    return [row[at] for row in rows if at < len(row) and row[at] != ""]
