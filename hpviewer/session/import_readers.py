"""A file -> a preview, by what it is to be brought in as."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from hpviewer.cancelling import Wanted
from hpviewer.errors import InputError
from hpviewer.importing.annual_report.read import read_report
from hpviewer.importing.boundaries.reading import BoundaryReading
from hpviewer.importing.boundaries.web_system import WebSystem
from hpviewer.importing.ledger.reader import nothing_remembered, read_ledger
from hpviewer.importing.ledger.recognise import Remembered
from hpviewer.importing.notice.notice import NoticeReading
from hpviewer.importing.notice.reading import read_notice
from hpviewer.importing.policy_document.reader import read_policy
from hpviewer.importing.policy_document.reading import PolicyReading
from hpviewer.importing.policy_document.recognise import looks_like_policy
from hpviewer.places.index import NameIndex
from hpviewer.places.place import PlaceCode
from hpviewer.places.resolver import Resolver
from hpviewer.records.geometry import Shape
from hpviewer.session.import_preview import FilePreview, ImportKind, Rejected
from hpviewer.wording import say

TABLES = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".csv"})
DOCUMENTS = frozenset({".html", ".htm", ".mht", ".mhtml", ".docx", ".txt", ".pdf"})
BOUNDARY_FILES = frozenset({".geojson", ".json", ".gpkg", ".kml", ".kmz", ".shp", ".zip"})


@dataclass(frozen=True, slots=True)
class BoundaryAnswers:
    """What only a person can say of a boundary file: its coordinate system (EPSG:4547), and whether it is shifted as
    web maps are: GCJ-02, BD-09 (Baidu), or neither (``is_gcj02`` False)."""

    crs: str | None = None
    is_gcj02: bool | None = None
    is_bd09: bool = False


@dataclass(frozen=True, slots=True)
class ReadingTools:
    """What readers need of the catalogue."""

    resolver: Resolver
    index: NameIndex
    shapes: Callable[[], Mapping[PlaceCode, Shape]]
    wanted: Wanted
    answers: BoundaryAnswers
    remembered: Remembered = nothing_remembered


def read_as(kind: ImportKind, path: Path, tools: ReadingTools) -> FilePreview:
    """InputError when the file is not of this kind."""
    return _READERS[kind](path, tools)


def read_recognised(path: Path, tools: ReadingTools) -> FilePreview:
    """By what the file is: a table is a ledger unless it is a report, a document a report, notice or policy.

    Most documents are notices, so a policy is looked for where a notice reads like one, or where there is no notice.
    """
    suffix = path.suffix.lower()
    if suffix in TABLES:
        order: tuple[ImportKind, ...] = (ImportKind.RECORDS, ImportKind.REPORT)
    elif suffix in DOCUMENTS:
        order = (ImportKind.REPORT, ImportKind.NOTICE)
    elif suffix in BOUNDARY_FILES:
        order = (ImportKind.BOUNDARIES,)
    else:
        raise InputError(say("session.import_unknown", file=path.name), say("session.import_unknown_next"))
    refusals: list[InputError] = []
    for kind in order:
        try:
            found = read_as(kind, path, tools)
        except InputError as error:
            refusals.append(error)
        else:
            return (_policy_instead(found, tools) or found) if kind is ImportKind.NOTICE else found
    if suffix in DOCUMENTS and (policy := _sure_policy(path, tools)):
        return policy
    # a document is usually a notice, a table usually a ledger: that refusal is the one to show
    raise refusals[-1] if suffix in DOCUMENTS else refusals[0]


def _policy_instead(notice: FilePreview, tools: ReadingTools) -> FilePreview | None:
    reading = notice.reading
    if not isinstance(reading, NoticeReading) or len(reading.notices) != 1:
        return None
    record = reading.notices[0].record
    if looks_like_policy(record.title, record.doc_number, reading.document.text):
        return _sure_policy(notice.path, tools)
    return None


def _sure_policy(path: Path, tools: ReadingTools) -> FilePreview | None:
    try:
        preview = _policy(path, tools)
    except InputError:
        return None
    reading = preview.reading
    assert isinstance(reading, PolicyReading)
    policy = reading.policy
    return preview if looks_like_policy(policy.title, policy.doc_number, reading.text.text) else None


def _ledger(path: Path, tools: ReadingTools) -> FilePreview:
    reading = read_ledger(path, tools.resolver, wanted=tools.wanted, remembered=tools.remembered)
    rejected = tuple(
        Rejected(f"{r.sheet}!{r.row}" if r.sheet else str(r.row), r.field, r.value, r.problem)
        for r in reading.rejections
    )
    warnings = (*reading.notes, *map(str, reading.warnings))
    return FilePreview(path, ImportKind.RECORDS, reading, rejected=rejected, warnings=warnings)


def _notice(path: Path, tools: ReadingTools) -> FilePreview:
    reading = read_notice(path, tools.resolver)
    return FilePreview(path, ImportKind.NOTICE, reading, warnings=tuple(reading.warnings))


def _report(path: Path, tools: ReadingTools) -> FilePreview:
    reading = read_report(path)
    return FilePreview(
        path, ImportKind.REPORT, reading, warnings=tuple(note.message for note in reading.notes)
    )


def _policy(path: Path, tools: ReadingTools) -> FilePreview:
    reading = read_policy(path)
    return FilePreview(path, ImportKind.POLICIES, reading, warnings=reading.warnings)


def _boundaries(path: Path, tools: ReadingTools) -> FilePreview:
    from hpviewer.importing.boundaries.reader import read_boundaries  # here: its libraries take a second

    reading = read_boundaries(
        path,
        tools.resolver,
        tools.index,
        tools.shapes(),
        crs=tools.answers.crs,
        offset_confirmed=WebSystem.BD09 if tools.answers.is_bd09 else tools.answers.is_gcj02,
        wanted=tools.wanted,
    )
    if reading.needs_crs is not None:
        names = say("session.import_source_mark").join(c.crs for c in reading.needs_crs.candidates)
        raise InputError(reading.needs_crs.sentence, say("session.import_crs_next", candidates=names))
    if reading.asks_offset and reading.offset is not None:
        raise InputError(
            reading.offset.sentence, say(f"session.import_offset_next_{reading.offset.system.value}")
        )
    rejected = rejections_of(reading)
    warnings = (
        *reading.notes,
        *(warning.problem for warning in reading.warnings),
        *(repair.sentence for repair in reading.repairs),
        *(seam.sentence for seam in reading.seams),
    )
    return FilePreview(path, ImportKind.BOUNDARIES, reading, rejected=rejected, warnings=warnings)


def rejections_of(reading: BoundaryReading) -> tuple[Rejected, ...]:
    """The features that the reader could not use."""
    return tuple(Rejected(str(r.row), r.field, r.value, r.problem) for r in reading.rejections)


_READERS: dict[ImportKind, Callable[[Path, ReadingTools], FilePreview]] = {
    ImportKind.RECORDS: _ledger,
    ImportKind.NOTICE: _notice,
    ImportKind.REPORT: _report,
    ImportKind.BOUNDARIES: _boundaries,
    ImportKind.POLICIES: _policy,
}
