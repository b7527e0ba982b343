"""Queries answered by a catalogue file, from whichever thread asks: each thread has its own Reader."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from hpviewer.cancelling import Wanted
from hpviewer.places.place import Place, PlaceCode
from hpviewer.records.filter import RecordFilter
from hpviewer.records.results import (
    RecordDetail,
    RecordRow,
    Results,
    Sort,
    Statistics,
    Suggestion,
)
from hpviewer.session.queries import OpenedCatalogue

if TYPE_CHECKING:
    from hpviewer.catalogue.column_store import ColumnStore
    from hpviewer.catalogue.reader import Reader
    from hpviewer.charting.chart import Chart

AREAS = "areas/"
"""Begins the names of the map's layers that are tiles of project areas."""


class CatalogueQueries:
    """Opens the file at the first question; ``close`` ends the readers of all threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._lock = threading.Lock()
        self._first = threading.Lock()  # held while the first results are read
        self._has_results = False
        self._readers: list[Reader] = []
        self._places: Mapping[PlaceCode, Place] = {}
        self._columns: ColumnStore | None = None  # one for all threads: 80 MB at a million records

    def reader(self) -> Reader:
        """This thread's reader."""
        reader: Reader | None = getattr(self._local, "reader", None)
        if reader is None:
            # here: apsw and the understanding of names take 100 ms, which the window spends on other things
            from hpviewer.catalogue.column_store import ColumnStore
            from hpviewer.catalogue.reader import Reader

            with self._lock:
                self._columns = self._columns or ColumnStore(self.path)
            reader = self._local.reader = Reader(self.path, self._columns)
            with self._lock:
                self._readers.append(reader)
        return reader

    def warm(self) -> None:
        """Have everything at hand that the first question needs."""
        self.reader()

    def prepare(self) -> None:
        """What the first filtered question in a large catalogue would otherwise wait for (1 s at a million)."""
        self.reader().prepare()

    def close(self) -> None:
        """Call when no query runs any more."""
        with self._lock:
            for reader in self._readers:
                reader.close()
            self._readers.clear()
        self._local = threading.local()

    def opened(self) -> OpenedCatalogue:
        with (
            self._first
        ):  # the places of a province would keep what the first picture waits for from its processor
            reader = self.reader()
        places = self._places = reader.places()
        return OpenedCatalogue(
            reader.info(), places, places.towns, places.communities, reader.unlocated_communities()
        )

    def results(self, filter: RecordFilter, sort: Sort, wanted: Wanted) -> Results:
        if self._has_results:
            return self.reader().results(filter, sort, wanted)
        with self._first:
            found = self.reader().results(filter, sort, wanted)
        self._has_results = True
        return found

    def rows(
        self, filter: RecordFilter, sort: Sort, offset: int, limit: int, wanted: Wanted
    ) -> tuple[RecordRow, ...]:
        return self.reader().rows(filter, sort, offset, limit, wanted)

    def detail(self, record_id: str) -> RecordDetail:
        return self.reader().detail(record_id)

    def suggest(self, text: str, wanted: Wanted) -> tuple[Suggestion, ...]:
        return self.reader().suggest(text, wanted)

    def statistics(self, filter: RecordFilter, wanted: Wanted) -> Statistics:
        return self.reader().statistics(filter, wanted)

    def charts(self, filter: RecordFilter, dark: bool, wanted: Wanted) -> tuple[Chart, ...]:
        from hpviewer.charting.statistics_charts import statistics_charts

        statistics = self.reader().statistics(filter, wanted)
        return tuple(statistics_charts(statistics, self._name, dark))

    def map_layer(self, name: str) -> bytes:
        if name.startswith(AREAS):
            from hpviewer.mapping.area_tiles import MOST_AREAS, area_document, tile_named

            tile = tile_named(name.removeprefix(AREAS))
            if tile is not None:
                inside = self.reader().areas_inside(tile.box, tile.smallest, MOST_AREAS)
                return area_document(tile, inside)
        return self.reader().map_layer(name)

    def project_name(self, fid: int) -> str | None:
        return self.reader().project_name(fid)

    def _name(self, code: PlaceCode) -> str:
        place = self._places.get(code) or self.reader().names.place(code)
        return place.name
