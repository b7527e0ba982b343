"""A file or a pasted text -> one report, with notes on what was doubtful in the reading. Saves nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from hpviewer.errors import InputError
from hpviewer.importing.annual_report.document import SourceDocument
from hpviewer.importing.annual_report.labels import Section
from hpviewer.importing.annual_report.narrative import find_figures
from hpviewer.importing.annual_report.number_cell import read_cell
from hpviewer.importing.annual_report.sections import Sections, cut
from hpviewer.importing.annual_report.table2 import form_of, read_table2
from hpviewer.importing.annual_report.table3 import place_table3, read_table3
from hpviewer.importing.annual_report.table4 import read_table4
from hpviewer.importing.annual_report.text_source import text_document
from hpviewer.importing.annual_report.title import Title, read_title
from hpviewer.reports.cell import Cell
from hpviewer.reports.form import MONEY_CELLS, ReportFormat, cell_names
from hpviewer.reports.report import Report, nest
from hpviewer.wording import say

MOST_TEXT = 16 * 1024 * 1024
"""Bytes of a txt or html file; the real report has 20 KB, a web page with pictures inside a few MB."""
TRIAL_UNTIL = 2020
"""The trial form served the reports for 2019 and 2020; used only when the tables do not tell their form."""


@dataclass(frozen=True, slots=True)
class ReadingNote:
    """One sentence on something doubtful that did not stop the reading."""

    message: str


@dataclass(frozen=True, slots=True)
class ReadReport:
    """``kind`` is docx, html, xlsx or txt; ``path`` is None for pasted text."""

    report: Report
    kind: str
    notes: tuple[ReadingNote, ...] = ()
    path: Path | None = None


def read_report(source: Path) -> ReadReport:
    """Read a docx, html, xlsx or txt file; the kind is told from the content, not from the name.

    InputError says what was expected and what was found, also for a container over a limit of ``bounded_zip``.
    """
    return _report(_document(source), source)


def read_report_text(text: str) -> ReadReport:
    """Read pasted text: plain, tab rows, ``|`` rows, or the HTML that a word processor puts on the clipboard."""
    if len(text) > MOST_TEXT:
        raise _wrong(say("importing_annual_report.too_long", limit=MOST_TEXT // 1024 // 1024))
    return _report(_text_or_html(text), None)


def _document(source: Path) -> SourceDocument:
    try:
        with source.open("rb") as stream:
            head = stream.read(8)
    except OSError as problem:
        raise InputError(
            say("importing_annual_report.no_file", path=source), say("importing_annual_report.check_path")
        ) from problem
    if head.startswith(b"PK\x03\x04"):
        return _office(source)
    if head.startswith(b"%PDF"):
        raise _wrong(say("importing_annual_report.is_pdf"))
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise _wrong(say("importing_annual_report.is_old_office"))
    if source.stat().st_size > MOST_TEXT:
        raise _wrong(say("importing_annual_report.too_long", limit=MOST_TEXT // 1024 // 1024))
    return _text_or_html(_decoded(source.read_bytes()))


def _office(source: Path) -> SourceDocument:
    from hpviewer.importing.bounded_zip import inspect

    contents = inspect(source)
    if "word/document.xml" in contents:
        from hpviewer.importing.annual_report.docx_source import docx_document

        return docx_document(source)
    if "xl/workbook.xml" in contents:
        from hpviewer.importing.annual_report.xlsx_source import xlsx_document

        return xlsx_document(source)
    raise _wrong(say("importing_annual_report.is_other_zip", first=next(iter(contents.sizes), "")))


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "gb18030", "big5"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise _wrong(say("importing_annual_report.is_binary"))
    return str(best)


def _text_or_html(text: str) -> SourceDocument:
    start = text[:4096].lstrip("\ufeff \t\r\n").lower()
    if start.startswith(
        ("<!doctype html", "<html", "<?xml", "<meta", "<table", "<div", "<p", "<body", "<!--")
    ) or ("<table" in text.lower() and "</td>" in text.lower()):
        from hpviewer.importing.annual_report.html_source import html_document

        return html_document(text)
    return text_document(text)


def _report(document: SourceDocument, source: Path | None) -> ReadReport:
    sections = cut(document)
    title = read_title(sections.before_tables, source.stem if source else "")
    reading, is_trial = read_table3(sections.tables[Section.T3], sections.last is Section.T3)
    form = _form(sections, is_trial, title)
    table2, unit = read_table2(sections.tables[Section.T2], form, sections.last is Section.T2)
    table3 = place_table3(reading, form)
    table4 = read_table4(sections.tables[Section.T4], sections.last is Section.T4)
    parts = (table2, table3, table4)
    if not any(part.rows or part.unplaced for part in parts):
        raise _wrong(_what_it_is(document))
    written = {name: text for part in parts for name, text in part.cells.items()}
    narrative = "\n".join(sections.narrative).strip("\n")
    report = Report(
        title.year,
        title.body,
        form,
        nest(_cells(written, cell_names(form), unit)),
        find_figures(narrative, title.year),
        narrative,
        tuple(row for part in parts for row in part.unplaced),
    )
    notes = [*title.notes, *(note for part in parts for note in part.notes)]
    return ReadReport(
        report, document.kind, tuple(ReadingNote(note) for note in dict.fromkeys(notes)), source
    )


def _form(sections: Sections, is_trial: bool, title: Title) -> ReportFormat:
    told = form_of(sections.tables[Section.T2])
    if told is not None:
        return told
    if is_trial or (title.year is not None and title.year <= TRIAL_UNTIL and not sections.tables[Section.T3]):
        return ReportFormat.TRIAL
    return ReportFormat.UNIFORM


def _cells(written: Mapping[str, str], names: Iterable[str], unit: str) -> dict[str, Cell]:
    return {name: read_cell(written[name], name in MONEY_CELLS, unit) for name in names if name in written}


def _what_it_is(document: SourceDocument) -> str:
    from hpviewer.importing.annual_report.document import TextLine

    texts = (item.text if isinstance(item, TextLine) else " ".join(item.texts) for item in document.items)
    first = next((text.strip() for text in texts if text.strip()), "")
    if not first:
        return say("importing_annual_report.is_empty")
    return say("importing_annual_report.is_something", first=first[:40])


def _wrong(found: str) -> InputError:
    return InputError(
        say("importing_annual_report.wrong", found=found), say("importing_annual_report.expected")
    )
