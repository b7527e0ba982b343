"""Records into their tables and their text index, inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

import apsw
import msgspec

from hpviewer.catalogue.connection import fetch
from hpviewer.catalogue.kept_counts import counted_at_once
from hpviewer.catalogue.record_rows import PLACE_SEPARATOR
from hpviewer.catalogue.record_values import date_text, values_of
from hpviewer.catalogue.search_text import all_indexed
from hpviewer.places.place import PlaceCode
from hpviewer.records.geometry import Position
from hpviewer.records.record import Record

_BATCH = _MANY = 500
_ROOM_KB = 128_000
TEXT_INSERT = (
    "INSERT INTO records_text (rowid, title, numbers, project, place, other) VALUES (?, ?, ?, ?, ?, ?)"
)

_DELETE = (
    "DELETE FROM records_text WHERE rowid = ?",
    "DELETE FROM record_places WHERE record = ?",
    "DELETE FROM records WHERE fid = ?",
)


@dataclass(frozen=True, slots=True)
class PlacesOnMap:
    """Names by code, and label points (longitude, latitude) of the places whose position is known."""

    names: Mapping[PlaceCode, str]
    positions: Mapping[PlaceCode, Position]

    def located(self, record: Record) -> bool:
        """Every community that the record names, and at least one, has its place on the map."""
        return bool(record.communities) and all(code in self.positions for code in record.communities)


def write_records(connection: apsw.Connection, records: Iterable[Record], known: PlacesOnMap) -> None:
    """Any number of records, in batches: they may come from a generator and are never all in memory."""
    source = iter(records)
    batch = list(islice(source, _BATCH))
    with _text_gathered(connection, len(batch)):
        while batch:
            write_batch(connection, batch, known)
            batch = list(islice(source, _BATCH))


@contextmanager
def many_at_once(connection: apsw.Connection, records: int) -> Iterator[None]:
    """Makes the caller's transaction fit for so many changes; as before at its end."""
    with _text_gathered(connection, records), counted_at_once(connection, records):
        yield


@contextmanager
def _text_gathered(connection: apsw.Connection, records: int) -> Iterator[None]:
    """For many records, holds 16 MB of text in memory before they go into the index; FTS5's own 1 MB costs a third
    more time. The same for pages: with the usual 16 MB, 100,000 records write and sync each page of the indexes again
    and again (130 s instead of 20 s)."""
    many = records >= _MANY
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


def write_batch(connection: apsw.Connection, records: Sequence[Record], known: PlacesOnMap) -> None:
    """A few thousand at most: all their rows are in memory."""
    if not records:
        return
    # the next free number is asked for once: the caller's transaction keeps other writers out
    first = int(fetch(connection, "SELECT coalesce(max(fid), 0) + 1 FROM records")[0][0])
    columns: Mapping[str, object] = {}
    rows: list[tuple[object, ...]] = []
    places: list[tuple[int, PlaceCode, int]] = []
    texts: list[str] = []
    for fid, record in enumerate(records, first):
        shown = PLACE_SEPARATOR.join([known.names[code] for code in record.communities or record.towns])
        columns = values_of(record, shown, not known.located(record))
        rows.append((fid, *columns.values()))
        for at, code in enumerate((*record.towns, *record.communities)):
            places.append((fid, code, at))
        texts += text_of(record, shown)
    connection.executemany(
        f"INSERT INTO records (fid, {', '.join(columns)}) VALUES (?{', ?' * len(columns)})", rows
    )
    connection.executemany("INSERT INTO record_places (record, code, position) VALUES (?, ?, ?)", places)
    split = iter(all_indexed(texts))
    connection.executemany(
        TEXT_INSERT, zip(range(first, first + len(rows)), split, split, split, split, split, strict=False)
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


def text_of(record: Record, shown: str) -> tuple[str, str, str, str, str]:
    """Title, numbers, project, places and the rest; signs between parts keep phrases from running over."""
    return (
        record.title,
        f"{record.doc_number} | {record.approval_number}",
        record.project,
        f"{record.place_as_written} | {shown} | {record.location}",
        " | ".join(
            (
                date_text(record.published),
                *record.owners,
                record.issuer,
                record.source_name,
                record.note,
                *record.flags,
            )
        ),
    )
