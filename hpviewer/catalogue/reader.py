"""Queries over one read-only connection; one Reader per thread."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from hpviewer.catalogue import record_rows
from hpviewer.catalogue.condition import Condition, condition_of
from hpviewer.catalogue.connection import fetch, open_reader, sentences, time_limit
from hpviewer.catalogue.schema import read_meta
from hpviewer.catalogue.shape_rows import all_shapes
from hpviewer.catalogue.stored_names import StoredNames, place_of
from hpviewer.catalogue.suggestions import suggest
from hpviewer.catalogue.understanding import Understanding, understand
from hpviewer.errors import NotFoundError
from hpviewer.places.nearest import nearest
from hpviewer.places.place import Match, Place, PlaceCode
from hpviewer.places.resolver import Resolver
from hpviewer.records.column import Column
from hpviewer.records.filter import Part, RecordFilter
from hpviewer.records.geometry import Shape
from hpviewer.records.kind import Kind
from hpviewer.records.results import (
    CatalogueInfo,
    Facets,
    RecordDetail,
    RecordRow,
    Removal,
    Results,
    Sort,
    SortKey,
    Statistics,
    Suggestion,
)
from hpviewer.wording import say

PAGE = 100

_SORTED = {
    SortKey.PUBLISHED: ("r.published = ''", "r.published"),
    SortKey.KIND: ("r.kind_order IS NULL", "r.kind_order"),
    SortKey.TITLE: ("r.title = ''", "r.title"),
    SortKey.COMMUNITIES: ("r.places_shown = ''", "r.places_shown"),
    SortKey.AREA: ("r.area_ha IS NULL", "r.area_ha"),
    SortKey.SOURCE: ("r.source_kind IS NULL", "r.source_kind"),
    SortKey.DOC_NUMBER: ("r.doc_number = ''", "r.doc_number"),
}


class Reader:
    """The catalogue's answers. Close it when its thread ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = open_reader(path)
        with sentences(path):
            read_meta(self._connection)
        self.names = StoredNames(self._connection)
        self.resolver = Resolver(self.names)

    def close(self) -> None:
        self._connection.close()

    # -- the catalogue itself --------------------------------------------------------------------------

    def info(self) -> CatalogueInfo:
        def count(sql: str) -> int:
            return int(self._rows(sql)[0][0])

        with sentences(self.path):
            meta = read_meta(self._connection)  # anew: an import may have changed the 审图号
        return CatalogueInfo(
            path=str(self.path),
            name=meta.get("name", ""),
            data_date=meta.get("data_date", ""),
            sources=meta.get("sources", ""),
            records=count("SELECT count(*) FROM records"),
            towns=count("SELECT count(*) FROM towns"),
            communities=count("SELECT count(*) FROM communities"),
            communities_unlocated=count("SELECT count(*) FROM communities WHERE label_lon IS NULL"),
            projects=count("SELECT count(*) FROM projects"),
            policies=count("SELECT count(*) FROM policies"),
            schematic=bool(count("SELECT EXISTS (SELECT 1 FROM towns WHERE schematic = 1)")),
            review_number=meta.get("review_number", ""),
            schema_version=int(meta["schema_version"]),
            read_only=not os.access(self.path, os.W_OK),
        )

    def places(self) -> dict[PlaceCode, Place]:
        rows = self._rows(
            "SELECT code, name, official_name, kind, code FROM towns"
            " UNION ALL SELECT code, name, official_name, kind, town_code FROM communities"
        )
        return {place.code: place for place in map(place_of, rows)}

    def unlocated_communities(self) -> frozenset[PlaceCode]:
        """Communities whose position is not known: they have no shape on the map."""
        return frozenset(
            code for (code,) in self._rows("SELECT code FROM communities WHERE label_lon IS NULL")
        )

    def map_layers(self) -> dict[str, bytes]:
        """Every layer of the map page, for making them anew after a change of boundaries."""
        return {name: bytes(content) for name, content in self._rows("SELECT name, content FROM map_layers")}

    def shapes(self) -> dict[PlaceCode, Shape]:
        """Every boundary, by code."""
        with sentences(self.path):
            return all_shapes(self._connection)

    def map_layer(self, name: str) -> bytes:
        rows = self._rows("SELECT content FROM map_layers WHERE name = ?", (name,))
        if not rows:
            raise NotFoundError(say("catalogue.no_layer", name=name), say("catalogue.no_layer_next"))
        return bytes(rows[0][0])

    # -- records ---------------------------------------------------------------------------------------

    def results(
        self, filter: RecordFilter, sort: Sort, still_wanted: Callable[[], bool], limit: int = PAGE
    ) -> Results:
        """Total, first page and facets of a filter. ``still_wanted`` False ends it with CancelledError."""
        with time_limit(self._connection, still_wanted):
            text = understand(filter.text, self.resolver)
            condition = condition_of(filter, text.words)
            total = self._count(condition)
            return Results(
                filter=filter,
                sort=sort,
                total=total,
                rows=self._page(condition, sort, 0, limit) if total else (),
                facets=self._facets(condition),
                unlocated=self._count(condition_of(replace(filter, unlocated=True), text.words)),
                understood=text.places,
                removals=() if total else self._removals(filter, condition),
                nearest=() if total else self._nearest(filter, text),
            )

    def rows(
        self, filter: RecordFilter, sort: Sort, offset: int, limit: int, still_wanted: Callable[[], bool]
    ) -> tuple[RecordRow, ...]:
        with time_limit(self._connection, still_wanted):
            return self._page(self._condition(filter), sort, offset, limit)

    def details(
        self, filter: RecordFilter, sort: Sort, limit: int, still_wanted: Callable[[], bool]
    ) -> tuple[RecordDetail, ...]:
        """Whole records in the order of the table, for commands and exports. limit -1: all of them."""
        with time_limit(self._connection, still_wanted):
            where, values = self._condition(filter).where()
            rows = self._rows(
                f"SELECT {record_rows.COLUMNS} FROM records r {where} ORDER BY {_order(sort)} LIMIT ?",
                (*values, limit),
            )
            return tuple(self._detail(row) for row in rows)

    def detail(self, record_id: str) -> RecordDetail:
        rows = self._rows(f"SELECT {record_rows.COLUMNS} FROM records r WHERE r.id = ?", (record_id,))
        if not rows:
            raise NotFoundError(say("catalogue.no_record", id=record_id), say("catalogue.no_record_next"))
        return self._detail(rows[0])

    def statistics(self, filter: RecordFilter, still_wanted: Callable[[], bool]) -> Statistics:
        with time_limit(self._connection, still_wanted):
            condition = self._condition(filter)
            where, values = condition.where()
            by_town = self._rows(
                "SELECT p.code, count(*), coalesce(sum(r.area_ha), 0) FROM records r JOIN record_places p"
                f" ON p.record = r.fid AND length(p.code) = 9 {where} GROUP BY p.code ORDER BY p.code",
                values,
            )
            return Statistics(
                total=self._count(condition),
                by_town={PlaceCode(code): count for code, count, _ in by_town},
                by_kind=self._kinds(where, values),
                by_year=self._years(where, values),
                hectares_by_town={PlaceCode(code): round(area, 4) for code, _, area in by_town if area},
            )

    def suggest(self, text: str, still_wanted: Callable[[], bool]) -> tuple[Suggestion, ...]:
        with sentences(self.path), time_limit(self._connection, still_wanted):
            return suggest(self._connection, self.resolver, text)

    def count(self, filter: RecordFilter) -> int:
        return self._count(self._condition(filter))

    # -- inside ----------------------------------------------------------------------------------------

    def _condition(self, filter: RecordFilter) -> Condition:
        return condition_of(filter, understand(filter.text, self.resolver).words)

    def _rows(self, sql: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        with sentences(self.path):
            return fetch(self._connection, sql, values)

    def _count(self, condition: Condition, *leaving_out: Part) -> int:
        where, values = condition.where(*leaving_out)
        return int(self._rows(f"SELECT count(*) FROM records r {where}", values)[0][0])

    def _page(self, condition: Condition, sort: Sort, offset: int, limit: int) -> tuple[RecordRow, ...]:
        where, values = condition.where()
        rows = self._rows(
            f"SELECT {record_rows.ROW_COLUMNS} FROM records r {where} ORDER BY {_order(sort)} LIMIT ? OFFSET ?",
            (*values, limit, offset),
        )
        return tuple(map(record_rows.row_of, rows))

    def _facets(self, condition: Condition) -> Facets:
        where, values = condition.where(Part.TOWN, Part.COMMUNITY)
        places = self._rows(
            f"SELECT p.code, count(*) FROM records r JOIN record_places p ON p.record = r.fid {where} GROUP BY p.code",
            values,
        )
        columns_where, columns_values = condition.where(Part.COLUMN)
        columns = self._rows(
            f"SELECT r.column_name, count(*) FROM records r {columns_where} GROUP BY 1", columns_values
        )
        return Facets(
            column={Column(name): count for name, count in columns},
            town={PlaceCode(code): count for code, count in places if len(code) == 9},
            community={PlaceCode(code): count for code, count in places if len(code) != 9},
            kind=self._kinds(*condition.where(Part.KIND)),
            year=self._years(*condition.where(Part.YEAR)),
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

    def _removals(self, filter: RecordFilter, condition: Condition) -> tuple[Removal, ...]:
        # a town falls with its community: taking only the town away would change nothing
        companions = {Part.TOWN: (Part.TOWN, Part.COMMUNITY)}
        counted = [
            Removal(part, self._count(condition, *companions.get(part, (part,)))) for part in filter.active()
        ]
        return tuple(sorted(counted, key=lambda removal: -removal.count))

    def _nearest(self, filter: RecordFilter, text: Understanding) -> tuple[Match, ...]:
        if text.places or not filter.text.strip():
            return ()
        return tuple(nearest(self.names, filter.text.strip(), 5))

    def _detail(self, row: tuple[Any, ...]) -> RecordDetail:
        codes = [
            PlaceCode(code)
            for (code,) in self._rows(
                "SELECT code FROM record_places WHERE record = ? ORDER BY position", (row[0],)
            )
        ]
        places = [self.names.place(code) for code in codes]
        communities = tuple(place for place in places if place.code != place.town_code)
        unknown = self.unlocated_communities() if communities else frozenset()
        return RecordDetail(
            record=record_rows.record_of(row, codes),
            towns=tuple(place for place in places if place.code == place.town_code),
            communities=communities,
            unlocated=tuple(place.code for place in communities if place.code in unknown),
        )


def _order(sort: Sort) -> str:
    empty_last, value = _SORTED[sort.key]
    direction = "DESC" if sort.descending else "ASC"
    return f"{empty_last}, {value} {direction}, r.fid"
