"""A report as it lies on the desk: its figures, where they come from, and what the rules say of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from hpviewer.catalogue.report_store import ReportStore
from hpviewer.errors import NotFoundError
from hpviewer.records.personal_data import mask_personal
from hpviewer.reports.cell import Cell
from hpviewer.reports.check import check
from hpviewer.reports.figure import Figure
from hpviewer.reports.finding import Dismissal, Finding, Severity, split_dismissed
from hpviewer.reports.form import ReportFormat
from hpviewer.reports.report import Headlines, Report
from hpviewer.wording import say


class Origin(StrEnum):
    CATALOGUE = "catalogue"
    FILE = "file"
    PASTED = "pasted"


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """``figures`` are Headlines where only some figures of a year are known: nothing is checked then.

    ``source`` is the file's name, empty for figures that came with the program. ``previous`` is what the catalogue
    has of the year before. ``unproven`` are findings without the dismissed ones.
    """

    figures: Report | Headlines
    origin: Origin
    source: str = ""
    notes: tuple[str, ...] = ()
    previous: Report | Headlines | None = None
    unproven: tuple[Finding, ...] = ()
    dismissed: tuple[tuple[Finding, Dismissal], ...] = ()
    personal: tuple[str, ...] = ()
    """Sentences on personal numbers in a report that is not saved yet."""

    @property
    def year(self) -> int | None:
        return self.figures.year

    @property
    def body(self) -> str:
        return self.figures.body

    @property
    def format(self) -> ReportFormat:
        return self.figures.format

    @property
    def report(self) -> Report | None:
        """The complete report; None for headlines."""
        return self.figures if isinstance(self.figures, Report) else None

    @property
    def narrative(self) -> str:
        """The text outside the tables; empty when only figures are known."""
        return self.figures.narrative if isinstance(self.figures, Report) else ""

    @property
    def text_figures(self) -> tuple[Figure, ...]:
        return self.figures.figures

    @property
    def saved(self) -> bool:
        return self.origin is Origin.CATALOGUE

    def cell(self, name: str) -> Cell | None:
        """The cell; None when it is not known."""
        if isinstance(self.figures, Report):
            return self.figures.cell(name)
        value = self.figures.value(name)
        return None if value is None else Cell(value, written=str(value))

    def failing_cells(self) -> dict[str, Severity]:
        """Cells of errors and questions, each with the graver one, without those of ``explained_cells``."""
        marks = self._marks()
        return {name: marks[name] for name in marks if name not in self.explained_cells()}

    def explained_cells(self) -> frozenset[str]:
        """Cells of failing equations which other cells would explain, one alone; these are in ``failing_cells``."""
        grave = [each for each in self.unproven if each.severity is not Severity.NOTE]
        suspects = {candidate.cell for each in grave for candidate in each.candidates}
        loose = {name for each in grave if not each.candidates for name in each.cells}
        return frozenset(self._marks()) - suspects - loose

    def _marks(self) -> dict[str, Severity]:
        marks: dict[str, Severity] = {}
        for finding in self.unproven:
            if finding.severity is Severity.NOTE:
                continue
            for name in finding.cells:
                if marks.get(name) is not Severity.ERROR:
                    marks[name] = finding.severity
        return marks

    def checked(self, previous: Report | Headlines | None, dismissals: Iterable[Dismissal]) -> ReportSheet:
        """The same figures, checked against ``previous``."""
        if self.report is None:
            return replace(self, previous=previous)
        open_, dismissed = split_dismissed(check(self.report, previous), dismissals)
        return replace(self, previous=previous, unproven=tuple(open_), dismissed=tuple(dismissed))


def sheet_of_year(store: ReportStore, year: int) -> ReportSheet:
    """A year of the catalogue, checked. NotFoundError, naming the years that are there, for one it does not have."""
    figures = store.year(year)
    years = store.years()
    if figures is None:
        known = say("session_reports.list_mark").join(str(each.year) for each in years)
        raise NotFoundError(
            say("session_reports.no_year", year=year),
            say("session_reports.no_year_next", years=known) if known else say("session_reports.no_years"),
        )
    source = next(each.source for each in years if each.year == year)
    return proven(ReportSheet(figures, Origin.CATALOGUE, source), store)


def sheet_of_file(store: ReportStore, path: Path) -> ReportSheet:
    """A file, read and checked against what the catalogue has of the year before; nothing is saved.

    InputError says what was expected and what was found.
    """
    from hpviewer.importing.annual_report import (
        read_report,
    )  # here: a window without reports does not need it

    read = read_report(path)
    notes = tuple(note.message for note in read.notes)
    return _brought_in(read.report, Origin.FILE, path.name, notes, store)


def sheet_of_text(store: ReportStore, text: str) -> ReportSheet:
    """Pasted text: plain, tab rows, ``|`` rows or HTML; as ``sheet_of_file``."""
    from hpviewer.importing.annual_report import read_report_text

    read = read_report_text(text)
    notes = tuple(note.message for note in read.notes)
    return _brought_in(read.report, Origin.PASTED, say("session_reports.pasted"), notes, store)


def masked_sheet(sheet: ReportSheet, store: ReportStore) -> ReportSheet:
    """The same report without its personal numbers, checked anew: some were taken for figures of the text."""
    from hpviewer.session.import_personal import masked_report

    if sheet.report is None:
        return sheet
    masked = replace(
        sheet, figures=masked_report(sheet.report), source=mask_personal(sheet.source), personal=()
    )
    return proven(masked, store)


def _brought_in(
    report: Report, origin: Origin, source: str, notes: tuple[str, ...], store: ReportStore
) -> ReportSheet:
    from hpviewer.session.import_personal import personal_in_report  # here: a stored year does not need it

    personal = personal_in_report(report)
    return proven(ReportSheet(report, origin, source, notes, personal=personal), store)


def proven(sheet: ReportSheet, store: ReportStore) -> ReportSheet:
    """The sheet with what the rules say now."""
    previous = store.year(sheet.year - 1) if sheet.year is not None else None
    return sheet.checked(previous, store.dismissals())
