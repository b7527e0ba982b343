"""Records in the order of the table, read from the index of the sorted column: as far as it is asked, never more."""

from __future__ import annotations

from collections.abc import Iterator

import apsw

from hpviewer.records.results import Sort, SortKey

# column, where it is filled, where it is empty: empty values come last in both directions, so they are read apart,
# and each part in the order of an index
_SORTED = {
    SortKey.PUBLISHED: ("published", "published > ''", "published = ''"),
    SortKey.KIND: ("kind_order", "1", "0"),
    SortKey.TITLE: ("title", "title > ''", "title = ''"),
    SortKey.COMMUNITIES: ("places_shown", "places_shown > ''", "places_shown = ''"),
    SortKey.AREA: ("area_ha", "area_ha > -9e999", "area_ha IS NULL"),
    SortKey.SOURCE: ("source_kind", "1", "0"),
    SortKey.DOC_NUMBER: ("doc_number", "doc_number > ''", "doc_number = ''"),
}


def parts(sort: Sort) -> tuple[str, str]:
    """Two questions for ``fid``: the records with a value in their order, and those without."""
    column, filled, empty = _SORTED[sort.key]
    direction = "DESC" if sort.descending else "ASC"
    return (
        f"SELECT fid FROM records WHERE {filled} ORDER BY {column} {direction}, fid",
        f"SELECT fid FROM records WHERE {empty} ORDER BY fid",
    )


def order_by(sort: Sort) -> str:
    """The same order as one ORDER BY over ``records r``: for few records, it reads and sorts them all."""
    column, filled, _ = _SORTED[sort.key]
    direction = "DESC" if sort.descending else "ASC"
    return (
        f"ifnull(r.{filled}, 0) = 0, r.{column} {direction}, r.fid"
        if filled != "1"
        else f"r.{column} {direction}, r.fid"
    )


def scan(connection: apsw.Connection, sort: Sort) -> Iterator[int]:
    """The fids of all records. Leaving the loop early is what makes this fast."""
    for sql in parts(sort):
        for (fid,) in connection.execute(sql):
            yield fid
