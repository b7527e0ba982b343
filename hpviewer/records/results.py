"""What a query of the catalogue gives back: rows, facets, the reasons for an empty result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from hpviewer.places.place import Match, Place, PlaceCode
from hpviewer.records.column import Column, SourceKind
from hpviewer.records.filter import Part, RecordFilter
from hpviewer.records.kind import Kind
from hpviewer.records.record import Record


class SortKey(StrEnum):
    """Columns of the records table, as SQL sorts them; empty values always come last."""

    PUBLISHED = "published"
    KIND = "kind"
    TITLE = "title"
    COMMUNITIES = "communities"
    AREA = "area_ha"
    SOURCE = "source_kind"
    DOC_NUMBER = "doc_number"


@dataclass(frozen=True, slots=True)
class Sort:
    key: SortKey = SortKey.PUBLISHED
    descending: bool = True


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A line of the records table. ``places`` are the communities' names, or the towns' where none is named."""

    id: str
    published: str
    kind: Kind
    column: Column
    title: str
    doc_number: str
    places: tuple[str, ...]
    area_ha: float | None
    source_kind: SourceKind


@dataclass(frozen=True, slots=True)
class Facets:
    """Records per value; each facet is counted under all parts of the filter but its own.

    ``town`` and ``community`` are both counted without either place part, so that they fill the map, too.
    ``year`` has None for records without a date. Values without a record are absent.
    """

    column: Mapping[Column, int]
    town: Mapping[PlaceCode, int]
    community: Mapping[PlaceCode, int]
    kind: Mapping[Kind, int]
    year: Mapping[int | None, int]
    spread: tuple[int, ...] = ()
    """How the counts of all places spread (place_counts.spread): what the map's classes of colour are made of."""


@dataclass(frozen=True, slots=True)
class Removal:
    """For an empty result: how many records would show if this part of the filter were taken away."""

    part: Part
    count: int


@dataclass(frozen=True, slots=True)
class Results:
    """Everything the window redraws after a change of filter or sort: one value, one moment."""

    filter: RecordFilter
    sort: Sort
    total: int
    rows: tuple[RecordRow, ...]
    """The first page; further ones come through Session.page()."""
    facets: Facets
    unlocated: int
    """Records of this filter (its own unlocated part aside) with a place that is not on the map."""
    understood: tuple[Match, ...]
    """How the search text was read as places, best first."""
    removals: tuple[Removal, ...] = ()
    nearest: tuple[Match, ...] = ()
    """For an empty result: places with a similar name."""


@dataclass(frozen=True, slots=True)
class RecordDetail:
    """A record with the names of its places, in the order towns, communities."""

    record: Record
    towns: tuple[Place, ...]
    communities: tuple[Place, ...]
    unlocated: tuple[PlaceCode, ...]
    """Those of its communities whose position is not known."""


class SuggestionKind(StrEnum):
    PLACE = "place"
    PROJECT = "project"
    RECORD = "record"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line of the list below the search box.

    ``key`` is a place code, a project name, or a record id (for records and document numbers).
    ``detail`` is a short second text: why a place matches, a record's date, a project's record count.
    """

    kind: SuggestionKind
    key: str
    label: str
    detail: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Statistics:
    """Of the current filter: records by town, kind and year, hectares by town.

    A record in two towns counts in both, with its whole area: towns do not add up to the total.
    """

    total: int
    by_town: Mapping[PlaceCode, int]
    by_kind: Mapping[Kind, int]
    by_year: Mapping[int | None, int]
    hectares_by_town: Mapping[PlaceCode, float]


@dataclass(frozen=True, slots=True)
class CatalogueInfo:
    """What the status line and `catalogue info` state."""

    path: str
    name: str
    data_date: str
    sources: str
    records: int
    towns: int
    communities: int
    communities_unlocated: int
    projects: int
    policies: int
    schematic: bool
    """True while any boundary shown is schematic."""
    review_number: str
    """审图号 of the boundaries in use; empty when they carry none."""
    schema_version: int
    read_only: bool
