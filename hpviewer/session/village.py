"""The page of one village or town: where it stands, what was published, until when something can be done.

One page without filters, made of the records that name the place and the projects that these belong to. Its
sentences state what the public records at hand show and, as plainly, what they do not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from hpviewer.places.place import Level, Place
from hpviewer.records.column import SourceKind
from hpviewer.records.deadlines import Deadline, deadlines, unknown_deadlines
from hpviewer.records.record import Record
from hpviewer.records.results import CatalogueInfo, RecordDetail
from hpviewer.records.stage import StageState
from hpviewer.session.linked_projects import LinkedProjects, ProjectPage
from hpviewer.session.town_contact import TownContact, town_contact
from hpviewer.session.village_policies import VillagePolicies
from hpviewer.wording import say


@dataclass(frozen=True, slots=True)
class VillageChoice:
    """A line of the list to choose from. ``located`` is False where its position is not known."""

    place: Place
    town: str
    records: int
    located: bool


@dataclass(frozen=True, slots=True)
class VillagePage:
    """``records`` newest first, undated last; ``projects`` in the order of their newest record here.

    ``deadlines`` are those of these records that are open on the day ``on``, what closes soonest first.
    ``going_on`` and ``unknown`` are finished sentences. ``contact`` is a sentence with its source and date, or one that
    says that no record names any; ``notice`` is empty while the boundaries are official ones without a review number.
    """

    place: Place
    town: str
    located: bool
    on: dt.date
    data_date: str
    going_on: tuple[str, ...]
    projects: tuple[ProjectPage, ...]
    records: tuple[RecordDetail, ...]
    deadlines: tuple[Deadline, ...]
    policies: VillagePolicies
    unknown: tuple[str, ...]
    notice: str
    contact: TownContact


def village_page(
    linked: LinkedProjects,
    place: Place,
    town: Place,
    located: bool,
    info: CatalogueInfo,
    on: dt.date,
    policies: Callable[[Iterable[Record]], VillagePolicies],
) -> VillagePage:
    """Records published after ``on`` are left out: the page shows what was known that day. ``policies`` finds those that
    concern this place and these records."""
    records = tuple(one for one in linked.at(place.code) if _known(one, on))
    projects = tuple(linked.page(group, on) for group in linked.groups_of(records))
    every = [one for detail in records for one in deadlines(detail.record, on)]
    still_open = tuple(sorted((one for one in every if one.is_open(on)), key=lambda one: one.closes))
    return VillagePage(
        place=place,
        town=town.name,
        located=located,
        on=on,
        data_date=info.data_date,
        going_on=_going_on(place, records, projects, every, still_open, on),
        projects=projects,
        records=records,
        deadlines=still_open,
        policies=policies(one.record for one in records),
        unknown=_unknown(linked, place, town, located, records, info, on),
        notice=boundary_notice(info),
        contact=town_contact(records, (one for one in linked.at(town.code) if _known(one, on)), town, on),
    )


def boundary_notice(info: CatalogueInfo) -> str:
    """What has to be said wherever a position is shown; empty when there is nothing to say."""
    if info.schematic:
        return say("session_village.schematic")
    return say("session_village.review", number=info.review_number) if info.review_number else ""


def stage_line(page: ProjectPage) -> str:
    """Where a project stands, in one sentence."""
    seen = say("session_village.list_mark").join(
        say("session_village.stage_seen", stage=one.kind.value, date=_dates(page, one.record_ids))
        for one in page.last_seen
    )
    if not seen:
        return say("session_village.project_unseen", name=page.name)
    return say("session_village.project_line", name=page.name, seen=seen)


def odd_line(page: ProjectPage) -> str:
    """Which stages ask for a look, and how many are not seen; empty when nothing does."""
    missing = sum(one.state is StageState.MISSING for one in page.odd)
    judged = [one for one in page.odd if one.state is not StageState.MISSING]
    names = say("session_village.list_mark").join(
        say("session_village.odd_stage", stage=one.kind.value, state=state_name(one.state.value))
        for one in judged
    )
    found = say("session_village.odd", stages=names) if judged else ""
    return found + (say("session_village.missing", count=missing) if missing else "")


def state_name(state: str) -> str:
    """A StageState as a person reads it."""
    return say(f"session_village.state.{state}")


def deadline_line(deadline: Deadline) -> str:
    """One line: the right, its last day, how many days are left."""
    return say(
        "session_village.deadline_line",
        right=deadline.kind.value,
        closes=deadline.closes,
        left=days_left(deadline),
        title=deadline.title,
    )


def days_left(deadline: Deadline) -> str:
    """As a person says it. Only for a deadline that is not over."""
    if deadline.days_left == 0:
        return say("session_village.today")
    return say("session_village.left", days=deadline.days_left)


# -- inside ----------------------------------------------------------------------------------------------


def _known(detail: RecordDetail, on: dt.date) -> bool:
    published = detail.record.published
    return not (published and published.exact and published.exact > on)


def _dates(page: ProjectPage, record_ids: Sequence[str]) -> str:
    dates = sorted(str(page.record(one).record.published or "") for one in record_ids)
    return dates[-1] if dates and dates[-1] else say("session_village.undated")


def _going_on(
    place: Place,
    records: Sequence[RecordDetail],
    projects: Sequence[ProjectPage],
    every: Sequence[Deadline],
    still_open: Sequence[Deadline],
    on: dt.date,
) -> tuple[str, ...]:
    if not records:
        return (say("session_village.nothing", name=place.name), say("session_village.nothing_next"))
    newest = max((str(one.record.published or "") for one in records), default="")
    lines = [
        say(
            "session_village.counted",
            name=place.name,
            records=len(records),
            projects=len(projects),
            newest=newest or say("session_village.undated"),
        )
    ]
    lines += [stage_line(page) + odd_line(page) for page in projects]
    if still_open:
        first = still_open[0]
        lines.append(
            say(
                "session_village.still_open",
                on=on,
                count=len(still_open),
                right=first.kind.value,
                closes=first.closes,
            )
        )
    elif every:
        last = max(every, key=lambda one: one.closes)
        lines.append(say("session_village.all_over", on=on, right=last.kind.value, closes=last.closes))
    else:
        lines.append(say("session_village.no_deadline"))
    return tuple(lines)


def _unknown(
    linked: LinkedProjects,
    place: Place,
    town: Place,
    located: bool,
    records: Sequence[RecordDetail],
    info: CatalogueInfo,
    on: dt.date,
) -> tuple[str, ...]:
    lines = []
    if not located:
        lines.append(say("session_village.unknown.position", name=place.name))
    undated = sum(one.record.published is None for one in records)
    if undated:
        lines.append(say("session_village.unknown.undated", count=undated))
    copied = sum(one.record.source_kind in (SourceKind.PRESS, SourceKind.COPY) for one in records)
    if copied:
        lines.append(say("session_village.unknown.copied", count=copied))
    lines += dict.fromkeys(text for one in records if (text := unknown_deadlines(one.record)))
    lines += dict.fromkeys(flag for one in records for flag in one.record.flags)
    if place.level is Level.COMMUNITY:
        wide = [one for one in linked.at(town.code) if not one.record.communities and _known(one, on)]
        if wide:
            lines.append(say("session_village.unknown.town_only", town=town.name, count=len(wide)))
    lines.append(say("session_village.unknown.limits", date=info.data_date))
    return tuple(lines)
