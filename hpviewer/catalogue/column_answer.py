"""Records counted from the columns in memory: the way of a province's catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import islice
from operator import and_
from typing import Any, TypeVar, cast

import apsw
import numpy as np
from numpy.typing import NDArray

from hpviewer.catalogue.condition import Word
from hpviewer.catalogue.record_columns import Combinations, Mask, Numbers, RecordColumns
from hpviewer.catalogue.sorted_scan import order_by, scan
from hpviewer.records.column import Column
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
_LOOKED_THROUGH = 16_384
"""Records of a whole order that are looked at first when a page is cut from it."""


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
        self._allowed = _allowed(filter, columns.combinations)
        self._histograms: dict[frozenset[Part], NDArray[np.int64]] = {}
        self._found: dict[frozenset[Part], Mask] = {}
        self._counted = filter.without(Part.TOWN, Part.COMMUNITY)

    def count(self, *leaving_out: Part) -> int:
        return int(self._histogram(*leaving_out)[self._all_allowed(*leaving_out)].sum())

    def unlocated(self) -> int:
        inside = self._all_allowed(Part.UNLOCATED) & self._columns.combinations.unlocated
        return int(self._histogram()[inside].sum())

    def facets(self) -> Facets:
        columns = list(Column)
        places = self._columns.places(self._counted, self._by_place)
        return Facets(
            column=self._by(self._columns.combinations.column, columns, Part.COLUMN),
            town=places.town,
            community=places.community,
            kind=self._kinds(Part.KIND),
            year=self._years(Part.YEAR),
            spread=places.spread,
        )

    def fids(self, sort: Sort, offset: int, limit: int) -> list[int]:
        total = self.count()
        limit = min(limit if limit >= 0 else total, total - offset)
        if limit <= 0:
            return []
        order = self._columns.known_order(sort)
        if order is None and total <= _FEW:
            return self._sorted(np.flatnonzero(self._mask()), sort, offset, limit)
        if order is None:
            page = list(islice(self._scanned(sort), offset, offset + limit))
            if len(page) == limit:
                return page
            if total <= _SORTED_LATE:
                return self._sorted(np.flatnonzero(self._mask()), sort, offset, limit)
            order = self._columns.order(self._connection, sort)
        return self._cut(order, offset, limit)

    def statistics(self) -> Statistics:
        mask = self._mask()
        areas = np.where(mask, self._columns.areas(self._connection), 0.0)
        counts = self._per_place(mask).tolist()
        by_town, hectares = {}, {}
        for code, at in self._columns.town_at.items():
            if counts[at]:
                start = self._columns.starts[at]
                inside = self._columns.records[start : start + self._columns.place_counts[at]]
                by_town[code] = counts[at]
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

    @property
    def _everything(self) -> bool:
        return not self._allowed and not self._masks

    def _scanned(self, sort: Sort) -> Iterator[int]:
        """Records of the filter among the first of all."""
        first = islice(scan(self._connection, sort), _SCANNED)
        if self._everything:
            return first
        mask = self._mask().data
        return (fid for fid in first if mask[fid])

    def _cut(self, order: Numbers, offset: int, limit: int) -> list[int]:
        """A page out of an order of all records, which is looked through only as far as the page needs."""
        end = offset + limit
        if self._everything:
            return cast(list[int], order[offset:end].tolist())
        mask = self._mask()
        found: list[Numbers] = []
        count, start, step = 0, 0, max(_LOOKED_THROUGH, end)
        while count < end and start < len(order):
            piece = order[start : start + step]
            found.append(piece[mask[piece]])
            count += len(found[-1])
            start, step = start + step, step * 4
        return cast(list[int], np.concatenate(found)[offset:end].tolist())

    def _all_allowed(self, *leaving_out: Part) -> Mask:
        kept = [allowed for part, allowed in self._allowed.items() if part not in leaving_out]
        return reduce(and_, kept, self._columns.combinations.real)

    def _picked(self, *leaving_out: Part) -> Mask | None:
        """Records of the text, project and places; None for all."""
        kept = [mask for part, mask in self._masks.items() if part not in leaving_out]
        return reduce(and_, kept) if kept else None

    def _mask(self, *leaving_out: Part) -> Mask:
        key = frozenset(leaving_out).intersection(self._masks.keys() | self._allowed.keys())
        found = self._found.get(key)
        if found is None:
            found = self._all_allowed(*key)[self._columns.combination]
            picked = self._picked(*key)
            if picked is not None:
                found &= picked
            self._found[key] = found
        return found

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

    def _by(self, numbers: NDArray[Any], values: Sequence[V], *leaving_out: Part) -> dict[V, int]:
        """``numbers``: of each combination its place in ``values``."""
        inside = np.where(self._all_allowed(*leaving_out), self._histogram(), 0)
        counts = np.bincount(numbers, weights=inside, minlength=len(values))
        return {value: int(count) for value, count in zip(values, counts.tolist(), strict=True) if count}

    def _kinds(self, *leaving_out: Part) -> dict[Kind, int]:
        return self._by(self._columns.combinations.kind, list(Kind), *leaving_out)

    def _years(self, *leaving_out: Part) -> dict[int | None, int]:
        return self._by(self._columns.combinations.year, self._columns.combinations.years, *leaving_out)


def _allowed(filter: RecordFilter, all: Combinations) -> dict[Part, Mask]:
    """The parts of the filter that a record's combination decides: by combination, whether it passes."""
    allowed: dict[Part, Mask] = {}
    if filter.column:
        allowed[Part.COLUMN] = all.column == list(Column).index(filter.column)
    if filter.kinds:
        kinds = list(Kind)
        allowed[Part.KIND] = np.isin(all.kind, [kinds.index(kind) for kind in filter.kinds])
    if filter.years:
        years = [at for at, year in enumerate(all.years) if year in filter.years]
        allowed[Part.YEAR] = np.isin(all.year, years)
    if filter.unlocated:
        allowed[Part.UNLOCATED] = all.unlocated
    return allowed
