"""One sheet of a ledger -> records, rejected rows, notes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice, repeat

from hpviewer.errors import CancelledError
from hpviewer.importing.ledger.cell_places import PlaceReader
from hpviewer.importing.ledger.cell_text import CellValue
from hpviewer.importing.ledger.field import LedgerField
from hpviewer.importing.ledger.limits import MOST_ROWS, refusal
from hpviewer.importing.ledger.mapping import SheetMapping
from hpviewer.importing.ledger.merged_cells import MergedCells
from hpviewer.importing.ledger.problem import RejectedRow, RowProblem
from hpviewer.importing.ledger.recognise import SAMPLED_ROWS, Remembered, recognise
from hpviewer.importing.ledger.record_id import fingerprint, record_id
from hpviewer.importing.ledger.row_block import ROWS, RowBlock
from hpviewer.importing.ledger.row_record import Found, RejectedError, RowBuilder
from hpviewer.importing.ledger.sheet import Sheet
from hpviewer.importing.ledger.skipped_row import LONGEST_MARK, RowFilter, Skipped
from hpviewer.records.record import Record
from hpviewer.wording import say

_STEP = ROWS
_LISTED_ROWS = 20
_SHOWN = 200
"""Characters of a cell that a problem repeats."""


class LedgerReader:
    """Gathers what the sheets of one file give. ``wanted`` and ``progress`` are asked every 500 rows."""

    def __init__(
        self,
        file: str,
        places: PlaceReader,
        remembered: Remembered,
        wanted: Callable[[], bool],
        progress: Callable[[int, int], None],
    ) -> None:
        self._file = file
        self._places = places
        self._remembered = remembered
        self._wanted = wanted
        self._progress = progress
        self.records: list[Record] = []
        self.origins: list[tuple[str, int]] = []
        self.rejections: list[RowProblem] = []
        self.rejected_rows: list[RejectedRow] = []
        self.warnings: list[RowProblem] = []
        self.mappings: list[SheetMapping] = []
        self.notes: list[str] = []
        self._by_id: dict[str, int] = {}
        self._skipped: defaultdict[Skipped, list[int]] = defaultdict(list)

    def check_wanted(self) -> None:
        if not self._wanted():
            raise CancelledError(say("importing_ledger.cancelled"), say("importing_ledger.cancelled_next"))

    def read(self, sheet: Sheet, mapping: SheetMapping | None, done: int, total: int) -> None:
        """``mapping`` as corrected by a person, None to recognise it. ``done`` of ``total`` rows came before."""
        self.check_wanted()
        head = list(islice(sheet.rows, SAMPLED_ROWS))
        if not any(any(cell != "" for cell in row) for row in head) and sheet.height <= SAMPLED_ROWS:
            self.notes.append(say("importing_ledger.note.empty_sheet", sheet=_named(sheet.name)))
            return
        if mapping is None:
            kept: list[SheetMapping] = []
            mapping = recognise(sheet.name, head, sheet.spans, self._places, self._noting(kept))
            if kept:
                self.notes.append(say("importing_ledger.note.remembered", sheet=_named(sheet.name)))
        if mapping is None:
            self.notes.append(say("importing_ledger.note.no_records", sheet=_named(sheet.name)))
            return
        self.mappings.append(mapping)
        unused = [use.header for use in mapping.unused if use.header]
        if unused:
            self.notes.append(
                say("importing_ledger.note.unused", sheet=_named(sheet.name), columns="、".join(unused))
            )
        self._skipped.clear()
        self._read_rows(sheet, mapping, head, done, total)
        for reason, rows in self._skipped.items():
            self.notes.append(
                say(
                    f"importing_ledger.note.{reason}",
                    sheet=_named(sheet.name),
                    rows=_listed(rows),
                    count=len(rows),
                )
            )

    def _noting(self, kept: list[SheetMapping]) -> Remembered:
        """``remembered``, and what it gave in ``kept``."""

        def remembered(key: str) -> SheetMapping | None:
            found = self._remembered(key)
            if found is not None:
                kept.append(found)
            return found

        return remembered

    def _read_rows(
        self, sheet: Sheet, mapping: SheetMapping, head: list[Sequence[CellValue]], done: int, total: int
    ) -> None:
        first = mapping.header_row - 1 + mapping.header_rows if mapping.header_row else 0
        builder = RowBuilder(mapping, self._places, self._file)
        rules = RowFilter(mapping, head[max(0, mapping.header_row - 1) : first])
        merged = MergedCells(sheet.spans, first)
        fill = merged.fill if merged.any else None
        title = next((use.column for use in mapping.columns if use.field is LedgerField.TITLE), -1)
        heading = next((use.header for use in mapping.columns if use.field is LedgerField.TITLE), "")
        build, records, origins, by_id = builder.build, self.records, self.origins, self._by_id
        name = sheet.name
        rows: Iterator[Sequence[CellValue]] = chain(islice(head, first, None), sheet.rows)
        if first > len(head):
            rows = islice(sheet.rows, first - len(head), None)
        blocks = RowBlock(builder, title, heading)
        at = first - 1
        while block := list(islice(rows, _STEP - (at + 1) % _STEP)):
            if not (at + 1) % _STEP:
                self.check_wanted()
                self._progress(min(done + at + 1, total), total)
            plain = (
                blocks.records(block) if fill is None and at + len(block) < MOST_ROWS else [None] * len(block)
            )
            if self._took(plain, name, at + 2):
                at += len(block)
                continue
            for row, record in zip(block, plain, strict=True):
                at += 1
                if record is None:
                    cell = row[title] if -1 < title < len(row) else ""
                    if type(cell) is not str or len(cell) <= LONGEST_MARK or cell == heading:
                        reason = (
                            rules.judge(row, merged.spanned(at, row))
                            if any(value != "" for value in row)
                            else Skipped.EMPTY
                        )
                        if reason is not None:
                            if reason is not Skipped.EMPTY:
                                self._skipped[reason].append(at + 1)
                            if fill:
                                fill(at, row)
                            continue
                    if at >= MOST_ROWS:
                        raise refusal("too_many_rows", limit=MOST_ROWS)
                    try:
                        record = build(row if fill is None else fill(at, row))
                    except RejectedError as error:
                        self._reject(name, at + 1, row, error.problems)
                        continue
                    warnings = builder.warnings
                else:
                    warnings = []
                if record.id in by_id:
                    if not self._add_again(record, name, at + 1, row):
                        continue
                else:
                    by_id[record.id] = len(records)
                    records.append(record)
                    origins.append((name, at + 1))
                if warnings:
                    self._warn(name, at + 1, warnings)

    def _took(self, block: Sequence[Record | None], sheet: str, row: int) -> bool:
        """Records of a whole block, when each is one and none was there before. ``row``: of the first, as shown."""
        found = [record for record in block if record is not None]
        if len(found) < len(block):
            return False
        ids = [record.id for record in found]
        if len(set(ids)) < len(ids) or not self._by_id.keys().isdisjoint(ids):
            return False
        self._by_id.update(zip(ids, range(len(self.records), len(self.records) + len(ids)), strict=True))
        self.records.extend(found)
        self.origins.extend(zip(repeat(sheet), range(row, row + len(ids)), strict=False))
        return True

    def _reject(self, sheet: str, row: int, cells: Sequence[CellValue], problems: Sequence[Found]) -> None:
        self.rejections.extend(self._problems(sheet, row, problems))
        self.rejected_rows.append(RejectedRow(sheet, row, tuple(cells)))

    def _warn(self, sheet: str, row: int, problems: Sequence[Found]) -> None:
        self.warnings.extend(self._problems(sheet, row, problems))

    def _problems(self, sheet: str, row: int, problems: Sequence[Found]) -> list[RowProblem]:
        return [
            RowProblem(self._file, sheet, row, field, value[:_SHOWN], text) for field, value, text in problems
        ]

    def _add_again(self, record: Record, sheet: str, row: int, cells: Sequence[CellValue]) -> bool:
        """An id that was there already: the same record once more, or another one under the same document
        number, told apart by its title, day and place."""
        earlier = self._by_id[record.id]
        where = say(
            "importing_ledger.row_of", sheet=_named(self.origins[earlier][0]), row=self.origins[earlier][1]
        )
        if self.records[earlier] == record:
            self.notes.append(
                say("importing_ledger.note.repeated", sheet=_named(sheet), row=row, earlier=where)
            )
            return False
        place = record.place_as_written
        derived = record_id(record.doc_number, record.source_url, record.title, record.published, place)
        own = f"{record.id}-{fingerprint(record.title, record.published, place)}"
        if record.id != derived or own in self._by_id:
            problem = say("importing_ledger.problem.repeated_id", earlier=where)
            self._reject(sheet, row, cells, [(LedgerField.ID.label, record.id, problem)])
            return False
        self._by_id[own] = len(self.records)
        self.records.append(replace(record, id=own))
        self.origins.append((sheet, row))
        return True


def _named(sheet: str) -> str:
    return say("importing_ledger.on_sheet", sheet=sheet) if sheet else ""


def _listed(rows: Sequence[int]) -> str:
    listed = "、".join(str(row) for row in rows[:_LISTED_ROWS])
    return listed if len(rows) <= _LISTED_ROWS else say("importing_ledger.and_more", rows=listed)
