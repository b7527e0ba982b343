"""What happened while files are brought in. Facts in the past tense, sent after the change.

``cause`` names the gesture's view (``files``, ``drop``, ``notice``, ``mapping``, ``form``, ``batches`` …).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from hpviewer.catalogue.writer import Batch as Batch  # so that desktop need not know the catalogue
from hpviewer.errors import HpviewerError


class Work(StrEnum):
    """What is under way; READING and SAVING can be cancelled."""

    READING = "reading"
    SAVING = "saving"
    UNDOING = "undoing"


@dataclass(frozen=True, slots=True)
class FilesChanged:
    """Files were added, read, corrected or taken off the list; ``keys`` are those that changed or are new."""

    keys: tuple[int, ...]
    cause: str


@dataclass(frozen=True, slots=True)
class WorkChanged:
    """Long work began (``work``) or ended (None); ``cancelled`` when the user ended it: nothing was changed."""

    work: Work | None
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class ImportSaved:
    """The catalogue has it now. ``batch`` is 0 when nothing was new or different.

    The counts are of records, boundaries, policies and reports. ``reports`` are the years of annual reports in it.
    """

    batch: int
    added: int
    updated: int
    unchanged: int
    reports: tuple[int, ...]
    left_out: int
    cause: str
    still_in_history: int = 0
    """As ImportOutcome has it."""


@dataclass(frozen=True, slots=True)
class BatchesListed:
    """All batches, newest first."""

    batches: tuple[Batch, ...]


@dataclass(frozen=True, slots=True)
class ImportUndone:
    """A batch was taken back: records that it had added are gone, those that it had changed are as before; so are
    its boundaries, policies and reports, which are not counted here."""

    batch: Batch
    removed: int
    restored: int
    cause: str


@dataclass(frozen=True, slots=True)
class RejectedWritten:
    """The rows that could not be used are in a workbook of their own."""

    path: Path
    rows: int
    notes: tuple[str, ...]
    cause: str


@dataclass(frozen=True, slots=True)
class ChangesWritten:
    """What batches changed is in a file of its own, a line for each field."""

    path: Path
    rows: int
    notes: tuple[str, ...]
    cause: str


@dataclass(frozen=True, slots=True)
class ImportFailed:
    """Something failed for a reason a person can act on; the list of files is as it was."""

    error: HpviewerError
    cause: str


ImportEvent = (
    FilesChanged
    | WorkChanged
    | ImportSaved
    | BatchesListed
    | ImportUndone
    | RejectedWritten
    | ChangesWritten
    | ImportFailed
)
