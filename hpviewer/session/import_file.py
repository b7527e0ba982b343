"""A file on the list of those to be brought in, and what is known of it so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from hpviewer.importing.annual_report.read import ReadReport
from hpviewer.importing.ledger.mapping import LedgerMapping
from hpviewer.importing.ledger.reading import LedgerReading
from hpviewer.importing.notice.notice import NoticeReading
from hpviewer.records.change import ChangeKind
from hpviewer.records.record import Record
from hpviewer.reports.report import Report
from hpviewer.session.import_personal import sentences
from hpviewer.session.import_preview import FilePreview, ImportKind
from hpviewer.session.import_readers import BOUNDARY_FILES, TABLES, BoundaryAnswers
from hpviewer.session.notice_fields import NoticeField, notice_fields
from hpviewer.wording import say

MOST_PERSONAL = 20
"""Findings told one by one; a ledger may have one in each row."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Counted once, on the worker: a ledger may have 100,000 rows and a list draws its lines often."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected_rows: int = 0
    flags: int = 0
    personal: int = 0
    """Personal numbers that would be saved as they are."""

    @classmethod
    def of(cls, preview: FilePreview) -> Figures:
        kinds = Counter(change.kind for change in preview.changes)
        kinds.update(item.kind for item in preview.items)
        return cls(
            kinds[ChangeKind.ADDED],
            kinds[ChangeKind.UPDATED],
            kinds[ChangeKind.UNCHANGED],
            len({each.row for each in preview.rejected}),
            sum(len(record.flags) for record in preview.records),
            0 if preview.mask else sum(note.kept for note in preview.personal),
        )

    def __add__(self, other: Figures) -> Figures:
        return Figures(
            self.added + other.added,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
            self.rejected_rows + other.rejected_rows,
            self.flags + other.flags,
            self.personal + other.personal,
        )


@dataclass(frozen=True, slots=True)
class ImportFile:
    """``preview`` is None until the file is read. ``pasted`` holds the text when there is no file.

    ``kind``: what a person says it is, None to recognise it; ``answers``: what a person says of a boundary file.
    ``mask``: personal numbers are to be masked when it is saved.
    ``only_good``: its good rows are wanted although others are rejected. ``mapping``: as a person corrected it.
    ``corrected``: (number of the notice, field) of corrected fields. ``faults``: of a notice's fields, what was typed
    and cannot be used; while there is one the file cannot be saved.
    """

    key: int
    path: Path
    pasted: str = ""
    preview: FilePreview | None = None
    figures: Figures = field(default_factory=Figures)
    kind: ImportKind | None = None
    answers: BoundaryAnswers = field(default_factory=BoundaryAnswers)
    only_good: bool = False
    mask: bool = False
    mapping: LedgerMapping | None = None
    corrected: frozenset[tuple[int, str]] = frozenset()
    faults: Mapping[tuple[int, str], str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def is_table(self) -> bool:
        """Whether a person can say what its columns mean."""
        return (
            not self.pasted and self.kind in (None, ImportKind.RECORDS) and self.path.suffix.lower() in TABLES
        )

    @property
    def is_boundary(self) -> bool:
        """Whether a person can say in which coordinate system it is."""
        return not self.pasted and (
            self.kind is ImportKind.BOUNDARIES
            or (self.kind is None and self.path.suffix.lower() in BOUNDARY_FILES)
        )

    @property
    def savable(self) -> bool:
        """Read, without an error, and whole unless its good rows alone are wanted."""
        preview = self.preview
        if preview is None or preview.error is not None or self.faults:
            return False
        return preview.usable or (self.only_good and bool(preview.records or preview.items))

    # -- by kind ---------------------------------------------------------------------------------------

    @property
    def notices(self) -> tuple[Record, ...] | None:
        """The records of its notices; None for a file of another kind."""
        reading = self._reading
        return tuple(each.record for each in reading.notices) if isinstance(reading, NoticeReading) else None

    @property
    def text(self) -> str:
        """The document's text, which the spans of a notice's fields point into."""
        reading = self._reading
        return reading.document.text if isinstance(reading, NoticeReading) else ""

    def notice_fields(self, number: int) -> tuple[NoticeField, ...]:
        reading = self._reading
        if not isinstance(reading, NoticeReading):
            return ()
        corrected = {name for each, name in self.corrected if each == number}
        faults = {name: text for (each, name), text in self.faults.items() if each == number}
        return notice_fields(reading.notices[number], corrected, faults)

    @property
    def ledger_mapping(self) -> LedgerMapping | None:
        """How the sheets of a ledger were read."""
        reading = self._reading
        return reading.mapping if isinstance(reading, LedgerReading) else self.mapping

    @property
    def report(self) -> Report | None:
        reading = self._reading
        return reading.report if isinstance(reading, ReadReport) else None

    def personal(self, number: int | None = None) -> tuple[str, ...]:
        """What is to be said of personal numbers: of one notice and the whole file, or of all of it."""
        if self.preview is None:
            return ()
        notes = self.preview.personal
        if number is not None:
            notes = tuple(note for note in notes if note.item in (number, -1))
        said = sentences(notes[:MOST_PERSONAL], mask=self.mask)
        if len(notes) > MOST_PERSONAL:
            said += (say("session_personal.more", count=len(notes) - MOST_PERSONAL),)
        return said

    @property
    def _reading(self) -> object:
        return None if self.preview is None else self.preview.reading
