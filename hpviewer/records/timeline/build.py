"""The timeline of one project: its records sorted into the stages of the law in force, and each stage judged.

Statements are about the public records at hand: a stage that is not seen there may have been published all the
same (公开记录中未见 is not 未公示).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hpviewer.records.column import Column
from hpviewer.records.kind import Kind
from hpviewer.records.law import LAWS, RENEWAL_STAGES, Law, earliest, latest, law_at, law_on
from hpviewer.records.partial_date import PartialDate
from hpviewer.records.record import Record
from hpviewer.records.stage import Duty, Stage, StageFinding, StageResult, StageState
from hpviewer.records.timeline.dates import (
    KnownDay,
    approved_on,
    cites_approval,
    first_published,
    governing_date,
)
from hpviewer.records.timeline.judging import judge
from hpviewer.records.timeline.limits import end_of, rule_of
from hpviewer.wording import say

_CONVERSION = re.compile("征为国有|转为?国有|完善.{0,6}征收手续")
"""Collective land of a renewal scheme made state land: a procedure of its own (三旧改造), not an ordinary requisition."""
_COUNTED_FROM = {Kind.NOTICE: Kind.APPROVAL, Kind.COMPENSATION_PLAN: Kind.NOTICE}
"""The event that a stage's limit, if the law in force has one, runs from."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Stages of 征地信息, then of 城市更新; only of the columns that the project has records of.

    ``law`` is the one that the land stages are held against, None without land records or when their dates do
    not tell. ``basis`` says why that law; ``caveats`` are sentences to show with the whole. ``other`` are ids
    of records that are no stage, ``later`` of those published after ``on``, which were left out.
    """

    on: dt.date
    law: Law | None
    basis: str
    stages: tuple[StageResult, ...]
    caveats: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    later: tuple[str, ...] = ()

    @property
    def reached(self) -> dict[Column, Kind]:
        """The furthest stage seen, per column."""
        return {one.kind.column: one.kind for one in self.stages if one.seen}

    @property
    def missing(self) -> tuple[StageResult, ...]:
        return tuple(one for one in self.stages if one.state is StageState.MISSING)

    def stage(self, kind: Kind) -> StageResult | None:
        return next((one for one in self.stages if kind in one.stage.kinds), None)


def timeline(records: Iterable[Record], on: dt.date) -> Timeline:
    """The records of one project as known on a day."""
    every = sorted(records, key=_order)
    later = [one for one in every if one.published and earliest(one.published) > on]
    known = [one for one in every if one not in later]
    land = [one for one in known if one.column is Column.LAND]
    renewal = [one for one in known if one.column is Column.RENEWAL]
    law, basis = _law(land)
    results = [*_land(land, law, on), *_renewal(renewal)]
    placed = {kind for one in results for kind in one.stage.kinds}
    return Timeline(
        on=on,
        law=law,
        basis=basis,
        stages=tuple(results),
        caveats=_caveats(land, renewal),
        other=tuple(one.id for one in known if one.kind not in placed),
        later=tuple(one.id for one in later),
    )


def _order(record: Record) -> tuple[bool, str, str]:
    date = record.published or record.approved or record.notice_from
    return (date is None, str(date or ""), record.id)


def _law(land: Sequence[Record]) -> tuple[Law | None, str]:
    if not land:
        return None, ""
    date = governing_date(land)
    if date is None:
        return None, say("records.law.no_date")
    law = law_at(date)
    if law is None:
        return None, say("records.law.undetermined", date=date)
    return law, say("records.law.chosen", date=date, law=law.name)


def _caveats(land: Sequence[Record], renewal: Sequence[Record]) -> tuple[str, ...]:
    found = [say("records.caveat.public")]
    if any(_CONVERSION.search(f"{one.title} {one.note}") for one in land):
        found.append(say("records.caveat.conversion"))
    if renewal:
        found.append(say("records.caveat.renewal"))
    return tuple(found)


def _land(records: Sequence[Record], law: Law | None, on: dt.date) -> list[StageResult]:
    if not records:
        return []
    if law is None:
        return _without_law(records)
    groups = {stage.kind: _of(stage, records) for stage in law.stages}
    results = []
    for at, stage in enumerate(law.stages):
        own = groups[stage.kind]
        if own:
            results.append(_seen(stage, own, groups, records))
            continue
        further = any(groups[one.kind] for one in law.stages[at + 1 :])
        finding = _unseen(stage, further, groups, records, on)
        results.append(StageResult(stage, (finding,), finding.record_ids))
    results += [_absent(kind, law, records) for kind in law.absent]
    return sorted(results, key=lambda one: _position(one.kind, law))


def _position(kind: Kind, law: Law) -> tuple[int, int]:
    """Stages that a law does not know come first: they are steps that later laws put before the approval."""
    if kind in law.absent:
        return 0, law.absent.index(kind)
    return 1, [stage.kind for stage in law.stages].index(kind)


def _of(stage: Stage, records: Iterable[Record]) -> tuple[Record, ...]:
    return tuple(one for one in records if one.kind in stage.kinds)


def _seen(
    stage: Stage, own: tuple[Record, ...], groups: dict[Kind, tuple[Record, ...]], records: Sequence[Record]
) -> StageResult:
    days = {kind: _day(kind, of_kind, records) for kind, of_kind in groups.items() if of_kind}
    if Kind.APPROVAL in groups:
        days[Kind.APPROVAL] = approved_on(records)
    return StageResult(stage, judge(stage, own, days, _in_force(stage, days)), tuple(one.id for one in own))


def _day(kind: Kind, own: tuple[Record, ...], records: Sequence[Record]) -> KnownDay:
    return approved_on(records) if kind is Kind.APPROVAL else first_published(own)


def _in_force(stage: Stage, days: dict[Kind, KnownDay]) -> Stage | None:
    """The stage by the law at its own date, whose limits count: a project may outlive a law.

    A limit that runs from an earlier event is that of the law in force at the event. None when the day is not
    known: then the limits of the project's own law stand for it, and the judgement says that it has no date.
    """
    day = days.get(_COUNTED_FROM.get(stage.kind, stage.kind))
    law = law_on(day.day) if day and day.day else None
    return law.stage(stage.kind) if law else None


def _unseen(
    stage: Stage,
    further: bool,
    groups: dict[Kind, tuple[Record, ...]],
    records: Sequence[Record],
    on: dt.date,
) -> StageFinding:
    name = stage.kind.value
    if stage.kind is Kind.APPROVAL:
        citing = tuple(one for one in records if cites_approval(one))
        if citing:
            return _cited(stage, citing)
    if stage.duty is Duty.ON_CONDITION:
        return StageFinding(StageState.UNKNOWN, say("records.unseen.on_condition", stage=name), stage.article)
    if stage.duty is Duty.NOT_PUBLISHED:
        return StageFinding(
            StageState.UNKNOWN, say("records.unseen.not_published", stage=name), stage.article
        )
    if further:
        return StageFinding(StageState.MISSING, say("records.unseen.missing", stage=name), stage.article)
    return _awaited(stage, groups, records, on)


def _cited(stage: Stage, citing: tuple[Record, ...]) -> StageFinding:
    """An approval that other records cite was given, though it is not among the records itself."""
    number = next((one.approval_number for one in citing if one.approval_number), "")
    day = approved_on(citing)
    number = number or say("records.seen.no_number")
    if day.day:
        sentence = say("records.seen.cited", number=number, day=day.day)
    else:
        sentence = say("records.seen.cited_undated", number=number, doubt=day.doubt)
    return StageFinding(StageState.DONE, sentence, stage.article, tuple(one.id for one in citing))


def _awaited(
    stage: Stage, groups: dict[Kind, tuple[Record, ...]], records: Sequence[Record], on: dt.date
) -> StageFinding:
    """Not seen, nor anything later: a gap only once a limit has run out, by the law in force when it began."""
    name = stage.kind.value
    before = _COUNTED_FROM.get(stage.kind)
    of_base = groups.get(before, ()) if before else ()
    base = _day(before, of_base, records) if before is Kind.APPROVAL or (before and of_base) else None
    law = law_on(base.day) if base and base.day else None
    in_force = law.stage(stage.kind) if law else None
    limit = in_force.within if in_force else None
    if base and base.day and limit and base.day >= limit.since:
        end, _ = end_of(limit, base.day)
        values = {"stage": name, "base": base.day, "rule": rule_of(limit), "end": end}
        if on > end:
            return StageFinding(StageState.MISSING, say("records.unseen.overdue", **values), limit.article)
        return StageFinding(StageState.UNKNOWN, say("records.unseen.running", **values), limit.article)
    return StageFinding(StageState.UNKNOWN, say("records.unseen.not_reached", stage=name), stage.article)


def _absent(kind: Kind, law: Law, records: Iterable[Record]) -> StageResult:
    """A stage of other laws: not applicable, also where a record of it exists."""
    own = tuple(one.id for one in records if one.kind is kind)
    key = "records.absent.with_record" if own else "records.absent.none"
    sentence = say(key, stage=kind.value, law=law.name)
    stage = Stage(kind, "", duty=Duty.NOT_PUBLISHED)
    return StageResult(stage, (StageFinding(StageState.NOT_APPLICABLE, sentence, "", own),), own)


def _without_law(records: Sequence[Record]) -> list[StageResult]:
    """The law is not known: the stages that are seen, in the order of the newest law, and no judgement."""
    date = governing_date(records)
    doubt = say("records.law.undetermined", date=date) if date else say("records.law.no_date")
    stages = _stages_between(date)
    results = []
    for stage in stages:
        own = tuple(one.id for one in records if one.kind in stage.kinds)
        bare = Stage(stage.kind, "", also=stage.also)
        sentence = say("records.unjudged" if own else "records.unseen.no_law", stage=stage.kind.value)
        results.append(StageResult(bare, (StageFinding(StageState.UNKNOWN, sentence + doubt, "", own),), own))
    return results


def _stages_between(date: PartialDate | None) -> tuple[Stage, ...]:
    law = law_on(latest(date)) if date else None
    return (law or LAWS[-1]).stages


def _renewal(records: Sequence[Record]) -> list[StageResult]:
    if not records:
        return []
    results = []
    groups = [_of(stage, records) for stage in RENEWAL_STAGES]
    days = {
        stage.kind: first_published(own) for stage, own in zip(RENEWAL_STAGES, groups, strict=True) if own
    }
    for at, (stage, own) in enumerate(zip(RENEWAL_STAGES, groups, strict=True)):
        if own:
            results.append(StageResult(stage, judge(stage, own, days, None), tuple(one.id for one in own)))
            continue
        further = any(groups[at + 1 :])
        key = "records.unseen.missing" if further else "records.unseen.not_reached"
        state = StageState.MISSING if further else StageState.UNKNOWN
        results.append(StageResult(stage, (StageFinding(state, say(key, stage=stage.kind.value)),)))
    return results
