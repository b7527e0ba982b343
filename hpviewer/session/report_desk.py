"""The report desk: one report lies on it, read, checked, compared, exported. Free of Qt, on one thread.

Work runs wherever the Executor runs it and comes back to that thread. Nothing is saved until ``save``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar, get_args

from hpviewer.catalogue.report_store import ReportStore, StoredYear
from hpviewer.errors import InputError, NotFoundError
from hpviewer.records.filter import RecordFilter
from hpviewer.reports.comparison import Comparison, compare
from hpviewer.reports.finding import Dismissal
from hpviewer.reports.report import Headlines, Report
from hpviewer.session.executor import Executor, Outcome, settle
from hpviewer.session.report_charts import ReportChart
from hpviewer.session.report_equations import EquationLine, equations_of
from hpviewer.session.report_events import (
    DeskEvent,
    DeskFailed,
    FileWritten,
    FindingsChanged,
    ReportOpened,
    ReportSaved,
    YearsCompared,
    YearsListed,
)
from hpviewer.session.report_files import write_findings, write_tables
from hpviewer.session.report_sheet import (
    Origin,
    ReportSheet,
    masked_sheet,
    proven,
    sheet_of_file,
    sheet_of_text,
    sheet_of_year,
)
from hpviewer.session.subscriptions import Subscriptions
from hpviewer.wording import say

T = TypeVar("T")


class ReportDesk:
    """``store`` is called from worker threads; ``executor`` decides where."""

    def __init__(self, store: ReportStore, executor: Executor) -> None:
        self._store = store
        self._executor = executor
        self._events = Subscriptions[DeskEvent](get_args(DeskEvent))
        self.subscribe = self._events.subscribe
        self._years: tuple[StoredYear, ...] = ()
        self._sheet: ReportSheet | None = None
        self._comparison: Comparison | None = None

    @classmethod
    def of_catalogue(cls, catalogue: Path, executor: Executor) -> ReportDesk:
        """The desk of a catalogue file, for the window, which knows no store."""
        return cls(ReportStore(catalogue), executor)

    # -- state, for views that come late ---------------------------------------------------------------

    @property
    def years(self) -> tuple[StoredYear, ...]:
        """Newest first; empty until ``start``."""
        return self._years

    @property
    def sheet(self) -> ReportSheet | None:
        return self._sheet

    @property
    def comparison(self) -> Comparison | None:
        return self._comparison

    # -- gestures --------------------------------------------------------------------------------------

    def start(self, cause: str = "start") -> None:
        """List the years and open the newest complete one: YearsListed, then ReportOpened if there is one."""

        def work() -> tuple[tuple[StoredYear, ...], ReportSheet | None]:
            years = tuple(self._store.years())
            newest = next((each.year for each in years if each.complete), None)
            newest = newest if newest is not None else (years[0].year if years else None)
            return years, None if newest is None else sheet_of_year(self._store, newest)

        def deliver(found: tuple[tuple[StoredYear, ...], ReportSheet | None]) -> None:
            years, sheet = found
            self._listed(years, cause)
            if sheet is not None and self._sheet is None:
                self._opened(sheet, cause)

        self._read("report-years", work, deliver, cause)

    def open_year(self, year: int, cause: str) -> None:
        self._read("report", lambda: sheet_of_year(self._store, year), self._opener(cause), cause)

    def open_file(self, path: Path, cause: str) -> None:
        """Read and check a docx, html, xlsx or txt file."""
        self._read("report", lambda: sheet_of_file(self._store, path), self._opener(cause), cause)

    def open_text(self, text: str, cause: str, otherwise: str = "") -> None:
        """Read and check pasted text; ``otherwise`` is the same as plain text, for HTML that holds no report."""

        def work() -> ReportSheet:
            try:
                return sheet_of_text(self._store, text)
            except InputError:
                if not otherwise:
                    raise
                return sheet_of_text(self._store, otherwise)

        self._read("report", work, self._opener(cause), cause)

    def mask_personal(self, cause: str) -> None:
        """Mask the personal numbers of the report that lies on the desk, before it is saved: ReportOpened."""
        sheet = self._sheet
        if sheet is not None and sheet.personal and not sheet.saved:
            self._read("report", lambda: masked_sheet(sheet, self._store), self._opener(cause), cause)

    def save(self, cause: str) -> None:
        """Put the report into the catalogue in place of what is known of its year: ReportSaved, YearsListed."""
        sheet = self._sheet
        if sheet is None or sheet.saved or sheet.report is None:
            return
        report = sheet.report

        def work() -> tuple[ReportSheet, tuple[StoredYear, ...]]:
            self._store.save(report, sheet.source)
            kept = replace(sheet, origin=Origin.CATALOGUE, personal=())
            return proven(kept, self._store), tuple(self._store.years())

        def deliver(found: tuple[ReportSheet, tuple[StoredYear, ...]]) -> None:
            kept, years = found
            if self._sheet is sheet:
                self._rechecked(kept, cause)
            self._listed(years, cause)
            if report.year is not None:
                self._send(ReportSaved(report.year, cause))

        self._write(work, deliver, cause)

    def dismiss(self, key: str, reason: str, cause: str) -> None:
        """Keep the decision that a finding needs no correction. A reason must be given: DeskFailed without one."""
        if not reason.strip():
            error = InputError(say("session_reports.no_reason"), say("session_reports.no_reason_next"))
            self._send(DeskFailed(error, cause))
            return
        self._decide(lambda: self._store.dismiss(Dismissal(key, reason.strip())), cause)

    def take_back(self, key: str, cause: str) -> None:
        """Show a dismissed finding among the open ones again."""
        self._decide(lambda: self._store.take_back(key), cause)

    def compare(self, one: int, other: int, cause: str) -> None:
        """Two years of the catalogue; an unsaved report on the desk stands for its year."""
        sheet = self._sheet

        def work() -> Comparison:
            return compare(self._figures(one, sheet), self._figures(other, sheet))

        def deliver(found: Comparison) -> None:
            self._comparison = found
            self._send(YearsCompared(found, cause))

        self._read("report-compare", work, deliver, cause)

    def export_tables(self, path: Path, cause: str) -> None:
        """The three tables as the form lays them out; xlsx or docx by the ending. FileWritten follows."""
        self._export(lambda sheet: write_tables(path, sheet), cause)

    def export_findings(self, path: Path, cause: str) -> None:
        """All findings, the dismissed ones with their reason; xlsx or csv by the ending. FileWritten follows."""
        self._export(lambda sheet: write_findings(path, sheet), cause)

    # -- questions with an answer of their own -----------------------------------------------------------

    def equations(self, cell: str) -> tuple[EquationLine, ...]:
        """The equations in which this cell stands."""
        return () if self._sheet is None else equations_of(self._sheet, cell)

    def charts(self, dark: bool, deliver: Callable[[tuple[ReportChart, ...]], None]) -> None:
        """The report's charts and those from year to year. Newer request wins."""
        sheet = self._sheet
        if sheet is None:
            deliver(())
            return

        def work() -> tuple[ReportChart, ...]:
            from hpviewer.charting.report_charts import report_charts  # here: brings pyecharts, 0.1 s

            stored = [self._store.year(each.year) for each in self._store.years()]
            others = [each for each in stored if each is not None and each.year != sheet.year]
            return report_charts(sheet.figures, (*others, sheet.figures), dark)

        def pass_on(charts: tuple[ReportChart, ...]) -> None:
            if self._sheet is not None and self._sheet.figures is sheet.figures:
                deliver(charts)

        self._read("report-charts", work, pass_on, "charts")

    def requisition_filter(self) -> RecordFilter:
        """The published records of land and housing requisition that the report's year speaks of."""
        year = None if self._sheet is None else self._sheet.year
        return RecordFilter() if year is None else RecordFilter(years=(year,))

    # -- inside ------------------------------------------------------------------------------------------

    def _figures(self, year: int, sheet: ReportSheet | None) -> Report | Headlines:
        if sheet is not None and sheet.year == year:
            return sheet.figures
        found = self._store.year(year)
        if found is None:
            raise NotFoundError(say("session_reports.no_year", year=year), say("session_reports.no_years"))
        return found

    def _opener(self, cause: str) -> Callable[[ReportSheet], None]:
        return lambda sheet: self._opened(sheet, cause)

    def _opened(self, sheet: ReportSheet, cause: str) -> None:
        self._sheet = sheet
        self._send(ReportOpened(sheet, cause))

    def _rechecked(self, sheet: ReportSheet, cause: str) -> None:
        if sheet != self._sheet:
            self._sheet = sheet
            self._send(FindingsChanged(sheet, cause))

    def _listed(self, years: tuple[StoredYear, ...], cause: str) -> None:
        if years != self._years:
            self._years = years
            self._send(YearsListed(years, cause))

    def _decide(self, change: Callable[[], None], cause: str) -> None:
        def work() -> list[Dismissal]:
            change()
            return self._store.dismissals()

        def deliver(dismissals: list[Dismissal]) -> None:
            sheet = self._sheet
            if sheet is not None:
                self._rechecked(sheet.checked(sheet.previous, dismissals), cause)

        self._write(work, deliver, cause)

    def _export(self, write: Callable[[ReportSheet], tuple[Path, tuple[str, ...]]], cause: str) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        self._read(
            f"report-export {cause}",
            lambda: write(sheet),
            lambda written: self._send(FileWritten(*written, cause)),
            cause,
        )

    def _send(self, event: DeskEvent) -> None:
        self._events.send(event)

    def _read(self, lane: str, work: Callable[[], T], deliver: Callable[[T], None], cause: str) -> None:
        self._executor.read(lane, lambda _: work(), self._done(deliver, cause))

    def _write(self, work: Callable[[], T], deliver: Callable[[T], None], cause: str) -> None:
        self._executor.write(lambda _: work(), self._done(deliver, cause))

    def _done(self, deliver: Callable[[T], None], cause: str) -> Callable[[Outcome[T]], None]:
        return settle(deliver, lambda error: self._send(DeskFailed(error, cause)))
