"""Bringing files in: read, correct, save as one batch, take back.

Free of Qt, lives on one thread; work runs wherever the Executor runs it and comes back to that thread.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar, get_args

from hpviewer.catalogue.writer import Batch
from hpviewer.errors import CancelledError
from hpviewer.exporting.written import Written
from hpviewer.records.change import ChangeKind, RecordChange
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.change_log import ChangeLog
from hpviewer.session.executor import Cancel, Executor, Outcome
from hpviewer.session.export_personal import personal_sentence
from hpviewer.session.import_desk import ImportDesk, ImportOutcome
from hpviewer.session.import_events import (
    BatchesListed,
    ChangesWritten,
    ImportEvent,
    ImportSaved,
    ImportUndone,
    RejectedWritten,
    Work,
)
from hpviewer.session.import_list import FileList
from hpviewer.session.import_questions import ImportQuestions
from hpviewer.session.import_reading import FileReader, write_rejected
from hpviewer.session.import_work import WorkState
from hpviewer.session.mapping_memory import MappingMemory
from hpviewer.session.record_entry import Entry
from hpviewer.session.subscriptions import Subscriptions
from hpviewer.wording import say

T = TypeVar("T")
_Done = tuple[ImportOutcome, Counter[ChangeKind], tuple[Batch, ...]]
"""Number of the batch, changes by kind, all batches."""


class ImportSession:
    """``list`` holds the files and their corrections, ``questions`` what views ask without changing anything.

    ``reload`` is Session.reload: called with a cause after the catalogue changed. ``queries`` and ``desk`` are
    called from worker threads. ``memory`` keeps corrected mappings.
    """

    def __init__(
        self,
        desk: ImportDesk,
        queries: CatalogueQueries,
        executor: Executor,
        reload: Callable[[str], None],
        memory: MappingMemory,
    ) -> None:
        self._desk = desk
        self._executor = executor
        self._reload = reload
        self._events: Subscriptions[ImportEvent] = Subscriptions(get_args(ImportEvent))
        self.subscribe = self._events.subscribe
        self._work = WorkState(self._events.send)
        self.list = FileList(FileReader(desk, queries, memory), executor, self._work)
        self.questions = ImportQuestions(desk, queries, executor, self.list, self._work)
        self._log = ChangeLog(queries)
        self._batches: tuple[Batch, ...] = ()

    @property
    def batches(self) -> tuple[Batch, ...]:
        """All batches, newest first; empty until ``start``."""
        return self._batches

    @property
    def work(self) -> Work | None:
        """What is under way."""
        return self._work.work

    def start(self) -> None:
        """List the batches: BatchesListed."""
        self._executor.read(
            "import-batches", lambda _: tuple(self._desk.batches()), self._work.settle(self._list, "start")
        )

    def cancel(self) -> None:
        """End the reading (files not read yet leave the list) or the saving (nothing is then saved)."""
        self._work.stop.set()

    def save(self, cause: str) -> None:
        """All savable files in one batch, whole or not at all: ImportSaved. The others stay on the list."""
        chosen = [file for file in self.list.files if file.savable]
        if not chosen or self._work.work is not None:
            return
        stop = self._work.begin(Work.SAVING)
        previews = [file.preview for file in chosen if file.preview is not None]

        def work(cancel: Cancel) -> _Done:
            outcome = self._desk.save(previews, skip_rejected=True, wanted=stop.wanted(cancel))
            return outcome, _counted(outcome), tuple(self._desk.batches())

        def deliver(done: _Done) -> None:
            years = tuple(file.report.year for file in chosen if file.report and file.report.year)
            self.list.remove([file.key for file in chosen], cause)
            self._saved(done, years, cause)

        self._write(work, deliver, cause)

    def save_entry(self, entry: Entry, cause: str, *, mask_personal: bool = False) -> None:
        """A record entered or edited by hand, as a batch of its own: ImportSaved."""
        record = entry.record
        if record is None or self._work.work is not None:
            return
        self._work.begin(Work.SAVING)

        def work(_: Cancel) -> _Done:
            outcome = self._desk.save_records(
                [record], say("session_importing.by_hand"), mask_personal=mask_personal
            )
            return outcome, _counted(outcome), tuple(self._desk.batches())

        self._write(work, lambda done: self._saved(done, (), cause), cause)

    def undo(self, batch: int, cause: str) -> None:
        """Take a batch back, also one of an earlier day: ImportUndone, or ImportFailed with the reason."""
        if self._work.work is not None:
            return
        self._work.begin(Work.UNDOING)

        def work(_: Cancel) -> tuple[Batch, list[RecordChange], tuple[Batch, ...]]:
            taken, changes = self._desk.undo(batch)
            return taken, changes, tuple(self._desk.batches())

        def deliver(done: tuple[Batch, list[RecordChange], tuple[Batch, ...]]) -> None:
            taken, changes, batches = done
            self._list(batches)
            removed = sum(change.kind is ChangeKind.REMOVED for change in changes)
            self._work.send(ImportUndone(taken, removed, len(changes) - removed, cause))
            self._changed(cause)

        self._write(work, deliver, cause)

    def write_rejected(self, key: int, target: Path, cause: str) -> None:
        """The rows of a ledger that could not be used, as xlsx: RejectedWritten."""
        file = self.list.file(key)
        if file is None or file.preview is None or not file.preview.rejected:
            return
        preview = file.preview
        self._executor.read(
            f"import-rejected {target}",
            lambda _: write_rejected(preview, target),
            self._work.settle(
                lambda made: self._work.send(RejectedWritten(made.path, made.records, made.notes, cause)),
                cause,
            ),
        )

    def write_changes(
        self, numbers: Sequence[int], target: Path, cause: str, *, mask_personal: bool = False
    ) -> None:
        """What these batches changed, field by field, as xlsx or csv: ChangesWritten, or ImportFailed."""

        def work(cancel: Cancel) -> Written:
            batches = self._log.batches(numbers=frozenset(numbers))
            return self._log.write(target, batches, mask=mask_personal, wanted=cancel.wanted)

        def deliver(made: Written) -> None:
            found = personal_sentence(made.personal, masked=mask_personal)
            notes = (*made.notes, found) if found else made.notes
            self._work.send(ChangesWritten(made.path, made.records, notes, cause))

        self._executor.read(f"import-changes {target}", work, self._work.settle(deliver, cause))

    # -- inside ----------------------------------------------------------------------------------------

    def _saved(self, done: _Done, years: tuple[int, ...], cause: str) -> None:
        outcome, kinds, batches = done
        batch = outcome.batch
        self._list(batches)
        self._work.send(
            ImportSaved(
                batch,
                kinds[ChangeKind.ADDED],
                kinds[ChangeKind.UPDATED],
                kinds[ChangeKind.UNCHANGED],
                years,
                len(self.list.files),
                cause,
                outcome.still_in_history,
            )
        )
        if batch or years:
            self._changed(cause)

    def _changed(self, cause: str) -> None:
        """Views read anew, and what is still on the list is compared with the catalogue of now."""
        self._reload(cause)
        self.list.compare_again(cause)

    def _list(self, batches: tuple[Batch, ...]) -> None:
        self._batches = batches
        self._work.send(BatchesListed(batches))

    def _write(self, work: Callable[[Cancel], T], deliver: Callable[[T], None], cause: str) -> None:
        def done(outcome: Outcome[T]) -> None:
            self._work.end(cancelled=isinstance(outcome.error, CancelledError))
            self._work.settle(deliver, cause)(outcome)

        self._executor.write(work, done)


def _counted(outcome: ImportOutcome) -> Counter[ChangeKind]:
    """Records as they were changed, and what else the files held."""
    kinds = Counter(change.kind for change in outcome.changes)
    kinds.update(item.kind for preview in outcome.files for item in preview.items)
    return kinds
