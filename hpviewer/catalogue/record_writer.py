"""Records into their tables and their text index, inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import apsw

from hpviewer.catalogue.connection import fetch
from hpviewer.catalogue.record_rows import PLACE_SEPARATOR, values_of
from hpviewer.catalogue.search_text import all_indexed
from hpviewer.places.place import PlaceCode
from hpviewer.records.geometry import Position
from hpviewer.records.record import Record

_BATCH = 500
_TEXT = "INSERT INTO records_text (rowid, title, numbers, project, place, other) VALUES (?, ?, ?, ?, ?, ?)"


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
    many = len(batch) == _BATCH
    if many:
        _gather_text(connection, 16 << 20)
    while batch:
        _write(connection, batch, known)
        batch = list(islice(source, _BATCH))
    if many:
        _gather_text(connection, 1 << 20)


def _gather_text(connection: apsw.Connection, size: int) -> None:
    """Bytes of text held in memory before they go into the index; FTS5's own 1 MB costs a third more time."""
    connection.execute("INSERT INTO records_text (records_text, rank) VALUES ('hashsize', ?)", (size,))


def _write(connection: apsw.Connection, records: Sequence[Record], known: PlacesOnMap) -> None:
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
        texts += _text_of(record, shown)
    connection.executemany(
        f"INSERT INTO records (fid, {', '.join(columns)}) VALUES (?{', ?' * len(columns)})", rows
    )
    connection.executemany("INSERT INTO record_places (record, code, position) VALUES (?, ?, ?)", places)
    split = iter(all_indexed(texts))
    connection.executemany(
        _TEXT, zip(range(first, first + len(rows)), split, split, split, split, split, strict=False)
    )


def delete_record(connection: apsw.Connection, record_id: str) -> None:
    """The record with its places and its text; nothing happens when there is none."""
    row = connection.execute("SELECT fid FROM records WHERE id = ?", (record_id,)).fetchone()
    if row is None:
        return
    connection.execute("DELETE FROM records_text WHERE rowid = ?", row)
    connection.execute("DELETE FROM record_places WHERE record = ?", row)
    connection.execute("DELETE FROM records WHERE fid = ?", row)


def _text_of(record: Record, shown: str) -> tuple[str, str, str, str, str]:
    """Title, numbers, project, places and the rest; signs between parts keep phrases from running over."""
    return (
        record.title,
        f"{record.doc_number} | {record.approval_number}",
        record.project,
        f"{record.place_as_written} | {shown} | {record.location}",
        " | ".join(
            (
                str(record.published or ""),
                *record.owners,
                record.issuer,
                record.source_name,
                record.note,
                *record.flags,
            )
        ),
    )
