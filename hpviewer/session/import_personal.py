"""Personal numbers in what a file brings in: pointed out before it is saved, masked where a person asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from hpviewer.exporting.record_fields import FIELDS
from hpviewer.importing.annual_report.read import ReadReport
from hpviewer.importing.boundaries.reading import BoundaryReading
from hpviewer.importing.ledger.reading import LedgerReading
from hpviewer.importing.notice.notice import Notice, NoticeReading
from hpviewer.importing.policy_document.reading import PolicyReading
from hpviewer.policies.policy import Policy
from hpviewer.policies.policy_text import PolicyText
from hpviewer.records.personal_data import PersonalNumber, find_personal, mask_personal
from hpviewer.records.personal_fields import masked_record, masked_texts, personal_in, personal_in_all
from hpviewer.reports.figure import Figure
from hpviewer.reports.report import Report
from hpviewer.session.export_personal import kind_words
from hpviewer.session.import_preview import FilePreview, PersonalNote, Reading
from hpviewer.wording import say

_NOTICE_TEXTS = ("approval_title", "purpose", "area_written", "review")
_NOTICE_LISTS = ("contacts", "phones", "attachments")
_POLICY_TEXTS = ("title", "doc_number", "unified_number", "issuer", "note")
_RECORD_FIELDS = frozenset(field.key for field in FIELDS)
_TEXT = "text"
"""The file's text outside of all fields."""


def field_words(field: str) -> str:
    """What a person calls a field: of a record, of a notice, or ``text``, ``clause``, ``narrative`` …"""
    return say(f"exporting.field.{field}" if field in _RECORD_FIELDS else f"session_personal.field.{field}")


def row_words(sheet: str, row: int | str) -> str:
    """“台账”第 7 行; without a sheet 第 7 行."""
    return say(f"session_personal.{'row_of_sheet' if sheet else 'row'}", sheet=sheet, row=row)


def sentence(note: PersonalNote, *, mask: bool) -> str:
    """What a person is told of it, with the masked number alone."""
    fate = ("to_be_masked" if mask else "kept") if note.kept else "not_kept"
    key = "found_in" if note.where else "found"
    return say(
        f"session_personal.{key}",
        where=note.where,
        field=field_words(note.field),
        kind=kind_words(note.kind),
        masked=note.masked,
        end=say(f"session_personal.fate.{fate}"),
    )


def sentences(notes: Iterable[PersonalNote], *, mask: bool) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sentence(note, mask=mask) for note in notes))


def typed_personal(field: str, text: str) -> str:
    """Sentences on what a person typed into a field of a form, "" when there is nothing to say."""
    return "".join(sentences(_notes(0, "", [(field, text)], kept=True), mask=False))


def personal_of(preview: FilePreview) -> tuple[PersonalNote, ...]:
    """All findings, in the order of the file. A number that stands in a field is not told of the text again."""
    reading = preview.reading
    if isinstance(reading, LedgerReading):
        return tuple(_in_ledger(reading))
    if isinstance(reading, NoticeReading):
        return _in_notices(reading)
    if isinstance(reading, PolicyReading):
        return _in_policy(reading)
    if isinstance(reading, ReadReport):
        return tuple(_in_report(reading.report))
    if isinstance(reading, BoundaryReading):
        names = [("project", area.name) for area in reading.projects]
        return tuple(_notes(-1, "", names, kept=False))
    return ()


def personal_in_report(report: Report) -> tuple[str, ...]:
    """Sentences on the numbers in a report that is not saved yet."""
    return sentences(_in_report(report), mask=False)


def masked_reading(reading: Reading) -> Reading:
    """The same reading with every number masked; positions in texts stay, since masked forms are as long."""
    if isinstance(reading, LedgerReading):
        return replace(reading, records=tuple(map(masked_record, reading.records)))
    if isinstance(reading, NoticeReading):
        document = replace(reading.document, text=mask_personal(reading.document.text))
        notices = tuple(map(_masked_notice, reading.notices))
        return replace(reading, document=document, notices=notices, warnings=masked_texts(reading.warnings))
    if isinstance(reading, PolicyReading):
        return replace(reading, policy=_masked_policy(reading.policy), text=_masked_text(reading.text))
    if isinstance(reading, ReadReport):
        return replace(reading, report=masked_report(reading.report))
    # the names of its areas stay: an area is kept only with a project that is in the catalogue under that name
    return replace(reading, file=mask_personal(reading.file))


# -- found -----------------------------------------------------------------------------------------------


