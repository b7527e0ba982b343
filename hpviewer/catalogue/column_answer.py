"""Records counted from the columns in memory: the way of a province's catalogue."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from itertools import islice
from operator import and_
from typing import Any, TypeVar

import apsw
import numpy as np
from numpy.typing import NDArray

from hpviewer.catalogue.condition import Word
from hpviewer.catalogue.kept_counts import newest_first
from hpviewer.catalogue.record_columns import Combination, Mask, RecordColumns
from hpviewer.catalogue.sorted_scan import order_by, scan
from hpviewer.places.place import PlaceCode
from hpviewer.records.filter import Part, RecordFilter
from hpviewer.records.kind import Kind
from hpviewer.records.results import Facets, Sort, Statistics

V = TypeVar("V")

_FEW = 1_500
"""Records that SQLite reads and sorts in 20 ms."""
_SORTED_LATE = 15_000
"""Records that are sorted in 70 ms, when they were not found at the head of the index: all titles of a town
begin alike and stand together somewhere. Making the whole order takes 600 ms."""
_SCANNED = 50_000
"""Entries of an index that are read in 25 ms."""


class ColumnAnswer:
    def __init__(
        self,
        connection: apsw.Connection,
        columns: RecordColumns,
        filter: RecordFilter,
        words: tuple[Word, ...],
    ) -> None:
        self._connection = connection
        self._columns = columns
        self._masks: dict[Part, Mask] = {}
        if words:
            self._masks[Part.TEXT] = columns.of_text(connection, words)
        if filter.project:
            self._masks[Part.PROJECT] = columns.of_project(connection, filter.project)
        if filter.towns:
            self._masks[Part.TOWN] = columns.at_places(filter.towns)
        if filter.communities:
            self._masks[Part.COMMUNITY] = columns.at_places(filter.communities)
        self._allowed = {part: self._allowing(test) for part, test in _tests(filter).items()}
        self._histograms: dict[frozenset[Part], NDArray[np.int64]] = {}

    def count(self, *leaving_out: Part) -> int:
        return int(self._histogram(*leaving_out)[self._all_allowed(*leaving_out)].sum())

    def unlocated(self) -> int:
        inside = self._all_allowed(Part.UNLOCATED) & self._allowing(lambda c: c.unlocated)
        return int(self._histogram()[inside].sum())

    def facets(self) -> Facets:
        towns: dict[PlaceCode, int] = {}
        communities: dict[PlaceCode, int] = {}
        for code, count in zip(self._columns.codes, self._by_place().tolist(), strict=True):
            if count:
                (towns if len(code) == 9 else communities)[code] = count
        return Facets(
            column=self._by(lambda c: c.column, Part.COLUMN),
            town=towns,
            community=communities,
            kind=self._kinds(Part.KIND),
            year=self._years(Part.YEAR),
        )

    def fids(self, sort: Sort, offset: int, limit: int) -> list[int]:
        mask = self._mask()
        total = self.count()
        limit = min(limit if limit >= 0 else total, total - offset)
        if limit <= 0:
            return []
        order = self._columns.known_order(sort)
        if order is None and total <= _FEW:
            return self._sorted(np.flatnonzero(mask), sort, offset, limit)
        if order is None:
            seen = (fid for fid in islice(scan(self._connection, sort), _SCANNED) if mask[fid])
            page = list(islice(seen, offset, offset + limit))
            if len(page) == limit:
                return page
            if total <= _SORTED_LATE:
                return self._sorted(np.flatnonzero(mask), sort, offset, limit)
            order = self._columns.order(self._connection, sort)
        found: list[int] = order[mask[order]][offset : offset + limit].tolist()
        return found

    def statistics(self) -> Statistics:
        mask = self._mask()
        areas = np.where(mask, self._columns.areas(self._connection), 0.0)
        by_town, hectares = {}, {}
        for at, (code, count) in enumerate(
            zip(self._columns.codes, self._per_place(mask).tolist(), strict=True)
        ):
            if count and len(code) == 9:
                start = self._columns.starts[at]
                inside = self._columns.records[start : start + self._columns.place_counts[at]]
                by_town[code] = count
                if area := round(float(areas[inside].sum()), 4):
                    hectares[code] = area
        return Statistics(self.count(), by_town, self._kinds(), self._years(), hectares)

    # -- inside ----------------------------------------------------------------------------------------

    def _sorted(self, fids: NDArray[Any], sort: Sort, offset: int, limit: int) -> list[int]:
        """With a limit SQLite keeps only so many of the texts that it compares."""
        listed = ",".join(map(str, fids.tolist()))
        rows = self._connection.execute(
            f"SELECT r.fid FROM records r WHERE r.fid IN ({listed}) ORDER BY {order_by(sort)} LIMIT ? OFFSET ?",
            (limit, offset),
        )
        return [fid for (fid,) in rows]

    def _allowing(self, test: Callable[[Combination], bool]) -> Mask:
        """By combination, whether it passes; 0 is no record."""
        return np.array([c is not None and test(c) for c in self._columns.combinations], np.bool_)

    def _all_allowed(self, *leaving_out: Part) -> Mask:
        kept = [allowed for part, allowed in self._allowed.items() if part not in leaving_out]
        return reduce(and_, kept, self._allowing(lambda _: True))

    def _picked(self, *leaving_out: Part) -> Mask | None:
        """Records of the text, project and places; None for all."""
        kept = [mask for part, mask in self._masks.items() if part not in leaving_out]
        return reduce(and_, kept) if kept else None

    def _mask(self, *leaving_out: Part) -> Mask:
        passing = self._all_allowed(*leaving_out)[self._columns.combination]
        picked = self._picked(*leaving_out)
        return passing if picked is None else passing & picked

    def _histogram(self, *leaving_out: Part) -> NDArray[np.int64]:
        """Records of text, project and places by combination: one pass answers every other facet."""
        key = frozenset(leaving_out).intersection(self._masks)
        found = self._histograms.get(key)
        if found is None:
            picked = self._picked(*key)
            found = (
                self._columns.counts
                if picked is None
                else np.bincount(self._columns.combination[picked], minlength=len(self._columns.combinations))
            )
            self._histograms[key] = found
        return found

    def _by_place(self) -> NDArray[np.int64]:
        if not self._allowed and not (self._masks.keys() - {Part.TOWN, Part.COMMUNITY}):
            return self._columns.place_counts
        return self._per_place(self._mask(Part.TOWN, Part.COMMUNITY))

    def _per_place(self, mask: Mask) -> NDArray[np.int64]:
        if not len(self._columns.records):
            return self._columns.place_counts
        hits = mask.view(np.uint8)[self._columns.records]
        return np.add.reduceat(hits, self._columns.starts, dtype=np.int64)

    def _by(self, value: Callable[[Combination], V], *leaving_out: Part) -> dict[V, int]:
        counts: dict[V, int] = {}
        inside = np.where(self._all_allowed(*leaving_out), self._histogram(), 0)
        for combination, count in zip(self._columns.combinations, inside.tolist(), strict=True):
            if count and combination is not None:
                key = value(combination)
                counts[key] = counts.get(key, 0) + count
        return counts

    def _kinds(self, *leaving_out: Part) -> dict[Kind, int]:
        return self._by(lambda c: c.kind, *leaving_out)  # combinations are in the order of kinds

    def _years(self, *leaving_out: Part) -> dict[int | None, int]:
        counts = self._by(lambda c: c.year, *leaving_out)
        return {year: counts[year] for year in newest_first(counts)}


def _tests(filter: RecordFilter) -> dict[Part, Callable[[Combination], bool]]:
    """The parts of the filter that a record's combination decides."""
    tests: dict[Part, Callable[[Combination], bool]] = {}
    if filter.column:
        tests[Part.COLUMN] = lambda c: c.column is filter.column
    if filter.kinds:
        tests[Part.KIND] = lambda c: c.kind in filter.kinds
    if filter.years:
        tests[Part.YEAR] = lambda c: c.year in filter.years
    if filter.unlocated:
        tests[Part.UNLOCATED] = lambda c: c.unlocated
    return tests
