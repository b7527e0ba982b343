"""The desk for projects, villages, deadlines and gaps: reads all records once, links them, answers from that.

Free of Qt. Each question runs wherever the Executor runs it and comes back to the caller's thread; ``deliver`` gets
the answer, ``failed`` a failure that a person can act on. A newer question of the same kind drops the older one.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from hpviewer.cancelling import always
from hpviewer.errors import CancelledError, HpviewerError, InputError, NotFoundError
from hpviewer.places.place import Level, PlaceCode
from hpviewer.records.deadlines import KINDS, deadlines
from hpviewer.records.filter import RecordFilter
from hpviewer.records.project_links import Merge, Override, Split
from hpviewer.records.record import Record
from hpviewer.records.results import Sort
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.deadline_list import LONGEST, DeadlineList, deadline_list
from hpviewer.session.events import CatalogueOpened
from hpviewer.session.executor import Cancel, Executor, ImmediateExecutor, Outcome
from hpviewer.session.gaps import Gaps, find_gaps
from hpviewer.session.link_overrides import CatalogueOverrides, OverrideStore
from hpviewer.session.linked_projects import LinkedProjects, ProjectPage
from hpviewer.session.session import Session
from hpviewer.session.village import VillageChoice, VillagePage, village_page
from hpviewer.session.village_policies import VillagePolicies, policies_of
from hpviewer.wording import say

T = TypeVar("T")
Failed = Callable[[HpviewerError], None]


class ProjectDesk:
    """``overrides`` are kept in the catalogue unless a store is given; ``today`` is asked for each answer."""

    def __init__(
        self,
        queries: CatalogueQueries,
        executor: Executor | None = None,
        overrides: OverrideStore | None = None,
        today: Callable[[], dt.date] = dt.date.today,
    ) -> None:
        self._queries = queries
        self._executor = executor or ImmediateExecutor()
        self._overrides = overrides or CatalogueOverrides(queries.path)
        self.today = today
        self._lock = threading.Lock()
        self._linked: LinkedProjects | None = None
        self._listeners: list[Callable[[], None]] = []

    def follow(self, session: Session) -> None:
        """Forget what was read whenever the catalogue's content changes."""
        session.subscribe(CatalogueOpened, lambda _: self.forget())

    def forget(self) -> None:
        """The records or the links changed: read them anew at the next question, and tell who listens."""
        with self._lock:
            self._linked = None
        for listener in list(self._listeners):
            listener()

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call on the session's thread whenever answers given before are out of date; the returned function ends it."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    # -- questions of views ----------------------------------------------------------------------------

    def villages(self, deliver: Callable[[tuple[VillageChoice, ...]], None], failed: Failed) -> None:
        """All communities, town by town in the order of their codes."""
        self._read("villages", self.villages_now, deliver, failed)

    def find_villages(
        self, text: str, deliver: Callable[[frozenset[PlaceCode]], None], failed: Failed
    ) -> None:
        """Communities that the text may mean or begins: names, pinyin, initials, traditional characters, towns."""

        def work(_: Cancel) -> frozenset[PlaceCode]:
            matches = self._queries.reader().resolver.complete(text, 60)
            towns = {one.code for one in matches if one.level is Level.TOWN}
            direct = {one.code for one in matches if one.level is Level.COMMUNITY}
            places = self._queries.reader().places()
            return frozenset(direct or {code for code in places if code[:9] in towns and len(code) > 9})

        self._read("find villages", work, deliver, failed)

    def village(
        self, code: PlaceCode, on: dt.date | None, deliver: Callable[[VillagePage], None], failed: Failed
    ) -> None:
        """``on`` None: as of today."""
        self._read("village", lambda cancel: self.village_now(code, on, cancel), deliver, failed)

    def project_of(
        self, record_id: str, on: dt.date | None, deliver: Callable[[ProjectPage], None], failed: Failed
    ) -> None:
        def work(cancel: Cancel) -> ProjectPage:
            linked = self._linked_now(cancel)
            group = linked.of_record(record_id)
            if group is None:
                raise NotFoundError(say("session_village.no_record"), say("session_village.no_record_next"))
            return linked.page(group, on or self.today())

        self._read("project", work, deliver, failed)

    def project_names(self, deliver: Callable[[tuple[tuple[str, str], ...]], None], failed: Failed) -> None:
        """(record id of its first record, name) of every project, to choose one to merge with."""

        def work(cancel: Cancel) -> tuple[tuple[str, str], ...]:
            return tuple((one.record_ids[0], one.name) for one in self._linked_now(cancel).groups)

        self._read("project names", work, deliver, failed)

    def deadlines(
        self,
        on: dt.date | None,
        deliver: Callable[[DeadlineList], None],
        failed: Failed,
        lane: str = "deadlines",
    ) -> None:
        """``lane`` of its own for each asker: two views must not cancel each other's question."""
        self._read(lane, lambda cancel: self.deadlines_now(on, cancel), deliver, failed)

    def open_deadlines(
        self, deliver: Callable[[DeadlineList], None], failed: Failed, lane: str = "open deadlines"
    ) -> None:
        """As of today, without ``unknown`` where all records have not been read yet: for a count."""
        self._read(lane, self.open_deadlines_now, deliver, failed)

    def gaps(self, deliver: Callable[[Gaps], None], failed: Failed) -> None:
        self._read("gaps", self.gaps_now, deliver, failed)

    # -- decisions of a person ---------------------------------------------------------------------------

    def merge(self, record_ids: Sequence[str], done: Callable[[], None], failed: Failed) -> None:
        """The projects of these records become one, until it is undone."""
        self._decide(lambda kept: (*kept, Merge(tuple(record_ids))), done, failed)

    def split(self, record_ids: Sequence[str], done: Callable[[], None], failed: Failed) -> None:
        """These records leave their project and form one of their own."""
        self._decide(lambda kept: (*kept, Split(tuple(record_ids))), done, failed)

    def undo_link(self, done: Callable[[], None], failed: Failed) -> None:
        """Take the newest merge or split back."""

        def without_last(kept: tuple[Override, ...]) -> tuple[Override, ...]:
            if not kept:
                raise InputError(
                    say("session_village.links.nothing"), say("session_village.links.nothing_next")
                )
            return kept[:-1]

        self._decide(without_last, done, failed)

    # -- answers at once: for commands, and for workers ----------------------------------------------------

    def villages_now(self, cancel: Cancel | None = None) -> tuple[VillageChoice, ...]:
        linked, reader = self._linked_now(cancel), self._queries.reader()
        places, unlocated = reader.places(), reader.unlocated_communities()
        counts = dict.fromkeys(places, 0)
        for detail in linked.details:
            for code in detail.record.communities:
                counts[code] += 1
        return tuple(
            VillageChoice(place, places[place.town_code].name, counts[code], code not in unlocated)
            for code, place in sorted(places.items())
            if place.level is Level.COMMUNITY
        )

    def village_now(
        self, code: PlaceCode, on: dt.date | None = None, cancel: Cancel | None = None
    ) -> VillagePage:
        linked, reader = self._linked_now(cancel), self._queries.reader()
        place = reader.names.place(code)
        town = reader.names.place(place.town_code)
        located = code not in reader.unlocated_communities()
        day = on or self.today()

        def policies(records: Iterable[Record]) -> VillagePolicies:
            return policies_of(self._queries, place, town, records, day)

        return village_page(linked, place, town, located, reader.info(), day, policies)

    def projects_now(self, text: str, on: dt.date | None = None) -> tuple[ProjectPage, ...]:
        """Projects that the text names, () when none does."""
        linked = self._linked_now(None)
        return tuple(linked.page(group, on or self.today()) for group in linked.named(text))

    def project_pages_of(
        self, record_ids: Sequence[str], on: dt.date | None = None
    ) -> tuple[ProjectPage, ...]:
        """The projects of these records, each once, in the order of the records."""
        linked = self._linked_now(None)
        details = [one for record_id in record_ids if (one := linked.detail(record_id))]
        return tuple(linked.page(group, on or self.today()) for group in linked.groups_of(details))

    def deadlines_now(self, on: dt.date | None = None, cancel: Cancel | None = None) -> DeadlineList:
        linked = self._linked_now(cancel)
        return deadline_list(linked.details, on or self.today(), self._queries.reader().info().data_date)

    def open_deadlines_now(self, cancel: Cancel | None = None) -> DeadlineList:
        """Reads the records of the last months only: all of a province's take minutes and gigabytes."""
        on, reader = self.today(), self._queries.reader()
        linked = self._linked
        if linked is not None:
            return deadline_list(linked.details, on, reader.info().data_date)
        wanted = cancel.wanted if cancel else always

        def is_open(record: Record) -> bool:
            return any(one.is_open(on) for one in deadlines(record, on))

        recent = reader.details_since((on - LONGEST).isoformat(), KINDS, is_open, wanted)
        return deadline_list(recent, on, reader.info().data_date)

    def gaps_now(self, cancel: Cancel | None = None) -> Gaps:
        linked, reader = self._linked_now(cancel), self._queries.reader()
        return find_gaps(
            linked, reader.places(), reader.unlocated_communities(), reader.info().data_date, self.today()
        )

    # -- inside ----------------------------------------------------------------------------------------

    def _linked_now(self, cancel: Cancel | None) -> LinkedProjects:
        """Made by the first who asks; others wait for it rather than make it twice."""
        with self._lock:
            if self._linked is None:
                wanted = cancel.wanted if cancel else always
                details = self._queries.reader().details(RecordFilter(), Sort(), -1, wanted)
                self._linked = LinkedProjects(details, self._overrides.load())
            return self._linked

    def _decide(
        self,
        change: Callable[[tuple[Override, ...]], tuple[Override, ...]],
        done: Callable[[], None],
        failed: Failed,
    ) -> None:
        def work(_: Cancel) -> None:
            self._overrides.save(change(self._overrides.load()))

        def finish(outcome: Outcome[None]) -> None:
            if outcome.error is None:
                self.forget()
                done()
            else:
                _pass_on(outcome.error, failed)

        self._executor.write(work, finish)

    def _read(
        self, lane: str, work: Callable[[Cancel], T], deliver: Callable[[T], None], failed: Failed
    ) -> None:
        def finish(outcome: Outcome[T]) -> None:
            if outcome.error is None:
                deliver(outcome.value)  # type: ignore[arg-type]  # T may itself be None
            else:
                _pass_on(outcome.error, failed)

        self._executor.read(f"desk {lane}", work, finish)


def _pass_on(error: BaseException, failed: Failed) -> None:
    if isinstance(error, CancelledError):
        return
    if not isinstance(error, HpviewerError):
        raise error
    failed(error)
