"""What a file would bring in: read, understood and compared with the catalogue; nothing saved yet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from hpviewer.catalogue.file_state import FileState
from hpviewer.catalogue.items import Item
from hpviewer.errors import HpviewerError
from hpviewer.importing.annual_report.read import ReadReport
from hpviewer.importing.boundaries.reading import BoundaryReading
from hpviewer.importing.ledger.reading import LedgerReading
from hpviewer.importing.notice.notice import NoticeReading
from hpviewer.importing.policy_document.reading import PolicyReading
from hpviewer.records.change import ChangeKind, FieldChange, RecordChange
from hpviewer.records.personal_data import PersonalKind
from hpviewer.records.personal_fields import masked_record
from hpviewer.records.record import Record


class ImportKind(StrEnum):
    RECORDS = "records"
    NOTICE = "notice"
    REPORT = "report"
    BOUNDARIES = "boundaries"
    POLICIES = "policies"


Reading = LedgerReading | NoticeReading | ReadReport | BoundaryReading | PolicyReading


@dataclass(frozen=True, slots=True)
class ItemPreview:
    """A boundary, policy or report of a file, and what saving it would be.

    ``title`` names it, empty for a place, whose code is the item's key. ``fields`` are those of ``item_fields``: also
    what stays the same.
    """

    item: Item
    kind: ChangeKind
    title: str = ""
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that cannot be used. ``row`` as the spreadsheet shows it, with its sheet when there are several."""

    row: str
    field: str
    value: str
    problem: str


@dataclass(frozen=True, slots=True)
class PersonalNote:
    """A personal number in what was read. ``item`` is the record's number in the file, -1 for the file as a whole.

    ``where`` names the item to a person (title, row, clause). ``field`` is a code of import_personal.field_words.
    ``masked`` is its masked form; the number itself is not repeated. ``kept``: saving would store it.
    """

    item: int
    where: str
    field: str
    kind: PersonalKind
    masked: str
    kept: bool


@dataclass(frozen=True, slots=True)
class FilePreview:
    """One file. ``error`` says why it cannot be used at all; then everything else is empty.

    ``personal`` is what was found in it, ``mask`` whether it is to be masked in everything that is saved: then
    ``records``, ``changes`` and ``items`` are masked, while ``reading`` stays as the file has it. ``state`` is that of
    the catalogue that ``changes`` were found in, and ``alike`` as in Compared.
    """

    path: Path
    kind: ImportKind | None
    reading: Reading | None = None
    changes: tuple[RecordChange, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    warnings: tuple[str, ...] = ()
    error: HpviewerError | None = None
    items: tuple[ItemPreview, ...] = ()
    personal: tuple[PersonalNote, ...] = ()
    mask: bool = False
    state: FileState | None = None
    alike: frozenset[int] = frozenset()

    @property
    def records(self) -> tuple[Record, ...]:
        """As read or masked, before they are merged with what the catalogue holds."""
        read = self._records
        return tuple(map(masked_record, read)) if self.mask else read

    @property
    def _records(self) -> tuple[Record, ...]:
        if isinstance(self.reading, LedgerReading):
            return self.reading.records
        if isinstance(self.reading, NoticeReading):
            return tuple(notice.record for notice in self.reading.notices)
        return ()

    @property
    def read(self) -> int:
        """Items that were found in the file, usable or not."""
        if isinstance(self.reading, (LedgerReading, BoundaryReading)):
            return self.reading.read
        return len(self._records) or int(self.reading is not None)

    @property
    def usable(self) -> bool:
        """Whole: all or nothing per file, so one rejected row keeps the file out unless the user says otherwise."""
        return self.error is None and not self.rejected

    def count(self, kind: ChangeKind) -> int:
        """Records and items of which saving is (or was) a change of this kind."""
        return sum(change.kind is kind for change in self.changes) + sum(
            item.kind is kind for item in self.items
        )
