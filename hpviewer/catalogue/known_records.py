"""Which of many incoming records the catalogue holds already: asked for by the thousand instead of one by one.

Four questions for each record are 60 µs; as four questions for a thousand of them they are 2 µs a record. What they
answer is what `recognised_record` answers, as long as nothing has been changed since they were asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import apsw
import msgspec

from hpviewer.catalogue import record_rows
from hpviewer.catalogue.connection import fetch
from hpviewer.catalogue.recognition import recognised_record
from hpviewer.catalogue.record_values import date_text, source_id, source_ids
from hpviewer.places.place import PlaceCode
from hpviewer.records.record import Record

CHUNK = 2_000
Key = tuple[str, ...]

_BY_ID = (
    f"SELECT {record_rows.COLUMNS} FROM json_each(?) j CROSS JOIN records r ON r.id = j.value ORDER BY r.fid"
)
_PLACES = (
    "SELECT p.record, p.code FROM json_each(?) j CROSS JOIN record_places p ON p.record = j.value"
    " ORDER BY p.record, p.position"
)
_BY_KEY = (
    "SELECT 'page', r.source_id, r.kind FROM json_each(?) j CROSS JOIN records r"
    " ON r.source_id = j.value AND r.source_id <> ''",
    "SELECT 'number', r.doc_number, r.kind FROM json_each(?) j CROSS JOIN records r ON r.doc_number = j.value",
    "SELECT 'title', r.title, r.published, r.kind FROM json_each(?) j CROSS JOIN records r ON r.title = j.value",
)


def keys_of(record: Record) -> tuple[Key, ...]:
    """Everything that the record is recognised by. Two records without a common key are not the same item."""
    kind = record.kind._value_
    keys: list[Key] = [("id", record.id)]
    page = source_id(record)
    if page:
        keys.append(("page", page, kind))
    if record.doc_number:
        keys.append(("number", record.doc_number, kind))
    if record.published:
        keys.append(("title", record.title, date_text(record.published), kind))
    return tuple(keys)


class KnownRecords:
    """The answers for some records as the catalogue was when this was made.

    ``alike`` are the positions of the records that have anything in common with the catalogue by which they could be
    recognised, now or after other records have changed it; the others are new for certain.
    """

    def __init__(self, connection: apsw.Connection, records: Sequence[Record]) -> None:
        self._connection = connection
        self._by_id = _stored(connection, [record.id for record in records])
        self._keys: set[Key] = set()
        pages, numbers, titles = _values(records)
        for sql, values in zip(_BY_KEY, (pages, numbers, titles), strict=True):
            sought = set(values) - {None}
            if sought:
                self._keys.update(connection.execute(sql, (_json(sought),)))
        self.alike: set[int] = set()
        if self._by_id or self._keys:
            # whatever their kind: another record of this import may change the kind of the one that is there
            held = {key[:2] for key in self._keys if key[0] != "title"}
            self.alike = {
                at
                for at, record in enumerate(records)
                if record.id in self._by_id
                or ("page", pages[at]) in held
                or ("number", numbers[at]) in held
                or not self._keys.isdisjoint(keys_of(record))
            }

    def find(self, record: Record) -> Record | None:
        """The stored record of the same item."""
        stored = self._by_id.get(record.id)
        if stored is None and self._keys and not self._keys.isdisjoint(keys_of(record)):
            stored = recognised_record(self._connection, record)
        return stored


def entangled(records: Sequence[Record], alike: Iterable[int]) -> set[int]:
    """Positions of the records that may be the same item as another one of them, or become it.

    ``alike`` are those that may be in the catalogue: records are merged with these. What comes of merging has the kind
    of one and the number, page or day of another, so whoever shares any of those with a record that may be merged is
    counted in, too, and so on.
    """
    found = _repeated(records) | set(alike)
    new = found
    pages, numbers, titles = _values(records)
    while new:
        pools = [{values[at] for at in new} - {None} for values in (pages, numbers)]
        days = {(records[at].title, records[at].published) for at in new}
        # without a day of its own it takes that of the other; a title is never missing
        undated = {title for title, day in days if day is None}
        if any(not title for title, _ in days):
            return set(range(len(records)))
        new = {
            at
            for at, record in enumerate(records)
            if at not in found
            and (
                pages[at] in pools[0]
                or numbers[at] in pools[1]
                or (
                    titles[at] is not None
                    and (record.title in undated or (record.title, record.published) in days)
                )
            )
        }
        found |= new
    return found


def _repeated(records: Sequence[Record]) -> set[int]:
    """Positions of the records that have a key in common with another one of them."""
    ids = [record.id for record in records]
    again = _more_than_once(ids)
    found = {at for at, each in enumerate(ids) if each in again} if again else set()
    for values in _values(records):
        # by the value alone first: nearly all are unlike any other, and their keys need not be made
        again = _more_than_once(values) - {None}
        if again:
            alike = [at for at, value in enumerate(values) if value in again]
            keys = {at: keys_of(records[at]) for at in alike}
            counts = Counter(key for each in keys.values() for key in each)
            found.update(at for at, each in keys.items() if any(counts[key] > 1 for key in each))
    return found


def in_chunks(records: Sequence[Record]) -> Iterator[Sequence[Record]]:
    for at in range(0, len(records), CHUNK):
        yield records[at : at + CHUNK]


def _values(records: Sequence[Record]) -> tuple[list[str | None], ...]:
    """What pages, numbers and titles are looked up by, in the order of _BY_KEY; None where a record has none."""
    return (
        [page or None for page in source_ids(records)],
        [record.doc_number or None for record in records],
        [record.title if record.published else None for record in records],
    )


def _more_than_once(values: Sequence[str | None]) -> set[str | None]:
    if len(set(values)) == len(values):
        return set()
    return {value for value, count in Counter(values).items() if count > 1}


def _stored(connection: apsw.Connection, ids: Iterable[str]) -> dict[str, Record]:
    rows = fetch(connection, _BY_ID, (_json(set(ids)),))
    if not rows:
        return {}
    places = fetch(connection, _PLACES, (_json([row[0] for row in rows]),))
    codes: dict[int, list[PlaceCode]] = {}
    for fid, code in places:
        codes.setdefault(fid, []).append(PlaceCode(code))
    return {row[1]: record_rows.record_of(row, codes.get(row[0], [])) for row in rows}


def _json(values: Iterable[object]) -> str:
    return msgspec.json.encode(list(values)).decode()
