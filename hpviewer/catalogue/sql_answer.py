"""Records counted by SQLite at the moment of the question: the way of a district's catalogue."""

from __future__ import annotations

from typing import Any

import apsw

from hpviewer.catalogue.condition import Condition
from hpviewer.catalogue.connection import fetch
from hpviewer.catalogue.sorted_scan import order_by
from hpviewer.places.place import PlaceCode
from hpviewer.records.column import Column
from hpviewer.records.filter import Part
from hpviewer.records.kind import Kind
from hpviewer.records.place_counts import spread
from hpviewer.records.results import Facets, Sort, Statistics


class SqlAnswer:
    def __init__(self, connection: apsw.Connection, condition: Condition) -> None:
        self._connection = connection
        self._condition = condition

    def count(self, *leaving_out: Part) -> int:
        where, values = self._condition.where(*leaving_out)
        return int(self._rows(f"SELECT count(*) FROM records r {where}", values)[0][0])

    def unlocated(self) -> int:
        where, values = self._condition.where(Part.UNLOCATED)
        also = f"{where} AND" if where else "WHERE"
        return int(self._rows(f"SELECT count(*) FROM records r {also} r.unlocated = 1", values)[0][0])

    def fids(self, sort: Sort, offset: int, limit: int) -> list[int]:
        where, values = self._condition.where()
        rows = self._rows(
            f"SELECT r.fid FROM records r {where} ORDER BY {order_by(sort)} LIMIT ? OFFSET ?",
            (*values, limit, offset),
        )
        return [fid for (fid,) in rows]

    def facets(self) -> Facets:
        where, values = self._condition.where(Part.TOWN, Part.COMMUNITY)
        places = self._rows(
            f"SELECT p.code, count(*) FROM records r JOIN record_places p ON p.record = r.fid {where} GROUP BY p.code",
            values,
        )
        columns_where, columns_values = self._condition.where(Part.COLUMN)
        columns = self._rows(
            f"SELECT r.column_name, count(*) FROM records r {columns_where} GROUP BY 1", columns_values
        )
        return Facets(
            spread=spread(count for _, count in places),
            column={Column(name): count for name, count in columns},
            town={PlaceCode(code): count for code, count in places if len(code) == 9},
            community={PlaceCode(code): count for code, count in places if len(code) != 9},
            kind=self._kinds(*self._condition.where(Part.KIND)),
            year=self._years(*self._condition.where(Part.YEAR)),
        )

    def statistics(self) -> Statistics:
        where, values = self._condition.where()
        by_town = self._rows(
            "SELECT p.code, count(*), coalesce(sum(r.area_ha), 0) FROM records r JOIN record_places p"
            f" ON p.record = r.fid AND length(p.code) = 9 {where} GROUP BY p.code ORDER BY p.code",
            values,
        )
        return Statistics(
            total=self.count(),
            by_town={PlaceCode(code): count for code, count, _ in by_town},
            by_kind=self._kinds(where, values),
            by_year=self._years(where, values),
            hectares_by_town={PlaceCode(code): round(area, 4) for code, _, area in by_town if area},
        )

    def _kinds(self, where: str, values: tuple[object, ...]) -> dict[Kind, int]:
        rows = self._rows(
            f"SELECT r.kind, count(*) FROM records r {where} GROUP BY r.kind ORDER BY min(r.kind_order)",
            values,
        )
        return {Kind(kind): count for kind, count in rows}

    def _years(self, where: str, values: tuple[object, ...]) -> dict[int | None, int]:
        rows = self._rows(
            f"SELECT r.year, count(*) FROM records r {where} GROUP BY r.year ORDER BY r.year DESC", values
        )
        return dict(rows)

    def _rows(self, sql: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        return fetch(self._connection, sql, values)
