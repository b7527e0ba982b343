"""The place names of a catalogue, asked for by key: nothing is loaded whole."""

from __future__ import annotations

import json
from collections.abc import Collection

import apsw

from hpviewer.errors import NotFoundError
from hpviewer.places.name_entry import NameEntry, NameForm
from hpviewer.places.place import Level, Place, PlaceCode
from hpviewer.wording import say

_ENTRY = "SELECT key, code, written, form, detail FROM place_names"
_SIMILAR = 800
"""Names that are worth measuring: those that share the most characters. In a district that is all of them."""
_PLACE = (
    "SELECT code, name, official_name, kind, code FROM towns WHERE code = ?1"
    " UNION ALL SELECT code, name, official_name, kind, town_code FROM communities WHERE code = ?1"
)


def place_of(row: tuple[str, str, str, str, str]) -> Place:
    """A Place from code, name, official name, kind, town code."""
    code, name, official, kind, town = row
    level = Level.TOWN if code == town else Level.COMMUNITY
    return Place(PlaceCode(code), name, official, level, kind, PlaceCode(town))


class StoredNames:
    """NameIndex over one connection; belongs to that connection's thread."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection

    def lookup(self, keys: Collection[str]) -> list[NameEntry]:
        """All entries under exactly these keys, some thousand at once."""
        return self._entries(
            f"{_ENTRY} WHERE key IN (SELECT value FROM json_each(?)) ORDER BY rank, length(code), code",
            (json.dumps(list(keys)),),
        )

    def prefixed(self, key: str, limit: int) -> list[NameEntry]:
        """One entry for each place whose key begins like this: its shortest key, then its best form."""
        rows = self._entries(
            f"{_ENTRY} WHERE key >= ?1 AND key < ?2 ORDER BY length(key), rank, length(code), code LIMIT ?3",
            # a place has up to a dozen keys with one beginning; 40 of them per place asked for are enough
            (key, key + "\U0010ffff", limit * 40),
        )
        best: dict[PlaceCode, NameEntry] = {}
        for entry in rows:
            best.setdefault(entry.code, entry)
        return list(best.values())[:limit]

    def similar(self, key: str) -> list[NameEntry]:
        """Written entries of nearly the same length that share characters, for the resolver to measure."""
        characters = sorted(set(key))[:12]
        if not characters:
            return []
        shared = " + ".join("(instr(key, ?) > 0)" for _ in characters)
        placed = " + ".join("(substr(key, ?, 1) = ?)" for _ in key[:12])
        # the inner question is answered by the index place_names_written alone
        return self._entries(
            f"{_ENTRY} WHERE fid IN (SELECT fid FROM (SELECT fid, {shared} AS shared, key"
            " FROM place_names WHERE form NOT IN ('pinyin', 'initials') AND length(key) BETWEEN ? AND ?)"
            f" WHERE shared >= ? ORDER BY shared DESC, {placed} DESC, fid LIMIT {_SIMILAR})",
            (
                *characters,
                len(key) - 1,
                len(key) + 1,
                max(1, len(characters) - 2),
                *(value for at, character in enumerate(key[:12], 1) for value in (at, character)),
            ),
        )

    def place(self, code: PlaceCode) -> Place:
        """NotFoundError when there is no such place."""
        row = self._connection.execute(_PLACE, (code,)).fetchone()
        if row is None:
            raise NotFoundError(say("places.unknown_code", code=code), say("places.unknown_code_next"))
        return place_of(row)

    def communities_of(self, town_code: PlaceCode) -> list[Place]:
        rows = self._connection.execute(
            "SELECT code, name, official_name, kind, town_code FROM communities WHERE town_code = ? ORDER BY code",
            (town_code,),
        )
        return [place_of(row) for row in rows]

    def _entries(self, sql: str, values: tuple[object, ...]) -> list[NameEntry]:
        rows = self._connection.execute(sql, values)
        return [
            NameEntry(key, PlaceCode(code), written, NameForm(form), detail)
            for key, code, written, form, detail in rows
        ]
