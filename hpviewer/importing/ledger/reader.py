"""Reading a ledger: what a person sees before anything is saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hpviewer.catalogue.without_collector import without_collector
from hpviewer.errors import InputError
from hpviewer.importing.ledger.cell_places import PlaceReader, Suggest
from hpviewer.importing.ledger.csv_file import read_csv
from hpviewer.importing.ledger.limits import LARGEST_FILE, refusal
from hpviewer.importing.ledger.mapping import LedgerMapping, SheetMapping
from hpviewer.importing.ledger.reading import LedgerReading
from hpviewer.importing.ledger.recognise import Remembered
from hpviewer.importing.ledger.sheet_reader import LedgerReader
from hpviewer.importing.ledger.workbook_file import WorkbookFile, is_workbook
from hpviewer.places.resolver import Resolver
from hpviewer.wording import say


def always() -> bool:
    return True


def _unwatched(done: int, total: int) -> None:
    pass


def nothing_remembered(key: str) -> SheetMapping | None:
    return None


def read_ledger(
    source: Path,
    resolver: Resolver,
    mapping: LedgerMapping | None = None,
    wanted: Callable[[], bool] = always,
    progress: Callable[[int, int], None] | None = None,
    *,
    remembered: Remembered = nothing_remembered,
    suggest: Suggest | None = None,
) -> LedgerReading:
    """All records of an xlsx, xls, ods or csv file; nothing is saved.

    The content tells the format, not the name. ``mapping``: sheets as a person corrected them; other sheets are
    recognised. ``remembered`` gives the mapping kept under a ``mapping_key``, or None. ``suggest`` offers places
    near a name that is unknown. ``progress`` hears rows done and rows in all.
    InputError: no table, locked, damaged, over a limit, or not one sheet of records. CancelledError: not wanted
    any more.
    """
    reader = LedgerReader(
        source.name, PlaceReader(resolver, suggest), remembered, wanted, progress or _unwatched
    )
    corrected = mapping or LedgerMapping(())
    reader.check_wanted()
    with without_collector():
        _read_sheets(source, reader, corrected)
    if not reader.mappings:
        raise refusal("no_records", notes="".join(reader.notes))
    return LedgerReading(
        tuple(reader.records),
        tuple(reader.origins),
        tuple(reader.rejections),
        tuple(reader.rejected_rows),
        tuple(reader.warnings),
        tuple(reader.mappings),
        tuple(reader.notes),
    )


def _read_sheets(source: Path, reader: LedgerReader, corrected: LedgerMapping) -> None:
    if is_workbook(_beginning(source)):
        with WorkbookFile(source) as book:
            done = 0
            for sheet in book.sheets():
                reader.read(sheet, corrected.of_sheet(sheet.name), done, done + sheet.height)
                done += sheet.height
            reader.notes.extend(say("importing_ledger.note.hidden", sheet=name) for name in book.hidden)
    else:
        sheet = read_csv(source)
        reader.read(sheet, corrected.of_sheet(sheet.name), 0, sheet.height)


def _beginning(source: Path) -> bytes:
    """InputError for a file that is not there, empty, too large or cannot be opened."""
    try:
        if not source.exists():
            raise refusal("missing", name=source.name)
        if not source.is_file():
            raise refusal("not_a_file", name=source.name)
        size = source.stat().st_size
        if size > LARGEST_FILE:
            raise refusal("file_size", limit=LARGEST_FILE // 1024 // 1024)
        with source.open("rb") as file:
            beginning = file.read(8)
    except InputError:
        raise
    except (OSError, ValueError) as problem:
        raise refusal("unreadable", name=source.name) from problem
    if not beginning:
        raise refusal("empty")
    return beginning
