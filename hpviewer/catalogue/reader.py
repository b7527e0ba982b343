"""Queries over one read-only connection; one Reader per thread.

The start of the window asks for facts, first results and the map's layer only. What other questions need is
imported when the first of them comes, or by ``prepare``: it would cost the start 40 ms.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hpviewer.catalogue import record_rows
from hpviewer.catalogue.access import is_read_only
from hpviewer.catalogue.answer import Answer
from hpviewer.catalogue.column_store import ColumnStore
from hpviewer.catalogue.connection import fetch, open_reader, sentences, time_limit
from hpviewer.catalogue.kept_answer import KeptAnswer
from hpviewer.catalogue.kept_counts import LARGE, kept_total
from hpviewer.catalogue.layer_rows import boundary_facts, layer_content
from hpviewer.catalogue.place_texts import read_place_table
from hpviewer.catalogue.schema import read_meta
from hpviewer.catalogue.stored_names import StoredNames
from hpviewer.catalogue.understanding import NOTHING, Understanding, understand
from hpviewer.errors import NotFoundError
from hpviewer.places.place import Match, PlaceCode
from hpviewer.places.place_table import PlaceTable
from hpviewer.records.filter import Part, RecordFilter
from hpviewer.records.kind import Kind
from hpviewer.records.record import Record
from hpviewer.records.results import (
    CatalogueInfo,
    RecordDetail,
    RecordRow,
    Removal,
    Results,
    Sort,
    Statistics,
    Suggestion,
)
from hpviewer.wording import say

if TYPE_CHECKING:
    from hpviewer.catalogue.condition import Word
    from hpviewer.catalogue.project_areas import AreasInside
    from hpviewer.places.resolver import Resolver
    from hpviewer.records.geometry import Box, Shape

PAGE = 100

_READ_AT_ONCE = 1_000
_KEPT_TEXTS = 30


class Reader:
    """The catalogue's answers. Close it when its thread ends."""

    def __init__(self, path: Path, columns: ColumnStore | None = None) -> None:
        """``columns`` is shared by the readers of one file; without it this one makes its own when it needs them."""
        self.path = path
        self._columns = columns or ColumnStore(path)
        self._understood: dict[str, Understanding] = {}
        self._understood_at = 0
        self._connection = open_reader(path)
        with sentences(path):
            read_meta(self._connection)
        self.names = StoredNames(self._connection)

    @cached_property
    def resolver(self) -> Resolver:
        from hpviewer.places.resolver import Resolver

        return Resolver(self.names)

    def close(self) -> None:
        self._connection.close()

    # -- the catalogue itself --------------------------------------------------------------------------

    def info(self) -> CatalogueInfo:
        def count(sql: str) -> int:
            return int(self._rows(sql)[0][0])

        with sentences(self.path):
            meta = read_meta(self._connection)  # anew: an import may have changed the 审图号
            schematic, review_number = boundary_facts(self._connection)
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
            schematic=schematic,
            review_number=review_number,
            schema_version=int(meta["schema_version"]),
            read_only=is_read_only(self.path),
        )

    def places(self) -> PlaceTable:
        return read_place_table(self._connection)

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
        from hpviewer.catalogue.shape_rows import all_shapes

        with sentences(self.path):
            return all_shapes(self._connection)

    def map_layer(self, name: str) -> bytes:
        with sentences(self.path):
            content = layer_content(self._connection, name)
        if content is None:
            raise NotFoundError(say("catalogue.no_layer", name=name), say("catalogue.no_layer_next"))
        return content

    def areas_inside(self, box: Box, least: float, most: int) -> AreasInside:
        """Areas of projects that meet the box (degrees), as project_areas.areas_inside has them."""
        from hpviewer.catalogue.project_areas import areas_inside

        with self._reading(lambda: True):
            return areas_inside(self._connection, box, least, most)

    def project_name(self, fid: int) -> str | None:
        """Of an area that a tile has shown; None when it is gone."""
        from hpviewer.catalogue.project_areas import project_name

        with sentences(self.path):
            return project_name(self._connection, fid)

    # -- records ---------------------------------------------------------------------------------------

    def results(
        self, filter: RecordFilter, sort: Sort, still_wanted: Callable[[], bool], limit: int = PAGE
    ) -> Results:
        """Total, first page and facets of a filter. ``still_wanted`` False ends it with CancelledError."""
        with self._reading(still_wanted):
            text = self._understand(filter.text)
            answer = self._answer(filter, text.words)
            total = answer.count()
            return Results(
                filter=filter,
                sort=sort,
                total=total,
                rows=self._page(answer.fids(sort, 0, limit)) if total else (),
                facets=answer.facets(),
                unlocated=answer.unlocated(),
                understood=text.places,
                removals=() if total else self._removals(filter, answer),
                nearest=() if total else self._nearest(filter, text),
            )

    def rows(
        self, filter: RecordFilter, sort: Sort, offset: int, limit: int, still_wanted: Callable[[], bool]
    ) -> tuple[RecordRow, ...]:
        with self._reading(still_wanted):
            words = self._understand(filter.text).words
            return self._page(self._answer(filter, words, reach=offset + limit).fids(sort, offset, limit))

    def details(
        self, filter: RecordFilter, sort: Sort, limit: int, still_wanted: Callable[[], bool]
    ) -> tuple[RecordDetail, ...]:
        """Whole records in the order of the table, for commands and exports. limit -1: all of them."""
        with self._reading(still_wanted):
            words = self._understand(filter.text).words
            fids = self._answer(filter, words, reach=limit).fids(sort, 0, limit)
            return tuple(self._detail(row) for row in self._read(record_rows.COLUMNS, fids))

    def details_since(
        self,
        day: str,
        kinds: Collection[Kind],
        matters: Callable[[Record], bool],
        still_wanted: Callable[[], bool],
    ) -> tuple[RecordDetail, ...]:
        """Records of these kinds published, or with a notice period, on this day (ISO) or later; newest first.

        ``matters`` is asked before the places of a record are read, which it has none of yet: a province has 20,000
        such records in half a year, and few that matter.
        """
        orders = ",".join(str(order) for order, kind in enumerate(Kind) if kind in kinds)
        with self._reading(still_wanted):
            rows = fetch(
                self._connection,
                f"SELECT fid FROM records WHERE kind_order IN ({orders}) AND"
                " (published >= ?1 OR notice_from >= ?1 OR notice_to >= ?1) ORDER BY published DESC, fid",
                (day,),
            )
            found = self._read(record_rows.COLUMNS, [fid for (fid,) in rows])
            return tuple(self._detail(row) for row in found if matters(record_rows.record_of(row, ())))

    def prepare(self) -> None:
        """Make ready what the first search and counting a large catalogue need, before somebody waits for it.

        Does nothing twice.
        """
        import hpviewer.catalogue.sql_answer
        import hpviewer.catalogue.suggestions  # noqa: F401  # with the resolver, all that a keystroke needs

        self._understand("0")
        with self._reading(lambda: True):
            if kept_total(self._connection) >= LARGE:
                self._columns.columns(self._connection)

    def detail(self, record_id: str) -> RecordDetail:
        rows = self._rows(f"SELECT {record_rows.COLUMNS} FROM records r WHERE r.id = ?", (record_id,))
        if not rows:
            raise NotFoundError(say("catalogue.no_record", id=record_id), say("catalogue.no_record_next"))
        return self._detail(rows[0])

    def statistics(self, filter: RecordFilter, still_wanted: Callable[[], bool]) -> Statistics:
        with self._reading(still_wanted):
            words = self._understand(filter.text).words
            return self._counting(filter, words).statistics()

    def suggest(self, text: str, still_wanted: Callable[[], bool]) -> tuple[Suggestion, ...]:
        from hpviewer.catalogue.suggestions import suggest

        with sentences(self.path), time_limit(self._connection, still_wanted):
            return suggest(self._connection, self.resolver, text)

    def count(self, filter: RecordFilter) -> int:
        with self._reading(lambda: True):
            return self._answer(filter, self._understand(filter.text).words).count()

    # -- inside ----------------------------------------------------------------------------------------

    @contextmanager
    def _reading(self, still_wanted: Callable[[], bool]) -> Iterator[None]:
        """One state of the file for all questions inside; writers wait for its end."""
        with sentences(self.path), time_limit(self._connection, still_wanted):
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                if self._connection.in_transaction:  # an interrupted question may have ended it
                    self._connection.set_progress_handler(None)
                    self._connection.execute("COMMIT")

    def _understand(self, text: str) -> Understanding:
        """Kept for the facets that are changed after a text was typed: with 27,600 places a text that is no
        place costs up to 30 ms."""
        if not text.strip():
            return NOTHING
        state = self._connection.data_version()
        if state != self._understood_at or len(self._understood) > _KEPT_TEXTS:
            self._understood, self._understood_at = {}, state
        if text not in self._understood:
            self._understood[text] = understand(text, self.resolver)
        return self._understood[text]

    def _answer(self, filter: RecordFilter, words: tuple[Word, ...], reach: int = 0) -> Answer | KeptAnswer:
        """``reach`` is how far into the order of records the question goes, -1 for all of them."""
        if not filter.active() and 0 <= reach <= LARGE and self._columns.known(self._connection) is None:
            return KeptAnswer(self._connection)
        return self._counting(filter, words)

    def _counting(self, filter: RecordFilter, words: tuple[Word, ...]) -> Answer:
        if kept_total(self._connection) < LARGE:
            from hpviewer.catalogue.condition import condition_of
            from hpviewer.catalogue.sql_answer import SqlAnswer

            return SqlAnswer(self._connection, condition_of(filter, words))
        from hpviewer.catalogue.column_answer import ColumnAnswer  # here: brings numpy

        return ColumnAnswer(self._connection, self._columns.columns(self._connection), filter, words)

    def _rows(self, sql: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        with sentences(self.path):
            return fetch(self._connection, sql, values)

    def _page(self, fids: list[int]) -> tuple[RecordRow, ...]:
        return tuple(
            record_rows.row_of(row[1:]) for row in self._read(f"r.fid, {record_rows.ROW_COLUMNS}", fids)
        )

    def _read(self, columns: str, fids: list[int]) -> Iterator[tuple[Any, ...]]:
        """Records in the order of their fids; the first of ``columns`` is ``r.fid``."""
        for start in range(0, len(fids), _READ_AT_ONCE):
            asked = fids[start : start + _READ_AT_ONCE]
            marks = ",".join("?" * len(asked))
            found = self._rows(f"SELECT {columns} FROM records r WHERE r.fid IN ({marks})", tuple(asked))
            by_fid = {row[0]: row for row in found}
            for fid in asked:
                yield by_fid[fid]

    def _removals(self, filter: RecordFilter, answer: Answer | KeptAnswer) -> tuple[Removal, ...]:
        # a town falls with its community: taking only the town away would change nothing
        companions = {Part.TOWN: (Part.TOWN, Part.COMMUNITY)}
        counted = [Removal(part, answer.count(*companions.get(part, (part,)))) for part in filter.active()]
        return tuple(sorted(counted, key=lambda removal: -removal.count))

    def _nearest(self, filter: RecordFilter, text: Understanding) -> tuple[Match, ...]:
        if text.places or not filter.text.strip():
            return ()
        from hpviewer.places.nearest import nearest

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
        return RecordDetail(
            record=record_rows.record_of(row, codes),
            towns=tuple(place for place in places if place.code == place.town_code),
            communities=communities,
            unlocated=tuple(place.code for place in communities if not self._is_located(place.code)),
        )

    def _is_located(self, code: PlaceCode) -> bool:
        """Asked place by place: looking through a province's communities for each record took 4 ms."""
        return not self._rows("SELECT 1 FROM communities WHERE code = ? AND label_lon IS NULL", (code,))
