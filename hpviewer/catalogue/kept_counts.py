"""How many records there are of each kind, year, column and place, kept by the file itself.

Triggers keep the table right whoever writes: an import, an undo, or QGIS. It answers the empty filter, with which
every start begins, without reading the records: 20 ms instead of 800 ms with a million of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, cast

import apsw

from hpviewer.catalogue.connection import fetch
from hpviewer.places.place import PlaceCode
from hpviewer.records.column import Column
from hpviewer.records.kind import Kind
from hpviewer.records.place_counts import spread
from hpviewer.records.results import Facets

LARGE = 20_000
"""From this number of records on they are counted in memory: by then SQLite takes 50 ms for the facets."""

COUNTS_TABLE = """
CREATE TABLE record_counts (
  facet TEXT NOT NULL, value NOT NULL, records INTEGER NOT NULL, PRIMARY KEY (facet, value)) WITHOUT ROWID;
"""

_NO_YEAR = ""
# facet, and the value that a row counts for
_COUNTED = {
    "records": {
        "kind": "{row}.kind_order",
        "year": f"ifnull({{row}}.year, '{_NO_YEAR}')",
        "column": "{row}.column_name",
        "unlocated": "{row}.unlocated",
    },
    "record_places": {"place": "{row}.code"},
}
_WATCHED = {"records": ("kind_order", "year", "column_name", "unlocated"), "record_places": ("code",)}


_CHANGES = ("counted", "discounted", "recounted")
_MANY = 1_000
_CHEAPER = 20


def _triggers(table: str) -> str:
    values = _COUNTED[table].items()
    more = ", ".join(f"('{facet}', {value.format(row='new')}, 1)" for facet, value in values)
    less = ", ".join(f"('{facet}', {value.format(row='old')})" for facet, value in values)
    plus = f"INSERT INTO record_counts VALUES {more} ON CONFLICT DO UPDATE SET records = records + 1;"
    minus = f"UPDATE record_counts SET records = records - 1 WHERE (facet, value) IN (VALUES {less});"
    changed = " OR ".join(f"old.{name} IS NOT new.{name}" for name in _WATCHED[table])
    return f"""
CREATE TRIGGER {table}_counted AFTER INSERT ON {table} BEGIN {plus} END;
CREATE TRIGGER {table}_discounted AFTER DELETE ON {table} BEGIN {minus} END;
CREATE TRIGGER {table}_recounted AFTER UPDATE OF {", ".join(_WATCHED[table])} ON {table}
  WHEN {changed} BEGIN {minus} {plus} END;
"""


def keep_counts(connection: apsw.Connection) -> None:
    """Count what is there and have every later change counted."""
    # one pass over the records by their index; all questions after it read some hundred rows
    connection.execute(
        "WITH counted AS MATERIALIZED (SELECT kind_order, year, column_name, unlocated, count(*) AS n FROM records"
        " GROUP BY kind_order, year, column_name, unlocated)"
        " INSERT INTO record_counts SELECT 'kind', kind_order, sum(n) FROM counted GROUP BY 2"
        f" UNION ALL SELECT 'year', ifnull(year, '{_NO_YEAR}'), sum(n) FROM counted GROUP BY 2"
        " UNION ALL SELECT 'column', column_name, sum(n) FROM counted GROUP BY 2"
        " UNION ALL SELECT 'unlocated', unlocated, sum(n) FROM counted GROUP BY 2"
        " UNION ALL SELECT 'place', code, count(*) FROM record_places GROUP BY 2"
    )
    _make_triggers(connection)


@contextmanager
def counted_at_once(connection: apsw.Connection, records: int) -> Iterator[None]:
    """For so many changes in the caller's transaction that counting all records anew at its end is cheaper: the
    triggers take 70 µs a record, counting 2 µs. They are back, like everything else, if the transaction is not kept."""
    if records < _MANY or kept_total(connection) > records * _CHEAPER:
        yield
        return
    _put_triggers_aside(connection)
    yield
    connection.execute("DELETE FROM record_counts")
    keep_counts(connection)


@contextmanager
def counted_by_caller(
    connection: apsw.Connection, records: int, counts: Counter[tuple[str, object]]
) -> Iterator[None]:
    """For so many records that are only added in the caller's transaction: the triggers do not see them, ``counts``
    holds at the end what they count for, by facet and value as `counted` gives it."""
    if records < _MANY:
        yield
        return
    _put_triggers_aside(connection)
    yield
    connection.executemany(
        "INSERT INTO record_counts VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET records = records + excluded.records",
        [(facet, value, records) for (facet, value), records in counts.items()],
    )
    _make_triggers(connection)


def counted(facet: str, values: Iterable[object]) -> Counter[tuple[str, object]]:
    """What added rows with these values count for. A year that is not known is None."""
    return Counter(
        {(facet, _NO_YEAR if value is None else value): records for value, records in Counter(values).items()}
    )


def _put_triggers_aside(connection: apsw.Connection) -> None:
    for table in _COUNTED:
        for change in _CHANGES:
            connection.execute(f"DROP TRIGGER IF EXISTS {table}_{change}")


def _make_triggers(connection: apsw.Connection) -> None:
    for table in _COUNTED:
        connection.execute(_triggers(table))


def kept_total(connection: apsw.Connection) -> int:
    """All records."""
    rows = fetch(connection, "SELECT coalesce(sum(records), 0) FROM record_counts WHERE facet = 'column'")
    return int(rows[0][0])


def kept_unlocated(connection: apsw.Connection) -> int:
    """All records with a place that is not on the map."""
    rows = fetch(connection, "SELECT records FROM record_counts WHERE facet = 'unlocated' AND value = 1")
    return int(rows[0][0]) if rows else 0


def kept_facets(connection: apsw.Connection) -> Facets:
    """The facets of the empty filter."""
    kinds = list(Kind)
    years = {None if value == _NO_YEAR else value: count for value, count in _kept(connection, "year")}
    town, community = _kept_places(connection)
    return Facets(
        column={Column(value): count for value, count in _kept(connection, "column")},
        town=town,
        community=community,
        kind={kinds[order]: count for order, count in _kept(connection, "kind")},
        year={year: years[year] for year in newest_first(years)},
        spread=spread([*town.values(), *community.values()]),
    )


def _kept(connection: apsw.Connection, facet: str) -> list[tuple[Any, int]]:
    sql = "SELECT value, records FROM record_counts WHERE facet = ? AND records > 0"
    return fetch(connection, sql, (facet,))


def _kept_places(connection: apsw.Connection) -> tuple[dict[PlaceCode, int], dict[PlaceCode, int]]:
    """Towns and communities. They come as long texts: as 27,600 rows they take three times as long."""
    texts = ", ".join(
        f"group_concat({column}, ' ') FILTER (WHERE length(value) {level})"
        for level in ("= 9", "<> 9")
        for column in ("value", "records")
    )
    rows = fetch(connection, f"SELECT {texts} FROM record_counts WHERE facet = 'place' AND records > 0")
    split = [(text or "").split() for text in rows[0]]
    towns, communities = (
        dict(zip(cast(list[PlaceCode], codes), map(int, counts), strict=True))
        for codes, counts in (split[:2], split[2:])
    )
    return towns, communities


def newest_first(years: Iterable[int | None]) -> list[int | None]:
    """The order of the year facet: newest first, records without a date last."""
    return sorted(years, key=lambda year: -(year or 0))
