"""A large catalogue's facets as arrays in memory: what counting a million records in 20 ms takes.

About 25 MB for a million records with their places. Imports numpy (100 ms), so this module is only imported by the
functions that need it, after the window has started.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import apsw
import numpy as np
from numpy.typing import NDArray

from hpviewer.catalogue.condition import Word
from hpviewer.catalogue.connection import fetch
from hpviewer.catalogue.kept_counts import newest_first
from hpviewer.catalogue.search_text import phrase
from hpviewer.catalogue.sorted_scan import parts
from hpviewer.places.place import PlaceCode
from hpviewer.records.column import Column
from hpviewer.records.filter import RecordFilter
from hpviewer.records.kind import Kind
from hpviewer.records.place_counts import PlaceCounts, spread_places
from hpviewer.records.results import Sort, SortKey

Mask: TypeAlias = NDArray[np.bool_]
"""By fid; index 0 is no record."""
Numbers: TypeAlias = NDArray[np.int32]

_PACKED = "group_concat(char(({0} >> 15) + 1, ({0} & 32767) + 1), '')"
"""A column of numbers below 2^30 as one text, two characters each: SQLite hands over a million in 100 ms, in one
piece and without the interpreter's lock; as rows they take 500 ms with it."""
_KEPT_TEXTS = 8
_KEPT_ORDERS = 4
_KEPT_PLACES = 8


class Combinations:
    """What the facets of a record can be together, a few thousand at most, as one array for each facet.

    Number 0 is no record. Loops over them would take 1 ms for each facet of each question, with the
    interpreter's lock.
    """

    def __init__(self, found: Sequence[tuple[int, int | None, str, int]]) -> None:
        """``found``: order of the kind, year, column and unlocated of each, from number 1 on."""
        self.real: Mask = np.array([False, *(True for _ in found)], np.bool_)
        self.kind = np.array([0, *(kind for kind, *_ in found)], np.uint8)
        columns = list(Column)
        self.column = np.array([0, *(columns.index(Column(name)) for _, _, name, _ in found)], np.uint8)
        self.unlocated: Mask = np.array([False, *(bool(unlocated) for *_, unlocated in found)], np.bool_)
        self.years = list(newest_first({year for _, year, _, _ in found}))
        at = {year: place for place, year in enumerate(self.years)}
        self.year = np.array([0, *(at[year] for _, year, _, _ in found)], np.uint16)

    def __len__(self) -> int:
        return len(self.real)


@dataclass(frozen=True, slots=True)
class PlaceFigures:
    """Records per place under a filter; the same object as long as nothing in it has changed."""

    town: PlaceCounts
    community: PlaceCounts
    spread: tuple[int, ...]


