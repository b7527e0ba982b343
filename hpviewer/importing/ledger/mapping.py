"""Which column of a sheet holds which field: recognised, corrected by a person, remembered for the next file."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from hpviewer.errors import InputError
from hpviewer.importing.ledger.field import REPEATABLE, WITH_UNIT, LedgerField
from hpviewer.wording import say


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """``column`` counts from 0 at column A. ``field`` None: the column is not read and reported as unused.

    ``unit`` (公顷, 亩, 平方米 …) holds for cells that give none; "" when neither header nor title names one.
    ``detail``: the land class, or the side of a bound. ``confidence`` 0..1, ``why`` a sentence for a person.
    """

    column: int
    header: str
    field: LedgerField | None
    confidence: float
    why: str
    unit: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """``sheet`` is "" for csv. ``header_row`` is the row number as shown of the header's first line, 0 without a
    header; ``header_rows`` counts its lines, so data begins at ``header_row + header_rows`` (row 1 without)."""

    sheet: str
    header_row: int
    header_rows: int
    columns: tuple[ColumnUse, ...]

    @property
    def key(self) -> str:
        """Under which this mapping is worth remembering: equal for sheets with the same header."""
        return mapping_key([use.header for use in self.columns])

    @property
    def fields(self) -> frozenset[LedgerField]:
        return frozenset(use.field for use in self.columns if use.field is not None)

    @property
    def unused(self) -> tuple[ColumnUse, ...]:
        return tuple(use for use in self.columns if use.field is None)

    def corrected(
        self, column: int, field: LedgerField | None, unit: str = "", detail: str = ""
    ) -> SheetMapping:
        """A person's word on one column. A field that only one column can hold leaves the column that had it."""
        why = say("importing_ledger.why.person")
        columns = []
        for use in self.columns:
            if use.column == column:
                if not unit and field in WITH_UNIT:
                    unit = use.unit
                use = replace(use, field=field, confidence=1.0, why=why, unit=unit, detail=detail)
            elif field is not None and use.field is field and field not in REPEATABLE:
                use = replace(use, field=None, confidence=1.0, why=why)
            columns.append(use)
        return replace(self, columns=tuple(columns))

    def placed(self, sheet: str, header_row: int, header_rows: int) -> SheetMapping:
        """The same columns where another sheet has its header."""
        return replace(self, sheet=sheet, header_row=header_row, header_rows=header_rows)

    def to_dict(self) -> dict[str, Any]:
        """Plain values only, for JSON or a table of the catalogue."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return plain

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> SheetMapping:
        """InputError when this is no mapping that ``to_dict`` wrote."""
        try:
            return msgspec.convert(dict(plain), cls)
        except (msgspec.ValidationError, TypeError) as problem:
            raise InputError(
                say("importing_ledger.bad_mapping"), say("importing_ledger.bad_mapping_next")
            ) from problem


@dataclass(frozen=True, slots=True)
class LedgerMapping:
    """Mappings of the sheets of one file. A sheet that is not named here is recognised anew."""

    sheets: tuple[SheetMapping, ...]

    def of_sheet(self, name: str) -> SheetMapping | None:
        return next((sheet for sheet in self.sheets if sheet.sheet == name), None)

    def to_dict(self) -> dict[str, Any]:
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return plain

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> LedgerMapping:
        """InputError when this is no mapping that ``to_dict`` wrote."""
        sheets = plain.get("sheets")
        if not isinstance(sheets, Sequence) or isinstance(sheets, str):
            raise InputError(say("importing_ledger.bad_mapping"), say("importing_ledger.bad_mapping_next"))
        return cls(tuple(SheetMapping.from_dict(sheet) for sheet in sheets))


def mapping_key(header: Sequence[str]) -> str:
    """16 hexadecimal digits; the same for headers that differ in width, case, spaces and empty end columns."""
    words = ["".join(unicodedata.normalize("NFKC", word).lower().split()) for word in header]
    while words and not words[-1]:
        words.pop()
    return hashlib.blake2b("\x1f".join(words).encode(), digest_size=8).hexdigest()
