"""Bringing files in: read → preview → save as one batch → undo."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hpviewer.cancelling import Wanted, always
from hpviewer.catalogue.items import Item, ItemKind
from hpviewer.catalogue.without_collector import without_collector
from hpviewer.catalogue.writer import Batch, Compared, Writer
from hpviewer.errors import CancelledError, HpviewerError, InputError
from hpviewer.importing.annual_report.read import ReadReport
from hpviewer.importing.boundaries.reading import BoundaryReading
from hpviewer.importing.ledger.reader import nothing_remembered
from hpviewer.importing.ledger.recognise import Remembered
from hpviewer.importing.policy_document.reading import PolicyReading
from hpviewer.records.change import ChangeKind, RecordChange
from hpviewer.records.personal_data import mask_personal
from hpviewer.records.personal_fields import masked_record, personal_in
from hpviewer.records.personal_values import personal_in_value
from hpviewer.records.record import Record
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.import_items import boundary_items, change_kind, layer_items, policy_item, report_item
from hpviewer.session.import_personal import masked_reading, personal_of
from hpviewer.session.import_preview import FilePreview, ImportKind, ItemPreview, Reading, Rejected
from hpviewer.session.import_readers import (
    BoundaryAnswers,
    ReadingTools,
    read_as,
    read_recognised,
    rejections_of,
)
from hpviewer.session.item_fields import item_fields, item_title
from hpviewer.wording import say

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """``batch`` is 0 when nothing changed. ``files`` are the previews with the changes as they were made."""

    batch: int
    files: tuple[FilePreview, ...]
    changes: tuple[RecordChange, ...]
    masked: bool = False

    @property
    def still_in_history(self) -> int:
        """Things that were masked now, while their former wording stays in the history with its personal numbers:
        taking the batch back needs it."""
        if not self.masked:
            return 0
        updated = (change.before for change in self.changes if change.kind is ChangeKind.UPDATED)
        records = sum(bool(before and personal_in(before, flags=True)) for before in updated)
        items = (one for preview in self.files for one in preview.items if one.kind is ChangeKind.UPDATED)
        return records + sum(
            any(True for _ in personal_in_value([field.old for field in one.fields])) for one in items
        )


class ImportDesk:
    """Works on the catalogue of ``queries``; every method may take long and is called from a worker.

    ``remembered`` gives the ledger mapping that a person corrected for the same header before (MappingMemory.get).
    """

    def __init__(self, queries: CatalogueQueries, remembered: Remembered = nothing_remembered) -> None:
        self._queries = queries
        self._remembered = remembered

    def preview(
        self,
        files: Sequence[Path],
        kind: ImportKind | None = None,
        wanted: Wanted = always,
        progress: Progress | None = None,
        answers: BoundaryAnswers = BoundaryAnswers(),  # noqa: B008  # frozen
        *,
        mask_personal: bool = False,
    ) -> list[FilePreview]:
        """Read and compare; a file that cannot be used is a preview with its error. Saves nothing.

        ``mask_personal``: personal numbers are to be masked in all that these files bring.
        """
        reader = self._queries.reader()
        tools = ReadingTools(reader.resolver, reader.names, reader.shapes, wanted, answers, self._remembered)
        previews = []
        with without_collector():
            for done, path in enumerate(files):
                if not wanted():
                    raise CancelledError("")
                if progress:
                    progress(done, len(files))
                previews.append(replace(self._read(path, kind, tools), mask=mask_personal))
            return self.compared(previews)

    def compared(self, previews: Sequence[FilePreview]) -> list[FilePreview]:
        """Beside what the catalogue holds now: what saving them would change. Personal numbers are pointed out."""
        previews = [replace(preview, personal=personal_of(preview)) for preview in previews]
        with Writer(self._queries.path, looking=True) as writer:
            found = writer.compare([record for preview in previews for record in preview.records])
            return [_with_items(preview, writer) for preview in _dealt(previews, found.changes, found)]

    def save(
        self,
        previews: Iterable[FilePreview],
        *,
        skip_rejected: bool = False,
        wanted: Wanted = always,
    ) -> ImportOutcome:
        """Save the files that are whole, all of them in one batch; with ``skip_rejected`` also the good rows of
        files with rejected ones. A failure or a cancel leaves the catalogue as it was."""
        taken = [p for p in previews if p.usable or (skip_rejected and p.error is None)]
        if any(preview.mask for preview in taken):  # since they were compared, perhaps
            taken = self.compared(taken)
        incoming = [record for preview in taken for record in preview.records]
        items = [entry.item for preview in taken for entry in preview.items]
        items += self._layers(items)
        batch = 0
        changes: list[RecordChange] = []
        if incoming or items:
            source = say("session.import_source_mark").join(
                mask_personal(preview.path.name) if preview.mask else preview.path.name for preview in taken
            )
            with Writer(self._queries.path) as writer:
                batch, changes = writer.save(incoming, source, wanted, items, compared=_together(taken))
        masked = any(preview.mask for preview in taken)
        return ImportOutcome(batch, tuple(_dealt(taken, changes)), tuple(changes), masked)

    def save_records(
        self, records: Sequence[Record], source: str, *, mask_personal: bool = False
    ) -> ImportOutcome:
        """Records entered or edited by hand, as a batch of their own; ``source`` says so to the user."""
        if mask_personal:
            records = tuple(map(masked_record, records))
        with Writer(self._queries.path) as writer:
            batch, changes = writer.save(records, source, exact=True)
        return ImportOutcome(batch, (), tuple(changes), mask_personal)

    def undo(self, batch: int | None = None) -> tuple[Batch, list[RecordChange]]:
        """Take a batch back, the newest without a number."""
        with Writer(self._queries.path) as writer:
            return writer.undo(batch)

    def batches(self) -> list[Batch]:
        """All batches, newest first."""
        with Writer(self._queries.path, looking=True) as writer:
            return writer.batches()

    def changes_of(self, batch: int) -> list[RecordChange]:
        """What a batch did, field by field: "what changed since"."""
        with Writer(self._queries.path, looking=True) as writer:
            return writer.changes_of(batch)

    # -- inside ----------------------------------------------------------------------------------------

    def _read(self, path: Path, kind: ImportKind | None, tools: ReadingTools) -> FilePreview:
        try:
            if not path.is_file():
                raise InputError(say("session.import_missing", file=path), say("session.import_missing_next"))
            return read_recognised(path, tools) if kind is None else read_as(kind, path, tools)
        except CancelledError:
            raise
        except HpviewerError as error:
            return FilePreview(path, kind, error=error)

    def _layers(self, items: Sequence[Item]) -> list[Item]:
        """The layers that follow; a batch without boundaries reads none of them."""
        if not any(item.kind is ItemKind.SHAPE for item in items):
            return []
        reader = self._queries.reader()
        return layer_items(items, reader.map_layers(), reader.places())


def _with_items(preview: FilePreview, writer: Writer) -> FilePreview:
    try:
        return _homeless_out(replace(preview, items=_items(preview, writer)), writer)
    except HpviewerError as error:  # such as a report that does not say its year
        return FilePreview(preview.path, preview.kind, error=error)


def _homeless_out(preview: FilePreview, writer: Writer) -> FilePreview:
    """Areas of projects that no record names cannot be kept: they are rejected, anew each time, since a record that
    names the project may have come meanwhile."""
    reading = preview.reading
    if not isinstance(reading, BoundaryReading) or not reading.projects:
        return preview
    homeless = {
        entry.item.key
        for entry in preview.items
        if entry.item.kind is ItemKind.PROJECT_AREA and writer.stored(entry.item.kind, entry.item.key) is None
    }
    problem = say("session_importing.no_project")
    rejected = tuple(
        Rejected(str(area.rows[0]), say("session_importing.project"), area.name, problem)
        for area in reading.projects
        if area.name in homeless
    )
    kept = tuple(entry for entry in preview.items if entry.item.key not in homeless)
    return replace(preview, items=kept, rejected=rejections_of(reading) + rejected)


def _items(preview: FilePreview, writer: Writer) -> tuple[ItemPreview, ...]:
    reading, name = preview.reading, preview.path.name
    if reading is not None and preview.mask:
        reading, name = masked_reading(reading), mask_personal(name)
    if isinstance(reading, BoundaryReading):
        items = boundary_items(reading)
    elif isinstance(reading, PolicyReading):
        items = [policy_item(reading, writer)]
    elif isinstance(reading, ReadReport):
        items = [report_item(reading.report, name)]
    else:
        return ()
    return tuple(_beside(item, writer, reading) for item in items)


def _beside(item: Item, writer: Writer, reading: Reading) -> ItemPreview:
    stored = writer.stored(item.kind, item.key)
    fields = item_fields(item, stored, reading)
    return ItemPreview(item, change_kind(item, stored), item_title(item), fields)


def _together(previews: Sequence[FilePreview]) -> Compared | None:
    """What was found for all of them, when it was found in the same state of the catalogue."""
    if len({preview.state for preview in previews}) != 1:
        return None
    changes: list[RecordChange] = []
    alike: set[int] = set()
    for preview in previews:
        alike.update(len(changes) + at for at in preview.alike)
        changes += preview.changes
    return Compared(changes, frozenset(alike), previews[0].state)


def _dealt(
    previews: Sequence[FilePreview], changes: Sequence[RecordChange], found: Compared | None = None
) -> list[FilePreview]:
    """The changes of all records, in order, back to the files that they came from; ``found`` as they were compared."""
    dealt, first, alike = [], 0, sorted(found.alike) if found else []
    for preview in previews:
        last = first + len(preview.records)
        preview = replace(preview, changes=tuple(changes[first:last]))
        if found is not None:
            own = alike[bisect_left(alike, first) : bisect_left(alike, last)]
            preview = replace(preview, alike=frozenset(at - first for at in own), state=found.state)
        dealt.append(preview)
        first = last
    return dealt
