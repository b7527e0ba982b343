"""The one filter that table, map, facets, statistics and exports share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from hpviewer.places.place import PlaceCode
from hpviewer.records.column import Column
from hpviewer.records.kind import Kind


class Part(StrEnum):
    """The independent parts of a filter. Within a part values are alternatives, parts add up."""

    TEXT = "text"
    COLUMN = "column"
    TOWN = "town"
    COMMUNITY = "community"
    KIND = "kind"
    YEAR = "year"
    PROJECT = "project"
    UNLOCATED = "unlocated"


@dataclass(frozen=True, slots=True)
class RecordFilter:
    """What the user asks for. The empty filter shows everything.

    ``years`` may hold None for records whose source gives no date. ``unlocated`` keeps records of which a
    place is not on the map (no community named, or one whose position is not known).
    """

    text: str = ""
    column: Column | None = None
    towns: tuple[PlaceCode, ...] = ()
    communities: tuple[PlaceCode, ...] = ()
    kinds: tuple[Kind, ...] = ()
    years: tuple[int | None, ...] = ()
    project: str = ""
    unlocated: bool = False

    def active(self) -> tuple[Part, ...]:
        """The parts that narrow the result, in the order of Part."""
        values = {
            Part.TEXT: self.text.strip(),
            Part.COLUMN: self.column,
            Part.TOWN: self.towns,
            Part.COMMUNITY: self.communities,
            Part.KIND: self.kinds,
            Part.YEAR: self.years,
            Part.PROJECT: self.project,
            Part.UNLOCATED: self.unlocated,
        }
        return tuple(part for part, value in values.items() if value)

    def without(self, *parts: Part) -> RecordFilter:
        """The same filter with these parts cleared."""
        empty = RecordFilter()
        names = {part: _FIELD[part] for part in parts}
        return replace(self, **{name: getattr(empty, name) for name in names.values()})

    def at_place(self, code: PlaceCode | None) -> RecordFilter:
        """Narrowed to one town (9 digits) or community (12 digits); None clears both.

        A community brings its town along, so that the cascade 所属街镇 → 所属社区 shows where it lies.
        """
        if code is None:
            return replace(self, towns=(), communities=())
        communities = (code,) if len(code) > 9 else ()
        return replace(self, towns=(PlaceCode(code[:9]),), communities=communities)

    @property
    def place(self) -> PlaceCode | None:
        """The one community, else the one town, that the filter names; None otherwise."""
        if len(self.communities) == 1:
            return self.communities[0]
        if len(self.towns) == 1 and not self.communities:
            return self.towns[0]
        return None


_FIELD = {
    Part.TEXT: "text",
    Part.COLUMN: "column",
    Part.TOWN: "towns",
    Part.COMMUNITY: "communities",
    Part.KIND: "kinds",
    Part.YEAR: "years",
    Part.PROJECT: "project",
    Part.UNLOCATED: "unlocated",
}
