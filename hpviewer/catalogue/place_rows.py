"""Towns and communities with their names, and the tables of the base map, as items of a batch."""

from __future__ import annotations

from base64 import b64decode
from typing import Any

import apsw
import msgspec

from hpviewer.catalogue.connection import fetch

BASE_MAP = {
    "water": ("geom", "name"),
    "metro_lines": ("geom", "name"),
    "metro_stations": ("geom", "name", "line"),
    "guessed_edges": ("geom", "towns"),
}
"""Tables that are replaced as a whole, with their columns."""

_SHOWN_AGAIN = """
UPDATE records SET places_shown = coalesce(
  (SELECT group_concat(c.name, '、' ORDER BY p.position) FROM record_places p JOIN communities c ON c.code = p.code
   WHERE p.record = records.fid),
  (SELECT group_concat(t.name, '、' ORDER BY p.position) FROM record_places p JOIN towns t ON t.code = p.code
   WHERE p.record = records.fid), '')
WHERE fid IN (SELECT record FROM record_places WHERE code = ?)
"""


class StoredName(msgspec.Struct, frozen=True):
    """A row of place_names; ``form`` as NameForm spells it."""

    key: str
    written: str
    form: str
    rank: int
    detail: str


class StoredPlace(msgspec.Struct, frozen=True):
    """A place without its boundary, which is an item of its own. ``town_code`` is its own code for a town."""

    code: str
    name: str
    official_name: str
    kind: str
    town_code: str
    names: tuple[StoredName, ...] = ()


_PLACES = (
    "SELECT code, name, official_name, kind, code FROM towns"
    " UNION ALL SELECT code, name, official_name, kind, town_code FROM communities"
)
_NAMES = "SELECT code, key, written, form, rank, detail FROM place_names"


def read_place(connection: apsw.Connection, code: str) -> bytes | None:
    places = fetch(connection, f"SELECT * FROM ({_PLACES}) WHERE code = ?", (code,))
    names = fetch(connection, f"{_NAMES} WHERE code = ?", (code,))
    return _encoded(places, names).get(code)


def read_places(connection: apsw.Connection) -> dict[str, bytes]:
    """Every place by its code: at once, because names have no index by place."""
    return _encoded(fetch(connection, _PLACES), fetch(connection, _NAMES))


def _encoded(places: list[tuple[Any, ...]], names: list[tuple[Any, ...]]) -> dict[str, bytes]:
    """The same bytes for the same place, in whichever order its names were written."""
    of_place: dict[str, list[StoredName]] = {}
    for code, *name in names:
        of_place.setdefault(code, []).append(StoredName(*name))
    stored = {}
    for code, name, official, kind, town_code in places:
        sorted_names = sorted(of_place.get(code, ()), key=lambda one: (one.rank, one.key, one.form))
        stored[code] = msgspec.json.encode(
            StoredPlace(code, name, official, kind, town_code, tuple(sorted_names))
        )
    return stored


def write_place(connection: apsw.Connection, code: str, value: bytes | None) -> None:
    """A known place keeps its boundary, a new one has none yet; None takes place and names away."""
    connection.execute("DELETE FROM place_names WHERE code = ?", (code,))
    table = _table(code)
    if value is None:
        connection.execute(f"DELETE FROM {table} WHERE code = ?", (code,))
        return
    place = msgspec.json.decode(value, type=StoredPlace)
    known = fetch(connection, f"SELECT name FROM {table} WHERE code = ?", (code,))
    columns = {"name": place.name, "official_name": place.official_name, "kind": place.kind}
    if table == "communities":
        columns["town_code"] = place.town_code
    if known:
        settings = ", ".join(f"{column} = ?" for column in columns)
        connection.execute(f"UPDATE {table} SET {settings} WHERE code = ?", (*columns.values(), code))
    else:
        connection.execute(
            f"INSERT INTO {table} (code, schematic, boundary_source, {', '.join(columns)})"
            f" VALUES (?, 1, 'schematic'{', ?' * len(columns)})",
            (code, *columns.values()),
        )
    if known and known[0][0] != place.name:
        connection.execute(_SHOWN_AGAIN, (code,))
    connection.executemany(
        "INSERT INTO place_names (key, code, written, form, rank, detail) VALUES (?, ?, ?, ?, ?, ?)",
        [(name.key, code, name.written, name.form, name.rank, name.detail) for name in place.names],
    )


def read_base_map(connection: apsw.Connection, table: str) -> bytes | None:
    rows = fetch(connection, f"SELECT {', '.join(BASE_MAP[table])} FROM {table} ORDER BY fid")
    return msgspec.json.encode(rows)


def write_base_map(connection: apsw.Connection, table: str, value: bytes | None) -> None:
    """The whole table anew."""
    columns = BASE_MAP[table]
    connection.execute(f"DELETE FROM {table}")
    rows = msgspec.json.decode(value or b"[]", type=list[tuple[str, ...]])
    connection.executemany(
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
        [(b64decode(geometry), *texts) for geometry, *texts in rows],
    )


def _table(code: str) -> str:
    return "towns" if len(code) == 9 else "communities"
