"""The one that changes a catalogue: imports and edits as batches, each whole or not at all, each undoable."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hpviewer.catalogue.change_writer import ChangeWriter, take_back_records
from hpviewer.catalogue.connection import fetch, open_reader, open_writer, sentences, transaction
from hpviewer.catalogue.file_state import FileState, file_state
from hpviewer.catalogue.items import Item, ItemKind, put, stored_value, take_back
from hpviewer.catalogue.known_records import KnownRecords, entangled, in_chunks
from hpviewer.catalogue.places_on_map import PlacesOnMap
from hpviewer.catalogue.policy_rows import recognised
from hpviewer.catalogue.projects import refresh_projects
from hpviewer.catalogue.recognition import first_record, recognised_record
from hpviewer.catalogue.record_history import decoded
from hpviewer.catalogue.record_writer import MANY, many_at_once
from hpviewer.catalogue.schema import read_meta, set_meta
from hpviewer.catalogue.shape_rows import follow
from hpviewer.catalogue.without_collector import without_collector
from hpviewer.errors import CancelledError, InputError, NotFoundError
from hpviewer.places.place import PlaceCode
from hpviewer.policies.policy import Policy
from hpviewer.records.change import ChangeKind, RecordChange, merged
from hpviewer.records.record import Record
from hpviewer.wording import say

CHANGED = (
    "coalesce(nullif("
    "(SELECT count(*) FROM record_history h WHERE h.batch = b.fid)"
    " + (SELECT count(*) FROM item_history i WHERE i.batch = b.fid AND i.kind NOT IN ('layer', 'meta')), 0),"
    " (SELECT count(*) FROM item_history i WHERE i.batch = b.fid AND i.kind = 'meta'))"
)
"""What the batch ``b`` changed. Facts about the whole file come along with other changes and are not counted then; a
batch may also hold nothing else (projects merged by hand)."""


@dataclass(frozen=True, slots=True)
class Batch:
    """``started`` and ``undone`` are ISO moments, local time; ``undone`` is empty for a batch in force.

    ``records`` counts records, boundaries, policies and reports that it changed.
    """

    number: int
    started: str
    source: str
    undone: str
    records: int


@dataclass(frozen=True, slots=True)
class Compared:
    """What saving some records would do, in their order, and the file that this holds for; None: for none.

    ``alike``: positions of those that are not new for certain, whatever else may be saved with them.
    """

    changes: Sequence[RecordChange]
    alike: frozenset[int]
    state: FileState | None


class Writer:
    """Holds the catalogue's writing connection for as long as it is open; use as a context manager."""

    def __init__(
        self, path: Path, now: Callable[[], dt.datetime] = dt.datetime.now, *, looking: bool = False
    ) -> None:
        """``looking``: only to compare and to list, for which a read-only catalogue will do; changes are refused."""
        self.path = path
        self._now = now
        self._connection = open_reader(path) if looking else open_writer(path)
        with sentences(path):
            read_meta(self._connection)

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    # -- what would change -----------------------------------------------------------------------------

    def compare(self, incoming: Sequence[Record]) -> Compared:
        """What saving these would do, without saving: recognised, merged, in their order."""
        with sentences(self.path), without_collector():
            before = file_state(self.path)
            changes: list[RecordChange] = []
            alike: set[int] = set()
            for chunk in in_chunks(incoming):
                stored = KnownRecords(self._connection, chunk)
                alike.update(len(changes) + at for at in stored.alike)
                changes += [_merging(stored.find(record), record) for record in chunk]
            state = before if before == file_state(self.path) else None
            return Compared(changes, frozenset(alike), state)

    # -- changes ---------------------------------------------------------------------------------------

    def save(
        self,
        incoming: Sequence[Record],
        source: str,
        wanted: Callable[[], bool] = lambda: True,
        items: Sequence[Item] = (),
        *,
        exact: bool = False,
        compared: Compared | None = None,
    ) -> tuple[int, list[RecordChange]]:
        """All of these in one batch: its number and what changed in records. ``source`` names the files for the
        user; ``items`` are boundaries, policies, reports and layers. ``exact``: edited by hand, so each record takes
        the place of the one with its id as it is, and an emptied field is empty. ``compared``: what `compare` said of
        these records, in their order; used as long as the file is still the same.

        CancelledError when ``wanted`` says no: the catalogue is then as it was. Without a real change no
        batch is made and the number is 0.
        """
        with sentences(self.path), transaction(self._connection), without_collector():
            same = (
                compared is not None
                and compared.state is not None
                and compared.state == file_state(self.path)
            )
            # places first: records may name a new one
            batch = self._put([item for item in items if item.kind is ItemKind.PLACE], 0, source)
            changes: list[RecordChange] = []
            known = compared if same else None
            batch = self._save_records(incoming, batch, source, wanted, changes, exact, known)
            batch = self._put(items, batch, source)
            if items:  # places may lie elsewhere now, and an area of its own came to a project
                refresh_projects(self._connection, _projects_of(changes))
            if batch:
                set_meta(self._connection, "changed", "1")
            return batch, changes

    def undo(self, number: int | None = None) -> tuple[Batch, list[RecordChange]]:
        """Take a batch back; without a number the newest one in force.

        NotFoundError when there is none; InputError when a later batch changed one of its records again.
        """
        with sentences(self.path), transaction(self._connection):
            batch = self._find(number)
            rows = fetch(
                self._connection,
                "SELECT record_id, before, after FROM record_history WHERE batch = ? ORDER BY fid DESC",
                (batch.number,),
            )
            self._refuse_overtaken(batch)
            with many_at_once(self._connection, len(rows)):
                changes = take_back_records(self._connection, rows, self._places())
            take_back(self._connection, batch.number)
            self._connection.execute(
                "UPDATE batches SET undone = ? WHERE fid = ?", (self._moment(), batch.number)
            )
            refresh_projects(self._connection, _projects_of(changes))
            set_meta(self._connection, "changed", "1")
            return batch, changes

    def batches(self) -> list[Batch]:
        """All batches, newest first."""
        rows = self._connection.execute(
            f"SELECT b.fid, b.started, b.source, b.undone, {CHANGED} FROM batches b ORDER BY b.fid DESC"
        )
        return [Batch(*row) for row in rows]

    def changes_of(self, number: int) -> list[RecordChange]:
        """What a batch changed, record by record, whether or not it was taken back."""
        rows = self._connection.execute(
            "SELECT before, after FROM record_history WHERE batch = ? ORDER BY fid", (number,)
        )
        return [RecordChange(decoded(before), decoded(after)) for before, after in rows]

    def policy_id(self, policy: Policy) -> str:
        """Under which id the same document is stored; its own id when it is new."""
        with sentences(self.path):
            return recognised(self._connection, policy)

    def stored(self, kind: ItemKind, key: str) -> bytes | None:
        """An item as it is now, for previews."""
        with sentences(self.path):
            return stored_value(self._connection, kind, key)

    # -- inside ----------------------------------------------------------------------------------------

    def _put(self, items: Sequence[Item], batch: int, source: str) -> int:
        """Items into the batch, which begins here when no record began it; its number, 0 without a change."""
        shapes = False
        for item in items:
            if stored_value(self._connection, item.kind, item.key) == item.value:
                continue
            batch = batch or self._begin(source)
            put(self._connection, batch, item)
            shapes = shapes or item.kind is ItemKind.SHAPE
        if shapes:
            follow(self._connection)
        return batch

    def _save_records(
        self,
        incoming: Sequence[Record],
        batch: int,
        source: str,
        wanted: Callable[[], bool],
        changes: list[RecordChange],
        exact: bool,
        compared: Compared | None,
    ) -> int:
        """Adds to ``changes``; the batch's number, 0 as long as nothing changed."""

        def begun() -> int:
            nonlocal batch
            batch = batch or self._begin(source)
            return batch

        def check() -> None:
            if not wanted():
                raise CancelledError("")

        with ChangeWriter(self._connection, self._places(), len(incoming), begun) as out:
            new = {} if exact else self._new(incoming, compared, check)
            out.add_new([change.after for change in new.values() if change.after], check)
            rest = [record for at, record in enumerate(incoming) if at not in new] if new else incoming
            others = self._others(rest, out, exact, check)
            changes += [new[at] if at in new else next(others) for at in range(len(incoming))]
        return batch

    def _new(
        self, incoming: Sequence[Record], compared: Compared | None, check: Callable[[], None]
    ) -> dict[int, RecordChange]:
        """By their position, the records that are new for certain, whatever else is in this batch."""
        if len(incoming) < MANY:
            return {}
        if compared is not None and len(compared.changes) == len(incoming):
            changes = compared.changes
            # by object: one that was corrected since was not compared
            alike = compared.alike | {
                at for at, record in enumerate(incoming) if changes[at].after is not record
            }
        else:
            changes = [RecordChange(None, record) for record in incoming]
            found: set[int] = set()
            first = 0
            for chunk in in_chunks(incoming):
                check()
                found.update(first + at for at in KnownRecords(self._connection, chunk).alike)
                first += len(chunk)
            alike = frozenset(found)
        check()
        others = entangled(incoming, alike)
        return {at: change for at, change in enumerate(changes) if at not in others}

    def _others(
        self, records: Sequence[Record], out: ChangeWriter, exact: bool, check: Callable[[], None]
    ) -> Iterator[RecordChange]:
        """One after the other: what each of them changes may decide what the next is."""
        for chunk in in_chunks(records):
            out.settled()
            stored = KnownRecords(self._connection, chunk)
            for record in chunk:
                check()
                again = out.concerns(record)  # this batch brought, or changed, what may be the same item
                if again:
                    out.flush()
                if exact:
                    change = RecordChange(first_record(self._connection, "r.id = ?", (record.id,)), record)
                elif again:
                    change = _merging(recognised_record(self._connection, record), record)
                else:
                    change = _merging(stored.find(record), record)
                if change.before is not change.after and change.kind is not ChangeKind.UNCHANGED:
                    out.add(change)
                yield change

    def _begin(self, source: str) -> int:
        self._connection.execute(
            "INSERT INTO batches (started, source, undone) VALUES (?, ?, '')", (self._moment(), source)
        )
        return self._connection.last_insert_rowid()

    def _find(self, number: int | None) -> Batch:
        for batch in self.batches():
            if number == batch.number or (number is None and not batch.undone):
                if batch.undone:
                    raise InputError(
                        say("catalogue.undo.already", batch=number, when=batch.undone),
                        say("catalogue.undo.next"),
                    )
                return batch
        raise NotFoundError(
            say("catalogue.undo.none") if number is None else say("catalogue.undo.unknown", batch=number),
            say("catalogue.undo.next"),
        )

    def _refuse_overtaken(self, batch: Batch) -> None:
        row = self._connection.execute(
            "SELECT later.batch, later.record_id FROM record_history later JOIN batches b ON b.fid = later.batch"
            " WHERE later.batch > ?1 AND b.undone = '' AND later.record_id IN"
            " (SELECT record_id FROM record_history WHERE batch = ?1) ORDER BY later.batch DESC LIMIT 1",
            (batch.number,),
        ).fetchone()
        row = (
            row
            or self._connection.execute(
                "SELECT later.batch, later.key FROM item_history later JOIN batches b ON b.fid = later.batch"
                " JOIN item_history own ON own.kind = later.kind AND own.key = later.key AND own.batch = ?1"
                " WHERE later.batch > ?1 AND b.undone = '' ORDER BY later.batch DESC LIMIT 1",
                (batch.number,),
            ).fetchone()
        )
        if row:
            raise InputError(
                say("catalogue.undo.overtaken", batch=batch.number, record=row[1], later=row[0]),
                say("catalogue.undo.overtaken_next", later=row[0]),
            )

    def _places(self) -> PlacesOnMap:
        rows = fetch(
            self._connection,
            "SELECT code, name, label_lon, label_lat FROM towns"
            " UNION ALL SELECT code, name, label_lon, label_lat FROM communities",
        )
        return PlacesOnMap(
            names={PlaceCode(code): name for code, name, _, _ in rows},
            positions={PlaceCode(code): (lon, lat) for code, _, lon, lat in rows if lon is not None},
        )

    def _moment(self) -> str:
        return self._now().isoformat(sep=" ", timespec="seconds")


def _projects_of(changes: Iterable[RecordChange]) -> set[str]:
    return {
        record.project
        for change in changes
        for record in (change.before, change.after)
        if record and record.project and change.kind is not ChangeKind.UNCHANGED
    }


def _merging(stored: Record | None, record: Record) -> RecordChange:
    if stored is None or stored == record:
        return RecordChange(stored, stored or record)
    return RecordChange(stored, merged(stored, record))
