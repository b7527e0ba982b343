"""One file or pasted text -> its preview, with what the user said about it. Runs on a worker."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from hpviewer.cancelling import Wanted
from hpviewer.errors import CancelledError, HpviewerError, InputError
from hpviewer.exporting.rejected_xlsx import (
    CellFault,
    RejectedColumn,
    RejectedLine,
    RejectedSheet,
    write_rejected_xlsx,
)
from hpviewer.exporting.written import Written
from hpviewer.importing.annual_report.read import read_report_text
from hpviewer.importing.ledger.mapping import LedgerMapping, SheetMapping
from hpviewer.importing.ledger.reader import read_ledger
from hpviewer.importing.ledger.reading import LedgerReading
from hpviewer.importing.notice.notice import Notice, NoticeReading
from hpviewer.importing.notice.reading import read_notice_text
from hpviewer.places.resolver import Resolver
from hpviewer.records.record import Record
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.import_desk import ImportDesk
from hpviewer.session.import_file import ImportFile
from hpviewer.session.import_preview import FilePreview, ImportKind, Rejected
from hpviewer.session.import_readers import BOUNDARY_FILES, DOCUMENTS, TABLES
from hpviewer.session.mapping_memory import MappingMemory
from hpviewer.wording import say

ENDINGS = (*sorted(DOCUMENTS), *sorted(TABLES), *sorted(BOUNDARY_FILES))
_COMPANIONS = frozenset((".dbf", ".shx", ".prj", ".cpg", ".sbn", ".sbx", ".qix", ".qmd", ".qpj"))
"""Parts of a shapefile: dropped together with it, they are read with it."""
MOST_FILES = 5000


class FileReader:
    """Reads files for the list; nothing is saved but mappings that a person corrected."""

    def __init__(self, desk: ImportDesk, queries: CatalogueQueries, memory: MappingMemory) -> None:
        self._desk = desk
        self._queries = queries
        self._memory = memory

    def preview(self, file: ImportFile, wanted: Wanted) -> FilePreview:
        """Read and compare. A file that cannot be used is a preview with its error; CancelledError passes."""
        if file.pasted:
            return self._pasted(file)
        if file.mapping is not None or file.is_table:
            try:
                ledger = self._ledger(file, wanted, self._remember(file))
                return self.compared(replace(ledger, mask=file.mask))
            except CancelledError:
                raise
            except HpviewerError as error:
                if file.mapping is not None:
                    return FilePreview(file.path, ImportKind.RECORDS, error=error)
        (preview,) = self._desk.preview(
            [file.path], file.kind, wanted, None, file.answers, mask_personal=file.mask
        )
        return preview

    def compared(self, preview: FilePreview) -> FilePreview:
        """With what saving its records, or its annual report, would change now."""
        (compared,) = self._desk.compared([preview])
        return compared

    def _ledger(self, file: ImportFile, wanted: Wanted, notes: tuple[str, ...]) -> FilePreview:
        resolver = self._queries.reader().resolver
        reading = read_ledger(
            file.path,
            resolver,
            file.mapping,
            wanted,
            remembered=self._remembered,
            suggest=lambda name: resolver.complete(name, 3),
        )
        rejected = tuple(
            Rejected(
                f"{each.sheet}!{each.row}" if each.sheet else str(each.row),
                each.field,
                each.value,
                each.problem,
            )
            for each in reading.rejections
        )
        warnings = (*notes, *reading.notes, *map(str, reading.warnings))
        return FilePreview(file.path, ImportKind.RECORDS, reading, rejected=rejected, warnings=warnings)

    def _remember(self, file: ImportFile) -> tuple[str, ...]:
        """A mapping that cannot be kept for the next file still serves this one."""
        if file.mapping is not None:
            try:
                self._memory.remember(file.mapping)
            except HpviewerError as error:
                return (str(error),)
        return ()

    def _remembered(self, key: str) -> SheetMapping | None:
        return self._memory.get(key)

    def _pasted(self, file: ImportFile) -> FilePreview:
        """A report if it has a report's tables, else a notice."""
        resolver: Resolver = self._queries.reader().resolver
        if file.kind in (None, ImportKind.REPORT):
            try:
                report = read_report_text(file.pasted)
                notes = tuple(note.message for note in report.notes)
                preview = FilePreview(file.path, ImportKind.REPORT, report, warnings=notes, mask=file.mask)
                return self.compared(preview)
            except InputError as error:
                if file.kind is not None:
                    return FilePreview(file.path, ImportKind.REPORT, error=error)
        try:
            reading = read_notice_text(file.pasted, resolver, name=file.name)
        except InputError as error:
            return FilePreview(file.path, ImportKind.NOTICE, error=error)
        warnings = tuple(reading.warnings)
        return self.compared(
            FilePreview(file.path, ImportKind.NOTICE, reading, warnings=warnings, mask=file.mask)
        )


