"""The questions a session asks the catalogue, as a contract. Called from worker threads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from hpviewer.cancelling import Wanted
from hpviewer.places.place import Place, PlaceCode
from hpviewer.records.filter import RecordFilter
from hpviewer.records.results import (
    CatalogueInfo,
    RecordDetail,
    RecordRow,
    Results,
    Sort,
    Statistics,
    Suggestion,
)

if TYPE_CHECKING:
    from hpviewer.charting.chart import Chart


@dataclass(frozen=True, slots=True)
class OpenedCatalogue:
    """What views need to know once: facts of the catalogue and its places by code, and in the order of their codes."""

    info: CatalogueInfo
    places: Mapping[PlaceCode, Place]
    towns: tuple[Place, ...]
    communities: Mapping[PlaceCode, tuple[Place, ...]]
    """By town."""
    unlocated: frozenset[PlaceCode]
    """Communities whose position is not known (位置待补)."""


class Queries(Protocol):
    def opened(self) -> OpenedCatalogue:
        """CatalogueError when the file cannot be read."""

    def prepare(self) -> None:
        """Have at hand what questions to a large catalogue need; nothing waits for it."""

    def results(self, filter: RecordFilter, sort: Sort, wanted: Wanted) -> Results: ...

    def rows(
        self, filter: RecordFilter, sort: Sort, offset: int, limit: int, wanted: Wanted
    ) -> tuple[RecordRow, ...]: ...

    def detail(self, record_id: str) -> RecordDetail:
        """NotFoundError when there is no such record."""

    def suggest(self, text: str, wanted: Wanted) -> tuple[Suggestion, ...]: ...

    def statistics(self, filter: RecordFilter, wanted: Wanted) -> Statistics: ...

    def charts(self, filter: RecordFilter, dark: bool, wanted: Wanted) -> tuple[Chart, ...]:
        """The statistics as ECharts options."""

    def map_layer(self, name: str) -> bytes:
        """JSON of one layer of the map page; NotFoundError for a name that is not there. ``areas/z/x/y`` are the areas
        of projects on one tile (mapping.area_tiles)."""

    def project_name(self, fid: int) -> str | None:
        """Of an area on the map; None when it is gone."""
