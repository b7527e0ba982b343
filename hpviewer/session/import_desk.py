"""Bringing files in: read → preview → save as one batch → undo."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hpviewer.catalogue.report_store import ReportStore
from hpviewer.catalogue.writer import Batch, Writer
from hpviewer.errors import CancelledError, HpviewerError, InputError
from hpviewer.importing.annual_report.read import ReadReport, read_report
from hpviewer.importing.ledger.reader import read_ledger
from hpviewer.importing.notice.reading import read_notice
from hpviewer.places.resolver import Resolver
from hpviewer.records.change import RecordChange
from hpviewer.records.record import Record
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.import_preview import FilePreview, ImportKind, Rejected
from hpviewer.wording import say

_TABLES = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".csv"})
_DOCUMENTS = frozenset({".html", ".htm", ".mht", ".mhtml", ".docx", ".txt", ".pdf"})

Wanted = Callable[[], bool]
Progress = Callable[[int, int], None]


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """``batch`` is 0 when nothing changed. ``files`` are the previews with the changes as they were made."""

    batch: int
    files: tuple[FilePreview, ...]
    changes: tuple[RecordChange, ...]


class ImportDesk:
    """Works on the catalogue of ``queries``; every method may take long and is called from a worker."""

    def __init__(self, queries: CatalogueQueries) -> None:
        self._queries = queries

    def preview(
        self,
        files: Sequence[Path],
        kind: ImportKind | None = None,
        wanted: Wanted = _always,
        progress: Progress | None = None,
    ) -> list[FilePreview]:
        """Read and compare; a file that cannot be used is a preview with its error. Saves nothing."""
        resolver = self._queries.reader().resolver
        previews = []
        for done, path in enumerate(files):
            if not wanted():
                raise CancelledError("")
            if progress:
                progress(done, len(files))
            previews.append(self._read(path, kind, resolver, wanted))
        return self._compared(previews)

    def save(
        self,
        previews: Iterable[FilePreview],
        *,
        skip_rejected: bool = False,
        wanted: Wanted = _always,
    ) -> ImportOutcome:
        """Save the files that are whole, all of them in one batch; with ``skip_rejected`` also the good rows of
        files with rejected ones. A failure or a cancel leaves the catalogue as it was."""
        taken = [p for p in previews if p.usable or (skip_rejected and p.error is None)]
        incoming = [record for preview in taken for record in preview.records]
        batch = 0
        changes: list[RecordChange] = []
        if incoming:
            source = say("session.import_source_mark").join(preview.path.name for preview in taken)
            with Writer(self._queries.path) as writer:
                batch, changes = writer.save(incoming, source, wanted)
        reports = ReportStore(self._queries.path)
        for preview in taken:
            if isinstance(preview.reading, ReadReport):
                reports.save(preview.reading.report, preview.path.name)
        return ImportOutcome(batch, tuple(_dealt(taken, changes)), tuple(changes))

    def save_records(self, records: Sequence[Record], source: str) -> ImportOutcome:
        """Records entered or edited by hand, as a batch of their own; ``source`` says so to the user."""
        with Writer(self._queries.path) as writer:
            batch, changes = writer.save(records, source)
        return ImportOutcome(batch, (), tuple(changes))

    def undo(self, batch: int | None = None) -> tuple[Batch, list[RecordChange]]:
        """Take a batch back, the newest without a number."""
        with Writer(self._queries.path) as writer:
            return writer.undo(batch)

    def batches(self) -> list[Batch]:
        """All batches, newest first."""
        with Writer(self._queries.path) as writer:
            return writer.batches()

    def changes_of(self, batch: int) -> list[RecordChange]:
        """What a batch did, field by field: "what changed since"."""
        with Writer(self._queries.path) as writer:
            return writer.changes_of(batch)

    # -- inside ----------------------------------------------------------------------------------------

    def _read(self, path: Path, kind: ImportKind | None, resolver: Resolver, wanted: Wanted) -> FilePreview:
        try:
            if not path.is_file():
                raise InputError(say("session.import_missing", file=path), say("session.import_missing_next"))
            if kind is None:
                return self._recognised(path, resolver, wanted)
            return _READERS[kind](path, resolver, wanted)
        except CancelledError:
            raise
        except HpviewerError as error:
            return FilePreview(path, kind, error=error)

    def _recognised(self, path: Path, resolver: Resolver, wanted: Wanted) -> FilePreview:
        """By what the file is: a table is a ledger unless it is a report, a document a report or a notice."""
        suffix = path.suffix.lower()
        if suffix in _TABLES:
            order = (ImportKind.RECORDS, ImportKind.REPORT)
        elif suffix in _DOCUMENTS:
            order = (ImportKind.REPORT, ImportKind.NOTICE)
        else:
            raise InputError(
                say("session.import_unknown", file=path.name), say("session.import_unknown_next")
            )
        first_error: HpviewerError | None = None
        for kind in order:
            try:
                return _READERS[kind](path, resolver, wanted)
            except InputError as error:
                # a document is usually a notice, a table usually a ledger: that refusal is the one to show
                if first_error is None or kind is ImportKind.NOTICE:
                    first_error = error
        assert first_error is not None
        raise first_error

    def _compared(self, previews: list[FilePreview]) -> list[FilePreview]:
        incoming = [record for preview in previews for record in preview.records]
        if not incoming:
            return previews
        with Writer(self._queries.path) as writer:
            changes = writer.compare(incoming)
        return _dealt(previews, changes)


def _dealt(previews: Sequence[FilePreview], changes: Sequence[RecordChange]) -> list[FilePreview]:
    """The changes of all records, in order, back to the files that they came from."""
    dealt, at = [], 0
    for preview in previews:
        own = tuple(changes[at : at + len(preview.records)])
        at += len(own)
        dealt.append(
            FilePreview(
                preview.path,
                preview.kind,
                preview.reading,
                own,
                preview.rejected,
                preview.warnings,
                preview.error,
            )
        )
    return dealt


def _ledger(path: Path, resolver: Resolver, wanted: Wanted) -> FilePreview:
    reading = read_ledger(path, resolver, wanted=wanted)
    rejected = tuple(
        Rejected(f"{r.sheet}!{r.row}" if r.sheet else str(r.row), r.field, r.value, r.problem)
        for r in reading.rejections
    )
    warnings = (*reading.notes, *map(str, reading.warnings))
    return FilePreview(path, ImportKind.RECORDS, reading, rejected=rejected, warnings=warnings)


def _notice(path: Path, resolver: Resolver, wanted: Wanted) -> FilePreview:
    reading = read_notice(path, resolver)
    return FilePreview(path, ImportKind.NOTICE, reading, warnings=tuple(reading.warnings))


def _report(path: Path, resolver: Resolver, wanted: Wanted) -> FilePreview:
    reading = read_report(path)
    return FilePreview(
        path, ImportKind.REPORT, reading, warnings=tuple(note.message for note in reading.notes)
    )


def _not_yet(path: Path, resolver: Resolver, wanted: Wanted) -> FilePreview:
    raise InputError(say("session.import_not_yet", file=path.name), say("session.import_unknown_next"))


_READERS: dict[ImportKind, Callable[[Path, Resolver, Wanted], FilePreview]] = {
    ImportKind.RECORDS: _ledger,
    ImportKind.NOTICE: _notice,
    ImportKind.REPORT: _report,
    ImportKind.BOUNDARIES: _not_yet,
    ImportKind.POLICIES: _not_yet,
}
