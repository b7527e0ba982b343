"""One row of cells -> one record, or all its problems at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from hpviewer.importing.ledger.cell_area import DECIMALS, AreaReader, read_land_classes
from hpviewer.importing.ledger.cell_date import read_date, read_period
from hpviewer.importing.ledger.cell_number import read_number
from hpviewer.importing.ledger.cell_places import PlaceReader
from hpviewer.importing.ledger.cell_text import CellValue, is_blank, lines, one_line, shown
from hpviewer.importing.ledger.field import REPEATABLE, LedgerField
from hpviewer.importing.ledger.kind_words import column_of, kind_in_title, kind_of
from hpviewer.importing.ledger.land_sums import LandColumns, check_sums, classes_of
from hpviewer.importing.ledger.mapping import ColumnUse, SheetMapping
from hpviewer.importing.ledger.problem import CellProblem, Noted
from hpviewer.importing.ledger.record_id import record_id
from hpviewer.importing.ledger.record_maker import made
from hpviewer.records.area import AreaUnit
from hpviewer.records.column import Column, SourceKind
from hpviewer.records.kind import Kind
from hpviewer.records.owners import parse_owners
from hpviewer.records.record import Record
from hpviewer.wording import say

_CACHED = 20_000
_BETWEEN_FLAGS = re.compile(r"(?<=原文如此)、|\n")
LARGEST = 1e9
_Convert = Callable[[CellValue], Any]
Found = tuple[str, str, str]
"""Header of the column (or the field's name), the cell as shown, and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class RowColumn:
    column: int
    slot: int
    header: str
    convert: _Convert


class RejectedError(Exception):
    """The row gives no record; ``problems`` is never empty."""

    def __init__(self, problems: Sequence[Found]) -> None:
        super().__init__(problems)
        self.problems = tuple(problems)


class RowBuilder:
    """Builds records from the rows of one sheet. ``warnings`` holds those of the last row only."""

    def __init__(self, mapping: SheetMapping, places: PlaceReader, source: str) -> None:
        self.places = places
        # a ledger that says what kind of source each record has is a source of no record itself
        self.unnamed_source = "" if LedgerField.SOURCE_KIND in mapping.fields else source
        self._headers = {use.field: use.header for use in mapping.columns if use.field and use.header}
        uses = [use for use in mapping.columns if use.field not in (None, LedgerField.IGNORED)]
        slots: dict[tuple[LedgerField, str], int] = {(field, ""): at for at, field in enumerate(SLOTS)}
        self.repeating: list[tuple[dict[CellValue, Any], int, RowColumn]] = []
        self.areas: list[tuple[int, int, RowColumn]] = []
        self.single: list[tuple[int, int, _Convert, RowColumn]] = []
        for use in sorted(uses, key=lambda use: use.column):
            assert use.field is not None
            slot = slots.setdefault((use.field, use.detail if use.field in REPEATABLE else ""), len(slots))
            column = RowColumn(use.column, slot, use.header or use.field.label, _converter(use))
            if use.field in _REPEATING:
                self.repeating.append(({}, use.column, column))
            elif use.field in (LedgerField.AREA, LedgerField.LAND_CLASS) and use.unit == AreaUnit.HECTARE:
                self.areas.append((use.column, slot, column))
            else:
                self.single.append((use.column, slot, column.convert, column))
        self.width = max((use.column for use in uses), default=-1) + 1
        self.land = LandColumns.of(mapping, slots)
        self.blank: list[Any] = [*SLOTS.values(), *([None] * (len(slots) - len(SLOTS)))]
        self.stages: dict[tuple[str, str], tuple[Kind, Column]] = {}
        self.warnings: list[Found] = []

    def build(self, row: Sequence[CellValue]) -> Record:
        """``row`` begins at column A. RejectedError with all that is wrong with it."""
        values = self.blank.copy()
        problems: list[Found] = []
        flags: list[str] = []
        if self.warnings:
            self.warnings = []
        if len(row) < self.width:
            row = [*row, *[""] * (self.width - len(row))]
        for known, at, column in self.repeating:
            cell = row[at]
            if cell != "":
                try:
                    values[column.slot] = known[cell]
                except KeyError:
                    value = self._converted(column, cell, values, problems, flags)
                    if value is not None:
                        if len(known) > _CACHED:
                            known.clear()
                        known[cell] = value
        for at, slot, column in self.areas:
            cell = row[at]
            if type(cell) is float and 0 <= cell < LARGEST:
                values[slot] = round(cell, DECIMALS)
            elif cell != "":
                self._converted(column, cell, values, problems, flags)
        for at, slot, convert, column in self.single:
            cell = row[at]
            if cell != "":
                try:
                    value = convert(cell)
                except CellProblem as problem:
                    problems.append((column.header, shown(cell), problem.problem))
                    continue
                if type(value) is Noted:
                    value = self._noted(column, cell, value, flags)
                if value is not None:
                    values[slot] = value
        return self._record(values, problems, flags)

    def _converted(
        self, column: RowColumn, cell: CellValue, values: list[Any], problems: list[Found], flags: list[str]
    ) -> Any:
        """The value where it may be kept for the next cell with the same content, None otherwise."""
        try:
            value = column.convert(cell)
        except CellProblem as problem:
            problems.append((column.header, shown(cell), problem.problem))
            return None
        noted = type(value) is Noted
        if noted:
            value = self._noted(column, cell, value, flags)
        if value is not None:
            values[column.slot] = value
        return None if noted or type(cell) is bool else value

    def _noted(self, column: RowColumn, cell: CellValue, value: Noted, flags: list[str]) -> object:
        if value.warning:
            self.warnings.append((column.header, shown(cell), value.warning))
        if value.flag:
            flags.append(value.flag)
        return value.value

    def _record(self, values: list[Any], problems: list[Found], flags: list[str]) -> Record:
        (
            given_id,
            title,
            kind_text,
            column_text,
            doc_number,
            approval_number,
            issuer,
            published,
            approved,
            period,
            first,
            last,
            project,
            location,
            area,
            classes,
            owners,
            town,
            community,
            place,
            source_kind,
            name,
            address,
            note,
            given_flags,
        ) = values[: len(SLOTS)]
        if not title:
            problems.append((self._name(LedgerField.TITLE), "", say("importing_ledger.problem.no_title")))
        stage = self.stages.get((kind_text, column_text))
        kind, column = stage or self._stage(title, kind_text, column_text, problems)
        found = self.places.read(town, community, place)
        if found.problems:
            problems.extend((self._name(each.field), each.value, each.problem) for each in found.problems)
        if found.warnings:
            self.warnings.extend(
                (self._name(each.field), each.value, each.problem) for each in found.warnings
            )
        if period:
            first, last = first or period[0], last or period[1]
        if self.land.tree:
            classes = classes_of(self.land.tree, values) or classes
        if self.land.bounds:
            location = self.land.location(location, values)
        if classes:
            flags.extend(check_sums(area, classes, self.land.rounding))
        if given_flags:  # what an export says of the record, and what is found again only once
            flags = list(dict.fromkeys((*given_flags, *flags)))
        address, name = source_of(address, name)
        if problems:
            raise RejectedError(problems)
        return made(
            given_id or record_id(doc_number, address, title, published, found.as_written),
            column,
            kind,
            title,
            doc_number,
            approval_number,
            issuer,
            published,
            approved,
            first,
            last,
            project,
            location,
            area,
            classes,
            owners,
            found.towns,
            found.communities,
            found.as_written,
            source_kind,
            name or self.unnamed_source,
            address,
            note,
            tuple(flags),
        )

    def _stage(
        self, title: str, kind_text: str, column_text: str, problems: list[Found]
    ) -> tuple[Kind | None, Column]:
        """Kind and column from their cells; what the title spells out fills an empty or unknown kind."""
        said = (kind_text, column_text)
        column_text, kind_text = (
            "" if is_blank(text) else one_line(text) for text in (column_text, kind_text)
        )
        column = column_of(column_text) if column_text else None
        if column_text and column is None:
            problems.append(
                (self._name(LedgerField.COLUMN), column_text, say("importing_ledger.problem.column"))
            )
            return None, Column.LAND
        if kind_text and column is None:
            column = column_of(kind_text)
            kind_text = "" if column else kind_text
        kind = kind_of(kind_text, column) if kind_text else None
        if kind is not None and column in (None, kind.column):
            self.stages[said] = (kind, kind.column)
        if kind is None:
            named = kind_in_title(title) if title else None
            if named and (column is None or named.column is column):
                kind = named
                if kind_text:
                    self._warn(LedgerField.KIND, kind_text, "kind_from_title", kind=named.value)
        if kind is None and column is not None:
            kind = Kind.OTHER_RENEWAL if column is Column.RENEWAL else Kind.OTHER_LAND
            self._warn(LedgerField.KIND, kind_text, "other_kind", kind=kind.value)
        if kind is None:
            key = "unknown_kind" if kind_text else "no_kind"
            problems.append((self._name(LedgerField.KIND), kind_text, say(f"importing_ledger.problem.{key}")))
            return None, Column.LAND
        if column is not None and kind.column is not column:
            problem = say("importing_ledger.problem.kind_of_other_column", column=kind.column.value)
            problems.append((self._name(LedgerField.KIND), kind_text, problem))
        return kind, kind.column

    def _warn(self, field: LedgerField, value: str, key: str, **values: str) -> None:
        self.warnings.append((self._name(field), value, say(f"importing_ledger.warning.{key}", **values)))

    def _name(self, field: LedgerField) -> str:
        return self._headers.get(field) or field.label


def source_of(address: str, name: str) -> tuple[str, str]:
    """Either column may hold the address or the name of the source."""
    if address and not address.startswith(("http://", "https://")):
        address, name = "", name or address
    elif name.startswith(("http://", "https://")):
        address, name = address or name, ""
    return address, name


def _text(value: CellValue) -> str | None:
    text = value if type(value) is str else shown(value)
    return None if is_blank(text) else one_line(text)


def _title(value: CellValue) -> str | None:
    return one_line(value if type(value) is str else shown(value)) or None


def _lines(value: CellValue) -> str | None:
    text = value if type(value) is str else shown(value)
    return None if is_blank(text) else lines(text)


def _raw(value: CellValue) -> str:
    return value if type(value) is str else shown(value)


def _owners(value: CellValue) -> tuple[str, ...]:
    text = _raw(value)
    return () if is_blank(text) else parse_owners(lines(text, "、"))


def _flags(value: CellValue) -> tuple[str, ...]:
    """Exports join flags by 、 which also stands inside of them; each says 原文如此 at its end."""
    text = _raw(value)
    return () if is_blank(text) else tuple(dict.fromkeys(map(one_line, _BETWEEN_FLAGS.split(text))))


def _source_kind(value: CellValue) -> SourceKind:
    try:
        return SourceKind(one_line(_raw(value)))
    except ValueError:
        allowed = "、".join(SourceKind)
        raise CellProblem(say("importing_ledger.problem.source_kind", allowed=allowed)) from None


def _converter(use: ColumnUse) -> _Convert:
    if use.field in (LedgerField.AREA, LedgerField.LAND_CLASS):
        return AreaReader(use.unit)
    assert use.field is not None
    return _CONVERTERS.get(use.field, _text)


text_converters = frozenset((_text, _title, _lines))
"""Those that leave plain text as it is."""
_CONVERTERS: dict[LedgerField, _Convert] = {
    LedgerField.TITLE: _title,
    LedgerField.DOC_NUMBER: read_number,
    LedgerField.APPROVAL_NUMBER: read_number,
    LedgerField.PUBLISHED: read_date,
    LedgerField.APPROVED: read_date,
    LedgerField.NOTICE_FROM: read_date,
    LedgerField.NOTICE_TO: read_date,
    LedgerField.NOTICE_PERIOD: read_period,
    LedgerField.LOCATION: _lines,
    LedgerField.LAND_CLASSES: read_land_classes,
    LedgerField.OWNERS: _owners,
    LedgerField.KIND: _raw,
    LedgerField.COLUMN: _raw,
    LedgerField.TOWN: _raw,
    LedgerField.COMMUNITY: _raw,
    LedgerField.PLACE: _raw,
    LedgerField.SOURCE_KIND: _source_kind,
    LedgerField.NOTE: _lines,
    LedgerField.FLAGS: _flags,
}
SLOTS: dict[LedgerField, Any] = {
    LedgerField.ID: "",
    LedgerField.TITLE: "",
    LedgerField.KIND: "",
    LedgerField.COLUMN: "",
    LedgerField.DOC_NUMBER: "",
    LedgerField.APPROVAL_NUMBER: "",
    LedgerField.ISSUER: "",
    LedgerField.PUBLISHED: None,
    LedgerField.APPROVED: None,
    LedgerField.NOTICE_PERIOD: None,
    LedgerField.NOTICE_FROM: None,
    LedgerField.NOTICE_TO: None,
    LedgerField.PROJECT: "",
    LedgerField.LOCATION: "",
    LedgerField.AREA: None,
    LedgerField.LAND_CLASSES: (),
    LedgerField.OWNERS: (),
    LedgerField.TOWN: "",
    LedgerField.COMMUNITY: "",
    LedgerField.PLACE: "",
    LedgerField.SOURCE_KIND: SourceKind.OWN,
    LedgerField.SOURCE_NAME: "",
    LedgerField.SOURCE_URL: "",
    LedgerField.NOTE: "",
    LedgerField.FLAGS: (),
}
"""The values of a row in the order that ``_record`` takes them, each with its empty value: a list is filled and read
three times as fast as a dictionary. Land classes and bounds follow behind."""
_REPEATING = frozenset(
    (
        LedgerField.KIND,
        LedgerField.COLUMN,
        LedgerField.TOWN,
        LedgerField.COMMUNITY,
        LedgerField.PLACE,
        LedgerField.PUBLISHED,
        LedgerField.APPROVED,
        LedgerField.NOTICE_FROM,
        LedgerField.NOTICE_TO,
        LedgerField.NOTICE_PERIOD,
        LedgerField.ISSUER,
        LedgerField.PROJECT,
        LedgerField.OWNERS,
        LedgerField.SOURCE_KIND,
        LedgerField.SOURCE_NAME,
    )
)
"""Fields whose texts come again and again: each text is converted once."""
