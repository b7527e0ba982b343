"""Changes of records into the catalogue, gathered and written by the thousand inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Any

import apsw
import msgspec

from hpviewer.catalogue.known_records import CHUNK, Keys, keys_of
from hpviewer.catalogue.record_writer import PlacesOnMap, delete_records, many_at_once, write_batch
from hpviewer.records.change import RecordChange
from hpviewer.records.record import Record

_HISTORY = "INSERT INTO record_history (batch, record_id, before, after) VALUES (?, ?, ?, ?)"


class ChangeWriter:
    """Writes what it is given, in its order; what is not written yet is written at the end of ``with``.

    ``expected``: how many changes there may be. ``begin`` gives the batch's number; it is called, and the catalogue
    prepared for many changes, when the first of them is written: a file with nothing new leaves it untouched.
    """

    def __init__(
        self, connection: apsw.Connection, known: PlacesOnMap, expected: int, begin: Callable[[], int]
    ) -> None:
        self._connection = connection
        self._known = known
        self._expected = expected
        self._begin = begin
        self._prepared = ExitStack()
        self._batch = 0
        self._waiting: list[RecordChange] = []
        self._touched: set[tuple[str, ...]] = set()

    def __enter__(self) -> ChangeWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: Any) -> None:
        if kind is None:
            self.flush()
        self._prepared.__exit__(kind, *rest)

    def add(self, change: RecordChange, keys: Keys) -> None:
        """``keys``: of the incoming record."""
        self._waiting.append(change)
        self._touched.update(keys)
        if change.before is not None:  # a record that was merged answers to more
            for record in (change.before, change.after):
                if record is not None:
                    self._touched.update(keys_of(record))

    def concerns(self, keys: Keys) -> bool:
        """Whether a change since the last ``settled`` may answer to one of these keys."""
        return not self._touched.isdisjoint(keys)

    def settled(self) -> None:
        """Everything is written, and what is asked of the catalogue from here on knows it."""
        self.flush()
        self._touched.clear()

    def flush(self) -> None:
        if not self._waiting:
            return
        if not self._batch:
            self._batch = self._begin()
            self._prepared.enter_context(many_at_once(self._connection, self._expected))
        delete_records(self._connection, [change.before.id for change in self._waiting if change.before])
        write_batch(self._connection, [change.after for change in self._waiting if change.after], self._known)
        self._connection.executemany(
            _HISTORY,
            [
                (self._batch, change.record_id, _encoded(change.before), _encoded(change.after))
                for change in self._waiting
            ],
        )
        self._waiting.clear()


def take_back_records(
    connection: apsw.Connection, rows: Sequence[tuple[str, str | None, str | None]], known: PlacesOnMap
) -> list[RecordChange]:
    """``rows`` are id, before and after of a batch's history, last change first: every record as it was before."""
    changes: list[RecordChange] = []
    gone: dict[str, None] = {}
    back: list[Record] = []

    def write() -> None:
        delete_records(connection, list(gone))
        write_batch(connection, back, known)
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


def _encoded(record: Record | None) -> str | None:
    return None if record is None else msgspec.json.encode(record).decode()


def decoded(text: str | None) -> Record | None:
    """A record of the history."""
    return None if text is None else msgspec.json.decode(text, type=Record)
