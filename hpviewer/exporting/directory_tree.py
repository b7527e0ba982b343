"""The directory list's order: town, community, project, record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from hpviewer.places.place import Place, PlaceCode
from hpviewer.records.filter import RecordFilter
from hpviewer.records.results import RecordDetail

Projects = dict[str, list[RecordDetail]]
"""Project name -> its records in the order given; "" for records without one, last."""


@dataclass(slots=True)
class TownBranch:
    """``town`` is None for records whose town is not known. A community of None: the record names the town only."""

    town: Place | None
    communities: dict[Place | None, Projects] = field(default_factory=dict)

    @property
    def records(self) -> int:
        """Different records, each counted once however many communities it concerns."""
        return len({one.record.id for p in self.communities.values() for each in p.values() for one in each})


def directory_tree(
    details: Iterable[RecordDetail], filter: RecordFilter, places: Mapping[PlaceCode, Place]
) -> tuple[TownBranch, ...]:
    """Towns and communities by code, projects in the order of their first record.

    A record stands below each of its communities. Below a town it stands when it names none of its communities.
    When the filter names places, only those are listed: a record of two towns would otherwise bring the other.
    """
    branches: dict[PlaceCode | None, TownBranch] = {}
    for detail in details:
        spots = list(_spots(detail))
        for town, community in [spot for spot in spots if _wanted(spot, filter)] or spots:
            branch = branches.setdefault(town, TownBranch(_town(town, detail, places)))
            projects = branch.communities.setdefault(community, {})
            projects.setdefault(detail.record.project, []).append(detail)
    for branch in branches.values():
        branch.communities = {
            community: _unnamed_last(branch.communities[community])
            for community in sorted(
                branch.communities, key=lambda one: (one is None, one.code if one else "")
            )
        }
    return tuple(branches[code] for code in sorted(branches, key=lambda code: (code is None, code or "")))


def _spots(detail: RecordDetail) -> Iterator[tuple[PlaceCode | None, Place | None]]:
    for community in detail.communities:
        yield community.town_code, community
    covered = {community.town_code for community in detail.communities}
    for town in detail.towns:
        if town.code not in covered:
            yield town.code, None
    if not detail.towns and not detail.communities:
        yield None, None


def _wanted(spot: tuple[PlaceCode | None, Place | None], filter: RecordFilter) -> bool:
    town, community = spot
    if filter.communities:
        return community is not None and community.code in filter.communities
    return not filter.towns or town in filter.towns


def _town(code: PlaceCode | None, detail: RecordDetail, places: Mapping[PlaceCode, Place]) -> Place | None:
    return next((town for town in detail.towns if town.code == code), None) or (
        places[code] if code else None
    )


def _unnamed_last(projects: Projects) -> Projects:
    unnamed = projects.pop("", None)
    return projects | ({"": unnamed} if unnamed else {})
