"""Everything that a catalogue holds, for comparing it with another one: read only, in a steady order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hpviewer.catalogue import record_rows
from hpviewer.catalogue.connection import fetch, open_reader, sentences
from hpviewer.catalogue.former import RECEIVED
from hpviewer.catalogue.items import ItemKind, stored_value
from hpviewer.catalogue.origin import FOLLOWED
from hpviewer.catalogue.place_rows import BASE_MAP, read_places
from hpviewer.catalogue.recognition import recognised_record
from hpviewer.catalogue.record_history import decoded
from hpviewer.catalogue.schema import read_meta
from hpviewer.places.place import PlaceCode
from hpviewer.records.change import RecordChange
from hpviewer.records.record import Record

RawRecord = tuple[Any, ...]
"""A record as stored: equal for equal records, cheap to compare. First its id."""

_RAW = (
    f"SELECT {record_rows.COLUMNS}, (SELECT group_concat(p.code, ' ' ORDER BY p.position)"
    " FROM record_places p WHERE p.record = r.fid) FROM records r ORDER BY r.id"
)
_KEYS = {
    ItemKind.PLACE: "SELECT code FROM towns UNION ALL SELECT code FROM communities",
    ItemKind.SHAPE: "SELECT code FROM towns UNION ALL SELECT code FROM communities",
    ItemKind.PROJECT_AREA: "SELECT name FROM projects WHERE location_basis = 'area'",
    ItemKind.POLICY: "SELECT id FROM policies",
    ItemKind.REPORT: "SELECT CAST(year AS TEXT) FROM reports",
    ItemKind.LAYER: "SELECT name FROM map_layers",
}
_OWN_BATCH = (
    "b.undone = '' AND NOT EXISTS (SELECT 1 FROM item_history f WHERE f.batch = b.fid"
    f" AND f.kind = 'meta' AND f.key = '{FOLLOWED}') AND b.fid > coalesce((SELECT CAST(value AS INTEGER)"
    f" FROM hpviewer_meta WHERE key = '{RECEIVED}'), 0)"
)
_FACTS = ("name", "data_date", "boundary_notice", "review_number", "sources", "项目归并")
"""The last one is session.link_overrides.PROJECT_LINKS: what a person merged and split."""


class Holdings:
    """One state of the file from opening to closing; writers wait that long. Use as a context manager.

    CatalogueError when the file is not a catalogue that this program reads.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._places: dict[str, bytes] = {}
        self._connection = open_reader(path)
        try:
            with sentences(path):
                self._connection.execute("BEGIN")
                self.meta = read_meta(self._connection)
        except BaseException:
            self._connection.close()
            raise

    def __enter__(self) -> Holdings:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    # -- records ---------------------------------------------------------------------------------------

    def raw_records(self) -> Iterator[RawRecord]:
        """In the order of their ids; nothing is loaded whole."""
        with sentences(self.path):
            for row in self._connection.execute(_RAW):
                yield row[1:]

    @staticmethod
    def record_of(raw: RawRecord) -> Record:
        return record_rows.record_of((0, *raw[:-1]), [PlaceCode(code) for code in (raw[-1] or "").split()])

    def same_item(self, record: Record) -> Record | None:
        """The record here that an import would recognise this one as."""
        with sentences(self.path):
            return recognised_record(self._connection, record)

    def own_fields(self) -> dict[str, frozenset[str]]:
        """Of each record that an import or an edit in force changed: the fields that it gave or changed.

        Batches that followed a newer bundled data set are the data set's doing and not the user's.
        """
        own: dict[str, frozenset[str]] = {}
        for record_id, before, after in self._rows(
            "SELECT h.record_id, h.before, h.after FROM record_history h JOIN batches b ON b.fid = h.batch"
            f" WHERE {_OWN_BATCH}"
        ):
            change = RecordChange(decoded(before), decoded(after))
            own[record_id] = own.get(record_id, frozenset()) | {one.field for one in change.fields}
        return own

    # -- everything else -------------------------------------------------------------------------------

    def keys(self, kind: ItemKind) -> list[str]:
        """Sorted. Projects count where an area was brought in for them."""
        if kind is ItemKind.META:
            return [fact for fact in _FACTS if fact in self.meta]
        if kind is ItemKind.BASE_MAP:
            return list(BASE_MAP)
        return sorted(key for (key,) in self._rows(_KEYS[kind]))

    def value(self, kind: ItemKind, key: str) -> bytes | None:
        with sentences(self.path):
            if kind is ItemKind.PLACE:
                self._places = self._places or read_places(self._connection)
                return self._places.get(key)
            return stored_value(self._connection, kind, key)

    def own_items(self) -> frozenset[tuple[ItemKind, str]]:
        """What imports in force changed, and reports that were saved without a batch."""
        rows = self._rows(
            f"SELECT i.kind, i.key FROM item_history i JOIN batches b ON b.fid = i.batch WHERE {_OWN_BATCH}"
            " UNION SELECT 'report', CAST(year AS TEXT) FROM reports WHERE source <> ''"
        )
        return frozenset((ItemKind(kind), key) for kind, key in rows)

    def dismissals(self) -> dict[str, str]:
        """Findings of reports that a person dismissed: key -> reason."""
        return dict(self._rows("SELECT key, reason FROM report_dismissals"))

    def batches(self) -> list[tuple[int, str, str]]:
        """Number, moment and source of each import or edit in force, oldest first."""
        return self._rows(
            f"SELECT b.fid, b.started, b.source FROM batches b WHERE {_OWN_BATCH} ORDER BY b.fid"
        )

    def project_names(self) -> list[str]:
        return [name for (name,) in self._rows("SELECT name FROM projects ORDER BY name")]

    def place_name(self, code: str) -> str:
        rows = self._rows(
            "SELECT name FROM towns WHERE code = ?1 UNION ALL SELECT name FROM communities WHERE code = ?1",
            (code,),
        )
        return rows[0][0] if rows else code

    def _rows(self, sql: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        with sentences(self.path):
            return fetch(self._connection, sql, values)
