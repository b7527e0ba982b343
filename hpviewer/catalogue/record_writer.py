"""Records into their tables and their text index, inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import apsw

from hpviewer.catalogue.record_rows import PLACE_SEPARATOR, values_of
from hpviewer.catalogue.search_text import indexed
from hpviewer.places.place import PlaceCode
from hpviewer.records.geometry import Position
from hpviewer.records.record import Record


@dataclass(frozen=True, slots=True)
class PlacesOnMap:
    """Names by code, and label points (longitude, latitude) of the places whose position is known."""

    names: Mapping[PlaceCode, str]
    positions: Mapping[PlaceCode, Position]

    def located(self, record: Record) -> bool:
        """Every community that the record names, and at least one, has its place on the map."""
        return bool(record.communities) and all(code in self.positions for code in record.communities)


def write_records(connection: apsw.Connection, records: Iterable[Record], known: PlacesOnMap) -> None:
    for record in records:
        shown = PLACE_SEPARATOR.join(known.names[code] for code in record.communities or record.towns)
        values = values_of(record, shown, not known.located(record))
        connection.execute(
            f"INSERT INTO records ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})",
            tuple(values.values()),
        )
        fid = connection.last_insert_rowid()
        connection.executemany(
            "INSERT INTO record_places (record, code, position) VALUES (?, ?, ?)",
            [(fid, code, at) for at, code in enumerate((*record.towns, *record.communities))],
        )
        connection.execute(
            "INSERT INTO records_text (rowid, title, numbers, project, place, other) VALUES (?, ?, ?, ?, ?, ?)",
            (fid, *(indexed(part) for part in _text_of(record, shown))),
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