class RecordColumns:
    """The state of the file when it was made; the same for all threads, nothing but caches changes in it."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._lock = threading.Lock()
        self._texts: OrderedDict[tuple[Word, ...], Mask] = OrderedDict()
        self._orders: OrderedDict[Sort, Numbers] = OrderedDict()
        self._areas: NDArray[np.float64] | None = None
        self._places: OrderedDict[RecordFilter, PlaceFigures] = OrderedDict()
        self.size = int(fetch(connection, "SELECT coalesce(max(fid), 0) + 1 FROM records")[0][0])
        self._read_combinations(connection)
        self._read_places(connection)
        self.order(connection, Sort())

    def _read_combinations(self, connection: apsw.Connection) -> None:
        """``combination`` by fid, 0 where there is no record; ``counts`` of each combination."""
        found = []
        self.combination = np.zeros(self.size, np.uint16)
        for *facets, packed in connection.execute(
            f"SELECT kind_order, year, column_name, unlocated, {_PACKED.format('fid')} FROM records"
            " GROUP BY kind_order, year, column_name, unlocated"
        ):
            found.append(tuple(facets))
            self.combination[_numbers(packed)] = len(found)
        self.combinations = Combinations(found)
        self.counts = np.bincount(self.combination, minlength=len(self.combinations))
        self.counts[0] = 0

    def _read_places(self, connection: apsw.Connection) -> None:
        """``records`` are the fids of each place, one place after the other, as ``starts`` tells."""
        self.codes: list[PlaceCode] = []
        found: list[Numbers] = []
        for code, packed in connection.execute(
            f"SELECT code, {_PACKED.format('record')} FROM record_places GROUP BY code"
        ):
            self.codes.append(PlaceCode(code))
            found.append(_numbers(packed))
        lengths = np.array([len(records) for records in found], np.int64)
        self.place_counts = lengths
        self.starts = np.concatenate(([0], np.cumsum(lengths)[:-1])) if found else lengths
        self.records = np.concatenate(found) if found else np.zeros(0, np.int32)
        self._at = {code: at for at, code in enumerate(self.codes)}
        self.town_at = {code: at for code, at in self._at.items() if len(code) == 9}
        self._community_at = {code: at for code, at in self._at.items() if len(code) != 9}

    # -- records of a part of the filter -----------------------------------------------------------------

    def at_places(self, codes: tuple[PlaceCode, ...]) -> Mask:
        mask = np.zeros(self.size, np.bool_)
        for code in codes:
            at = self._at.get(code)
            if at is not None:
                start = self.starts[at]
                mask[self.records[start : start + self.place_counts[at]]] = True
        return mask

    def of_project(self, connection: apsw.Connection, name: str) -> Mask:
        return self._asked(connection, "fid", "FROM records WHERE project = ?", name)

    def of_text(self, connection: apsw.Connection, words: tuple[Word, ...]) -> Mask:
        """Records that match every word. Kept, so that changing a facet does not search the text again."""
        with self._lock:
            kept = self._texts.get(words)
        if kept is None:
            kept = np.ones(self.size, np.bool_)
            for word in words:
                kept &= self._of_word(connection, word)
        with self._lock:
            self._texts[words] = kept
            self._texts.move_to_end(words)
            if len(self._texts) > _KEPT_TEXTS:
                self._texts.popitem(last=False)
        return kept

    def _of_word(self, connection: apsw.Connection, word: Word) -> Mask:
        either = []
        if (sought := phrase(word.text)) is not None:
            either.append(self._matching(connection, sought))
        if word.places:
            either.append(self.at_places(word.places))
        for places, rest in word.rests:
            if (sought := phrase(rest)) is not None:
                either.append(self.at_places(places) & self._matching(connection, sought))
        if not either:  # punctuation alone, or the district's own name: narrows nothing
            return np.ones(self.size, np.bool_)
        mask: Mask = np.logical_or.reduce(either)
        return mask

    def _matching(self, connection: apsw.Connection, sought: str) -> Mask:
        return self._asked(connection, "rowid", "FROM records_text WHERE records_text MATCH ?", sought)

    def _asked(self, connection: apsw.Connection, name: str, where: str, value: str) -> Mask:
        mask = np.zeros(self.size, np.bool_)
        rows = fetch(connection, f"SELECT {_PACKED.format(name)} {where}", (value,))
        mask[_numbers(rows[0][0])] = True
        return mask

    # -- records per place -------------------------------------------------------------------------------

    def places(self, key: RecordFilter, count: Callable[[], NDArray[np.int64]]) -> PlaceFigures:
        """What ``count`` gives by place, kept under the filter that it counts: a click on a place asks for the same
        again and needs not be drawn again."""
        with self._lock:
            kept = self._places.get(key)
        if kept is None:
            counts = count()
            ordered = np.sort(counts[counts > 0])
            numbers = counts.data  # a memoryview gives ints, numpy would give its own
            kept = PlaceFigures(
                PlaceCounts(self.town_at, numbers),
                PlaceCounts(self._community_at, numbers),
                tuple(ordered[list(spread_places(len(ordered)))].tolist()),
            )
        with self._lock:
            kept = self._places.setdefault(key, kept)
            self._places.move_to_end(key)
            if len(self._places) > _KEPT_PLACES:
                self._places.popitem(last=False)
        return kept

    # -- order and areas, each read when it is first asked for --------------------------------------------

    def known_order(self, sort: Sort) -> Numbers | None:
        with self._lock:
            return self._orders.get(sort)

    def order(self, connection: apsw.Connection, sort: Sort) -> Numbers:
        """The fids of all records in this order (300 ms for a million when it is new)."""
        kept = self.known_order(sort)
        if kept is None and sort.key is SortKey.KIND:
            kept = self._order_of_kinds(sort.descending)
        if kept is None:
            found = [
                _numbers(fetch(connection, f"SELECT {_PACKED.format('fid')} FROM ({sql})")[0][0])
                for sql in parts(sort)
            ]
            kept = np.concatenate(found)
        with self._lock:
            self._orders[sort] = kept
            self._orders.move_to_end(sort)
            if len(self._orders) > _KEPT_ORDERS:
                self._orders.popitem(last=False)
        return kept

    def _order_of_kinds(self, descending: bool) -> Numbers:
        """From what is in memory, 10 ms."""
        kind = self.combinations.kind
        rank = len(Kind) - kind if descending else kind
        fids: Numbers = np.flatnonzero(self.combination).astype(np.int32)
        return fids[np.argsort(rank[self.combination[fids]], kind="stable")]

    def areas(self, connection: apsw.Connection) -> NDArray[np.float64]:
        """Hectares by fid, 0 where none is known."""
        if self._areas is None:
            areas = np.zeros(self.size)
            rows = connection.execute("SELECT fid, area_ha FROM records WHERE area_ha > -9e999")
            while found := [row for _, row in zip(range(50_000), rows, strict=False)]:
                fids, values = zip(*found, strict=True)
                areas[list(fids)] = values
            self._areas = areas
        return self._areas


def _numbers(packed: str | None) -> Numbers:
    """What _PACKED made, as numbers."""
    pairs = np.frombuffer((packed or "").encode("utf-16-le"), np.uint16).reshape(-1, 2)
    numbers: Numbers = ((pairs[:, 0].astype(np.int32) - 1) << 15) + (pairs[:, 1].astype(np.int32) - 1)
    return numbers
