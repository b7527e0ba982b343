"""What the resolver asks of an index of names, and an index held in memory.

The catalogue keeps the same index in SQL: a province has 27,600 places, and nothing is loaded at start.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Protocol

from hpviewer.errors import NotFoundError
from hpviewer.places.name_entry import NameEntry
from hpviewer.places.place import Level, Place, PlaceCode
from hpviewer.wording import say


class NameIndex(Protocol):
    """Keys are as normalise() makes them."""

    def lookup(self, keys: Collection[str]) -> list[NameEntry]:
        """All entries whose key is one of these. ``mentions`` asks for some thousand keys at once."""

    def prefixed(self, key: str, limit: int) -> list[NameEntry]:
        """At most ``limit`` entries whose key begins with ``key``, one for each place: its shortest key, then
        best form. Shortest keys first, then by form's rank, then by code (towns, whose codes are shorter,
        stand before their communities)."""

    def similar(self, key: str) -> list[NameEntry]:
        """Written entries (no pinyin, no initials) that a slip of one character may have turned into
        ``key``: at least all within one inserted, lost or changed character, or two swapped. More may come
        back, the resolver measures them; for a key of n characters an entry that differs in length by at
        most one and shares n-2 characters, at least one, is a good candidate."""

    def place(self, code: PlaceCode) -> Place:
        """NotFoundError for a code that is not there."""

    def communities_of(self, town_code: PlaceCode) -> list[Place]:
        """In the order of their codes; [] for an unknown town."""


class DictIndex:
    """A NameIndex over entries in memory, for tests and for a district's worth of places."""

    def __init__(self, entries: Iterable[NameEntry], places: Iterable[Place]) -> None:
        self._places = {place.code: place for place in places}
        self._by_key: defaultdict[str, list[NameEntry]] = defaultdict(list)
        self._by_character: defaultdict[str, set[str]] = defaultdict(set)
        for entry in entries:
            self._by_key[entry.key].append(entry)
            if entry.form.is_written:
                for character in entry.key:
                    self._by_character[character].add(entry.key)
        for rows in self._by_key.values():
            rows.sort(key=lambda entry: (entry.form.rank, len(entry.code), entry.code))
        self._sorted = sorted(self._by_key)

    def lookup(self, keys: Collection[str]) -> list[NameEntry]:
        return [entry for key in keys if key in self._by_key for entry in self._by_key[key]]

    def prefixed(self, key: str, limit: int) -> list[NameEntry]:
        found: list[str] = []
        for other in self._sorted[bisect_left(self._sorted, key) :]:
            if not other.startswith(key):
                break
            found.append(other)
        best: dict[PlaceCode, NameEntry] = {}
        for entry in sorted(
            (entry for other in found for entry in self._by_key[other]),
            key=lambda entry: (len(entry.key), entry.form.rank, len(entry.code), entry.code),
        ):
            best.setdefault(entry.code, entry)
            if len(best) >= limit:
                break
        return list(best.values())

    def similar(self, key: str) -> list[NameEntry]:
        shared: defaultdict[str, int] = defaultdict(int)
        for character in set(key):
            for other in self._by_character.get(character, ()):
                if abs(len(other) - len(key)) <= 1:
                    shared[other] += 1
        least = max(1, len(set(key)) - 2)
        return [
            entry
            for other, count in shared.items()
            if count >= least
            for entry in self._by_key[other]
            if entry.form.is_written
        ]

    def place(self, code: PlaceCode) -> Place:
        try:
            return self._places[code]
        except KeyError:
            raise NotFoundError(
                say("places.unknown_code", code=code), say("places.unknown_code_next")
            ) from None

    def communities_of(self, town_code: PlaceCode) -> list[Place]:
        return sorted(
            (p for p in self._places.values() if p.level is Level.COMMUNITY and p.town_code == town_code),
            key=lambda p: p.code,
        )
