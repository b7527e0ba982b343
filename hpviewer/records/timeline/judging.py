"""The findings of a stage that has records: what is there, its limits, and whether it came in its turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hpviewer.records.column import SourceKind
from hpviewer.records.kind import Kind
from hpviewer.records.law import disclosure_limit
from hpviewer.records.record import Record
from hpviewer.records.stage import Stage, StageFinding, StageState
from hpviewer.records.timeline.dates import KnownDay, approved_on
from hpviewer.records.timeline.limits import check_at_least, check_within, name_of
from hpviewer.wording import say

_DISCLOSED = (Kind.APPROVAL, Kind.SCHEME_APPROVAL)
"""Kinds whose day of making (the approval) a record states apart from its publication."""


def judge(
    stage: Stage, own: Sequence[Record], days: Mapping[Kind, KnownDay], in_force: Stage | None
) -> tuple[StageFinding, ...]:
    """Findings on the records of one stage.

    ``days`` are the days of all stages seen, ``in_force`` the stage by the law at its own date where that can be
    told; without it the limits of ``stage`` itself are looked at.
    """
    limits = in_force or stage
    found = [_there(record, stage) for record in own]
    for record in own:
        if limits.at_least:
            found.append(check_at_least(record, limits.at_least))
        found += _within(record, limits, days)
        found += _disclosed(record)
    said = limits.within.after if limits.within else None
    found += _turn(stage, own, days, said)
    return tuple(found)


def _there(record: Record, stage: Stage) -> StageFinding:
    date = record.published or record.notice_from
    key = "records.seen.dated" if date else "records.seen.undated"
    values = {"name": name_of(record)} | ({"date": date} if date else {})
    return StageFinding(StageState.DONE, say(key, **values), stage.article, (record.id,))


def _within(record: Record, stage: Stage, days: Mapping[Kind, KnownDay]) -> list[StageFinding]:
    limit = stage.within
    if not limit:
        return []
    approval = limit.after is Kind.APPROVAL
    base = approved_on([record]) if approval and record.approved else days.get(limit.after)
    if base is None or (base.day and base.day < limit.since):
        return []
    return [check_within(record, limit, base, "approval" if approval else "notice")]


def _disclosed(record: Record) -> list[StageFinding]:
    """Disclosure within 20 working days, for records that state when they were made."""
    if record.kind not in _DISCLOSED or record.source_kind is SourceKind.PRESS:
        return []
    made = approved_on([record])
    if made.day is None:
        if record.kind is Kind.SCHEME_APPROVAL and record.approved is None:
            return []
        sentence = say("records.limit.disclosure_unknown", name=name_of(record), doubt=made.doubt)
        return [StageFinding(StageState.UNKNOWN, sentence, "", (record.id,))]
    limit = disclosure_limit(made.day)
    return [check_within(record, limit, made, "disclosure")] if limit else []


def _turn(
    stage: Stage, own: Sequence[Record], days: Mapping[Kind, KnownDay], said: Kind | None
) -> list[StageFinding]:
    """Whether the stage came after those that the law puts before it, of which a record is there.

    ``said`` is the stage that a limit runs from: where its day is not known, the limit's finding says so already.
    """
    found = []
    day = days[stage.kind]
    for kind in stage.after:
        before = days.get(kind)
        if before is None:
            continue
        ids = tuple(one.id for one in own)
        values = {"stage": stage.kind.value, "before": kind.value}
        if day.day is None or before.day is None:
            if kind is said:
                continue
            doubt = day.doubt or before.doubt
            sentence = say("records.turn.unknown", doubt=doubt, **values)
            found.append(StageFinding(StageState.UNKNOWN, sentence, stage.article, ids))
        elif day.day < before.day:
            sentence = say("records.turn.wrong", day=day.day, before_day=before.day, **values)
            found.append(StageFinding(StageState.OUT_OF_ORDER, sentence, stage.article, ids))
    return found
