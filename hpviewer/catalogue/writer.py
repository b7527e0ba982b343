"""The one that changes a catalogue: imports and edits as batches, each whole or not at all, each undoable."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from hpviewer.catalogue import record_rows
from hpviewer.catalogue.connection import fetch, open_writer, sentences, transaction
from hpviewer.catalogue.items import Item, ItemKind, put, stored_value, take_back
from hpviewer.catalogue.policy_rows import recognised
from hpviewer.catalogue.projects import refresh_projects
from hpviewer.catalogue.record_writer import PlacesOnMap, delete_record, write_records
from hpviewer.catalogue.schema import read_meta, set_meta
from hpviewer.catalogue.shape_rows import follow
from hpviewer.errors import CancelledError, InputError, NotFoundError
from hpviewer.places.place import PlaceCode
from hpviewer.policies.policy import Policy
from hpviewer.records.change import ChangeKind, RecordChange, merged
from hpviewer.records.record import Record
from hpviewer.wording import say


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


class Writer:
    """Holds the catalogue's writing connection for as long as it is open; use as a context manager."""

    def __init__(self, path: Path, now: Callable[[], dt.datetime] = dt.datetime.now) -> None:
        self.path = path
        self._now = now
        self._connection = open_writer(path)
        with sentences(path):
            read_meta(self._connection)

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    # -- what would change -----------------------------------------------------------------------------

    def compare(self, incoming: Iterable[Record]) -> list[RecordChange]:
        """What saving these would do, without saving: recognised, merged, in their order."""
        with sentences(self.path):
            return [self._change(record) for record in incoming]

    # -- changes ---------------------------------------------------------------------------------------

    def save(
        self,
        incoming: Sequence[Record],
        source: str,
        wanted: Callable[[], bool] = lambda: True,
        items: Sequence[Item] = (),
        *,
        exact: bool = False,
    ) -> tuple[int, list[RecordChange]]:
        """All of these in one batch: its number and what changed in records. ``source`` names the files for the
        user; ``items`` are boundaries, policies, reports and layers. ``exact``: edited by hand, so each record takes
        the place of the one with its id as it is, and an emptied field is empty.

        CancelledError when ``wanted`` says no: the catalogue is then as it was. Without a real change no
        batch is made and the number is 0.
        """
        with sentences(self.path), transaction(self._connection):
            known = self._places()
            batch, changes = 0, []
            for record in incoming:
                if not wanted():
                    raise CancelledError("")
                change = self._replacement(record) if exact else self._change(record)
                changes.append(change)
                if change.kind is ChangeKind.UNCHANGED:
                    continue
                batch = batch or self._begin(source)
                self._apply(batch, change, known)
            batch = self._put(items, batch, source)
            if batch:
                self._finish(changes)
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
            known = self._places()
            changes = []
            for record_id, before, after in rows:
                change = RecordChange(_decoded(after), _decoded(before))
                delete_record(self._connection, record_id)
                if change.after is not None:
                    write_records(self._connection, [change.after], known)
                changes.append(change)
            take_back(self._connection, batch.number)
            self._connection.execute(
                "UPDATE batches SET undone = ? WHERE fid = ?", (self._moment(), batch.number)
            )
            self._finish(changes)
            return batch, changes

    def batches(self) -> list[Batch]:
        """All batches, newest first."""
        rows = self._connection.execute(
            "SELECT b.fid, b.started, b.source, b.undone,"
            " (SELECT count(*) FROM record_history h WHERE h.batch = b.fid)"
            " + (SELECT count(*) FROM item_history i WHERE i.batch = b.fid AND i.kind NOT IN ('layer', 'meta'))"
            " FROM batches b ORDER BY b.fid DESC"
        )
        return [Batch(*row) for row in rows]

    def changes_of(self, number: int) -> list[RecordChange]:
        """What a batch changed, record by record, whether or not it was taken back."""
        rows = self._connection.execute(
            "SELECT before, after FROM record_history WHERE batch = ? ORDER BY fid", (number,)
        )
        return [RecordChange(_decoded(before), _decoded(after)) for before, after in rows]

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

    def _change(self, record: Record) -> RecordChange:
        stored = self._recognised(record)
        return RecordChange(stored, merged(stored, record) if stored else record)

    def _replacement(self, record: Record) -> RecordChange:
        return RecordChange(self._first("r.id = ?", (record.id,)), record)

    def _recognised(self, record: Record) -> Record | None:
        """The stored record of the same item: by id, by the source's own number, by document number with the
        kind, else by title and date of the same kind, as long as the two do not carry different numbers: several
        notices of one day often share a general title."""
        questions: list[tuple[str, tuple[object, ...]]] = [("r.id = ?", (record.id,))]
        page = record_rows.source_id(record)
        if page:
            questions.append(("r.source_id = ? AND r.kind = ?", (page, record.kind.value)))
        if record.doc_number:
            questions.append(("r.doc_number = ? AND r.kind = ?", (record.doc_number, record.kind.value)))
        if record.published:
            questions.append(
                (
                    "r.title = ?1 AND r.published = ?2 AND r.kind = ?3 AND (?4 = '' OR r.doc_number IN ('', ?4))"
                    " AND (?5 = '' OR r.approval_number IN ('', ?5))",
                    (
                        record.title,
                        str(record.published),
                        record.kind.value,
                        record.doc_number,
                        record.approval_number,
                    ),
                )
            )
        for where, values in questions:
            stored = self._first(where, values)
            if stored is not None:
                return stored
        return None

    def _first(self, where: str, values: tuple[object, ...]) -> Record | None:
        rows = fetch(
            self._connection, f"SELECT {record_rows.COLUMNS} FROM records r WHERE {where} LIMIT 1", values
        )
        if not rows:
            return None
        codes = fetch(
            self._connection,
            "SELECT code FROM record_places WHERE record = ? ORDER BY position",
            (rows[0][0],),
        )
        return record_rows.record_of(rows[0], [PlaceCode(code) for (code,) in codes])

    def _begin(self, source: str) -> int:
        self._connection.execute(
            "INSERT INTO batches (started, source, undone) VALUES (?, ?, '')", (self._moment(), source)
        )
        return self._connection.last_insert_rowid()

    def _apply(self, batch: int, change: RecordChange, known: PlacesOnMap) -> None:
        assert change.after is not None
        if change.before is not None:
            delete_record(self._connection, change.before.id)
        write_records(self._connection, [change.after], known)
        self._connection.execute(
            "INSERT INTO record_history (batch, record_id, before, after) VALUES (?, ?, ?, ?)",
            (batch, change.record_id, _encoded(change.before), _encoded(change.after)),
        )

    def _finish(self, changes: Iterable[RecordChange]) -> None:
        names = {
            record.project
            for change in changes
            for record in (change.before, change.after)
            if record and record.project and change.kind is not ChangeKind.UNCHANGED
        }
        refresh_projects(self._connection, names)
        set_meta(self._connection, "changed", "1")

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


def _encoded(record: Record | None) -> str | None:
    return None if record is None else msgspec.json.encode(record).decode()


def _decoded(text: str | None) -> Record | None:
    return None if text is None else msgspec.json.decode(text, type=Record)
