"""Which records of a batch may be the same item as another one only after that one was merged.

A merged record has the number of one of its records, the title of another and the kind of the last: what it is then
recognised by, none of them may have had alone.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import apsw
import msgspec

from hpviewer.catalogue.connection import fetch
from hpviewer.catalogue.record_values import date_text, source_ids
from hpviewer.records.record import Record

_STORED = "SELECT r.source_id, r.doc_number, r.title, r.published FROM json_each(?) j CROSS JOIN records r ON r.{0} = j.value"


class MixedValues:
    """Pages, numbers, titles and dates of records that may be merged, and of what the catalogue holds of them."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._pages: set[str] = set()
        self._numbers: set[str] = set()
        self._titles: set[str] = set()
        self._dates: set[str] = set()

    def add(self, records: Sequence[Record]) -> None:
        pages = {page for page in source_ids(records) if page}
        numbers = {record.doc_number for record in records if record.doc_number}
        titles = {record.title for record in records}
        self._pages |= pages
        self._numbers |= numbers
        self._titles |= titles
        self._dates |= {date_text(record.published) for record in records if record.published}
        ids = {record.id for record in records}
        self._add_stored(_STORED.format("id"), ids)
        self._add_stored(_STORED.format("source_id") + " AND r.source_id <> ''", pages)
        self._add_stored(_STORED.format("doc_number"), numbers)
        dated = " AND r.published IN (SELECT value FROM json_each(?))"
        self._add_stored(_STORED.format("title") + dated, titles, self._dates)

    def _add_stored(self, sql: str, *values: Collection[str]) -> None:
        asked = tuple(msgspec.json.encode(list(each)).decode() for each in values)
        for page, number, title, published in fetch(self._connection, sql, asked):
            self._pages.update({page} - {"", None})
            self._numbers.update({number} - {"", None})
            self._titles.add(title)
            self._dates.update({published} - {"", None})

    def alike(self, records: Sequence[Record]) -> list[int]:
        """Positions of the records that have something in common with these, whatever their kind."""
        pages = source_ids(records)
        return [
            at
            for at, record in enumerate(records)
            if pages[at] in self._pages
            or record.doc_number in self._numbers
            or (
                record.title in self._titles
                and record.published is not None
                and date_text(record.published) in self._dates
            )
        ]
