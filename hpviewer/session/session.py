"""The session: the one truth that all views show. A gesture calls a method, a query runs, one event goes out.

Lives on one thread. Queries run wherever the Executor runs them and come back to that thread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar, get_args

from hpviewer.errors import HpviewerError, NotFoundError
from hpviewer.places.place import Place, PlaceCode
from hpviewer.places.place_table import PlaceTable
from hpviewer.records.filter import RecordFilter
from hpviewer.records.results import (
    CatalogueInfo,
    RecordDetail,
    RecordRow,
    Results,
    Sort,
    Statistics,
    Suggestion,
)
from hpviewer.session.events import (
    CatalogueOpened,
    Event,
    FilterChanged,
    PickingChanged,
    PlaceSelected,
    PlacesPicked,
    RecordSelected,
    ResultsLoaded,
    WorkFailed,
)
from hpviewer.session.executor import Cancel, Executor, settle
from hpviewer.session.history import FilterHistory
from hpviewer.session.queries import OpenedCatalogue, Queries
from hpviewer.session.subscriptions import Held, Subscriptions

if TYPE_CHECKING:
    from hpviewer.charting.chart import Chart
    from hpviewer.session.place_picking import PlacePicking

T = TypeVar("T")


class Session:
    """Filter, sort, selection and the use-cases of the window.

    ``queries`` reads the catalogue and is called from worker threads; ``executor`` decides where.
    """

    def __init__(self, queries: Queries, executor: Executor) -> None:
        self._queries = queries
        self._executor = executor
        self._events = Subscriptions[Event](get_args(Event))
        self.subscribe = self._events.subscribe
        self._filter = RecordFilter()
        self._sort = Sort()
        self._history = FilterHistory(self._filter)
        self._typing = False
        self._answers = Held()
        self._results: Results | None = None
        self._failure: HpviewerError | None = None
        self._detail: RecordDetail | None = None
        self._record_wanted: str | None = None
        self._picking: PlacePicking | None = None
        self._preparation_due = False
        self._info: CatalogueInfo | None = None
        self._places = PlaceTable((), {})
        self._unlocated: frozenset[PlaceCode] = frozenset()
        self._towns: tuple[Place, ...] = ()
        self._communities: Mapping[PlaceCode, Sequence[Place]] = {}

    # -- state, for views that come late ---------------------------------------------------------------

    @property
    def filter(self) -> RecordFilter:
        return self._filter

    @property
    def sort(self) -> Sort:
        return self._sort

    @property
    def results(self) -> Results | None:
        return self._results

    @property
    def failure(self) -> HpviewerError | None:
        """The newest failure since results came last: for views that were made after it."""
        return self._failure

    @property
    def detail(self) -> RecordDetail | None:
        return self._detail

    @property
    def picking(self) -> PlacePicking | None:
        """What clicks on the map choose places for; None when they filter."""
        return self._picking

    @property
    def info(self) -> CatalogueInfo | None:
        """None until the catalogue has been opened."""
        return self._info

    @property
    def can_go_back(self) -> bool:
        return self._history.can_go_back

    @property
    def can_go_forward(self) -> bool:
        return self._history.can_go_forward

    # -- gestures --------------------------------------------------------------------------------------

    def open(self, first: RecordFilter | None = None, cause: str = "start") -> None:
        """Read the first results and the catalogue's facts: ResultsLoaded and CatalogueOpened, whichever comes first."""
        if first is not None:
            self._filter = first
            self._history = FilterHistory(first)
        self._announce(cause)
        self._load(cause)
        self._read(
            "info", lambda _: self._queries.opened(), lambda opened: self._opened(opened, cause), cause
        )

    def reload(self, cause: str) -> None:
        """The catalogue's content changed (import, undo, edit): read everything shown anew.

        CatalogueOpened and ResultsLoaded follow, and RecordSelected when the selected record changed.
        """
        self._preparation_due = True
        self._read(
            "info", lambda _: self._queries.opened(), lambda opened: self._opened(opened, cause), cause
        )
        self._load(cause)
        if self._detail is not None:
            record_id = self._detail.record.id
            self._read(
                "detail", lambda _: self._detail_or_none(record_id), lambda d: self._selected(d, cause), cause
            )

    def prepare(self, cause: str = "start") -> None:
        """Have ready what the first search needs. For when the window is painted: before, it would only be in the way."""
        self._read("prepare", lambda _: self._queries.prepare(), lambda _: None, cause)

    def set_filter(self, new: RecordFilter, cause: str) -> None:
        """Ask for other records. Nothing happens when the filter is the same.

        Letters typed one after the other (cause ``typing``) are one step of the history.
        """
        if new == self._filter:
            return
        typing = cause == "typing"
        self._history.add(new, replace=typing and self._typing)
        self._typing = typing
        self._apply(new, cause)

    def set_sort(self, sort: Sort, cause: str) -> None:
        """Sort the table in SQL; the filter and the history stay."""
        if sort == self._sort:
            return
        self._sort = sort
        self._load_and(lambda: self._announce(cause), cause)

    def select_place(self, code: PlaceCode | None, cause: str) -> None:
        """Narrow the filter to one town or community, or to none, keeping its other parts."""
        self.set_filter(self._filter.at_place(code), cause)

    def go_up(self, cause: str) -> None:
        """From a community to its town, from a town to the district (Esc on the map); out of picking first."""
        if self._picking is not None:
            self.end_picking(cause, keep=False)
            return
        place = self._filter.place
        if place is None:
            self.select_place(None, cause)
        else:
            self.select_place(PlaceCode(place[:9]) if len(place) > 9 else None, cause)

    def select_project_area(self, fid: int, cause: str) -> None:
        """Show the project of an area on the map alone; the same again takes it out of the filter."""

        def named(name: str | None) -> None:
            if name is not None:
                project = "" if name == self._filter.project else name
                self.set_filter(replace(self._filter, project=project), cause)

        self._read("area", lambda _: self._queries.project_name(fid), named, cause)

    def clear(self, cause: str) -> None:
        """Take all parts of the filter away."""
        self.set_filter(RecordFilter(), cause)

    def back(self, cause: str = "history") -> None:
        self._travel(self._history.back(), cause)

    def forward(self, cause: str = "history") -> None:
        self._travel(self._history.forward(), cause)

    def select_record(self, record_id: str | None, cause: str) -> None:
        """Read one record: RecordSelected follows. None clears the selection."""
        self._record_wanted = record_id
        if record_id is None:
            self._selected(None, cause)
            return

        def deliver(detail: RecordDetail) -> None:
            if self._record_wanted == record_id:  # not cleared or overtaken while it was read
                self._selected(detail, cause)

        self._read("detail", lambda _: self._queries.detail(record_id), deliver, cause)

    # -- picking places on the map -----------------------------------------------------------------------

    def begin_picking(self, start: PlacePicking, cause: str) -> None:
        """From now on clicks on the map choose places: PickingChanged. A picking under way is cancelled."""
        self._pick(start, cause)

    def pick_place(self, code: PlaceCode, cause: str) -> None:
        """A place in, or out again: PickingChanged. Nothing happens outside of picking."""
        if self._picking is not None:
            self._pick(self._picking.toggled(code), cause)

    def end_picking(self, cause: str, *, keep: bool) -> None:
        """Clicks filter again: PickingChanged; with ``keep`` PlacesPicked before it."""
        picked = self._picking
        if picked is None:
            return
        self._picking = None
        if keep:
            self._send(PlacesPicked(picked, cause))
        self._send(PickingChanged(None, cause))

    # -- questions with an answer of their own -----------------------------------------------------------

    def page(self, offset: int, limit: int, deliver: Callable[[tuple[RecordRow, ...]], None]) -> None:
        """Rows offset… of the present filter and sort, for scrolling. Dropped when the filter moves on."""
        asked, sort = self._filter, self._sort

        def pass_on(rows: tuple[RecordRow, ...]) -> None:
            if (asked, sort) == (self._filter, self._sort):
                deliver(rows)

        self._read(
            f"page{offset}",
            lambda cancel: self._queries.rows(asked, sort, offset, limit, cancel.wanted),
            pass_on,
            "table",
        )

    def suggest(self, text: str, deliver: Callable[[str, tuple[Suggestion, ...]], None]) -> None:
        """Grouped suggestions for what has been typed; deliver(text, suggestions). Newer text wins."""
        self._read(
            "suggest",
            lambda cancel: self._queries.suggest(text, cancel.wanted),
            lambda found: deliver(text, found),
            "search",
        )

    def statistics(self, deliver: Callable[[Statistics], None]) -> None:
        """Figures of the present filter, for the charts."""
        asked = self._filter
        self._read(
            "statistics",
            lambda cancel: self._queries.statistics(asked, cancel.wanted),
            deliver,
            "statistics",
        )

    def charts(self, dark: bool, deliver: Callable[[tuple[Chart, ...]], None]) -> None:
        """The present filter's statistics as charts. Newer request wins."""
        asked = self._filter
        self._read(
            "charts", lambda cancel: self._queries.charts(asked, dark, cancel.wanted), deliver, "statistics"
        )

    def map_layer(self, name: str, deliver: Callable[[bytes | None], None]) -> None:
        """JSON of a layer of the map page; deliver(None) when the catalogue has no layer of this name."""

        def read(_: Cancel) -> bytes | None:
            try:
                return self._queries.map_layer(name)
            except NotFoundError:
                return None

        self._read(f"layer {name}", read, deliver, "map")

    @property
    def unlocated_communities(self) -> frozenset[PlaceCode]:
        """Communities whose position is not known: listed, but without a shape on the map."""
        return self._unlocated

    def place(self, code: PlaceCode) -> Place:
        """A town or community by its code; KeyError when the catalogue has none or is not open yet."""
        return self._places[code]

    @property
    def places(self) -> PlaceTable:
        """All towns and communities by code, empty until the catalogue is open."""
        return self._places

    @property
    def communities(self) -> Mapping[PlaceCode, Sequence[Place]]:
        """The communities of each town that has some, in the order of their codes."""
        return self._communities

    def towns(self) -> tuple[Place, ...]:
        """All towns in the order of their codes, empty until the catalogue is open."""
        return self._towns

    def communities_of(self, town: PlaceCode) -> tuple[Place, ...]:
        """The communities of a town in the order of their codes."""
        return tuple(self._communities.get(town, ()))

    # -- inside ------------------------------------------------------------------------------------------

    def _opened(self, opened: OpenedCatalogue, cause: str) -> None:
        self._info, self._places, self._unlocated = opened.info, opened.places, opened.unlocated
        self._towns, self._communities = opened.towns, opened.communities
        self._send(CatalogueOpened(self._info, cause))

    def _pick(self, picking: PlacePicking, cause: str) -> None:
        if picking != self._picking:
            self._picking = picking
            self._send(PickingChanged(picking, cause))

    def _detail_or_none(self, record_id: str) -> RecordDetail | None:
        try:
            return self._queries.detail(record_id)
        except NotFoundError:
            return None

    def _travel(self, target: RecordFilter, cause: str) -> None:
        self._typing = False
        if target != self._filter:
            self._apply(target, cause)

    def _apply(self, new: RecordFilter, cause: str) -> None:
        old_place, self._filter = self._filter.place, new

        def tell() -> None:
            self._announce(cause)
            if new.place != old_place:
                self._send(PlaceSelected(new.place, cause))

        self._load_and(tell, cause)

    def _announce(self, cause: str) -> None:
        history = self._history
        self._send(
            FilterChanged(self._filter, self._sort, history.can_go_back, history.can_go_forward, cause)
        )

    def _load_and(self, tell: Callable[[], None], cause: str) -> None:
        """The question is on its way while the views hear of the change; its answer comes after that."""
        with self._answers.held():
            self._load(cause)
            tell()

    def _load(self, cause: str) -> None:
        asked, sort = self._filter, self._sort
        self._read(
            "results",
            lambda cancel: self._queries.results(asked, sort, cancel.wanted),
            lambda results: self._loaded(results, cause),
            cause,
        )

    def _loaded(self, results: Results, cause: str) -> None:
        if (results.filter, results.sort) != (self._filter, self._sort):
            return
        self._results, self._failure = results, None
        self._send(ResultsLoaded(results, cause))
        if self._preparation_due:  # after the first answer is on its way, not before it
            self._preparation_due = False
            self.prepare(cause)

    def _selected(self, detail: RecordDetail | None, cause: str) -> None:
        if detail == self._detail:
            return
        self._detail = detail
        self._send(RecordSelected(detail, cause))

    def _send(self, event: Event) -> None:
        self._events.send(event)

    def _read(self, lane: str, work: Callable[[Cancel], T], deliver: Callable[[T], None], cause: str) -> None:
        done = settle(deliver, lambda error: self._failed(error, cause))
        self._executor.read(lane, work, self._answers.in_turn(done))

    def _failed(self, error: HpviewerError, cause: str) -> None:
        self._failure = error
        self._send(WorkFailed(error, cause))
