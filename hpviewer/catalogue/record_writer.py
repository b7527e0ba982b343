"""Records into their tables and their text index, inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

import apsw
import msgspec

from hpviewer.catalogue.connection import fetch
from hpviewer.catalogue.kept_counts import counted_at_once
from hpviewer.catalogue.places_on_map import PlacesOnMap
from hpviewer.catalogue.record_values import COLUMNS, RecordValues
from hpviewer.records.record import Record

MANY = 500
"""From this number of records on they are written the way that suits many."""
_BATCH = 2_000
_ROOM_KB = 128_000
_RECORD_INSERT = f"INSERT INTO records ({', '.join(COLUMNS)}) VALUES (?{', ?' * (len(COLUMNS) - 1)})"
TEXT_INSERT = (
    "INSERT INTO records_text (rowid, title, numbers, project, place, other) VALUES (?, ?, ?, ?, ?, ?)"
)

_DELETE = (
    "DELETE FROM records_text WHERE rowid = ?",
    "DELETE FROM record_places WHERE record = ?",
    "DELETE FROM records WHERE fid = ?",
)


def write_records(connection: apsw.Connection, records: Iterable[Record], known: PlacesOnMap) -> None:
    """Any number of records, in batches: they may come from a generator and are never all in memory."""
    source = iter(records)
    batch = list(islice(source, _BATCH))
    values = RecordValues(known)
    with text_gathered(connection, len(batch)):
        while batch:
            write_batch(connection, batch, values)
            batch = list(islice(source, _BATCH))


@contextmanager
def many_at_once(connection: apsw.Connection, records: int) -> Iterator[None]:
    """Makes the caller's transaction fit for so many changes; as before at its end."""
    with text_gathered(connection, records), counted_at_once(connection, records):
        yield


@contextmanager
def text_gathered(connection: apsw.Connection, records: int) -> Iterator[None]:
    """For many records, holds 16 MB of text in memory before they go into the index; FTS5's own 1 MB costs a third
    more time. The same for pages: with the usual 16 MB, 100,000 records write and sync each page of the indexes again
    and again (130 s instead of 20 s)."""
    many = records >= MANY
    usual = connection.pragma("cache_size")
    if many:
        _gather_text(connection, 16 << 20)
        connection.pragma("cache_size", min(usual, -_ROOM_KB) if usual < 0 else usual)
    try:
        yield
        if many:
            _gather_text(connection, 1 << 20)
    finally:
        connection.pragma("cache_size", usual)


def _gather_text(connection: apsw.Connection, size: int) -> None:
    connection.execute("INSERT INTO records_text (records_text, rank) VALUES ('hashsize', ?)", (size,))


def write_batch(connection: apsw.Connection, records: Sequence[Record], values: RecordValues) -> None:
    """A few thousand at most: all their rows are in memory."""
    if not records:
        return
    first = next_fid(connection)
    fids = range(first, first + len(records))
    insert_records(connection, records, fids, values)
    connection.executemany(TEXT_INSERT, values.texts(records, fids))


def next_fid(connection: apsw.Connection) -> int:
    """Of a record. Asked for once: the caller's transaction keeps other writers out."""
    return int(fetch(connection, "SELECT coalesce(max(fid), 0) + 1 FROM records")[0][0])


def insert_records(
    connection: apsw.Connection, records: Sequence[Record], fids: Sequence[int], values: RecordValues
) -> None:
    """All but their text."""
    connection.executemany(_RECORD_INSERT, values.rows(records, fids))
    connection.executemany(
        "INSERT INTO record_places (record, code, position) VALUES (?, ?, ?)", values.places(records, fids)
    )


def delete_records(connection: apsw.Connection, ids: Sequence[str]) -> None:
    """The records with their places and their text, as many of them as there are."""
    found = connection.execute(
        "SELECT r.fid FROM json_each(?) j CROSS JOIN records r ON r.id = j.value",
        (msgspec.json.encode(ids).decode(),),
    ).fetchall()
    for sql in _DELETE:
        connection.executemany(sql, found)


def delete_record(connection: apsw.Connection, record_id: str) -> None:
    """The record with its places and its text; nothing happens when there is none."""
    delete_records(connection, [record_id])
