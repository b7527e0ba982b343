"""Is this record in the catalogue already? One rule for imports and for the comparison of two catalogues."""

from __future__ import annotations

import apsw

from hpviewer.catalogue import record_rows
from hpviewer.catalogue.connection import fetch
from hpviewer.catalogue.record_values import source_id
from hpviewer.places.place import PlaceCode
from hpviewer.records.record import Record


def recognised_record(connection: apsw.Connection, record: Record) -> Record | None:
    """The stored record of the same item: by id, by the source's own number, by document number with the
    kind, else by title and date of the same kind, as long as the two do not carry different numbers: several
    notices of one day often share a general title."""
    questions: list[tuple[str, tuple[object, ...]]] = [("r.id = ?", (record.id,))]
    page = source_id(record)
    if page:
        # <> '': without it the partial index is not used and every record of an import reads the whole table
        questions.append(("r.source_id = ? AND r.source_id <> '' AND r.kind = ?", (page, record.kind.value)))
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
        stored = first_record(connection, where, values)
        if stored is not None:
            return stored
    return None


def first_record(connection: apsw.Connection, where: str, values: tuple[object, ...]) -> Record | None:
    """The first record (alias ``r``) of which this condition holds."""
    rows = fetch(connection, f"SELECT {record_rows.COLUMNS} FROM records r WHERE {where} LIMIT 1", values)
    if not rows:
        return None
    codes = fetch(
        connection, "SELECT code FROM record_places WHERE record = ? ORDER BY position", (rows[0][0],)
    )
    return record_rows.record_of(rows[0], [PlaceCode(code) for (code,) in codes])
