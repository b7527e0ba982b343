"""All records of a catalogue, linked into projects, and the page of one project."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from hpviewer.places.place import Place, PlaceCode
from hpviewer.records.deadlines import Deadline, open_deadlines
from hpviewer.records.project_links import (
    Override,
    ProjectGroup,
    approval_numbers,
    link,
    normalised_name,
)
from hpviewer.records.results import RecordDetail
from hpviewer.records.stage import StageResult, StageState
from hpviewer.records.timeline import Timeline, timeline

ODD_STATES = (StageState.OUT_OF_ORDER, StageState.TOO_SHORT, StageState.LATE, StageState.MISSING)
"""States of a stage that ask for a look; all of them are statements about the public records at hand."""


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """A project as known on ``timeline.on``.

    ``records`` by date, undated last. ``areas`` are the different areas in hectares that its records state,
    largest first: they are never summed, a scheme's approval repeats what its batches hold. ``deadlines`` are
    those open on that day.
    """

    group: ProjectGroup
    records: tuple[RecordDetail, ...]
    timeline: Timeline
    deadlines: tuple[Deadline, ...]
    towns: tuple[Place, ...]
    communities: tuple[Place, ...]
    areas: tuple[float, ...]

    @property
    def name(self) -> str:
        return self.group.name

    @property
    def last_seen(self) -> tuple[StageResult, ...]:
        """The furthest stage seen, one for each column that the project has records of."""
        reached = self.timeline.reached
        return tuple(
            one for one in self.timeline.stages if one.seen and reached.get(one.kind.column) is one.kind
        )

    @property
    def odd(self) -> tuple[StageResult, ...]:
        return tuple(one for one in self.timeline.stages if one.state in ODD_STATES)

    @property
    def newest(self) -> str:
        """The date of its newest record as far as known; empty without any date."""
        return max((str(one.record.published or "") for one in self.records), default="")

    def record(self, record_id: str) -> RecordDetail:
        return next(one for one in self.records if one.record.id == record_id)


class LinkedProjects:
    """``details`` are all records of the catalogue in the order of the table.

    Linking waits until a project is asked for: the list of deadlines does not need it, and 20,000 records take
    a second or two.
    """

    def __init__(self, details: Sequence[RecordDetail], overrides: Sequence[Override] = ()) -> None:
        self.details = tuple(details)
        self._by_id = {one.record.id: one for one in details}
        self._overrides = tuple(overrides)

    @cached_property
    def groups(self) -> tuple[ProjectGroup, ...]:
        return tuple(link((one.record for one in self.details), self._overrides))

    @cached_property
    def _group_of(self) -> dict[str, ProjectGroup]:
        return {record: group for group in self.groups for record in group.record_ids}

    def detail(self, record_id: str) -> RecordDetail | None:
        return self._by_id.get(record_id)

    def of_record(self, record_id: str) -> ProjectGroup | None:
        return self._group_of.get(record_id)

    def at(self, code: PlaceCode) -> tuple[RecordDetail, ...]:
        """Records that name this town or community, in the order of the table."""
        return tuple(
            one for one in self.details if code in one.record.communities or code in one.record.towns
        )

    def groups_of(self, details: Iterable[RecordDetail]) -> tuple[ProjectGroup, ...]:
        """Each once, in the order in which the records bring them."""
        found = [self._group_of[one.record.id] for one in details]
        return tuple({group.key: group for group in found}.values())

    def named(self, text: str) -> tuple[ProjectGroup, ...]:
        """Projects that this text names: by name, key, number or record id; else those of which one holds it."""
        wanted = _plain(text)
        if not wanted:
            return ()
        names = {group.key: self._names(group) for group in self.groups}
        exact = [group for group in self.groups if wanted in names[group.key]]
        holding = (group for group in self.groups if any(wanted in name for name in names[group.key]))
        return tuple(exact or holding)

    def page(self, group: ProjectGroup, on: dt.date) -> ProjectPage:
        records = tuple(self._by_id[one] for one in group.record_ids)
        bare = [one.record for one in records]
        return ProjectPage(
            group=group,
            records=records,
            timeline=timeline(bare, on),
            deadlines=open_deadlines(bare, on),
            towns=_unique(place for one in records for place in one.towns),
            communities=_unique(place for one in records for place in one.communities),
            areas=tuple(sorted({one.area_ha for one in bare if one.area_ha}, reverse=True)),
        )

    def _names(self, group: ProjectGroup) -> set[str]:
        texts = {group.key, group.name, normalised_name(group.name), *group.record_ids}
        for record_id in group.record_ids:
            record = self._by_id[record_id].record
            texts |= {record.project, normalised_name(record.project), record.doc_number}
            texts |= set(approval_numbers(record)) | {record.approval_number}
        return {_plain(one) for one in texts if one}


def _unique(places: Iterable[Place]) -> tuple[Place, ...]:
    return tuple({one.code: one for one in places}.values())


def _plain(text: str) -> str:
    """As people type it: full width, brackets and spaces aside."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if char.isalnum() or char == ":")
