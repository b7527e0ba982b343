"""What a notice says: a Record, further fields, and for each field the words of the source it came from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hpviewer.importing.document_text.document import DocumentText
from hpviewer.records.partial_date import PartialDate
from hpviewer.records.record import Record


class Origin(StrEnum):
    """Where a value was read: in the text, in the page's metadata, or derived from other fields."""

    TEXT = "text"
    PAGE = "page"
    DERIVED = "derived"


@dataclass(frozen=True, slots=True)
class Source:
    """``text[start:end] == written`` for Origin.TEXT; otherwise the span is empty (0, 0).

    ``field`` is a field's name of Record or Notice; a list field (owners) has one source for each place in
    the text that it was read from.
    """

    field: str
    value: str
    written: str
    start: int
    end: int
    origin: Origin = Origin.TEXT


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice. Empty means: not in the source. ``record.flags`` are finished Chinese sentences.

    ``notice_days`` is a stated length (10个工作日, 30日) as written. ``area_written`` keeps figure and unit.
    ``bounds`` pairs 东, 南, 西, 北 with what the land reaches there.
    """

    record: Record
    sources: tuple[Source, ...]
    approval_title: str = ""
    purpose: str = ""
    area_written: str = ""
    bounds: tuple[tuple[str, str], ...] = ()
    notice_days: str = ""
    implementation_from: PartialDate | None = None
    implementation_to: PartialDate | None = None
    registration_from: PartialDate | None = None
    registration_to: PartialDate | None = None
    contacts: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    review: str = ""
    attachments: tuple[str, ...] = ()
    source_id: str = ""

    def sources_of(self, name: str) -> tuple[Source, ...]:
        return tuple(source for source in self.sources if source.field == name)


@dataclass(frozen=True, slots=True)
class NoticeReading:
    """A file as read: its text as shown to the user (all spans refer to it) and the notices in it."""

    document: DocumentText
    notices: tuple[Notice, ...]
    warnings: tuple[str, ...] = ()
