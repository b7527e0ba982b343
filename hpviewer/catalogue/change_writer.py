"""Changes of records into the catalogue, gathered and written by the thousand inside the caller's transaction.

The projects that they name follow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Any

import apsw

from hpviewer.catalogue.kept_counts import counted_at_once, counted_by_caller
from hpviewer.catalogue.known_records import CHUNK, Key, in_chunks, keys_of
from hpviewer.catalogue.places_on_map import PlacesOnMap
from hpviewer.catalogue.projects import refresh_projects
from hpviewer.catalogue.rebuilt_indexes import indexed_at_once
from hpviewer.catalogue.record_history import decoded, write_added, write_changes
from hpviewer.catalogue.record_values import RecordValues
from hpviewer.catalogue.record_writer import (
    TEXT_INSERT,
    delete_records,
    insert_records,
    next_fid,
    text_gathered,
    write_batch,
)
from hpviewer.catalogue.texts_ahead import texts_ahead
from hpviewer.records.change import RecordChange
from hpviewer.records.record import Record


class ChangeWriter:
    """Writes what it is given, in its order; what is not written yet is written at the end of ``with``.

    ``expected``: how many changes there may be. ``begin`` gives the batch's number; it is called, and the catalogue
    prepared for many changes, when the first of them is written: a file with nothing new leaves it untouched.
    """

    def __init__(
        self, connection: apsw.Connection, known: PlacesOnMap, expected: int, begin: Callable[[], int]
    ) -> None:
        self._connection = connection
        self._values = RecordValues(known)
        self._expected = self._others = expected
        self._counting = False
        self._begin = begin
        self._prepared = ExitStack()
        self._batch = 0
        self._waiting: list[RecordChange] = []
        self._touched: set[Key] = set()
        self._projects: set[str] = set()

    def __enter__(self) -> ChangeWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: Any) -> None:
        if kind is None:
            self.flush()
            refresh_projects(self._connection, self._projects)
        self._prepared.__exit__(kind, *rest)

    def add(self, change: RecordChange) -> None:
        self._waiting.append(change)
        for record in (change.before, change.after):  # a record that was merged answers to the keys of both
            if record is not None:
                self._touched.update(keys_of(record))
                if record.project:
                    self._projects.add(record.project)

    def concerns(self, record: Record) -> bool:
        """Whether a change since the last ``settled`` may be of the same item."""
        return bool(self._touched) and not self._touched.isdisjoint(keys_of(record))

    def settled(self) -> None:
        """Everything is written, and what is asked of the catalogue from here on knows it."""
        self.flush()
        self._touched.clear()

    def flush(self) -> None:
        if not self._waiting:
            return
        batch = self._prepare()
        if not self._counting:
            self._counting = True
            self._prepared.enter_context(counted_at_once(self._connection, self._others))
        delete_records(self._connection, [change.before.id for change in self._waiting if change.before])
        write_batch(
            self._connection, [change.after for change in self._waiting if change.after], self._values
        )
        write_changes(self._connection, batch, self._waiting)
        self._waiting.clear()

    def add_new(self, records: Sequence[Record], check: Callable[[], None]) -> None:
        """Records of which it is certain that the catalogue holds none and that they are all different: written now.

        ``check`` is called every so often, to end it all by an exception.
        """
        if not records:
            return
        self.flush()
        self._others -= len(records)
        batch, connection, values = self._prepare(), self._connection, self._values
        fid = first = next_fid(connection)
        counts: Counter[tuple[str, object]] = Counter()
        with ExitStack() as until_the_end:
            with (
                counted_by_caller(connection, len(records), counts),
                indexed_at_once(connection, ("records", "record_places"), len(records), check),
            ):
                for chunk in in_chunks(records):
                    check()
                    insert_records(connection, chunk, range(fid, fid + len(chunk)), values)
                    counts += values.counts(chunk)
                    fid += len(chunk)
                texts = until_the_end.enter_context(texts_ahead(records, first, values))
            # while the pages of these rows are still in memory
            refresh_projects(connection, {record.project for record in records if record.project})
            check()
            for rows in texts.ready():
                check()
                connection.executemany(TEXT_INSERT, rows)
            with indexed_at_once(connection, ("record_history",), len(records), check):
                write_added(connection, batch, first)
            for rows in texts:
                check()
                connection.executemany(TEXT_INSERT, rows)

    def _prepare(self) -> int:
        if not self._batch:
            self._batch = self._begin()
            self._prepared.enter_context(text_gathered(self._connection, self._expected))
        return self._batch


def take_back_records(
    connection: apsw.Connection, rows: Sequence[tuple[str, str | None, str | None]], known: PlacesOnMap
) -> list[RecordChange]:
    """``rows`` are id, before and after of a batch's history, last change first: every record as it was before."""
    changes: list[RecordChange] = []
    gone: dict[str, None] = {}
    back: list[Record] = []
    values = RecordValues(known)

    def write() -> None:
        delete_records(connection, list(gone))
        write_batch(connection, back, values)
        gone.clear()
        back.clear()

    for record_id, before, after in rows:
        change = RecordChange(decoded(after), decoded(before))
        changes.append(change)
        if record_id in gone or len(gone) >= CHUNK:  # changed twice in the batch: one step after the other
            write()
        gone[record_id] = None
        if change.after is not None:
            back.append(change.after)
    write()
    return changes
