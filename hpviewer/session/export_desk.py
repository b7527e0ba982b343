"""Exports of what the filter shows, exactly, and the answer slip.

The same filter and sort as the window's give the same records in the same order: exports read through the same
query as the table, without its page limit.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from hpviewer.cancelling import Wanted, always
from hpviewer.errors import CancelledError, HpviewerError, InputError
from hpviewer.exporting.about import ExportAbout
from hpviewer.exporting.answer_slip import AnswerSlip, write_answer_slip
from hpviewer.exporting.answer_slip import context as slip_context
from hpviewer.exporting.clean_text import TextCleaner
from hpviewer.exporting.deadlines_ics import write_deadlines_ics
from hpviewer.exporting.filter_words import filter_in_words
from hpviewer.exporting.record_fields import FIELDS, WINDOW_FIELDS, fields_named
from hpviewer.records.deadlines import Deadline
from hpviewer.records.filter import RecordFilter
from hpviewer.records.personal_values import masked_value, personal_in_value
from hpviewer.records.results import RecordDetail, Sort
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.executor import Cancel, Executor, ImmediateExecutor, Outcome
from hpviewer.session.export_personal import (
    PersonalByField,
    PersonalPass,
    counted,
    counted_by_field,
    counted_on_slip,
    masked_filter,
    masked_slip,
    shown_fields,
)
from hpviewer.session.export_writers import ExportFormat, Written, write_export
from hpviewer.session.linked_projects import ProjectPage
from hpviewer.session.settings import load_settings
from hpviewer.session.village import boundary_notice, deadline_line, odd_line, stage_line
from hpviewer.wording import say

T = TypeVar("T")
Progress = Callable[[int, int], None]
Failed = Callable[[HpviewerError], None]


COLUMN_KEYS: tuple[str, ...] = tuple(one.key for one in FIELDS)
"""Every column of an export, first the table's in its order."""
SOURCE_COLUMNS = ("source_name", "source_url")
DEFAULT_COLUMNS: tuple[str, ...] = (*(one.key for one in WINDOW_FIELDS), *SOURCE_COLUMNS)
"""The window's columns, then where each record can be read: a file passed on should lead back to its source."""

LOOKED_THROUGH = 50_000
"""Records, a second's work; a province's are not all read because a dialog is opened."""


@dataclass(frozen=True, slots=True)
class ExportColumn:
    key: str
    heading: str


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """``columns`` are keys or headings in the order wanted; formats without columns pass them over.

    ``mask_personal``: ID, mobile and account numbers are masked wherever they would stand in the file."""

    format: ExportFormat
    target: Path
    filter: RecordFilter = field(default_factory=RecordFilter)
    sort: Sort = field(default_factory=Sort)
    columns: tuple[str, ...] = DEFAULT_COLUMNS
    mask_personal: bool = False


@dataclass(frozen=True, slots=True)
class SlipRequest:
    """``pages`` and ``deadlines`` are shown in their order; ``map_png`` is b"" where no map can be shown."""

    target: Path
    question: str
    records: tuple[RecordDetail, ...]
    total: int
    pages: tuple[ProjectPage, ...]
    deadlines: tuple[Deadline, ...]
    asked_on: dt.date
    office: str = ""
    map_png: bytes = b""
    template: Path | None = None
    mask_personal: bool = False

    def with_extras(self, question: str, office: str, map_png: bytes, template: Path | None) -> SlipRequest:
        """The same with what a person adds; an empty question keeps the one there is."""
        question = question or self.question
        return replace(self, question=question, office=office, map_png=map_png, template=template)


def export_columns() -> tuple[ExportColumn, ...]:
    """All columns with their headings, in the order of COLUMN_KEYS."""
    return tuple(ExportColumn(one.key, one.heading) for one in FIELDS)


def format_of(target: Path) -> ExportFormat:
    """By the file's name; InputError for another ending."""
    formats = say("session_village.list_mark").join(ExportFormat)
    try:
        return ExportFormat(target.suffix.removeprefix(".").lower())
    except ValueError:
        raise InputError(
            say("session_village.export.missing_suffix", file=target.name),
            say("session_village.export.missing_suffix_next", formats=formats),
        ) from None


