"""A record in the history of the catalogue: JSON, in one of two forms that mean the same.

An object with the fields of Record where Python had the record in hand; the row of the table as an array where SQLite
writes the history of many new records by itself, in a quarter of the time.
"""

from __future__ import annotations

from collections.abc import Iterable

import apsw
import msgspec

from hpviewer.catalogue import record_rows
from hpviewer.places.place import PlaceCode
from hpviewer.records.change import RecordChange
from hpviewer.records.record import Record

_ROW = record_rows.COLUMNS.removeprefix("r.fid, ")
_CODES = "(SELECT group_concat(p.code, ' ' ORDER BY p.position) FROM record_places p WHERE p.record = r.fid)"
_ADDED = (
    "INSERT INTO record_history (batch, record_id, before, after)"
    f" SELECT ?, r.id, NULL, json_array({_ROW}, {_CODES}) FROM records r WHERE r.fid >= ? ORDER BY r.fid"
)
_CHANGED = "INSERT INTO record_history (batch, record_id, before, after) VALUES (?, ?, ?, ?)"


def decoded(text: str | None) -> Record | None:
    """A record of the history."""
    if text is None:
        return None
    if not text.startswith("["):
        return msgspec.json.decode(text, type=Record)
    *row, codes = msgspec.json.decode(text)
    return record_rows.record_of((0, *row), [PlaceCode(code) for code in (codes or "").split()])


def write_changes(connection: apsw.Connection, batch: int, changes: Iterable[RecordChange]) -> None:
    connection.executemany(
        _CHANGED,
        [(batch, change.record_id, _encoded(change.before), _encoded(change.after)) for change in changes],
    )


def write_added(connection: apsw.Connection, batch: int, first: int) -> None:
    """All records from number ``first`` on, as added by the batch."""
    connection.execute(_ADDED, (batch, first))


def _encoded(record: Record | None) -> str | None:
    return None if record is None else msgspec.json.encode(record).decode()
