"""The list of files to be brought in: added, read in the background, corrected."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from hpviewer.errors import CancelledError, HpviewerError
from hpviewer.importing.ledger.mapping import LedgerMapping
from hpviewer.places.place import PlaceCode
from hpviewer.records.record import Record
from hpviewer.session.boundary_choices import answers_of
from hpviewer.session.executor import Cancel, Executor, Outcome
from hpviewer.session.import_events import FilesChanged, Work
from hpviewer.session.import_file import Figures, ImportFile
from hpviewer.session.import_preview import FilePreview, ImportKind
from hpviewer.session.import_reading import FileReader, files_in, mapping_or_empty, with_record
from hpviewer.session.import_work import WorkState
from hpviewer.session.ledger_columns import SheetHead, corrected_column, with_header
from hpviewer.session.notice_fields import PLACES
from hpviewer.session.record_entry import Checked, check, with_field, with_places
from hpviewer.wording import say

_STEP_SECONDS = 0.2
"""Files read within this time come to the list together."""

_Read = tuple[ImportFile, FilePreview, Figures]


@dataclass(frozen=True, slots=True)
class Progress:
    """Files done of files in all."""

    done: int
    total: int


class FileList:
    """Each change is told as FilesChanged. Reading is one work at a time; files wait for it in their order."""

    def __init__(self, reader: FileReader, executor: Executor, work: WorkState) -> None:
        self._reader = reader
        self._executor = executor
        self._work = work
        self._work.ended = self._go_on
        self._files: dict[int, ImportFile] = {}
        self._waiting: deque[int] = deque()
        self._next_key = 1
        self._pasted = 0
        self._listings = 0
        self._total = 0
        self._mask = False

    @property
    def files(self) -> tuple[ImportFile, ...]:
        """In the order in which they were added."""
        return tuple(self._files.values())

    def file(self, key: int) -> ImportFile | None:
        return self._files.get(key)

    @property
    def progress(self) -> Progress:
        """Of the reading that is under way."""
        return Progress(self._total - len(self._waiting), self._total)

    def add_files(self, paths: Sequence[Path], cause: str) -> None:
        """Files, and all files inside of folders; a file that is on the list already is read anew."""
        if not paths:
            return

        def deliver(found: list[Path]) -> None:
            by_path = {file.path: file.key for file in self._files.values() if not file.pasted}
            keys = []
            for path in found:
                key = by_path.get(path)
                keys.append(self._add(path) if key is None else key)
            self._enqueue(keys, cause)

        self._listings += 1  # a lane each: one drop must not cancel the one before
        self._executor.read(
            f"import-list {self._listings}",
            lambda cancel: files_in(paths, cancel.wanted),
            self._work.settle(deliver, cause),
        )

    def add_text(self, text: str, cause: str) -> None:
        """Pasted text, as a file of its own."""
        self._pasted += 1
        name = say("session_importing.pasted", number=self._pasted)
        self._enqueue([self._add(Path(name), text)], cause)

    def remove(self, keys: Iterable[int], cause: str) -> None:
        """Take files off the list; the files themselves stay."""
        gone = tuple(key for key in keys if self._files.pop(key, None) is not None)
        self._waiting = deque(key for key in self._waiting if key in self._files)
        if gone:
            self._work.send(FilesChanged(gone, cause))

    def correct_field(self, key: int, number: int, field: str, text: str, cause: str) -> Checked:
        """A person's value for a field of a notice: it replaces what was read, an empty one empties it.

        A value with a problem is kept as the file's fault: it cannot be saved until the field is right.
        """
        checked = check(field, text)
        record = self._record(key, number)
        if record is None:
            return checked
        faults = {
            place: typed for place, typed in self._files[key].faults.items() if place != (number, field)
        }
        if checked.problem:
            faults[number, field] = text
        if faults != self._files[key].faults:
            self._files[key] = replace(self._files[key], faults=MappingProxyType(faults))
            self._work.send(FilesChanged((key,), cause))
        if not checked.problem:
            self._correct(key, number, field, with_field(record, field, checked.value), cause)
        return checked

    def correct_places(
        self,
        key: int,
        number: int,
        towns: tuple[PlaceCode, ...],
        communities: tuple[PlaceCode, ...],
        cause: str,
    ) -> None:
        record = self._record(key, number)
        if record is not None:
            self._correct(key, number, PLACES, with_places(record, towns, communities), cause)

    def dismiss_flag(self, key: int, number: int, flag: str, cause: str) -> None:
        """The user looked into it: the record is saved without this flag."""
        record = self._record(key, number)
        if record is not None:
            flags = tuple(each for each in record.flags if each != flag)
            self._correct(key, number, "flags", replace(record, flags=flags), cause)

    def correct_column(
        self, key: int, sheet: str, column: int, field: str | None, unit: str, detail: str, cause: str
    ) -> None:
        """What a ledger's column holds; the file is read anew and the mapping remembered."""
        file = self._files.get(key)
        if file is not None:
            mapping = corrected_column(mapping_or_empty(file), sheet, column, field, unit, detail)
            self._remap(file, mapping, cause)

    def correct_header(self, key: int, head: SheetHead, row: int, rows: int, cause: str) -> None:
        """Where a sheet has its header; columns are recognised by it anew."""
        file = self._files.get(key)
        if file is not None:
            self._remap(file, with_header(mapping_or_empty(file), head, row, rows), cause)

    def say_kind(self, keys: Iterable[int], kind: str, cause: str) -> None:
        """What files are, as a code of ImportKind; "" recognises them. They are read anew."""
        chosen = ImportKind(kind) if kind else None
        changed = [key for key in keys if key in self._files and self._files[key].kind is not chosen]
        for key in changed:
            self._files[key] = replace(self._files[key], kind=chosen, mapping=None)
        if changed:
            self._enqueue(changed, cause)

    def answer(self, key: int, crs: str, offset: str, cause: str) -> None:
        """What a person says of a boundary file, as codes of ``boundary_choices``; it is read anew."""
        file = self._files.get(key)
        answers = answers_of(crs, offset)
        if file is not None and file.answers != answers:
            self._files[key] = replace(file, answers=answers)
            self._enqueue([key], cause)

    @property
    def masks_personal(self) -> bool:
        """Whether personal numbers are to be masked in everything that is saved from this list."""
        return self._mask

    def mask_personal(self, wanted: bool, cause: str) -> None:
        """For all files, those that are still to come as well."""
        if self._mask == wanted:
            return
        self._mask = wanted
        for key, file in list(self._files.items()):
            preview = file.preview and replace(file.preview, mask=wanted)
            self._files[key] = replace(file, preview=preview, mask=wanted)
        self._work.send(FilesChanged(tuple(self._files), cause))
        self.compare_again(cause)

    def want_good_rows(self, key: int, wanted: bool, cause: str) -> None:
        """Save the good rows of a file although others are rejected."""
        file = self._files.get(key)
        if file is not None and file.only_good != wanted:
            self._files[key] = replace(file, only_good=wanted)
            self._work.send(FilesChanged((key,), cause))

    # -- inside: reading ---------------------------------------------------------------------------------

    def _add(self, path: Path, pasted: str = "") -> int:
        key = self._next_key
        self._next_key += 1
        self._files[key] = ImportFile(key, path, pasted, mask=self._mask)
        return key

    def _enqueue(self, keys: Sequence[int], cause: str) -> None:
        for key in keys:
            self._files[key] = replace(
                self._files[key], preview=None, corrected=frozenset(), faults=MappingProxyType({})
            )
            if key not in self._waiting:
                self._waiting.append(key)
                self._total += 1
        self._work.send(FilesChanged(tuple(keys), cause))
        if self._work.work is None:
            self._begin_reading()
            self._read_on(cause)

    def _read_on(self, cause: str) -> None:
        """Read files for a moment, show them, go on until none waits."""
        if not self._waiting:
            self._work.end()
            return
        batch = [self._files[key] for key in self._waiting]
        stop = self._work.stop

        def work(cancel: Cancel) -> tuple[list[_Read], bool]:
            read: list[_Read] = []
            until = time.monotonic() + _STEP_SECONDS
            wanted = stop.wanted(cancel)
            for file in batch:
                try:
                    if not wanted():
                        return read, True
                    preview = self._reader.preview(file, wanted)
                except CancelledError:
                    return read, True
                except HpviewerError as error:  # the catalogue is locked: the next file may fare better
                    preview = FilePreview(file.path, None, error=error)
                read.append((file, preview, Figures.of(preview)))
                if time.monotonic() > until:
                    break
            return read, False

        def done(outcome: Outcome[tuple[list[_Read], bool]]) -> None:
            if outcome.value is None:
                self._forget_waiting(cause)
                self._work.end()
                self._work.settle(lambda _: None, cause)(outcome)
                return
            read, stopped = outcome.value
            shown = []
            for file, preview, figures in read:
                if self._files.get(file.key) is file:  # neither removed nor asked for anew meanwhile
                    self._files[file.key] = replace(file, preview=preview, figures=figures)
                    shown.append(file.key)
            if shown:
                done_with = frozenset(shown)
                self._waiting = deque(key for key in self._waiting if key not in done_with)
                self._work.send(FilesChanged(tuple(shown), cause))
            if stopped:
                self._forget_waiting(cause)
                self._work.end(cancelled=True)
            else:
                self._read_on(cause)

        self._executor.read("import-read", work, done)

    def _forget_waiting(self, cause: str) -> None:
        gone = tuple(self._waiting)
        self._waiting.clear()
        for key in gone:
            self._files.pop(key, None)
        if gone:
            self._work.send(FilesChanged(gone, cause))

    def _remap(self, file: ImportFile, mapping: LedgerMapping, cause: str) -> None:
        self._files[file.key] = replace(file, mapping=mapping)
        self._enqueue([file.key], cause)

    # -- inside: correcting ------------------------------------------------------------------------------

    def _record(self, key: int, number: int) -> Record | None:
        file = self._files.get(key)
        notices = file.notices if file is not None else None
        return notices[number] if notices and number < len(notices) else None

    def _correct(self, key: int, number: int, field: str, record: Record, cause: str) -> None:
        """At once in the list; what it would change in the catalogue follows from a worker."""
        file = self._files[key]
        if file.preview is None or record == self._record(key, number):
            return
        preview = with_record(file.preview, number, record)
        corrected = file.corrected | {(number, field)}
        self._files[key] = replace(file, preview=preview, corrected=corrected)
        self._work.send(FilesChanged((key,), cause))
        self._recompare(key, preview, cause)

    def _recompare(self, key: int, preview: FilePreview, cause: str) -> None:
        def work(_: Cancel) -> tuple[FilePreview, Figures]:
            compared = self._reader.compared(preview)
            return compared, Figures.of(compared)

        def deliver(done: tuple[FilePreview, Figures]) -> None:
            compared, figures = done
            present = self._files.get(key)
            if present is not None and present.preview is preview:
                self._files[key] = replace(present, preview=compared, figures=figures)
                self._work.send(FilesChanged((key,), cause))

        self._executor.read(f"import-compare {key}", work, self._work.settle(deliver, cause))

    def compare_again(self, cause: str) -> None:
        """The catalogue changed: what the files on the list would do to it may be different now."""
        for key, file in list(self._files.items()):
            preview = file.preview
            if preview is not None and preview.error is None:
                self._recompare(key, preview, cause)

    def _begin_reading(self) -> None:
        self._total = len(self._waiting)
        self._work.begin(Work.READING)

    def _go_on(self) -> None:
        """Files that were added while something else was done."""
        if self._waiting:
            self._begin_reading()
            self._read_on("files")