class ExportDesk:
    """Files from the catalogue of ``queries``. ``today`` is the date that a file bears."""

    def __init__(
        self,
        queries: CatalogueQueries,
        executor: Executor | None = None,
        today: Callable[[], dt.date] = dt.date.today,
    ) -> None:
        self._queries = queries
        self._executor = executor or ImmediateExecutor()
        self.today = today

    # -- for views ---------------------------------------------------------------------------------------

    def export(
        self,
        request: ExportRequest,
        deliver: Callable[[Written], None],
        failed: Failed,
        progress: Progress | None = None,
        stopped: threading.Event | None = None,
    ) -> None:
        """``progress`` (done, total) is called from the worker. Setting ``stopped`` ends it: no file, CancelledError
        to ``failed``."""

        def work(cancel: Cancel) -> Written:
            wanted = (lambda: cancel.wanted() and not stopped.is_set()) if stopped else cancel.wanted
            return self.export_now(request, wanted, progress)

        self._read("export", work, deliver, failed)

    def personal(
        self, filter: RecordFilter, sort: Sort, deliver: Callable[[PersonalByField], None], failed: Failed
    ) -> None:
        """What an export of this filter would hold, to be said before it is written. A newer question wins.

        Of the first LOOKED_THROUGH records in the order of ``sort``; what was written is counted to its end.
        """

        def work(cancel: Cancel) -> PersonalByField:
            details = self._queries.reader().details(filter, sort, LOOKED_THROUGH, cancel.wanted)
            return counted_by_field(details, cancel.wanted)

        self._read("personal", work, deliver, failed)

    def slip(self, request: SlipRequest, deliver: Callable[[Written], None], failed: Failed) -> None:
        self._read("slip", lambda _: self.slip_now(request), deliver, failed)

    def slip_page(
        self, request: SlipRequest, deliver: Callable[[dict[str, Any]], None], failed: Failed
    ) -> None:
        self._read("slip page", lambda _: self.slip_values(request), deliver, failed)

    def ics(
        self,
        target: Path,
        items: Sequence[Deadline],
        deliver: Callable[[Written], None],
        failed: Failed,
        *,
        mask_personal: bool = False,
    ) -> None:
        self._read("ics", lambda _: self.ics_now(target, items, mask_personal=mask_personal), deliver, failed)

    # -- at once: for commands, and for workers ------------------------------------------------------------

    def export_now(
        self,
        request: ExportRequest,
        wanted: Wanted = always,
        progress: Progress | None = None,
    ) -> Written:
        """InputError for a column that is none and for a file that cannot be written."""
        fields = fields_named(request.columns) if request.format.has_columns else FIELDS
        details = self._queries.reader().details(request.filter, request.sort, -1, wanted)
        shown = shown_fields(request.format, [one.key for one in fields])
        personal = PersonalPass(shown, mask=request.mask_personal)
        counted = personal.through(_counted(details, wanted, progress))
        written = write_export(
            request.format, request.target, counted, self._about(request), fields, self._queries
        )
        return replace(written, personal=personal.counts)

    def slip_now(self, request: SlipRequest) -> Written:
        slip = self._slip(request)
        template = request.template or load_settings().settings.slip_template_path()
        written = write_answer_slip(request.target, slip, template)
        # as found: of a masked slip, what stood there before
        plain = self._slip(replace(request, mask_personal=False)) if request.mask_personal else slip
        return replace(written, personal=counted_on_slip(slip_context(plain, TextCleaner())))

    def slip_values(self, request: SlipRequest) -> dict[str, Any]:
        """What stands on the slip, cut to one page: for paper that is not made from the Word template."""
        return slip_context(self._slip(request), TextCleaner())

    def question_of(self, filter: RecordFilter) -> str:
        """The filter in words, as the question of a slip that nobody typed."""
        if not filter.active():
            return say("session_village.export.question_all")
        places = self._queries.reader().names
        return filter_in_words(filter, places.place)

    def ics_now(self, target: Path, items: Sequence[Deadline], *, mask_personal: bool = False) -> Written:
        shown = masked_value(tuple(items)) if mask_personal else items
        written = write_deadlines_ics(target, shown, dt.datetime.now(dt.timezone.utc))  # noqa: UP017
        return replace(written, personal=counted(personal_in_value(tuple(items))))

    # -- inside --------------------------------------------------------------------------------------------

    def _slip(self, request: SlipRequest) -> AnswerSlip:
        info = self._queries.reader().info()
        slip = AnswerSlip(
            question=request.question,
            records=request.records,
            total=request.total,
            stages=tuple(stage_line(page) + odd_line(page) for page in request.pages),
            deadlines=tuple(map(deadline_line, request.deadlines)),
            data_date=info.data_date,
            notice=boundary_notice(info),
            asked_on=request.asked_on,
            office=request.office,
            map_png=request.map_png,
        )
        return masked_slip(slip) if request.mask_personal else slip

    def _about(self, request: ExportRequest) -> ExportAbout:
        reader = self._queries.reader()
        info = reader.info()
        return ExportAbout(
            filter=masked_filter(request.filter) if request.mask_personal else request.filter,
            sort=request.sort,
            places=reader.places(),
            data_date=info.data_date,
            schematic=info.schematic,
            made_on=self.today(),
            review_number=info.review_number,
        )

    def _read(
        self, lane: str, work: Callable[[Cancel], T], deliver: Callable[[T], None], failed: Failed
    ) -> None:
        def finish(outcome: Outcome[T]) -> None:
            error = outcome.error
            if error is None:
                deliver(outcome.value)  # type: ignore[arg-type]  # T may itself be None
            elif isinstance(error, HpviewerError):
                failed(error)
            else:
                raise error

        self._executor.read(f"desk {lane}", work, finish)


def _counted(
    details: Sequence[RecordDetail], wanted: Callable[[], bool], progress: Progress | None
) -> Iterator[RecordDetail]:
    """Tells how far it is about a hundred times; stops when nobody wants it any more."""
    step = max(1, len(details) // 100)
    for done, detail in enumerate(details):
        if done % step == 0:
            if not wanted():
                raise CancelledError("")
            if progress:
                progress(done, len(details))
        yield detail
    if progress:
        progress(len(details), len(details))