def files_in(paths: Iterable[Path], wanted: Wanted) -> list[Path]:
    """The files themselves, and of folders all files inside that can be read, by name."""
    found: list[Path] = []
    for path in paths:
        if not wanted():
            raise CancelledError("")
        found.extend(_inside(path) if path.is_dir() else [path])
        if len(found) > MOST_FILES:
            raise InputError(
                say("session_importing.too_many", limit=MOST_FILES), say("session_importing.too_many_next")
            )
    shapes = {path.with_suffix("") for path in found if path.suffix.lower() == ".shp"}
    return [
        path
        for path in dict.fromkeys(found)
        if not (path.suffix.lower() in _COMPANIONS and path.with_suffix("") in shapes)
    ]


def _inside(folder: Path) -> Iterator[Path]:
    for top, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            # ~$ is what Word and Excel put beside an open file
            if Path(name).suffix.lower() in ENDINGS and not name.startswith((".", "~$")):
                yield Path(top) / name


def with_record(preview: FilePreview, number: int, record: Record) -> FilePreview:
    """The preview with one notice's record replaced; its changes are those of before."""
    reading = preview.reading
    assert isinstance(reading, NoticeReading)
    notices: list[Notice] = list(reading.notices)
    notices[number] = replace(notices[number], record=record)
    return replace(preview, reading=replace(reading, notices=tuple(notices)))


def write_rejected(preview: FilePreview, target: Path) -> Written:
    """A ledger's rejected rows as a workbook. InputError when it cannot be written."""
    reading = preview.reading
    assert isinstance(reading, LedgerReading)
    faults: dict[tuple[str, int], list[CellFault]] = {}
    for each in reading.rejections:
        fault = CellFault(each.field, each.value, each.problem)
        faults.setdefault((each.sheet, each.row), []).append(fault)
    sheets = []
    for name in dict.fromkeys(row.sheet for row in reading.rejected_rows):
        mapping = next((each for each in reading.mappings if each.sheet == name), None)
        lines = tuple(
            RejectedLine(row.row, row.cells, tuple(faults.get((name, row.row), ())))
            for row in reading.rejected_rows
            if row.sheet == name
        )
        sheets.append(RejectedSheet(name or preview.path.stem, _columns(mapping), lines))
    return write_rejected_xlsx(target, sheets)


def _columns(mapping: SheetMapping | None) -> tuple[RejectedColumn, ...]:
    """From column A on; a column that the mapping leaves out has no heading."""
    if mapping is None:
        return ()
    width = max((use.column for use in mapping.columns), default=-1) + 1
    columns = [RejectedColumn("")] * width
    for use in mapping.columns:
        columns[use.column] = RejectedColumn(use.header, use.unit, use.detail)
    return tuple(columns)


def mapping_or_empty(file: ImportFile) -> LedgerMapping:
    return file.ledger_mapping or LedgerMapping(())
