"""What the record keeper still lacks: per town and community, and places that nobody could resolve.

Towns come with the largest shortfall first: records per community against the average of the district. A record
in two towns counts in both.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hpviewer.places.place import Place, PlaceCode
from hpviewer.records.kind import Kind
from hpviewer.records.results import RecordDetail
from hpviewer.records.stage import StageState
from hpviewer.session.linked_projects import LinkedProjects


@dataclass(frozen=True, slots=True)
class PlaceGaps:
    """Counts of one town or community.

    ``by_year`` has None for records without a date. ``unmapped`` are records with a place that is not on the map,
    ``town_only`` those that name no community (0 for a community itself). ``incomplete`` are projects of which a
    stage is not seen in the public records though a later one is, or whose time limit has run out.
    """

    place: Place
    records: int
    last: str
    by_kind: Mapping[Kind, int]
    by_year: Mapping[int | None, int]
    without_source: int
    unmapped: int
    town_only: int
    projects: int
    incomplete: int
    located: bool


@dataclass(frozen=True, slots=True)
class TownGaps:
    """``difference``: records per community minus the district's; negative: fewer than on average."""

    own: PlaceGaps
    communities: tuple[PlaceGaps, ...]
    difference: float

    @property
    def empty(self) -> int:
        """Communities without a single record."""
        return sum(not one.records for one in self.communities)


@dataclass(frozen=True, slots=True)
class Gaps:
    """``unresolved`` are records of which no place is known; ``average`` is records per community."""

    on: dt.date
    data_date: str
    average: float
    towns: tuple[TownGaps, ...]
    unresolved: tuple[RecordDetail, ...]


def find_gaps(
    linked: LinkedProjects,
    places: Mapping[PlaceCode, Place],
    unlocated: frozenset[PlaceCode],
    data_date: str,
    on: dt.date,
) -> Gaps:
    incomplete = {
        group.key
        for group in linked.groups
        if any(one.state is StageState.MISSING for one in linked.page(group, on).timeline.stages)
    }
    at: dict[PlaceCode, list[RecordDetail]] = {code: [] for code in places}
    for detail in linked.details:
        for code in dict.fromkeys((*detail.record.towns, *detail.record.communities)):
            at[code].append(detail)
    counted = {
        code: _counted(linked, place, at[code], unlocated, incomplete) for code, place in places.items()
    }
    towns = [place for place in places.values() if place.code == place.town_code]
    inside = {
        town.code: tuple(
            counted[code] for code in sorted(places) if code[:9] == town.code and code != town.code
        )
        for town in towns
    }
    communities = sum(map(len, inside.values()))
    average = sum(counted[town.code].records for town in towns) / max(1, communities)
    found = [
        TownGaps(
            counted[town.code],
            inside[town.code],
            counted[town.code].records / max(1, len(inside[town.code])) - average,
        )
        for town in towns
    ]
    found.sort(key=lambda one: (one.difference, one.own.place.code))
    return Gaps(
        on=on,
        data_date=data_date,
        average=average,
        towns=tuple(found),
        unresolved=tuple(one for one in linked.details if not one.record.towns),
    )


def _counted(
    linked: LinkedProjects,
    place: Place,
    records: Sequence[RecordDetail],
    unlocated: frozenset[PlaceCode],
    incomplete: Iterable[str],
) -> PlaceGaps:
    groups = {group.key for group in linked.groups_of(records)}
    is_town = place.code == place.town_code
    kinds = Counter(one.record.kind for one in records)
    years = Counter(one.record.year for one in records)
    return PlaceGaps(
        place=place,
        records=len(records),
        last=max((str(one.record.published or "") for one in records), default=""),
        by_kind={kind: kinds[kind] for kind in Kind if kinds[kind]},
        by_year={year: years[year] for year in sorted(years, key=lambda year: (year is None, -(year or 0)))},
        without_source=sum(not (one.record.source_url or one.record.source_name) for one in records),
        unmapped=sum(not one.record.communities or bool(one.unlocated) for one in records),
        town_only=sum(not any(code[:9] == place.code for code in one.record.communities) for one in records)
        if is_town
        else 0,
        projects=len(groups),
        incomplete=len(groups & set(incomplete)),
        located=place.code not in unlocated,
    )
