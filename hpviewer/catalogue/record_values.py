"""Records as table rows, column by column: what a writer needs, apart from what the start of the window reads.

A record taken by itself costs 8 µs; the same column of some thousand records, whose days, places and owners come again,
costs a third of that.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

import msgspec

from hpviewer.catalogue.kept_counts import counted
from hpviewer.catalogue.kept_values import KeptAtOnce, KeptByObject
from hpviewer.catalogue.places_on_map import PlacesOnMap
from hpviewer.catalogue.record_rows import PLACE_SEPARATOR
from hpviewer.catalogue.search_text import all_indexed
from hpviewer.places.place import PlaceCode
from hpviewer.records.kind import Kind
from hpviewer.records.partial_date import PartialDate
from hpviewer.records.record import LandClass, Record

_SOURCE_ID = re.compile(r"post_\d+")
_ORDER = {kind._value_: order for order, kind in enumerate(Kind)}
_JSON = msgspec.json.Encoder()

COLUMNS = (
    "fid", "id", "column_name", "kind", "kind_order", "title", "doc_number", "approval_number", "issuer", "published",
    "year", "approved", "notice_from", "notice_to", "project", "location", "area_ha", "land_classes", "owners",
    "place_as_written", "places_shown", "unlocated", "source_kind", "source_name", "source_url", "source_id", "note",
    "flags",
)  # fmt: skip


class RecordValues:
    """Rows of the tables that hold records; to be kept for one import, since it remembers what comes again.

    ``fids`` are the records' numbers in their table.
    """

    def __init__(self, known: PlacesOnMap) -> None:
        self._known = known
        self._days: KeptByObject[PartialDate | None, str] = KeptByObject(date_text)
        self._lists: KeptByObject[tuple[str, ...], str] = KeptByObject(_listed)
        self._shown: KeptByObject[tuple[PlaceCode, ...], str] = KeptByObject(self._names)
        self._unlocated: KeptByObject[tuple[PlaceCode, ...], int] = KeptByObject(self._not_on_map)
        self._tokens: KeptAtOnce[str, str] = KeptAtOnce(all_indexed)

    def rows(self, records: Sequence[Record], fids: Sequence[int]) -> Iterator[tuple[object, ...]]:
        """For the records table, in the order of COLUMNS."""
        days = self._days.all
        return zip(
            fids,
            [record.id for record in records],
            [record.column._value_ for record in records],
            [record.kind._value_ for record in records],
            [_ORDER[record.kind._value_] for record in records],
            [record.title for record in records],
            [record.doc_number for record in records],
            [record.approval_number for record in records],
            [record.issuer for record in records],
            days([record.published for record in records]),
            [record.published.year if record.published else None for record in records],
            days([record.approved for record in records]),
            days([record.notice_from for record in records]),
            days([record.notice_to for record in records]),
            [record.project for record in records],
            [record.location for record in records],
            [record.area_ha for record in records],
            _json_lines([_plain(record.land_classes) for record in records]),
            self._lists.all([record.owners for record in records]),
            [record.place_as_written for record in records],
            self._places_shown(records),
            self._unlocated.all([record.communities for record in records]),
            [record.source_kind._value_ for record in records],
            [record.source_name for record in records],
            [record.source_url for record in records],
            source_ids(records),
            [record.note for record in records],
            self._lists.all([record.flags for record in records]),
            strict=True,
        )

    def places(self, records: Sequence[Record], fids: Sequence[int]) -> list[tuple[int, PlaceCode, int]]:
        """Record, code and position for the table of places."""
        return [
            (fid, code, at)
            for fid, record in zip(fids, records, strict=True)
            for at, code in enumerate(record.towns + record.communities)
        ]

    def counts(self, records: Sequence[Record]) -> Counter[tuple[str, object]]:
        """What they add to the counts that the file keeps."""
        return (
            counted("kind", [_ORDER[record.kind._value_] for record in records])
            + counted("year", [record.published.year if record.published else None for record in records])
            + counted("column", [record.column._value_ for record in records])
            + counted("unlocated", self._unlocated.all([record.communities for record in records]))
            + counted("place", chain.from_iterable([record.towns + record.communities for record in records]))
        )

    def texts(self, records: Sequence[Record], fids: Sequence[int]) -> Iterator[tuple[object, ...]]:
        """Number, title, numbers, project, places and the rest, split into tokens for the text index."""
        count = len(records)
        # what differs in each record goes through at once, what comes again is kept
        split = all_indexed(
            [
                *(record.title for record in records),
                *(f"{record.doc_number} | {record.approval_number}" for record in records),
                *(record.location for record in records),
            ]
        )
        kept = self._tokens.all
        places = map(
            " ".join,
            zip(
                kept([record.place_as_written for record in records]),
                kept(self._places_shown(records)),
                split[2 * count :],
                strict=True,
            ),
        )
        rest = map(
            " ".join,
            zip(
                kept(self._days.all([record.published for record in records])),
                kept([" | ".join(record.owners) for record in records]),
                kept([record.issuer for record in records]),
                kept([record.source_name for record in records]),
                kept([record.note for record in records]),
                kept([" | ".join(record.flags) for record in records]),
                strict=True,
            ),
        )
        projects = kept([record.project for record in records])
        return zip(fids, split[:count], split[count : 2 * count], projects, places, rest, strict=True)

    def _places_shown(self, records: Sequence[Record]) -> list[str]:
        return self._shown.all([record.communities or record.towns for record in records])

    def _names(self, codes: tuple[PlaceCode, ...]) -> str:
        return PLACE_SEPARATOR.join([self._known.names[code] for code in codes])

    def _not_on_map(self, communities: tuple[PlaceCode, ...]) -> int:
        """0 when every community that a record names, and at least one, has its place on the map."""
        return int(not communities or any(code not in self._known.positions for code in communities))


def source_id(record: Record) -> str:
    """The source's own number of the page (post_NNN), "" when its address and name carry none."""
    text = f"{record.source_url} {record.source_name}"
    found = _SOURCE_ID.search(text) if "post_" in text else None
    return found[0] if found else ""


def source_ids(records: Iterable[Record]) -> list[str]:
    """`source_id` of each."""
    search = _SOURCE_ID.search
    return [
        found[0] if found else ""
        for found in [
            search(record.source_url) or ("post_" in record.source_name and search(record.source_name))
            for record in records
        ]
    ]


def date_text(date: PartialDate | None) -> str:
    """``str`` of a date, and "" of none; a full date at half the cost."""
    if date is None:
        return ""
    if date.month is not None and date.day is not None:
        return "%04d-%02d-%02d" % (date.year, date.month, date.day)  # noqa: UP031  # faster than an f-string
    return str(date)


def _listed(values: Sequence[object]) -> str:
    return _JSON.encode(values).decode() if values else "[]"


def _json_lines(values: Sequence[object]) -> list[str]:
    """JSON of each, in one go: it writes a line end only between two of them."""
    return _JSON.encode_lines(values).decode().split("\n")[: len(values)]


def _plain(classes: Sequence[LandClass]) -> list[list[Any]]:
    return [[item.name, item.hectares, _plain(item.parts) if item.parts else []] for item in classes]