def _notes(item: int, where: str, texts: Iterable[tuple[str, str]], *, kept: bool) -> Iterator[PersonalNote]:
    for field, text in texts:
        for number in find_personal(text):
            yield PersonalNote(item, where, field, number.kind, number.masked, kept)


def _in_ledger(reading: LedgerReading) -> Iterator[PersonalNote]:
    for at, found in personal_in_all(reading.records):
        where = row_words(*reading.origins[at])
        yield PersonalNote(at, where, found.field, found.number.kind, found.number.masked, True)


def _in_notices(reading: NoticeReading) -> tuple[PersonalNote, ...]:
    notes: list[PersonalNote] = []
    several = len(reading.notices) > 1
    for at, notice in enumerate(reading.notices):
        where = mask_personal(notice.record.title) if several else ""
        notes += [
            PersonalNote(at, where, found.field, found.number.kind, found.number.masked, True)
            for found in personal_in(notice.record)
        ]
        texts = [(name, getattr(notice, name)) for name in _NOTICE_TEXTS]
        texts += [(name, text) for name in _NOTICE_LISTS for text in getattr(notice, name)]
        notes += _notes(at, where, texts, kept=False)
    return (*notes, *_elsewhere(reading.document.text, notes, 0 if not several else -1))


def _in_policy(reading: PolicyReading) -> tuple[PersonalNote, ...]:
    texts = [(name, getattr(reading.policy, name)) for name in _POLICY_TEXTS]
    notes = list(_notes(0, "", texts, kept=True))
    for clause in reading.clauses:
        where = say("session_personal.clause", number=clause.number) if clause.number else ""
        notes += _notes(0, where, [("clause", clause.text)], kept=True)
    return (*notes, *_elsewhere(reading.text.text, notes, 0))


def _elsewhere(text: str, notes: Sequence[PersonalNote], item: int) -> Iterator[PersonalNote]:
    known = {_same(note.masked) for note in notes}
    for note in _notes(item, "", [(_TEXT, text)], kept=False):
        if _same(note.masked) not in known:
            known.add(_same(note.masked))
            yield note


def _same(masked: str) -> str:
    """A field is written without the blanks and hyphens of the text."""
    return "".join(char for char in masked if char.isdigit() or char in "*Xx")


def _in_report(report: Report) -> Iterator[PersonalNote]:
    yield from _notes(0, "", [("body", report.body), ("narrative", report.narrative)], kept=True)
    for row in report.unplaced:
        yield from _notes(0, "", [("unplaced", text) for text in (row.label, *row.written)], kept=True)


# -- masked ----------------------------------------------------------------------------------------------


def _masked_notice(notice: Notice) -> Notice:
    texts = {name: mask_personal(getattr(notice, name)) for name in _NOTICE_TEXTS}
    lists = {name: masked_texts(getattr(notice, name)) for name in _NOTICE_LISTS}
    return replace(
        notice,
        record=masked_record(notice.record),
        sources=tuple(
            replace(each, value=mask_personal(each.value), written=mask_personal(each.written))
            for each in notice.sources
        ),
        bounds=tuple((side, mask_personal(text)) for side, text in notice.bounds),
        **texts,  # type: ignore[arg-type]  # names and types are Notice's own
        **lists,  # type: ignore[arg-type]
    )


def _masked_policy(policy: Policy) -> Policy:
    texts = {name: mask_personal(getattr(policy, name)) for name in _POLICY_TEXTS}
    return replace(policy, **texts)  # type: ignore[arg-type]  # names and types are Policy's own


def _masked_text(text: PolicyText) -> PolicyText:
    clauses = tuple(
        replace(each, text=mask_personal(each.text), heading=mask_personal(each.heading))
        for each in text.clauses
    )
    return replace(text, text=mask_personal(text.text), clauses=clauses)


def masked_report(report: Report) -> Report:
    unplaced = tuple(
        replace(row, label=mask_personal(row.label), written=masked_texts(row.written))
        for row in report.unplaced
    )
    body, narrative = mask_personal(report.body), mask_personal(report.narrative)
    found = find_personal(report.narrative)
    figures = tuple(figure for figure in report.figures if not _is_one_of(figure, found))
    return replace(report, body=body, narrative=narrative, figures=figures, unplaced=unplaced)


def _is_one_of(figure: Figure, found: Iterable[PersonalNumber]) -> bool:
    """A telephone number of the narrative was taken for a figure of it."""
    place = figure.place
    return place is not None and any(one.start < place.end and place.start < one.end for one in found)
